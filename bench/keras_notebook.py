"""Keras's side of `make bench-peers`: the notebook's own call, model.fit on arrays
in memory with the validation part after each epoch.

    python bench/keras_notebook.py fit|versions [--backend tensorflow|jax]
        [--steps-per-execution N] [--warm] [--threads N] [--epochs N]

Prints one line of JSON. Without --warm the seconds hold the backend's compilation,
as in the notebook; with it, everything is compiled before. The progress bar is off.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import time

import mnist

BATCH = 128


def start_backend(name, threads):
    """Imports Keras on a backend that computes with this many threads. One thread is
    kept on one core as well: JAX would compute a step beside Python's preparation
    of the next, on 1.8 cores, whatever its flags say."""
    os.environ["KERAS_BACKEND"] = name
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["JAX_PLATFORMS"] = "cpu"
    if threads == 1:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    if name == "tensorflow":
        import tensorflow
        tensorflow.config.threading.set_intra_op_parallelism_threads(threads)
        tensorflow.config.threading.set_inter_op_parallelism_threads(threads)
    import keras
    return keras


def notebook(keras, steps_per_execution):
    keras.utils.set_random_seed(1)
    model = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"],
                  steps_per_execution=steps_per_execution)
    return model


def warm_up(model, fit):
    """Compiles all that fit needs, and puts the first weights back."""
    model.optimizer.build(model.trainable_variables)
    variables = model.variables + model.optimizer.variables
    first = [variable.numpy() for variable in variables]
    fit(epochs=1)
    for variable, value in zip(variables, first):
        variable.assign(value)


def run(args):
    keras = start_backend(args.backend, args.threads)
    (x, y), validation = [(x.reshape(-1, 784), y) for x, y in mnist.training_images(0.3)]
    model = notebook(keras, args.steps_per_execution)

    def fit(epochs):
        return model.fit(x, y, batch_size=BATCH, epochs=epochs, validation_data=validation, verbose=0)

    if args.warm:
        warm_up(model, fit)
    start, used = time.perf_counter(), time.process_time()
    history = fit(epochs=args.epochs)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    return {
        "seconds": seconds, "images_per_second": len(y) * args.epochs / seconds,
        "accuracy": history.history["val_accuracy"][-1], "cores": used / seconds,
        "form": f"{args.backend}, steps_per_execution {args.steps_per_execution}",
    }


def versions():
    """Keras and the backends that are there."""
    found = {"python": platform.python_version(), "keras": importlib.metadata.version("keras")}
    for name, packages in {"tensorflow": ["tensorflow", "tensorflow-cpu"], "jax": ["jax"]}.items():
        for package in packages:
            try:
                found[name] = importlib.metadata.version(package)
            except importlib.metadata.PackageNotFoundError:
                continue
    if "tensorflow" not in found and "jax" not in found:
        raise SystemExit("keras has neither tensorflow nor jax beside it: pip install tensorflow-cpu jax")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["fit", "versions"])
    parser.add_argument("--backend", choices=["tensorflow", "jax"], default="tensorflow")
    parser.add_argument("--steps-per-execution", type=int, default=1)
    parser.add_argument("--warm", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=30)
    args = parser.parse_args()
    print(json.dumps(versions() if args.what == "versions" else run(args)))


if __name__ == "__main__":
    main()

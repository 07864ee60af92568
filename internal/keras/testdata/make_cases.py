"""Writes cases/ with Keras 3 (3.15): what people bring beside the models of make.py.

Usage: KERAS_BACKEND=numpy python make_cases.py [FOLDER]. pictures.npz holds pictures,
uint8 (20, 8, 8), and each model's answers to them; NAME.keras, NAME.h5,
NAME.weights.h5 and NAME.npz are the models, untrained but for random biases and
statistics. A FOLDER of .keras and .h5 files of pictures 28x28 gets answers.npz: their
answers to pictures, uint8 (20, 28, 28), both as 0..1 and, NAME@255, as 0..255.
"""
import glob
import os
import shutil
import sys
import tempfile

import h5py
import keras
import numpy as np

L, S, I = keras.layers, keras.Sequential, lambda *shape: keras.Input(shape)
os.makedirs("cases", exist_ok=True)
r = np.random.RandomState(4)
pictures = (r.rand(20, 8, 8) ** 3 * 255).astype(np.uint8)
unit = (pictures / 255).astype(np.float32)
many = (r.rand(300, 8, 8, 1) ** 3).astype(np.float32)


def adapted(data, **options):
    layer = L.Normalization(**options)
    layer.adapt(data)
    return layer


def tail():
    return [L.Conv2D(4, 3, activation="relu"), L.GlobalMaxPooling2D(), L.Dense(3, activation="softmax")]


def nested():
    """Two models of the same kind inside, the first without weights."""
    return S([
        I(8, 8, 1), S([L.RandomFlip(), L.RandomRotation(0.1)], name="augmentation"), L.Rescaling(1 / 255),
        S([L.Conv2D(4, 3), L.BatchNormalization(), L.ReLU(), L.Conv2D(5, 3)], name="encoder"),
        S([L.Flatten(), L.Dropout(0.5), L.Dense(3, activation="softmax")], name="head")])


def functional():
    """A functional model inside another."""
    i, o = I(8, 8, 1), I(8, 8, 1)
    inner = keras.Model(i, L.Conv2D(4, 3, activation="relu")(L.Conv2D(3, 3)(i)), name="inner")
    return keras.Model(o, L.Dense(3, activation="softmax")(L.GlobalAveragePooling2D()(inner(L.Rescaling(2, -1)(o)))))


def normalizations():
    """Three of the same kind, of which the first has no weights."""
    values = np.random.RandomState(6).randn(300, 4)
    return S([
        I(8, 8, 1), L.Normalization(mean=0.13, variance=0.09), L.Flatten(), L.Dense(4), adapted(2 * values + 1),
        L.Dense(4), adapted(values / 2 - 1), L.Dense(3, activation="softmax")])


def zeros():
    """Zeros before a convolution, uneven ones, and before and after pooling."""
    return S([
        I(8, 8, 1), L.ZeroPadding2D(2), L.Conv2D(4, 3, strides=2, activation="relu"), L.ZeroPadding2D(((0, 1), (2, 0))), L.Conv2D(5, (2, 3)),
        L.ZeroPadding2D(((1, 0), (0, 2))), L.MaxPooling2D(2, strides=1), L.ZeroPadding2D((1, 2)), L.Conv2D(3, 3, padding="same"),
        L.ZeroPadding2D(1), L.Flatten(), L.Dense(3, activation="softmax")])


mean, variance = many.mean(0).reshape(1, 64), many.var(0).reshape(1, 64)
models = {  # and which pixels they take
    "nested": (nested(), 255),
    "functional": (functional(), 1),
    "zeros": (zeros(), 1),
    "pixel": (S([I(8, 8, 1), adapted(many, axis=(1, 2, 3)), *tail()]), 1),
    "column": (S([I(8, 8), adapted(many[..., 0] * 255), L.Flatten(), L.Dense(3, activation="softmax")]), 255),
    "bytes": (S([I(8, 8, 1), adapted(many * 255, axis=None), *tail()]), 255),
    "lists": (S([I(8, 8, 1), L.Flatten(), L.Normalization(mean=mean[0], variance=variance[0]), L.Dense(3, activation="softmax")]), 1),
    "inside": (S([I(8, 8, 1), L.Rescaling(-1, 1), L.Normalization(mean=0.2, variance=0.3, axis=None, invert=True), *tail()]), 1),
    "bfloat16": (S([I(8, 8, 1), L.Flatten(), L.Dense(3, activation="softmax", dtype="mixed_bfloat16")]), 1),
    "normalized": (S([I(8, 8, 1), L.BatchNormalization(), *tail()]), 255),
    "undecided": (S([I(8, 8, 1), L.Rescaling(0.1), *tail()]), 255),
    "normalizations": (normalizations(), 1),
}
answers = {}
for i, (name, (m, scale)) in enumerate(models.items()):
    keras.utils.set_random_seed(i)
    for w in m.weights:
        if w.name in ("kernel", "bias", "gamma", "beta", "moving_mean"):
            w.assign(w + 0.1 * r.randn(*w.shape))
        if w.name == "moving_variance":
            w.assign(np.abs(r.randn(*w.shape)) + 0.1)
    if name == "normalized":
        m.layers[0].moving_mean.assign([64])
        m.layers[0].moving_variance.assign([5000])
    m.save(f"cases/{name}.keras")
    if name in ("nested", "functional", "bytes", "normalizations"):
        m.save(f"cases/{name}.h5")
        m.save_weights(f"cases/{name}.weights.h5")
    if name == "bytes":
        np.savez(f"cases/{name}.npz", *m.get_weights())
    answers[name] = m.predict((unit * scale).reshape(-1, *m.input_shape[1:]), verbose=0).astype(np.float32)
np.savez("cases/pictures.npz", pictures=pictures, **answers)

i = I(8, 8, 1)
h = L.Flatten()(i)
keras.Model(i, [L.Dense(3, activation="softmax", name="a")(h), L.Dense(2, name="b")(h)]).save("cases/outputs.keras")
j = I(8, 8, 1)
keras.Model([i, j], L.Dense(3)(L.Flatten()(L.Add()([i, j])))).save("cases/inputs.keras")
keras.Model(i, L.Dense(3)(L.Flatten()(i / 255.0))).save("cases/operation.keras")


def plain(path):
    """A file whose names Keras 3 knows, where path has those of TensorFlow 1."""
    if not path.endswith(".h5"):
        return path
    copy = shutil.copy(path, tempfile.mkdtemp())
    with h5py.File(copy, "r+") as f:
        config = f.attrs["model_config"]
        f.attrs["model_config"] = config.replace("BatchNormalizationV1", "BatchNormalization").replace("softmax_v2", "softmax")
    return copy


for folder in sys.argv[1:]:
    pictures = (np.random.RandomState(5).rand(20, 28, 28) ** 3 * 255).astype(np.uint8)
    answers = {"pictures": pictures}
    for path in glob.glob(f"{folder}/*.keras") + glob.glob(f"{folder}/*.h5"):
        m = keras.saving.load_model(plain(path), compile=False)
        for scale in (1, 255):
            x = (pictures / 255).astype(np.float32).reshape(-1, *m.input_shape[1:]) * scale
            answers[os.path.basename(path) + ("@255" if scale == 255 else "")] = m.predict(x, verbose=0).astype(np.float32)
    np.savez(f"{folder}/answers.npz", **answers)

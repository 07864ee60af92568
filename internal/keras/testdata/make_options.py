"""Writes options/ with Keras 3 (3.15): small models of options that make.py has not.

Usage: python make_options.py. pictures.npz holds pictures, uint8 (20, 9, 8), and each
model's answers to them; NAME.keras or NAME.json with NAME.npz the models, untrained
but for random biases and statistics.
"""
import os

import keras
import numpy as np

L, S = keras.layers, keras.Sequential
os.makedirs("options", exist_ok=True)
r = np.random.RandomState(3)
pictures = (r.rand(20, 9, 8) ** 3 * 255).astype(np.uint8)
unit = (pictures / 255).astype(np.float32)
I = lambda *shape: keras.Input(shape)
models = {
    "logits": S([I(9, 8), L.Flatten(), L.Dense(7, activation="gelu"), L.Dense(6, activation="hard_sigmoid"), L.Dense(3)]),
    "reshape": S([I(9, 8), L.Reshape((9, 8, 1)), L.Conv2D(4, (2, 3), activation="swish"), L.Flatten(), L.Dense(12, activation="selu"), L.Reshape((2, 3, 2)), L.Conv2D(3, 2, padding="same", strides=(1, 2)), L.GlobalMaxPooling2D(), L.Softmax()]),
    "pooling": S([I(9, 8, 1), L.Conv2D(5, 3, padding="same", use_bias=False), L.BatchNormalization(center=False, scale=False, epsilon=0.01), L.ReLU(max_value=1.2, negative_slope=0.1, threshold=0.2), L.AveragePooling2D(3, strides=2, padding="same"), L.GaussianNoise(0.1), L.MaxPooling2D((3, 2), strides=1, padding="same"), L.GlobalAveragePooling2D(keepdims=True), L.Flatten(), L.Dense(4, activation=L.LeakyReLU(0.15)), L.Dense(3, activation="softmax", use_bias=False)]),
    "middle": S([I(9, 8, 1), L.Conv2D(3, 2, activation="softplus"), L.Rescaling(2.5, offset=0.5), L.Activation("softsign"), L.Flatten(), L.Dense(5, activation="exponential"), L.ELU(0.6), L.Dense(5, activation="hard_silu"), L.Dense(3, activation="softmax")]),
}
answers = {}
for i, (name, m) in enumerate(models.items()):
    keras.utils.set_random_seed(i)
    m.set_weights([np.abs(r.randn(*w.shape)) + 0.1 if v.name == "moving_variance" else w + 0.1 * r.randn(*w.shape) for w, v in zip(m.get_weights(), m.weights)])
    if name == "middle":
        open(f"options/{name}.json", "w").write(m.to_json())
        np.savez(f"options/{name}.npz", *m.get_weights())
    else:
        m.save(f"options/{name}.keras")
    answers[name] = m.predict(unit if name in ("logits", "reshape") else unit[..., None], verbose=0)
answers["logits"] = np.array(keras.ops.softmax(answers["logits"]))
np.savez("options/pictures.npz", pictures=pictures, **answers)

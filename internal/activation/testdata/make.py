"""Writes keras.json with Keras 3: values of activation functions. Usage: make.py > keras.json

Points lie off the functions' kinks.
"""
import json

import keras
import numpy as np

L = keras.layers
x = np.array([-60, -8.1, -3.3, -1.9, -0.61, -0.2, -1e-3, 1e-3, 0.3, 0.9, 1.7, 2.9, 4.2, 9.5, 60], np.float32)
a = keras.activations
functions = {
    "leaky_relu": L.LeakyReLU(0.2),
    "relu": L.ReLU(max_value=1.5, negative_slope=0.1, threshold=0.5),
    "elu": L.ELU(0.7),
    "selu": a.selu,
    "gelu": a.gelu,
    "sigmoid": a.sigmoid,
    "hard_sigmoid": a.hard_sigmoid,
    "tanh": a.tanh,
    "softplus": a.softplus,
    "softsign": a.softsign,
    "silu": a.silu,
    "hard_silu": a.hard_silu,
    "exponential": a.exponential,
}
y = {name: np.array(f(keras.ops.convert_to_tensor(x))).astype(float).tolist() for name, f in functions.items()}
print(json.dumps({"x": x.astype(float).tolist(), "y": y}, indent=1))

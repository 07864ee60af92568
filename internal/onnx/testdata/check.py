"""Compares everything.onnx, run by onnxruntime (1.32), with inkling's answers.

Usage, from the project's folder: make inkling && python internal/onnx/testdata/check.py
"""
import json
import subprocess

import numpy as np
import onnxruntime

folder = "internal/onnx/testdata/"
x = (np.random.RandomState(1).rand(50, 9, 8) * 255).astype(np.uint8)
with open("/tmp/everything.idx", "wb") as f:
    f.write(bytes([0, 0, 8, 3]) + b"".join(n.to_bytes(4, "big") for n in x.shape) + x.tobytes())
answers = subprocess.run(["./inkling", "predict", folder + "everything.ink", "/tmp/everything.idx", "--json"], capture_output=True, check=True).stdout
want = np.array([a["probabilities"] for a in json.loads(answers)])
session = onnxruntime.InferenceSession(folder + "everything.onnx")
got = session.run(["probabilities"], {"pixels": (x / 255).astype(np.float32)[..., None]})[0]
print("largest difference:", abs(got - want).max(), "of probabilities that vary by", want.std(axis=0))

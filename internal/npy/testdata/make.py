"""Writes the .npz files of this folder with NumPy (2.x): python make.py"""
import numpy as np

rows = np.arange(-2, 4, dtype=np.float32).reshape(2, 3)
arrays = dict(rows=rows, columns=np.asfortranarray(rows.astype(">f8")), single=np.int64(-2))
np.savez("plain.npz", **arrays)
np.savez_compressed("compressed.npz", **arrays)

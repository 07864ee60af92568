"""Writes the files of this folder with h5py (3.14): python make.py

Every data set holds 0, 1, 2, ... row by row; the attribute "texts" of the root lists
what is there.
"""
import h5py
import numpy as np


def count(*shape, type=np.float32):
    return np.arange(np.prod(shape), dtype=np.float64).astype(type).reshape(shape)


def fill(f):
    f.create_dataset("contiguous", data=count(3, 4))
    f.create_dataset("deep/er/scalar", data=count(1)[0])
    f.create_dataset("double", data=count(5, type=np.float64))
    f.create_dataset("half", data=count(2, 3, type=np.float16))
    f.create_dataset("empty", data=count(0))
    f.attrs["texts"] = ["one", "zwei", "셋"]
    f.attrs["fixed"] = np.array([b"a", b"bcd"])
    f.attrs["none"] = []
    f.attrs["single"] = "x" * 300


with h5py.File("earliest.h5", "w") as f:
    fill(f)
    f.create_dataset("chunked", data=count(7, 5), chunks=(3, 2))
    f.create_dataset("deflated", data=count(7, 5, 2), chunks=(4, 5, 1), compression="gzip")
    f.create_dataset("shuffled", data=count(50), chunks=(20,), compression="gzip", shuffle=True)
    f.create_dataset("lzf", data=count(50), chunks=(20,), compression="lzf")
    for i in range(40):  # two levels of symbol tables
        f.create_dataset(f"many/{i}", data=count(i))
with h5py.File("small.h5", "w") as f:  # the fuzzer's
    f.create_dataset("a", data=count(7, 5), chunks=(3, 5), compression="gzip", shuffle=True)
    f.attrs["texts"] = ["one", "zwei"]
with h5py.File("latest.h5", "w", libver="latest") as f:
    fill(f)
    f.create_dataset("chunked", data=count(7, 5), chunks=(3, 2))
with h5py.File("integers.h5", "w") as f:
    for name in ("int8", "uint8", "int32", "int64", "uint64"):
        f.create_dataset(name, data=count(4, type=name) - (2 if name[0] == "i" else 0))
    f.create_dataset("count", data=np.int64(60))
    f.create_dataset("big", data=count(4, type=">i4"))
    f.create_dataset("bfloat16", data=np.zeros(3, "V2"))
    f.create_dataset("truth", data=np.ones(3, bool))

"""Compile a function of numbers to machine code, once: ``@compiled``.

What was compiled is kept on disk beside the source, under a name made from the source of
every compiled function. Numba alone looks at one file at a time and would go on using a
caller compiled with the old body of what it calls; a figure from yesterday's arithmetic
looks like any other.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba
import numpy as np

Function = TypeVar("Function", bound=Callable[..., object])
_FLOOR = Path(__file__).parent
_SIGN = b"from sim.compiled import"


def compiled(function: Function) -> Function:
    """The function as machine code, which releases the interpreter lock and divides by zero as IEEE 754 says."""
    made: Function = numba.njit(nogil=True, error_model="numpy", cache=_keeps())(function)  # type: ignore[assignment]
    return made


def inner(function: Function) -> Function:
    """The same for a function that only compiled ones call: it costs less to compile and lies in its callers alone."""
    compiler: Any = numba.njit  # its stubs do not know the options about wrappers
    made: Function = compiler(nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
    return made


def code(number: int) -> int:
    """A number to hand to compiled functions: int64 by type, for a literal would have them compiled again.

    >>> code(3) + 1
    np.int64(4)
    """
    return np.int64(number)  # type: ignore[return-value]


def source_digest() -> str:
    """A fingerprint of the source of everything that is compiled, the compiler's version with it."""
    sum_ = hashlib.sha256(numba.__version__.encode())
    for path in sorted(_FLOOR.rglob("*.py")):
        source = path.read_bytes()
        if _SIGN in source or path.name == "compiled.py":
            sum_.update(path.relative_to(_FLOOR).as_posix().encode() + b"\0" + source)
    return sum_.hexdigest()


def _keeps() -> bool:
    """Whether what is compiled can be kept on disk; said to the compiler once."""
    return bool(numba.config.CACHE_DIR)  # type: ignore[attr-defined]


def _settle() -> None:
    """Choose the folder: the one the environment names, else beside the source, else none."""
    chosen = os.environ.get("YUYAN_COMPILED") or str(_FLOOR / "__pycache__")
    folder = Path(chosen) / f"compiled-{source_digest()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    if os.access(folder, os.W_OK):
        numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]


_settle()

"""Compile a function of numbers to machine code, once: ``@compiled``.

What was compiled is kept on disk beside the source, under a name made from the source of
every compiled function. Numba alone looks at one file at a time and would go on using a
caller compiled with the old body of what it calls; a figure from yesterday's arithmetic
looks like any other.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numba
import numpy as np
from numba.core.event import Event, Listener, install_listener

from sim.parts import PartCompiler, WholeCompiler

Function = TypeVar("Function", bound=Callable[..., object])
_FLOOR = Path(__file__).parent
_SIGN = b"from sim.compiled import"


def compiled(function: Function) -> Function:
    """The function as machine code, which releases the interpreter lock and divides by zero as IEEE 754 says."""
    compiler: Any = numba.njit  # its stubs do not know these options
    made: Function = compiler(nogil=True, error_model="numpy", cache=_keeps(), pipeline_class=WholeCompiler)(function)
    return made


def inner(function: Function) -> Function:
    """The same for a function that only compiled ones call.

    It is read and typed once and then becomes part of its callers, which are made fast as wholes: every function made
    fast and into machine code for itself costs more to compile and to run.
    """
    return _part(function, forceinline=False)


def hot(function: Function) -> Function:
    """An inner function on the way of every task: written out wherever it is called, whatever its length."""
    return _part(function, forceinline=True)


def _part(function: Function, *, forceinline: bool) -> Function:
    compiler: Any = numba.njit
    made: Function = compiler(
        nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=forceinline,
        pipeline_class=PartCompiler,
    )(function)  # fmt: skip
    return made


class Count(Listener):
    """How many functions have been compiled so far, in all threads."""

    functions = 0

    def on_start(self, event: Event) -> None:
        """Nothing is done yet."""

    def on_end(self, event: Event) -> None:
        """One more."""
        self.functions += 1


@contextmanager
def counting() -> Iterator[Count]:
    """Count what is compiled meanwhile, for somebody who waits for it."""
    with install_listener("numba:compile", Count()) as count:
        yield count


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
        if _SIGN in source or path.name in ("compiled.py", "parts.py"):
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

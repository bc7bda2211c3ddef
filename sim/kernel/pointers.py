"""Arrays handed on as bare pointers.

An array argument is counted in and out at every call that is not inlined, and every access
looks whether its place is negative; on networks of a thousand tasks that took half of the
time. So the entry of the kernel takes the arrays, and its functions pass pointers on. The
arrays live as long as the entry runs. Without the compiler a pointer is the array itself,
which is how the tests watch that no place lies outside.
"""

from __future__ import annotations

from typing import Any

import numba
from numba import carray  # type: ignore[attr-defined]
from numba.core import types
from numba.core.extending import intrinsic
from numba.np.arrayobj import make_array

from sim.compiled import inner
from sim.kernel.layout import Reals

if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]

    def pointer_of(array: Any) -> Any:
        """The array itself."""
        return array

    def stretch(x: Reals, begin: int, end: int) -> Reals:
        """The numbers from *begin* up to *end* as an array."""
        return x[begin:end]

else:

    @intrinsic
    def pointer_of(typing_context: Any, array: Any) -> Any:
        """The pointer to the first number of an array."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            array_in_memory: Any = make_array(signature.args[0])  # type: ignore[no-untyped-call]
            return array_in_memory(context, builder, arguments[0]).data

        pointer: Any = types.CPointer(array.dtype)  # type: ignore[no-untyped-call]
        return pointer(array), generate

    @intrinsic
    def _moved(typing_context: Any, pointer: Any, count: Any) -> Any:
        """The pointer to the number so many places on."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.gep(arguments[0], [arguments[1]])

        return pointer(pointer, types.int64), generate

    @inner
    def stretch(x: Reals, begin: int, end: int) -> Reals:
        """The numbers from *begin* up to *end* as an array."""
        return carray(_moved(x, begin), (end - begin,))  # type: ignore[call-arg]

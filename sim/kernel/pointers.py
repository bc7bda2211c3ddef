"""Arrays handed on as bare pointers.

An array argument is counted in and out at every call that is not inlined, and every access
looks whether its place is negative; on networks of a thousand tasks that took half of the
time. So the entry of the kernel takes the arrays, and its functions pass pointers on, from
which every whole number is read as one of 64 bits, however narrow it lies there. The
arrays live as long as the entry runs. Without the compiler a pointer is the array itself,
which is how the tests watch that no place lies outside.
"""

from __future__ import annotations

import operator
from typing import Any

import numba
from llvmlite import ir  # type: ignore[import-untyped]
from numba import carray  # type: ignore[attr-defined]
from numba.core import cgutils, datamodel, imputils, types
from numba.core.extending import intrinsic
from numba.core.typing import templates
from numba.np.arrayobj import make_array

from sim.compiled import inner
from sim.kernel import arrays
from sim.kernel.arrays import Reals

_datamodel: Any = datamodel  # its names are not exported, and much of the compiler has no types
_imputils: Any = imputils
_templates: Any = templates
_cgutils: Any = cgutils
_types: Any = types
_LONG = ir.IntType(64)


class Numbers(types.Type):
    """A pointer to numbers of one kind."""

    is_plain = True

    def __init__(self, dtype: Any) -> None:
        self.dtype = dtype
        super().__init__(name=f"Numbers({dtype})")

    @property
    def read(self) -> Any:
        """What a number is once it is read."""
        return types.int64 if isinstance(self.dtype, types.Integer) else self.dtype


@_datamodel.register_default(Numbers)
class _NumbersModel(datamodel.models.PointerModel):
    """A pointer as it lies in memory."""


@_templates.infer_global(operator.getitem)
class _Read(templates.AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        if isinstance(args[0], Numbers):
            return _templates.signature(args[0].read, args[0], types.int64)
        return None


@_templates.infer_global(operator.setitem)
class _Write(templates.AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        if isinstance(args[0], Numbers):
            return _templates.signature(types.none, args[0], types.int64, args[0].read)
        return None


@_imputils.lower_builtin(operator.getitem, Numbers, types.int64)  # type: ignore[untyped-decorator]
def _read(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    value = builder.load(builder.gep(args[0], [args[1]]))
    return builder.sext(value, _LONG) if sig.args[0].dtype is types.int32 else value


@_imputils.lower_builtin(operator.setitem, Numbers, types.int64, types.int64)  # type: ignore[untyped-decorator]
@_imputils.lower_builtin(operator.setitem, Numbers, types.int64, types.float64)  # type: ignore[untyped-decorator]
def _write(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    value = builder.trunc(args[2], ir.IntType(32)) if sig.args[0].dtype is types.int32 else args[2]
    builder.store(value, builder.gep(args[0], [args[1]]))
    return context.get_dummy_value()


if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
    long_at, set_long = arrays.long_at, arrays.set_long

    def pointer_of(array: Any) -> Any:
        """The array itself."""
        return array

    def stretch(x: Reals, begin: int, end: int) -> Reals:
        """The numbers from *begin* up to *end* as an array."""
        return x[begin:end]

    def fetch(m: Any, place: int) -> None:
        """Nothing to be done."""

else:

    @intrinsic
    def pointer_of(typing_context: Any, array: Any) -> Any:
        """The pointer to the first number of an array."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            array_in_memory: Any = make_array(signature.args[0])  # type: ignore[no-untyped-call]
            return array_in_memory(context, builder, arguments[0]).data

        return Numbers(array.dtype)(array), generate

    @intrinsic
    def _moved(typing_context: Any, pointer: Any, count: Any) -> Any:
        """The pointer to the number so many places on, as the compiler's own arrays take it."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.gep(arguments[0], [arguments[1]])

        return _types.CPointer(pointer.dtype)(pointer, types.int64), generate

    @inner
    def stretch(x: Reals, begin: int, end: int) -> Reals:
        """The numbers from *begin* up to *end* as an array."""
        return carray(_moved(x, begin), (end - begin,))  # type: ignore[call-arg]

    @intrinsic
    def fetch(typing_context: Any, m: Any, place: Any) -> Any:
        """Have what lies at a place brought near, for it is about to be looked at."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            where = builder.bitcast(builder.gep(arguments[0], [arguments[1]]), ir.IntType(8).as_pointer())
            flag = ir.IntType(32)
            kind = ir.FunctionType(ir.VoidType(), [where.type, flag, flag, flag])
            prefetch = _cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
            builder.call(prefetch, [where, flag(0), flag(3), flag(1)])
            return context.get_dummy_value()

        return types.none(m, types.int64), generate

    @intrinsic
    def long_at(typing_context: Any, m: Any, place: Any) -> Any:
        """The number of 64 bits at an even place."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            where = builder.bitcast(builder.gep(arguments[0], [arguments[1]]), _LONG.as_pointer())
            return builder.load(where, align=4)

        return types.int64(m, types.int64), generate

    @intrinsic
    def set_long(typing_context: Any, m: Any, place: Any, value: Any) -> Any:
        """Write a number of 64 bits."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            where = builder.bitcast(builder.gep(arguments[0], [arguments[1]]), _LONG.as_pointer())
            builder.store(arguments[2], where, align=4)
            return context.get_dummy_value()

        return types.none(m, types.int64, types.int64), generate

"""How functions of numbers are made machine code: what a compiler for everything does beyond that is left out.

This leans on the inside of Numba, whose release is pinned.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

from llvmlite.binding import Linkage  # type: ignore[import-untyped]
from numba.core import typed_passes, types, untyped_passes
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase
from numba.core.compiler_machinery import PassManager

_Found = tuple[Any, Any]
_found: dict[tuple[Any, tuple[Any, ...]], _Found] = {}
_look: Any = types.Function.get_call_type


def _remember(function: Any, context: Any, args: tuple[Any, ...], names: dict[str, Any]) -> Any:
    """The types of a call; those of arithmetic on plain numbers are looked up once.

    Numba asks every rule for ``+`` there is, those for arrays, texts and sets among them, each time it meets a plus.
    """
    if names or not all(map(_is_plain, args)):
        return _look(function, context, args, names)
    if (function, args) not in _found:
        signature = _look(function, context, args, names)
        _found[function, args] = signature, function.get_impl_key(signature)
    return _found[function, args][0]


def _is_plain(kind: Any) -> bool:
    return isinstance(kind, types.Number | types.Boolean) or getattr(kind, "is_plain", False)


_PASSES: tuple[Any, ...] = (
    untyped_passes.TranslateByteCode,
    untyped_passes.FixupArgs,
    untyped_passes.IRProcessing,
    untyped_passes.GenericRewrites,
    untyped_passes.ReconstructSSA,
    typed_passes.NopythonTypeInference,
    typed_passes.PreLowerStripPhis,
    typed_passes.IRLegalization,
    typed_passes.AnnotateTypes,
    typed_passes.NativeLowering,
    typed_passes.NoPythonBackend,
)


class WholeCompiler(CompilerBase):
    """The passes a function of numbers needs; Numba's own two dozen serve closures, literals and array expressions."""

    def _compile_core(self) -> Any:
        """With calls remembered, and without a search for what may be thrown away: the compiler keeps most it makes.

        The compiler does one thing at a time, within which it may compile what is called there.
        """
        function: Any = types.Function
        is_first, before = gc.isenabled(), function.get_call_type
        gc.disable()
        function.get_call_type = _remember
        try:
            return super()._compile_core()  # type: ignore[no-untyped-call]
        finally:
            function.get_call_type = before
            if is_first:
                gc.enable()

    def define_pipelines(self) -> list[Any]:
        """One way only."""
        passes: Any = PassManager("numbers")  # type: ignore[no-untyped-call]
        for each in _PASSES:
            passes.add_pass(each, each.__name__)
        passes.finalize()
        return [passes]


class PartCompiler(WholeCompiler):
    """The same, but what comes out is a part."""

    def define_pipelines(self) -> list[Any]:
        """The usual passes."""
        state = self.state
        state.library = _Part(state.targetctx.codegen(), state.func_id.func_qualname)  # type: ignore[no-untyped-call]
        return super().define_pipelines()


class _Part(JITCodeLibrary):
    """The code of a function that lies in its callers alone: neither made fast nor made machine code on its own.

    Parts are put together when the whole is made; until then none holds the code of another.
    """

    def finalize(self) -> None:
        """There is nothing to be done."""
        self._finalized = True

    def _get_module_for_linking(self) -> Any:
        if self._shared_module is None:
            for library in self._others(set()):
                code = library._loose_module() if isinstance(library, _Part) else library._get_module_for_linking()
                self._final_module.link_in(code, preserve=True)
        return super()._get_module_for_linking()  # type: ignore[no-untyped-call]

    def _loose_module(self) -> Any:
        """Its own code alone, as one of several that may be there: wholes that lie in another bring the same parts."""
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage == Linkage.external:
                function.linkage = "linkonce_odr"
        return self._final_module

    def _others(self, seen: set[Any]) -> Iterator[Any]:
        """What this part calls, and what that calls."""
        for library in self._linking_libraries:
            if library not in seen:
                seen.add(library)
                yield library
                if isinstance(library, _Part):
                    yield from library._others(seen)

    def get_pointer_to_function(self, name: str) -> int:
        """It has no address."""
        return 0

    @property
    def codegen(self) -> _Part:
        """Whoever makes its environment known, at an address it has not."""
        return self

    def set_env(self, name: str, env: object) -> None:
        """Nothing to be done: a function without exceptions and objects asks for no environment."""

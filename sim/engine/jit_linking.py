"""Compile rules as drafts, and optimise the program once, where Python enters it.

Left to itself numba finishes every function on its own: it optimises it together with all that it calls,
makes native code of it and of two wrappers, and then does it all again for each of its callers.  For two
hundred small rules that is most of a compilation, and nothing but the entries' code is ever run.  Here a rule
stays a *draft*, checked and translated but not finished, and an entry is a *whole*: it links the drafts of
everything it reaches, each once, and finishes them together.
"""

from __future__ import annotations

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import FunctionPass, register_pass
from numba.core.typed_passes import NopythonTypeInference


class UnlinkedLibrary(JITCodeLibrary):
    """The code of one rule, without that of the rules it calls; to be linked, never run."""

    def finalize(self) -> None:
        """Leave the code as it is: a whole links and optimises it."""
        self._finalized = True
        self.environments: dict[str, Any] = {}

    def module(self) -> Any:
        """Return the code, in a form that can be linked many times."""
        return super()._get_module_for_linking()

    def _get_module_for_linking(self) -> Any:
        """Refuse a caller that is no whole, and would miss the rules that this one calls."""
        raise RuntimeError(f"{self.name} is a rule; what calls it must be compiled with `rule` or `entry` too")

    def get_pointer_to_function(self, _name: str) -> int:
        """No native code, which numba writes as 0."""
        self._ensure_finalized()
        return 0

    @property
    def codegen(self) -> UnlinkedLibrary:
        """What numba asks to `set_env`, once it believes that the native code exists."""
        return self

    def set_env(self, name: str, environment: object) -> None:
        """Remember an environment (Python objects that the code refers to) for the wholes."""
        self.environments[name] = environment


class LinkedLibrary(JITCodeLibrary):
    """The code of one function that Python calls, with that of every rule it reaches."""

    def finalize(self) -> None:
        """Link each draft once, optimise them together and make native code."""
        found: dict[JITCodeLibrary, None] = {}
        _collect(self, found)
        drafts = [library for library in found if isinstance(library, UnlinkedLibrary)]
        for draft in reversed(drafts):
            # Callers first: the linker takes only what has been referred to so far.
            self._final_module.link_in(draft.module(), preserve=True)
        self._linking_libraries = [library for library in found if not isinstance(library, UnlinkedLibrary)]
        super().finalize()
        for draft in drafts:
            for name, environment in draft.environments.items():
                if self._codegen._engine.is_symbol_defined(name):
                    self._codegen.set_env(name, environment)


def _collect(library: JITCodeLibrary, found: dict[JITCodeLibrary, None]) -> None:
    """Note all libraries that one needs, callees before their callers."""
    for needed in library._linking_libraries:
        if needed not in found:
            if isinstance(needed, UnlinkedLibrary):
                _collect(needed, found)
            found[needed] = None


class _Choice(FunctionPass):
    """Chooses where numba puts the code that it is about to write."""

    kind: type[JITCodeLibrary]

    def __init__(self) -> None:
        FunctionPass.__init__(self)

    def run_pass(self, state: Any) -> bool:
        """Do what numba does later on if it finds no library, with one of our kind."""
        state.library = self.kind(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return False


@register_pass(mutates_CFG=False, analysis_only=True)
class _ChooseUnlinked(_Choice):
    _name = "sim_choose_draft"
    kind = UnlinkedLibrary


@register_pass(mutates_CFG=False, analysis_only=True)
class _ChooseLinked(_Choice):
    _name = "sim_choose_whole"
    kind = LinkedLibrary


class UnlinkedCompiler(CompilerBase):
    """Numba's usual passes, ending in a draft."""

    choice: type[_Choice] = _ChooseUnlinked

    def define_pipelines(self) -> list[Any]:
        """List the usual passes and the choice of a library."""
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.add_pass_after(self.choice, NopythonTypeInference)
        passes.finalize()
        return [passes]


class LinkedCompiler(UnlinkedCompiler):
    """Numba's usual passes, ending in a whole."""

    choice = _ChooseLinked

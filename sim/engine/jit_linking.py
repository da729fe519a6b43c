"""Linking of compiled rules: rules are compiled without being linked, and optimised once, where Python enters them.

Left to itself numba finishes every function on its own: it optimises it together with all that it calls,
makes native code of it and of two wrappers, and then does it all again for each of its callers.  For two
hundred small rules that is most of a compilation, and nothing but the entries' code is ever run.  Here a rule
stays *unlinked*, checked and translated but not finished, and an entry is *linked*: it links the code of everything
it reaches, each rule once, and finishes it together.

Like `sim.engine.numba_shortcuts`, and no other module, this uses parts of numba that are not public
(`sim.engine.compilation.check_numba`).
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from types import CodeType
from typing import Any

from numba.core import types
from numba.core.caching import NullCache
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, CompileResult, DefaultPassBuilder
from numba.core.compiler_lock import global_compiler_lock
from numba.core.compiler_machinery import FunctionPass, register_pass
from numba.core.registry import CPUDispatcher
from numba.core.serialize import dumps
from numba.core.typed_passes import NopythonTypeInference
from numba.core.typing.templates import make_concrete_template
from numba.core.untyped_passes import InlineClosureLikes

from sim.engine.numba_shortcuts import shortcuts
from sim.engine.rules_cache import discard_file, read_file, write_file


class UnlinkedLibrary(JITCodeLibrary):
    """The code of one rule, without that of the rules it calls; to be linked, never run."""

    def _optimize_functions(self, _module: Any) -> None:
        """Leave the code as it is: all of it is optimised at once, after linking."""

    def finalize(self) -> None:
        """Leave the code as it is: a linked library links and optimises it."""
        self._finalized = True
        self.environments: dict[str, Any] = {}

    def module(self) -> Any:
        """The code, in a form that can be linked many times."""
        return super()._get_module_for_linking()

    def _get_module_for_linking(self) -> Any:
        """Refuse a caller that does not link, and would miss the rules that this one calls."""
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
        """Remember an environment (Python objects that the code refers to) for what links it."""
        self.environments[name] = environment


def _plain_type(argument: types.Type) -> types.Type:
    """The type that a rule is compiled for when it is called with an argument of some type.

    Members of enumerations, literal and short integers are handed over as 64-bit integers, so that a rule is not
    compiled once for each combination of them.
    """
    if isinstance(argument, types.IntEnumMember):
        return argument.dtype
    plain = types.unliteral(argument)  # type: ignore[attr-defined]
    return types.int64 if plain in (types.int32, types.int8, types.int16) else plain


class UnlinkedDispatcher(CPUDispatcher):
    """What numba calls when one rule calls another."""

    def get_call_template(self, args: Any, kws: Any) -> tuple[Any, Any, Any, Any]:
        """Compile the rule for arguments of these types, made plain; numba converts them where it calls."""
        signature, folded = self._compiler.fold_argument_types(args, kws)
        plain = tuple(_plain_type(argument) for argument in folded)
        if plain not in self.overloads:
            self.compile(plain)
        name = self.py_func.__name__
        template = make_concrete_template(f"CallTemplate({name})", name, [self.overloads[plain].signature])
        return template, signature, plain, {}


class LinkedDispatcher(CPUDispatcher):
    """What Python calls."""

    def compile(self, sig: Any) -> Any:
        """Compile the function, and all rules that it reaches, with the shortcuts."""
        with global_compiler_lock, shortcuts():
            return super().compile(sig)


class LinkedLibrary(JITCodeLibrary):
    """The code of one function that Python calls, with that of every rule it reaches."""

    def finalize(self) -> None:
        """Link the code of each rule once, optimise it together and make native code."""
        found: dict[JITCodeLibrary, None] = {}
        _collect(self, found)
        rules = [library for library in found if isinstance(library, UnlinkedLibrary)]
        for unlinked in reversed(rules):
            # Callers first: the linker takes only what has been referred to so far.
            self._final_module.link_in(unlinked.module(), preserve=True)
        self._linking_libraries = [library for library in found if not isinstance(library, UnlinkedLibrary)]
        super().finalize()
        for unlinked in rules:
            for name, environment in unlinked.environments.items():
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
    _name = "sim_choose_unlinked"
    kind = UnlinkedLibrary


@register_pass(mutates_CFG=False, analysis_only=True)
class _ChooseLinked(_Choice):
    _name = "sim_choose_linked"
    kind = LinkedLibrary


class UnlinkedCompiler(CompilerBase):
    """Numba's usual passes, ending in unlinked code."""

    choice: type[_Choice] = _ChooseUnlinked

    def define_pipelines(self) -> list[Any]:
        """List the usual passes and the choice of a library."""
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        if not any(isinstance(constant, CodeType) for constant in self.state.func_id.func.__code__.co_consts):
            # Nearly all rules are without functions inside; to look for them costs 2 % of a first compile.
            passes.passes = [one for one in passes.passes if one[0] is not InlineClosureLikes]
        passes.add_pass_after(self.choice, NopythonTypeInference)
        passes.finalize()
        return [passes]


class LinkedCompiler(UnlinkedCompiler):
    """Numba's usual passes, ending in linked code."""

    choice = _ChooseLinked


class EntryCache(NullCache):
    """Compiled entries on disk, a file for each entry and types of arguments."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._name = f"{function.__module__}.{function.__qualname__}"

    def _file(self, signature: Any) -> str:
        """Name of the file for some types of arguments."""
        return f"{self._name}-{hashlib.blake2b(str(signature).encode(), digest_size=8).hexdigest()}.bin"

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """What was compiled for these types before; None if it has to be compiled."""
        # Registers what numba itself implements, which the code may refer to.
        target_context.refresh()
        content = read_file(self._file(sig))
        if content is None:
            return None
        try:
            return CompileResult._rebuild(target_context, *pickle.loads(content))
        except Exception:  # whatever is wrong with a file: it is made again
            discard_file(self._file(sig))
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep what was compiled."""
        write_file(self._file(sig), dumps(data._reduce()))


def unlinked(function: Callable[..., Any], options: dict[str, Any]) -> UnlinkedDispatcher:
    """A rule that other rules call."""
    # Unlinked code is never run, so nothing is needed that would let Python or C call it.
    chosen = {"nopython": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True, **options}
    return UnlinkedDispatcher(function, targetoptions=chosen, pipeline_class=UnlinkedCompiler)


def linked(function: Callable[..., Any], options: dict[str, Any], *, keep: bool) -> Any:
    """A function that Python calls; its code is kept on disk if `keep`."""
    dispatcher = LinkedDispatcher(function, targetoptions={"nopython": True, **options}, pipeline_class=LinkedCompiler)
    if keep:
        dispatcher._cache = EntryCache(function)
    return dispatcher

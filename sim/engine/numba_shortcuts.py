"""Numba shortcuts: while rules are compiled, numba works the same results out with less repetition.

Three quarters of a first compile are numba's own Python code, and much of that answers one question again and
again.  `shortcuts` puts remembered or plainer answers in the place of a few of its functions and puts numba's
own back afterwards.  Each gives what numba's own would; what a shortcut does not know is left to numba's own.
The shares named below are of the processor's time of a first compile without any shortcut, by a profile.

This module, like `sim.engine.jit_linking`, uses parts of numba that are not public; ``SIM_COMPILER=plain`` uses
neither.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator
from typing import Any

from numba.core import errors, event, ir, postproc, typing, utils
from numba.core.base import BaseContext
from numba.core.compiler_machinery import PassManager
from numba.core.cpu import CPUContext
from numba.core.target_extension import get_local_target
from numba.core.targetconfig import ConfigStack, TargetConfig
from numba.core.types import Record, StructRef  # type: ignore[attr-defined]
from numba.core.types.functions import BaseFunction, _unlit_non_poison  # type: ignore[attr-defined]

_NO_VARIABLES = frozenset({str, int, float, bool, type(None), ir.Loc, ir.Scope})
"""Types of what numba searches for variables most often, and never finds any in."""


def _same_flags(self: TargetConfig, other: object) -> Any:
    """Compare what was set before all that could be (`TargetConfig.__eq__`, with its hash 6 %)."""
    if isinstance(other, TargetConfig):
        return self._values == other._values or self.values() == other.values()
    return NotImplemented


def _flags_hash() -> Callable[[TargetConfig], int]:
    """Remember the hash of flags, for which numba takes the names alone (`TargetConfig.__hash__`)."""
    known: dict[type, int] = {}
    own = TargetConfig.__hash__

    def hash_of(self: TargetConfig) -> int:
        kind = type(self)
        if kind not in known:
            known[kind] = own(self)
        return known[kind]

    return hash_of


def _variables() -> Callable[[ir.Inst, Any], list[ir.Var]]:
    """List variables by the type of what they are searched in, not class by class (`Inst._rec_list_vars`, 6 %)."""
    own = ir.Inst._rec_list_vars

    def variables(self: ir.Inst, value: Any) -> list[ir.Var]:
        kind = type(value)
        if kind in _NO_VARIABLES:
            return []
        if kind is ir.Var:
            return [value]
        if kind is dict or kind is list or kind is tuple:
            found = []
            for part in value.values() if kind is dict else value:
                if type(part) not in _NO_VARIABLES:
                    found += variables(self, part)
            return found
        listed: list[ir.Var] = own(self, value)
        return listed

    return variables


def _liveness() -> Callable[..., None]:
    """Leave out what is only read for generators and for Python objects (`PostProcessor.run`, 4 %).

    Numba runs it nine times for each function.  What it notes as `variable_lifetime` is worked out by who asks.
    """
    own = postproc.PostProcessor.run

    def run(self: Any, emit_dels: bool = False, extend_lifetimes: bool = False) -> None:
        code = self.func_ir
        if code.is_generator:
            own(self, emit_dels, extend_lifetimes)
            return
        code.blocks = postproc.transforms.canonicalize_cfg(code.blocks)
        code.variable_lifetime = postproc.VariableLifetime(code.blocks)
        code.generator_info = None
        if emit_dels:
            self._insert_var_dels(extend_lifetimes=extend_lifetimes)

    return run


def _run_pass(self: PassManager, _index: int, one: Any, state: Any) -> None:
    """Run a pass without clocks and without the long texts for those who listen (`PassManager._runPass`, 4 %)."""
    one.analysis = self._analysis
    with errors.new_error_context("Pass {name}", name=one.name()):  # type: ignore[attr-defined]
        one.run_initialization(state)
        one.run_pass(state)
        one.run_finalizer(state)


def _no_timer(_kind: str, _callback: object) -> contextlib.AbstractContextManager[None]:
    """Take no times: numba has a listener for each function under way (`event.install_timer`, 3 %)."""
    return contextlib.nullcontext()


def _record_text() -> Callable[[Record], str]:
    """Write the type of a row out once; it names every field (`Record.__repr__`, 3 %)."""
    known: dict[int, str] = {}
    own = Record.__repr__

    def text(self: Any) -> str:
        if self._code not in known:
            known[self._code] = own(self)
        return known[self._code]

    return text


def _function() -> Callable[..., Any]:
    """Remember that arrays have no hook for ``__array__``; numba looks again at each of them (`get_function`, 2 %)."""
    missing: set[Any] = set()
    own = BaseContext.get_function

    def function(self: BaseContext, fn: Any, sig: Any, _firstcall: bool = True) -> Any:
        if fn != "__array__":
            return own(self, fn, sig, _firstcall)
        if sig in missing:
            raise NotImplementedError
        try:
            return own(self, fn, sig, _firstcall)
        except NotImplementedError:
            missing.add(sig)
            raise

    return function


def _call_type() -> Callable[..., Any]:
    """Remember which of a function's many templates took arguments of some types (`get_call_type`, 9 %)."""
    known: dict[Any, Any] = {}
    own = BaseFunction.get_call_type

    def call_type(self: BaseFunction, context: Any, args: Any, kws: Any) -> Any:
        key = id(self), tuple(args), tuple(kws.items()), ConfigStack.top_or_none()
        if key in known:
            _, template, literal = known[key]
            signature = _applied(self, template(context), args, kws, literal)
            if signature is not None:
                return signature
        for template in _ordered(self, context):
            made = template(context)
            for literal in (True, False) if made.prefer_literal else (False, True):
                signature = _applied(self, made, args, kws, literal)
                if signature is not None:
                    # With the function itself, so that its number is not given to another.
                    known[key] = self, template, literal
                    return signature
        return own(self, context, args, kws)  # fails, and says why

    return call_type


def _ordered(function: BaseFunction, context: Any) -> Any:
    """Templates of a function in the order in which numba tries them."""
    return utils.order_by_target_specificity(get_local_target(context), function.templates, fnkey=function.key[0])


def _applied(function: Any, template: Any, args: Any, kws: Any, literal: bool) -> Any:
    """Signature that a template has for some arguments; None for none."""
    try:
        if not literal:
            args = tuple([_unlit_non_poison(one) for one in args])
            kws = {name: _unlit_non_poison(one) for name, one in kws.items()}
        signature = template.apply(args, kws)
    except errors.NumbaError:
        return None
    if signature is not None:
        function._impl_keys[signature.args] = template.get_impl_key(signature)
    return signature


def _field_type() -> Callable[..., Any]:
    """Remember the types of the fields of rows and of the world (`resolve_getattr`, 2 %)."""
    known: dict[Any, Any] = {}
    own = typing.BaseContext.resolve_getattr

    def field_type(self: Any, typ: Any, attr: str) -> Any:
        if not isinstance(typ, Record | StructRef):
            return own(self, typ, attr)
        key = id(self), typ, attr
        if key not in known:
            known[key] = own(self, typ, attr)
        return known[key]

    return field_type


def _size() -> Callable[[BaseContext, Any], int]:
    """Remember the sizes of types; llvmlite lets LLVM read a module for each question (`get_abi_sizeof`, 1 %)."""
    known: dict[str, int] = {}
    own = BaseContext.get_abi_sizeof

    def size(self: BaseContext, ty: Any) -> int:
        text = str(ty)
        if text not in known:
            known[text] = own(self, ty)
        return known[text]

    return size


def _registries() -> Callable[[CPUContext], None]:
    """Load numba's registries once; it loads them before each function (`load_additional_registries`, 2 %)."""
    loaded: set[int] = set()
    own = CPUContext.load_additional_registries

    def load(self: CPUContext) -> None:
        if id(self) not in loaded:
            own(self)
            loaded.add(id(self))

    return load


def _replacements() -> list[tuple[Any, str, Any]]:
    """Where each shortcut is put: owner, name, and what stands there for a while."""
    return [
        (TargetConfig, "__eq__", _same_flags),
        (TargetConfig, "__hash__", _flags_hash()),
        (ir.Inst, "_rec_list_vars", _variables()),
        (postproc.PostProcessor, "run", _liveness()),
        (PassManager, "_runPass", _run_pass),
        (event, "install_timer", _no_timer),
        (Record, "__repr__", _record_text()),
        (BaseContext, "get_function", _function()),
        (BaseFunction, "get_call_type", _call_type()),
        (typing.BaseContext, "resolve_getattr", _field_type()),
        (BaseContext, "get_abi_sizeof", _size()),
        (CPUContext, "load_additional_registries", _registries()),
    ]


@contextlib.contextmanager
def shortcuts() -> Iterator[None]:
    """Take the shortcuts within a `with` block, which must hold numba's lock of the compiler.

    Unused memory is not searched for meanwhile (8 %): a compilation ends before there is much of it.
    """
    replaced = [(owner, name, getattr(owner, name), new) for owner, name, new in _replacements()]
    collecting = gc.isenabled()
    gc.disable()
    try:
        for owner, name, _, new in replaced:
            setattr(owner, name, new)
        yield
    finally:
        for owner, name, own, _ in replaced:
            setattr(owner, name, own)
        if collecting:
            gc.enable()

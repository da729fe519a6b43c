"""Shortcuts through numba: each gives the answer of numba's own, and all are taken away again."""

from __future__ import annotations

import gc
import operator

import numba
import numpy as np
import pytest
from numba.core import ir, types
from numba.core.compiler import Flags, run_frontend
from numba.core.registry import cpu_target

from sim.engine.numba_shortcuts import _replacements, shortcuts

RECORD = numba.typeof(np.zeros(1, [("cash", "i8"), ("voice", "f8")])).dtype
ARRAY = types.Array(types.float64, 2, "C")


def flags(**options):
    made = Flags()
    for name, value in options.items():
        setattr(made, name, value)
    return made


def answers():
    """What numba says of the questions that there are shortcuts for."""
    context = cpu_target.typing_context
    context.refresh()
    cpu_target.target_context.refresh()

    def looped(rows, scale):
        added = 0.0
        for n in range(len(rows)):
            added += scale * rows[n, 0] if n > 1 else rows[n, 1]
        return added, [scale, added], {"rows": rows}

    code = run_frontend(looped)
    statements = [one for block in code.blocks.values() for one in block.body]
    add = context.resolve_value_type(operator.add)
    pairs = [(types.int64, types.float64), (types.literal(1), types.int64), (ARRAY, types.float64)]
    value_type = cpu_target.target_context.get_value_type
    return {
        "flags": [
            flags() == flags(),
            flags(nrt=True) == flags(),
            flags(nrt=False) == flags(),
            flags() == 1,
            hash(flags(nrt=True)),
        ],
        "variables": [sorted(var.name for var in one.list_vars()) for one in statements],
        "record": repr(RECORD),
        "fields": [context.resolve_getattr(RECORD, name) for name in ("cash", "voice")],
        "calls": [add.get_call_type(context, pair, {}) for pair in pairs],
        "implementations": [add.get_impl_key(add.get_call_type(context, pair, {})) for pair in pairs],
        "sizes": [cpu_target.target_context.get_abi_sizeof(value_type(one)) for one in (types.int8, ARRAY)],
    }


QUESTIONS = ("flags", "variables", "record", "fields", "calls", "implementations", "sizes")


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answers_are_those_of_numba(question):
    own = answers()
    with shortcuts():
        first, again = answers(), answers()
    assert first[question] == again[question] == own[question]


def test_arguments_that_do_not_fit_are_refused_in_the_same_words():
    add = cpu_target.typing_context.resolve_value_type(operator.add)
    words = []
    for taken in (False, True):
        with shortcuts() if taken else pytest.MonkeyPatch.context(), pytest.raises(numba.TypingError) as refused:
            add.get_call_type(cpu_target.typing_context, (RECORD, types.float64), {})
        words.append(str(refused.value).splitlines()[0])
    assert words[0] == words[1]


def test_code_compiled_with_them_does_the_same():
    def mixed(values):
        kept = [value * 2 for value in values if value > 1]
        total = 0.0
        for value in kept:
            total += value
        return total, values.sum(), np.sort(values)[0]

    values = np.array([3.0, 0.1, 1.7, 0.2])
    with shortcuts():
        quick = numba.njit(mixed)(values)
    assert quick == numba.njit(mixed)(values)


def test_all_are_taken_away_after_an_error_too():
    before = [getattr(owner, name) for owner, name, _ in _replacements()]

    @shortcuts()
    def fail():
        assert not gc.isenabled()
        assert ir.Inst._rec_list_vars not in before
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [getattr(owner, name) for owner, name, _ in _replacements()] == before
    assert gc.isenabled()

"""Layering: laws of merging, and walking over values of any shape."""

from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.reading.layering import each, merge, settle
from sim.scenario.reading.located_values import from_python

keys = st.sampled_from("abcd")
# Associativity holds for trees that agree on what is a mapping: here the depth decides.
flat = st.dictionaries(keys, st.integers(0, 9) | st.lists(st.integers(0, 3), max_size=2))
deep = st.dictionaries(keys, st.dictionaries(keys, flat))


def merged(*layers):
    tree, *rest = (from_python(layer)[0] for layer in layers)
    for layer in rest:
        tree = merge(tree, layer)
    return settle(tree)[0]


@given(deep, deep, deep)
def test_merging_is_associative(a, b, c):
    assert merged(merged(a, b), c) == merged(a, merged(b, c)) == merged(a, b, c)


@given(deep, deep)
def test_merging_twice_changes_nothing(a, b):
    assert merged(a, a) == merged(a, {}) == merged({}, a) == a
    assert merged(a, b, b) == merged(a, b)


@given(deep, st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_nothing(a, chance):
    def shuffled(value):
        if not isinstance(value, dict):
            return value
        items = [(key, shuffled(below)) for key, below in value.items()]
        chance.shuffle(items)
        return dict(items)

    assert merged(shuffled(a), a) == a


@given(deep, keys)
def test_null_removes(a, key):
    rest = {k: v for k, v in a.items() if k != key}
    tree = merge(from_python(a)[0], from_python({key: None})[0])
    values, problems, _ = settle(tree)
    assert values == rest
    assert len(problems) == (key not in a)


def test_each_passes_over_other_shapes():
    values = {"a": {"x": {"b": 1}, "y": 3, "z": {"c": 1}}, "l": [{"b": 2}, 4]}
    assert list(each(values, "a", "*", "b")) == [(("a", "x", "b"), 1)]
    assert list(each(values, "l", "*", "b")) == [(("l", 0, "b"), 2)]
    assert list(each(values, "q", "*")) == []


def test_lists_that_are_added_to_go_on_where_the_base_ends():
    base, child = ({"policies": [1, 2], "fields": [1]}, {"policies": [3], "fields": [2]})
    tree = merge(from_python(base)[0], from_python(child)[0], added=("policies",))
    assert settle(tree)[0] == {"policies": [1, 2, 3], "fields": [2]}
    tree = merge(from_python(base)[0], from_python({"policies": None})[0], added=("policies",))
    assert settle(tree)[0] == {"fields": [1]}

"""Any YAML or JSON text is read back; any text at all gives a tree or problems."""

import json

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.scenario.reading import yaml_reader as yaml12
from sim.scenario.reading.file_search import read_text
from sim.scenario.reading.located_values import from_python
from sim.scenario.reading.yaml_reader import first_value, read

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]
# What both YAML and a file can hold: no control characters, no half characters.
sound_text = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff")
)
single = (
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats(allow_nan=False, allow_infinity=False)
    | sound_text
)
nested = st.recursive(
    single, lambda v: st.lists(v, max_size=4) | st.dictionaries(sound_text, v, max_size=4), max_leaves=20
)
documents = st.dictionaries(sound_text, nested, min_size=1)


def test_parsers_agree_on_positions(monkeypatch):
    text = "a:\n- {b: [1, 'x']}\n-\n  c: |\n    text\n  'd': \"q\"\n'é海': ~\nz: plain text\n  goes on\n"
    trees = []
    for each in LOADERS:
        monkeypatch.setattr(yaml12, "LOADER", each)
        trees.append(read(text, "f"))
    assert all(tree == trees[0] for tree in trees)


@given(documents)
def test_json_is_yaml(value):
    """YAML 1.2 contains JSON: what json writes, we read back as it was (numbers as numbers, text as text)."""
    text = json.dumps(value, ensure_ascii=False)
    root, problems = read(text, "f")
    assert problems == []
    assert unplaced(root) == unplaced(from_python(value)[0])


@given(documents)
def test_what_pyyaml_writes_is_read_back(value):
    text = yaml.dump(value, allow_unicode=True, default_style='"', Dumper=Quoting)
    root, problems = read(text, "f")
    assert problems == []
    assert unplaced(root) == unplaced(from_python(value)[0])


class Quoting(yaml.SafeDumper):
    """Quotes all text and writes everything else plainly, without tags and aliases."""

    def ignore_aliases(self, data):
        return True

    def represent_scalar(self, tag, value, style=None):
        return super().represent_scalar(tag, value, '"' if tag.endswith(":str") else "")

    def serialize_node(self, node, parent, index):
        return super().serialize_node(node, parent, index)


def unplaced(node):
    """Reduce a tree to comparable values, telling 1 from 1.0 and true."""
    if isinstance(node.value, dict):
        return {key: unplaced(below) for key, below in node.value.items()}
    if isinstance(node.value, list):
        return [unplaced(below) for below in node.value]
    return repr(node.value)


@settings(max_examples=300)
@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00a")
@example(b'"\\Uffffffff"')
@example(b"%YAML 99999999999999999999.1\n---\n")
@example(b"? ? ? a\n: b")
@example(b"a: [*a, &b c, !d e]: {f: }")
def test_any_bytes_give_a_tree_or_problems(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    path.write_bytes(data)
    text = read_text(path)
    if isinstance(text, str):
        check_any(text)


@settings(max_examples=500)
@given(st.text(st.sampled_from("ab01 \n\t:-,[]{}&*!|>'\"%@`#?.<~\\ux"), max_size=40))
@example("{? [a]: b}")
@example("&a")
@example("!a")
@example("*a")
def test_any_text_gives_a_tree_or_problems(text):
    check_any(text)


def check_any(text):
    kept = yaml12.LOADER
    try:
        for each in LOADERS:
            yaml12.LOADER = each
            root, problems = read(text, "f")
            assert root is not None or problems
            assert all(str(p).isprintable() and p.line >= 1 and p.column >= 1 for p in problems)
            first_value(text, "a")
    finally:
        yaml12.LOADER = kept

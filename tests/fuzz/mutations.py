"""Mutations of values, texts and bytes: small changes of what was right, as slips and other programs make them."""

import copy
import json

TEXTS = [
    *("", " ", "x", "East", "Town", "0110", "1e3", "-1", "nan", ".inf", "2010-Q1", "2010\u2013Q1", "40%", "600,000"),
    *(
        "\uff0c",
        "\uff1a",
        "=1+1",
        "@x",
        "a\x1b[31mb",
        "a\u202eb",
        "\u200b",
        "\u00a0",
        "e\u0301",
        "\u57ce" * 90,
        "n" * 300,
    ),
    *("../..", "/dev/null", "*", "[", "{", "'", '"', "null", "true", "contract.term", "cities", "unmet_need"),
    *("\ud800", "\U0001f3e5"),
]
NUMBERS = [0, 1, -1, 2, 3, 0.5, 1e308, -1e308, 2**63, 10**30, 1e-300, 0.1 + 0.2, float("nan"), float("inf")]
ODD = [None, True, False, [], {}, [[]], {"": None}, [None], {"x": {"x": []}}, *TEXTS, *NUMBERS]
SIGNS = [
    *(": ", "{", "}", "[", "]", "&a ", "*a", "- ", "'", '"', "# ", "<<: ", "---\n", "\t", "!!str ", "%", "|", ">", ","),
    *(
        "\uff0c",
        "\uff1a",
        "\u00a0",
        "\u3000",
        "\u2028",
        "\ufeff",
        "\x00",
        "\x1a",
        "\x85",
        "\r",
        "\r\n",
        "\uff1f",
        "\u3010",
    ),
    *("\u201c", "\u2013", "\u2212", "0", "9" * 30),
]


def places(values, path=()):
    """Paths of everything inside values."""
    inner = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    return [found for key, value in inner for found in [(*path, key), *places(value, (*path, key))]]


def changed_values(values, rng):
    """A copy of values in which one to three entries were replaced, removed, renamed, doubled or nested."""
    values = copy.deepcopy(values)
    for _ in range(rng.choice([1, 1, 2, 3])):
        found = places(values)
        if not found:
            return values
        *above, last = rng.choice(found)
        inner = values
        for key in above:
            inner = inner[key]
        how = rng.choice(["replace", "replace", "remove", "rename", "nest", "same kind"])
        if how == "remove":
            del inner[last]
        elif how == "rename" and isinstance(inner, dict):
            inner[rng.choice(TEXTS)] = inner.pop(last)
        elif how == "nest":
            inner[last] = rng.choice([[inner[last]], {"x": inner[last]}])
        elif how == "same kind":
            inner[last] = rng.choice([odd for odd in ODD if type(odd) is type(inner[last])] or ODD)
        else:
            inner[last] = copy.deepcopy(rng.choice(ODD))
    return values


def changed_text(text, rng):
    """A text with one to three slips: signs, lines and characters put in, left out, doubled or moved."""
    for _ in range(rng.choice([1, 1, 2, 3])):
        at = rng.randrange(len(text) + 1)
        how = rng.choice(["insert", "insert", "delete", "double line", "drop line", "indent", "cut"])
        if how == "insert":
            text = text[:at] + rng.choice([*SIGNS, *TEXTS]) + text[at:]
        elif how == "delete":
            text = text[:at] + text[at + rng.choice([1, 2, 10]) :]
        elif how == "cut":
            text = text[:at] if rng.random() < 0.3 else text[at:]
        else:
            lines = text.split("\n")
            n = rng.randrange(len(lines))
            lines[n : n + 1] = {"double line": [lines[n]] * 2, "drop line": [], "indent": [" " + lines[n]]}[how]
            text = "\n".join(lines)
    return text


def changed_bytes(data, rng):
    """Bytes that are cut, turned, or in another encoding."""
    at = rng.randrange(len(data) + 1)
    how = rng.choice(["cut", "turn", "insert", "utf-16", "empty", "gbk"])
    if how == "cut":
        return data[:at]
    if how == "turn":
        return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
    if how == "insert":
        return data[:at] + rng.randbytes(rng.choice([1, 4, 30])) + data[at:]
    if how == "empty":
        return b""
    return data.decode(errors="replace").encode(how, errors="replace")


def json_bytes(values):
    """Values as JSON, with lone surrogates as escapes."""
    return json.dumps(values).encode()

"""YAML syntax errors: one clear line for text that is not YAML.

The two parsers of PyYAML word the same mistake differently, and neither says what to do. This table names the
mistake in the user's terms and says where it began, which for an unclosed bracket is not where the parser
noticed.
"""

from __future__ import annotations

import re

from sim.declarations.input_issues import Problem, printable
from sim.scenario.reading.located_values import DEEP_ALLOWED, TOO_DEEP
from sim.scenario.reading.plain_punctuation import instead, odd_structure

_KEY = re.compile(r":( |$)")
_LOOKED_BACK = 2
"""Lines before the one where the parser stopped that may hold the reason."""
# Characters YAML forbids, and the line separators that editors do not count as lines (positions would be
# off).
_UNUSABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

# (words in the parser's context or problem, what is wrong, what is allowed, point at the start of the
# context?)
_SENTENCES: tuple[tuple[tuple[str, ...], str, str, bool], ...] = (
    (
        ("scanning a quoted scalar", "end of stream"),
        "a quotation mark is opened and never closed",
        "close it; inside '...' write '' for an apostrophe",
        True,
    ),
    (
        ("scanning a double-quoted scalar", "end of stream"),
        "a quotation mark is opened and never closed",
        'close it; inside "..." write \\" for a quotation mark',
        True,
    ),
    (
        ("unknown escape",),
        "an unknown escape (\\) in double-quoted text",
        "use single quotes, or write \\\\ for a backslash",
        False,
    ),
    (
        ("Unicode character escape",),
        "an impossible character escape in double-quoted text",
        "write the character itself",
        False,
    ),
    (
        ("hexdecimal number",),
        "an incomplete character escape in double-quoted text",
        "write the character itself",
        False,
    ),
    (
        ("hexadecimal number",),
        "an incomplete character escape in double-quoted text",
        "write the character itself",
        False,
    ),
    (("tab character",), "a tab is used for indentation", "indent with spaces", False),
    # Newer parsers of libyaml stop by themselves, at 1000 brackets before anything of them is handed on.
    (("maximum nesting depth",), TOO_DEEP, DEEP_ALLOWED, False),
    (
        ("parsing a flow sequence",),
        "the list opened here with [ is not closed, or lacks a comma",
        "expected ',' or ']' after each item",
        True,
    ),
    (
        ("parsing a flow mapping",),
        "the mapping opened here with { is not closed, or lacks a comma",
        "expected ',' or '}' after each entry",
        True,
    ),
    (
        ("mapping values are not allowed",),
        "a ':' stands where no key can be",
        "check the indentation, and put text that contains ': ' in quotes",
        False,
    ),
    (
        ("could not find expected ':'",),
        "this line is neither 'key: value' nor an item of a list",
        "add the ':', or quote or indent the text",
        True,
    ),
    (
        ("parsing a block mapping",),
        "the line fits none of the mappings above",
        "keys of one mapping begin in one column, and nothing follows a closing quote or bracket",
        False,
    ),
    (
        ("parsing a block collection",),
        "the line fits none of the lists above",
        "items of one list begin with '- ' in one column",
        False,
    ),
    (("parsing a block node",), "a value cannot begin with this character", "put the text in quotes", False),
    (
        ("<document start>",),
        "more text follows after the end of the document",
        "one document a file is read",
        False,
    ),
    (("scanning a directive",), "an unknown % line", "leave it out", False),
    (
        ("scanning a block scalar",),
        "the line after | or > is not understood",
        "write | or > alone, and indent the text below it",
        False,
    ),
    (("scanning an anchor",), "text cannot begin with & here", "put it in quotes", False),
    (("scanning an alias",), "text cannot begin with * here", "put it in quotes", False),
    (("tag",), "text cannot begin with ! here", "put it in quotes", False),
)


# Characters that come from other programs, with what they are and what to do.
_KNOWN = {
    "\ufeff": ("a second mark of byte order (U+FEFF)", "delete it; one at the start of the file is enough"),
    "\x1a": ("the end-of-file mark of DOS (Ctrl-Z, U+001A)", "delete it"),
    "\x00": ("a NUL character (U+0000)", "delete it; expected plain text in UTF-8"),
    "\x85": ("an end of line of mainframes (U+0085)", "write ordinary line ends"),
    "\u2028": ("a line separator (U+2028)", "write an ordinary end of line, or a blank"),
    "\u2029": ("a paragraph separator (U+2029)", "write an ordinary end of line, or a blank"),
    "\x0b": ("a vertical tab (U+000B)", "write an ordinary end of line, or a blank"),
    "\x0c": ("a form feed (U+000C)", "delete it"),
    "\x1b": ("an escape character of terminals (U+001B)", "delete it, with the code behind it"),
}


def unusable_character(text: str, file: str) -> Problem | None:
    """Return a problem for the first character that cannot stand in YAML, if there is one."""
    found = _UNUSABLE.search(text)
    if found is None:
        return None
    line, column = _line_column(text, found.start())
    if found[0] in _KNOWN:
        what, allowed = _KNOWN[found[0]]
        return Problem(file, line, column, (), f"here stands {what}", allowed)
    what = f"the character {printable(found[0])} cannot stand in a YAML file"
    return Problem(file, line, column, (), what, "expected plain text in UTF-8")


def _line_column(text: str, offset: int) -> tuple[int, int]:
    before = re.split(r"\r\n|\r|\n", text[:offset])
    return len(before), len(before[-1]) + 1


def syntax_problem(error: Exception, text: str, file: str) -> Problem:
    """Turn whatever the parser raised into one problem with a position."""
    mark = getattr(error, "problem_mark", None)
    start = getattr(error, "context_mark", None)
    if (odd := _odd_sign(text, file, start, mark)) is not None:
        return odd
    said = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or ''}"
    if "cannot start any token" in said:
        return _bad_start(text, file, mark)
    if "flow node" in said and (opened := unclosed_bracket(text)) is not None:
        line, column = _line_column(text, opened)
        what = f"the bracket {text[opened]} opened here is not closed"
        return Problem(file, line, column, (), what, f"write {_CLOSING[text[opened]]} at its end")
    for words, what, allowed, at_start in _SENTENCES:
        if all(word in said for word in words):
            return _at(start if at_start and start is not None else mark, file, what, allowed)
    return _at(mark, file, "this is not valid YAML", printable(said.strip()))


_CLOSING = {"[": "]", "{": "}"}


def unclosed_bracket(text: str) -> int | None:
    """Place of the innermost bracket that nothing closes, without those in quotes and comments."""
    opened: list[int] = []
    bare = re.sub(r"""'[^'\n]*'|"(?:\\.|[^"\\\n])*"|(?<=\s)#[^\n]*""", lambda m: " " * len(m[0]), text)
    for n, character in enumerate(bare):
        if character in "[{":
            opened.append(n)
        elif character in "]}" and opened:
            opened.pop()
    return opened[-1] if opened else None


def _odd_sign(text: str, file: str, start: object, mark: object) -> Problem | None:
    """The sign that only looks like one of YAML's own, in the lines where the parser stopped."""
    last = getattr(mark, "line", 0)
    first = getattr(start, "line", last)
    lines = re.split(r"\r\n|\r|\n", text)
    looked = {first, *range(max(first, last - _LOOKED_BACK), last + 1)}
    if first == last and last < len(lines):
        # Lines without a key go on in the next one: there the parser stops at a ':' that is right.
        for n in range(last - 1, max(0, last - _LOOKED_BACK) - 1, -1):
            if _KEY.search(lines[n]):
                break
            looked.add(n)
    for n in sorted(looked):
        found = odd_structure(lines[n]) if n < len(lines) else None
        if found is not None:
            return Problem(file, n + 1, found[0] + 1, (), "YAML does not know this sign", instead(found[1]))
    return None


def _bad_start(text: str, file: str, mark: object) -> Problem:
    line, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
    lines = re.split(r"\r\n|\r|\n", text)
    character = lines[line][column : column + 1] if line < len(lines) else ""
    if character == "\t":
        return _at(mark, file, "a tab is used for indentation", "indent with spaces")
    return _at(mark, file, f"a value cannot begin with {printable(character)}", "put the text in quotes")


def _at(mark: object, file: str, what: str, allowed: str) -> Problem:
    line, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
    return Problem(file, line + 1, column + 1, (), what, allowed)

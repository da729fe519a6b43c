"""File encoding: bytes as UTF-8 text, or what they are instead and what to do about it."""

from __future__ import annotations

from sim.declarations.input_issues import Problem

# Marks at the start of a file; those of UTF-32 begin as those of UTF-16 do, so they come first.
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_SAVE = "save the file as UTF-8 (in many editors: Save as, then Encoding)"
_LOOKED_AT = 4_000
_OTHERS = {
    b"PK\x03\x04": "a zip file, as spreadsheets and word processors write",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF file",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}


def decoded(data: bytes, name: str, expected: str = "YAML in UTF-8") -> str | Problem:
    """Text of a file, without the mark that some editors put before UTF-8.

    Parameters
    ----------
    data : bytes
        All of the file.
    name : str
        What it is called in messages.
    expected : str
        What the file should be, in messages.

    Returns
    -------
    str or Problem
        The problem names the encoding, as far as it can be known, and the first place that is not UTF-8.
    """
    wide = _wide_encoding(data)
    if wide:
        return Problem(name, 0, 0, (), f"is text in {wide}, which some editors call Unicode", _SAVE)
    for start, kind in _OTHERS.items():
        if data.startswith(start):
            return Problem(name, 0, 0, (), f"is not a text file, but {kind}", f"expected {expected}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start)
        if b"\0" in data:
            return Problem(name, 0, 0, (), "is not a text file", f"expected {expected}")
        return Problem(name, line, column, (), f"is not text in UTF-8 from here on{_guess(data)}", _SAVE)
    if data.count(b"\0") > len(data) // 10:
        return Problem(name, 0, 0, (), "is not a text file", f"expected {expected}")
    return text


def _wide_encoding(data: bytes) -> str:
    """Name of an encoding with two or four bytes a character; "" for any other."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:_LOOKED_AT]
    zeros = [sample[k::2].count(0) * 2 for k in (0, 1)]
    half = len(sample) * 0.6
    # Of ASCII text in UTF-16 every second byte is zero, and no other.
    if len(sample) >= 4 and ((zeros[0] > half and not zeros[1]) or (zeros[1] > half and not zeros[0])):
        return "UTF-16"
    return "UTF-32" if len(sample) >= 8 and sample.count(0) > len(sample) * 0.7 else ""


def _place(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset]
    line = before.count(b"\n") + 1
    return line, len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1


def _guess(data: bytes) -> str:
    """The encoding that the bytes beyond ASCII may be of."""
    runs = [len(run) for run in bytes(byte if byte > 0x7F else 0x20 for byte in data).split()]
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        chinese = False
    else:
        # A letter of Latin-1 mostly stands alone between ASCII ones; a Chinese character has two bytes.
        chinese = sum(run >= 2 for run in runs) * 2 > len(runs)
    return "; it may be GBK (GB 18030)" if chinese else "; it may be Latin-1 (Windows-1252)"

"""Times and sizes in words: seconds and bytes with the digits that count."""

from __future__ import annotations

_UNITS = ((365.25 * 86_400.0, "years"), (86_400.0, "days"), (3_600.0, "hours"), (60.0, "minutes"))
_SIZES = ((1e18, "EB"), (1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def duration(seconds: float) -> str:
    """Write a time with the digits that count.

    >>> duration(12), duration(150), duration(400000), duration(7199), duration(119.6), duration(1e12)
    ('12 seconds', '2.5 minutes', '4.6 days', '2.0 hours', '2.0 minutes', '31,688 years')
    """
    for unit, name in _UNITS:
        # As it is written: 119.6 seconds are 2.0 minutes, and not 120 seconds.
        if round(seconds / unit, 2) >= 1.99:
            return f"{_figure(seconds / unit)} {name}"
    return f"{max(seconds, 0.1):.1f} seconds" if seconds < 1.95 else f"{seconds:.0f} seconds"


def size(count: float) -> str:
    """Write a number of bytes.

    >>> size(900), size(2_345_678), size(999_960), size(1)
    ('900 bytes', '2.3 MB', '1.0 MB', '1 byte')
    """
    for unit, name in _SIZES:
        if round(count / unit, 2) >= 1:
            return f"{_figure(count / unit)} {name}"
    return f"{count:.0f} byte{'s' * (round(count) != 1)}"


def _figure(value: float) -> str:
    return f"{value:.1f}" if value < 999.5 else f"{value:,.0f}"

"""Own loop: runs a coroutine to its end in a thread of its own.

Playwright keeps an event loop running in the thread of the tests for as long as its browser is open, so that
`asyncio.run` would be refused there after a browser test.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def awaited(coroutine: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns; its errors are raised."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, coroutine).result()

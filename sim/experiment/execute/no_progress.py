"""A watcher that says nothing, for notebooks and tests that want no bar."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator


class NullProgress:
    """Hears everything and tells nobody."""

    @contextlib.contextmanager
    def compiling(self) -> Iterator[None]:
        """Say nothing of the compilation."""
        yield

    def expect(self, runs: int, done: int) -> None:
        """Say nothing of what is expected."""

    def done(self, runs: int) -> None:
        """Say nothing of what is done."""

"""Process environment: settings that keep our own processes light, for early use, and never in a library."""

from __future__ import annotations

import os
import sys

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


def can_start_workers() -> bool:
    """Whether worker processes are supported here: on Linux and macOS, where they are tested."""
    return sys.platform in ("linux", "darwin")


def one_thread_each() -> None:
    """Keep numerical libraries from starting threads in this process and its workers.

    Processes already fill the cores.  Libraries read these when they are imported, so call this first.
    """
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")


def leave_pandas_out() -> None:
    """Keep pyarrow from importing pandas.

    At the first array that it is given, pyarrow imports pandas to see whether the array might be a Series:
    half a second and 50 MB in every process, for nothing.  It looks once only, so pandas is out of sight
    for that moment.
    """
    if "pandas" in sys.modules:
        return
    import pyarrow as pa

    # `sys.modules["pandas"] = None` does not do: code compiled by Cython would take the None for the module.
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(_NoPandas)


def stay_light() -> None:
    """Both, before a command looks at a design: its table of points is already made of pyarrow's arrays."""
    one_thread_each()
    leave_pandas_out()


class _NoPandas:
    """A finder of modules that says that pandas is not installed."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        """Stop the search for pandas; leave other modules to the next finder."""
        if name == "pandas":
            raise ModuleNotFoundError("pandas is left out of this process", name=name)

"""Compile the rules before the tests, in one process, so that no test waits for it beyond its time limit.

`python -m tests.support.compile_rules` does nothing where they are compiled already.
"""

from __future__ import annotations

import sys
import time

from sim.engine.rules_cache import is_compiled, mark_compiled
from sim.experiment.execute.chunk_job import load_rules

if __name__ == "__main__" and not is_compiled():
    sys.stderr.write("compiling the rules, once for these sources ...\n")
    started = time.monotonic()
    load_rules()
    mark_compiled()
    sys.stderr.write(f"compiled in {time.monotonic() - started:.0f} s\n")

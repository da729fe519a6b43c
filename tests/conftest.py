"""Settings that hold for every test: how hypothesis searches, and one thread a process.

Under ``CI`` hypothesis derives its examples from the test alone, so that a failure there is a failure
here.  Elsewhere it searches anew each time and remembers what failed.
"""

from __future__ import annotations

import os

from hypothesis import settings

# Test processes already fill the cores; libraries that start threads of their own would only get in the
# way.  NumPy and numba read these when first imported, which is after this file.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

# No deadline: the first example to enter the rules waits for their compilation.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

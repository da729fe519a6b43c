"""Worker preload: what the server imports from which workers are forked, with compiled rules where there are any.

A worker is a copy of the server, so what is loaded here is loaded once for all of them: a new worker is at work
in hundredths of a second.  Importing this module does that work; nobody but the server should.
"""

from __future__ import annotations

import contextlib

from sim.experiment.execute.process_environment import stay_light

# Threads do not live on in a copy.
stay_light()

import sim.run  # noqa: E402, F401
from sim.engine.rules_cache import is_compiled  # noqa: E402
from sim.experiment.execute.chunk_job import load_rules  # noqa: E402

if is_compiled():
    # An error here would end the server, and with it every worker; a run will meet it again, and report it.
    with contextlib.suppress(Exception):
        load_rules()

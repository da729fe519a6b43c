"""``python -m sim.describe`` (``make docs``): write every table of the model description anew."""

from __future__ import annotations

import sys

from sim.describe.document import DOCUMENT, described

if __name__ == "__main__":
    DOCUMENT.write_text(described(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"wrote the tables of {DOCUMENT}\n")

"""``python -m sim.docs_tables`` (``make docs``): write tables and links of documents, and row types, anew."""

from __future__ import annotations

import sys

from sim.docs_tables.document_blocks import DOCUMENTS, renewed
from sim.docs_tables.row_protocols import ROW_TYPES, row_types

if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write_text(renewed(document), encoding="utf-8")
        sys.stdout.write(f"wrote tables and links of {document}\n")
    ROW_TYPES.write_text(row_types(), encoding="utf-8")
    sys.stdout.write(f"wrote {ROW_TYPES}\n")

"""``python -m sim.docs_tables`` (``make docs``): write every table of the documents and the row types anew."""

from __future__ import annotations

import sys

from sim.docs_tables.document_blocks import DOCUMENTS, described
from sim.docs_tables.row_protocols import ROW_TYPES, row_types

if __name__ == "__main__":
    for document, tables in DOCUMENTS.items():
        document.write_text(described(document.read_text(encoding="utf-8"), tables), encoding="utf-8")
        sys.stdout.write(f"wrote the tables of {document}\n")
    ROW_TYPES.write_text(row_types(), encoding="utf-8")
    sys.stdout.write(f"wrote {ROW_TYPES}\n")

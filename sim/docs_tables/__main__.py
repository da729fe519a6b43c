"""``python -m sim.docs_tables`` (``make docs``): write tables and links of documents, row types and axes anew."""

from __future__ import annotations

import sys

from sim.docs_tables.document_blocks import DOCUMENTS, renewed
from sim.docs_tables.row_protocols import ROW_TYPES, row_types
from sim.docs_tables.sensitivity_axes import SENSITIVITY, with_axes

if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write_text(renewed(document), encoding="utf-8")
        sys.stdout.write(f"wrote tables and links of {document}\n")
    ROW_TYPES.write_text(row_types(), encoding="utf-8")
    sys.stdout.write(f"wrote {ROW_TYPES}\n")
    SENSITIVITY.write_text(with_axes(SENSITIVITY.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"wrote the axes of {SENSITIVITY}\n")

"""Evidence choice: the validation that a report reads, made here by the same rules, or that of the package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.made_with import origin
from sim.report.shipped_evidence import Evidence, read_evidence, rules_digest, shipped
from sim.validation.validation_api import OUT
from sim.validation.validation_files import PATTERNS


def chosen_evidence(manifest: Mapping[str, Any]) -> tuple[Evidence, str]:
    """Choose a validation for results.

    Parameters
    ----------
    manifest : mapping
        Of the results.

    Returns
    -------
    Evidence
        That in ``results/validation`` if it is of the same rules as the results; else what comes with the package.
    str
        Which it is, and what makes it doubtful, in a sentence or two.
    """
    rules = rules_digest(manifest)
    local, remark = _local(rules)
    if local is not None:
        return local, f"From {OUT}, of {local.origin} ({local.made}), the same rules as these results."
    found = shipped()
    words = f"From the table that comes with this package, of {found.origin} ({found.made}). "
    if rules == found.rules:
        return found, f"{words}Its rules are those of these results.{remark}"
    return found, (
        f"{words}These results were made by {origin(manifest)}, whose rules may differ; 'sim validate' holds today's "
        f"rules against the patterns.{remark}"
    )


def _local(rules: str) -> tuple[Evidence | None, str]:
    """The validation of the working directory if it is of these rules; else why it is not read."""
    if not (OUT / PATTERNS).is_file():
        return None, ""
    try:
        found = read_evidence(OUT)
    except StoreError as error:
        return None, f" ({OUT} is not read: {error}.)"
    if not rules or found.rules != rules:
        return None, f" ({OUT} is not read, because it is of other rules than these results.)"
    return found, ""

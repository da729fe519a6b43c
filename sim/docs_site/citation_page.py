"""Citation page: how to cite the simulator, from CITATION.cff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from sim.docs_site.page_text import plain_words
from sim.docs_site.site_folders import ROOT

FILE = ROOT / "CITATION.cff"


def citation_page() -> str:
    """The page: a reference as text and for BibTeX, what the model rests on, and the file itself."""
    text = FILE.read_text(encoding="utf-8")
    found = yaml.safe_load(text)
    rests = "\n".join(f"- {_work(each)}" for each in found.get("references", ()))
    return f"""# How to cite

{plain_words(found["message"])}

> {_software(found)}

The file `manifest.json` of a results folder has the version and the commit.

```bibtex
{_bibtex(found)}
```

## What it rests on

{rests}

## CITATION.cff

```yaml
{text.rstrip()}
```
"""


def _software(found: Mapping[str, Any]) -> str:
    year = f" ({found['date-released'].year})" if "date-released" in found else ""
    words = plain_words(f"{_names(found['authors'])}{year}. ")
    place = "".join(f" {found[key]}" for key in ("doi", "repository-code", "url") if key in found)
    return f"{words}*{plain_words(found['title'])}*, version {found['version']} [computer program].{place}"


def _bibtex(found: Mapping[str, Any]) -> str:
    fields = {
        "author": " and ".join(_bibtex_name(each) for each in found["authors"]),
        "title": f"{{{found['title']}}}",
        "version": found["version"],
        "year": found["date-released"].year if "date-released" in found else None,
        "doi": found.get("doi"),
        "url": found.get("repository-code"),
        "note": "Commit: see manifest.json of the results",
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value is not None]
    return "@software{social_work_sim,\n" + "\n".join(lines) + "\n}"


def _bibtex_name(author: Mapping[str, str]) -> str:
    # A second pair of braces keeps the name of a group in one piece.
    return f"{{{author['name']}}}" if "name" in author else f"{author['family-names']}, {author['given-names']}"


def _work(found: Mapping[str, Any]) -> str:
    journal = f" *{plain_words(found['journal'])}*" if "journal" in found else ""
    number = f" {found['volume']}({found['issue']})." if "volume" in found else ""
    link = f" [doi:{found['doi']}](https://doi.org/{found['doi']})" if "doi" in found else ""
    names = plain_words(_names(found["authors"]))
    return f"{names} ({found['year']}). {plain_words(found['title'])}.{journal}{number}{link}"


def _names(authors: Sequence[Mapping[str, str]]) -> str:
    names = [each.get("name") or f"{each['family-names']}, {each['given-names']}" for each in authors]
    return ", ".join(names).replace(", and others", " and others")

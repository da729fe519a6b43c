"""Settings of the documentation site for Sphinx; `make site` gathers the pages and builds it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sim

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "Social work sector simulator"
author = "The social-work-sim developers"
copyright = f"{author}; Apache License 2.0"
release = version = sim.__version__
language = "en"
smartquotes_action = "D"  # two hyphens become a dash; quotes stay as they are

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]

# Markdown: what GitHub shows too, and directives of Sphinx with colons.
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 6

# Docstrings are in NumPy's form; a name in single backticks is a link where the reference has it.
default_role = "py:obj"
napoleon_google_docstring = False
# Types are sentences ("array of float, shape (n,)"), whose words are no names to link.
napoleon_use_param = False
napoleon_use_rtype = False
napoleon_custom_sections = [("Attributes", "params_style")]
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
autodoc_class_signature = "mixed"
python_use_unqualified_type_names = True
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = f"{project} {release}"
html_static_path = ["site_style"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
# A page that is read from a disk may not fetch another one to show a part of it below a found title.
html_show_search_summary = False
html_theme_options = {"light_css_variables": {"font-stack": "system-ui, sans-serif"}}
pygments_style = "default"

_SCROLLS = re.compile(r'(<pre|<div(?= class="(?:wide|table-wrapper)))')


def _skip(app: Sphinx, what: str, name: str, found: object, skip: bool, options: object) -> bool | None:
    """Leave out fields of named tuples, which their class explains, and methods of others."""
    others = (getattr(found, "__module__", None) or "").partition(".")[0]
    return True if type(found).__name__ == "_tuplegetter" or others == "matplotlib" else None


def _by_keyboard(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Let what scrolls be reached by keyboard, and give headings of the navigation their level."""
    if "body" in context:
        context["body"] = _SCROLLS.sub(r'\1 tabindex="0"', context["body"])
    if "furo_navigation_tree" in context:
        headings = context["furo_navigation_tree"]
        context["furo_navigation_tree"] = headings.replace('role="heading"', 'role="heading" aria-level="2"')


def setup(app: Sphinx) -> None:
    """Tell Sphinx what to leave out and what to add."""
    app.connect("autodoc-skip-member", _skip)
    app.connect("html-page-context", _by_keyboard, priority=900)  # after the theme

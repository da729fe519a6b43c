"""Page rendering: a template becomes one HTML file, with styles, script and a policy that forbids every request.

Everything that users wrote is escaped by the template engine; a page holds no markup of theirs.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from sim import __version__


@cache
def environment() -> Environment:
    """Templates of this package, and those that others add (`add_templates`)."""
    found = Environment(
        loader=ChoiceLoader([PackageLoader("sim.pages")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["version"] = __version__
    return found


def add_templates(package: str) -> None:
    """Let pages use the templates of a package: ``report/report.html`` is `templates/report.html` of `sim.report`."""
    loader = environment().loader
    if isinstance(loader, ChoiceLoader):
        name = package.rpartition(".")[2]
        there = {key for each in loader.loaders if isinstance(each, PrefixLoader) for key in each.mapping}
        if name not in there:
            loader.loaders = [*loader.loaders, PrefixLoader({name: PackageLoader(package)})]


def render_page(template: str, **values: Any) -> str:
    """Render a page.

    Parameters
    ----------
    template : str
        File in ``templates/`` that extends ``base.html``.
    **values
        What the template names; `title` and `language` among them, the latter English by default.

    Returns
    -------
    str
        The HTML file.

    Raises
    ------
    jinja2.UndefinedError
        If the template names something that was not given.
    """
    script = _asset("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    assets = {"policy": policy, "styles": Markup(_asset("page.css")), "script": Markup(script)}
    return environment().get_template(template).render(**assets, **{"language": "en"} | values)


@cache
def _asset(name: str) -> str:
    source, _, _ = environment().loader.get_source(environment(), name)  # type: ignore[union-attr]
    return source.strip()

"""Write `docs/directions.md`: what each lever was expected to do, and what it did.

python -m tests.directions
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sim.declarations.sector_outcomes import SECTOR
from tests.directions.all_directions import DIRECTIONS
from tests.directions.directions_town import CHANGE, QUARTERS, START
from tests.directions.paired_runs import SEEDS, Direction, Effect, Measured, measure

PAGE = Path(__file__).parents[2] / "docs" / "directions.md"

HEAD = f"""# What each lever does

Every lever is tried in a small town (`tests/directions/directions_town.py`): {SEEDS} pairs of runs with the same seeds,
from {START} over {QUARTERS} quarters, once with the lever left alone and once with it moved in {CHANGE}.
The table gives the outcome's mean over the quarters after the change (from the second year on, or in the window named),
and the mean of the paired difference with its 95 % interval. A test holds every interval to the expected side of zero.
`python -m tests.directions` writes this page.

| lever | from | to | outcome | expected because | without | with | difference |
| --- | --- | --- | --- | --- | ---: | ---: | ---: |
"""

UNITS = {outcome.name: outcome.unit for outcome in SECTOR}


def page() -> str:
    """The whole page, measured now."""
    return HEAD + "".join(line for direction in DIRECTIONS for line in rows(direction))


def rows(direction: Direction) -> Iterator[str]:
    """Lines of one lever."""
    for effect, found in zip(direction.effects, measure(direction), strict=True):
        yield row(direction, effect, found)


def row(direction: Direction, effect: Effect, found: Measured) -> str:
    """One line of the table."""
    window = "" if effect.last is None else f" (quarters {effect.first + 1} to {effect.last})"
    cells = (
        f"`{direction.lever}`",
        setting(direction, on=False),
        setting(direction, on=True),
        f"{effect.outcome} [{UNITS[effect.outcome]}]{window}",
        f"{'+' if effect.sign > 0 else '−'} {effect.why}",
        f"{found.before:.4g}",
        f"{found.after:.4g}",
        f"{found.difference:+.3g} ± {found.half_width:.2g}",
    )
    return f"| {' | '.join(cells)} |\n"


def setting(direction: Direction, *, on: bool) -> str:
    """Value of the lever on one side; "as it was" where nothing was said."""
    levers, rules = (direction.on, direction.rules_on) if on else (direction.off, direction.rules_off)
    world = direction.world_on if on else direction.world_off
    groups = {**rules, **world.get("cities", {}).get("Town", {})}
    for key, value in levers.items():
        if key.rpartition(":")[2] == direction.lever:
            return str(value)
    group, _, name = direction.lever.partition(".")
    return str(groups[group][name]) if group in groups else "as it was"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE}")

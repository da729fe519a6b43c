"""Consistency checks of a valid scenario: facts that contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, KeyPath
from sim.scenario.checks.adoption_checks import wrong_adoption
from sim.scenario.checks.amount_checks import READS, unsafe_amounts
from sim.scenario.checks.assessment_checks import wrong_assessment
from sim.scenario.checks.name_checks import district_names
from sim.scenario.checks.policy_conflicts import same_lever_twice
from sim.scenario.checks.purchasing_channel_checks import wrong_channels
from sim.scenario.checks.scenario_size import too_large
from sim.scenario.parameters.scenario_file import Agency, Scenario

LAST_YEAR = 9999

Places = dict[str, tuple[str, str]]
"""City and district that each way to name a district means."""


def check_scenario(scenario: Scenario, changed: Set[str] | None = None, quarters: int | None = None) -> Iterator[Issue]:
    """All checks over a valid scenario.

    Parameters
    ----------
    scenario : Scenario
        Valid value by value.
    changed : set of str, optional
        What differs from a scenario that passed all checks: keys of rules (``rules.strategy.drive``) and of levers,
        at the start or in policies (``contract.term``), "dates" for dates of policies, and of other numbers the
        section with the last key (``colleges.assessors``).  Only checks that read these are made; by default all.
    quarters : int, optional
        Length of the run, where it is not the scenario's; what grows is followed to its end.
    """
    length = quarters or scenario.quarters
    if not ends_in_time(scenario, length):
        what = f"the run would go on after the year {LAST_YEAR}"
        yield Issue(("quarters",), what, "start earlier, or run for less")
        return
    if changed is None and (large := list(too_large(scenario))):
        # Other checks go through every copy.
        yield from large
        return
    for check, reads in CHECKS:
        if concerns(changed, reads):
            yield from check(scenario)
    if concerns(changed, READS):
        yield from unsafe_amounts(scenario, length)


def concerns(changed: Set[str] | None, reads: tuple[str, ...]) -> bool:
    """Whether a check that reads some keys has to be made when others changed; None means that all may have."""
    return changed is None or any(key == read or key.startswith(f"{read}.") for key in changed for read in reads)


def ends_in_time(scenario: Scenario, quarters: int = 0) -> bool:
    """Whether every quarter of the run can be written, the scenario's own and those of a longer one."""
    return scenario.start.ordinal + max(quarters, scenario.quarters) <= Quarter(LAST_YEAR, 4).ordinal


def lever_set_twice(scenario: Scenario) -> Iterator[Issue]:
    """Two policies that set one lever of one place at the same time."""
    return same_lever_twice(scenario, places(scenario))


def wrong_agencies(scenario: Scenario) -> Iterator[Issue]:
    """Facts about an agency that need others, and ties with another city."""
    known = places(scenario)
    for name, agency in scenario.agencies.items():
        yield from wrong_agency(("agencies", name), name, agency)
        yield from ties_across_cities(scenario, known, ("agencies", name), agency)


def wrong_associations(scenario: Scenario) -> Iterator[Issue]:
    """Associations with more members than they take, or with a district of another city."""
    known = places(scenario)
    for name, association in scenario.associations.items():
        yield from association_overfull(scenario, known, name)
        home = known.get(association.district or "")
        if home and home[0] != association.city:
            what = f"'{association.district}' is not in {association.city}"
            yield Issue(("associations", name, "district"), what, "name a district of its city")


def association_overfull(scenario: Scenario, known: Places, name: str) -> Iterator[Issue]:
    """More named members, or guests, than an association can take."""
    association = scenario.associations[name]

    def copies(district: str | None) -> int:
        city, entry = known.get(district or "", (None, ""))
        return scenario.cities[city].districts[entry].count if city else 1

    members = [agency for agency in scenario.agencies.values() if agency.association == name]
    guests = [agency for agency in members if agency.rooms == "association"]
    for key, those, limit in (("members", members, association.members), ("rooms", guests, association.rooms)):
        # Copies are assigned in turn, so the first copy of an association gets the most.
        count = sum(-(-copies(agency.district) // copies(association.district)) for agency in those)
        if count > limit:
            what = f"{limit} is too few for the {count} agencies that the scenario gives it"
            yield Issue(("associations", name, key), what, f"expected at least {count}")


def places(scenario: Scenario) -> Places:
    """What each way to name a district means."""
    return district_names({"cities": {name: {"districts": city.districts} for name, city in scenario.cities.items()}})


def wrong_dates(scenario: Scenario) -> Iterator[Issue]:
    """Dates that come too late, or too early."""
    for name, agency in scenario.agencies.items():
        if agency.founded is not None and agency.founded > scenario.start:
            what = f"{agency.founded} is after the start"
            hint = f"expected {scenario.start} or before; an agency that begins later has 'begins'"
            yield Issue(("agencies", name, "founded"), what, hint)
        if agency.begins is not None and agency.founded is not None:
            hint = "give 'founded' if it is there at the start, else 'begins'"
            yield Issue(("agencies", name, "begins"), "the agency has a date of founding too", hint)
        association = scenario.associations.get(agency.association or "")
        begins = agency.begins or scenario.start
        sister = scenario.agencies.get(agency.sister or "")
        if sister and sister.begins is not None and sister.begins > begins:
            what = f"'{agency.sister}' does not begin before {sister.begins}"
            yield Issue(("agencies", name, "sister"), what, f"expected a sister that is there in {begins}")
        if association and association.founded is not None and association.founded > begins:
            what = f"'{agency.association}' is not founded before {association.founded}"
            yield Issue(("agencies", name, "association"), what, "agencies may join it later by themselves")


def ambiguous_places(scenario: Scenario) -> Iterator[Issue]:
    """Places whose names, with the numbers that counts add, mean two things."""
    for city, entry in scenario.cities.items():
        made = {
            f"{name} {n + 1}": name
            for name, district in entry.districts.items()
            for n in range(district.count if district.count > 1 else 0)
        }
        for name in entry.districts:
            path = ("cities", city, "districts", name)
            if name in scenario.cities:
                yield Issue(path, f"'{name}' is a city too", "give the district another name", at_key=True)
            if name in made:
                what = f"the count of '{made[name]}' makes a district of this name too"
                yield Issue(path, what, "give one of them another name", at_key=True)


def agency_name_clashes(scenario: Scenario) -> Iterator[Issue]:
    """Agencies that are named as one that a group makes."""
    for group, entry in scenario.generated.items():
        for name in scenario.agencies:
            number = name.removeprefix(f"{group} ")
            if number != name and number.isdecimal() and 1 <= int(number) <= entry.count:
                what = f"the group '{group}' makes an agency of this name too"
                yield Issue(("agencies", name), what, "give one of them another name", at_key=True)


def company_name_clashes(scenario: Scenario) -> Iterator[Issue]:
    """Companies that are named as one that the count of another entry makes."""
    made = {
        f"{entry} {n + 1}": entry
        for entry, sponsor in scenario.sponsors.items()
        for n in range(sponsor.count if sponsor.count > 1 else 0)
    }
    for name, sponsor in scenario.sponsors.items():
        if name in made and sponsor.count == 1:
            what = f"the count of '{made[name]}' makes a company of this name too"
            yield Issue(("sponsors", name), what, "give one of them another name", at_key=True)


def effort_below_exit(scenario: Scenario) -> Iterator[Issue]:
    """A source that agencies would pay to enter and leave in the next quarter."""
    strategy = scenario.rules.strategy
    if strategy.first_effort < strategy.give_up:
        what = f"{strategy.first_effort} is below give_up: agencies would leave what they have just entered"
        path = ("rules", "strategy", "first_effort")
        yield Issue(path, what, f"expected {strategy.give_up} or more")


def weightless_autonomy(scenario: Scenario) -> Iterator[Issue]:
    """Operational autonomy of which no part counts."""
    weights = scenario.rules.autonomy
    if not any((weights.design, weights.judgement, weights.time, weights.voice)):
        what = "all weights of operational autonomy are 0, which leaves nothing to measure"
        yield Issue(("rules", "autonomy"), what, "give design, judgement, time or voice a weight above 0")


def wrong_agency(path: KeyPath, name: str, agency: Agency) -> Iterator[Issue]:
    """Facts about one agency that need others."""
    if agency.form == "attached" and agency.association is None:
        yield Issue((*path, "form"), "'attached' needs an association", "add 'association: NAME'")
    if agency.rooms == "association" and agency.association is None:
        yield Issue((*path, "rooms"), "'association' needs an association", "add 'association: NAME'")
    for key in ("college", "sponsor"):
        if agency.rooms == key and getattr(agency, key) is None:
            yield Issue((*path, "rooms"), f"rooms by a {key} need one", f"add '{key}: NAME'")
    if agency.officers_in_common and agency.association is None:
        what = "officers in common need an association"
        yield Issue((*path, "officers_in_common"), what, "add 'association: NAME'")
    if agency.sister == name:
        yield Issue((*path, "sister"), "an agency cannot be its own sister", "name another agency")


def ties_across_cities(scenario: Scenario, known: Places, path: KeyPath, agency: Agency) -> Iterator[Issue]:
    """Ties of an agency with organisations and districts of another city."""
    home = known[agency.district][0] if agency.district in known else None
    others: list[tuple[KeyPath, str, str | None]] = []
    for key in ("college", "sponsor", "association"):
        name = getattr(agency, key)
        entry = getattr(scenario, f"{key}s").get(name or "")
        others.append(((*path, key), str(name), entry.city if entry else None))
    sister = scenario.agencies.get(agency.sister or "")
    if sister is not None:
        others.append(((*path, "sister"), str(agency.sister), known.get(sister.district, (None,))[0]))
    for n, branch in enumerate(agency.branches):
        others.append(((*path, "branches", n), branch, known.get(branch, (None,))[0]))
    for where, name, city in others:
        if home and city and city != home:
            yield Issue(where, f"'{name}' is in {city}, the agency in {home}", "name one of its own city")


CHECKS: tuple[tuple[Callable[[Scenario], Iterator[Issue]], tuple[str, ...]], ...] = (
    (wrong_dates, ()),
    (wrong_adoption, ("cities.adopts",)),
    (lever_set_twice, ("dates",)),
    (ambiguous_places, ()),
    (agency_name_clashes, ()),
    (company_name_clashes, ()),
    (effort_below_exit, ("rules.strategy",)),
    (weightless_autonomy, ("rules.autonomy",)),
    (wrong_assessment, ("assessment", "assessors", "colleges.assessors")),
    (
        wrong_channels,
        ("procurement.shares", "procurement.budget", "contract.form", "contract.value", "contract.post_price"),
    ),
    (wrong_agencies, ()),
    (wrong_associations, ("associations",)),
)
"""Checks in the order of their messages, each with the rules, levers and dates that it reads."""

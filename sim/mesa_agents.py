"""Mesa agents: thin handles on the records of a world.

The state of a run lives in arrays (`sim.model.state.world.World`); a handle presents one record as a Mesa agent.
Its attributes are the record's fields, as declared: numbers as numbers (money in fen), words for codes, names
for references.  Handles are made at the first use of `model.agents`; a sweep never makes one.

These files are the only ones, with `sim.mesa_model`, that import Mesa: the import takes longer than a whole run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import nan
from typing import ClassVar

from sim.declarations.choices import Form, Kind
from sim.declarations.input_issues import Issue, KeyPath
from sim.declarations.state_codes import Level, Stage
from sim.engine.fields import StructArray
from sim.mesa_handle import Handle, with_fields
from sim.mesa_writes import Writable
from sim.model.state.agency_fields import AGENCY
from sim.model.state.assessor_fields import ASSESSOR
from sim.model.state.community_fields import COMMUNITY
from sim.model.state.government_fields import GOVERNMENT, GROUPS, LEVELS_OF_LEVER, LEVERS
from sim.model.state.institution_fields import INSTITUTION
from sim.model.state.other_organisation_fields import ASSOCIATION, CITY, COLLEGE, DONORS, SPONSOR
from sim.scenario.checks.assessment_checks import CUT_OFFS, out_of_order
from sim.scenario.checks.purchasing_channel_checks import SHARES, Purchasing, wrong_shares
from sim.scenario.parameters import fundraising_parameters, scenario_file
from sim.scenario.parameters.labour_parameters import Economy, Labour
from sim.scenario.parameters.parameter_spec import Group

_LEVER_KEYS = {lever.name: lever.key for lever in LEVERS}
_LEVER_COLUMNS = {lever.name: n for n, lever in enumerate(LEVERS)}


def _writable(group: type[Group], *names: str, **keys: str) -> dict[str, Writable]:
    """Attributes that are parameters of a group, by the same name or by that of a key."""
    return {name: Writable(group, key) for name, key in ({name: name for name in names} | keys).items()}


@with_fields(AGENCY)
class Agency(Handle):
    """A nonprofit social work agency."""

    array = "agencies"
    kind_name = "agency"
    writable = _writable(scenario_file.Agency, "form", "mission", "reputation", "officers_in_common")
    writable_shares = ("effort",)

    @property
    def age(self) -> int:
        """Quarters since founding."""
        return self.model.quarter - int(self.record.founded)

    def check_change(self, name: str, value: object) -> None:
        """See that the agency still works, and has the association that a value needs.

        Raises
        ------
        AttributeError
            If it has closed.
        ValueError
            If it needs an association.
        """
        if self.record.stage == Stage.CLOSED:
            raise AttributeError(f"{self.label} has closed; nothing of it can be set")
        needs = value == Form.ATTACHED.label if name == "form" else name == "officers_in_common" and value
        if needs and self.record.association < 0:
            raise ValueError(f"{self.label}: {name} {value!r} needs an association")


class ForProfitAgency(Agency):
    """A for-profit firm among agencies."""


@with_fields(GOVERNMENT)
class Government(Handle):
    """A city or district government; its levers are attributes too."""

    array = "governments"
    kind_name = "government"
    of_district: ClassVar[Mapping[str, Writable]] = _writable(scenario_file.District, "wealth", "commercial_groups")
    """Attributes that may be set of districts alone, beside their levers."""

    def may_set(self, name: str) -> Writable | None:
        """Declaration of an attribute that may be set: every lever of its level; None for others.

        Raises
        ------
        AttributeError
            If the lever belongs to the other level.
        """
        level = Level.member(int(self.record.level))
        if name in self.of_district and level == Level.DISTRICT:
            return self.of_district[name]
        if name not in _LEVER_KEYS:
            return None
        if level in LEVELS_OF_LEVER[name]:
            return Writable(GROUPS[level], _LEVER_KEYS[name])
        owner = LEVELS_OF_LEVER[name][0].label
        key = _LEVER_KEYS[name]
        raise AttributeError(f"{self.label}: a {level.label} has no lever '{key}'; it belongs to a {owner}")

    def note_written(self, name: str) -> None:
        """Note that an attribute was set: a lever that was ends what policies did before, to the same number too."""
        if name in _LEVER_COLUMNS:
            settings = self.model.world.settings
            here = (settings["government"] == self.row) & (settings["lever"] == _LEVER_COLUMNS[name])
            # The rules take a value other than the one that they put into force for one written by hand.
            settings["value"][here] = nan
        super().note_written(name)

    def read_number(self, name: str, number: float) -> object:
        """An attribute's value from its number in the record; None for a lever of the other level."""
        level = Level.member(int(self.record.level))
        if name in _LEVER_KEYS:
            return Writable(GROUPS[level], _LEVER_KEYS[name]).read(number) if level in LEVELS_OF_LEVER[name] else None
        return self.of_district[name].read(number) if name in self.of_district else number

    def wrong_together(self, date: str) -> Iterator[Issue]:
        """Levers that do not go together, as in files; they are looked at before a quarter, when all have been set.

        Parameters
        ----------
        date : str
            Quarter that is about to be run.
        """
        values = {key: getattr(self, key.replace(".", "_")) for key in SHARES}
        origins: dict[str, KeyPath] = {key: (self.label, key.replace(".", "_")) for key in SHARES}
        near = int(self.record.institutions) > 0
        levers = GROUPS[Level.member(int(self.record.level))]()
        yield from wrong_shares(Purchasing(self.label, (), levers, "", frozenset(), near), values, origins, date)
        levels = {key: getattr(self, f"assessment_{key}") for key in CUT_OFFS}
        yield from out_of_order((self.label,), levels, "assessment_")


@with_fields(ASSOCIATION)
class Association(Handle):
    """A social work association."""

    array = "associations"
    kind_name = "association"
    writable = _writable(scenario_file.Association, "rooms", "overlap", members_limit="members")


@with_fields(COLLEGE)
class College(Handle):
    """A college with a social work programme."""

    array = "colleges"
    kind_name = "college"
    writable = _writable(
        scenario_file.College,
        "graduates",
        "supervision",
        "drive",
        "grant",
        "emergency",
        "hosts",
        "assessors",
        "placements",
    )


@with_fields(SPONSOR)
class Sponsor(Handle):
    """A company that pays an agency."""

    array = "sponsors"
    kind_name = "sponsor"
    writable = _writable(scenario_file.Sponsor, "budget", "cycle", "patience", "drive", agencies_limit="agencies")


@with_fields(DONORS)
class Donors(Handle):
    """Foundations and the public of a city."""

    array = "donors"
    kind_name = "donors"
    writable = _writable(fundraising_parameters.Donors, "pool", "growth", "cycle", "reach")


@with_fields(ASSESSOR)
class Assessor(Handle):
    """The third-party assessors of a city."""

    array = "assessors"
    kind_name = "assessor"


@with_fields(INSTITUTION)
class Institution(Handle):
    """A hospital, home, school or office that buys services itself."""

    array = "institutions"
    kind_name = "institution"
    writable = _writable(scenario_file.Institutions, "form", "weight", "administrative_pressure", "track_record")


@with_fields(COMMUNITY)
class Community(Handle):
    """A community."""

    array = "communities"
    kind_name = "community"
    writable = _writable(scenario_file.Communities, "strength")


@with_fields(CITY)
class LabourMarket(Handle):
    """The labour market and the economy of a city."""

    array = "cities"
    kind_name = "city"
    writable = _writable(
        Labour,
        "graduates",
        "outside_wage",
        "outside_growth",
        "entry",
        "entry_slope",
        "exit_rate",
        "reentry_rate",
        "exam_entry",
        "other_candidates",
        "other_growth",
    ) | _writable(Economy, "reversion", "volatility")


STANDING_KINDS: tuple[type[Handle], ...] = (
    LabourMarket,
    Government,
    Association,
    College,
    Sponsor,
    Donors,
    Assessor,
    Institution,
    Community,
)
"""Kinds whose members neither come nor go during a run."""


def class_of(record: StructArray) -> type[Agency]:
    """Class of an agency's handle."""
    return ForProfitAgency if record.kind == Kind.FOR_PROFIT else Agency


def is_active(record: StructArray) -> bool:
    """Whether an agency is at work."""
    return bool(record.stage == Stage.ACTIVE)

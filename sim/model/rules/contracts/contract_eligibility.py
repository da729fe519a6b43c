"""Contract eligibility: which agencies may hold contracts of which purchasers, and which are barred from calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Admission, Applicants, Form
from sim.declarations.state_codes import Level
from sim.engine.compilation import rule
from sim.model.rules.contracts.firms_in_guise import passes_as_nonprofit
from sim.model.rules.shared.relations_and_presence import find_tie

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, ContractRow, GovernmentRow
    from sim.model.state.world import World


@rule
def may_hold_contracts(government: GovernmentRow, agency: AgencyRow) -> bool:
    """Whether an agency may hold contracts by the rules of a government.

    A district signs with registered agencies, and with for-profits where they are admitted.  The city's fund is for
    nonprofits only: members of associations, including attached ones, and registered ones where these may apply
    directly.  Firms in guise pass as nonprofits.
    """
    if government.level == Level.CITY:
        member = agency.association >= 0 and agency.form != Form.COMMERCIAL
        return bool((member or applies_directly(government, agency)) and passes_as_nonprofit(agency))
    if agency.form != Form.REGISTERED:
        return False
    return bool(passes_as_nonprofit(agency) or admits_for_profit(government, agency.licensed, agency.staff))


@rule
def admits_for_profit(government: GovernmentRow, licensed: int, staff: int) -> bool:
    """Whether a for-profit with this many licence holders among its staff may register and hold contracts."""
    admission = int(government.for_profits_admission)
    if admission == Admission.QUALIFIED:
        return bool(staff > 0 and licensed >= government.for_profits_qualification * staff)
    return bool(admission == Admission.OPEN)


@rule
def applies_directly(government: GovernmentRow, agency: AgencyRow) -> bool:
    """Whether an agency may apply to a city's fund without an association."""
    return bool(int(government.special_fund_applicants) == Applicants.REGISTERED and agency.form == Form.REGISTERED)


@rule
def may_hold_contract(world: World, agency: AgencyRow, contract: ContractRow) -> bool:
    """Whether an agency may hold a certain contract; an institution also asks for a track record in its field."""
    if not may_hold_contracts(world.governments[contract.government], agency):
        return False
    return bool(contract.institution < 0 or has_track_record(world, agency, contract.institution))


@rule
def has_track_record(world: World, agency: AgencyRow, i: int) -> bool:
    """Whether an agency has the skill that institution `i` asks for in its field."""
    institution = world.institutions[i]
    return bool(world.skills[agency.index, institution.field] >= institution.track_record)


@rule
def is_barred(world: World, agency: AgencyRow, g: int) -> bool:
    """Whether purchaser `g` bars an agency from its calls this quarter."""
    if agency.barred_until < world.clock[0].quarter:
        return False
    tie = find_tie(world, agency, g)
    return bool(tie >= 0 and world.ties[tie].barred_until >= world.clock[0].quarter)

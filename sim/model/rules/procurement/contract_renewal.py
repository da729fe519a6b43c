"""Contract expiry and renewal: contracts reach their end, and some are renewed without a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Level, Route, Status
from sim.engine.arithmetic import to_fen
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.contracts.contract_eligibility import is_barred, may_hold_contract
from sim.model.rules.contracts.contract_forms_and_prices import updated_price_ceiling
from sim.model.rules.contracts.contract_signing import end_contract, sign_contract
from sim.model.rules.contracts.lot_publication import LotSpec, create_lot
from sim.model.rules.contracts.purchaser_commitments import purchaser_of_contract, still_buys_form, uncommitted_budget
from sim.model.rules.shared.active_agencies import active_agencies_in, nth_government
from sim.model.rules.shared.agency_capacity_and_unit_cost import hours_to_promise
from sim.model.rules.shared.relations_and_presence import relation_with
from sim.model.rules.shared.reorganised_purchasers import is_reorganised

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, ContractRow
    from sim.model.state.world import World


@rule
def end_expired_contracts(world: World, city: CityRow) -> None:
    """End every contract that has reached its term, and renew some without a call."""
    clock = world.clock[0]
    for n in range(city.districts + 1):
        clear_expired_contracts(world, nth_government(city, n))
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        k = agency.first_contract
        while k >= 0:
            contract = world.contracts[k]
            if contract.status == Status.RUNNING and contract.ends <= clock.quarter:
                end_contract(world, k, Status.COMPLETED)
                if not renew_contract(world, k, a):
                    list_expired_contract(world, contract, k)
            k = contract.next_of_agency


@rule
def clear_expired_contracts(world: World, g: int) -> None:
    """Clear the lists of expired contracts of a government and, for a district, of its institutions."""
    government = world.governments[g]
    government.first_expired = -1
    if government.level == Level.DISTRICT:
        for i in range(government.first_institution, government.first_institution + government.institutions):
            world.institutions[i].first_expired = -1


@rule
def list_expired_contract(world: World, contract: ContractRow, k: int) -> None:
    """Put an expired contract at the head of its purchaser's list."""
    if contract.institution >= 0:
        institution = world.institutions[contract.institution]
        contract.next_expired = institution.first_expired
        institution.first_expired = k
    else:
        government = world.governments[contract.government]
        contract.next_expired = government.first_expired
        government.first_expired = k


@rule
def renew_contract(world: World, k: int, a: int) -> bool:
    """Renew an expired contract without a call: likelier the better the relation and the reputation.

    A contract whose last grade was too low is not renewed, though it may be called again; nor is one in a form
    that is no longer bought, nor one of an agency that is barred; and a government that was reorganised renews none.

    Parameters
    ----------
    k, a : int
        Contract, agency.

    Returns
    -------
    bool
        Whether it was renewed.
    """
    old = world.contracts[k]
    agency = world.agencies[a]
    government = world.governments[old.government]
    purchaser = purchaser_of_contract(world, old)
    if old.institution < 0 and is_reorganised(world, government):
        return False
    if (
        not may_hold_contract(world, agency, old)
        or not still_buys_form(world, old)
        or is_barred(world, agency, purchaser)
    ):
        return False
    if old.assessed > 0 and old.grade < government.assessment_renewable:
        return False
    satisfaction = 0.5 * relation_with(world, agency, purchaser) + 0.5 * agency.reputation
    if not bernoulli(world.clock[0], government.procurement_renewal * satisfaction, Stream.RENEWAL, old.id, 0):
        return False
    ceiling = updated_price_ceiling(world, government, old)
    price = to_fen(old.price * (ceiling / max(old.ceiling, 1)))
    if price > uncommitted_budget(world, old):
        return False
    wanted = LotSpec(
        old.government, old.institution, old.field, old.community, old.form, ceiling, old.posts, old.community
    )
    k_new = create_lot(world, wanted)
    world.contracts[k_new].incumbent = a
    hours = old.promised_hours
    if old.form == ContractForm.POST:
        hours = hours_to_promise(world, agency, old)
    sign_contract(world, k_new, a, old.community, price, hours, old.staffing, Route.RENEWAL)
    return True

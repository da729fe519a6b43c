"""Calls for bids: contracts expire, some are renewed, and uncommitted money is called in lots.

A purchaser binds itself up to its yearly budget.  What an ended contract set free is first offered to the same
community and field; the rest goes to the field furthest below its share, where most of that need is unmet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Route, Status
from tests.oracle.contract import Contract, release, sign
from tests.oracle.contract_forms import hours_to_promise, lot_size, main_field, neediest_of_all, updated_price
from tests.oracle.institution import call_own_lots

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.community import Community
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def end_contracts(model: Sector, city: City) -> None:
    """End contracts that have reached their term; renew some without a call."""
    for purchaser in (*city.purchasers, *city.government.institutions):
        purchaser.expired = []
    for agency in city.members:
        for contract in list(agency.signed):
            if contract.runs and contract.ends <= model.quarter:
                release(contract, Status.COMPLETED)
                if not renew(model, contract, agency):
                    contract.purchaser.expired.insert(0, contract)


def renew(model: Sector, old: Contract, agency: Agency) -> bool:
    """Renew a contract without a call: likelier the better the relation and the reputation."""
    purchaser = old.purchaser
    if not purchaser.admits(agency) or agency.is_barred_by(purchaser):
        return False
    # A purchaser that now buys in another form renews nothing, nor does a government that was reorganised.
    if purchaser.form != old.form or (purchaser is old.government and purchaser.is_reorganised):
        return False
    if old.assessed > 0 and old.grade < old.government.assessment_renewable:
        return False
    satisfaction = 0.5 * agency.relation_with(purchaser) + 0.5 * agency.reputation
    if not model.happens(old.government.procurement_renewal * satisfaction, Stream.RENEWAL, old.id, 0):
        return False
    ceiling = updated_price(old)
    price = round(old.price * (ceiling / max(old.ceiling, 1)))
    if price > purchaser.unbound:
        return False
    new = Contract(model, purchaser, old.field, old.community, old.form, ceiling, old.posts)
    new.incumbent = agency
    hours = hours_to_promise(agency, old) if old.form == ContractForm.POST else old.promised_hours
    sign(model, new, agency, old.community, price, hours, old.staffing, Route.RENEWAL)
    return True


def call_lots(model: Sector, city: City) -> None:
    """Call the uncommitted money of every purchaser."""
    for government in city.purchasers:
        free = government.to_call(government.unbound, government.form)
        if not government.is_reorganised:
            free = call_again(model, government, free)
        if not government.pauses:
            call_new(model, government, free)
        for institution in [] if government.is_city else government.institutions:
            call_own_lots(model, institution)


def call_again(model: Sector, government: Government, free: int) -> int:
    """Call expired contracts again, as far as money and their field's share go; return the money left."""
    for old in government.expired:
        ceiling = updated_price(old)
        share = government.split[old.field] * (government.own_budget - government.centre_value)
        over = government.active[old.field] + 0.5 * ceiling > share and old.form != ContractForm.CENTRE
        if 0 < ceiling <= free and not over and government.form == old.form:
            community = None if government.is_city else old.community
            lot = call(model, government, old.field, community, ceiling, old.posts, after=old.community)
            lot.incumbent = old.agency
            free -= ceiling
    return free


def call_new(model: Sector, government: Government, free: int) -> None:
    """Call lots until the free money is used up; less than half the usual value is not called."""
    least = 0.5 * (government.contract_value * government.price_index)
    for n in range(len(government.communities) * len(model.fields)):
        ceiling, posts = lot_size(model, government, n, free, least)
        if ceiling <= 0:
            return
        field = field_most_short(government)
        # The city's fund lets bidders propose the community.
        community = None
        if not government.is_city:
            community = neediest(government, field)
            if government.form == ContractForm.CENTRE:
                community = neediest_of_all(government)
                field = main_field(community)
        call(model, government, field, community, ceiling, posts)
        free -= ceiling


def call(
    model: Sector,
    government: Government,
    field: int,
    community: Community | None,
    ceiling: int,
    posts: int,
    after: Community | None = None,
) -> Contract:
    """Publish a lot; until it is awarded it counts as in force, so that the next lot goes elsewhere."""
    lot = Contract(model, government, field, community, government.form, ceiling, posts, after)
    government.called_lots.append(lot)
    government.called += ceiling
    lot.count_running(ceiling, 1)
    return lot


def field_most_short(government: Government) -> int:
    """Field whose contracts in force are furthest below its share of the budget; the first of equals."""
    money = government.own_budget - government.centre_value
    short = [share * money - active for share, active in zip(government.split, government.active, strict=True)]
    return short.index(max(short))


def neediest(government: Government, field: int) -> Community:
    """Community with the most unmet hours of a field, less where more is already served; the first of equals."""

    def unserved_hours(community: Community) -> float:
        need = community.needs[field]
        return need.hours * (1.0 + community.pressure) / (1.0 + need.served)

    return max(government.communities, key=unserved_hours)

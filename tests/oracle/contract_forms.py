"""Contract forms: projects, centres for all fields, posts at a price each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.declarations.choices import ContractForm
from sim.declarations.random_streams import Stream

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.community import Community
    from tests.oracle.contract import Contract
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector


def post_hours(model: Sector) -> float:
    """Hours that one post promises a quarter: working time less the base share of administration."""
    return model.rules.people_hours * (1.0 - model.rules.delivery_base_tasks)


def hours_to_promise(agency: Agency, lot: Contract) -> float:
    """Hours that a bidder has to promise: the minimum; for posts, the hours of its own people."""
    return lot.posts * agency.hours_per_person() if lot.form == ContractForm.POST else lot.minimum_hours


def updated_price(old: Contract) -> int:
    """Highest yearly price of the services of an expired contract, at today's prices."""
    government = old.government
    if old.form == ContractForm.POST:
        return old.posts * government.post_price
    return round(old.minimum_hours * 4.0 * government.hourly_price(old.form))


def lot_size(model: Sector, purchaser: Any, n: int, free: int, least: float) -> tuple[int, int]:
    """Highest yearly price and posts of a purchaser's n-th new lot; zeros where money is too little."""
    government = purchaser.rules
    usual = government.contract_value * government.price_index
    value = usual * model.factor(government.contract_spread, Stream.LOT_VALUE, purchaser.id, n)
    if purchaser.form == ContractForm.POST:
        posts = min(max(round(value / government.post_price), 1), max(free, 0) // government.post_price)
        return posts * government.post_price, posts
    ceiling = min(round(value), free)
    return (ceiling, 0) if ceiling >= least and ceiling > 0 else (0, 0)


def skill_for(agency: Agency, lot: Contract) -> float:
    """Skill in the lot's field; for a centre the mean over fields, weighted by the purchaser's split."""
    if lot.form != ContractForm.CENTRE:
        return agency.skills[lot.field]
    skill = 0.0
    for share, own in zip(lot.government.split, agency.skills, strict=True):
        skill += share * own
    return skill


def main_field(community: Community) -> int:
    """Field with the most unmet hours; the first of equals."""
    hours = [need.hours for need in community.needs]
    return hours.index(max(hours))


def neediest_of_all(government: Government) -> Community:
    """Community with the most unmet hours over all fields, less where more is already served."""

    def unserved_hours(community: Community) -> float:
        hours = 0.0
        for need in community.needs:
            hours += need.hours / (1.0 + need.served)
        return hours * (1.0 + community.pressure)

    return max(government.communities, key=unserved_hours)

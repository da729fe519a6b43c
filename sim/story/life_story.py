"""Life story: one agency of one run, from its founding to its end, as sections."""

from __future__ import annotations

from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.events_and_causes import Event
from sim.declarations.state_codes import Channel
from sim.story.agency_life import AgencyLife
from sim.story.closing_story import closing_section, ending_words
from sim.story.contract_sentences import contract_table, lost_words, purchaser_of, won_words
from sim.story.declared_sentences import counted, decimal, joined_names, meaning, money, whole
from sim.story.last_quarters import story_event
from sim.story.life_years import (
    MONEY,
    PEOPLE,
    STANDING,
    income_by_payer,
    payer_table,
    spending_table,
    year_table,
)
from sim.story.story_document import Section

_BEGINNINGS = (Event.FOUNDED, Event.REGISTERED, Event.JOINED)


def life_lead(life: AgencyLife) -> tuple[str, ...]:
    """The life in a few sentences."""
    return tuple(filter(None, (_beginning(life), _work(life), _size(life), ending_words(life))))


def life_sections(life: AgencyLife) -> tuple[Section, ...]:
    """Founding, end, contracts, payers, people, standing, and everything that happened."""
    parts = (
        _founding(life),
        closing_section(life),
        _contracts(life),
        _payers(life),
        _people(life),
        _standing(life),
        _events(life),
    )
    return tuple(part for part in parts if part is not None)


def _beginning(life: AgencyLife) -> str:
    first = life.states[0] if life.states else None
    when = f"was founded in {life.founded}"
    if life.founded < life.start:
        when += f" (the run begins in {life.start})"
    if first is None:
        return f"{life.name} {when}."
    place = first["district"] if first["city"] == first["district"] else f"{first['district']}, {first['city']}"
    return f"{life.name} {when} in {place}; its main field is {first['field']}."


def _work(life: AgencyLife) -> str:
    if not life.contracts:
        return "It never held a contract."
    total = sum(row["paid"] - row["fee"] for row in life.contracts)
    who = list(dict.fromkeys(map(purchaser_of, life.contracts)))
    named = joined_names(who, 4)
    return f"It held {counted(len(life.contracts), 'contract')} with {named}, which paid it {money(total)}."


def _size(life: AgencyLife) -> str:
    if not life.states:
        return ""
    largest = max(life.states, key=lambda row: row["staff"])
    last = life.states[-1]
    ended = ", its last at work" if life.closing is not None else ""
    then = f"; in {last['quarter']}{ended}, it was {whole(last['staff'])}" if last is not largest else ended
    income = sum(row["amount"] for row in life.income)
    return (
        f"Its staff was largest in {largest['quarter']}, with {counted(largest['staff'], 'person')}{then}. It had an "
        f"income of {money(income)} in all."
    )


def _founding(life: AgencyLife) -> Section:
    found = [row for row in life.own_events if row["event"] in {kind.label for kind in _BEGINNINGS}]
    items = tuple((str(row["quarter"]), story_event(row, life)) for row in found)
    sentences = []
    if life.states:
        first, last = life.states[0], life.states[-1]
        sentences.append(
            f"Who founded it: {meaning(Origin, first['origin'])}. What it is for: {meaning(Kind, first['kind'])}. "
            f"Legal form in {first['quarter']}: {meaning(Form, first['form'])}."
        )
        if last["form"] != first["form"]:
            sentences.append(f"Legal form in {last['quarter']}: {meaning(Form, last['form'])}.")
        ties = (("college", "college"), ("sponsor", "sponsor"), ("sister", "sister agency"))
        named = [f"{word} {first[name]}" for name, word in ties if first[name] is not None]
        if named:
            sentences.append(f"With it from the start: {', '.join(named)}.")
    return Section("Founding and registration", tuple(sentences), items)


def _contracts(life: AgencyLife) -> Section:
    if not life.contracts:
        return Section("Contracts", ("It never held a contract.",))
    promised, delivered, due, paid, fee = (
        sum(row[name] for row in life.contracts) for name in ("promised_total", "delivered_total", "due", "paid", "fee")
    )
    sentences = [f"The first: {life.contracts[0]['quarter']}. {won_words(life.contracts[0], life)}"]
    share = f" ({delivered / promised:.0%} of them)" if promised else ""
    sentences.append(
        f"In all contracts it promised {whole(promised)} hours and delivered {whole(delivered)}{share}. "
        f"{money(due)} fell due and {money(paid)} was paid, of which associations kept {money(fee)} as their fee."
    )
    through = list(dict.fromkeys(row["association"] for row in life.contracts if row["association"]))
    if through:
        sentences.append(f"{meaning(Channel, Channel.SPECIAL_FUND.label)}. Here through: {', '.join(through)}.")
    if life.lost:
        sentences.append(f"{counted(len(life.lost), 'lot')} that it had held before went to others or to nobody:")
    items = tuple((str(row["quarter"]), lost_words(row, life)) for row in life.lost)
    return Section("Contracts", tuple(sentences), items, (contract_table(life),))


def _payers(life: AgencyLife) -> Section:
    payers = income_by_payer(life)
    total = sum(amount for years in payers.values() for amount in years.values())
    if not payers:
        return Section("Payers and money", ("Nobody ever paid it.",), tables=(spending_table(life),))
    first = next(iter(payers))
    share = sum(payers[first].values()) / total if total else 0.0
    sentence = f"{counted(len(payers), 'payer')} in all; the largest is {first}, with {share:.0%} of its income."
    sentences = [sentence]
    if any(life.state_of(row["quarter"]) is None for row in life.income):
        sentences.append(
            "What it was paid in the quarter in which it stopped work is in the table of payers only: at the end of "
            "that quarter nothing else was recorded of it."
        )
    tables = (payer_table(life), year_table(life, "Income, cost and reserves, by year", MONEY), spending_table(life))
    return Section("Payers and money", tuple(sentences), tables=tables)


def _people(life: AgencyLife) -> Section | None:
    if not life.states:
        return None
    hired, quits, laid_off = (sum(row[name] for row in life.states) for name in ("hired", "quits", "laid_off"))
    directors = life.states[-1]["directors"]
    sentence = (
        f"It hired {counted(hired, 'person')} in all; {whole(quits)} left of their own will and {whole(laid_off)} were "
        f"laid off. It had {counted(directors, 'director')}."
    )
    return Section("People", (sentence,), tables=(year_table(life, "Staff and wages, by year", PEOPLE),))


def _standing(life: AgencyLife) -> Section | None:
    known = [row for row in life.states if row["resource_independence"] is not None]
    if not known:
        return None
    ends = [
        f"{name.replace('_', ' ')} went from {decimal(known[0][name])} in {known[0]['quarter']} to "
        f"{decimal(known[-1][name])} in {known[-1]['quarter']}"
        for name in ("resource_independence", "operational_autonomy")
    ]
    return Section(
        "Independence and autonomy",
        (f"{ends[0][0].upper()}{ends[0][1:]}; {ends[1]}. Both are between 0 and 1.",),
        tables=(year_table(life, "Where it stood, by year", STANDING),),
    )


def _events(life: AgencyLife) -> Section:
    items = tuple((str(row["quarter"]), story_event(row, life)) for row in life.events)
    return Section("Everything that is recorded of it", items=items, is_detail=True)

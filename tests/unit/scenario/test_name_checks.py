"""Name checks and consistency checks: every message about references and contradictions."""

from __future__ import annotations

import pytest
import yaml

from sim.scenario import Scenario, ScenarioError, make_scenario, read_scenario
from tests.support.message_essentials import same_messages
from tests.unit.scenario.scenario_town import TOWN, messages_of, policies


def test_the_town_is_valid():
    assert isinstance(make_scenario(TOWN), Scenario)


PLACES = "expected one of 'Anping/East', 'Anping/West', 'Beihe/North', 'Beihe/West', 'East', 'North'"
UNKNOWN = [
    ("agencies/Lantern/district", "Eest", f"agencies.Lantern.district: unknown district 'Eest'; {PLACES}"),
    # A name that two cities have needs its city.
    ("agencies/Lantern/district", "West", f"agencies.Lantern.district: unknown district 'West'; {PLACES}"),
    (
        "agencies/Lantern/branches",
        ["East", "South"],
        f"agencies.Lantern.branches[1]: unknown district 'South'; {PLACES}",
    ),
    (
        "agencies/Lantern/college",
        "Normal Colege",
        "agencies.Lantern.college: unknown college 'Normal Colege'; expected one of 'Normal College'; "
        "did you mean 'Normal College'?",
    ),
    (
        "agencies/Lantern/sponsor",
        "Acme",
        "agencies.Lantern.sponsor: unknown sponsor 'Acme'; expected one of 'Anping Works'",
    ),
    (
        "agencies/Lantern/association",
        "east association",
        "agencies.Lantern.association: unknown association 'east association'; expected one of 'East Association'; "
        "did you mean 'East Association'?",
    ),
    (
        "agencies/Lantern/sister",
        "Harbor",
        "agencies.Lantern.sister: unknown agency 'Harbor'; expected one of 'Harbour', 'Lantern'; "
        "did you mean 'Harbour'?",
    ),
    (
        "agencies/Lantern/fields",
        ["elderly", "yuth"],
        "agencies.Lantern.fields[1]: unknown field 'yuth'; expected one of 'elderly', 'youth'; did you mean 'youth'?",
    ),
    (
        "colleges/Normal College/city",
        "Anpin",
        "colleges.\"Normal College\".city: unknown city 'Anpin'; expected one of 'Anping', 'Beihe'; "
        "did you mean 'Anping'?",
    ),
    (
        "sponsors/Anping Works/city",
        "East",
        "sponsors.\"Anping Works\".city: unknown city 'East'; expected one of 'Anping', 'Beihe'",
    ),
    (
        "associations/East Association/city",
        "Xanadu",
        "associations.\"East Association\".city: unknown city 'Xanadu'; expected one of 'Anping', 'Beihe'",
    ),
    (
        "associations/East Association/district",
        "Est",
        f"associations.\"East Association\".district: unknown district 'Est'; {PLACES}; did you mean 'East'?",
    ),
    (
        "generated/Group/cities",
        ["Beihee"],
        "generated.Group.cities[0]: unknown city 'Beihee'; expected one of 'Anping', 'Beihe'; did you mean 'Beihe'?",
    ),
]


@pytest.mark.parametrize(("path", "value", "message"), UNKNOWN, ids=[f"{path} {value}" for path, value, _ in UNKNOWN])
def test_unknown_names(path, value, message):
    messages = messages_of((path, value))
    assert len([text for text in messages if "unknown" in text]) == 1
    assert messages[0].startswith(message)


def test_a_scenario_without_colleges_says_so():
    messages = messages_of(("colleges", {}), ("agencies/Lantern/college", "Normal College"))
    assert messages == ["agencies.Lantern.college: unknown college 'Normal College'; the scenario has no college"]


UNIQUE = "names are unique over all kinds"
CONTRADICTIONS = [
    (
        "agency and college of one name",
        [("colleges/Lantern", {"city": "Anping"})],
        f"agencies.Lantern: two organisations are named 'Lantern'; the other is in colleges; {UNIQUE}",
    ),
    (
        "agency and city of one name",
        [("agencies/Anping", {"district": "East"})],
        f"agencies.Anping: two organisations are named 'Anping'; the other is in cities; {UNIQUE}",
    ),
    (
        "group and agency of one name",
        [("generated/Harbour", {"count": 1})],
        f"generated.Harbour: two organisations are named 'Harbour'; the other is in agencies; {UNIQUE}",
    ),
    (
        "attached to nothing",
        [("agencies/Lantern/form", "attached")],
        "agencies.Lantern.form: 'attached' needs an association; add 'association: NAME'",
    ),
    (
        "rooms of no association",
        [("agencies/Lantern/rooms", "association")],
        "agencies.Lantern.rooms: 'association' needs an association; add 'association: NAME'",
    ),
    (
        "rooms of no college",
        [("agencies/Lantern/rooms", "college")],
        "agencies.Lantern.rooms: rooms by a college need one; add 'college: NAME'",
    ),
    (
        "rooms of no sponsor",
        [("agencies/Lantern/rooms", "sponsor")],
        "agencies.Lantern.rooms: rooms by a sponsor need one; add 'sponsor: NAME'",
    ),
    (
        "officers of no association",
        [("agencies/Lantern/officers_in_common", True)],
        "agencies.Lantern.officers_in_common: officers in common need an association; add 'association: NAME'",
    ),
    (
        "its own sister",
        [("agencies/Lantern/sister", "Lantern")],
        "agencies.Lantern.sister: an agency cannot be its own sister; name another agency",
    ),
    (
        "founded after the start",
        [("agencies/Lantern/founded", "2010-Q2")],
        "agencies.Lantern.founded: 2010-Q2 is after the start; expected 2010-Q1 or before; an agency that begins later "
        "has 'begins'",
    ),
    (
        "an association in another city's district",
        [("associations/East Association/district", "North")],
        "associations.\"East Association\".district: 'North' is not in Anping; name a district of its city",
    ),
    (
        "a run without end",
        [("start", "9999-Q4")],
        "quarters: the run would go on after the year 9999; start earlier, or run for less",
    ),
]


@pytest.mark.parametrize(("changes", "message"), [c[1:] for c in CONTRADICTIONS], ids=[c[0] for c in CONTRADICTIONS])
def test_contradictions(changes, message):
    assert same_messages(messages_of(*changes), [message])


TOO_FEW = {
    "members": ([], "members", 0, 1),
    "rooms": ([("agencies/Lantern/rooms", "association")], "rooms", 0, 1),
    "copies of a member": ([("cities/Anping/districts/East", {"count": 3})], "members", 0, 1),
    "copies elsewhere": (
        [("cities/Anping/districts/East", {"count": 3}), ("associations/East Association", {"city": "Anping"})],
        "members",
        2,
        3,
    ),
}
"""Changes, limit, what it is set to, and how many agencies come to one association."""


@pytest.mark.parametrize(("changes", "key", "limit", "count"), TOO_FEW.values(), ids=TOO_FEW)
def test_an_association_that_is_too_small(changes, key, limit, count):
    changes = [("agencies/Lantern/association", "East Association"), *changes]
    message = f"{limit} is too few for the {count} agencies that the scenario gives it; expected at least {count}"
    place = f'associations."East Association".{key}'
    messages = messages_of(*changes, (f"associations/East Association/{key}", limit))
    assert same_messages(messages, [f"{place}: {message}"])


def test_a_policy_for_nowhere():
    assert messages_of(policies({"in": [], "set": {"contract.term": 4}}))


def test_all_at_once_and_with_their_lines():
    text = (
        yaml.safe_dump(TOWN, sort_keys=False).replace("Anping/West", "South").replace("start: 2010-Q1", "start: 2010")
    )
    with pytest.raises(ScenarioError) as caught:
        read_scenario(text)
    lines = [str(problem).split(": ")[0] for problem in caught.value.problems]
    assert len(lines) == 2
    assert lines[0] == "<text>:2:8 start"
    assert lines[1] == f"<text>:{text[: text.index('South')].count(chr(10)) + 1}:15 agencies.Harbour.district"


ACROSS_MESSAGES = {
    "one place under two names": "set twice in Anping/East at 2010-Q2, also by policies[0]; keep one of them",
    "a college of another city": "'Normal College' is in Anping, the agency in Beihe; name one of its own city",
    "an association of another city": "'East Association' is in Anping, the agency in Beihe; name one of its own city",
    "a branch in another city": "'North' is in Beihe, the agency in Anping; name one of its own city",
    "a sister in another city": "'Harbour' is in Anping, the agency in Beihe; name one of its own city",
    "a name that a group makes": "the group 'Group' makes an agency of this name too; give one of them another name",
    "a place that a count makes": (
        "the count of 'East' makes a district of this name too; give one of them another name"
    ),
    "a name that a count of companies makes": (
        "the count of 'Company' makes a company of this name too; give one of them another name"
    ),
    "a source that is left at once": (
        "0.05 is below give_up: agencies would leave what they have just entered; expected 0.1 or more"
    ),
    "a district named as its city": "'Anping' is a city too; give the district another name",
    "a member before its association": (
        "'East Association' is not founded before 2011-Q1; agencies may join it later by themselves"
    ),
}


ACROSS_ENTRIES = {
    "one place under two names": [
        policies({"in": "East", "set": {"contract.term": 4}}, {"in": "Anping/East", "set": {"contract.term": 5}})
    ],
    "a college of another city": [
        ("agencies/Lantern/college", "Normal College"),
        ("agencies/Lantern/district", "North"),
    ],
    "an association of another city": [
        ("agencies/Lantern/association", "East Association"),
        ("agencies/Lantern/form", "attached"),
        ("agencies/Lantern/district", "North"),
    ],
    "a branch in another city": [("agencies/Lantern/branches", ["North"])],
    "a sister in another city": [("agencies/Lantern/sister", "Harbour"), ("agencies/Lantern/district", "North")],
    "a name that a group makes": [("agencies/Group 1", {"district": "East"})],
    "a place that a count makes": [
        ("cities/Anping/districts/East", {"count": 2}),
        ("cities/Anping/districts/East 1", {}),
    ],
    "a name that a count of companies makes": [
        ("sponsors/Company", {"city": "Anping", "count": 2}),
        ("sponsors/Company 2", {"city": "Beihe"}),
    ],
    "a source that is left at once": [("rules", {"strategy": {"first_effort": 0.05, "give_up": 0.1}})],
    "a district named as its city": [("cities/Anping/districts/Anping", {})],
    "a member before its association": [
        ("associations/East Association/founded", "2011-Q1"),
        ("agencies/Lantern/association", "East Association"),
    ],
}


@pytest.mark.parametrize("changes", ACROSS_ENTRIES.values(), ids=ACROSS_ENTRIES)
def test_contradictions_across_entries(changes, request):
    name = request.node.callspec.id
    assert [message.split(": ", 1)[1] for message in messages_of(*changes)] == [ACROSS_MESSAGES[name]]

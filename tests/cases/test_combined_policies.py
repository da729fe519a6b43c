"""Combined files that speak of one named policy, or take the same away: neither order lets one file win silently."""

import pytest

from sim.experiment.design.comparison_design import comparison_design
from sim.scenario import ScenarioError

HEAD = "extends: beijing-2010\ntitle: t\n"
P = "{name: p, at: 2010-Q%d, set: {contract.term: %d}}"
FILES = {
    "a": HEAD + f"policies: [{P % (3, 6)}]\n",
    "b": HEAD + f"policies: [{P % (4, 5)}]\n",
    "as-a": HEAD + f"policies: [{P % (3, 6)}]\n",
    "unnamed": HEAD + "policies: [{at: 2011-Q4, set: {contract.term: 7}}]\n",
    "unnamed-too": HEAD + "policies: [{at: 2011-Q4, set: {contract.term: 7}}]\nagencies: {Hope: null}\n",
    "none": HEAD + "policies: null\n",
    "none-too": HEAD + "policies: null\nagencies: {Hope: null}\n",
    "away": "extends: a\ntitle: t\npolicies: [{remove: p}]\n",
    "away-too": "extends: a\ntitle: t\npolicies: [{remove: p}]\nrules: {strategy: {drive: 0.9}}\n",
    "changed": f"extends: a\ntitle: t\npolicies: [{P % (4, 7)}]\n",
    "upon": "extends: other-drive\ntitle: t\nrules: {strategy: {drive: 0.9}}\n",
    "other-drive": HEAD + "rules: {strategy: {drive: 0.1}}\n",
    "drive": HEAD + "rules: {strategy: {drive: 0.9}}\n",
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    for name, text in FILES.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)


def both_ways(one, other):
    for text in (f"{one}+{other}", f"{other}+{one}"):
        design = comparison_design("beijing-2010", [text])
        yield design.scenario(design.row(design.table(), 1))


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ("a", "b", r"policies\[0\]: 'p' is set here, and is set otherwise in [ab].yaml:3"),
        ("away", "changed", "'p' is (taken away here, and is set otherwise|set here, and is taken away) in"),
        ("none", "a", "none.yaml:3:11 policies: all inherited entries are taken away, but a.yaml:3 has one"),
        ("none", "unnamed", "but unnamed.yaml:3 has one"),
    ],
)
def test_files_that_contradict_each_other_about_a_policy(one, other, message):
    for order in ((one, other), (other, one)):
        with pytest.raises(ScenarioError, match=message):
            next(both_ways(*order))


def names(scenario):
    return [policy.name for policy in scenario.policies if policy.name]


def test_what_both_say_is_said_once():
    own = comparison_design("beijing-2010", ["unnamed", "a"])
    unnamed, a = (own.scenario(own.row(own.table(), n)) for n in (1, 2))
    for scenario in both_ways("unnamed", "unnamed-too"):
        assert scenario.policies == unnamed.policies
        assert "Hope" not in scenario.agencies
    for scenario in both_ways("a", "as-a"):
        assert scenario.policies == a.policies


def test_what_both_take_away_is_gone():
    for scenario in both_ways("away", "away-too"):
        assert "p" not in names(scenario)
        assert scenario.rules.strategy.drive == 0.9
    for scenario in both_ways("none", "none-too"):
        assert scenario.policies == []
        assert "Hope" not in scenario.agencies


def test_what_counts_is_what_a_chain_of_files_says_in_the_end():
    for scenario in both_ways("upon", "drive"):
        assert scenario.rules.strategy.drive == 0.9

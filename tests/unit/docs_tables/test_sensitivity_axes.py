"""The experiment `sensitivity` varies every number that has a plausible range, over that range."""

import yaml

from sim.docs_tables.sensitivity_axes import SENSITIVITY, sensitivity_axes, with_axes
from sim.experiment.design.experiment_loading import load_experiment
from sim.scenario.parameters import composite_weights
from sim.scenario.parameters.parameter_spec import Group, parameters_of
from sim.scenario.parameters.rule_parameters import Rules


def places(axes):
    return {axis.get("path") or axis["lever"]: (axis["low"], axis["high"]) for axis in axes.values()}


def test_no_range_is_missing_and_none_is_another():
    written = yaml.safe_load(SENSITIVITY.read_text(encoding="utf-8"))["axes"]
    declared = {f"rules.{leaf.key}": leaf.plausible for leaf in parameters_of(Rules) if leaf.plausible is not None}
    found = places(written)
    assert declared.items() <= found.items(), "run: make docs"
    assert found == places(sensitivity_axes()), "run: make docs"


def test_every_number_of_the_measures_is_among_them():
    groups = [each for each in vars(composite_weights).values() if isinstance(each, type) and issubclass(each, Group)]
    names = {type(getattr(Rules(), key)): key for key in Rules.model_fields}
    wanted = {f"rules.{names[each]}.{leaf.key}" for each in groups if each in names for leaf in parameters_of(each)}
    assert len(wanted) > 15
    assert wanted <= places(sensitivity_axes()).keys()


def test_the_axes_of_the_file_are_those_that_are_written():
    text = SENSITIVITY.read_text(encoding="utf-8")
    assert with_axes(text) == text, "run: make docs"
    assert len(load_experiment("sensitivity").axes) == len(sensitivity_axes())

"""Process environment: our processes load what they need and no more."""

import subprocess
import sys

import pytest

from sim.experiment.execute.executor_choice import opened_executor
from sim.experiment.execute.executor_protocol import SerialExecutor, usable_cores
from tests.support.in_process_cli import inside
from tests.unit.experiment.made_up_sweeps import sweep_folder

HEAVY = ("numba", "numpy", "pandas", "pyarrow", "mesa", "scipy", "matplotlib")


def modules_after(script):
    """Names of the modules that a fresh Python holds after a script."""
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\nimport sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_pandas_stays_out_of_sight_of_pyarrow_only():
    script = (
        "from sim.experiment.execute.process_environment import leave_pandas_out; leave_pandas_out()\n"
        "import pyarrow as pa, numpy as np, sys\n"
        "pa.array(np.arange(3)).to_numpy(); pa.array(['a'])\n"
        "assert 'pandas' not in sys.modules\n"
        "assert pa.table({'a': [1]}).to_pandas().shape == (1, 1)\n"
        "import pandas\n"
        "assert pa.array(pandas.Series([1, 2])).to_pylist() == [1, 2]\n"
    )
    assert "pandas" in modules_after(script)


def test_pandas_that_is_there_already_is_left_alone():
    script = (
        "import pandas; from sim.experiment.execute.process_environment import leave_pandas_out; leave_pandas_out()\n"
    )
    assert "pyarrow" in modules_after(script)


QUICK = [
    ["--help"],
    ["run", "--help"],
    ["sweep", "--help"],
    ["compare", "--help"],
    ["--version"],
    ["scenarios"],
    ["experiments"],
    ["check", "beijing-2010"],
    ["schema"],
]


def test_quick_commands_import_nothing_heavy():
    """One after the other in one process: the first that imports more is named."""
    script = (
        "import contextlib, io, sys\nfrom sim.cli.main import main\n"
        f"for command in {QUICK!r}:\n"
        "    sys.argv = ['sim', *command]\n"
        "    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main()\n"
        f"    assert not sys.modules.keys() & set({HEAVY!r}), command\n"
    )
    assert "sim.cli.main" in modules_after(script)


SEVERAL_WAYS = """
title: Several kinds of axes, points and outcomes
scenarios: [beijing-2010, national]
variants: {late: {policies: [{at: 2012-Q1, in: districts, set: {contract.term: 8}}]}}
axes:
  drive: {path: rules.strategy.drive, values: [0, 1]}
  delay: {lever: payment.delay, in: districts, values: [0.75, 3]}
design: {kind: DESIGN}
precision: {outcome: unmet_need, width: 0.1, of: difference}
keep: {series: [unmet_need], tables: [agencies]}
"""


def modules_after_a_check(name):
    """Names of the modules that `sim check` of an experiment has loaded; it finds nothing wrong."""
    script = (
        f"import sys; sys.argv = ['sim', 'check', {name!r}]\n"
        "from sim.cli.main import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
    )
    return modules_after(script)


@pytest.mark.parametrize(
    ("design", "allowed"),
    [("grid", set()), ("latin-hypercube, points: 4", {"scipy"}), ("sobol, points: 4", {"scipy"})],
)
def test_an_experiment_is_checked_without_the_rules_and_without_pandas(tmp_path, design, allowed):
    file = tmp_path / "e.yaml"
    file.write_text(SEVERAL_WAYS.replace("DESIGN", design), encoding="utf-8")
    # The table of points is made of pyarrow's arrays; SciPy draws what is sampled.
    assert not modules_after_a_check(str(file)) & set(HEAVY) - {"numpy", "pyarrow"} - allowed


def test_a_sensitivity_design_is_checked_without_the_rules():
    # SALib, which makes its points, brings pandas and Matplotlib along.
    assert not modules_after_a_check("sensitivity") & {"numba", "mesa"}


def test_results_are_shown_without_the_rules_and_without_pandas(tmp_path):
    sweep_folder(tmp_path / "s")
    script = (
        f"import contextlib, io, sys; sys.argv = ['sim', 'results', {str(tmp_path / 's')!r}]\n"
        "from sim.cli.main import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main()\n"
    )
    loaded = modules_after(script)
    assert "pyarrow" in loaded
    assert not loaded & {"numba", "pandas", "mesa", "matplotlib"}


def test_where_workers_are_not_supported_there_is_one_process_and_one_line(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "win32")
    assert usable_cores() == 1
    with opened_executor(4) as executor:
        assert isinstance(executor, SerialExecutor)
    assert len(inside("scenarios", cwd=tmp_path).stderr.splitlines()) == 1


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_where_they_are_nothing_is_said(monkeypatch, tmp_path, platform):
    monkeypatch.setattr(sys, "platform", platform)
    assert inside("scenarios", cwd=tmp_path).stderr == ""

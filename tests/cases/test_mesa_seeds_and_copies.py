"""Seeds of Mesa models, Mesa's batch runner, copies, and running past the end."""

from __future__ import annotations

import contextlib
import copy
import pickle
from pathlib import Path

import mesa
import numpy as np
import pytest

from sim import SectorModel, simulate
from sim.mesa_agents import Agency, Government

TINY = Path(__file__).parent / "mesa" / "tiny.yaml"


def history(model):
    while model.running:
        model.step()
    return model.record.sector.unmet_need.tolist()


@pytest.mark.parametrize("given", [{"seed": 42}, {"seed": np.uint8(42)}, {"rng": 42}, {"rng": np.int64(42)}])
def test_one_seed_one_run(given):
    model = SectorModel(TINY, **given)
    assert model.seed == 42
    assert history(model) == simulate(TINY, 42).sector.unmet_need.tolist()


def test_a_drawn_seed_is_kept():
    first, second = SectorModel(TINY), SectorModel(TINY, seed=None, rng=None)
    assert 0 <= first.seed < 2**53
    assert first.seed != second.seed
    assert history(SectorModel(TINY, seed=first.seed)) == history(first)
    assert f"seed {first.seed}" in repr(first)
    result = simulate(TINY, None)
    assert simulate(TINY, result.seed).sector.tobytes() == result.sector.tobytes()


def test_a_generator_gives_one_draw():
    first, second = np.random.default_rng(5), np.random.default_rng(5)
    models = [SectorModel(TINY, rng=first), SectorModel(TINY, rng=first), SectorModel(TINY, rng=second)]
    assert models[0].seed == models[2].seed == int(np.random.default_rng(5).integers(2**53))
    assert models[1].seed != models[0].seed


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"seed": 42.0}, TypeError, "did you mean 42"),
        ({"seed": np.float64(1.5)}, TypeError, "expected a whole number"),
        ({"seed": float("nan")}, TypeError, "expected a whole number"),
        ({"seed": "42"}, TypeError, "expected a whole number"),
        ({"seed": True}, TypeError, "expected a whole number"),
        ({"seed": np.bool_(True)}, TypeError, "expected a whole number"),
        ({"seed": -1}, ValueError, "from 0 to"),
        ({"seed": 2**63}, ValueError, "from 0 to"),
        ({"seed": np.uint64(2**64 - 1)}, ValueError, "from 0 to"),
        ({"seed": 2**128}, ValueError, "from 0 to"),
        ({"seed": [1, 2]}, TypeError, "expected a whole number"),
        ({"seed": np.random.SeedSequence(3)}, TypeError, "expected a whole number"),
        ({"seed": np.random.default_rng(3)}, TypeError, "expected a whole number"),
        ({"rng": np.random.SeedSequence(3)}, TypeError, "or a numpy Generator"),
        ({"rng": np.random.RandomState(3)}, TypeError, "or a numpy Generator"),
        ({"rng": 1.0}, TypeError, "the rng 1.0.*did you mean 1"),
        ({"seed": 1, "rng": 2}, ValueError, "both seed and rng"),
        ({"seed": 1, "rng": np.random.default_rng(2)}, ValueError, "both seed and rng"),
    ],
)
def test_what_is_no_seed(given, error, message):
    with pytest.raises(error, match=message):
        SectorModel(TINY, **given)
    if "rng" not in given:
        with pytest.raises(error, match=message):
            simulate(TINY, **given)


def test_neighbouring_large_seeds_differ():
    seeds = [2**53, 2**53 + 1, 2**63 - 2, 2**63 - 1]
    assert [simulate(TINY, seed).seed for seed in seeds] == seeds
    assert len({tuple(history(SectorModel(TINY, seed=seed))) for seed in seeds}) == 4


class Collected(SectorModel):
    """As README shows it."""

    def __init__(self, config=TINY, **options):
        super().__init__(config, **options)
        self.datacollector = mesa.DataCollector(model_reporters={"seed": "seed", "unmet_need": "unmet_need"})

    def step(self):
        super().step()
        self.datacollector.collect(self)


SHOWN = -2 if mesa.__version__.startswith("3.4.") else -1
"""Row of a run that `batch_run` gives: the batch runner of Mesa 3.4 gives the one before the last."""


def batch(**options):
    rows = mesa.batch_run(Collected, max_steps=8, display_progress=False, **options)
    return {row["seed"]: row["unmet_need"] for row in rows}


def test_batch_run_gives_different_repeatable_runs():
    by_seed = batch(parameters={"config": str(TINY), "seed": [1, 2, 3]})
    assert by_seed == {seed: history(SectorModel(TINY, seed=seed))[SHOWN] for seed in (1, 2, 3)}
    drawn = batch(parameters={"config": [str(TINY)] * 3})
    assert len(drawn) == 3
    assert drawn == {seed: history(SectorModel(TINY, seed=seed))[SHOWN] for seed in drawn}


@pytest.mark.parametrize("made", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_a_copy_goes_on_alone(made):
    model = SectorModel(TINY, seed=2)
    for _ in range(3):
        model.step()
    other = made(model)
    assert (other.seed, other.quarter, other.steps) == (2, 3, 3)
    (government,) = [agent for agent in other.agents_by_type[Government] if agent.level == "district"]
    government.contract_term = 9
    assert 9 in other.world.lever_values
    assert 9 not in model.world.lever_values
    government.contract_term = model.agents_by_type[Government][-1].contract_term
    assert history(other) == history(model)
    numbers = [agent.unique_id for agent in other.agents]
    assert len(numbers) == len(set(numbers))
    assert all(agent.model is other for agent in other.agents)


def test_agents_founded_in_a_copy_have_numbers_of_their_own():
    model = SectorModel("beijing-2010", seed=1)
    for _ in range(3):
        model.step()
    other = copy.deepcopy(model)
    before = {agent.unique_id for agent in other.agents}
    for _ in range(20):
        other.step()
    numbers = [agent.unique_id for agent in other.agents]
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) - before


def test_copies_of_results():
    result = simulate(TINY, 1)
    for other in (copy.deepcopy(result), pickle.loads(pickle.dumps(result))):
        assert other.tables()["events"].equals(result.tables()["events"])
        assert np.shares_memory(other.world.lever_values, other.world.governments)


def test_a_shallow_copy_is_refused():
    with pytest.raises(TypeError, match=r"copy\.deepcopy"):
        copy.copy(SectorModel(TINY, seed=1))


def test_past_the_end():
    model = SectorModel(TINY, seed=1)
    history(model)
    with pytest.warns(UserWarning, match="8 quarters are done"):
        model.step()
    assert (model.quarter, model.steps, model.running) == (8, 8, False)
    with pytest.raises(ValueError, match="cannot go on to quarter 9: the run has 8"):
        model.record.run_to(9)


def test_draws_cannot_be_reset():
    model = SectorModel(TINY, seed=1)
    for reset in (model.reset_rng, model.reset_randomizer):
        with pytest.raises(RuntimeError, match=r"make a new model"):
            reset()
    for name in ("seed", "config", "world", "quarter"):
        with pytest.raises(AttributeError):
            setattr(model, name, None)


def test_time_of_newer_mesa():
    model = SectorModel(TINY, seed=1)
    if not hasattr(mesa.Model, "run_for"):
        pytest.skip("this Mesa has no run_for")
    model.run_for(3)
    model.run_until(5)
    assert (model.quarter, model.steps, len(model.agents_by_type[Agency])) == (5, 5, model.outcome("agencies"))


def test_a_step_that_failed_is_not_left_out():
    class Failing(SectorModel):
        fails = True

        def step(self):
            if self.fails:
                raise LookupError("of the user's own")
            super().step()

    model = Failing(TINY, seed=1)
    with pytest.raises(LookupError):
        model.step()
    model.fails = False
    with contextlib.suppress(RuntimeError):  # where Mesa's steps have stopped
        model.step()
        assert model.quarter == 1

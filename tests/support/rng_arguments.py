"""Arguments of random draws: any random key, stream, entity and index, and shares down to the smallest."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from sim.declarations.random_streams import Stream
from sim.engine.rng.philox import new_random_key
from tests.oracle import random_draws as naive

SMALLEST, LARGEST = 2.0**-53, 1 - 2.0**-53
ROUNDING = 5e-14  # of cumulative probabilities

words64 = st.integers(0, 2**64 - 1)
quarters = st.integers(-(2**19), 2**19 - 1)
streams = st.sampled_from(Stream)
indices = st.integers(-1, 100) | st.integers(0, 2**63 - 1)
shares = st.sampled_from([0.0, 1e-300, 1e-12, 0.5, 1 - 2.0**-53, 1.0]) | st.floats(0, 1)
open_shares = st.sampled_from([SMALLEST, 0.5, LARGEST]) | st.floats(SMALLEST, LARGEST)
random_keys = st.builds(naive.RandomKey, words64, st.just(1.0) | st.floats(0, 1), quarters)


def same_random_key(random_key: naive.RandomKey) -> np.record:
    return new_random_key(random_key.seed, random_key.noise_scale, random_key.quarter)

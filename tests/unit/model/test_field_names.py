"""Tests of field names: none hides an attribute of NumPy's records, which interpreted rules would get instead."""

import numpy as np
import pytest

from sim.model.state.world_arrays import LAYOUTS


@pytest.mark.parametrize("kind", LAYOUTS)
def test_no_field_has_the_name_of_an_attribute_of_a_record(kind):
    taken = set(dir(np.record))
    assert not [field.name for field in LAYOUTS[kind].fields if field.name in taken]

"""Names of fields: none is an attribute of NumPy's records, which uncompiled rules would read in its place."""

from __future__ import annotations

import pytest

from sim.engine.fields import Field
from sim.engine.struct_arrays import Layout


@pytest.mark.parametrize("name", ["base", "data", "size", "real", "sum"])
def test_an_attribute_of_records_is_no_name_of_a_field(name):
    with pytest.raises(ValueError, match=f"a field cannot be called '{name}'"):
        Layout([Field(name, "f8", "", "A number.")])

"""Number columns: what is declared to hold numbers does so in the tables of a run."""

import pyarrow as pa

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.output.table_columns import TABLES
from sim.run import simulate
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY


def test_columns_say_whether_they_hold_numbers():
    result = simulate(CompiledScenario.of(make_scenario(BUSY)), 1)
    for name, table in result.tables().items():
        declared = {each.name: each.has_numbers for each in TABLES[name]}
        for field in table.schema:
            numbers = not (pa.types.is_dictionary(field.type) or pa.types.is_temporal(field.type))
            # Columns of every field of service, which are numbers, are declared once for all.
            assert declared.get(field.name, True) == numbers, (name, field)

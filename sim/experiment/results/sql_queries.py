"""SQL queries to results, answered by DuckDB straight from the Parquet files, whose checksums are checked.

Views: `design` (a row per point), `summary` (a row per run), `runs` (both joined), `series`, every table that was
kept, and `failures`.  Questions read these; they can neither write nor reach the network or any file.

What is undefined is NULL, which SQL's sums, means and counts leave out, and which no comparison finds: DuckDB would
count a NaN of the files, and hold it for greater than every number.  What a question itself makes undefined, such as
0 / 0, is NULL in its answer, too.  The same question has the same answer to the last
bit, because one thread adds up in the order of the runs; Arrow still reads with all of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from sim.declarations.removed_names import gone_in_query
from sim.declarations.renamed_names import called_now, old_words_in_query, renamed_in_query
from sim.experiment.results.answer_types import readable
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.optional_packages import install_command
from sim.experiment.store.part_reader import QueryError
from sim.experiment.store.results_folder import SERIES, SUMMARY
from sim.output.outcome_measures import MEASURE_NAMES, measure_column

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_DESIGN, _RUNS = "design", "runs"
_ENDING = 0.5
"""Seconds in which a question ends that was interrupted."""


def ask(results: ResultArrays, query: str) -> pa.Table:
    """Answer one question.

    Parameters
    ----------
    results : ResultArrays
        The folder.
    query : str
        A SELECT of DuckDB's SQL, such as ``select cut, avg(closures_year) from runs group by cut``; DESCRIBE and
        SUMMARIZE work too.

    Raises
    ------
    QueryError
        If the query is wrong, or does more than read; the message names the views.
    StoreError
        If nothing is kept yet, a part that is asked is damaged, or DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise StoreError(f"SQL needs DuckDB: {install_command('sql')}") from None

    _refuse_old_words(results, query)
    with duckdb.connect(":memory:") as connection:
        _make_views(connection, results, query)
        _lock_up(connection)
        try:
            statements = connection.extract_statements(query)
            if [each.type for each in statements] != [duckdb.StatementType.SELECT]:
                raise QueryError(f"expected one SELECT, and nothing that writes; {_views_in_words(results)}")
            return _interruptible(connection, lambda: readable(connection.sql(query)).to_arrow_table())
        except duckdb.Error as error:
            _check_pages(results, query)
            message = "; ".join(
                [_reason(error), *renamed_in_query(query), *gone_in_query(query), _views_in_words(results)]
            )
            raise QueryError(message) from None


def _interruptible(connection: duckdb.DuckDBPyConnection, answer: Callable[[], pa.Table]) -> pa.Table:
    """Answer in a thread, so that Ctrl-C, which DuckDB does not see in some questions, ends the answer.

    Raises
    ------
    KeyboardInterrupt
        If Ctrl-C came; DuckDB was interrupted.
    """
    future: Future[pa.Table] = Future()

    def work() -> None:
        try:
            future.set_result(answer())
        except BaseException as error:
            future.set_exception(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        return future.result()
    except KeyboardInterrupt:
        connection.interrupt()
        # The connection is closed by the caller, and must be idle then.
        thread.join(_ENDING)
        raise


def _refuse_old_words(results: ResultArrays, query: str) -> None:
    """A word of a choice as tables wrote it before would be found in no row, without an error.

    Raises
    ------
    QueryError
        If there is one that is no value of the design either.
    """
    for old, new in old_words_in_query(query):
        if not any(old in results.points[name].unique().to_pylist() for name in results.factors):
            raise QueryError(f"no table holds the word '{old}'; {called_now(new)}")


def _make_views(connection: duckdb.DuckDBPyConnection, results: ResultArrays, query: str) -> None:
    """Name what is kept; of the part files nothing is copied, and those that are asked are checked before."""
    connection.register(_DESIGN, results.points)
    connection.register("failures", results.failures_table())
    asked = _asked(results, query)
    for name in _tables(results):
        # Arrow reads, because DuckDB does not look at checksums: of a spoiled page it would make numbers.
        rows = results.parts(name).dataset(check=name in asked)
        if name in asked:
            connection.from_arrow(rows).project(_undefined_as_null(rows.schema)).create_view(name)
        else:
            connection.register(name, rows)
    connection.execute(
        f"create view {_RUNS} as select d.*, s.* exclude (point) from {SUMMARY} s join {_DESIGN} d using (point)"
    )


def _undefined_as_null(schema: pa.Schema) -> str:
    """Columns of a table as SQL, with NULL for what is not a number."""
    import pyarrow as pa

    quoted = {field: '"' + field.name.replace('"', '""') + '"' for field in schema}
    return ", ".join(
        f"nullif({name}, 'nan') as {name}" if pa.types.is_floating(field.type) else name
        for field, name in quoted.items()
    )


def _tables(results: ResultArrays) -> list[str]:
    """Tables that have parts."""
    return [name for name in (SUMMARY, SERIES, *results.tables) if results.parts(name).files]


def _asked(results: ResultArrays, query: str) -> list[str]:
    """Tables that a question may mean: those whose names are in it."""
    text = query.casefold()
    return [name for name in _tables(results) if name in text or (name == SUMMARY and _RUNS in text)]


def _check_pages(results: ResultArrays, query: str) -> None:
    """Read all tables that a question names, after it failed: of large ones only footers were checked before.

    Raises
    ------
    StoreError
        If a part is damaged; the message says which, and what to do.
    """
    for name in _asked(results, query):
        for _ in results.parts(name).stream():
            pass


def _lock_up(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave nothing to be reached but the views (no file, no network, no variable), and no choice of the order."""
    for setting in (
        "threads = 1",
        "temp_directory = ''",
        "python_enable_replacements = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"set {setting}")


def _reason(error: Exception) -> str:
    """What DuckDB says, in one line and without the picture of where."""
    message = str(error).split("\nLINE ")[0]
    return " ".join(line.strip() for line in message.splitlines() if line.strip()).rstrip("!.")


def _views_in_words(results: ResultArrays) -> str:
    """What can be asked, for errors."""
    reduced = ", ".join(measure_column("OUTCOME", measure) for measure in MEASURE_NAMES)
    columns = ", ".join([*results.points.column_names, "replication", "seed"])
    others = ", ".join([*(name for name in _tables(results) if name != SUMMARY), "failures"])
    return (
        f"there are runs ({columns}, {reduced}), {SUMMARY}, design, {others}; 'describe VIEW' lists the columns of each"
    )

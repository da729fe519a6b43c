"""Questions to a sweep in SQL, answered by DuckDB straight from the Parquet files.

Views: `design` (a row per point), `summary` (a row per run), `runs` (both joined), `series`, every table that was
kept, and `failures`.  Questions read; they can neither write nor reach the network or other files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.experiment.files import StoreError
from sim.experiment.kept import MEASURES, Kept
from sim.experiment.parts import AskedError
from sim.experiment.sweep.archive import DESIGN, SERIES, SUMMARY
from sim.experiment.sweep.reduce import column

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb
    import pyarrow as pa


def ask(results: Kept, query: str) -> pa.Table:
    """Answer one question.

    Parameters
    ----------
    results : Kept
        The sweep.
    query : str
        A SELECT of DuckDB's SQL, such as ``select cut, avg("closures.end") from runs group by cut``; DESCRIBE and
        SUMMARIZE work too.

    Raises
    ------
    AskedError
        If the query is wrong, or does more than read; the message names the views.
    StoreError
        If nothing is kept yet, or DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise StoreError("SQL needs DuckDB: pip install 'social-work-sim[sql]'") from None

    with duckdb.connect(":memory:") as connection:
        try:
            _make_views(connection, results)
            _lock_up(connection, results.path)
        except duckdb.Error as error:
            raise StoreError(f"cannot read {results.path}: {_reason(error)}") from None
        try:
            statements = connection.extract_statements(query)
            if [each.type for each in statements] != [duckdb.StatementType.SELECT]:
                raise AskedError(f"expected one SELECT, and nothing that writes; {_views_in_words(results)}")
            return connection.sql(query).to_arrow_table()
        except duckdb.Error as error:
            raise AskedError(f"{_reason(error)}; {_views_in_words(results)}") from None


def _make_views(connection: duckdb.DuckDBPyConnection, results: Kept) -> None:
    """Name the files of the chunks that are done; nothing of them is copied."""
    _view(connection, "design", [results.path / DESIGN])
    for name in (SUMMARY, SERIES, *results.tables):
        _view(connection, name, results.parts(name).paths)
    connection.execute("create view runs as select d.*, s.* exclude (point) from summary s join design d using (point)")
    connection.register("failures", results.failures_table())


def _view(connection: duckdb.DuckDBPyConnection, name: str, paths: Sequence[Path]) -> None:
    """A view of some files of one table; their columns may differ where scenarios do."""
    if not paths:
        return
    files = ", ".join(_word(str(path.resolve())) for path in paths)
    # Every part of the summary is alike, and looking into all of them beforehand takes its time.
    union = "false" if name == SUMMARY else "true"
    connection.execute(f"create view {_name(name)} as select * from read_parquet([{files}], union_by_name = {union})")


def _name(text: str) -> str:
    """A name in SQL."""
    return '"' + text.replace('"', '""') + '"'


def _word(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def _lock_up(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Leave nothing to be reached but the folder: no other file, no network, no variable of this program.

    Writing into the folder is left to be refused by looking at the statement.
    """
    for setting in (
        f"allowed_directories = [{_word(str(folder.resolve()))}]",
        "temp_directory = ''",
        "python_enable_replacements = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"set {setting}")


def _reason(error: Exception) -> str:
    """What DuckDB says, in one line and without the picture of where."""
    told = str(error).split("\nLINE ")[0]
    return " ".join(line.strip() for line in told.splitlines() if line.strip()).rstrip("!.")


def _views_in_words(results: Kept) -> str:
    """What can be asked, for errors."""
    reduced = ", ".join(_name(column("OUTCOME", measure)) for measure in MEASURES)
    columns = ", ".join([*results.points.column_names, "replication", "seed"])
    others = ", ".join([*(name for name in (SERIES, *results.tables) if results.parts(name).paths), "failures"])
    return (
        f"there are runs ({columns}, and in double quotes {reduced}), {SUMMARY}, design, {others}; "
        "'describe VIEW' tells the columns of each"
    )

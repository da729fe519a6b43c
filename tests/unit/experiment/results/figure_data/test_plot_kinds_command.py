"""The command `sim plot` with kinds of sets: files, and one line with status 2 for what makes no sense."""

import pytest

from tests.support.in_process_cli import inside

WRONG = [
    (["--kind", "heatmap", "--by", "drive,term"], "no axis 'term'"),
    (["--kind", "heatmap", "--by", "drive,scenario,variant"], "names 3"),
    (["--kind", "heatmap", "--by", "drive,scenario", "--threshold", "nan"], "finite number"),
    (["--kind", "forest", "--by", "drive,scenario"], "one axis"),
    (["--kind", "forest", "--base", "drive 0.7"], "no point 'drive 0.7'"),
    (["--kind", "plane", "--point", "0", "--year", "2030"], "2009-Q3 to 2012-Q4"),
    (["--kind", "survival", "--by", "colour"], "'by' of survival"),
    (["--kind", "flows", "--year", "1990"], "2009-Q3 to 2012-Q4"),
    (["--kind", "distribution", "--year", "2008"], "2009-Q3 to 2012-Q4"),
    (["--kind", "distribution", "--by", "size"], "not by"),
    (["--kind", "tiles", "--outcomes", "unmett"], "did you mean 'unmet'"),
    (["--kind", "observed", "--observed", "nowhere.csv"], "nowhere.csv"),
    (["--kind", "tiles", "--observed", "nowhere.csv"], "not observed"),
]


@pytest.mark.parametrize(("options", "words"), WRONG, ids=lambda each: " ".join(each) if isinstance(each, list) else "")
def test_bad_input_is_one_line_and_writes_nothing(kept, tmp_path, options, words):
    done = inside("plot", kept.path, *options, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())
    assert not (tmp_path / "out").exists()


def test_files_of_several_kinds(kept, tmp_path):
    kinds = "forest,flows,tiles"
    done = inside("plot", kept.path, "--kind", kinds, "--format", "svg", "--out", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{kind}.svg" for kind in kinds.split(",")}

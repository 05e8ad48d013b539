"""The committed table of coverage is what the code gives, and supports what is said of it."""

import numpy as np
import pandas as pd
import pytest

from analysis import __main__, paths
from analysis.validation import coverage, coverage_page, coverage_population, recovery, residents


@pytest.fixture(scope="module")
def committed():
    return pd.read_csv(paths.DOCS / "coverage.csv").drop(columns="data")


@pytest.mark.parametrize(
    ("part", "arguments"),
    [
        (coverage.pointwise, ("shift", 100, coverage.RUNS)),
        (coverage.simultaneous, ("no shift", 30, coverage.RUNS_WHOLE)),
        (coverage.exact, ("grid", 100, 0)),
    ],
)
def test_a_part_run_again_gives_its_rows(committed, part, arguments):
    again = pd.DataFrame(part(*arguments))[coverage.COLUMNS]
    keys = ["table", "population", "channels", "method", "n"]
    both = again.merge(committed, on=keys, suffixes=("", "_committed"))
    assert len(both) == len(again)
    for column in ("share", "mc_error", "width"):
        assert both[column].to_numpy() == pytest.approx(
            both[f"{column}_committed"].to_numpy(), rel=1e-6, nan_ok=True
        )


def test_every_part_gives_rows_that_the_table_has(committed):
    keys = ["table", "population", "channels", "method", "n"]
    known = set(committed[keys].itertuples(index=False, name=None))
    for part, arguments in coverage.parts(3, 3):
        if arguments[1] == 30:
            rows = pd.DataFrame(part(*arguments))[coverage.COLUMNS]
            assert set(rows[keys].itertuples(index=False, name=None)) <= known, part


def test_the_page_is_made_from_the_table(committed):
    assert (paths.DOCS / "coverage.md").read_text("utf-8") == coverage_page.to_page(committed)


def test_every_part_is_in_the_table(committed):
    expected = len(coverage.SIZES) * len(coverage_population.POPULATIONS)
    rows = committed[(committed["table"] == "simultaneous") & (committed["method"] == "Max-t")]
    assert len(rows) == expected
    assert set(committed.loc[committed["table"] == "tests", "n"]) == set(coverage.SIZES)


def test_the_interval_in_use_covers_best_where_the_others_fail(committed):
    lowest = committed[committed["channels"] == "lowest"].set_index(["method", "n"])["share"]
    for n in coverage_page.LISTED:
        assert lowest["Bonett-Price", n] > 0.935
        assert lowest["Bonett-Price", n] > lowest["Tango score", n] > lowest["Wald", n]


def test_intervals_that_hold_together_do_so(committed):
    rows = committed[(committed["table"] == "simultaneous") & (committed["method"] == "Max-t")]
    assert (rows["share"] > 0.95 - 3 * rows["mc_error"]).all()


def test_tests_for_small_samples_keep_their_size(committed):
    rows = committed[(committed["table"] == "tests") & (committed["n"] >= 100)]
    kept = rows[~rows["method"].str.startswith("Wald")]
    assert (kept["share"] < 0.05 + 3 * kept["mc_error"]).all()


@pytest.mark.parametrize("population", coverage_population.POPULATIONS)
def test_the_populations_have_the_margins_and_the_agreement_that_they_name(population):
    cells = coverage_population.POPULATIONS[population]
    preferred = coverage_page.PREFERRED if population == "shift" else coverage_page.USED
    assert cells.sum(axis=1) == pytest.approx(coverage_page.USED)
    assert cells.sum(axis=0) == pytest.approx(preferred)
    assert np.trace(cells) == pytest.approx(coverage_page.AGREEMENT)


def test_the_command_writes_both_files(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(paths, "DOCS", tmp_path)
    monkeypatch.setattr(paths, "OUT", tmp_path)  # not the lock of a run that goes on
    monkeypatch.setattr(coverage, "parts", lambda *_: [(coverage.pointwise, ("shift", 30, 50))])
    monkeypatch.setattr(coverage_page, "TITLES", {"pointwise": "One of nine channels"})
    monkeypatch.setattr(recovery, "write_recovery", lambda: tmp_path / "recovery.md")
    monkeypatch.setattr(residents, "write_residents", lambda: tmp_path / "residents.md")
    assert __main__.main(["coverage"]) == 0
    assert "coverage.md" in capsys.readouterr().out
    assert len(pd.read_csv(tmp_path / "coverage.csv")) == 8

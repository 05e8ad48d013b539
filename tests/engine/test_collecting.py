"""Counted by whatever engine, a survey is the same integers and the same results."""

import numpy as np
import pandas as pd
import pytest

from analysis import cleaning, engine, files, ordinal, paired, paths, patterns, survey, weights
from analysis.exports import _parts

COLUMNS = ["used_last", "preferred", "satisfaction", "district", "used__website", "flag_speeder"]


@pytest.fixture
def herts(monkeypatch, tmp_path):
    """The default survey, cut into some parts."""
    monkeypatch.setattr(_parts, "PART_BYTES", 60_000)
    monkeypatch.setattr(paths, "OUT", tmp_path)
    return survey.load("herts_2023")


@pytest.fixture
def people(herts):
    """Its responses, by the path of the notebooks."""
    held = herts.holding(cleaning.clean(herts.read_raw(), herts.codebook).responses)
    return held.responses()


def _assert_equal(one, other):
    pd.testing.assert_frame_equal(one.frame, other.frame)
    pd.testing.assert_series_equal(one.people, other.people)


@pytest.mark.parametrize("on", ["here", "processes", "dask"])
def test_whatever_cleans_the_parts_the_counts_are_those_of_the_responses(herts, people, on):
    if on == "dask":
        pytest.importorskip("distributed")
    found = engine.collect(herts, COLUMNS, engine=on, workers=2)
    _assert_equal(found, patterns.count(people, COLUMNS))
    assert found.n == len(people)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_duckdb_counts_the_same_from_files(herts, people, tmp_path, kind):
    responses = cleaning.clean(herts.read_raw(), herts.codebook).responses
    path = tmp_path / f"responses.{kind}"
    if kind == "csv":
        files.write_csv(responses, path, synthetic=True)
    else:
        herts.holding(responses).coded_responses().to_parquet(path)
    _assert_equal(engine.count_file(path, COLUMNS, herts.codebook), patterns.count(people, COLUMNS))


def test_several_files_are_counted_together(herts, people, tmp_path):
    coded = herts.holding(cleaning.clean(herts.read_raw(), herts.codebook).responses).cleaned
    for place, rows in enumerate(np.array_split(np.arange(len(coded)), 3)):
        coded.iloc[rows].to_parquet(tmp_path / f"{place}.parquet")
    found = engine.count_file(tmp_path / "*.parquet", COLUMNS, herts.codebook)
    _assert_equal(found, patterns.count(people, COLUMNS))


def test_results_of_counts_are_those_of_the_replies(herts, people):
    found = engine.collect(herts, ["used_last", "preferred", "satisfaction", "district"])
    told = found.where(found.frame[["used_last", "preferred"]].notna().all(axis=1))
    rows = people.dropna(subset=["used_last", "preferred"])
    pd.testing.assert_frame_equal(
        paired.shifts(told.frame["used_last"], told.frame["preferred"], frequency=told.people),
        paired.shifts(rows["used_last"], rows["preferred"]),
    )
    told = found.where(found.frame[["satisfaction", "district"]].notna().all(axis=1))
    rows = people.dropna(subset=["satisfaction", "district"])
    counted = ordinal.fit("satisfaction ~ 1", told.frame.assign(n=told.people), frequency="n",
                          random="district")  # fmt: skip
    replies = ordinal.fit("satisfaction ~ 1", rows, random="district")
    pd.testing.assert_frame_equal(counted.thresholds, replies.thresholds)
    pd.testing.assert_frame_equal(counted.random.effects, replies.random.effects)
    assert counted.log_likelihood == replies.log_likelihood
    wanted = people["district"].value_counts() * 100.0
    margin = {"district": wanted[wanted > 0]}
    raked = weights.rake(told.frame.assign(n=told.people), margin, frequency="n")
    every = weights.rake(rows, margin)
    by_row = told.frame.assign(weight=raked.weights).set_index("district")["weight"]
    by_reply = rows.assign(weight=every.weights).set_index("district")["weight"]
    for district, weight in by_reply.drop_duplicates().items():
        assert (by_row[[district]] == weight).all()


def test_an_unknown_column_is_named(herts):
    with pytest.raises(ValueError, match="herts_2023 has no column 'usage'; its columns are"):
        engine.collect(herts, ["usage"])

"""The committed table on residents is what the code gives, and supports what is said of it."""

import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.validation import residents, residents_page
from analysis.validation.recovery_population import DISTRICTS, PEOPLE
from analysis.validation.residents_population import draw_answers
from analysis.validation.residents_population import residents as counted

KEYS = ["spread", "apart", "method", "term"]


@pytest.fixture(scope="module")
def committed():
    return pd.read_csv(paths.DOCS / "residents.csv").drop(columns="data")


def test_the_page_is_made_from_the_table(committed):
    assert (paths.DOCS / "residents.md").read_text("utf-8") == residents_page.to_page(committed)


def test_every_part_is_in_the_table_with_all_its_runs(committed):
    made = set(zip(committed["spread"], committed["apart"], strict=True))
    assert {arguments[:2] for arguments in residents.parts()} == made
    pooled = committed["method"] == residents_page.POOLED
    assert set(committed.loc[~pooled, "runs"]) == {residents.RUNS}
    assert set(committed.loc[pooled, "runs"]) == {residents.RUNS_POOLED}


def test_a_few_runs_again_give_the_same_rows_of_the_table(committed):
    first, again = (pd.DataFrame(residents.of_residents(0.25, 0.0, 3)) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert len(first.merge(committed, on=KEYS)) == len(first)


def test_modelled_intervals_hold_where_there_is_a_spread_and_others_do_not(committed):
    rows = committed[(committed["term"] == "all districts") & (committed["apart"] == 0)]
    held = rows.set_index(["method", "spread"])
    low, high = residents_page.WANTED
    for spread in (0.25, 0.5):
        row = held.loc[(residents_page.MODELLED, spread)]
        assert low < row["estimate"] < high
        assert held.loc[(residents_page.OWN, spread), "estimate"] < 0.9
        assert held.loc[(residents_page.POOLED, spread), "estimate"] < 0.9


def test_a_coverage_outside_what_is_wanted_is_named(committed):
    rows = committed.copy()
    at = (rows["method"] == residents_page.MODELLED) & (rows["term"] == "all districts")
    rows.loc[at, "estimate"] = 0.95
    assert "that is met at each spread" in residents_page.to_page(rows)
    rows.loc[at & (rows["spread"] == 0.5), "estimate"] = 0.92
    assert "at 0.5 it holds too seldom" in residents_page.to_page(rows)
    rows.loc[at & (rows["spread"] == 0), "estimate"] = 0.98
    assert "at 0 it holds too often" in residents_page.to_page(rows)


def test_the_people_who_answer_are_older_than_the_residents_and_not_alike():
    cells = counted()
    drawn = pd.concat(
        draw_answers(0.0, 0.0, cells, np.random.default_rng(run))[0] for run in range(20)
    )
    old = cells["age"].isin(["55-64", "65 and over"])
    of_residents = cells["people"].where(old, 0).groupby(cells["district"], observed=True).sum()
    of_residents /= cells.groupby("district", observed=True)["people"].sum()
    answered = drawn["age"].isin(["55-64", "65 and over"])
    answered = answered.groupby(drawn["district"], observed=True).mean()
    assert np.ptp(of_residents) > 0.2
    assert (answered - of_residents).max() > 0.2
    assert drawn["district"].value_counts().loc[DISTRICTS].tolist() == (20 * PEOPLE).tolist()

"""How districts differ from the whole."""

import zipfile

import numpy as np
import pandas as pd
import pytest

from analysis import figures, survey
from analysis.chapters.district_profiles import compared, profiles
from analysis.publish import spreadsheet
from analysis.report import district_shares, with_gaps
from analysis.survey.measures import headline_answers, top_answers


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def found(herts):
    return profiles.compare_districts(herts, herts.responses(), seed=3)


def test_every_placed_district_has_every_measure(herts, found):
    placed = set(figures.places(herts.codebook))
    assert set(found.rows["level"]) == placed
    counts = found.rows.groupby("measure", observed=True)["level"].nunique()
    assert (counts == len(placed)).all()


def test_estimates_lie_between_the_own_share_and_the_whole(herts, found):
    yes = headline_answers(herts, herts.responses())["Rated their experience good or very good"]
    own = yes.groupby(herts.responses()["district"].reindex(yes.index), observed=True).mean()
    rows = found.rows[found.rows["measure"] == "Rated their experience good or very good"]
    for row in rows.itertuples():
        low, high = sorted((own[row.level], row.overall))
        assert low - 0.06 <= row.estimate <= high + 0.06


def test_tests_are_one_family_by_holm(found):
    p = found.tests["p_value"].to_numpy()
    order = np.argsort(p)
    holm = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)).clip(max=1)
    assert found.tests["p_adjusted"].to_numpy()[order] == pytest.approx(holm)


def _with(rows, tests):
    return profiles.Profiles(rows=pd.DataFrame(rows), tests=pd.DataFrame(tests))


def test_a_gap_needs_both_the_interval_and_the_family_to_be_credible():
    row = {"estimate": 0.5, "conf_low": 0.4, "conf_high": 0.6, "overall": 0.4, "n": 90}
    row |= {"unit": "percent", "clear": True, "size": 0.1, "place": ""}
    rows = [
        {"level": "n", "measure": "a", "gap": 0.1, "gap_low": 0.02, "gap_high": 0.2} | row,
        {"level": "n", "measure": "b", "gap": 0.3, "gap_low": 0.02, "gap_high": 0.5} | row,
        {"level": "s", "measure": "a", "gap": 0.1, "gap_low": -0.02, "gap_high": 0.2}
        | row
        | {"clear": False},
    ]
    tests = [{"measure": "a", "p_adjusted": 0.01}, {"measure": "b", "p_adjusted": 0.2}]
    gaps = profiles.largest_gaps(_with(rows, tests))
    assert gaps[["level", "measure", "credible"]].to_numpy().tolist() == [
        ["n", "a", True],
        ["n", "b", False],
    ]
    assert len(profiles.largest_gaps(_with(rows, tests), most=1)) == 1


def test_a_planted_difference_is_found_and_its_district_named(herts):
    responses = herts.responses()
    rng = np.random.default_rng(8)
    chance = np.where(responses["district"] == "St Albans", 0.75, 0.3)
    more = {"planted": pd.Series(rng.random(len(responses)) < chance, index=responses.index)}
    found = profiles.compare_districts(herts, responses, seed=8, more=more)
    gaps = profiles.largest_gaps(found)
    sure = gaps[gaps["credible"] & (gaps["measure"] == "planted")]
    most = sure.loc[sure["size"].idxmax()]
    assert (most["level"], most["gap"] > 0) == ("St Albans", True)
    assert (sure.loc[sure["level"] != "St Albans", "gap"] < 0).all()


def test_no_difference_is_seldom_called_credible(herts):
    responses, named = herts.responses(), 0
    for seed in range(25):
        rng = np.random.default_rng(seed)
        answers = compared.yes_no(pd.Series(rng.random(len(responses)) < 0.3, responses.index))
        found = district_shares(
            answers, responses["district"], herts.codebook, seed=seed, named=["yes"]
        )
        clear = found.rows["clear"]
        named += bool(clear.any() and found.test.p_value < 0.05)
    assert named <= 4


def test_a_district_whose_few_answers_would_show_is_hidden(herts):
    responses = herts.responses()
    here = (responses["district"] == "Watford").to_numpy()
    yes = np.random.default_rng(1).random(len(here)) < np.where(here, 0.0, 0.5)
    yes[np.flatnonzero(here)[:3]] = True
    more = {"planted": pd.Series(yes, index=responses.index)}
    found = profiles.compare_districts(herts, responses, seed=1, more=more)
    row = found.rows[(found.rows["measure"] == "planted") & (found.rows["level"] == "Watford")]
    assert row[["estimate", "conf_low", "gap", "gap_low"]].isna().all(axis=None)


def test_whether_a_gap_leaves_out_zero_is_decided_before_rounding():
    exact = pd.DataFrame({"gap": [0.07, 0.07], "gap_low": [0.004, -0.004], "gap_high": [0.2, 0.2]})
    own = {"level": ["a", "b"], "estimate": 0.5, "conf_low": 0.4, "conf_high": 0.6, "few": False}
    shown = with_gaps(pd.DataFrame(own), exact, 0.43)
    assert shown["gap_low"].tolist() == [0, -0.01]
    assert shown["clear"].tolist() == [True, False]


def test_districts_of_few_answers_have_the_gap_of_their_rounded_share(herts):
    responses = herts.responses()
    found = district_shares(
        responses["satisfaction"], responses["district"], herts.codebook,
        seed=1, named=top_answers(herts, "satisfaction"),
    )  # fmt: skip
    overall, found = round(found.overall, 2), found.rows
    few = found["few"].astype(bool)
    assert few.any()
    shown = found.loc[few, ["estimate", "conf_low", "conf_high"]].to_numpy(dtype=float)
    gaps = found.loc[few, ["gap", "gap_low", "gap_high"]].to_numpy(dtype=float)
    assert np.allclose(gaps, shown - overall)
    assert not found.loc[few, "clear"].any()
    assert found.loc[few, "size"].isna().all()


def test_a_survey_with_one_district_is_refused_in_words(herts):
    responses = herts.responses()
    responses["district"] = responses["district"].where(responses["district"] == "Watford")
    with pytest.raises(
        ValueError, match="no measure was answered by enough people of three districts"
    ):
        profiles.compare_districts(herts, responses, seed=1)


def test_the_workbook_has_the_same_bytes_twice_and_harmless_cells(herts, found, tmp_path):
    risky = found.rows.assign(measure=found.rows["measure"].astype("str").replace(
        {found.rows["measure"].iloc[0]: "=cmd()"}))  # fmt: skip
    one = spreadsheet.write_profiles(risky, herts, tmp_path / "one.xlsx").read_bytes()
    two = spreadsheet.write_profiles(risky, herts, tmp_path / "two.xlsx").read_bytes()
    assert one == two
    with zipfile.ZipFile(tmp_path / "one.xlsx") as book:
        strings = book.read("xl/sharedStrings.xml").decode()
        sheets = "".join(book.read(n).decode() for n in book.namelist() if "worksheets/" in n)
    assert "'=cmd()" in strings
    assert "<f>" not in sheets
    assert "Synthetic data" in strings

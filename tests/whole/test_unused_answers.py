"""Answers that nobody gave stay on the scale: whole notebooks on a copy of the default survey."""

import pandas as pd
import pytest
from notebook_cells import run_cells, set_apart

from analysis import paths, report, survey
from analysis.errors import SurveyError
from analysis.publish import plan
from analysis.report import findings

#: How many of how many people rate their contact good or very good.
SATISFIED = (402, 712)

SCALE = ["Very poor", "Poor", "Neither good nor poor", "Good", "Very good"]


def _run(folder, stem, role, turned):
    with pytest.MonkeyPatch.context() as patch:
        set_apart(patch, folder, role=role, turned=turned)
        shown, space = run_cells(stem)
        found = findings.read_findings(survey.load("herts_2023")).set_index("finding")
        files = (paths.FIGURES / "herts_2023").glob("*.csv")
        drawn = {path.stem: pd.read_csv(path) for path in files}
    return "\n".join(shown), space, found, drawn


@pytest.fixture(scope="module")
def no_very_good(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    return _run(folder, "04", "satisfaction", {"very_good": "good"})


def test_the_headline_counts_good_alone_where_nobody_answered_very_good(no_very_good):
    _, space, found, _ = no_very_good
    overall = space["overall"]
    assert (overall.n_yes, overall.n) == SATISFIED
    row = found.loc["satisfied"]
    numbers = [round(100 * row[name], 1) for name in ("estimate", "conf_low", "conf_high")]
    assert numbers == [56.5, 52.8, 60.1]
    assert "56% of 712 people rated their experience good or very good" in row["sentence"]


def test_table_and_figure_hold_the_same_people_and_keep_the_scale(no_very_good):
    shown, _, _, drawn = no_very_good
    assert "Good    56.5% 52.7% to 60.1%    402 712" in shown
    bars = drawn["04_answers"].set_index("level")
    assert bars.columns.tolist()[1:6] == SCALE
    assert bars.loc["Everybody", "Good"] == 402


def test_the_models_count_the_same_people(no_very_good):
    _, space, _, _ = no_very_good
    model, frame = space["model"], space["base"].frame
    margins = space["margins"].by_terms(model, space["made"].terms, answers=space["best"])
    assert margins.levels["n_top"].sum() == 402
    assert margins.reference[0, -1] == pytest.approx(model.predict(frame)["Good"].mean())
    assert space["verdict"].shares.overall == pytest.approx(402 / 712)
    assert space["top"].data.people.sum(axis=0).tolist() == [310, 402]


@pytest.mark.parametrize("turned", [{"neither": "poor"}, {"very_poor": "poor"}])
def test_a_middle_or_lowest_answer_nobody_gave_moves_no_headline(tmp_path, turned):
    _, space, found, drawn = _run(tmp_path, "04", "satisfaction", turned)
    assert (space["overall"].n_yes, space["overall"].n) == SATISFIED
    assert space["verdict"].shares.overall == pytest.approx(402 / 712)
    assert round(found.loc["satisfied", "estimate"], 3) == 0.565
    assert drawn["04_answers"].columns.tolist()[2:7] == SCALE


def test_shares_by_age_of_a_video_chat_count_likely_alone(tmp_path):
    _, space, found, _ = _run(tmp_path, "06", "video_use", {"very_likely": "likely"})
    overall, model = space["overall"], space["model"]
    assert (overall.n_yes, overall.n) == (307, 1047)
    frame = space["told"].frame
    ages = [each for each in frame["age"].cat.categories if (frame["age"] == each).any()]
    by_hand = [
        model.predict(frame.assign(age=pd.Categorical([each] * len(frame), ages)))["Likely"].mean()
        for each in ages
    ]
    ends = found.loc[["video_age_lowest", "video_age_highest"], "estimate"]
    assert ends.tolist() == [round(min(by_hand), 2), round(max(by_hand), 2)] == [0.19, 0.63]


def test_a_share_that_nobody_makes_up_leaves_the_notebook_out(tmp_path):
    turned = {"good": "neither", "very_good": "neither"}
    with pytest.raises(SurveyError, match="fewer than 10 people answered good or very good, or"):
        _run(tmp_path, "04", "satisfaction", turned)


def test_a_video_chat_that_nobody_would_use_leaves_its_comparisons_out(tmp_path):
    with pytest.MonkeyPatch.context() as patch:
        turned = {"likely": "neither", "very_likely": "neither"}
        set_apart(patch, tmp_path, role="video_use", turned=turned)
        left_out = plan.left_out("06_video_chat", survey.load("herts_2023"))
    assert "no two groups have enough people with each kind" in left_out["groups"]
    assert report.NOTEBOOK not in left_out

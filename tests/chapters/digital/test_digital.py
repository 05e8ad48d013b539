"""Who uses and prefers digital channels: people, gaps, what is hidden, and the planned truth."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis import paired, population, primary, report, survey
from analysis.chapters import digital
from analysis.chapters.digital import headlines, models, people, sentences, tables, titles
from analysis.chapters.digital.people import PREFERS, USED
from analysis.survey import bases


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def frame(herts):
    return people.answered_both(herts, herts.responses())


def _frame(**cells):
    """Return people by group: how many used and prefer, used only, prefer only, neither."""
    kinds = [(1.0, 1.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)]
    rows = [
        (group, *kind)
        for group, counts in cells.items()
        for kind, count in zip(kinds, counts, strict=True)
        for _ in range(count)
    ]
    frame = pd.DataFrame(rows, columns=["age", USED, PREFERS])
    return frame.assign(age=pd.Categorical(frame["age"], categories=list(cells)))


def test_digital_is_what_the_codebook_says(herts, frame):
    groups = herts.codebook.question("preferred").groups
    named = [label for label, group in groups.items() if group in herts.words.digital_groups]
    assert (frame[PREFERS] == frame["preferred"].isin(named)).all()
    assert (frame[USED] == frame["used_last"].isin(named)).all()


def test_everybody_is_the_base_of_03_and_groups_are_those_who_told(herts, frame):
    base, used, preferred = primary.compared(herts, herts.responses())
    assert frame.index.equals(base.frame.index)
    told = base.frame.dropna(subset=["age", "disability"])
    assert people.in_groups(frame).index.equals(told.index)
    assert 0 < len(told) < len(frame)
    shown = tables.every_gap(frame, herts.codebook)
    pair = [bases.grouped(herts, each) for each in (used, preferred)]
    three = paired.shifts(*pair).set_index("answer").loc["Digital"]
    first = shown.iloc[0]
    assert first["n"] == base.n
    assert first["share_used"] == pytest.approx(round(three["share_used"], 2))
    assert first["share_preferred"] == pytest.approx(round(three["share_preferred"], 2))
    for by in ("age", "disability"):
        assert shown.loc[shown["variable"] == by, "n"].sum() == len(told)
    assert f"the {len(frame)} people" in digital.gap_note(frame)
    assert f"the {len(told)} of them" in digital.gap_note(frame)


def test_few_who_did_not_tell_are_left_out_of_everybody_too(herts):
    responses = herts.responses()
    base, _, _ = primary.compared(herts, responses)
    silent = base.frame.index[base.frame[["age", "disability"]].isna().any(axis=1)]
    frame = people.answered_both(herts, responses.drop(index=silent[5:]))
    assert len(frame) == len(people.in_groups(frame)) == base.n - len(silent)


def test_without_digital_groups_there_is_nobody_to_look_at(herts):
    words = dataclasses.replace(herts.words, digital_groups=())
    codebook = dataclasses.replace(herts.codebook, words=words)
    plain = dataclasses.replace(herts, codebook=codebook)
    nobody = people.answered_both(plain, plain.responses())
    assert nobody.empty
    assert tables.every_gap(nobody, herts.codebook).empty
    assert sentences.answer_text(plain, {}, nobody, nobody, nobody) == ""


def test_gaps_of_groups_have_the_shares_of_paired_and_a_variance_that_is_pooled(frame):
    rows, frame = tables.gaps(frame, "age"), people.in_groups(frame)
    used, preferred = (frame[[name]].set_axis(["d"], axis=1) for name in (USED, PREFERS))
    exact = paired.shifts(used, preferred, by=frame["age"])
    assert np.allclose(rows["estimate"], exact["estimate"])
    assert np.allclose(rows["std_error"] ** 2 * rows["n"], (rows["std_error"] ** 2 * rows["n"])[0])
    moved = (frame[PREFERS] - frame[USED]).groupby(frame["age"], observed=True)
    pooled = (moved.var(ddof=1) * (moved.size() - 1)).sum() / (len(frame) - len(rows))
    assert rows["std_error"].iloc[0] ** 2 * rows["n"].iloc[0] == pytest.approx(pooled)


def test_who_moved_in_a_group_does_not_show_in_its_interval_or_p():
    few = _frame(a=(30, 1, 11, 60), b=(60, 20, 30, 60))
    more = _frame(a=(26, 5, 15, 56), b=(64, 16, 26, 64))
    columns = ["estimate", "simultaneous_low", "simultaneous_high", "p_value"]
    first, second = (tables.gaps(frame, "age")[columns] for frame in (few, more))
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.parametrize("moved", [0, 1])
def test_groups_in_which_nobody_or_everybody_moved_have_an_interval(moved):
    stay, go = 30 * (1 - moved), 30 * moved
    rows = tables.gaps(_frame(young=(0, 0, go, stay), old=(0, 0, go, stay)), "age")
    assert (rows["estimate"] == moved).all()
    assert (rows["simultaneous_high"] - rows["simultaneous_low"] > 0.03).all()
    assert ((rows["p_value"] < 0.05) == bool(moved)).all()


def test_groups_in_which_few_use_prefer_or_do_neither_are_hidden(herts):
    frame = _frame(a=(30, 20, 20, 30), b=(30, 20, 20, 5), c=(40, 20, 20, 30))
    shown = tables.shown_gaps(tables.gaps(frame, "age"), frame, herts.codebook)
    assert shown["estimate"].isna().tolist() == [True, True, False]
    assert shown["p_shown"].tolist()[:2] == ["[c]", "[c]"]


def test_weighted_shares_stand_beside(herts, frame):
    weighing = population.weigh(herts, herts.responses())
    shown = tables.every_gap(frame, herts.codebook, weighing)
    has = weighing.people(frame)
    without = [len(frame) - len(has)]
    for by in ("age", "disability"):
        without += (
            (frame[by].value_counts() - has[by].value_counts())
            .loc[frame[by].cat.categories]
            .tolist()
        )
    few = (np.array(without) > 0) & (np.array(without) < 10)
    assert 0 < few.sum() < len(few)
    assert (shown["weighted"][few] == "[c]").all()
    assert shown["weighted"].str.fullmatch(r"\d+%, \d+%").sum() >= (~few).sum() - 2
    assert list(dict.fromkeys(shown["variable"])) == ["everybody", "age", "disability"]


def test_the_tests_between_groups_are_one_family(frame):
    tests = models.gap_tests(frame)
    assert len(tests) == 6
    least = tests.loc[tests["p_value"].idxmin()]
    assert least["p_adjusted"] == pytest.approx(min(1, 6 * least["p_value"]))
    assert models.gap_tests(frame[[USED, PREFERS]]).empty


def test_users_who_would_rather_not_are_hidden_where_few(herts):
    away, back = models.elsewhere(_frame(a=(40, 20, 3, 40)), herts.codebook)
    assert (away.n_yes, away.n) == (20, 60)
    assert back is None


def test_what_was_not_on_offer_is_left_out_of_the_second_gap(herts, frame):
    rows = tables.with_and_without_absent(herts, frame)
    absent = frame["preferred"].isin(herts.not_offered).sum()
    assert rows["n"].iloc[0] - rows["n"].iloc[1] == absent > 0
    said = sentences.on_offer_sentence(rows, herts.not_offered)
    assert "was not on offer" in said
    assert not any(letter.isdigit() for letter in said.replace("holds 0", "").replace("out 0", ""))
    same = rows.iloc[[0, 0]]
    assert sentences.on_offer_sentence(same, herts.not_offered) == ""


def test_planned_ages_differ_in_use_and_preference_and_disability_in_neither(frame):
    tests = models.model_tests(frame).set_index(["outcome", "term"])["p_adjusted"]
    assert (tests.xs("age", level="term") < 0.001).all()
    assert (tests.xs("disability", level="term") > 0.05).all()


def test_the_model_of_two_answers_gives_the_share_of_everybody(herts, frame):
    _, wish, _ = models.side_by_side(frame, herts.codebook)
    fitted = models.fit_digital(frame, PREFERS, ["age", "disability"])
    assert fitted.answers == ("other", "digital")
    ages = wish[wish["variable"] == "age"]
    assert np.average(ages["estimate"], weights=ages["n"]) == pytest.approx(
        frame[PREFERS].mean(), abs=0.01
    )


def test_headlines_have_an_interval_around_them(herts, frame):
    shown = tables.every_gap(frame, herts.codebook)
    rows = headlines.headline_rows(herts, frame, shown, report.Parts({}))
    assert [row["finding"] for row in rows] == [
        "digital_gap",
        "digital_elsewhere",
        "digital_by_age",
    ]
    for row in rows:
        assert row["conf_low"] < row["estimate"] < row["conf_high"]
        assert row["n"] >= 10


def test_the_title_names_the_ends_where_preference_differs(herts, frame):
    shown = tables.every_gap(frame, herts.codebook)
    tests = models.gap_tests(frame)
    ends = shown[shown["variable"] == "age"].sort_values("share_preferred")["level"]
    title = titles.digital_title(shown, tests, herts.words)
    assert ends.iloc[0] in title
    assert ends.iloc[-1] in title
    none = titles.digital_title(shown, tests.assign(p_adjusted=1.0), herts.words)
    assert none.startswith("Everybody: ")


def test_what_is_left_out_makes_no_headline(herts, frame):
    shown = tables.every_gap(frame, herts.codebook)
    whole = report.Parts(dict.fromkeys(("digital", "digital_model"), "a reason"))
    assert headlines.headline_rows(herts, frame, shown, whole) == []
    assert tables.compared_people(herts, herts.responses(), whole).empty
    rows = headlines.headline_rows(herts, frame, shown, report.Parts({"digital_model": "why"}))
    assert [row["finding"] for row in rows] == ["digital_gap", "digital_elsewhere"]


def test_small_groups_have_no_number_of_people(herts):
    frame = _frame(a=(2, 1, 1, 2), b=(30, 20, 20, 30), c=(40, 20, 20, 30))
    shown = tables.shown_gaps(tables.gaps(frame, "age"), frame, herts.codebook)
    assert shown["n"].isna().tolist() == [True, True, False]

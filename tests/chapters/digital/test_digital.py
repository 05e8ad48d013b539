"""Who uses and prefers digital channels: people, gaps, what is hidden, and the planned truth."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis import paired, population, survey
from analysis.chapters.digital import gaps, headlines, people, sentences
from analysis.chapters.digital import models as digital_tables
from analysis.chapters.digital.people import PREFERS, USED


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def base(herts):
    return people.digital_base(herts, herts.responses())


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


def test_digital_is_what_the_codebook_says(herts, base):
    groups = herts.codebook.question("preferred").groups
    named = [label for label, group in groups.items() if group in herts.words.digital_groups]
    assert (base.frame[PREFERS] == base.frame["preferred"].isin(named)).all()
    assert (base.frame[USED] == base.frame["used_last"].isin(named)).all()


def test_without_digital_groups_there_is_nobody_to_look_at(herts):
    words = dataclasses.replace(herts.words, digital_groups=())
    codebook = dataclasses.replace(herts.codebook, words=words)
    plain = dataclasses.replace(herts, codebook=codebook)
    assert people.digital_base(plain, plain.responses()) is None


def test_gaps_of_groups_have_the_shares_of_paired_and_a_variance_that_is_pooled(base):
    rows = gaps.gaps(base.frame, "age")
    used, preferred = (base.frame[[name]].set_axis(["d"], axis=1) for name in (USED, PREFERS))
    exact = paired.shifts(used, preferred, by=base.frame["age"])
    assert np.allclose(rows["estimate"], exact["estimate"])
    assert np.allclose(rows["std_error"] ** 2 * rows["n"], (rows["std_error"] ** 2 * rows["n"])[0])
    moved = (base.frame[PREFERS] - base.frame[USED]).groupby(base.frame["age"], observed=True)
    pooled = (moved.var(ddof=1) * (moved.size() - 1)).sum() / (base.n - len(rows))
    assert rows["std_error"].iloc[0] ** 2 * rows["n"].iloc[0] == pytest.approx(pooled)


def test_who_moved_in_a_group_does_not_show_in_its_interval_or_p():
    few = _frame(a=(30, 1, 11, 60), b=(60, 20, 30, 60))
    more = _frame(a=(26, 5, 15, 56), b=(64, 16, 26, 64))
    columns = ["estimate", "simultaneous_low", "simultaneous_high", "p_value"]
    first, second = (gaps.gaps(frame, "age")[columns] for frame in (few, more))
    pd.testing.assert_frame_equal(first, second)


def test_groups_in_which_few_use_prefer_or_do_neither_are_hidden(herts):
    frame = _frame(a=(30, 20, 20, 30), b=(30, 20, 20, 5), c=(40, 20, 20, 30))
    shown = gaps.shown_gaps(gaps.gaps(frame, "age"), frame, herts.codebook)
    assert shown["estimate"].isna().tolist() == [True, True, False]
    assert shown["p_shown"].tolist()[:2] == ["[c]", "[c]"]


def test_weighted_shares_stand_beside(herts, base):
    weighing = population.weigh(herts, herts.responses())
    shown = gaps.every_gap(base.frame, herts.codebook, weighing)
    assert shown["weighted"].str.fullmatch(r"\d+%, \d+%").all()
    assert list(dict.fromkeys(shown["variable"])) == ["everybody", "age", "disability"]


def test_the_tests_between_groups_are_one_family(base):
    tests = digital_tables.gap_tests(base.frame)
    assert len(tests) == 6
    least = tests.loc[tests["p_value"].idxmin()]
    assert least["p_adjusted"] == pytest.approx(min(1, 6 * least["p_value"]))
    assert digital_tables.gap_tests(base.frame[[USED, PREFERS]]).empty


def test_users_who_would_rather_not_are_hidden_where_few(herts):
    away, back = digital_tables.elsewhere(_frame(a=(40, 20, 3, 40)), herts.codebook)
    assert (away.n_yes, away.n) == (20, 60)
    assert back is None


def test_what_was_not_on_offer_is_left_out_of_the_second_gap(herts, base):
    everybody, rest = gaps.on_offer(herts, base.frame)
    absent = base.frame["preferred"].isin(herts.not_offered).sum()
    assert everybody["n"] - rest["n"] == absent > 0
    said = sentences.on_offer_sentence(everybody, rest, herts.not_offered)
    assert "was not on offer" in said
    assert not any(letter.isdigit() for letter in said.replace("holds 0", "").replace("out 0", ""))
    assert sentences.on_offer_sentence(everybody, everybody, herts.not_offered) == ""


def test_planned_ages_differ_in_use_and_preference_and_disability_in_neither(base):
    tests = digital_tables.model_tests(base.frame).set_index(["outcome", "term"])["p_adjusted"]
    assert (tests.xs("age", level="term") < 0.001).all()
    assert (tests.xs("disability", level="term") > 0.05).all()


def test_the_model_of_two_answers_gives_the_share_of_everybody(herts, base):
    _, wish = digital_tables.use_and_preference(base.frame, herts.codebook)
    fitted = people.model(base.frame, PREFERS, ["age", "disability"])
    assert fitted.answers == ("other", "digital")
    ages = wish[wish["variable"] == "age"]
    assert np.average(ages["estimate"], weights=ages["n"]) == pytest.approx(
        base.frame[PREFERS].mean(), abs=0.01
    )


def test_headlines_have_an_interval_around_them(herts, base):
    shown = gaps.every_gap(base.frame, herts.codebook)
    away, _ = digital_tables.elsewhere(base.frame, herts.codebook)
    _, wish = digital_tables.use_and_preference(base.frame, herts.codebook)
    models = wish, digital_tables.model_tests(base.frame)
    rows = headlines.headline_rows(shown, away, models, herts.words)
    assert [row["finding"] for row in rows] == [
        "digital_gap",
        "digital_elsewhere",
        "digital_by_age",
    ]
    for row in rows:
        assert row["conf_low"] < row["estimate"] < row["conf_high"]
        assert row["n"] >= 10


def test_the_title_names_the_ends_where_preference_differs(herts, base):
    shown = gaps.every_gap(base.frame, herts.codebook)
    tests = digital_tables.gap_tests(base.frame)
    ends = shown[shown["variable"] == "age"].sort_values("share_preferred")["level"]
    title = sentences.digital_title(shown, tests, herts.words)
    assert ends.iloc[0] in title
    assert ends.iloc[-1] in title
    none = sentences.digital_title(shown, tests.assign(p_adjusted=1.0), herts.words)
    assert none.startswith("Everybody: ")

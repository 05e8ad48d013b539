"""The topline says what the notebooks say, and of everything else only what rounded counts tell."""

import re

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from analysis import paths
from analysis.population import weigh
from analysis.primary import pair
from analysis.privacy import is_hidden
from analysis.survey import bases
from analysis.tables import topline
from analysis.tables.asked import closed, hidden_answers

FINDINGS = paths.ROOT / "data" / "processed" / "herts_2023" / "findings.csv"


@pytest.fixture(scope="module")
def findings():
    return pd.read_csv(FINDINGS).set_index("finding")


def best_row(book, role: str) -> pd.Series:
    rows = book.topline[book.topline["question"] == role]
    return rows[rows["answer"].str.contains(" or ")].iloc[-1]


@pytest.mark.parametrize(
    ("finding", "role"),
    [
        ("satisfied", "satisfaction"),
        ("visibility_good", "visibility"),
        ("accessibility_good", "accessibility"),
        ("video_likely", "video_use"),
    ],
)
def test_headlines_are_those_of_the_findings(book, findings, finding, role):
    said, row = findings.loc[finding], best_row(book, role)
    assert row["n"] == said["n"]
    assert round(100 * row["estimate"]) == round(100 * said["estimate"])
    assert row["conf_low"] <= said["conf_low"] + 1e-9
    assert row["conf_high"] >= said["conf_high"] - 1e-9


def test_satisfaction_is_402_of_712(book, questions):
    asked = questions["satisfaction"]
    assert [asked.answers.isin(asked.best).sum(), len(asked.answers)] == [402, 712]
    assert best_row(book, "satisfaction")[["people", "n", "estimate"]].tolist() == [400, 712, 0.56]


RATED = r"population (\d+)%.*; ([\d,]+) people, effective n (\d+)"
VIDEO = r"2021: (\d+)% .*; (\d+) people with a weight, who count as (\d+)"


@pytest.mark.parametrize(
    ("finding", "role", "words"),
    [
        ("visibility_good", "visibility", RATED),
        ("accessibility_good", "accessibility", RATED),
        ("video_likely", "video_use", VIDEO),
    ],
)
def test_weighted_headlines_are_those_of_the_findings(book, findings, finding, role, words):
    said = re.search(words, findings.loc[finding, "sentence"])
    row = best_row(book, role)
    told = [round(100 * row["weighted"]), row["n_weighted"], row["effective_n"]]
    assert told == [int(each.replace(",", "")) for each in said.groups()]


def test_preferences_are_of_the_two_groups_of_people_that_notebook_03_compares(herts, responses):
    base, _, _ = pair.compared(herts, responses)
    everyone, _ = bases.with_not_asked(
        herts, responses, base, role="used_last", answered_role="preferred"
    )
    rows = closed(herts, responses)[0]
    preferred = next(each for each in rows if each.role == "preferred")
    assert preferred.answers.index.equals(everyone.index)
    # Few of those who were not asked what they used prefer these. Notebook 03 shows all others.
    assert hidden_answers(preferred, herts) == {"Social media", "Other"}


def test_other_shares_come_from_the_rounded_count(book):
    rows = book.topline[book.topline["question"] == "reason"]
    assert (rows["people"] % 10 == 0).all()
    shares = (rows["people"] / rows["n"]).round(2)
    assert rows["estimate"].tolist() == pytest.approx(shares.tolist())


def test_the_interval_of_a_rounded_count_holds_those_of_all_counts_behind_it(book, questions):
    rows = book.topline[book.topline["question"] == "reason"].set_index("answer")
    counts = questions["reason"].answers.value_counts()
    for answer, row in rows.iterrows():
        low, high = proportion_confint(counts[answer], row["n"], method="wilson")
        assert row["conf_low"] <= low < high <= row["conf_high"]


def test_no_shown_answer_rests_on_few_people(book, questions):
    for role, asked in questions.items():
        rows = book.topline[book.topline["question"] == role].set_index("answer")
        chosen = asked.answers if asked.several else pd.get_dummies(asked.answers)
        counts = chosen.sum().set_axis(asked.labels)
        shown = rows.loc[rows["estimate"].notna()].index.intersection(counts.index)
        assert (counts[shown] >= 10).all(), role
        assert (len(asked.answers) - counts[shown] >= 10).all(), role


def test_hidden_answers_have_no_number_at_all(book):
    hidden = book.topline[book.topline["estimate"].isna()]
    numbers = ["people", "estimate", "conf_low", "conf_high", "weighted", "weighted_low"]
    assert len(hidden) >= 3
    assert is_hidden(hidden[numbers]).all()


def test_the_effective_number_of_people_without_weights_is_their_number(herts, questions):
    rows = topline.answer_rows(questions["visibility"], herts, None)
    assert rows["effective_n"].tolist() == rows["n"].tolist()
    assert "weighted" not in rows


def test_a_scale_with_one_best_answer_has_no_row_for_it_alone(variant):
    three = ["Very poor", "Poor", "Good"]
    made = variant(replies=200, without=["connection"])
    rating = next(each for each in made.codebook.questions if each.role == "visibility")
    object.__setattr__(rating, "best", ("very_good",))
    asked = next(each for each in closed(made, made.responses())[0] if each.role == "visibility")
    rows = topline.answer_rows(asked, made, weigh(made, made.responses()))
    assert rows["answer"].tolist() == asked.labels
    assert set(three) <= set(asked.labels)

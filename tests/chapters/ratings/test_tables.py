"""Shares of everybody and of groups show no few people, with weights beside them or without."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import figures, population, privacy, proportions, survey
from analysis.chapters.ratings import people, tables
from analysis.privacy import is_hidden


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def responses(herts):
    return herts.responses()


@pytest.fixture(scope="module")
def good(responses):
    answers = responses["visibility"].dropna()
    return answers.isin(answers.cat.categories[-2:])


def test_shares_of_everybody_are_those_of_proportions(herts, responses, good):
    weighing = population.weigh(herts, responses)
    row = tables.overall_shares({"visibility": good}, weighing, herts.codebook).iloc[0]
    plain = proportions.share(good)
    mine = good[good.index.isin(weighing.weights.weights.index)]
    heavy = proportions.shares(mine, weights=weighing.weights).iloc[0]
    assert row["question"] == "Visibility"
    assert (row["estimate"], row["n"]) == (pytest.approx(round(plain.estimate, 2)), plain.n)
    assert row["conf_low"] <= plain.conf_low < row["conf_low"] + 0.01
    assert abs(row["weighted"] - heavy["estimate"]) <= 0.005
    assert row["weighted_low"] <= heavy["conf_low"]
    assert row["weighted_high"] >= heavy["conf_high"]
    assert row["n_weighted"] == len(mine) < row["n"]
    assert row["effective_n"] < row["n_weighted"]


@pytest.mark.parametrize("yes", [9, 31])
def test_a_share_that_few_people_are_or_are_not_in_is_hidden(herts, yes):
    few = pd.Series(np.arange(40) < yes)
    enough = pd.Series(np.arange(40) < 10)
    shown = tables.overall_shares({"few": few, "enough": enough}, None, herts.codebook)
    assert shown["estimate"].isna().tolist() == [True, False]
    assert shown["n"].tolist() == [40, 40]
    assert "n_yes" not in shown
    rows = tables.unweighted_and_weighted(shown)
    assert rows["group"].unique().tolist() == ["people who answered"]
    assert rows["effective_n"].tolist() == rows["n"].tolist()


def test_weighted_shares_stand_below_the_others_and_are_hidden_with_them(herts, responses, good):
    weighing = population.weigh(herts, responses)
    both = {"visibility": good, "none": pd.Series(False, index=good.index)}
    overall = tables.overall_shares(both, weighing, herts.codebook)
    rows = tables.unweighted_and_weighted(overall)
    assert rows["question"].tolist() == ["Visibility", "Visibility", "None", "None"]
    assert rows["estimate"].isna().tolist() == [False, False, True, True]
    assert is_hidden(overall[["weighted", "n_weighted"]]).tolist() == [[False] * 2, [True] * 2]
    assert rows["n"].tolist()[:2] == [len(good), overall["n_weighted"][0]]
    assert rows["effective_n"][1] == overall["effective_n"][0]


def test_pairs_of_answers_are_rounded_and_few_people_hidden(herts, responses):
    pair = responses[["visibility", "accessibility"]].dropna()
    exact = pd.crosstab(pair["visibility"], pair["accessibility"], dropna=False).to_numpy()
    table = tables.answer_pairs(pair, herts.codebook)
    cells = table.iloc[:, 2:]
    assert table.columns[:2].tolist() == ["visibility", "n"]
    assert (cells.fillna(0) % 10 == 0).all(axis=None)
    assert is_hidden(cells)[exact < 10].all()
    assert table["n"].tolist() == (np.floor(exact.sum(axis=1) / 10 + 0.5) * 10).tolist()


def test_figure_and_table_tell_the_same_share_of_each_answer(herts, responses):
    ratings = people.rated(herts, responses)
    bars = tables.answer_bars(ratings, herts.codebook)
    assert bars["level"].tolist() == ["Visibility of the police", "Accessibility of the police"]
    for row, each in zip(bars.itertuples(index=False), ratings.values(), strict=True):
        told = privacy.rounded_distribution(each.answers, herts.codebook)
        assert list(row[2:]) == told["estimate"].tolist()
    figure = figures.diverging(bars, title="t", subtitle="s", labelled=2, whole=1)
    written = [text.get_text() for text in figure.axes[0].texts if text.get_text().endswith("%")]
    expected = [f"{100 * share:.0f}%" for share in bars.iloc[:, 2:].to_numpy().ravel()]
    assert [each for each in expected if each in ("8%", "9%", "29%", "30%")] == [
        each for each in written if each in ("8%", "9%", "29%", "30%")
    ]
    assert set(written) <= set(expected)
    assert len(written) >= 8


def test_a_rating_on_another_scale_has_no_bar_beside_the_first(herts, responses):
    ratings = people.rated(herts, responses)
    other = ratings["accessibility"].answers.cat.rename_categories({"Good": "Fine"})
    ratings["accessibility"] = replace(ratings["accessibility"], answers=other)
    assert tables.answer_bars(ratings, herts.codebook)["level"].tolist() == [
        "Visibility of the police"
    ]


def test_many_people_are_not_hidden_beside_few_where_totals_are_told_rounded(herts):
    counts = [[1650, 430, 1, 2], [900, 2900, 1218, 30], [40, 600, 0, 18], [12, 80, 1, 15]]
    scale = pd.CategoricalDtype([*"abcd"], ordered=True)
    at = np.repeat(np.arange(16), np.ravel(counts))
    pair = pd.DataFrame(
        {name: pd.Categorical.from_codes(code, dtype=scale) for name, code in
         (("one", at // 4), ("two", at % 4))}
    )  # fmt: skip
    shown = tables.answer_pairs(pair, herts.codebook).set_index("one")
    assert shown.loc["b", "c"] == 1220
    assert shown["c"].drop("b").isna().all()

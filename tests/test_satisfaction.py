"""What is shown of satisfaction: rounded and hidden as far as small counts need it."""

import numpy as np
import pandas as pd
import pytest

from analysis import assumptions, margins, ordinal, ratings, satisfaction_tables, survey
from analysis import satisfaction_sentences as say
from analysis.report import HIDDEN

ANSWERS = ["bad", "fair", "good", "best"]


@pytest.fixture(scope="module")
def codebook():
    return survey.load("herts_2023").codebook


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(2)
    channel = pd.Categorical(np.repeat(["phone", "web", "desk", "post"], [300, 120, 40, 17]),
                             ["phone", "web", "desk", "post"])  # fmt: skip
    place = pd.Categorical(rng.choice([*"pqrs"], len(channel)))
    latent = rng.logistic(size=len(channel)) + np.array([0, -0.3, 0.5, 0.9])[channel.codes]
    answer = np.searchsorted([-1.5, 0.0, 1.5], latent)
    rating = pd.Categorical.from_codes(answer, ANSWERS, ordered=True)
    return pd.DataFrame({"rating": rating, "channel": channel, "place": place})


@pytest.fixture(scope="module")
def found(people):
    return margins.shares(ordinal.fit("rating ~ channel + place", people), "channel")


def test_shares_are_in_whole_percent_and_in_fives_where_few_answered_one_way(found, codebook):
    exact = found.frame()
    shown = satisfaction_tables.shown_shares(
        exact, codebook, differences=margins.differences(found)
    ).set_index("level")
    few = (exact["n_top"] < 10) | (exact["n"] - exact["n_top"] < 10)
    assert few.tolist() == [False, False, False, True]
    assert shown["few"].tolist() == few.tolist()
    for level, row in shown.iterrows():
        step = 0.05 if row["few"] else 0.01
        for column in ("estimate", "conf_low", "conf_high"):
            assert row[column] / step == pytest.approx(round(row[column] / step), abs=1e-6)
        real = exact.set_index("level").loc[level]
        assert abs(row["estimate"] - real["estimate"]) <= step / 2 + 1e-9
        if row["few"]:
            assert row["conf_low"] <= real["conf_low"]
            assert row["conf_high"] >= real["conf_high"]
    assert np.isnan(shown.loc["post", "raw_share"])
    assert shown.loc["post", "p_shown"] in ("< 0.001", "< 0.01", "< 0.05", "0.05 or more")
    assert shown["raw_share"].isna().sum() == 2  # a second one, or the first could be subtracted


def test_a_category_below_the_threshold_has_no_number_at_all(people, codebook):
    small = people[
        (people["channel"] != "post") | (people.groupby("channel", observed=True).cumcount() < 8)
    ]
    found = margins.shares(ordinal.fit("rating ~ channel", small), "channel")
    shown = satisfaction_tables.shown_shares(
        found.frame(), codebook, differences=margins.differences(found)
    ).set_index("level")
    numbers = shown.loc["post", ["n", "estimate", "conf_low", "conf_high", "raw_share"]]
    assert numbers.isna().all()
    assert (shown.loc["post", ["difference", "p_shown"]] == HIDDEN).all()


def test_groups_drawn_together_are_hidden_where_their_few_answers_are_their_own(codebook):
    groups = pd.DataFrame(
        {
            "level": [*"abc"], "estimate": [0.512, 0.487, 0.701], "std_error": 0.05,
            "conf_low": [0.4, 0.3, 0.5], "conf_high": [0.6, 0.6, 0.8], "n": [200, 30, 25],
            "n_top": [100, 15, 19], "raw_share": [0.5, 0.5, 0.76], "weight": [0.9, 0.4, 0.6],
            "chance_lowest": [0.5, 0.5, 0.003],
        }
    )  # fmt: skip
    shown = satisfaction_tables.shown_shares(groups, codebook)
    assert shown["estimate"].tolist()[:2] == [0.51, 0.49]
    assert np.isnan(shown["estimate"][2])
    assert np.isnan(shown["chance_lowest"][2])


def test_answers_by_group_are_rounded_and_small_ones_hidden(people, codebook):
    shown = satisfaction_tables.shown_answers(people["channel"], people["rating"], codebook)
    exact = satisfaction_tables.answer_counts(people["channel"], people["rating"])
    assert shown["n"].tolist() == exact.sum(axis=1).tolist()
    cells = shown.set_index("level")[ANSWERS]
    numbers = cells.to_numpy(dtype=float)
    assert (numbers[~np.isnan(numbers)] % 10 == 0).all()
    assert cells[exact < 10].isna().all().all()
    several = pd.get_dummies(people["channel"])
    assert satisfaction_tables.answer_counts(several, people["rating"]).equals(exact)


def test_odds_ratios_have_two_digits_and_are_hidden_where_told(people):
    fitted = ordinal.fit("rating ~ channel + place", people)
    rows = satisfaction_tables.shown_odds(fitted, ["channel"], {"web": "Website"}, ["post"])
    assert rows["level"].tolist() == ["Website", "desk", "post"]
    assert rows["n"].tolist() == [120, 40, 17]
    assert rows.loc[2, "odds_ratio"] == rows.loc[2, "interval"] == HIDDEN
    value = float(np.exp(fitted.coefficients["estimate"][0]))
    assert rows.loc[0, "odds_ratio"] == f"{value:.2g}"


def test_with_and_without_gives_a_row_a_model(people):
    got = people.assign(got=(people["channel"] == "web") * 1.0)
    found = margins.indicators(ordinal.fit("rating ~ got", got), ["got"])
    row = satisfaction_tables.with_and_without({"plain": found}, got["got"]).iloc[0]
    assert row["estimate"] == pytest.approx(row["share_yes"] - row["share_no"], abs=0.011)
    assert (row["n"], row["n_yes"]) == (len(people), 120)


def test_the_assumption_table_has_dashes_for_what_brant_left_out(people):
    apart = people[(people["channel"] != "post") | (people["rating"] != "bad")]
    fitted = ordinal.fit("rating ~ channel + place", apart)
    brant, freed = assumptions.brant(fitted), assumptions.freed_terms(fitted)
    two = brant.table[brant.table["term"] != "place"]
    table = satisfaction_tables.assumption_table(two, freed, {"channel": "way"}).set_index("term")
    assert table.index.tolist() == ["All terms", "Way", "Place"]
    assert table.loc["Place", ["brant", "p_brant"]].tolist() == ["-", "-"]
    assert table.loc["All terms", "freed"] == "-"


def test_moved_says_how_far_two_models_are_apart():
    first = pd.DataFrame({"level": [*"abo"], "estimate": [0.5, 0.6, 0.1]})
    second = pd.DataFrame({"level": [*"abo"], "estimate": [0.53, 0.6, 0.2]})
    assert satisfaction_tables.moved(first, second, "o") == (pytest.approx(0.1), True)
    turned = second.assign(estimate=[0.7, 0.6, 0.1])
    assert satisfaction_tables.moved(first, turned, "o")[1] is False


def test_sentences_do_not_claim_more_than_the_tests():
    spread = pd.Series({"estimate": 0.1, "conf_low": 0.0, "conf_high": 0.4})
    assert say.spread_sentence("Satisfaction", "districts", 0.3, spread).startswith("These data do")
    test = ordinal.ModelTest(kind="score", statistic=9.0, df=2, p_value=0.01, n=100)
    assert say.interaction_sentence(test, 0.01, "channels", "districts").startswith("How channels")
    table = pd.DataFrame({"p_adjusted": [0.001, 0.4]})
    text = say.assumption_sentence(table, "districts", 0.06, same_ends=False)
    assert text.startswith("A test speaks against")
    assert "do not rest on which it is" in text
    nobody = pd.DataFrame({"level": ["a"], "chance_lowest": [0.2]})
    assert say.lowest_sentence(nobody, 3).startswith("For none of them")


# ---- Figures ------------------------------------------------------------------------------------


def _widths(figure):
    bars = [patch for patch in figure.axes[0].patches if patch.get_width() > 0]
    rows = {}
    for bar in bars:
        if bar.get_height() == pytest.approx(0.72):
            rows.setdefault(round(bar.get_y() + 0.36), []).append(bar)
    return rows


@pytest.mark.parametrize("answers", [["w", "x", "y", "z"], ["v", "w", "x", "y", "z"]])
def test_diverging_bars_survive_answers_that_nobody_gave_and_hidden_ones(answers):
    counts = [40.0, 0.0, 60.0, np.nan, 30.0][: len(answers)]
    table = pd.DataFrame([["all", 150, *counts], ["none of the worst", 110, 0.0, *counts[1:]]],
                         columns=["level", "n", *answers])  # fmt: skip
    figure = ratings.diverging(table, title="t", subtitle="s")
    for bars in _widths(figure).values():
        assert sum(bar.get_width() for bar in bars) == pytest.approx(1.0)
    hatched = [p for p in figure.axes[0].patches if p.get_hatch() and p.get_width() > 0]
    assert len(hatched) == 2


def test_bars_of_five_answers_are_centred_on_the_middle_one():
    table = pd.DataFrame([["all", 100, 10, 20, 40, 20, 10]], columns=["level", "n", *"abcde"])
    bars = _widths(ratings.diverging(table, title="t", subtitle="s"))[0]
    assert bars[2].get_x() == pytest.approx(-0.2)
    assert bars[0].get_x() == pytest.approx(-0.5)


def test_the_limits_of_the_funnel_hold_the_share_of_groups_that_they_say():
    rng = np.random.default_rng(1)
    n = rng.integers(30, 200, 4000)
    groups = pd.DataFrame({"level": "g", "raw_share": rng.binomial(n, 0.56) / n, "n": n})
    assert len(ratings.outside_limits(groups, 0.56)) / 4000 == pytest.approx(0.05, abs=0.012)


def test_a_funnel_names_every_group_that_may_be_shown():
    groups = pd.DataFrame(
        {"level": ["here", "there", "hidden"], "raw_share": [0.5, 0.6, np.nan], "n": [40, 90, 20]}
    )
    figure = ratings.funnel(groups, title="t", subtitle="s", overall=0.55, overall_label="All")
    words = [text.get_text() for text in figure.axes[0].texts]
    assert "here" in words
    assert "hidden" not in words

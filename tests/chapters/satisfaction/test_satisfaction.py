"""What is shown of satisfaction: rounded and hidden as far as small counts need it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import assumptions, figures, margins, ordinal, primary, privacy, report, survey
from analysis.chapters.satisfaction import boundaries, models, tables
from analysis.primary.designs import Design
from analysis.privacy import HIDDEN
from analysis.survey.bases import Base
from analysis.survey.exclusions import Ledger

ANSWERS = ["bad", "fair", "good", "best"]


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def codebook(herts):
    return herts.codebook


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
    fitted = ordinal.fit("rating ~ channel + place", people)
    return margins.predicted_shares(fitted, "channel", answers=ANSWERS[-2:])


def test_shares_are_in_whole_percent_and_in_fives_where_few_answered_one_way(found, codebook):
    exact = found.frame()
    shown = privacy.shown_predictions(
        exact, codebook, differences=margins.differences(found)
    ).set_index("level")
    assert ((exact["n_top"] < 10) | (exact["n"] - exact["n_top"] < 10)).tolist() == [0, 0, 0, 1]
    # Another unadjusted share is hidden, or the total would give the first away: it is in fives
    # too, so that the form does not tell which is small.
    assert shown["few"].tolist() == [False, False, True, True]
    assert shown["raw_share"].isna().tolist() == shown["few"].tolist()
    tiny = shown["few"] & (exact.set_index("level")["n"] < 100)
    assert shown.loc[tiny, ["estimate", "conf_low", "conf_high"]].isna().all(axis=None)
    for level, row in shown[~tiny].iterrows():
        step = 0.05 if row["few"] else 0.01
        for column in ("estimate", "conf_low", "conf_high"):
            assert row[column] / step == pytest.approx(round(row[column] / step), abs=1e-6)
        real = exact.set_index("level").loc[level]
        assert abs(row["estimate"] - real["estimate"]) <= step / 2 + 1e-9
        if row["few"]:
            assert row["conf_low"] <= real["conf_low"]
            assert row["conf_high"] >= real["conf_high"]
            assert row["difference"] == HIDDEN
            assert row["p_shown"] in ("< 0.001", "< 0.01", "< 0.05", "0.05 or more")
    named = tables.named_rows(shown.reset_index(), aside="web")
    assert named["level"].tolist() == ["phone"]  # "web" stands aside


def test_a_category_below_the_threshold_has_no_number_at_all(people, codebook):
    small = people[
        (people["channel"] != "post") | (people.groupby("channel", observed=True).cumcount() < 8)
    ]
    fitted = ordinal.fit("rating ~ channel", small)
    found = margins.predicted_shares(fitted, "channel", answers=ANSWERS[-2:])
    shown = privacy.shown_predictions(
        found.frame(), codebook, differences=margins.differences(found)
    ).set_index("level")
    numbers = shown.loc["post", ["n", "estimate", "conf_low", "conf_high", "raw_share"]]
    assert numbers.isna().all()
    assert (shown.loc["post", ["difference", "p_shown"]] == HIDDEN).all()


def test_groups_drawn_together_are_hidden_where_their_few_answers_are_their_own(codebook):
    groups = pd.DataFrame(
        {
            "level": [*"abcde"], "estimate": [0.512, 0.487, 0.701, 0.533, 0.52], "std_error": 0.05,
            "conf_low": 0.4, "conf_high": 0.8, "n": [200, 30, 25, 90, 80],
            "n_top": [100, 15, 19, 50, 40], "raw_share": [0.5, 0.5, 0.76, 0.56, 0.5],
            "weight": [0.9, 0.4, 0.6, 0.8, 0.8], "chance_lowest": [0.5, 0.5, 0.003, 0.5, 0.5],
            "chance_highest": 0.2,
        }
    )  # fmt: skip
    shown = privacy.shown_predictions(groups, codebook)
    assert shown["estimate"].tolist()[:2] == [0.51, 0.5]
    assert shown["few"].tolist() == [False, True, True, False, False]
    assert np.isnan(shown["estimate"][2])
    assert shown.loc[2, ["chance_lowest", "chance_highest"]].isna().all()


def test_answers_by_group_are_rounded_and_small_ones_hidden(people, codebook):
    shown = privacy.shown_answers(people["channel"], people["rating"], codebook)
    exact = privacy.answer_counts(people["channel"], people["rating"])
    assert shown["n"].tolist() == exact.sum(axis=1).tolist()
    cells = shown.set_index("level")[ANSWERS]
    numbers = cells.to_numpy(dtype=float)
    assert (numbers[~np.isnan(numbers)] % 10 == 0).all()
    assert cells[exact < 10].isna().all().all()
    several = pd.get_dummies(people["channel"])
    assert privacy.answer_counts(several, people["rating"]).equals(exact)


def test_odds_ratios_have_two_digits_and_are_hidden_where_told(people):
    fitted = ordinal.fit("rating ~ channel + place", people)
    shown = pd.DataFrame(
        {"level": ["Website", "desk", "post"], "estimate": 0.5, "few": [False, False, True],
         "n": [120, None, 17], "n_low": None, "n_high": None}
    )  # fmt: skip
    rows = tables.shown_odds(fitted, ["channel"], {"web": "Website"}, shown)
    assert rows["level"].tolist() == ["Website", "desk", "post"]
    assert rows["n"].isna().tolist() == [False, True, False]
    assert rows["n"].tolist()[::2] == [120, 17]
    assert rows.loc[2, "odds_ratio"] == rows.loc[2, "interval"] == HIDDEN
    value = float(np.exp(fitted.coefficients["estimate"][0]))
    assert rows.loc[0, "odds_ratio"] == f"{value:.2g}"


def test_with_and_without_gives_a_row_a_model(people):
    got = people.assign(got=(people["channel"] == "web") * 1.0)
    found = margins.indicators(ordinal.fit("rating ~ got", got), ["got"], answers=ANSWERS[-2:])
    row = report.with_and_without({"plain": found}, got["got"]).iloc[0]
    assert row["estimate"] == pytest.approx(row["share_yes"] - row["share_no"], abs=0.011)
    assert (row["n"], row["n_yes"]) == (len(people), 120)


def test_who_is_left_out_of_brants_test_depends_on_sizes_alone(herts):
    """Whether the small group gave all kinds of answer changes neither note nor n."""
    question = herts.codebook.question("preferred")
    labels = [label for label in question.groups if label in herts.codebook.question("used").groups]
    groups = {label: question.groups[label] for label in labels}
    kinds = list(dict.fromkeys(groups.values()))
    one = [next(each for each in labels if groups[each] == kind) for kind in kinds]
    rng = np.random.default_rng(1)
    used = pd.Series(pd.Categorical(np.repeat(one[:3], [200, 120, 20]), labels))
    answer = rng.integers(0, 4, 340)
    found = []
    for best in (3, 2):
        codes = np.where(np.arange(340) >= 320, np.minimum(answer, best), answer)
        rating = pd.Categorical.from_codes(codes, ANSWERS, ordered=True)
        frame = pd.DataFrame({"satisfaction": rating})
        brant = boundaries.group_brant(herts, frame, used)
        found.append((brant, tables.shown_cuts(herts, frame, used, brant)))
    assert [brant.test.n for brant, _ in found] == [320, 320]
    assert str(found[0][0].test) == str(found[1][0].test)
    assert found[0][0].against == kinds[0]
    assert set(found[0][1]["group"]) == {kinds[1]}


def test_nothing_is_tested_where_no_two_groups_are_large(herts):
    labels = list(herts.codebook.question("used").groups)
    used = pd.Series(pd.Categorical(np.repeat(labels[:1], 60), labels))
    rating = pd.Categorical.from_codes(np.arange(60) % 4, ANSWERS, ordered=True)
    frame = pd.DataFrame({"satisfaction": rating})
    brant = boundaries.group_brant(herts, frame, used)
    assert brant.test is None
    assert tables.shown_cuts(herts, frame, used, brant).empty


def test_the_table_of_terms_does_not_tell_which_model_could_be_fitted(people):
    apart = people[(people["channel"] != "post") | (people["rating"] != "bad")]
    freed = assumptions.freed_terms(ordinal.fit("rating ~ channel + place", apart))
    assert freed["reason"].ne("").any()
    table = report.term_table(freed, {"channel": "Way"})
    assert "likelihood_ratio" not in table
    assert table["term"].tolist() == ["Way", "place"]
    assert table.notna().all().all()


def test_the_furthest_share_and_those_outside_their_interval_are_found():
    first = pd.DataFrame({"level": [*"abo"], "estimate": [0.5, 0.6, np.nan]})
    first = first.assign(conf_low=[0.48, 0.5, np.nan], conf_high=[0.52, 0.7, np.nan])
    found = report.furthest(first, first.assign(estimate=[0.55, 0.62, np.nan]))
    assert (found["level"], found["outside"]) == ("a", 1)
    assert found["apart"] == pytest.approx(0.05)


def design_for(people: pd.DataFrame, terms: list[str], *left_out: str) -> Design:
    rest = ["district"] * ("together" not in left_out)
    return Design(
        base=Base(frame=people, ledger=Ledger(rows_in=len(people))),
        people=people,
        terms=terms,
        formula=f"satisfaction ~ {' + '.join([*terms, *rest]) or '1'}",
        left_out=dict.fromkeys(left_out, "made up"),
    )


def test_a_model_of_the_top_answers_that_has_no_estimates_is_none(people):
    named = people.rename(columns={"rating": "satisfaction", "place": "district"})
    made = design_for(named, ["channel"])
    top, test = models.top_alone(made, ordinal.fit(made.formula, named), answers=ANSWERS[-2:])
    shares = margins.by_terms(top, ["channel"], answers=[margins.NAMED]).frame()
    assert (len(shares), test.df) == (4, 3)
    apart = named[(named["channel"] != "post") | named["satisfaction"].isin(["good", "best"])]
    made = design_for(apart, ["channel"])
    model = ordinal.fit(made.formula, apart)
    assert models.top_alone(made, model, answers=ANSWERS[-2:]) == (None, None)


def test_the_test_without_other_leaves_its_people_out(herts):
    other, role = herts.other_channel, herts.used_role
    labels = [each for each in herts.codebook.question(role).labels.values() if each != other][:3]
    rng = np.random.default_rng(1)
    answer = rng.integers(0, 4, 300)
    frame = pd.DataFrame(
        {
            role: pd.Categorical(rng.choice([*labels, other], 300), [*labels, other]),
            "district": pd.Categorical(rng.choice([*"pq"], 300)),
            "satisfaction": pd.Categorical.from_codes(answer, ANSWERS, ordered=True),
        }
    )
    found = models.without_other(herts, design_for(frame, [role]))
    assert found.n == (frame[role] != other).sum()
    assert found.df == 2
    rest = design_for(frame[frame[role] != other], [role])
    assert models.without_other(herts, rest) is None


def test_the_spread_with_weights_is_that_of_the_people_with_a_weight(herts):
    responses = herts.responses()
    plan = primary.primary(herts, responses)
    found = models.spread_with_weights(herts, responses, plan)
    people = models.weighted_people(herts, responses, plan.made.people)
    fitted = ordinal.fit(plan.made.without_districts, people, weights="weight", random="district")
    assert found.spread["estimate"] == fitted.random.sd
    assert found.spread["conf_low"] < found.spread["estimate"] < found.spread["conf_high"]
    assert (found.n, found.n + found.without) == (len(people), len(plan.made.people))
    assert (
        found.plain == ordinal.fit(plan.made.without_districts, people, random="district").random.sd
    )


def test_the_spread_with_weights_is_left_out_where_weights_would_tell_of_few(herts, monkeypatch):
    responses = herts.responses()
    plan = primary.primary(herts, responses)
    heavy = models.weighted_people(herts, responses, plan.made.people)
    all_but_nine = plan.made.people.iloc[9:].assign(weight=1.0)
    four = heavy[heavy["district"].isin(heavy["district"].unique()[:4])]
    for people in (heavy.head(9), all_but_nine, heavy.head(0), four):
        monkeypatch.setattr(models, "weighted_people", lambda *_, people=people: people)
        assert models.spread_with_weights(herts, responses, plan) is None
    none = replace(plan, spread=None)
    assert models.spread_with_weights(herts, responses, none) is None


def test_channels_and_districts_that_are_not_in_one_model_are_not_crossed(people):
    named = people.rename(columns={"rating": "satisfaction", "place": "district"})
    made = design_for(named, ["channel"])
    model = ordinal.fit(made.formula, named)
    assert models.crossed_test(made, model, rng=np.random.default_rng(1)).df == 9
    apart = design_for(named, ["channel"], "together")
    assert models.crossed_test(apart, model, rng=np.random.default_rng(1)) is None


def test_a_model_that_is_not_there_has_no_rows(herts):
    shown = pd.DataFrame({"level": ["a"], "estimate": [0.5], "conf_low": 0.4, "conf_high": 0.6})
    none = tables.shown_model(herts, None, ["channel"], answers=ANSWERS[-2:])
    assert tables.beside(shown, none).empty


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
    figure = figures.diverging(table, title="t", subtitle="s")
    for bars in _widths(figure).values():
        assert sum(bar.get_width() for bar in bars) == pytest.approx(1.0)
    hatched = [p for p in figure.axes[0].patches if p.get_hatch() and p.get_width() > 0]
    assert len(hatched) == 2
    written = [text.get_text() for text in figure.axes[0].texts]
    assert written
    assert all(text.endswith("%") for text in written)
    assert len(written) <= len(answers)  # of the first row alone: the others are rounded


def test_neighbouring_hidden_answers_are_one_block_and_hidden_rows_are_left_out():
    table = pd.DataFrame(
        [["all", 100, 20, 30, 50], ["some", 60, np.nan, np.nan, 40], ["few", 12, *[np.nan] * 3]],
        columns=["level", "n", *"abc"],
    )
    figure = figures.diverging(table, title="t", subtitle="s")
    rows = _widths(figure)
    assert sorted(rows) == [0, 1]
    assert [bar.get_width() for bar in rows[1] if bar.get_hatch()] == [pytest.approx(1 / 3)]


def test_a_funnel_without_any_share_is_not_drawn():
    groups = pd.DataFrame({"level": ["a"], "raw_share": [np.nan], "n": [30]})
    how = {"title": "t", "subtitle": "s", "overall": 0.5, "overall_label": "All"}
    assert figures.funnel(groups, **how) is None


@pytest.mark.parametrize(
    ("counts", "lowest"),
    [([30, 30, 0, 30, 10], -0.6), ([10, 20, 40, 30, 0], -0.5), ([0, 40, 20, 30, 10], -0.5)],
)
def test_bars_stay_centred_on_the_scale_where_nobody_gave_an_answer(counts, lowest):
    table = pd.DataFrame([["all", 100, *counts]], columns=["level", "n", *"abcde"])
    bars = _widths(figures.diverging(table, title="t", subtitle="s"))[0]
    ends = [bar.get_x() for bar in bars] + [bar.get_x() + bar.get_width() for bar in bars]
    assert (min(ends), max(ends)) == pytest.approx((lowest, 1 + lowest))


def test_bars_of_five_answers_are_centred_on_the_middle_one():
    table = pd.DataFrame([["all", 100, 10, 20, 40, 20, 10]], columns=["level", "n", *"abcde"])
    bars = _widths(figures.diverging(table, title="t", subtitle="s"))[0]
    assert bars[2].get_x() == pytest.approx(-0.2)
    assert bars[0].get_x() == pytest.approx(-0.5)


def test_the_limits_of_the_funnel_hold_the_share_of_groups_that_they_say():
    rng = np.random.default_rng(1)
    n = rng.integers(30, 200, 4000)
    groups = pd.DataFrame({"level": "g", "raw_share": rng.binomial(n, 0.56) / n, "n": n})
    assert len(figures.outside_limits(groups, 0.56)) / 4000 == pytest.approx(0.05, abs=0.012)


def test_a_funnel_names_every_group_that_may_be_shown():
    groups = pd.DataFrame(
        {"level": ["here", "there", "hidden"], "raw_share": [0.5, 0.6, np.nan], "n": [40, 90, 20]}
    )
    figure = figures.funnel(groups, title="t", subtitle="s", overall=0.55, overall_label="All")
    words = [text.get_text() for text in figure.axes[0].texts]
    assert "here" in words
    assert "hidden" not in words

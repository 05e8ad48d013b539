"""Headlines by how readily people answered: counted by hand, told safely, on other surveys."""

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest

from analysis import cleaning, ordinal, paired, primary, survey
from analysis.chapters.preferred_vs_used import tables as shift_tables
from analysis.chapters.robustness import (
    selection,
    selection_benchmark,
    selection_factors,
    selection_sentences,
    selection_tables,
    selection_titles,
)
from analysis.primary import got
from analysis.sensitivity import Shifted, e_value
from analysis.specifications import stored
from analysis.survey import bases, measures

HERTS = survey.load("herts_2023")
COLUMNS = {
    "headline", "told", "told_interval", "tipping", "crossing", "noise", "e_value", "bounds", "n",
}  # fmt: skip


@pytest.fixture(scope="module")
def found():
    return selection.gather(HERTS, HERTS.responses())


@pytest.fixture(scope="module")
def by_key(found):
    return {each.key: each for each in found.headlines}


@pytest.fixture(scope="module")
def known():
    return selection_benchmark.strongest(HERTS, HERTS.responses())


def _published():
    return pd.read_csv(HERTS.processed / "findings.csv").set_index("finding")


def test_the_headlines_are_those_of_the_other_notebooks(by_key):
    """findings.csv, which the notebooks wrote, holds the same estimates and intervals."""
    rows = _published()
    assert set(by_key) == {
        "largest_shift", "satisfied", "got_preferred", "visibility_good", "accessibility_good",
        "video_likely", "digital_gap",
    }  # fmt: skip
    for key, each in by_key.items():
        row, plain = rows.loc[key], each.plain
        assert each.n == row["n"], key
        assert round(plain.estimate, 2) == pytest.approx(round(row["estimate"], 2), abs=1e-9), key
        # shares start from whole percent, outwards; notebook 06 shows the gap so
        assert plain.conf_low == pytest.approx(row["conf_low"], abs=0.0101), key
        assert plain.conf_high == pytest.approx(row["conf_high"], abs=0.0101), key


def test_the_largest_shift_is_that_of_notebook_03(by_key):
    base, used, preferred = primary.compared(HERTS, HERTS.responses())
    pair = (used, preferred), [bases.grouped(HERTS, each) for each in (used, preferred)]
    visible = shift_tables.visible_shifts(HERTS, *(paired.shifts(*each) for each in pair))
    row = shift_tables.largest_shift(HERTS, *visible).iloc[0]
    plain = by_key["largest_shift"].plain
    assert row["channel"].lower() in by_key["largest_shift"].name.lower()
    assert plain.estimate == pytest.approx(row["estimate"])
    assert (plain.conf_low, plain.conf_high) == pytest.approx(
        (row["conf_low"], row["conf_high"]), abs=1e-9
    )
    assert base.n == by_key["largest_shift"].n
    name = row["channel"]
    only = (
        ((preferred == name) & (used != name)).sum(),
        ((used == name) & (preferred != name)).sum(),
    )
    assert by_key["largest_shift"].tipping.estimate == pytest.approx(only[0] / only[1])


def test_weighted_headlines_are_those_of_the_other_notebooks(by_key):
    rows = _published()
    for key, each in by_key.items():
        row = rows.loc[key]
        plain = each.heavy(1.0)
        for name, value in (
            ("weighted", plain.estimate),
            ("weighted_low", plain.conf_low),
            ("weighted_high", plain.conf_high),
        ):
            assert value == pytest.approx(row[name], abs=0.0101), (key, name)
        assert each.weighted.n == row["n_weighted"]
        assert each.weighted.effective_n <= each.weighted.n


def test_the_association_tips_at_the_odds_ratio_of_its_adjusted_shares(by_key):
    plan = primary.primary(HERTS, HERTS.responses())
    row = plan.got.iloc[-1]
    plain = by_key["got_preferred"].plain
    shown = round(plain.estimate, 2), np.floor(plain.conf_low * 100), np.ceil(plain.conf_high * 100)
    assert shown == (row["estimate"], 100 * row["conf_low"], pytest.approx(100 * row["conf_high"]))
    best = measures.top_answers(HERTS, "satisfaction")
    people = got.got_people(HERTS, plan.made)
    formula = list(got.got_formulas(HERTS, plan.made).values())[-1]
    pair = got.margins.indicators(ordinal.fit(formula, people), ["got"], answers=best)
    one, two = pair.estimate[0, -1], pair.reference[0, -1]
    odds = one / (1 - one) / (two / (1 - two))
    assert by_key["got_preferred"].tipping.estimate == pytest.approx(odds)


def test_the_association_is_lost_among_people_drawn_by_that_factor(by_key):
    """Every other satisfied person who got what they prefer left out: the difference falls so."""
    plan = primary.primary(HERTS, HERTS.responses())
    best = measures.top_answers(HERTS, "satisfaction")
    people = got.got_people(HERTS, plan.made)
    mine = people["satisfaction"].isin(best) & (people["got"] == 1)
    weight = pd.Series(np.where(mine, 0.5, 1.0), index=people.index)
    shares = [
        np.average(people.loc[side, "satisfaction"].isin(best), weights=weight[side])
        for side in (people["got"] == 1, people["got"] == 0)
    ]
    assert by_key["got_preferred"].shifted(2.0).estimate == pytest.approx(
        shares[0] - shares[1], abs=0.02
    )


def test_bounds_count_who_was_asked_and_did_not_say(by_key):
    coverage = HERTS.coverage().set_index("role").loc["visibility"]
    unknown = coverage["dont_know"] + coverage["no_answer"]
    made = by_key["visibility_good"].bounds
    assert made.unknown == unknown
    answers = bases.answered(HERTS, HERTS.responses(), ["visibility"]).frame["visibility"]
    yes = answers.isin(measures.top_answers(HERTS, "visibility")).sum()
    assert made.low == pytest.approx(yes / (len(answers) + unknown))
    assert made.high == pytest.approx((yes + unknown) / (len(answers) + unknown))


def test_the_tables_have_a_row_a_headline(found):
    table = selection_tables.tipping_table(found)
    assert len(table) == len(found.headlines) <= 12
    assert set(table) == COLUMNS
    assert set(table) | set(selection_tables.weights_table(found)) <= {
        *selection_tables.NAMES, "n",
    }  # fmt: skip
    for made in (selection_tables.bounds_table(found),
                 selection_tables.association_table(found.e_values)):  # fmt: skip
        assert set(made) <= {*selection_tables.NAMES, "n"}
        assert len(made)


def test_a_share_without_a_majority_claims_none(by_key):
    assert not by_key["accessibility_good"].claims
    said = selection_sentences.headline_sentence(by_key["accessibility_good"])
    assert "no majority is claimed" in said
    assert by_key["satisfied"].claims


def test_sentences_name_who_would_have_to_answer_more_readily(by_key):
    shift, gap = by_key["largest_shift"], by_key["digital_gap"]
    said = [selection_sentences.headline_sentence(each) for each in (shift, gap)]
    assert shift.tipping.estimate < 1 < gap.tipping.estimate
    assert (
        f"{shift.who} would have to be 0.12 times as likely to answer as all others (1 in 8.6)"
        in said[0]
    )
    assert f"{gap.who} would have to be 1.68 times as likely to answer as all others" in said[1]
    assert "from 0.23 (1 in 4.4) downwards its interval includes 0" in said[0]
    assert "from 1.18 upwards its interval includes 0" in said[1]
    assert "for it to vanish" in said[0]
    _, used, preferred = primary.compared(HERTS, HERTS.responses())
    name = "101 by telephone"
    used, preferred = used == name, preferred == name
    assert (used & ~preferred).sum() / (preferred & ~used).sum() == pytest.approx(8.6, abs=0.1)


def test_factors_are_rounded_towards_1():
    for gamma in (1.879, 1 / 1.879, 2.39, 1 / 2.39, 12.9, 1 / 12.9, 0.011):
        told = float(selection_factors.factor_text(gamma))
        assert abs(np.log(told)) <= abs(np.log(gamma))
        assert told == pytest.approx(gamma, rel=0.1)


def test_what_is_drawn_is_no_finer_than_what_is_told(found, known):
    """Two headlines to a tenth of a point, of nearly the same people, tell how the others answer"""
    for each in found.headlines:
        rows = selection_tables.curve_table(each)
        for name in ("estimate", "conf_low", "conf_high"):
            assert np.allclose(rows[name], rows[name].round(2), atol=1e-9), (each.key, name)
        plain, own = each.plain, rows.loc[len(rows) // 2]
        assert own["gamma"] == 1
        assert own["conf_low"] <= plain.conf_low <= plain.conf_high <= own["conf_high"]
        words = selection_titles.curve_words(each, known)
        told = selection_factors.factor_text(each.tipping.interval)
        assert words["tipping"] == (np.inf if told == "none" else float(told))
        assert f"{words['measured']:g}" == selection_factors.measured_text(known.gamma)
        tips = words["tipping"]
        reach = 1.15 * max(tips, 1 / tips)
        reach = reach if 4 < reach <= 10 else 4
        assert rows["gamma"].max() == pytest.approx(reach, abs=1e-4), each.key


def test_the_strongest_measured_factor_is_that_of_notebook_02(known):
    row = _published().loc["most_missing"]
    assert row["sentence"].startswith(f"Among the most missing: {known.category}")
    odds = known.estimate / (1 - known.estimate) * (1 - known.population_share)
    assert known.gamma == pytest.approx(odds / known.population_share)
    rows = selection_benchmark.measured(HERTS, HERTS.responses())
    assert (np.abs(np.log(rows["gamma"])).diff().dropna() <= 1e-12).all()


def test_the_texts_compare_with_what_is_measured(found, known):
    texts = selection_sentences.selection_texts(HERTS, found, known)
    told = " ".join(texts)
    assert known.category in told
    most = max(abs(np.log(each.by_weights)) for each in found.headlines)
    claims = [each for each in found.headlines if each.claims]
    assert "(0.73, or 1.38 the other way) leaves 3 of 6 claims shown" in told
    assert "(0.26, or 3.8 the other way) leaves 1 of 6 claims shown" in told
    for size, left in ((most, 3), (abs(np.log(known.gamma)), 1)):
        strong = [each for each in claims if abs(np.log(each.tipping.interval)) > size]
        assert len(strong) == left
    for text, gamma in zip(told.split(" leaves ")[1:], (np.exp(most), known.gamma), strict=True):
        named = [each.name for each in claims if f'"{each.name}"' in text]
        strong = [each for each in claims
                  if abs(np.log(each.tipping.interval)) > abs(np.log(gamma))]  # fmt: skip
        assert named == [each.name for each in strong]
    assert "because" not in told
    assert not re.search(r"\bsignifican", told)


def test_the_effective_n_is_kishs_as_beside_each_headline(by_key):
    rows = _published()
    for key, each in by_key.items():
        said = re.search(r"effective n (\d+)|who count as (\d+)", rows.loc[key, "sentence"])
        if said:
            told = f"{each.weighted.effective_n:.0f}"
            assert told in said.groups(), key
    assert by_key["largest_shift"].weighted.effective_n == pytest.approx(407, abs=0.5)
    assert by_key["digital_gap"].weighted.effective_n == pytest.approx(407, abs=0.5)


def test_headlines_are_called_as_in_the_other_tables_of_the_notebook(found):
    names = set(stored.read(HERTS).claims["about"])
    assert {each.name for each in found.headlines} <= names


def test_titles_say_how_likely_people_would_have_to_be(by_key):
    titles = {key: selection_titles.curve_title(each) for key, each in by_key.items()}
    assert titles["largest_shift"] == (
        "Shift of 101 by telephone, -16 points: no longer shown if people who would prefer it were "
        "less than a quarter as likely to answer (1 in 4.4)"
    )
    assert titles["digital_gap"].endswith(
        "if people who would prefer one were 1.18 times as likely to answer as all others"
    )
    assert titles["accessibility_good"].endswith("the interval includes a half as it is")
    assert not any("less likely" in each or "more likely" in each for each in titles.values())


@pytest.mark.parametrize(
    ("gamma", "part"),
    [(0.49, "half"), (0.31, "a third"), (0.249, "a quarter"), (0.11, "a ninth"), (0.03, "a tenth")],
)
def test_a_fraction_in_a_title_is_never_smaller_than_its_factor(by_key, gamma, part):
    flat = dataclasses.replace(
        by_key["largest_shift"],
        shifted=lambda each: Shifted(gamma=each, estimate=each, conf_low=each / gamma - 1,
                                     conf_high=2.0),
    )  # fmt: skip
    assert flat.tipping.interval == pytest.approx(gamma)
    assert f"less than {part} as likely" in selection_titles.curve_title(flat)


def test_an_association_that_is_not_shown_has_no_e_value():
    made = {"A against b: ratio of adjusted shares": e_value(1.3, 0.9, 1.8),
            "C against d: ratio of adjusted shares": e_value(1.3, 1.1, 1.5)}  # fmt: skip
    rows = selection_tables.association_table(made)
    assert rows["e_value"].tolist() == ["not shown", f"{e_value(1.3, 1.1, 1.5).estimate:.2f}"]
    assert rows["e_limit"].tolist()[0] == "1.00"
    hidden, told = selection_sentences.e_value_texts(made)
    assert "(0.90 to 1.80) includes 1: no difference is shown" in hidden
    assert f"{e_value(1.3, 0.9, 1.8).estimate:.2f}" not in hidden
    assert "for its interval to include 1, by" in told


def test_the_ends_of_the_channels_are_said_to_be_that(found):
    assert sum("(highest and lowest channel shown)" in each for each in found.e_values) == 2


def test_weights_that_do_not_move_a_headline_are_said_not_to(found):
    rows = selection_tables.weights_table(found).set_index("headline")["by_weights"]
    for each in found.headlines:
        assert (rows[each.name] == "not moved") == (each.by_weights == 1.0)


# ---- What may be shown ---------------------------------------------------------------------------


def test_shares_tell_no_more_than_whole_percent(by_key):
    """Curves and factors follow from numbers that are shown: no count can be worked out."""
    for key in ("satisfied", "visibility_good", "accessibility_good", "video_likely"):
        for made in (by_key[key].shifted, by_key[key].heavy):
            for value in made.keywords.values():
                assert 100 * value == pytest.approx(round(100 * value), abs=1e-9), key


@pytest.mark.parametrize(("replies", "seed"), [(30, 2), (60, 1), (150, 3)])
def test_of_few_people_nothing_is_told(variant, replies, seed):
    made = variant(replies=replies, seed=seed)
    found = selection.gather(made, made.responses())
    least = made.codebook.disclosure_threshold
    for each in found.headlines:
        if each.key in ("largest_shift", "digital_gap"):
            assert min(vars(each.shifted.keywords["pairs"]).values()) >= least, each.key
        elif each.key != "got_preferred":
            yes = round(each.bounds.low * (each.n + each.bounds.unknown))
            assert least <= yes <= each.n - least, each.key
    keys = {each.key for each in found.headlines} | set(found.left_out)
    assert len(keys) == 7
    assert all(found.left_out.values())
    assert selection_sentences.selection_texts(made, found, None)


def test_a_shift_of_few_pairs_is_left_out_with_its_reason():
    codebook = dataclasses.replace(HERTS.codebook, disclosure_threshold=32)
    made = dataclasses.replace(HERTS, codebook=codebook)
    found = selection.gather(made, made.responses())
    _, used, preferred = primary.compared(HERTS, HERTS.responses())
    assert ((preferred == "101 by telephone") & (used != "101 by telephone")).sum() < 32
    assert "four pairs of answers" in found.left_out["largest_shift"]
    assert "largest shift" in selection_sentences.left_out_sentence(found)


# ---- Other surveys -------------------------------------------------------------------------------


def test_without_weights_nothing_is_compared_with_the_population(variant):
    made = variant(replies=400, seed=4, without=["age", "sex", "district"])
    found = selection.gather(made, made.responses())
    assert found.headlines
    assert all(each.heavy is None and each.weighted is None for each in found.headlines)
    assert selection_tables.weights_table(found).empty
    known = selection_benchmark.strongest(made, made.responses())
    assert known is None
    texts = selection_sentences.selection_texts(made, found, known)
    assert any("there are no weights" in each for each in texts)
    drawn = selection_titles.drawn(found)
    assert selection_titles.curve_words(drawn, known)["measured"] == 1.0


def test_without_satisfaction_there_are_no_associations(variant):
    made = variant(replies=400, seed=4, without=["satisfaction"])
    found = selection.gather(made, made.responses())
    assert {"satisfied", "got_preferred"} <= set(found.left_out)
    assert found.e_values == {}
    assert selection_tables.association_table(found.e_values).empty
    assert selection_sentences.e_value_texts(found.e_values) == []


def test_without_use_or_preference_ratings_stay(variant):
    made = variant(replies=300, seed=5, without=["preferred"])
    found = selection.gather(made, made.responses())
    assert {"largest_shift", "got_preferred", "digital_gap"} <= set(found.left_out)
    assert {each.key for each in found.headlines} <= {
        "satisfied", "visibility_good", "accessibility_good", "video_likely",
    }  # fmt: skip
    texts = selection_sentences.selection_texts(made, found, None)
    assert selection_sentences.MOVED not in texts


def test_several_answers_and_weights_of_its_own(ape11):
    real = ape11.holding(cleaning.clean(ape11.read_raw(), ape11.codebook).responses)
    found = selection.gather(real, real.responses())
    made = {each.key: each for each in found.headlines}
    assert set(made) == {"satisfied", "got_preferred"}
    assert "four pairs of answers" in found.left_out["largest_shift"]
    assert made["satisfied"].heavy is not None
    known = selection_benchmark.strongest(real, real.responses())
    assert not known.counted
    assert "its design" in selection_sentences.benchmark_sentence(real, found, known)
    named = [each for each in found.e_values if "named or not" in each]
    assert len(named) == 1

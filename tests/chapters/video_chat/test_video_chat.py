"""Who would use a video chat: groups of people, what is hidden, and the planned truth."""

import tomllib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import figures, groups, ordinal, paths, population, privacy, report, survey
from analysis.chapters.video_chat import compared, models, places, sentences, service_sentences
from analysis.chapters.video_chat import people as video_people
from analysis.chapters.video_chat import tables as video_tables
from analysis.survey import bases
from analysis.survey.measures import top_answers


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def responses(herts):
    return herts.responses()


@pytest.fixture(scope="module")
def told(herts, responses):
    return video_people.told(herts, responses)


@pytest.fixture(scope="module")
def plan():
    path = paths.RAW / "herts_2023" / "simulation.toml"
    return tomllib.loads(path.read_text("utf-8"))


def _people(yes, no):
    """Return a share and groups with so many people who say yes and no in each group."""
    levels = [f"group {at}" for at in range(len(yes))]
    group = np.repeat(levels * 2, [*yes, *no])
    answer = np.r_[np.ones(sum(yes), bool), np.zeros(sum(no), bool)]
    return pd.Series(answer), pd.Series(pd.Categorical(group, categories=levels))


# ---- Groups of people ---------------------------------------------------------------------------


def test_joining_depends_on_sizes_and_loses_nobody():
    ages = pd.Series(pd.Categorical(["a"] * 3 + ["b"] * 30 + ["c"] * 40, categories=[*"abc"]))
    found = groups.joined(ages, 10, in_order=True)
    assert found.value_counts().to_dict() == {"a and b": 33, "c": 40}
    assert found.index.equals(ages.index)


def test_every_group_of_the_base_is_large_enough(herts, told):
    fewest = privacy.Rule(10).people_needed(told.frame["likely"].mean())
    for name in ("age", "channel"):
        assert told.frame[name].value_counts().min() >= fewest
    told.ledger.reconcile(told.n)


def test_who_was_not_asked_about_use_is_a_group_and_not_missing(herts, responses):
    group = video_people.channel_group(herts, responses, "used_last")
    here = bases.not_asked(herts, responses, "used_last")
    assert (group[here] == video_people.NOT_ASKED).all()
    assert not (group[~here] == video_people.NOT_ASKED).any()


def test_several_answers_become_one_group_or_several(herts, responses):
    group = video_people.channel_group(herts, responses, "used")
    columns = bases.channel_terms(herts, "used")
    answered = responses[columns].notna().all(axis=1)
    groups = bases.grouped(herts, bases.channels(herts, responses[answered], "used"))
    several = groups.sum(axis=1) > 1
    assert (group[answered][several] == video_people.SEVERAL).all()
    assert several.any()


def test_a_preference_for_what_was_not_on_offer_is_not_against_preference(herts, told):
    could = told.frame.dropna(subset=["against"])
    assert set(herts.not_offered) <= set(told.frame["prefers"].dropna())
    assert not could["preferred"].isin(herts.not_offered).any()
    same = could["used_last"].astype("str") == could["preferred"].astype("str")
    assert (could["against"] == (~same).astype(float)).all()


def test_what_few_told_does_not_leave_the_others_without_people(herts, responses):
    few = responses.assign(disability=responses["disability"].where(responses.index % 3 == 0))
    people = few.dropna(subset=["video_use"])
    chosen = report.told_by_most(people, ["age", "disability", "district", "nothing"])
    assert chosen == ["age", "district"]


def test_a_grouping_of_which_all_is_hidden_is_not_compared(herts, told):
    assert list(video_people.groupings(herts, told.frame, district=True)) == [
        "age", "disability", "channel", "district",
    ]  # fmt: skip
    at = np.arange(told.n)
    rare = pd.Series(pd.Categorical(np.where(at < 9, "Yes", "No")), index=told.frame.index)
    frame = told.frame.assign(disability=rare)
    assert "disability" not in video_people.groupings(herts, frame)


# ---- What is shown ------------------------------------------------------------------------------

tables = st.integers(2, 7).flatmap(
    lambda size: st.tuples(
        *(st.lists(st.integers(0, 40), min_size=size, max_size=size) for _ in range(2))
    )
)


@given(tables)
def test_no_share_rests_on_few_nor_can_be_worked_out(made):
    yes, no = made
    kept = [at for at in range(len(yes)) if yes[at] + no[at]]
    if len(kept) < 2:
        return
    yes, no = [yes[at] for at in kept], [no[at] for at in kept]
    codebook = survey.load("herts_2023").codebook
    shown = video_tables.shown_group_shares(*_people(yes, no), codebook)
    hidden = shown["estimate"].isna().to_numpy()
    counts = np.array([yes, no]).T
    assert (counts[~hidden] >= 10).all()
    if hidden.any() and not hidden.all():
        n, together = counts[hidden].sum(axis=1), counts[hidden].sum(axis=0)
        for at, row in enumerate(counts[hidden]):
            for kind in np.flatnonzero(row < 10):
                least = max(0, together[kind] - (n.sum() - n[at]))
                assert least == 0
                assert min(n[at], together[kind]) >= min(n[at], 9)


def test_shares_are_in_fives_where_people_in_no_group_could_be_worked_out(herts):
    yes, group = _people([30, 40], [33, 60])
    more = pd.Series([*yes, True, False, False])
    plain = video_tables.shown_group_shares(yes, group, herts.codebook)
    coarse = video_tables.shown_group_shares(yes, group, herts.codebook, everybody=more)
    assert plain["estimate"].tolist() == [0.48, 0.4]
    assert coarse["estimate"].tolist() == [0.5, 0.4]


def test_the_weighted_share_is_beside_and_hidden_with_the_other(herts, responses, told):
    weighing = population.weigh(herts, responses)
    shown = video_tables.shown_group_shares(
        told.frame["likely"], told.frame["district"], herts.codebook, weighing=weighing
    )
    hidden = shown["estimate"].isna()
    assert hidden.any()
    assert (shown["weighted"][hidden] == "[c]").all()
    mine = told.frame["district"]
    without = mine.value_counts() - weighing.people(mine).value_counts()
    few = shown["level"].map(without).between(1, 9)
    assert few[~hidden].any()
    assert (shown["weighted"][few] == "[c]").all()
    ages = video_tables.shown_group_shares(
        told.frame["likely"], told.frame["age"], herts.codebook, weighing=weighing
    )
    assert ages["weighted"].str.contains("%").sum() >= 2


def test_a_place_that_few_ticked_is_hidden(herts):
    ticked = pd.DataFrame({"Here": [1.0] * 30 + [0.0] * 30, "There": [1.0] * 4 + [0.0] * 56})
    shown = places.shown_places(ticked, herts.codebook).set_index("level")
    assert shown.loc["Here", "estimate"] == 0.5
    assert shown.loc["There", ["n_yes", "estimate", "conf_low"]].isna().all()


def test_a_comparison_with_few_is_hidden_and_without_people_it_is_missing(herts):
    yes = pd.Series([True] * 50 + [False] * 50)
    second = pd.Series(([True] * 25 + [False] * 25) * 2)
    assert compared.shown_compared(yes, second, herts.codebook)["estimate"] == 0
    few = pd.Series([True] * 12 + [False] * 88)
    assert pd.isna(compared.shown_compared(few, second, herts.codebook)["estimate"])
    nobody = compared.shown_compared(yes, second & False, herts.codebook)
    assert nobody[["estimate", "n"]].isna().all()


def test_what_is_left_out_is_empty_or_none(herts, responses, told):
    parts = report.Parts(dict.fromkeys(("places", "against", "model"), "a reason"))
    assert places.asked_where(herts, responses, parts).empty
    assert compared.against_preference(told.frame, herts.codebook, parts) is None
    best = top_answers(herts, "video_use")
    model, *rest = models.side_by_side(told.frame, ["age"], herts.codebook, parts, answers=best)
    assert model is None
    assert all(table.empty for table in rest)


def test_without_groupings_a_comparison_is_not_adjusted(herts, told):
    best = top_answers(herts, "video_use")
    row = compared.shown_compared(told.frame["likely"], told.frame["against"], herts.codebook)
    assert len(compared.with_adjusted(row, told.frame, [], answers=best)) == 1
    assert len(compared.with_adjusted(row, told.frame, ["age"], answers=best)) == 2


def test_the_share_of_everybody_is_hidden_where_few_gave_one_kind_of_answer(herts):
    few, enough = (pd.Series([True] * n + [False] * 20) for n in (9, 10))
    assert video_tables.overall_share(few, herts.codebook) is None
    assert video_tables.overall_share(~few, herts.codebook) is None
    assert video_tables.overall_share(enough, herts.codebook).n_yes == 10


def test_two_answers_have_no_odds_to_test():
    two = pd.Categorical([*"abab"], categories=[*"ab"], ordered=True)
    people = pd.DataFrame({"video_use": two, "age": pd.Categorical([*"xxyy"])})
    assert models.odds_tests(ordinal.fit("video_use ~ age", people)).empty


def test_a_model_of_the_top_answers_that_does_not_exist_moves_nothing(herts):
    assert models.furthest_at_top(pd.DataFrame(), pd.DataFrame(), herts.codebook).empty


def test_tests_and_ratios_are_adjusted_as_one_family(told):
    groups = told.frame[["age", "disability", "channel", "district"]]
    table = models.share_tests(told.frame["likely"], groups)
    ranked = table["p_value"].sort_values().to_numpy()
    assert table["p_adjusted"].min() == pytest.approx(4 * ranked[0])
    ratios = report.likelihood_ratios(told.frame, "video_use", ["age", "disability"])
    assert ratios["df"].tolist() == [told.frame["age"].nunique() - 1, 1]


def test_adjusted_shares_are_hidden_grouping_by_grouping(herts, told):
    model = ordinal.fit("video_use ~ age + disability", told.frame)
    exact, apart = report.adjusted(
        model, ["age", "disability"], answers=top_answers(herts, "video_use")
    )
    shown = report.shown_adjusted(exact, apart, herts.codebook)
    assert shown["raw_share"].notna().all()
    assert set(shown["level"]) > {"Disability: yes", "Disability: no"}
    few = exact.assign(n_top=exact["n_top"].where(exact["level"] != "Yes", 3))
    hidden = report.shown_adjusted(few, apart, herts.codebook)
    by = hidden.groupby("variable")["raw_share"].apply(lambda each: each.isna().all())
    assert by.to_dict() == {"age": False, "disability": True}


# ---- The planned truth --------------------------------------------------------------------------


def test_the_planned_differences_by_age_and_preference_are_found(herts, responses, plan):
    people = bases.answered(herts, responses, ["video_use", "age", "preferred"]).frame
    labels = herts.codebook.question("age").labels
    bands = {name: plan["age"]["groups"][name] for name in ("middle", "younger", "older")}
    group = {labels[code]: name for name, codes in bands.items() for code in codes}
    kinds = pd.CategoricalDtype(list(bands))
    people = people.assign(band=people["age"].astype("str").map(group).astype(kinds))
    found = ordinal.fit("video_use ~ band + preferred", people).coefficients.set_index("term")
    by_age, by_wish = (each["values"] for each in plan["video_use"]["effect"])
    wishes = herts.codebook.question("preferred").labels
    true = {f"band[T.{name}]": value for name, value in by_age.items()}
    first = by_wish["phone_101"]
    true |= {
        f"preferred[T.{wishes[code]}]": value - first
        for code, value in by_wish.items()
        if code != "phone_101"
    }
    for term, value in true.items():
        row = found.loc[term]
        assert abs(row["estimate"] - value) < 3 * row["std_error"], term


def test_age_differs_and_disability_does_not_as_planned(told):
    tests = report.likelihood_ratios(told.frame, "video_use", ["age", "disability"])
    p_value = tests.set_index("term")["p_adjusted"]
    assert p_value["age"] < 0.001
    assert p_value["disability"] > 0.05


def test_the_planned_places_lie_in_their_intervals(herts, responses, plan):
    table = places.asked_where(herts, responses, report.Parts({})).set_index("level")
    labels = herts.codebook.question("video_place").labels
    planned = {labels[code]: share for code, share in plan["video_place"]["ticked"].items()}
    low, high = table["conf_low"], table["conf_high"]
    inside = [low[name] <= share <= high[name] for name, share in planned.items()]
    assert sum(inside) >= len(planned) - 1
    assert table["estimate"].idxmax() == max(planned, key=planned.get)


def test_who_used_another_channel_than_preferred_answers_alike_as_planned(herts, told):
    row = compared.shown_compared(told.frame["likely"], told.frame["against"], herts.codebook)
    assert row["conf_low"] < 0 < row["conf_high"]


# ---- Sentences and figure -----------------------------------------------------------------------


def test_a_sentence_does_not_take_no_evidence_for_no_difference():
    tests = pd.DataFrame({"term": ["age"], "p_adjusted": [0.4]})
    said = sentences.differ_sentence(tests, {"age": "age groups"}, how="Adjusted, ")
    assert said.startswith("Adjusted, these data do not show that the share differs between age")


def test_hidden_places_and_comparisons_are_said_in_words(herts):
    assert service_sentences.places_sentence(pd.DataFrame({"level": []})) == ""
    hidden = pd.DataFrame({"level": ["Here"], "estimate": [np.nan], "n": [50]})
    assert "too few people" in service_sentences.places_sentence(hidden)
    assert service_sentences.against_sentence(None, "would", herts.words) == ""


def test_dots_leave_out_hidden_rows_and_head_their_sections():
    rows = pd.DataFrame(
        {"level": ["a", "b", "c"], "n": [20, 30, 40], "estimate": [0.2, np.nan, 0.4],
         "conf_low": [0.1, np.nan, 0.3], "conf_high": [0.3, np.nan, 0.5],
         "section": ["One", "One", "Two"]}
    )  # fmt: skip
    figure = figures.dots(rows, title="T", subtitle="S", overall=0.3)
    labels = [each.get_text() for each in figure.axes[0].get_yticklabels()]
    assert labels == ["One", "a (n\u00a0=\u00a020)", "Two", "c (n\u00a0=\u00a040)"]
    assert figures.dots(rows.iloc[[1]], title="T", subtitle="S") is None

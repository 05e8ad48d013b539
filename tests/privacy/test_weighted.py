"""Weighted shares beside unweighted ones: no second equation for few people."""

import numpy as np
import pandas as pd
import pytest

from analysis import population, report
from analysis.chapters import digital, ratings, video_chat
from analysis.chapters.changes_wanted import tables as changes_tables
from analysis.chapters.changes_wanted import titles
from analysis.chapters.preferred_vs_used import needs as compared_needs
from analysis.chapters.ratings import people
from analysis.privacy import Rule, hidden_weighted, hidden_weighted_groups, rule_of, weights_tell
from analysis.report import Parts
from analysis.survey import bases, measures

RULE = Rule(10)


def test_all_weighted_shares_are_hidden_where_few_people_have_no_weight():
    few = hidden_weighted([40, 60], 100, [37, 58], 95, rule=RULE, complete=True)
    many = hidden_weighted([40, 60], 100, [33, 52], 85, rule=RULE, complete=True)
    nobody = hidden_weighted([40, 60], 100, [40, 60], 100, rule=RULE, complete=True)
    assert [few.all(), many.any(), nobody.any()] == [True, False, False]


def test_an_answer_of_few_people_with_a_weight_hides_another_with_it():
    hidden = hidden_weighted([40, 60, 12], 112, [33, 52, 5], 90, rule=RULE, complete=True)
    assert hidden.tolist() == [True, False, True]
    alone = hidden_weighted([40, 60, 12], 112, [33, 52, 5], 90, rule=RULE, complete=False)
    assert alone.tolist() == [False, False, True]


def test_an_answer_of_few_people_with_a_weight_hides_one_of_its_side():
    counts = ([40, 60, 50, 12], 162, [33, 52, 20, 5], 110)
    sides = [False, False, True, True]
    apart = hidden_weighted(*counts, rule=RULE, complete=True, together=sides)
    assert apart.tolist() == [False, False, True, True]
    whole = hidden_weighted([40, 20, 60, 12], 132, [33, 15, 52, 5], 105, rule=RULE, complete=True)
    assert whole.tolist() == [False, True, False, True]


@pytest.mark.parametrize(("n", "weighted", "told"), [(100, 100, False), (100, 91, True),
                                                     (100, 90, False), (100, 9, True)])  # fmt: skip
def test_few_people_with_or_without_a_weight_are_told_of(n, weighted, told):
    assert weights_tell(n, weighted, rule=RULE) == told
    assert weights_tell(np.array([n]), np.array([weighted]), rule=RULE).tolist() == [told]


def test_a_group_of_whom_few_have_no_weight_is_hidden_with_another():
    hidden = hidden_weighted_groups([80, 60, 50], [30, 30, 20], [65, 57, 40], rule=RULE)
    assert hidden.tolist() == [False, True, True]
    two = hidden_weighted_groups([80, 60, 50], [30, 30, 20], [65, 57, 49], rule=RULE)
    assert two.tolist() == [False, True, True]
    none = hidden_weighted_groups([80, 60], [30, 30], [80, 60], rule=RULE)
    assert not none.any()


def test_a_group_without_weights_hides_no_other():
    hidden = hidden_weighted_groups([80, 60, 26], [30, 30, 0], [65, 45, 0], rule=RULE)
    assert hidden.tolist() == [False, False, True]


@pytest.fixture
def few_without(variant):
    """A survey in which fewer people than the threshold have no weight."""
    made = variant(replies=150, seed=1)
    responses = made.responses()
    weighing = population.weigh(made, responses)
    assert 0 < len(responses) - len(weighing.people(responses)) < 10
    return made, responses, weighing


def test_no_weighted_share_of_ratings_stands_where_few_have_no_weight(few_without):
    made, responses, weighing = few_without
    rated = people.rated(made, responses)
    good = {role: each.good for role, each in rated.items()}
    overall = ratings.overall_shares(good, weighing, made.codebook)
    assert overall["estimate"].notna().any()
    for name in ("weighted", "weighted_low", "n_weighted", "effective_n"):
        assert overall[name].isna().all()
    for each in rated.values():
        table = ratings.shares_by(each.good, responses["sex"], made.codebook, weighing=weighing)
        assert table["estimate"].notna().any()
        assert (table["weighted"] == "[c]").all()


def test_no_weighted_share_of_a_video_chat_stands_where_few_have_no_weight(few_without):
    made, responses, weighing = few_without
    codebook, best = made.codebook, measures.top_answers(made, "video_use")
    answers = bases.answered(made, responses, ["video_use"]).frame["video_use"]
    yes = answers.isin(best)
    assert report.weighted_share(yes, weighing, codebook) is None
    shown = video_chat.shown_answer_shares(answers, codebook, together=best, weighing=weighing)
    assert (shown["weighted"] == "[c]").all()
    assert shown["estimate"].notna().any()
    sex = responses["sex"].reindex(yes.index).dropna()
    groups = video_chat.shown_group_shares(yes.loc[sex.index], sex, codebook, weighing=weighing)
    assert (groups["weighted"] == "[c]").all()
    parts = Parts({})
    places = video_chat.asked_where(made, responses, parts, weighing=weighing)
    assert places["estimate"].notna().any()
    assert (places["weighted"] == "[c]").all()
    assert places["weighted_share"].isna().all()


def test_no_weighted_gap_theme_or_shift_stands_where_few_have_no_weight(few_without):
    made, responses, weighing = few_without
    frame = digital.people.answered_both(made, responses)
    gaps = digital.every_gap(frame, made.codebook, weighing)
    assert (gaps["weighted"] == "[c]").all()
    what = changes_tables.coded_if_asked(made, responses, "change")
    themes = changes_tables.shown_themes(what, made.codebook, weighing=weighing)
    assert themes["estimate"].notna().any()
    assert "weighted_estimate" not in themes
    assert titles.weighted_note(what, weighing, rule=rule_of(made.codebook)) == ""
    reason = compared_needs.left_out(made)["weights"]
    assert reason == (
        "fewer than 10 people answered both questions and have no weight, of whom it would tell"
    )


def test_weighted_shares_of_everybody_stand_where_many_have_no_weight(variant):
    made = variant(replies=400, seed=1)
    responses = made.responses()
    weighing = population.weigh(made, responses)
    good = {role: each.good for role, each in people.rated(made, responses).items()}
    overall = ratings.overall_shares(good, weighing, made.codebook)
    assert overall["weighted"].notna().any()
    assert pd.notna(overall["n_weighted"]).all()

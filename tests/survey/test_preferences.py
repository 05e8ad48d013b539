"""Having used what one prefers is told by one rule, wherever it is told."""

import pandas as pd
import pytest

from analysis import cleaning, primary, survey
from analysis.chapters.district_profiles import compared
from analysis.chapters.video_chat import people
from analysis.survey import bases, measures, preferences
from analysis.tables import groupings


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def both(herts):
    return bases.answered(herts, herts.responses(), [herts.used_role, "preferred"]).frame


@pytest.fixture(scope="module")
def got(herts, both):
    return preferences.used_preferred(herts, both)


def test_what_was_not_on_offer_and_other_are_no_preference(herts, both, got):
    left_out = [*herts.not_offered, herts.other_channel]
    assert len(left_out) == 2
    assert (got.isna() == both["preferred"].isin(left_out)).all()
    told = got.notna()
    same = both["preferred"].astype("str") == both[herts.used_role].astype("str")
    assert (got[told] == same[told]).all()
    assert got[told].nunique() == 2


def test_of_several_preferences_those_count_that_could_be_used(ape11):
    made = ape11.holding(cleaning.clean(ape11.read_raw(), ape11.codebook).responses)
    frame = bases.answered(made, made.responses(), [made.used_role, "preferred"]).frame
    used, preferred = (bases.channels(made, frame, each) for each in (made.used_role, "preferred"))
    left_out = {*made.not_offered, made.other_channel}
    rows = zip(used.to_dict("records"), preferred.to_dict("records"), strict=True)
    wanted = []
    for did, would in rows:
        named = [each for each in would if would[each] and each in did and each not in left_out]
        wanted.append(float(all(did[each] for each in named)) if named else None)
    expected = pd.Series(wanted, index=frame.index, dtype=float)
    pd.testing.assert_series_equal(preferences.used_preferred(made, frame), expected)


def test_the_notebooks_tell_it_by_the_same_rule(herts, got):
    responses = herts.responses()
    known = got.dropna()
    four = primary.primary(herts, responses).made
    plan = primary.got.got_people(herts, four)["got"]
    assert len(plan)
    assert (plan == known.reindex(plan.index)).all()
    six = people.told(herts, responses).frame["against"].dropna()
    assert len(six)
    assert (1 - six == known.reindex(six.index)).all()
    name = f"{herts.words.used_short} what they {herts.words.preferred}"
    two = measures.headline_answers(herts, responses)[name]
    assert (two.astype(float) == known).all()
    eight = {each[0]: each[1] for each in compared.measured_answers(herts, responses, {})}
    assert (eight[name].astype("str").map({"yes": 1.0, "no": 0.0}) == known).all()
    found = {each.key: each for each in groupings.find_groupings(herts, responses)[0]}
    banner = found["got"].people.dropna()
    assert (banner.astype("str").eq(name) == known.eq(1.0).reindex(banner.index)).all()


def test_sentences_are_silent_where_nobody_is_left_out():
    made = survey.load("ape11")
    assert not made.not_offered
    assert not made.other_channel
    assert preferences.left_out_sentence(made) == ""
    assert preferences.same_answer_sentence(made) == ""

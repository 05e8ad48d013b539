"""Answers of groups: no count below the threshold, nor one that a known total leaves."""

import numpy as np
import pandas as pd
import pytest

from analysis import privacy, survey
from analysis.survey import bases

SCALE = pd.CategoricalDtype(["poor", "fair", "good"], ordered=True)


@pytest.fixture(scope="module")
def codebook():
    return survey.load("herts_2023").codebook


def _people(counts):
    """Return the group and the answer of each person, from counts by group."""
    rows = [
        (group, at) for group, row in counts.items() for at, n in enumerate(row) for _ in range(n)
    ]
    groups, codes = zip(*rows, strict=True)
    answers = pd.Series(pd.Categorical.from_codes(codes, dtype=SCALE))
    return pd.Series(pd.Categorical(groups, categories=list(counts))), answers


def test_people_of_no_known_group_are_a_group_and_are_guarded(codebook):
    groups, answers = _people({"yes": [260, 150, 37], "no": [105, 58, 15], "?": [12, 5, 2]})
    told = groups.cat.set_categories(["yes", "no"])
    alone = privacy.shown_answers(told.dropna(), answers[told.notna()], codebook)
    assert alone["good"].notna().all()
    shown = privacy.shown_answers(bases.with_not_told(told), answers, codebook)
    assert shown["level"].tolist() == ["yes", "no", "Not told"]
    # 54 in all, 35 to 44 and 15 to 24 shown, would leave 0 to 4 for the others.
    assert shown["good"].isna().sum() >= 2
    ranges = privacy.answer_ranges(bases.with_not_told(told), answers, codebook)
    assert ranges.loc[2, "good"] == "under 10"
    assert (ranges.loc[:1, "good"].str.contains(" to ")).any()


def test_a_group_too_small_to_be_shown_is_guarded_like_the_others(codebook):
    groups, answers = _people({"yes": [260, 150, 37], "no": [105, 58, 15], "few": [3, 2, 2]})
    shown = privacy.shown_answers(groups, answers, codebook)
    assert shown["level"].tolist() == ["yes", "no"]
    for answer in SCALE.categories:
        total, cells = (answers == answer).sum(), shown[answer]
        room = min(9, total - np.nansum(np.maximum(cells - 5, 10)))
        least = max(0, total - np.nansum(cells + 4))
        assert cells.isna().any() or room - least + 1 >= 8  # 7 are known to be there


def test_people_outside_a_group_that_overlaps_others_are_guarded(codebook):
    _, answers = _people({"one": [90, 70, 41]})
    several = pd.DataFrame({"phone": 1.0, "web": 1.0}, index=answers.index)
    several.loc[answers.index[answers == "good"][:3], "phone"] = 0.0
    several.loc[answers.index[answers != "good"][:60], "web"] = 0.0
    shown = privacy.shown_answers(several, answers, codebook).set_index("level")
    # Of 41 in all, 35 to 44 in the group would leave 0 to 6 for the others.
    assert np.isnan(shown.loc["phone", "good"])
    assert shown.loc["web"].notna().sum() >= 2


def test_a_group_of_nobody_changes_nothing(codebook):
    groups, answers = _people({"yes": [260, 150, 37], "no": [105, 58, 15]})
    more = groups.cat.add_categories(["none"])
    one, two = (privacy.shown_answers(each, answers, codebook) for each in (groups, more))
    pd.testing.assert_frame_equal(one, two)


def test_a_small_answer_is_not_the_share_together_less_the_others(codebook):
    answers = pd.DataFrame(
        {"answer": [*"abcde"], "n_yes": [30, 5, 20, 12, 4], "n": 71, "estimate": 0.1,
         "conf_low": 0.0, "conf_high": 0.2}
    )  # fmt: skip
    shown = privacy.shown_distribution(answers, codebook, together=["d", "e"])
    assert shown["n_yes"].isna().tolist() == [False, True, True, True, True]
    apart = privacy.shown_distribution(answers, codebook)
    assert apart["n_yes"].isna().tolist() == [False, True, False, True, True]

"""Answers are named by their labels: those that nobody gave add nothing to a share."""

import numpy as np
import pandas as pd
import pytest
from ordinal_people import ANSWERS, draw

from analysis import margins, ordinal

BEST = ["good", "best"]


def _turned(answer, into):
    people = draw(700, seed=6, spread=0.5)
    return people.assign(rating=people["rating"].where(people["rating"] != answer, into))


UNUSED = [("best", "good", ["good"]), ("fair", "poor", BEST), ("poor", "fair", BEST)]


@pytest.mark.parametrize("how", [{}, {"nominal": "group"}, {"weights": "w"}])
@pytest.mark.parametrize(("answer", "into", "given"), UNUSED)
def test_shares_are_those_of_the_named_answers_that_somebody_gave(answer, into, given, how):
    people = _turned(answer, into)
    fitted = ordinal.fit("rating ~ group + x", people, **how)
    assert answer not in fitted.answers
    found = margins.predicted_shares(fitted, "group", answers=BEST).frame()
    weight = people["w"] if "weights" in how else np.ones(len(people))
    for at, group in enumerate([*"abc"]):
        everybody = people.assign(group=pd.Categorical([group] * len(people), [*"abc"]))
        chance = fitted.predict(everybody)[given].sum(axis=1)
        assert found.loc[at, "estimate"] == pytest.approx(np.average(chance, weights=weight))
        here = people["group"] == group
        assert found.loc[at, "n_top"] == people.loc[here, "rating"].isin(BEST).sum()


@pytest.mark.parametrize(("answers", "share"), [(["best"], 0.0), (ANSWERS[:3], 1.0)])
def test_a_share_of_nobody_or_everybody_has_no_interval(answers, share):
    fitted = ordinal.fit("rating ~ group + x", _turned("best", "good"))
    found = margins.predicted_shares(fitted, "group", answers=answers)
    table = found.frame()
    assert table["estimate"].tolist() == table["raw_share"].tolist() == [share] * 3
    assert table[["std_error", "conf_low", "conf_high"]].isna().all(axis=None)
    assert margins.differences(found)["estimate"].tolist() == [0.0] * 3


def test_a_name_that_is_not_on_the_scale_is_refused_by_name():
    fitted = ordinal.fit("rating ~ group", _turned("best", "good"))
    message = (
        r"\['great'\] are no answers of 'rating'; its scale is \['poor', 'fair', 'good', 'best'\]"
    )
    with pytest.raises(ValueError, match=message):
        margins.predicted_shares(fitted, "group", answers=["great"])

"""What is hidden of what people prefer: as in notebook 03, and more where 02 tells of groups."""

import pandas as pd
import pytest

from analysis import population
from analysis.chapters.preferred_vs_used import people
from analysis.primary import pair
from analysis.survey import bases
from analysis.tables import channels
from analysis.weights import Weights


@pytest.fixture
def compared(herts, responses):
    base, _, _ = pair.compared(herts, responses)
    roles = {"role": "used_last", "answered_role": "preferred"}
    return bases.with_not_asked(herts, responses, base, **roles)


def hidden(herts, responses) -> frozenset[str]:
    return channels.compared(herts, responses)["preferred"].hidden


def test_what_notebook_03_hides_is_hidden_and_no_more(herts, responses, compared):
    everyone, outside = compared
    theirs = people.shown_comparison(everyone["preferred"], outside, herts.codebook)
    assert hidden(herts, responses) == set(theirs.loc[theirs["estimate"].isna(), "answer"])


def test_where_everybody_has_a_weight_a_second_channel_of_the_group_is_hidden(
    herts, responses, monkeypatch
):
    plain = hidden(herts, responses)
    weighing = population.weigh(herts, responses)
    weights = Weights(weights=pd.Series(1.0, index=responses.index))
    object.__setattr__(weighing, "weights", weights)
    monkeypatch.setattr(population, "weigh", lambda *_: weighing)
    assert hidden(herts, responses) == plain | {"Private video chat"}

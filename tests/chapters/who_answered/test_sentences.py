"""What notebook 02 says of the people who answered, on the boundaries of what it says."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis import survey
from analysis.chapters.who_answered import sentences
from analysis.population import Weighing
from analysis.survey.exclusions import Ledger
from analysis.weights import Weights


@pytest.fixture(scope="module")
def codebook():
    return survey.load("herts_2023").codebook


def weighing(full=None):
    own = Weights(weights=pd.Series([1.0, 1.0, 2.0]))
    return Weighing(weights=own, ledger=Ledger(rows_in=4), joined={}, full=full)


#: Half an interval: shares a tenth apart are apart, and a twentieth are not.
WIDE = 0.04


def margin(*estimates):
    rows = pd.DataFrame({"category": [*"abcd"][: len(estimates)], "estimate": estimates})
    ends = {"conf_low": rows["estimate"] - WIDE, "conf_high": rows["estimate"] + WIDE}
    return rows.assign(**ends, population_share=1 / len(estimates))


def test_the_most_missing_and_the_most_plentiful_are_named_wherever_they_stand():
    text = sentences.unlike_sentence(margin(0.3, 0.1, 0.4, 0.2), "the county")
    assert text.startswith("Most missing: b (10% ")
    assert "most plentiful: c (40%, " in text
    title = sentences.margin_title(margin(0.3, 0.1, 0.4, 0.2), 0.2)
    assert title.startswith("Most missing: b; most plentiful: c. 20% ")


def test_a_hidden_category_is_neither_missing_nor_plentiful():
    rows = margin(np.nan, 0.3, 0.1, 0.2)
    text = sentences.unlike_sentence(rows, "the county")
    assert text.startswith("Most missing: c (")
    assert "most plentiful: b (" in text
    assert sentences.margin_title(rows, 0.2).startswith("Most missing: c; most plentiful: b.")


def test_where_intervals_overlap_a_category_is_among_the_most():
    text = sentences.unlike_sentence(margin(0.1, 0.15, 0.3, 0.45), "the county")
    assert text.startswith("Among the most missing: a (")
    assert "; most plentiful: d (" in text
    title = sentences.margin_title(margin(0.1, 0.2, 0.32, 0.38), 0.2)
    assert title.startswith("Most missing: a; among the most plentiful: d. ")


def test_one_category_alone_is_neither_missing_nor_plentiful():
    title = sentences.margin_title(margin(0.3, np.nan), 0.2)
    assert title.startswith("Of a alone may be told how many answered. 20% of people would ")


def test_districts_that_share_an_end_of_the_map_are_all_named():
    rows = pd.DataFrame({"category": [*"abcd"], "rate": [1.28, 0.7, 1.34, 1.0]})
    assert (
        sentences.map_title(rows, "rate") == "Replies per 1,000 run from 0.7 in b to 1.3 in a and c"
    )
    alike = sentences.map_title(rows.assign(rate=1.0), "rate")
    assert alike == "Replies per 1,000: 1.0 in a, b, c and 1 more"


def test_nothing_is_said_of_a_margin_of_which_nothing_is_shown():
    hidden = margin(np.nan, np.nan)
    assert sentences.unlike_sentence(hidden, "the county") == ""
    assert sentences.margin_title(hidden, 0.2) == ""


def test_the_title_of_the_map_names_the_lowest_and_the_highest_that_are_shown():
    rows = pd.DataFrame({"category": [*"abcd"], "factor": [1.3, np.nan, 0.7, 1.0]})
    found = sentences.map_title(rows, "factor")
    assert found == "Weighted by unweighted shares run from 0.7 in c to 1.3 in a"


def test_the_map_has_no_title_where_no_district_is_shown():
    assert sentences.map_title(pd.DataFrame({"category": ["a"], "rate": [np.nan]}), "rate") == ""


def test_people_are_compared_with_the_population_or_with_what_weights_make(codebook):
    raked = weighing(full=SimpleNamespace())
    assert sentences.compared_with(raked, codebook) == f"the {codebook.population_counts.label}"
    assert sentences.beside_names(raked)["population_share"] == "Population"
    assert sentences.compared_with(weighing(), codebook).startswith("the population that the ")
    assert sentences.beside_names(weighing())["population_share"] == "Weighted"


def test_the_answer_has_a_paragraph_on_people_and_one_on_weights():
    moved = pd.DataFrame({"headline": ["Content"], "unweighted": [0.4], "weighted": [0.5],
                          "n": [90], "estimate": [0.1], "conf_low": [0.05],
                          "conf_high": [0.15]})  # fmt: skip
    people, weights = sentences.answer_texts(margin(0.4, 0.6), "the county", weighing(), moved)
    assert people.startswith("Most missing: a")
    assert weights.startswith("3 of 4 people have a weight")
    assert '(design effect 1.12). Weighted to the population, "Content" moves' in weights
    hidden = moved.assign(estimate=np.nan)
    texts = sentences.answer_texts(margin(0.4, 0.6), "the county", weighing(), hidden)
    assert texts[1].endswith("(design effect 1.12).")

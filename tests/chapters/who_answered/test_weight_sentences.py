"""What notebook 02 says of weights, on the boundaries of what it says."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis import survey
from analysis.chapters.who_answered import weight_sentences as sentences
from analysis.population import Weighing
from analysis.survey.exclusions import Ledger
from analysis.weights import Weights


@pytest.fixture(scope="module")
def codebook():
    return survey.load("herts_2023").codebook


def weighing(full=None, joined=None):
    own = Weights(weights=pd.Series([1.0, 1.0]))
    return Weighing(weights=own, ledger=Ledger(rows_in=2), joined=joined or {}, full=full)


def moved(*rows):
    table = pd.DataFrame(rows, columns=["headline", "estimate", "conf_low", "conf_high"])
    return table.assign(unweighted=0.4, weighted=0.5, n=90)


@pytest.mark.parametrize(
    ("low", "high", "clear"),
    [(0.0, 0.1, 0), (0.001, 0.1, 1), (-0.1, 0.0, 0), (-0.1, -0.001, 1), (-0.1, 0.1, 0)],
)
def test_an_interval_that_touches_0_moves_nothing_clearly(low, high, clear):
    table = moved(("Content", 0.05, low, high))
    said = f"{clear} of 1 headlines"
    assert said in sentences.moved_sentence(table, "the county")
    assert said in sentences.moved_title(table)


def test_the_headline_that_moves_most_is_named_up_or_down():
    table = moved(("a", 0.05, 0.01, 0.09), ("b", -0.06, -0.1, -0.02), ("c", np.nan, 0.2, 0.4))
    text = sentences.moved_sentence(table, "the county")
    assert '"b" moves most, from 40% to 50% (-6.0 points' in text
    assert text.endswith("2 of 2 headlines move by more than chance explains.")
    assert sentences.moved_title(table).startswith("Weights move 2 of 2 headlines")


def test_nothing_is_said_of_headlines_that_are_all_hidden():
    hidden = moved(("a", np.nan, np.nan, np.nan))
    assert sentences.moved_sentence(hidden, "the county") == sentences.moved_title(hidden) == ""


def test_joined_categories_are_named_once_and_only_if_there_are_any(codebook):
    source = f"Population: {codebook.population_counts.source}."
    raked = SimpleNamespace()
    assert sentences.weighing_note(weighing(raked), codebook) == source
    joined = {"16-24": "16-34", "25-34": "16-34", "75-84": "75 or over"}
    note = sentences.weighing_note(weighing(raked, joined), codebook)
    assert note.startswith(f"{source} Joined, since")
    assert note.endswith("the threshold: 16-34; 75 or over.")


def test_a_survey_that_brings_its_weights_names_no_source(codebook):
    note = sentences.weighing_note(weighing(), codebook)
    assert note.startswith("The survey brings its weights;")


def test_people_with_a_weight_are_counted_among_everybody_that_was_weighed():
    text = sentences.weights_sentence(replace(weighing(), ledger=Ledger(rows_in=1200)))
    assert text.startswith("2 of 1,200 people have a weight; they tell a mean as well as 2 people")

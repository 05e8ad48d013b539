"""The short answer on ratings adds up the answers as they are shown."""

import pandas as pd

from analysis import survey
from analysis.chapters.ratings import people, short, tables

HERTS = survey.load("herts_2023")


def test_the_best_and_the_worst_are_told_as_the_tables_have_them():
    rated = people.rated(HERTS, HERTS.responses())
    overall = tables.overall_shares(
        {each.noun: each.good for each in rated.values()}, None, HERTS.codebook
    )
    said = short.short_texts(HERTS, overall, rated)
    assert said[0] == (
        "Visibility of the police: 28% of 1,072 people say good or very good, give or take 3 "
        "points. 55% answered very poor or poor, give or take 3 points."
    )
    hidden = overall.assign(estimate=[None, 0.5])
    assert short.short_texts(HERTS, hidden, rated)[0] == ""
    assert short.short_texts(HERTS, pd.DataFrame(), {}) == []

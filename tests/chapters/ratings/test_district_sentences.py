"""Sentences on districts name the ends of a list only if districts differ and people are enough."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.chapters.ratings import district_sentences as said
from analysis.ordinal import ModelTest
from analysis.privacy import HIDDEN_NUMBER


def _rows(estimates: list, few: list | None = None) -> pd.DataFrame:
    levels = ["North", "East", "South", "West"][: len(estimates)]
    flags = few or [False] * len(estimates)
    return pd.DataFrame({"level": levels, "estimate": estimates, "few": flags})


def _named(rows: pd.DataFrame, p_adjusted: float = 0.01) -> dict:
    return {end: row["level"] for end, row in said.named_ends(rows, p_adjusted).items()}


def test_the_first_row_is_the_highest_and_the_last_the_lowest():
    assert _named(_rows([0.4, 0.35, 0.3])) == {"highest": "North", "lowest": "South"}


def test_a_district_of_few_people_is_not_named():
    rows = _rows([0.5, 0.4, 0.3, 0.2], few=[True, False, False, True])
    assert _named(rows) == {"highest": "East", "lowest": "South"}


def test_a_hidden_district_is_not_named():
    rows = _rows([HIDDEN_NUMBER, 0.4, 0.3, HIDDEN_NUMBER])
    assert _named(rows) == {"highest": "East", "lowest": "South"}


def test_two_districts_are_enough_to_name_and_one_is_not():
    assert len(_named(_rows([0.4, 0.3]))) == 2
    assert _named(_rows([0.4])) == {}
    assert _named(_rows([0.4, 0.3], few=[False, True])) == {}


@pytest.mark.parametrize(("p_adjusted", "ends"), [(0.0499, 2), (0.05, 0)])
def test_ends_are_named_only_below_five_percent(p_adjusted, ends):
    assert len(_named(_rows([0.4, 0.3]), p_adjusted)) == ends


def test_a_title_calls_no_difference_what_is_at_five_percent():
    rows = _rows([0.4, 0.3])
    below = said.district_title("visibility", rows, 0.0499, "districts")
    at = said.district_title("visibility", rows, 0.05, "districts")
    assert below == "Visibility, partly pooled, runs from 30% in East to 40% in North"
    assert at == "Visibility: no difference between districts that these data can show"


@pytest.mark.parametrize(
    "rows",
    [_rows([0.4, 0.3, 0.2], few=[False, False, True]), _rows([0.4, 0.3, HIDDEN_NUMBER])],
    ids=["few", "hidden"],
)
def test_a_title_says_that_a_district_was_left_aside(rows):
    title = said.district_title("visibility", rows, 0.01, "districts")
    assert title.endswith("from 30% in East to 40% in North, districts with few such answers aside")


def test_a_title_without_a_district_to_name_names_none():
    title = said.district_title("visibility", _rows([0.4]), 0.01, "districts")
    assert title == "Visibility differs between districts, partly pooled shares"


def _between(**p_adjusted: float) -> str:
    """Say it of ratings with these p-values; of two that are equal Holm's is the double."""
    compared = {
        name: SimpleNamespace(test=_test(p), rows=_rows([0.4, 0.3]).assign(
            n=90, n_low=None, n_high=None, raw_share=0.4, conf_low=0.2, conf_high=0.5))
        for name, p in p_adjusted.items()
    }  # fmt: skip
    ratings = {name: SimpleNamespace(noun=name) for name in p_adjusted}
    return said.between_districts_sentence(compared, ratings, "districts")


def _test(p_value: float) -> ModelTest:
    return ModelTest(kind="likelihood ratio", statistic=1.0, df=1, p_value=p_value, n=90)


def test_a_rating_differs_between_districts_only_below_five_percent_and_says_from_where():
    assert _between(a=0.0499) == (
        "Between districts a (Holm-adjusted p < 0.05; from 30% in East to 40% in North) differs "
        "by more than chance explains."
    )
    assert _between(a=0.05) == (
        "These data do not show that a (Holm-adjusted p = 0.050) differs between districts."
    )


def test_two_ratings_differ_and_one_differs():
    assert _between(a=0.01, b=0.02) == (
        "Between districts a (Holm-adjusted p = 0.020; from 30% in East to 40% in North) and b "
        "(p = 0.020; from 30% in East to 40% in North) differ by more than chance explains."
    )
    assert "b (p = 0.400) differ between" in _between(a=0.2, b=0.3)
    one = _between(a=0.001, b=0.3)
    assert one.endswith("explains; these data do not show it of b (p = 0.300).")


def test_nothing_is_said_where_no_districts_were_compared():
    assert _between() == ""

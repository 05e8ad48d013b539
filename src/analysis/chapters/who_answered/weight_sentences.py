"""Sentences on what the weights cost, and on what they move."""

import pandas as pd

from analysis.chapters.who_answered import tables
from analysis.population import Weighing
from analysis.report import interval, percent, points, size_clause
from analysis.survey.codebook import Codebook


def weighing_note(weighing: Weighing, codebook: Codebook) -> str:
    """Say where the weights come from, and which categories were joined to make them.

    Parameters
    ----------
    weighing : Weighing
        As `population.weigh` makes it.
    codebook : Codebook
        Its population.

    Returns
    -------
    str
        One or two sentences.
    """
    source = "The survey brings its weights; what they were made from is not part of the file."
    if weighing.full is not None:
        source = f"Population: {codebook.population_counts.source}."
    return f"{source} {_joined_sentence(weighing)}".strip()


def weights_sentence(weighing: Weighing) -> str:
    """Say how many people have a weight, and what the weights cost.

    Parameters
    ----------
    weighing : Weighing
        As `population.weigh` makes it.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from analysis.survey.exclusions import Ledger
    >>> from analysis.weights import Weights
    >>> own = Weights(weights=pd.Series([1.0, 1.0, 2.0]))
    >>> weights_sentence(Weighing(weights=own, ledger=Ledger(rows_in=4), joined={}, full=None))
    '3 of 4 people have a weight; they tell a mean as well as 3 people of equal weights would \
(design effect 1.12).'
    """
    own = weighing.weights
    return (
        f"{own.n:,} of {weighing.ledger.rows_in:,} people have a weight; they tell a mean as well "
        f"as {own.effective_n:,.0f} people of equal weights would (design effect "
        f"{own.design_effect:.2f})."
    )


def limit_names(limits: pd.Series) -> list[str]:
    """Name the limits at which weights are cut.

    Parameters
    ----------
    limits : pandas.Series
        Multiples of the mean weight; NA for none.

    Returns
    -------
    list of str
        A name each.

    Examples
    --------
    >>> limit_names(pd.Series([None, 5.0]))
    ['none', '5 times the mean']
    """
    return ["none" if pd.isna(each) else f"{each:.0f} times the mean" for each in limits]


def moved_sentence(moved: pd.DataFrame, population: str) -> str:
    """Say which headline weights move most, and how many they move at all.

    Parameters
    ----------
    moved : pandas.DataFrame
        As `tables.shown_moved` returns it.
    population : str
        What the weights bring people to.

    Returns
    -------
    str
        Two sentences; "" if no headline is shown.

    Examples
    --------
    >>> moved = pd.DataFrame({"headline": ["Content"], "unweighted": [0.4], "weighted": [0.5],
    ...                       "estimate": [0.1], "conf_low": [0.05], "conf_high": [0.15],
    ...                       "n": [90]})
    >>> print(moved_sentence(moved, "the county"))
    Weighted to the county, "Content" moves most, from 40% to 50% (+10.0 points, 95% interval \
+5.0 to +15.0; 90 people who answered it and have a weight). 1 of 1 headlines moves by more than \
chance explains.
    """
    rows = moved.dropna(subset=["estimate"])
    if rows.empty:
        return ""
    most, clear = tables.moved_most(rows), _clear(rows)
    near = _near(rows)
    span = interval(most["conf_low"], most["conf_high"], "points")
    return (
        f'Weighted to {population}, "{most["headline"]}" moves most, from '
        f"{percent(most['unweighted'])} to {percent(most['weighted'])} "
        f"({points(most['estimate'])} points, 95% interval {span}; {int(most['n']):,} people who "
        f"answered it and have a weight){near}. {clear} of {len(rows)} "
        f"headlines {'moves' if clear == 1 else 'move'} by more than chance explains."
    )


def moved_title(moved: pd.DataFrame) -> str:
    """Head the figure of headlines without and with weights.

    Parameters
    ----------
    moved : pandas.DataFrame
        As `tables.shown_moved` returns it.

    Returns
    -------
    str
        The finding; "" if no headline is shown.

    Examples
    --------
    >>> moved_title(pd.DataFrame({"estimate": [0.1], "conf_low": [0.05], "conf_high": [0.15]}))
    'Weights move 1 of 1 headlines by more than chance explains'
    """
    rows = moved.dropna(subset=["estimate"])
    if rows.empty:
        return ""
    return f"Weights move {_clear(rows)} of {len(rows)} headlines by more than chance explains"


def _near(rows: pd.DataFrame) -> str:
    """Say which other headlines may move as far as the one that moves most."""
    if len(rows) < 2:
        return ""
    order = rows["estimate"].abs().sort_values(ascending=False, kind="stable").index
    quoted = rows.loc[order].assign(level='"' + rows["headline"].astype(str) + '"')
    return f", {size_clause(quoted)}"


def _clear(moved: pd.DataFrame) -> int:
    return int(((moved["conf_low"] > 0) | (moved["conf_high"] < 0)).sum())


def _joined_sentence(weighing: Weighing) -> str:
    names = list(dict.fromkeys(weighing.joined.values()))
    if not names:
        return ""
    return f"Joined, since a cell held fewer people than the threshold: {'; '.join(names)}."

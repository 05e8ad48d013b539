"""The two answers with weights: the test of all channels at once, the shifts, the headlines."""

from collections.abc import Sequence

import pandas as pd

from analysis import paired, population
from analysis.chapters.preferred_vs_used.people import same_answer
from analysis.chapters.preferred_vs_used.tables import least_reached
from analysis.paired import ShiftTest
from analysis.population import Weighing
from analysis.privacy import HIDDEN, HIDDEN_NUMBER
from analysis.report import Weighted, interval, margin, weighted_row, weighted_share
from analysis.survey import Survey

_Answers = pd.Series | pd.DataFrame


def weighted_people(weighing: Weighing | None, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the people who have a weight.

    Parameters
    ----------
    weighing : Weighing or None
        As `population.weigh` returns it.
    frame : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    pandas.DataFrame
        The rows of those who have one; none without weights.
    """
    return frame.iloc[:0] if weighing is None else weighing.people(frame)


def weighted_test(
    used: _Answers, preferred: _Answers, weighing: Weighing | None
) -> dict[str, ShiftTest]:
    """Test with weights whether the shares are the same in both answers.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    dict
        What the test is called -> the test; empty where no more people have a weight than there
        are answers.
    """
    pair = [weighted_people(weighing, each) for each in (used, preferred)]
    answers = used.cat.categories if isinstance(used, pd.Series) else used.columns
    if len(pair[0]) <= len(answers):
        return {}
    return {"Wald, weighted (F)": paired.shift_test(*pair, weights=weighing.weights)}


def weighted_shifts(used: _Answers, preferred: _Answers, weighing: Weighing | None) -> pd.DataFrame:
    """Estimate the shift of each channel with weights.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    pandas.DataFrame
        As `paired.shifts` returns it; no rows where fewer than two people have a weight.
    """
    pair = [weighted_people(weighing, each) for each in (used, preferred)]
    if len(pair[0]) < 2:
        return pd.DataFrame(columns=["answer", "estimate", "p_adjusted"])
    return paired.shifts(*pair, weights=weighing.weights)


def weighted_shares(
    survey: Survey,
    groups: pd.DataFrame,
    in_groups: Sequence[_Answers],
    weighing: Weighing | None,
) -> pd.DataFrame:
    """Give the shares of each group of channels, used and preferred, without and with weights.

    Parameters
    ----------
    survey : Survey
        The survey.
    groups : pandas.DataFrame
        Groups of channels as `tables.visible_shifts` returns them.
    in_groups : sequence of pandas.Series or pandas.DataFrame
        The group that people used, and that they prefer.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    pandas.DataFrame
        `channel, share_used, weighted_used, used_interval, used_margin, share_preferred,
        weighted_preferred, preferred_interval, preferred_margin`, intervals as text (Korn and
        Graubard's), margins as `report.margin`; no rows without weights. A weighted share that
        could give few people away is hidden (`privacy.hidden_weighted`).
    """
    columns = ["channel", *_shares_of("used"), *_shares_of("preferred")]
    if weighing is None:
        return pd.DataFrame(columns=columns)
    rows = []
    for row in groups.dropna(subset=["estimate"]).itertuples():
        numbers = {"channel": row.channel}
        for answers, name in zip(in_groups, ("used", "preferred"), strict=True):
            yes = answers == row.channel if isinstance(answers, pd.Series) else answers[row.channel]
            found = weighted_share(yes == 1, weighing, survey.codebook)
            ends = HIDDEN if found is None else interval(found.conf_low, found.conf_high)
            share = HIDDEN_NUMBER if found is None else found.estimate
            spread = None if found is None else margin(found)
            told = (getattr(row, f"share_{name}"), share, ends, spread)
            numbers |= dict(zip(_shares_of(name), told, strict=True))
        rows.append(numbers)
    return pd.DataFrame(rows, columns=columns)


def _shares_of(name: str) -> tuple[str, str, str, str]:
    return f"share_{name}", f"weighted_{name}", f"{name}_interval", f"{name}_margin"


def weighted_headlines(
    survey: Survey,
    responses: pd.DataFrame,
    top: pd.DataFrame,
    pairs: Sequence[tuple],
    reached: pd.DataFrame,
) -> list[Weighted | None]:
    """Give with weights who gave the same answer twice, the largest shift, and the least reached.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`, who are weighted.
    top, pairs
        As for `weighted_largest`.
    reached : pandas.DataFrame
        As `tables.shown_reached` returns it.

    Returns
    -------
    list of Weighted or None
        None of what cannot be had with weights, or would tell of few people.
    """
    weighing = population.weigh(survey, responses)
    return [
        weighted_share(same_answer(*pairs[0]), weighing, survey.codebook),
        weighted_largest(survey, top, pairs, weighing),
        weighted_reached(survey, least_reached(survey, reached), pairs[0], weighing),
    ]


def weighted_reached(
    survey: Survey, least: pd.DataFrame, pair: tuple, weighing: Weighing | None
) -> Weighted | None:
    """Give with weights how many of those who prefer a channel used it.

    Parameters
    ----------
    survey : Survey
        The survey.
    least : pandas.DataFrame
        As `tables.least_reached` returns it.
    pair : tuple
        What people used and prefer, by channels.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    Weighted or None
        None where the count is rounded: an exact share with weights would tell it.
    """
    if least.empty or least["low"].iloc[0] != least["high"].iloc[0]:
        return None
    channel = least["channel"].iloc[0]
    used, prefer = (
        each == channel if isinstance(each, pd.Series) else each[channel] == 1 for each in pair
    )
    return weighted_share(used[prefer], weighing, survey.codebook)


def weighted_largest(
    survey: Survey, top: pd.DataFrame, pairs: Sequence[tuple], weighing: Weighing | None
) -> Weighted | None:
    """Give the largest shift with weights.

    Parameters
    ----------
    survey : Survey
        The survey.
    top : pandas.DataFrame
        As `tables.largest_shift` returns it.
    pairs : sequence of tuple
        What people used and prefer, by channels and by groups of channels.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    Weighted or None
        With the interval that holds together with those of all channels; None without weights.
    """
    if weighing is None or top.empty:
        return None
    for used, preferred in pairs:
        rows = weighted_shifts(used, preferred, weighing)
        mine = rows[rows["answer"] == top["channel"].iloc[0]]
        if len(mine):
            names = {"simultaneous_low": "conf_low", "simultaneous_high": "conf_high"}
            row = mine.drop(columns=list(names.values())).rename(columns=names).iloc[0]
            people = weighted_people(weighing, used).index
            return weighted_row(row, people, len(used), weighing, survey.codebook)
    return None

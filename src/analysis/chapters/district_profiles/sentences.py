"""Sentences on how districts differ from the whole, made from their profiles."""

import pandas as pd

from analysis.privacy import HIDDEN, mark
from analysis.report import interval, listed, p_text, percent, points


def gap_sentences(gaps: pd.DataFrame, level: str, whole: str) -> str:
    """Say by what a district differs most from the whole.

    Parameters
    ----------
    gaps : pandas.DataFrame
        As `profiles.largest_gaps` returns it.
    level : str
        The district.
    whole : str
        What it is compared with.

    Returns
    -------
    str
        One sentence: credible gaps, else that there is none; pointers after that.

    Examples
    --------
    >>> gaps = pd.DataFrame({"level": ["North"], "measure": ["Content"], "gap": [0.1],
    ...     "gap_low": [0.02], "gap_high": [0.18], "credible": [True]})
    >>> gap_sentences(gaps, "North", "the county")
    '**North**: Content +10 points (+2 to +18).'
    >>> gap_sentences(gaps, "South", "the county")
    '**South**: no difference from the county that these data can show.'
    """
    mine = gaps[gaps["level"].astype("str") == level]
    sure, rest = ([_gap(row) for row in part.itertuples()]
                  for part in (mine[mine["credible"]], mine[~mine["credible"]]))  # fmt: skip
    said = "; ".join(sure) or f"no difference from {whole} that these data can show"
    pointers = f" (pointers, to be looked at again: {'; '.join(rest)})" if rest else ""
    return f"**{level}**: {said}{pointers}."


def _gap(row: object) -> str:
    ends = interval(row.gap_low, row.gap_high, "whole points")
    return f"{row.measure} {points(row.gap, 0)} points ({ends})"


def measures_sentence(tests: pd.DataFrame, districts: str) -> str:
    """Say on which measures districts differ.

    Parameters
    ----------
    tests : pandas.DataFrame
        As `Profiles.tests`.
    districts : str
        The survey's word for them.

    Returns
    -------
    str
        One or two sentences.

    Examples
    --------
    >>> tests = pd.DataFrame({"measure": ["Content", "Used"], "p_adjusted": [0.01, 0.6]})
    >>> measures_sentence(tests, "districts")
    'On 1 of 2 measures districts differ by more than chance explains: Content (Holm-adjusted \
p = 0.010).'
    """
    differing = tests[tests["p_adjusted"] < 0.05]
    least = tests["p_adjusted"].min()
    if differing.empty:
        return (
            f"On none of {len(tests)} measures do these data show that {districts} differ by more "
            f"than chance explains (smallest Holm-adjusted {p_text(least)})."
        )
    names = [
        f"{row.measure} (Holm-adjusted {p_text(row.p_adjusted)})" for row in differing.itertuples()
    ]
    return (
        f"On {len(differing)} of {len(tests)} measures {districts} differ by more than chance "
        f"explains: {listed(names, most=8)}."
    )


def panels_title(gaps: pd.DataFrame, districts: int, word: str) -> str:
    """Head the figure of all districts.

    Parameters
    ----------
    gaps : pandas.DataFrame
        As `profiles.largest_gaps` returns it.
    districts : int
        How many there are.
    word : str
        The survey's word for them.

    Returns
    -------
    str
        The finding.

    Examples
    --------
    >>> gaps = pd.DataFrame({"level": ["North", "North"], "credible": [True, False]})
    >>> panels_title(gaps, 10, "districts")
    '1 of 10 districts has a credible gap to the whole, 1 a pointer'
    """
    sure = gaps.loc[gaps["credible"], "level"].nunique()
    hints = gaps.loc[~gaps["credible"], "level"].nunique()
    if not sure + hints:
        return f"None of {districts} {word} has a gap to the whole that these data can show"
    verb = "has" if sure == 1 else "have"
    start = f"{sure or 'None'} of {districts} {word} {verb} a credible gap to the whole"
    return start + f", {hints} a pointer" * bool(hints)


def span(row: object) -> str:
    """Write a gap with its interval in whole points.

    Parameters
    ----------
    row : object
        Has `gap, gap_low, gap_high`.

    Returns
    -------
    str
        Such as ``"+10 (+2 to +18)"``.

    Examples
    --------
    >>> span(pd.Series({"gap": 0.1, "gap_low": 0.02, "gap_high": 0.18}))
    '+10 (+2 to +18)'
    """
    return f"{points(row.gap, 0)} ({interval(row.gap_low, row.gap_high, 'whole points')})"


def rest_sentence(levels: list[str], whole: str) -> str:
    """Name the districts without a credible gap.

    Parameters
    ----------
    levels : list of str
        Their names.
    whole : str
        What they are compared with.

    Returns
    -------
    str
        One sentence; "" without any.

    Examples
    --------
    >>> rest_sentence(["North", "South"], "the county")
    'North and South: no difference from the county that these data can show.'
    """
    said = f"no difference from {whole} that these data can show."
    return f"{listed(levels, most=12)}: {said}" if levels else ""


def largest_sentence(row: pd.Series, kind: str, whole: str) -> str:
    """Say the largest gap of all.

    Parameters
    ----------
    row : pandas.Series
        `level, measure, gap, gap_low, gap_high, n`.
    kind : str
        "credible", "pointer" or "none": what the gap is.
    whole : str
        What the district is compared with.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> row = pd.Series({"level": "North", "measure": "Content", "gap": 0.1, "gap_low": 0.02,
    ...                  "gap_high": 0.18, "n": 50})
    >>> print(largest_sentence(row, "pointer", "everybody"))
    No gap of a district is credible; the largest pointer, to be looked at again, is North's: \
Content +10 points from everybody (+2 to +18; 50 people).
    """
    ends = interval(row["gap_low"], row["gap_high"], "whole points")
    gap = f"{row['measure']} {points(row['gap'], 0)} points from {whole} "
    gap += f"({ends}; {int(row['n']):,} people)"
    starts = {
        "credible": "The largest credible gap is",
        "pointer": "No gap of a district is credible; the largest pointer, to be looked at again, "
        "is",
        "none": "No gap of a district is credible; on the measure on which they differ most, the "
        "largest is",
    }
    return f"{starts[kind]} {row['level']}'s: {gap}."


def as_text(rows: pd.DataFrame) -> pd.DataFrame:
    """Write the numbers of profiles as they are read: shares in percent, shifts in points.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `Profiles.rows`.

    Returns
    -------
    pandas.DataFrame
        `level, measure, estimate, overall, gap` as text, and `n`.

    Examples
    --------
    >>> row = {"level": "North", "measure": "Digital: shift", "unit": "points", "estimate": 0.05,
    ...        "conf_low": -0.01, "conf_high": 0.1, "overall": 0.04, "gap": 0.01,
    ...        "gap_low": -0.05, "gap_high": 0.07, "n": 80}
    >>> as_text(pd.DataFrame([row])).iloc[0].tolist()[2:5]
    ['+5 (-1 to +10)', '+4', '+1 (-5 to +7)']
    """
    write = {"percent": percent, "points": lambda share: points(share, 0)}
    estimates, overall, gaps = [], [], []
    for row in rows.itertuples():
        ends = interval(row.conf_low, row.conf_high, f"whole {row.unit}")
        hidden = pd.isna(row.estimate)
        estimates.append(HIDDEN if hidden else f"{write[row.unit](row.estimate)} ({ends})")
        overall.append(write[row.unit](row.overall))
        gaps.append(mark(row.gap) if pd.isna(row.gap) else span(row))
    texts = {"estimate": estimates, "overall": overall, "gap": gaps}
    return rows[["level", "measure"]].assign(**texts, n=rows["n"])

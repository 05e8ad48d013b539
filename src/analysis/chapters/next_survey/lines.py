"""What the figures of planning draw."""

import numpy as np
import pandas as pd

from analysis.chapters.next_survey import invitations, tables
from analysis.chapters.next_survey.assumed import Assumed
from analysis.chapters.next_survey.invitations import Strata
from analysis.survey import Survey

#: What the figures are called.
DETECTABLE, TRADED = "10_detectable", "10_invitations"

#: From how few people the lines begin at the latest, and how many points they have.
_LEAST, _POINTS = 20, 40


def detectable(plan: Assumed, survey: Survey) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Follow the least effect that is seen from few people to many.

    Parameters
    ----------
    plan : Assumed
        What is assumed.
    survey : Survey
        The survey, for its words.

    Returns
    -------
    tuple of pandas.DataFrame
        `line, x, y`: a shift within a district (where both answers are asked for), and its
        difference from everybody else, with power 80%; and `line, level, x, y`, the districts whose
        size may be shown, named once.
    """
    total = int(plan.districts["n"].sum())
    names = f"A shift of one of the {survey.words.channels}", "A share apart from everybody else's"
    rows = plan.districts.dropna(subset=["shown"])
    ends = max(0.8 * min(rows["n"].min(), _LEAST), 5), 1.1 * max(rows["n"].max(), 5 * _LEAST)
    sizes = np.unique(np.linspace(*ends, _POINTS).astype(int))
    lines, marks = [], []
    for n in sizes:
        lines += _both(plan, names, int(n), total)
    for row in rows.itertuples():
        found = _both(plan, names, int(row.n), total)
        levels = ("", row.level)[-len(found) :]
        marks += [each | {"level": level} for each, level in zip(found, levels, strict=True)]
    order = ["line", "x", "y"]
    drawn = pd.DataFrame(lines).dropna().sort_values(order[:2], kind="stable", ignore_index=True)
    return drawn[order], pd.DataFrame(marks)[["line", "level", "x", "y"]]


def _both(plan: Assumed, names: tuple[str, ...], n: int, total: int) -> list[dict]:
    found = [tables.difference_seen(plan, n, max(total - n, 1))]
    if plan.asked_twice:
        found.insert(0, tables.shift_seen(plan, n))
    names = names[-len(found) :]
    return [{"line": name, "x": n, "y": y} for name, y in zip(names, found, strict=True)]


def traded(plan: Assumed, here: Strata) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lay the precision of everybody beside that of the district with the widest interval.

    Parameters
    ----------
    plan : Assumed
        What is assumed.
    here : Strata
        As `invitations.strata` returns it.

    Returns
    -------
    tuple of pandas.DataFrame
        `line, x, y`, the compromises of `invitations.between`; and `line, level, x, y`, each way to
        spread invitations, with the line whose colour it has. Across is how far the interval of
        everybody's share reaches to either side, up that of the district where it reaches farthest.
    """
    path, ways = invitations.between(plan, here), invitations.compared(plan, here)
    called = {"floor": "Neyman with a floor", "power": "Power allocation"}
    order = path.sort_values("path", kind="stable")
    line = pd.DataFrame({"line": order["path"].map(called), "x": order["margin"],
                         "y": order["district_margin"]})  # fmt: skip
    marks = pd.DataFrame(
        {"level": ways["allocation"], "x": ways["margin"], "y": ways["district_margin"]}
    )
    mine = marks["level"].str.startswith("Power").map({True: "power", False: "floor"}).map(called)
    marks.insert(0, "line", mine)
    return line.reset_index(drop=True), marks


def numbers(lines: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Put what a figure draws into one table, to be written beside it.

    Parameters
    ----------
    lines, marks : pandas.DataFrame
        As `detectable` or `traded` returns them.

    Returns
    -------
    pandas.DataFrame
        `kind` ("line" or "mark"), `line, level, x, y`.

    Examples
    --------
    >>> line = pd.DataFrame({"line": ["L"], "x": [1], "y": [0.2]})
    >>> numbers(line, pd.DataFrame({"level": ["a"], "x": [1], "y": [0.2]}))["kind"].tolist()
    ['line', 'mark']
    """
    both = pd.concat([lines.assign(kind="line"), marks.assign(kind="mark")], ignore_index=True)
    return both.reindex(columns=["kind", "line", "level", "x", "y"])

"""Tables as readers see them: rounded, with headings, a caption and the base."""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.numerics import interval, p_text, percent, points
from analysis.privacy import ABSENT, HIDDEN, Rule, mark, range_words
from analysis.report._columns import COLUMNS
from analysis.report._display import Prose, Shown
from analysis.report._ledger_steps import joined_steps
from analysis.report._left_rows import without_hidden
from analysis.report._prose import because, prose
from analysis.survey.exclusions import Ledger

#: A number with its interval behind it.
_WITH_INTERVAL = re.compile(r"(\[\w\]|[-+]?\d[^()]*) \(([-+]?\d[^()]* to [-+]?\d[^()]*)\)")


#: What the note says of shares that are rounded further than to whole percent.
_STEPS = {
    step: f"Shares and their intervals in steps of {word}, since whole percent would tell of few "
    "people who are in no group."
    for step, word in ((0.02, "two"), (0.05, "five"))
}


def estimate(share: float, low: float, high: float) -> str:
    """Write a share with its interval in one cell, in whole percent.

    Parameters
    ----------
    share, low, high : float
        Between 0 and 1; a missing one is hidden or absent.

    Returns
    -------
    str
        Such as ``"41% (37% to 45%)"``.

    Examples
    --------
    >>> estimate(0.41, 0.37, 0.45)
    '41% (37% to 45%)'
    """
    for value in (share, low, high):
        if pd.isna(value):
            return mark(value)
    return f"{percent(share)} ({interval(low, high, 'whole percent')})"


def show(
    frame: pd.DataFrame,
    *,
    caption: str,
    names: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
    note: str = "",
    folded: bool = False,
    otherwise: str = "",
) -> Shown | Prose:
    """Display a table: rounded, with headings, a caption and the base.

    Parameters
    ----------
    frame : pandas.DataFrame
        Tidy table; the first column names the rows. `conf_low` and `conf_high` become one
        column, a text such as "41% (37% to 45%)" two: a cell holds one number, or one interval.
        `n` with `n_low` and `n_high`, where these are known, is a range of people; the note tells
        the `share_step` of shares that are not in whole percent. A missing
        number is marked as hidden or as absent. A row of which nothing but people is shown, and
        then a column of which nothing is, leave the table; the note names them.
    caption : str
        What the table shows, of whom.
    names : mapping of str to str, optional
        Other headings than those of `COLUMNS`.
    kinds : mapping of str to str, optional
        Other kinds: "text", "name" (an id), "count", "number", "tenth", "percent", "whole
        percent", "points", "whole points", "chance" or "p". The interval has the kind of
        `estimate`.
    note : str
        A line below the table. What a hidden number means is said by itself.
    folded : bool
        True closes the table behind its caption until a reader opens it.
    otherwise : str
        Why the table has no rows, shown in its place.

    Returns
    -------
    Shown or Prose
        Displays as a table in a notebook and prints as text.

    Raises
    ------
    ValueError
        If a column has no heading, or the table no rows and no reason for it.

    Examples
    --------
    >>> show(pd.DataFrame({"step": ["blank"], "rows_excluded": [1200]}), caption="Rows left out")
    Rows left out
    Step Left out
    blank    1,200
    """
    if frame.empty:
        return prose(because(otherwise, f"table {caption!r}"))
    headings, formats = dict(COLUMNS), dict(kinds or {})
    for column, heading in (names or {}).items():
        headings[column] = (heading, headings.get(column, ("", "text"))[1])
    main_kind = formats.get("estimate", COLUMNS["estimate"][1])
    columns, numeric, people = {}, [], []
    for column in frame.columns:
        if column in ("conf_high", "n_low", "n_high", "share_step"):
            continue
        name = "interval" if column == "conf_low" else column
        if name not in headings:
            raise ValueError(f"column {name!r} has no heading; add it to report.COLUMNS or names")
        heading, kind = headings[name][0], formats.get(name, headings[name][1])
        if column == "conf_low":
            cells = [
                mark(low) if pd.isna(low) else interval(low, high, main_kind)
                for low, high in zip(frame["conf_low"], frame["conf_high"], strict=True)
            ]
        else:
            cells = [_cell(value, kind) for value in _sizes(frame, column)]
        parts = _apart(heading, cells) if kind == "text" and columns else {}
        columns |= parts or {heading: cells}
        many = [True] * len(parts)
        numeric += many or [name == "interval" or kind not in ("text", "name")]
        people += [heading] * (not parts and re.match(r"n(_|$)", str(name)) is not None)
    table, left = without_hidden(pd.DataFrame(columns), people)
    numeric = [each for each, name in zip(numeric, columns, strict=True) if name in table]
    step = _STEPS.get(frame["share_step"].max(), "") if "share_step" in frame else ""
    note = f"{note} {step} {left}".replace("  ", " ").strip()
    hidden, absent = ((table == each).to_numpy().any() for each in (HIDDEN, ABSENT))
    if hidden:
        note = f"{note} {HIDDEN} rests on too few people to be shown, or would give away a " \
               "number that does.".replace("  ", " ")  # fmt: skip
    if absent:
        note = f"{note} {ABSENT} is not available."
    return Shown(
        frame=table,
        numeric=tuple(numeric),
        caption=caption,
        note=note.strip(),
        folded=folded,
    )


def show_ledger(ledger: Ledger, *, caption: str, rule: Rule, note: str = "") -> Shown | Prose:
    """Display who left a base at which step, or say that nobody did.

    Parameters
    ----------
    ledger : Ledger
        Of the base.
    caption : str
        From whom to whom it leads.
    rule : Rule
        How few people are too few: a step that took out fewer is told with one beside it.
    note : str
        A line below the table.

    Returns
    -------
    Shown or Prose
        As `show`.

    Examples
    --------
    >>> show_ledger(Ledger(rows_in=1200), caption="From responses to the base", rule=Rule(10))
    From responses to the base: nobody is left out, all 1,200 people stay.
    """
    none = f"{caption}: nobody is left out, all {ledger.rows_in:,} people stay."
    steps = joined_steps(ledger.to_frame(), rule=rule)
    return show(steps, caption=caption, note=note, otherwise=none)


def show_counts(
    table: pd.DataFrame, *, caption: str, corner: str, note: str = "", otherwise: str = ""
) -> Shown | Prose:
    """Display a table of counts with names in both margins.

    Parameters
    ----------
    table : pandas.DataFrame
        Counts of people; a missing one is shown as hidden, a text such as "under 10" as it is.
    caption : str
        What is counted, of whom.
    corner : str
        What the rows are.
    note : str
        A line below the table.
    otherwise : str
        Why the table has no rows or no columns, shown in its place.

    Returns
    -------
    Shown or Prose
        Displays as a table in a notebook and prints as text.

    Examples
    --------
    >>> table = pd.DataFrame({"phone": [20, 3.0]}, index=["phone", "online"])
    >>> show_counts(table, caption="People", corner="Used")
    People
      Used phone
     phone    20
    online     3
    """
    if table.empty:
        return prose(because(otherwise, f"table {caption!r}"))
    flat = table.rename_axis(columns=None).reset_index(names=corner)
    names = {column: str(column) for column in flat.columns}
    kinds = dict.fromkeys(table.columns, "count")
    return show(flat, caption=caption, names=names, kinds=kinds, note=note, otherwise=otherwise)


def _sizes(frame: pd.DataFrame, column: str) -> Iterable[object]:
    """Return the cells of a column; people as a range where only that is told."""
    if column != "n" or "n_low" not in frame:
        return frame[column]
    ends = zip(frame["n"], frame["n_low"], frame["n_high"], strict=True)
    return [n if pd.isna(low) else range_words(low, high) for n, low, high in ends]


def _apart(heading: str, cells: list[str]) -> dict[str, list[str]]:
    """Take numbers and their intervals apart into two columns; nothing of other texts."""
    found = [_WITH_INTERVAL.fullmatch(each) for each in cells]
    marks = (HIDDEN, ABSENT, "")
    if not any(found) or any(
        not match and each not in marks for match, each in zip(found, cells, strict=True)
    ):
        return {}
    name = heading.removesuffix(" (95% interval)").removesuffix(", with 95% interval")
    short = re.split(r", points| \(n = ", name)[0]
    plain = name in ("Estimate", "Share")
    beside = "95% interval" if plain else f"95% interval, {short}"
    return {
        name: [match[1] if match else each for match, each in zip(found, cells, strict=True)],
        beside: [match[2] if match else each for match, each in zip(found, cells, strict=True)],
    }


def _cell(value: object, kind: str) -> str:
    if isinstance(value, str) and kind == "count":
        return value
    if kind in ("text", "name"):
        text = "" if pd.isna(value) else str(value)
        return text.replace("_", " ") if kind == "name" else text
    if pd.isna(value):
        return mark(value)
    if kind in ("percent", "whole percent"):
        return percent(value, 1 if kind == "percent" else 0)
    if kind == "chance" and not 0.005 <= value <= 0.995:
        return "< 1%" if value < 0.5 else "> 99%"
    if kind == "chance":
        return percent(value)
    if kind in ("points", "whole points"):
        return points(value, 1 if kind == "points" else 0)
    if kind == "tenth":
        return f"{value:,.1f}"
    if kind == "p":
        return p_text(value).removeprefix("p ").removeprefix("= ")
    return f"{round(float(value)):,}" if kind == "count" else f"{value:.2f}"

"""Numbers as readers see them: every displayed number is rounded here, and nowhere else."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analysis.display import Line, Prose, Shown

#: What stands for a number that would rest on too few people.
HIDDEN = "[c]"

#: Heading and kind of every column that the project shows.
COLUMNS = {
    "channel": ("Channel", "text"),
    "level": ("Answer", "text"),
    "question": ("Question", "text"),
    "role": ("Question", "text"),
    "step": ("Step", "name"),
    "reason": ("Reason", "text"),
    "flag": ("Flag", "text"),
    "meaning": ("Meaning", "text"),
    "answer": ("Answer", "text"),
    "test": ("Test", "text"),
    "group": ("Group", "text"),
    "term": ("Term", "text"),
    "grouping": ("People grouped by", "name"),
    "counted": ("Counted", "text"),
    "from_channel": ("From", "text"),
    "to_channel": ("To", "text"),
    "value": ("Value", "text"),
    "share_used": ("Used", "percent"),
    "share_preferred": ("Prefer", "percent"),
    "share_first": ("First group", "percent"),
    "share_second": ("Second group", "percent"),
    "raw_share": ("Unadjusted share", "whole percent"),
    "weighted_estimate": ("Weighted", "points"),
    "weighted_interval": ("95% interval, weighted", "text"),
    "share_flagged": ("Share of replies", "percent"),
    "estimate": ("Estimate", "number"),
    "odds_ratio": ("Odds ratio", "text"),
    "difference": ("Difference, points", "text"),
    "chance_lowest": ("Among lowest", "chance"),
    "model": ("Model", "text"),
    "share_yes": ("Did", "whole percent"),
    "share_no": ("Did not", "whole percent"),
    "first": ("First", "text"),
    "first_interval": ("95% interval", "text"),
    "second": ("Second", "text"),
    "second_interval": ("Its 95% interval", "text"),
    "n_yes": ("People", "count"),
    "std_error": ("Standard error", "number"),
    "interval": ("95% interval", "text"),
    "statistic": ("Statistic", "number"),
    "df": ("df", "count"),
    "precision": ("Precision", "text"),
    "recall": ("Recall", "text"),
    "f1": ("F1", "text"),
    "n_true": ("True", "count"),
    "n_found": ("Found", "count"),
    "p_value": ("p", "p"),
    "p_adjusted": ("p, Holm", "p"),
    "p_shown": ("p, Holm", "text"),
    "n": ("n", "count"),
    "n_rounded": ("People, rounded", "count"),
    "effective_n": ("Effective n", "count"),
    "margin": ("Characteristic", "name"),
    "category": ("Category", "text"),
    "population_share": ("Population", "percent"),
    "rate": ("Per 1,000", "tenth"),
    "factor": ("Weighted by unweighted", "tenth"),
    "limit": ("Limit", "text"),
    "largest": ("Largest weight", "tenth"),
    "design_effect": ("Design effect", "number"),
    "largest_miss": ("Largest miss", "percent"),
    "headline": ("Headline", "text"),
    "unweighted": ("Unweighted", "whole percent"),
    "weighted": ("Weighted", "whole percent"),
    "n_groups": ("Groups", "count"),
    "n_used": ("Used, people", "count"),
    "n_preferred": ("Prefer, people", "count"),
    "n_discordant": ("Gave different answers", "count"),
    "rows_before": ("Rows before", "count"),
    "rows_excluded": ("Left out", "count"),
    "rows_after": ("Rows after", "count"),
    "asked": ("Asked", "count"),
    "answered": ("Answered", "count"),
    "dont_know": ("Don't know", "count"),
    "no_answer": ("No answer", "count"),
    "not_asked": ("Not asked", "count"),
}


def percent(share: float, digits: int = 0) -> str:
    """Write a share as a percentage.

    Parameters
    ----------
    share : float
        Between 0 and 1.
    digits : int
        Decimals.

    Returns
    -------
    str
        Such as ``"41%"``.

    Examples
    --------
    >>> percent(0.4125), percent(0.4125, 1)
    ('41%', '41.2%')
    """
    return f"{100 * share + 0.0:.{digits}f}%"


def points(difference: float, digits: int = 1) -> str:
    """Write a difference of two shares in percentage points, with its sign.

    Parameters
    ----------
    difference : float
        Between -1 and 1.
    digits : int
        Decimals.

    Returns
    -------
    str
        Such as ``"+7.5"``.

    Examples
    --------
    >>> points(0.075), points(-0.1), points(-0.0001)
    ('+7.5', '-10.0', '0.0')
    """
    value = round(100 * difference, digits)
    return f"{value:+.{digits}f}" if value else f"{0.0:.{digits}f}"


def p_text(p_value: float) -> str:
    """Write a p-value.

    Parameters
    ----------
    p_value : float
        Between 0 and 1.

    Returns
    -------
    str
        Three decimals, or that it is below 0.001.

    Examples
    --------
    >>> p_text(0.0124), p_text(3e-9)
    ('p = 0.012', 'p < 0.001')
    """
    return "p < 0.001" if p_value < 0.001 else f"p = {p_value:.3f}"


def interval(low: float, high: float, kind: str = "percent") -> str:
    """Write an interval.

    Parameters
    ----------
    low, high : float
        Its ends.
    kind : str
        "percent" or "whole percent" for shares, "points" or "whole points" for differences of
        shares, else a number.

    Returns
    -------
    str
        Such as ``"37.1% to 45.0%"``.

    Examples
    --------
    >>> interval(0.371, 0.45), interval(-0.02, 0.031, "points")
    ('37.1% to 45.0%', '-2.0 to +3.1')
    """
    if kind in ("percent", "whole percent"):
        digits = 1 if kind == "percent" else 0
        return f"{percent(low, digits)} to {percent(high, digits)}"
    if kind in ("points", "whole points"):
        digits = 1 if kind == "points" else 0
        return f"{points(low, digits)} to {points(high, digits)}"
    return f"{low:.2f} to {high:.2f}"


def estimate(share: float, low: float, high: float) -> str:
    """Write a share with its interval in one cell, in whole percent.

    Parameters
    ----------
    share, low, high : float
        Between 0 and 1; NA is hidden.

    Returns
    -------
    str
        Such as ``"41% (37% to 45%)"``.

    Examples
    --------
    >>> estimate(0.41, 0.37, 0.45)
    '41% (37% to 45%)'
    """
    if pd.isna(share):
        return HIDDEN
    return f"{percent(share)} ({interval(low, high, 'whole percent')})"


def days(first: date | None, last: date | None) -> str:
    """Write a span of days.

    Parameters
    ----------
    first, last : datetime.date or None
        Its ends.

    Returns
    -------
    str
        Such as ``"2 October 2023 to 15 October 2023"``.

    Examples
    --------
    >>> days(date(2023, 10, 2), date(2023, 10, 15))
    '2 October 2023 to 15 October 2023'
    >>> days(None, None)
    'not stated'
    """
    known = [f"{day.day} {day:%B %Y}" for day in (first, last) if day is not None]
    return " to ".join(known) or "not stated"


def show(
    frame: pd.DataFrame,
    *,
    caption: str,
    names: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
    note: str = "",
    folded: bool = False,
) -> Shown:
    """Display a table: rounded, with headings, a caption and the base.

    Parameters
    ----------
    frame : pandas.DataFrame
        Tidy table; the first column names the rows. `conf_low` and `conf_high` become one
        column. A missing number is shown as hidden.
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

    Returns
    -------
    Shown
        Displays as a table in a notebook and prints as text.

    Raises
    ------
    ValueError
        If a column has no heading.

    Examples
    --------
    >>> show(pd.DataFrame({"step": ["blank"], "rows_excluded": [1200]}), caption="Rows left out")
    Rows left out
    Step Left out
    blank    1,200
    """
    headings, formats = dict(COLUMNS), dict(kinds or {})
    for column, heading in (names or {}).items():
        headings[column] = (heading, headings.get(column, ("", "text"))[1])
    main_kind = formats.get("estimate", COLUMNS["estimate"][1])
    columns, numeric, hidden = {}, [], False
    for column in frame.columns:
        if column == "conf_high":
            continue
        name = "interval" if column == "conf_low" else column
        if name not in headings:
            raise ValueError(f"column {name!r} has no heading; add it to report.COLUMNS or names")
        heading, kind = headings[name][0], formats.get(name, headings[name][1])
        if column == "conf_low":
            cells = [
                HIDDEN if pd.isna(low) else interval(low, high, main_kind)
                for low, high in zip(frame["conf_low"], frame["conf_high"], strict=True)
            ]
        else:
            cells = [_cell(value, kind) for value in frame[column]]
        hidden |= HIDDEN in cells
        columns[heading] = cells
        numeric.append(name == "interval" or kind not in ("text", "name"))
    if hidden:
        note = f"{note} {HIDDEN} rests on too few people to be shown, or would give away a " \
               "number that does.".replace("  ", " ")  # fmt: skip
    return Shown(
        frame=pd.DataFrame(columns),
        numeric=tuple(numeric),
        caption=caption,
        note=note.strip(),
        folded=folded,
    )


def show_counts(table: pd.DataFrame, *, caption: str, corner: str, note: str = "") -> Shown:
    """Display a table of counts with names in both margins.

    Parameters
    ----------
    table : pandas.DataFrame
        Counts of people; a missing one is shown as hidden.
    caption : str
        What is counted, of whom.
    corner : str
        What the rows are.
    note : str
        A line below the table.

    Returns
    -------
    Shown
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
    flat = table.rename_axis(columns=None).reset_index(names=corner)
    names = {column: str(column) for column in flat.columns}
    kinds = dict.fromkeys(table.columns, "count")
    return show(flat, caption=caption, names=names, kinds=kinds, note=note)


def _cell(value: object, kind: str) -> str:
    if kind in ("text", "name"):
        text = "" if pd.isna(value) else str(value)
        return text.replace("_", " ") if kind == "name" else text
    if pd.isna(value):
        return HIDDEN
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
        return "< 0.001" if value < 0.001 else f"{value:.3f}"
    return f"{round(float(value)):,}" if kind == "count" else f"{value:.2f}"


def line(*sentences: str) -> Line:
    """Display a remark that is no result, such as how many rows were read.

    Parameters
    ----------
    *sentences : str
        Whole sentences; empty ones are left out.

    Returns
    -------
    Line
        Plain text.

    Examples
    --------
    >>> line("12 rows read.", "")
    12 rows read.
    """
    return Line(text=" ".join(sentence for sentence in sentences if sentence))


def prose(*sentences: str) -> Prose:
    """Display sentences.

    Parameters
    ----------
    *sentences : str
        Whole sentences; empty ones are left out.

    Returns
    -------
    Prose
        One paragraph.

    Examples
    --------
    >>> prose("One.", "", "Two.")
    One. Two.
    """
    return Prose(text=" ".join(sentence for sentence in sentences if sentence))


def answer(*sentences: str, synthetic: bool) -> Prose:
    """Display the answer of a notebook.

    Parameters
    ----------
    *sentences : str
        Two to four paragraphs made from the numbers, with base and interval; empty ones are
        left out.
    synthetic : bool
        True puts in front that the data are synthetic.

    Returns
    -------
    Prose
        A paragraph each.

    Examples
    --------
    >>> answer("Of 10 people, 4 agree.", synthetic=True)
    **Synthetic data.** Of 10 people, 4 agree.
    """
    mark = "**Synthetic data.** " * synthetic
    return Prose(text=mark + "\n\n".join(sentence for sentence in sentences if sentence))


def quote(*wordings: str) -> Prose:
    """Display the wording of questions as block quotes.

    Parameters
    ----------
    *wordings : str
        As the survey asked.

    Returns
    -------
    Prose
        A block quote a question.

    Examples
    --------
    >>> quote("Which one?")
    > Which one?
    """
    return Prose(text="\n\n".join(f"> {wording}" for wording in wordings))

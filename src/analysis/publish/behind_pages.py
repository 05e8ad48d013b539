"""The pages of the statistics behind the first page, and of methods and words."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis import report
from analysis.publish.page_cells import PageMarkdown
from analysis.publish.pages import TEMPLATES, Page, render_template
from analysis.report.findings import WEIGHTED

#: Units of findings that are shares: the kind of `report`, and the unit as it is shown.
UNITS = {
    "share": ("percent", "share"),
    "difference of shares": ("points", "percentage points"),
}

#: What stands for a number that a finding does not have.
NOT_AVAILABLE = "[x]"


def statistics_html(
    pages: Sequence[Page],
    *,
    survey_title: str,
    notice: str,
    findings: pd.DataFrame,
    facts: Mapping[str, str],
) -> str:
    """Make the page of all headline figures, and of the facts of the data.

    Parameters
    ----------
    pages : sequence of Page
        All notebooks of the report, in their order.
    survey_title, notice : str
        Shown at the top; an empty notice is left out.
    findings : pandas.DataFrame
        `findings.csv`: a row a headline. Sentences are plain text, not Markdown. With a unit of
        `UNITS` the estimate is a share, or a difference of shares, between -1 and 1. Intervals
        are 95% intervals; a missing number is shown as `[x]`.
    facts : mapping of str to str
        Name and text of what a reader should know about the data and the run.

    Returns
    -------
    str
        A complete HTML page.

    Raises
    ------
    ValueError
        If a finding belongs to a notebook that has no page, or is not the share it should be.

    Examples
    --------
    >>> columns = "finding notebook question base estimate conf_low conf_high unit n sentence"
    >>> none = pd.DataFrame(columns=columns.split())
    >>> html = statistics_html([], survey_title="Demo", notice="", findings=none, facts={"A": "b"})
    >>> "<dt>A</dt><dd>b</dd>" in html
    True
    """
    written = [page for page in pages if not page.skipped]
    unknown = sorted(set(findings["notebook"]) - {page.stem for page in written})
    if unknown:
        raise ValueError(f"findings of notebooks without a page: {unknown}; run them again")
    order = {page.stem: place for place, page in enumerate(written)}
    rows = sorted(findings.to_dict("records"), key=lambda row: order[row["notebook"]])
    return render_template(
        "statistics.html.j2",
        page=Page(stem="statistics", title="Statistics and data"),
        sections=[],
        pages=written,
        sentences={
            page.stem: [row["sentence"] for row in rows if row["notebook"] == page.stem]
            for page in written
        },
        figures=[{**row, **_figures(row)} for row in rows],
        facts=facts,
        survey_title=survey_title,
        notice=notice,
        population="",
    )


def methods_html(pages: Sequence[Page], *, survey_title: str, notice: str, cite: str) -> str:
    """Make the page of the methods, of the words, and of how to cite.

    Parameters
    ----------
    pages : sequence of Page
        All notebooks of the report, in their order.
    survey_title, notice : str
        Shown at the top; an empty notice is left out.
    cite : str
        How to cite the survey.

    Returns
    -------
    str
        A complete HTML page.

    Examples
    --------
    >>> html = methods_html([], survey_title="Demo", notice="", cite="Somebody (2025).")
    >>> "Somebody (2025)." in html, "effective n" in html
    (True, True)
    """
    written = [page for page in pages if not page.skipped]
    markdown = PageMarkdown({page.stem: page.title for page in written})
    source = (TEMPLATES / "methods.md").read_text("utf-8")
    if not notice:  # of a real survey nothing is synthetic
        source = re.sub(r"^- \*\*synthetic data\*\*.*\n", "", source, flags=re.M)
    text = markdown.html(source)
    return render_template(
        "methods.html.j2",
        page=Page(stem="methods", title="Methods and words"),
        sections=markdown.sections,
        pages=written,
        text=text,
        cite=cite,
        survey_title=survey_title,
        notice=notice,
        population="",
    )


def _figures(row: Mapping[str, Any]) -> dict[str, str]:
    """Write the numbers of a finding, and the same with weights."""
    kind, unit = UNITS.get(row["unit"], ("number", row["unit"]))
    if kind != "number" and abs(row["estimate"]) > 1:
        raise ValueError(
            f"finding {row['finding']!r} is {row['estimate']} {row['unit']}; give a share between "
            "-1 and 1"
        )
    plain = _numbers([row[name] for name in ("estimate", "conf_low", "conf_high", "n")], kind)
    heavy = _numbers([row.get(name) for name in WEIGHTED], kind)
    return {"unit": unit} | plain | {f"weighted_{name}": text for name, text in heavy.items()}


def _numbers(numbers: Sequence[float | None], kind: str) -> dict[str, str]:
    """Write an estimate with its interval and n."""
    value, low, high, n = (math.nan if each is None else float(each) for each in numbers)
    whole = all(pd.isna(each) or abs(each - round(each, 2)) < 1e-9 for each in (value, low, high))
    kind = f"whole {kind}" if whole and kind != "number" else kind
    write = {
        "percent": lambda share: report.percent(share, 1),
        "points": report.points,
        "whole percent": report.percent,
        "whole points": lambda share: report.points(share, 0),
    }
    number = write.get(kind, lambda x: f"{x:,.0f}" if float(x).is_integer() else f"{x:,.2f}")
    return {
        "estimate": NOT_AVAILABLE if pd.isna(value) else number(value),
        "interval": NOT_AVAILABLE if pd.isna(low + high) else report.interval(low, high, kind),
        "n": NOT_AVAILABLE if pd.isna(n) else f"{n:,.0f}",
    }

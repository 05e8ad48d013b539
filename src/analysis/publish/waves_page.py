"""The page of two waves beside each other: short answer, figures, tables, limits."""

import re
from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from analysis.figures import SavedFigure
from analysis.numerics import interval, percent, points
from analysis.privacy import HIDDEN, is_hidden
from analysis.publish.drawings import inline_svg
from analysis.publish.pages import render_template
from analysis.publish.rendering import SYNTHETIC_NOTICE
from analysis.waves import Comparison, sentences
from analysis.waves.headings import captions

#: What a number that does not exist is shown as.
_NONE = "–"


def waves_html(
    found: Comparison, drawn: Sequence[tuple[SavedFigure, str]], *, home: bool = False
) -> str:
    """Make the page of two waves.

    Parameters
    ----------
    found : Comparison
        The two waves compared.
    drawn : sequence of tuple
        The figures, each with its SVG.
    home : bool
        Whether there is a report beside the page, to whose first page it links.

    Returns
    -------
    str
        A complete HTML page.
    """
    later = found.waves.later.codebook
    pictures = [
        {"name": each.name, "svg": inline_svg(svg, name=each.name, alt=each.alt)}
        for each, svg in drawn
    ]
    return render_template(
        "waves.html.j2",
        title=title_of(found),
        survey_title=later.title,
        notice=_notice(found),
        labels=found.waves.labels,
        home=home,
        said=sentences.answer(found),
        pictures=pictures,
        tables=_tables(found),
        odds=sentences.odds_text(found),
        refused=found.not_compared(),
        mapped=sentences.mapped(found),
        alone=found.waves.alone,
        limits=sentences.limits(found),
        csv=f"{found.waves.stem}.csv",
    )


def title_of(found: Comparison) -> str:
    """Call the page of two waves.

    Parameters
    ----------
    found : Comparison
        The two waves compared.

    Returns
    -------
    str
        Its heading, and the text of links to it.
    """
    first, second = found.waves.labels
    return f"{first} and {second} compared"


def _notice(found: Comparison) -> str:
    """Say which of the waves are synthetic; "" if none is."""
    made = found.waves.synthetic
    if all(made):
        return SYNTHETIC_NOTICE
    named = [label for label, each in zip(found.waves.labels, made, strict=True) if each]
    return f"Synthetic data in {named[0]}: no resident answered that wave." if named else ""


def _tables(found: Comparison) -> list[dict[str, object]]:
    """Lay out the rows of each family as cells of text."""
    made = []
    for family, caption in captions(found).items():
        rows = found.family(family)
        if rows.empty:
            continue
        told = rows["estimate"].notna()
        heavy = bool((told & (rows["weighted"].notna() | is_hidden(rows["weighted"]))).any())
        cells = [
            _cells(row, in_points=family == "shifts", weighted=heavy) for _, row in rows.iterrows()
        ]
        made.append(
            {
                "anchor": re.sub(r"\W", "-", family),
                "caption": caption,
                "people": _said_once(cells),
                "weighted": heavy,
                "rows": cells,
            }
        )
    return made


def _said_once(cells: list[dict[str, object]]) -> str:
    """Take how many people answered out of the rows where all have the same, and return it."""
    people = {str(each["people"]) for each in cells if each["people"]}
    if len(cells) == 1 or len(people) != 1:
        return ""
    for each in cells:
        each["people"] = ""
    return people.pop()


def _cells(row: pd.Series, *, in_points: bool, weighted: bool) -> dict[str, object]:
    """Write a row: what is measured, how many people, and the cells of numbers."""
    if is_hidden(row["estimate"]):
        cells = [HIDDEN] * 5 + [_NONE] * 5 * weighted
        return {"measure": row["measure"], "people": "", "cells": cells}
    cells = [
        *(_share(row[name], in_points=in_points) for name in ("first", "second")),
        *_change(row["estimate"], row["conf_low"], row["conf_high"]),
        row["p_adjusted"],
    ]
    more = [
        *(_share(row[name], in_points=in_points) for name in ("weighted_first", "weighted_second")),
        *_change(row["weighted"], row["weighted_low"], row["weighted_high"]),
        row["weighted_p"] or _NONE,
    ]
    people = f"{int(row['n_first']):,} and {int(row['n_second']):,} people"
    if not pd.isna(row["weighted"]):
        heavy = f"{int(row['n_weighted_first']):,} and {int(row['n_weighted_second']):,}"
        people += f", {heavy} with a weight"
    return {"measure": row["measure"], "people": people, "cells": cells + more * weighted}


def _share(value: float, *, in_points: bool) -> str:
    if pd.isna(value):
        return HIDDEN if is_hidden(value) else _NONE
    return points(value, 0) if in_points else percent(value)


def _change(value: float, low: float, high: float) -> tuple[str, str]:
    if pd.isna(value):
        return (HIDDEN, HIDDEN) if is_hidden(value) else (_NONE, _NONE)
    return points(value, 0), str(Markup.escape(interval(low, high, "whole points")))

"""The page of two waves beside each other: short answer, figures, tables, limits."""

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

#: What a number that does not exist is shown as.
_NONE = "–"


def waves_html(found: Comparison, drawn: Sequence[tuple[SavedFigure, str]]) -> str:
    """Make the page of two waves.

    Parameters
    ----------
    found : Comparison
        The two waves compared.
    drawn : sequence of tuple
        The figures, each with its SVG.

    Returns
    -------
    str
        A complete HTML page.
    """
    first, second = found.waves.labels
    later = found.waves.later.codebook
    pictures = [
        {"name": each.name, "svg": inline_svg(svg, name=each.name, alt=each.alt)}
        for each, svg in drawn
    ]
    return render_template(
        "waves.html.j2",
        title=f"{first} and {second} compared",
        survey_title=later.title,
        notice=_notice(found),
        labels=(first, second),
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


def _notice(found: Comparison) -> str:
    """Say which of the waves are synthetic; "" if none is."""
    made = found.waves.synthetic
    if all(made):
        return SYNTHETIC_NOTICE
    named = [label for label, each in zip(found.waves.labels, made, strict=True) if each]
    return f"Synthetic data in {named[0]}: no resident answered that wave." if named else ""


def _tables(found: Comparison) -> list[dict[str, object]]:
    """Lay out the rows of each family as cells of text."""
    words, (first, second) = found.waves.second.survey.words, found.waves.labels
    kinds = {
        "headlines": "Headline measures: shares of the people who answered",
        "channels used": f"{words.channels.capitalize()} that people {words.used}",
        "channels preferred": f"{words.channels.capitalize()} that people {words.preferred}",
        "shifts": f"From what people {words.used} to what they {words.preferred}: "
        f"the shift of each {words.channel} in {first} and in {second}, in points",
        "satisfaction": "Satisfaction, in one model of both waves",
    }
    made = []
    for family, caption in kinds.items():
        rows = found.family(family)
        if len(rows):
            in_points = family == "shifts"
            cells = [_cells(row, in_points=in_points) for _, row in rows.iterrows()]
            made.append({"anchor": family.replace(" ", "-"), "caption": caption, "rows": cells})
    return made


def _cells(row: pd.Series, *, in_points: bool) -> dict[str, object]:
    """Write a row: what is measured, how many people, and the cells of numbers."""
    if is_hidden(row["estimate"]):
        return {"measure": row["measure"], "people": "", "cells": [HIDDEN] * 5 + [_NONE] * 5}
    cells = [
        *(_share(row[name], in_points=in_points) for name in ("first", "second")),
        *_change(row["estimate"], row["conf_low"], row["conf_high"]),
        row["p_adjusted"],
        *(_share(row[name], in_points=in_points) for name in ("weighted_first", "weighted_second")),
        *_change(row["weighted"], row["weighted_low"], row["weighted_high"]),
        row["weighted_p"] or _NONE,
    ]
    people = f"{int(row['n_first']):,} and {int(row['n_second']):,} people"
    if not pd.isna(row["weighted"]):
        heavy = f"{int(row['n_weighted_first']):,} and {int(row['n_weighted_second']):,}"
        people += f", {heavy} with a weight"
    return {"measure": row["measure"], "people": people, "cells": cells}


def _share(value: float, *, in_points: bool) -> str:
    if pd.isna(value):
        return HIDDEN if is_hidden(value) else _NONE
    return points(value, 0) if in_points else percent(value)


def _change(value: float, low: float, high: float) -> tuple[str, str]:
    if pd.isna(value):
        return (HIDDEN, HIDDEN) if is_hidden(value) else (_NONE, _NONE)
    return points(value, 0), str(Markup.escape(interval(low, high, "whole points")))

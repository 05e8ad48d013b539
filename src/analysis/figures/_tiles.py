"""A map of tiles: a square for each district, where the codebook places it."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures import style
from analysis.figures._canvas import INCHES, MARGIN, describe, headed
from analysis.figures._words import fitted
from analysis.privacy import HIDDEN
from analysis.survey.codebook import Codebook

#: What hatched tiles are.
COARSE_NOTE = "Hatched, without a shade: in steps of five, since few people gave one kind of answer"

_SHADES = LinearSegmentedColormap.from_list("tile", ["#EDF2F7", "#7A9CBF", style.PALETTE[0]])


def places(codebook: Codebook) -> dict[str, tuple[int, ...]]:
    """Return where the districts of a survey lie on its tile map.

    Parameters
    ----------
    codebook : Codebook
        Its answers to the role `district` may have a `tile`.

    Returns
    -------
    dict
        Label -> row and column, both from 0; empty if the codebook places none.
    """
    answers = codebook.question("district").answers if codebook.has("district") else ()
    return {answer.label: answer.tile for answer in answers if answer.tile}


def tile_map(
    values: pd.DataFrame,
    codebook: Codebook,
    *,
    title: str,
    subtitle: str,
    label: str = "level",
    value: str = "value",
    digits: int = 1,
    least: float = 0.0,
) -> Figure | None:
    """Draw a value of each district as a shaded square with its number.

    Parameters
    ----------
    values : pandas.DataFrame
        A row a district; a missing value is hidden, and a district without a
        place on the map is left out. With a column `coarse`, true of values in steps of five:
        these are hatched and have no shade, which would rank them by their rounding.
    codebook : Codebook
        Places the districts.
    title, subtitle : str
        The finding; what is shown, of whom.
    label, value : str
        The columns of names and of values.
    digits : int
        Decimals of the numbers.
    least : float
        The difference of two values that spans the whole shade at least, so that small
        differences do not look large.

    Returns
    -------
    matplotlib.figure.Figure or None
        To be saved by `save`; None if no district has both a place and a value. Tiles are of one
        size whatever the district's: the map shows neighbours, not areas.
    """
    at = places(codebook)
    named = values[label].astype("str")
    numbers = values.set_index(named)[value][named.isin(at).to_numpy()]
    if numbers.dropna().empty:
        return None
    coarse = values.get("coarse", pd.Series(False, index=values.index)).astype(bool)
    coarse = coarse.set_axis(named)[numbers.index] & numbers.notna()
    low, high = _shade_ends(numbers[~coarse].dropna(), least)
    subtitle += f". {COARSE_NOTE}" * bool(coarse.any())
    tall, wide = (1 + max(place[axis] for place in at.values()) for axis in (0, 1))
    size = min(1.35, INCHES * (1 - 2 * MARGIN) / wide)
    high = tall * max(size * 0.72, 0.8)
    with style.apply():
        figure, total, _ = headed(title, subtitle, high + 0.65)
        axes = figure.add_axes((MARGIN, 0.45 / total, wide * size / INCHES, high / total))
        axes.set_axis_off()
        axes.set_xlim(0, wide)
        axes.set_ylim(tall, 0)
        for level, number in numbers.items():
            _draw_tile(axes, at[level], level, number, digits=digits, room=72 * 0.9 * size,
                       shade=_shade(number, low, high, coarse=coarse[level]))  # fmt: skip
    describe(
        figure,
        title,
        subtitle,
        f"A tile for each of {len(numbers)} places, as neighbours, with its number; darker: more",
    )
    return figure


def _shade_ends(known: pd.Series, least: float) -> tuple[float, float]:
    """Return the values at which the shade begins and ends."""
    if known.empty:
        return 0.0, 0.0
    spare = max(least - (known.max() - known.min()), 0.0) / 2
    return known.min() - spare, known.max() + spare


def _shade(number: float, low: float, high: float, *, coarse: bool) -> tuple | None:
    """Return the colour of a tile; white where hidden, None for a hatched one."""
    if coarse:
        return None
    depth = (number - low) / (high - low) if pd.notna(number) and high > low else 0.0
    return _SHADES(0.08 + 0.92 * depth) if pd.notna(number) else (1.0, 1.0, 1.0)


def _draw_tile(
    axes: Axes, place: tuple[int, ...], level: str, number: float, *, digits: int, room: float,
    shade: tuple | None,
) -> None:  # fmt: skip
    """Draw one tile with its name and number."""
    row, column = place
    hatched = shade is None
    fill = (1.0, 1.0, 1.0) if shade is None else shade
    axes.add_patch(
        Rectangle((column + 0.03, row + 0.04), 0.94, 0.92, facecolor=fill,
                  edgecolor="#B8BFC4", lw=0.8, hatch="////" if hatched else None)
    )  # fmt: skip
    text = f"{number:,.{digits}f}" if pd.notna(number) else HIDDEN
    how = {"ha": "center", "va": "center", "color": style.ink(fill)}
    if hatched:
        how["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    lines, size = fitted(level, room, sizes=(9, 8, 7, 6), most=3)
    axes.text(column + 0.5, row + 0.34, "\n".join(lines), size=size, **how)
    lines, size = fitted(f"about {text}" if hatched else text, room, sizes=(12, 10, 8), most=1)
    axes.text(column + 0.5, row + 0.78, lines[0], size=size, weight="bold", **how)

"""A figure saved with its numbers, and shown with its text alternative."""

import base64
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure
from PIL import Image

from analysis import files
from analysis.figures import style
from analysis.figures._canvas import MARGIN, POINTS
from analysis.figures._words import fitted
from analysis.report import Prose, because, prose
from analysis.survey import Survey

#: Who has not the letters of the figures has some that are as wide, on most machines.
_LETTERS = (
    f"font-family: '{style.FAMILY}'".encode(),
    f"font-family: '{style.FAMILY}', Verdana, sans-serif".encode(),
)


@dataclass(frozen=True, kw_only=True)
class SavedFigure:
    """A figure as a notebook shows it: the picture, its text alternative as the text, its name."""

    png: bytes
    alt: str
    name: str

    def __repr__(self) -> str:
        return f"Figure: {self.alt}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple:
        picture = base64.b64encode(self.png).decode("ascii")
        data = {"image/png": picture, "text/plain": repr(self)}
        return data, {"image/png": {"alt": self.alt, "width": 720, "name": self.name}}


def show(
    figure: Figure | None, survey: Survey, name: str, *, alt: str = "", otherwise: str = ""
) -> SavedFigure | Prose:
    """Return a figure for display, and write nothing.

    Parameters
    ----------
    figure : matplotlib.figure.Figure or None
        What to show; None if there was nothing to draw.
    survey : Survey
        The survey; a synthetic one is named as such on the figure.
    name : str
        What it is called.
    alt : str
        Text alternative: what the figure shows, for who cannot see it; "" takes the figure's own,
        its finding, kind and axes. That the data are synthetic is added.
    otherwise : str
        Why there is no figure, shown in its place.

    Returns
    -------
    SavedFigure or Prose
        Shows the PNG; its text is the alternative, so a change of it is noticed.

    Raises
    ------
    ValueError
        If the text alternative is empty, or there is no figure and no reason for it.
    """
    if figure is None:
        return prose(because(otherwise, f"figure {name!r}"))
    alt = alt.strip() or str(figure.get_label())
    if not alt:
        raise ValueError(f"figure {name!r} has no text alternative; say what it shows")
    mark = "Synthetic data, made by this project: no person answered." * survey.codebook.synthetic
    source = mark or f"Source: {survey.codebook.title}."
    with style.apply():
        lines, size = fitted(source, POINTS * (1 - 2 * MARGIN), sizes=(9, 8, 7), most=1)
        at = 0.12 / figure.get_figheight()
        figure.text(MARGIN, at, lines[0], size=size, color=style.PALETTE[4])
        png = io.BytesIO()
        plain = {"compress_level": 0}  # it is read again at once
        figure.savefig(png, format="png", dpi=200, metadata={"Software": None}, pil_kwargs=plain)
    alt = f"{alt} Synthetic data." if survey.codebook.synthetic else alt
    return SavedFigure(png=_few_colours(png), alt=alt, name=name)


def save(
    figure: Figure | None,
    survey: Survey,
    name: str,
    *,
    numbers: pd.DataFrame,
    alt: str = "",
    otherwise: str = "",
    folder: Path | None = None,
) -> SavedFigure | Prose:
    """Save a figure with its numbers, and return it for display.

    Parameters
    ----------
    figure, survey, alt, otherwise
        As for `show`.
    name : str
        File name without ending, such as "03_shifts".
    numbers : pandas.DataFrame
        The numbers drawn, written beside the figure; `n_low` and `n_high` only where the people `n`
        are told as a range.
    folder : pathlib.Path, optional
        Where the files go; that of the survey by default.

    Returns
    -------
    SavedFigure or Prose
        As `show`.

    Raises
    ------
    ValueError
        As `show`.
    """
    shown = show(figure, survey, name, alt=alt, otherwise=otherwise)
    if figure is None or not isinstance(shown, SavedFigure):
        return shown
    with style.apply():
        svg = io.BytesIO()
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    to = survey.figures if folder is None else folder
    files.replace_bytes(to / f"{name}.png", shown.png)
    files.replace_bytes(to / f"{name}.svg", svg.getvalue().replace(*_LETTERS))
    exact = [each for each in ("n_low", "n_high") if each in numbers and numbers[each].isna().all()]
    numbers = numbers.drop(columns=exact)
    files.write_csv(numbers, to / f"{name}.csv", synthetic=survey.codebook.synthetic)
    return shown


def _few_colours(png: io.BytesIO) -> bytes:
    """Write a picture of lines and letters with 128 colours, a third as large."""
    small = io.BytesIO()
    with Image.open(png) as picture:
        few = picture.convert("RGB").quantize(
            128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        few.save(small, format="png", optimize=True)
    return small.getvalue()

"""The tables of district profiles as an accessible spreadsheet."""

import io
import textwrap
import warnings
from datetime import date, datetime, time
from pathlib import Path

import pandas as pd

from analysis import files
from analysis.privacy import HIDDEN, mark
from analysis.survey import Survey

with warnings.catch_warnings():
    warnings.simplefilter("ignore", ResourceWarning)  # it leaves a file of its own open
    import gptables

#: Heading of each column of the sheet, and its unit.
HEADINGS = {
    "level": ("District", ""),
    "measure": ("Measure", ""),
    "unit": ("Unit", ""),
    "estimate": ("Estimate", ""),
    "conf_low": ("Lower limit", ""),
    "conf_high": ("Upper limit", ""),
    "overall": ("Everybody", ""),
    "gap": ("Gap to everybody", "points"),
    "gap_low": ("Gap, lower limit", "points"),
    "gap_high": ("Gap, upper limit", "points"),
    "n": ("People", ""),
}


def write_profiles(rows: pd.DataFrame, survey: Survey, path: Path) -> Path:
    """Write the profiles of all districts as a workbook that screen readers can follow.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `Profiles.rows`: only what may be shown.
    survey : Survey
        The survey.
    path : pathlib.Path
        The .xlsx file, written whole or not at all.

    Returns
    -------
    pathlib.Path
        The file: a cover, a contents sheet, notes, and one table with one row a district and
        measure, as the Analysis Function's guidance on spreadsheets asks.

    Notes
    -----
    Made by `gptables`. The same rows give the same bytes: the workbook's date is the end of
    fieldwork. Numbers are numbers, in percent and points; hidden ones are the text [c].
    """
    codebook, words = survey.codebook, survey.words
    numbers = rows.copy()
    for column in ("estimate", "conf_low", "conf_high", "overall", "gap", "gap_low", "gap_high"):
        numbers[column] = (100 * numbers[column]).round(0)
    sheet = pd.DataFrame(
        {
            f"{heading}\n({unit})" if unit else heading: [_cell(value) for value in numbers[column]]
            for column, (heading, unit) in HEADINGS.items()
        }
    ).rename(columns={"District": words.district.capitalize()})
    mark = "Synthetic data, made by this project: no person answered. " * codebook.synthetic
    table = gptables.GPTable(
        table=sheet,
        table_name="profiles",
        title=f"{words.district.capitalize()} profiles: {codebook.title}",
        subtitles=[
            f"{mark}Estimates are drawn towards each other as far as chance explains. "
            "$$note 1$$ $$note 2$$"
        ],
        scope=codebook.population,
        source=codebook.source,
        legend=[
            f"{HIDDEN} rests on too few people to be shown, or would give away a number that does"
        ],
        index_columns={2: 0},
    )
    cover = gptables.Cover(
        title=f"{words.district.capitalize()} profiles",
        intro=_lines(codebook.title, mark.strip() or codebook.source),
        about=_lines(codebook.limits, f"Licence: {codebook.licence}", "Methods: notebook 08"),
        contact=["See the project's README"],
    )
    notes = pd.DataFrame(
        {
            "Note number": ["note 1", "note 2"],
            "Note text": [
                "Shares: a cumulative logit with a random intercept, the spread integrated. "
                "Rounded to whole percent, and coarser where few people gave an answer.",
                "Shifts: the share that prefers a group of channels less the share that used it, "
                "in points.",
            ],
        }
    )
    content = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pd.errors.Pandas4Warning)  # gptables sorts in place
        book = gptables.produce_workbook(
            content, sheets={"Profiles": table}, cover=cover, notes_table=notes
        )
    day = codebook.closes or date(2000, 1, 1)
    book.set_properties({"title": codebook.title, "created": datetime.combine(day, time())})
    book.close()
    files.replace_bytes(path, content.getvalue())
    return path


def _lines(*texts: str) -> list[str]:
    """Break sentences into lines that a cell of the cover holds."""
    return [line for text in texts for line in textwrap.wrap(text, 80)]


def _cell(value: object) -> object:
    if isinstance(value, str):
        return files.safe_cell(value)
    return mark(value) if pd.isna(value) else int(value)

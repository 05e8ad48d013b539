"""The tables of district profiles as an accessible spreadsheet."""

from pathlib import Path

import pandas as pd

from analysis import files
from analysis.privacy import mark
from analysis.survey import Survey
from analysis.tables import workbook
from analysis.tables.workbook import gptables

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
    "residents": ("Residents, estimated", ""),
    "residents_low": ("Residents, lower limit", ""),
    "residents_high": ("Residents, upper limit", ""),
}

#: The sheet of notes.
NOTES = {
    "shares": "Shares: drawn towards everybody's share (beta-binomial, the spread integrated). "
    "Rounded to whole percent, and coarser where few people gave an answer.",
    "residents": "Residents: a multilevel model of the share by district, age and sex, put "
    "together again by the population's counts of these (post-stratification). Supposes that of "
    "one district, age and sex those who answered are like the others.",
    "shifts": "Shifts: the share that prefers a group of channels less the share that used it, in "
    "points.",
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
    The same rows give the same bytes (`tables.workbook`). Numbers are numbers, in percent and
    points; hidden ones are the text [c].
    """
    sheets = {"Profiles": _table(rows, survey)}
    return workbook.write(path, survey.codebook, sheets, cover=_cover(survey), notes=NOTES)


def _table(rows: pd.DataFrame, survey: Survey) -> gptables.GPTable:
    codebook, words = survey.codebook, survey.words
    sheet = pd.DataFrame(
        {
            f"{heading}\n({unit})" if unit else heading: [
                _cell(each, column) for each in rows[column]
            ]
            for column, (heading, unit) in HEADINGS.items()
        }
    ).rename(columns={"District": words.district.capitalize()})
    method = "Estimates are drawn towards each other as far as chance explains."
    if rows["n_low"].notna().any():
        method += " People are rounded, since some groups are small."
    return gptables.GPTable(
        table=sheet,
        table_name="profiles",
        title=f"{words.district.capitalize()} profiles: {codebook.title}",
        subtitles=[
            f"{workbook.origin(codebook)} {method} $$shares$$ $$residents$$ $$shifts$$".strip()
        ],
        scope=codebook.population,
        source=codebook.source,
        legend=[workbook.HIDDEN_LEGEND, workbook.ABSENT_LEGEND],
        index_columns={2: 0},
    )


def _cover(survey: Survey) -> gptables.Cover:
    codebook = survey.codebook
    return gptables.Cover(
        title=f"{survey.words.district.capitalize()} profiles",
        intro=workbook.lines(codebook.title, workbook.origin(codebook) or codebook.source),
        about=workbook.lines(
            codebook.limits, f"Licence: {codebook.licence}", "Methods: notebook 08"
        ),
        contact=workbook.contact(codebook),
    )


def _cell(value: object, column: str) -> object:
    if isinstance(value, str):
        return files.safe_cell(value)
    if pd.isna(value):
        return mark(value)
    return int(value) if column == "n" else round(100 * value)

"""Accessible workbooks: a cover, contents, notes, and one table a sheet."""

import io
import textwrap
import warnings
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

import pandas as pd

from analysis import files
from analysis.privacy import ABSENT, HIDDEN
from analysis.survey.codebook import Codebook

with warnings.catch_warnings():
    warnings.simplefilter("ignore", ResourceWarning)  # it leaves a file of its own open
    import gptables

#: What stands in cells without a number, as a legend has it.
HIDDEN_LEGEND = (
    f"{HIDDEN} rests on too few people to be shown, or would give away a number that does"
)
ABSENT_LEGEND = f"{ABSENT} there is no such number"

#: What stands for a share that is known too roughly for one number.
VAGUE = "[u]"

VAGUE_LEGEND = f"{VAGUE} is known too roughly for one number; the limits of its interval are below"

_A4 = 9

#: The widest column, in letters: longer text goes on in the next line of its cell.
_WIDEST = 60

#: Points that a line of text takes.
_LINE = 15.5

#: The most that a heading widens its column.
_HEADING = 16

#: The same of the contents and the notes, which are sentences.
_WIDEST_LISTED = 100

#: Points that a line of text takes.
_LINE = 15.5

#: The most that a heading widens its column.
_HEADING = 16

#: Widths of the two columns of the contents and of the notes.
_LISTED = (22, 100)


def write(
    path: Path,
    codebook: Codebook,
    sheets: Mapping[str, gptables.GPTable],
    *,
    cover: gptables.Cover,
    notes: Mapping[str, str],
    remarks: Sequence[str] = (),
) -> Path:
    """Write tables as a workbook that screen readers can follow.

    Parameters
    ----------
    path : pathlib.Path
        The .xlsx file, written whole or not at all.
    codebook : Codebook
        Its title, and the end of fieldwork.
    sheets : mapping of str to gptables.GPTable
        What a sheet is called -> its one table.
    cover : gptables.Cover
        The first sheet.
    notes : mapping of str to str
        Key -> note; tables refer to it by ``$$key$$``. Notes are numbered as they are referred to,
        and those that no table refers to are left out.
    remarks : sequence of str
        Lines below the title of the contents.

    Returns
    -------
    pathlib.Path
        The file, as the Analysis Function's guidance on spreadsheets asks.

    Notes
    -----
    Made by `gptables`. The same tables give the same bytes: the workbook's date is the end of
    fieldwork. No text becomes a formula or a link. Panes are not frozen: the lines above a table
    would fill the window of who magnifies it. On paper a sheet is as wide as a page, and the
    heading of its table is on each.
    """
    content = io.BytesIO()
    said = " ".join(text for sheet in sheets.values() for text in sheet.subtitles)
    used = {key: text for key, text in notes.items() if f"$${key}$$" in said}
    used = dict(sorted(used.items(), key=lambda note: said.index(f"$${note[0]}$$")))
    numbered = pd.DataFrame({"Note number": list(used), "Note text": list(used.values())})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pd.errors.Pandas4Warning)  # gptables sorts in place
        book = gptables.produce_workbook(
            content,
            sheets=dict(sheets),
            cover=cover,
            contentsheet_options={"subtitles": list(remarks)} if remarks else None,
            notes_table=numbered,
            auto_width=False,
            workbook_options={"strings_to_formulas": False, "strings_to_urls": False},
        )
    titles = pd.DataFrame(
        {"Sheet name": list(sheets), "Table description": [each.title for each in sheets.values()]}
    )
    _fit(book.get_worksheet_by_name("Contents"), titles, _WIDEST_LISTED)
    if used:
        _fit(book.get_worksheet_by_name("Notes"), numbered, _WIDEST_LISTED)
    for name, sheet in sheets.items():
        _fit(book.get_worksheet_by_name(name), sheet.table, _WIDEST)
    day = codebook.closes or date(2000, 1, 1)
    book.set_properties({"title": codebook.title, "created": datetime.combine(day, time())})
    book.close()
    files.replace_bytes(path, content.getvalue())
    return path


def _fit(sheet: gptables.core.wrappers.GPWorksheet, table: pd.DataFrame, widest: int) -> None:
    """Make the columns and rows of the table at the end of a sheet, and pages, fit their text."""
    letters = table.map(_letters)
    headings = [_letters(each) for each in table.columns]
    widths = [
        min(max(int(letters[name].max()), min(heading, _HEADING)) + 2, widest)
        for name, heading in zip(table.columns, headings, strict=True)
    ]
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    first = sheet.dim_rowmax - len(table)
    for at, row in enumerate([headings, *letters.to_numpy().tolist()]):
        lines = max(-(-each // width) for each, width in zip(row, widths, strict=True))
        sheet.set_row(first + at, _LINE * (lines + (at == 0 and lines > 1)))
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first, first)


def _letters(cell: object) -> int:
    """Return how many letters as wide as a figure the longest line of a cell takes."""
    return round(1.05 * max(len(line) for line in str(cell).split("\n")))


def origin(codebook: Codebook) -> str:
    """Say that the data are synthetic; "" if they are not.

    Parameters
    ----------
    codebook : Codebook
        Of the survey.

    Returns
    -------
    str
        A sentence.

    Examples
    --------
    >>> from analysis import survey
    >>> origin(survey.load("herts_2023").codebook)
    'Synthetic data, made by this project: no person answered.'
    """
    return "Synthetic data, made by this project: no person answered." * codebook.synthetic


def contact(codebook: Codebook) -> list[str]:
    """Say whom to ask about the data and about the numbers.

    Parameters
    ----------
    codebook : Codebook
        Of the survey.

    Returns
    -------
    list of str
        Lines of a cover.

    Examples
    --------
    >>> from analysis import survey
    >>> contact(survey.load("ape11").codebook)[0][:36]
    'About the data: Hansard Society (201'
    """
    source = files.safe_cell(codebook.source.rstrip("."))
    return lines(f"About the data: {source}", "About the numbers: who gave you this file")


def lines(*texts: str) -> list[str]:
    """Break sentences into lines that a cell of the cover holds.

    Parameters
    ----------
    *texts : str
        Sentences.

    Returns
    -------
    list of str
        Lines of 80 letters at most.

    Examples
    --------
    >>> lines("One line.", "")
    ['One line.']
    """
    return [line for text in texts for line in textwrap.wrap(text, 80)]

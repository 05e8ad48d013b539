"""The files of the data tables: a workbook and two CSV files."""

from pathlib import Path

import pandas as pd

from analysis import files
from analysis.survey import Survey
from analysis.tables import sheets, workbook
from analysis.tables.book import Book, gather

#: What the files are called.
WORKBOOK, TOPLINE, BANNER = "tables.xlsx", "topline.csv", "banner.csv"

#: All of them, in the order in which they are linked.
NAMES = (WORKBOOK, TOPLINE, BANNER)


def write_tables(survey: Survey, folder: Path) -> list[Path]:
    """Make the data tables of a survey and write them.

    Parameters
    ----------
    survey : Survey
        The survey, with its responses written or held.
    folder : pathlib.Path
        Where the files go.

    Returns
    -------
    list of pathlib.Path
        The files; none if no closed question was answered by enough people, and no banner if
        no groups of people can be compared.
    """
    book = gather(survey)
    if book.topline.empty:
        return []
    codebook = survey.codebook
    made = [
        workbook.write(
            folder / WORKBOOK,
            codebook,
            sheets.lay_out(book, survey),
            cover=sheets.cover(survey),
            notes=sheets.notes(survey),
            remarks=[f"Not made: {what}: {why}." for what, why in book.not_made.items()],
        )
    ]
    rows = {TOPLINE: book.topline, BANNER: _with_tests(book)}
    for name, table in ((name, table) for name, table in rows.items() if len(table)):
        files.write_csv(table, folder / name, synthetic=codebook.synthetic)
        made.append(folder / name)
    return made


def _with_tests(book: Book) -> pd.DataFrame:
    """Put the tests beside the answers that they are about."""
    if book.banner.empty:
        return book.banner
    tests, rows = book.tests.drop(columns="wording"), book.banner
    overlapping = rows["by"].isin(tests.loc[tests["group"] != "", "by"])
    keys = rows[["question", "by"]].assign(group=rows["group"].where(overlapping, ""))
    of_all = tests["answer"] == ""
    one = keys.merge(
        tests[of_all].drop(columns="answer"), on=list(keys), how="left", validate="m:1"
    )
    keys = keys.assign(answer=rows["answer"])
    each = keys.merge(tests[~of_all], on=list(keys), how="left", validate="m:1")
    told = [name for name in ("p_adjusted", "p_weighted") if name in tests]
    return book.banner.assign(**{name: one[name].fillna(each[name]).fillna("") for name in told})

"""The stored tables of the study: read only as they were written."""

from pathlib import Path

import pandas as pd

from analysis import exports, paths
from analysis.errors import SurveyError

#: The tables of the study, and how they are made again.
TABLES = ("estimates", "extremes", "gaps", "tests", "cleaning", "runs", "truths", "calibration")
_AGAIN = "run `python -m analysis validate` to make them again"


def folder() -> Path:
    """Return where the tables lie."""
    return paths.DOCS / "known_truth"


def manifest() -> dict[str, str]:
    """Read what the tables were made from.

    Returns
    -------
    dict
        `seed`, `generator` (a fingerprint of what it makes), `population` (people behind the
        truths), `surveys`, and the SHA-256 of each table by its name.

    Raises
    ------
    SurveyError
        If there is none.
    """
    path = folder() / "manifest.csv"
    if not path.is_file():
        raise SurveyError(f"docs/known_truth has no manifest.csv; {_AGAIN}")
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    return dict(zip(table["name"], table["value"], strict=True))


def read_table(name: str) -> pd.DataFrame:
    """Read a table of the study, if it is the one that was written.

    Parameters
    ----------
    name : str
        One of `TABLES`.

    Returns
    -------
    pandas.DataFrame
        Without the column that says that the data are synthetic.

    Raises
    ------
    SurveyError
        If the table is missing, or its content is not what the manifest states.
    """
    path = folder() / f"{name}.csv"
    if not path.is_file():
        raise SurveyError(f"docs/known_truth has no {name}.csv; {_AGAIN}")
    if exports.sha256(path) != manifest().get(name):
        raise SurveyError(
            f"{name}.csv of docs/known_truth is not the table that was written (its SHA-256 is not "
            f"that of manifest.csv); get the file again, or {_AGAIN}"
        )
    table = pd.read_csv(path, keep_default_na=False, na_values=[""])
    return table.drop(columns="data", errors="ignore")

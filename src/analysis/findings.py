"""The headlines: a row each in findings.csv, read by the README, the report and the tests."""

from pathlib import Path

import pandas as pd

from analysis import tables
from analysis.survey import Survey

COLUMNS = [
    "finding", "notebook", "question", "base", "estimate", "conf_low", "conf_high", "unit", "n",
    "sentence",
]  # fmt: skip


def read(survey: Survey, folder: Path | None = None) -> pd.DataFrame:
    """Read the findings written so far.

    Parameters
    ----------
    survey : Survey
        The survey.
    folder : pathlib.Path, optional
        Where its processed tables are, if not in their own place.

    Returns
    -------
    pandas.DataFrame
        A row a headline, in the order of the notebooks; empty if none was written.
    """
    path = (folder or survey.processed) / "findings.csv"
    if not path.is_file():
        return pd.DataFrame(columns=COLUMNS)
    return pd.read_csv(path)[COLUMNS]


def replace(survey: Survey, notebook: str, rows: list[dict]) -> pd.DataFrame:
    """Replace the findings of one notebook.

    Parameters
    ----------
    survey : Survey
        The survey.
    notebook : str
        Name of the notebook without ending, such as "03_preferred_vs_used".
    rows : list of dict
        Headlines with every one of `COLUMNS` but `notebook`.

    Returns
    -------
    pandas.DataFrame
        The rows of this notebook.

    Raises
    ------
    ValueError
        If a row lacks a column or has an unknown one, or an id stands twice.
    """
    wanted = set(COLUMNS) - {"notebook"}
    for row in rows:
        if set(row) != wanted:
            raise ValueError(f"finding {row.get('finding')!r} differs in {set(row) ^ wanted}")
    mine = pd.DataFrame([{**row, "notebook": notebook} for row in rows])[COLUMNS]
    others = read(survey)
    others = others[others["notebook"] != notebook]
    merged = pd.concat([others, mine], ignore_index=True) if len(others) else mine
    if not merged["finding"].is_unique:
        raise ValueError(
            f"finding ids stand twice: {merged['finding'][merged['finding'].duplicated()].tolist()}"
        )
    merged = merged.sort_values("notebook", kind="stable")
    tables.write_csv(merged, survey.processed / "findings.csv", synthetic=survey.codebook.synthetic)
    return mine

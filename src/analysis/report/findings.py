"""The headlines: a row each in findings.csv, read by the README, the report and the tests."""

from pathlib import Path

import pandas as pd

from analysis import files
from analysis.files import locks
from analysis.report import _origins
from analysis.report._weighted import Weighted
from analysis.survey import Survey

COLUMNS = [
    "finding", "notebook", "question", "base", "estimate", "conf_low", "conf_high", "unit", "n",
    "weighted", "weighted_low", "weighted_high", "n_weighted", "sentence",
]  # fmt: skip


#: Those of a headline with weights; empty where there are none.
WEIGHTED = ("weighted", "weighted_low", "weighted_high", "n_weighted")


def read_findings(survey: Survey, folder: Path | None = None) -> pd.DataFrame:
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
    table = pd.read_csv(path)
    table = table[[each for each in COLUMNS if each not in WEIGHTED or each in table]]
    return table.reindex(columns=COLUMNS)  # those with weights may be of an earlier version


def row(
    finding: str,
    sentence: str,
    numbers: object,
    *,
    n: int,
    unit: str = "share",
    base: str | None = None,
    weighted: Weighted | None = None,
) -> dict:
    """Make one headline.

    Parameters
    ----------
    finding : str
        A stable id.
    sentence : str
        The headline in words, with its base and interval.
    numbers : object
        Has `estimate`, `conf_low` and `conf_high`: a Share or a row of a table.
    n : int
        The people it rests on.
    unit : str
        Of the estimate.
    base : str, optional
        Who it is about, if not those whom the notebook is about.
    weighted : Weighted, optional
        The same with weights.

    Returns
    -------
    dict
        For `replace`.
    """
    names = ("estimate", "conf_low", "conf_high", "n")
    heavy = [None if weighted is None else getattr(weighted, name) for name in names]
    return {
        "finding": finding,
        "estimate": numbers.estimate,
        "conf_low": numbers.conf_low,
        "conf_high": numbers.conf_high,
        "unit": unit,
        "n": int(n),
        **dict(zip(WEIGHTED, heavy, strict=True)),
        "sentence": sentence,
        "base": base,
    }


def replace(
    survey: Survey, notebook: str, rows: list[dict], *, question: str, base: str
) -> pd.DataFrame:
    """Replace the findings of one notebook, and note what they were made from.

    Parameters
    ----------
    survey : Survey
        The survey.
    notebook : str
        Name of the notebook without ending, such as "03_preferred_vs_used".
    rows : list of dict
        Headlines made by `row`; none takes away those written before.
    question : str
        What the notebook asks.
    base : str
        Who the headlines are about, unless they say so themselves.

    Returns
    -------
    pandas.DataFrame
        The rows of this notebook.

    Raises
    ------
    ValueError
        If an id stands twice.

    Notes
    -----
    Notebooks that run at the same time write one after another, and the file's order and digits
    are the same whoever comes first.
    """
    named = [row | {"base": base if row["base"] is None else row["base"]} for row in rows]
    mine = pd.DataFrame(named, columns=COLUMNS).assign(notebook=notebook, question=question)
    path = survey.processed / "findings.csv"
    with locks.in_turn(files.beside(path.with_suffix(".lock"))):
        others = read_findings(survey)
        others = others[others["notebook"] != notebook]
        _merge(others, mine, path, synthetic=survey.codebook.synthetic)
        _origins.note(survey, notebook)
    return mine


def _merge(others: pd.DataFrame, mine: pd.DataFrame, path: Path, *, synthetic: bool) -> None:
    """Write the findings of one notebook among those of the others."""
    merged = pd.concat([each for each in (others, mine) if len(each)] or [mine], ignore_index=True)
    twice = merged["finding"][merged["finding"].duplicated()].tolist()
    if twice:
        raise ValueError(f"findings {twice} stand twice; give each an id of its own")
    files.write_csv(merged.sort_values("notebook", kind="stable"), path, synthetic=synthetic)

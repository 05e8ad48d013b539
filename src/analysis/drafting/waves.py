"""Drafts of several files: the question on the wave, and ids that start again in each."""

import re

import pandas as pd

from analysis.drafting.drafted import Drafted, Listed
from analysis.drafting.evidence import Evidence
from analysis.drafting.personal import is_id
from analysis.survey.wording import match_key

#: What tells when: a year, a month, a season, or a number behind a word for it.
_TELLS_WHEN = re.compile(
    r"(?<!\d)(19|20)\d\d(?!\d)|(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|"
    r"summer|autumn|winter)|(?<![a-z])(wave|w|round|phase|quarter|q|week|year|y)[ _-]?\d"
)


def draft_waves(found: Evidence) -> Drafted:
    """Draft the question on the wave from the column that says which file a reply came from.

    Parameters
    ----------
    found : Evidence
        The column that `[file] wave_column` adds.

    Returns
    -------
    Drafted
        With a file, or several that are one wave, an answer, in the order of the files; to be
        decided if their names do not tell when they were asked.

    Examples
    --------
    >>> from analysis.drafting.evidence import look
    >>> question = draft_waves(look(pd.Series(["may_2023"] * 12 + ["may_2025"], name="wave")))
    >>> [each.text for each in question.answers], question.decide
    (['may 2023', 'may 2025'], [])
    """
    names = list(dict.fromkeys(found.cells))
    labels = [" ".join(name.replace("_", " ").split()) for name in names]
    labels = labels if len(set(map(match_key, labels))) == len(names) else names
    counts = found.cells.value_counts()
    decide = []
    if not all(_TELLS_WHEN.search(name.casefold()) for name in names):
        decide.append(
            "the names of the files do not tell when each was asked: if they are waves, write what "
            "each is called as its label, in order of time; if they are not, such as replies by "
            "post and online, give the question another id."
        )
    return Drafted(
        header=found.header,
        kind="single",
        why=[f"which of {len(names)} files each reply came from"],
        decide=decide,
        answers=[
            Listed(text=label, n=int(counts[name]), written=[name])
            for name, label in zip(names, labels, strict=True)
        ],
        answered=found.answered,
        rows=found.rows,
    )


def serial_reason(found: Evidence, files: pd.Series) -> str:
    """Say why a column of ids that start again in each file is not to be read.

    Parameters
    ----------
    found : Evidence
        The column.
    files : pandas.Series
        Which file each reply came from, by the index of the export.

    Returns
    -------
    str
        "" if it holds no ids, or some stand twice in a file.

    Examples
    --------
    >>> from analysis.drafting.evidence import look
    >>> ids = look(pd.Series(["1", "2", "1", "2"], name="ID"))
    >>> serial_reason(ids, pd.Series(["may", "may", "june", "june"]))
    'an id, another in every row of each file'
    """
    if not is_id(found):
        return ""
    twice = pd.DataFrame({"id": found.cells, "file": files[found.cells.index]}).duplicated().any()
    return "" if twice else "an id, another in every row of each file"

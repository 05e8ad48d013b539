"""What a column of an export holds, in counts: what the draft of a codebook rests on."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.drafting import known_answers
from analysis.privacy import Rule, round_people
from analysis.survey.wording import match_key, tidy

#: The disclosure threshold of a codebook that states none: that of the reader.
RULE = Rule(10)

#: Texts that stand for an empty cell.
BLANK = ("", "-", "n/a", ".")

#: So many letters tell what a text is; a pattern may take as long as the square of them.
_READ = 1000

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A column in counts.

    `cells` are the texts of the cells that hold something, a row each, by the index of the export;
    `answers` is text -> rows of those that stand for no kind of missing, the most frequent way of
    writing of each, and `missing` is kind -> texts.
    """

    header: str
    rows: int
    cells: pd.Series
    answers: Mapping[str, int]
    missing: Mapping[str, Sequence[str]]
    wording: str = ""

    @property
    def asked(self) -> str:
        """What the column asks: the wording if the file has one besides the header."""
        return self.wording or self.header

    @property
    def answered(self) -> int:
        """Rows with an answer."""
        return sum(self.answers.values())

    @property
    def numbers(self) -> int:
        """Rows whose answer is a number."""
        return sum(n for text, n in self.answers.items() if _NUMBER.fullmatch(text))

    def share(self, pattern: str) -> float:
        """Return the share of the answers that a pattern fits as a whole, as far as `_READ`."""
        fits = sum(
            n for text, n in self.answers.items() if re.fullmatch(pattern, text[:_READ], re.I)
        )
        return fits / max(1, self.answered)


def look(column: pd.Series, wording: str = "") -> Evidence:
    """Count what a column holds.

    Parameters
    ----------
    column : pandas.Series
        Text, named by its header.
    wording : str
        What it asks, where the file says so besides the header.

    Returns
    -------
    Evidence
        Texts that differ in case, width, white space, quotes or dashes alone are one.

    Examples
    --------
    >>> found = look(pd.Series(["Yes", "yes ", "No", "", "Don't know"], name="Well?"))
    >>> found.answers, found.missing
    ({'No': 1, 'Yes': 2}, {'dont_know': ["Don't know"]})
    """
    tidied = column.map(tidy)
    cells = tidied[~tidied.map(match_key).isin(BLANK)]
    keys = cells.map(match_key)
    written = Counter(cells)
    spelling: dict[str, str] = {}
    for text in sorted(written, key=lambda each: (-written[each], each)):
        spelling.setdefault(match_key(text), text)
    answers: dict[str, int] = {}
    missing: dict[str, list[str]] = {}
    for key, n in keys.value_counts().sort_index().items():
        kind = known_answers.missing_kind(key)
        if kind:
            missing.setdefault(kind, []).append(spelling[key])
        else:
            answers[spelling[key]] = int(n)
    return Evidence(
        header=str(column.name),
        rows=len(column),
        cells=column[cells.index],
        answers=answers,
        missing=missing,
        wording=wording,
    )


def about(n: int) -> str:
    """Write a count for a file that git carries: rounded, and hidden if it is small.

    Parameters
    ----------
    n : int
        Rows.

    Returns
    -------
    str

    Examples
    --------
    >>> about(0), about(9), about(123)
    ('none', 'fewer than 10', 'about 120')
    """
    if n == 0:
        return "none"
    if RULE.few(n):
        return f"fewer than {RULE.people()}"
    return f"about {round_people(n, rule=RULE):,.0f}"


def closedness(counts: Mapping[str, int]) -> str:
    """Tell whether texts come from a list of answers.

    Parameters
    ----------
    counts : mapping
        Text -> how often it stands.

    Returns
    -------
    str
        "closed" if nearly all texts stand more than once and they are few; "mostly" if most do,
        such as a list with a free "Other"; "unclear" if about half do; else "open".

    Examples
    --------
    >>> closedness({"Red": 8, "Blue": 5}), closedness({"A long day": 1, "My car": 1})
    ('closed', 'open')
    """
    total = sum(counts.values())
    again = sum(n for n in counts.values() if n > 1)
    common = sum(n for n in counts.values() if RULE.enough(n))
    if total == 0:
        return "open"
    if again >= 0.9 * total and len(counts) <= max(5, min(60, total / 3)):
        return "closed"
    if common >= 0.7 * total or (again >= 0.8 * total and len(counts) <= 30):
        return "mostly"
    return "unclear" if again >= 0.5 * total else "open"

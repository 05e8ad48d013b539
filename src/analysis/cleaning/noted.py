"""What is noted of replies while they are coded: texts that are no answer of the codebook."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.survey.codebook import Question
from analysis.survey.wording import tidy

#: Unknown text -> the rows of the replies that hold it.
Unknown = dict[str, set[int]]


def note(unknown: Unknown, text: str, rows: Iterable[int]) -> None:
    """Note a text that is no answer, and where it stands.

    Parameters
    ----------
    unknown : dict
        Text -> rows; added to.
    text : str
        As exported.
    rows : iterable of int
        `raw_row` of the replies.
    """
    unknown.setdefault(tidy(text), set()).update(rows)


@dataclass(kw_only=True)
class Notes:
    """Of one question: `unknown` texts, and those behind "Other".

    `recoded` counts the texts that name a listed answer, by its code; `other_left` are those that
    name none; `not_offered` counts the replies with an answer that was not offered. The texts are
    people's own words: they are counted, and written nowhere.
    """

    unknown: Unknown = field(default_factory=dict, repr=False)
    recoded: Counter = field(default_factory=Counter)
    other_left: Unknown = field(default_factory=dict, repr=False)
    not_offered: Counter = field(default_factory=Counter)

    def count_not_offered(self, coded: pd.DataFrame, question: Question) -> None:
        """Count the replies with an answer that was not offered.

        Parameters
        ----------
        coded : pandas.DataFrame
            The coded columns of the question.
        question : Question
            What was asked.
        """
        for answer in question.not_offered:
            several = question.kind == "multiple"
            column = f"{question.role}__{answer}" if several else question.role
            self.not_offered[answer] += int((coded[column] == ("1" if several else answer)).sum())

    def add(self, other: "Notes", before: int) -> None:
        """Add what is noted of a later part of an export, which has so many replies before it."""
        for mine, theirs in (
            (self.unknown, other.unknown),
            (self.other_left, other.other_left),
        ):
            for text, rows in theirs.items():
                note(mine, text, (row + before for row in rows))
        self.recoded.update(other.recoded)
        self.not_offered.update(other.not_offered)


@dataclass(frozen=True)
class Noted:
    """What is noted of all replies, by role of the question."""

    by_role: dict[str, Notes]

    @classmethod
    def joined(cls, parts: Sequence["Noted"], rows: Iterable[int]) -> "Noted":
        """Put together what is noted of parts of an export.

        Parameters
        ----------
        parts : sequence of Noted
            In their order.
        rows : iterable of int
            How many replies each part has.

        Returns
        -------
        Noted
            As if the parts had been one.
        """
        if len(parts) == 1:
            return parts[0]
        ends = np.cumsum([0, *rows])
        whole = {role: Notes() for role in parts[0].by_role}
        for part, before in zip(parts, ends[:-1].tolist(), strict=True):
            for role, notes in part.by_role.items():
                whole[role].add(notes, before)
        return cls(whole)

    @property
    def recoded(self) -> pd.DataFrame:
        """Texts behind "Other" that name a listed answer: `role, code, n`."""
        rows = [
            {"role": role, "code": code, "n": n}
            for role, notes in self.by_role.items()
            for code, n in sorted(notes.recoded.items())
        ]
        return pd.DataFrame(rows, columns=["role", "code", "n"])

    @property
    def other_texts(self) -> dict[str, Unknown]:
        """Role -> text -> `raw_row` of the replies with it, of texts that name no listed answer."""
        return {role: notes.other_left for role, notes in self.by_role.items() if notes.other_left}

    @property
    def other_left(self) -> dict[str, int]:
        """Role -> how many texts behind "Other" name no listed answer."""
        return {role: sum(map(len, texts.values())) for role, texts in self.other_texts.items()}

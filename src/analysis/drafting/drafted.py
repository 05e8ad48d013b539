"""A question as it is drafted, before it has a role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An answer that the draft lists: its text, how many gave it, and the column of a tick.

    `written` is what the export writes for it, where that is not the text alone.
    """

    text: str
    n: int
    column: str = ""
    written: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """One question.

    `why` are sentences of evidence for comments; `decide` what its editor must settle. `further`
    counts rows with texts that are not listed, `other_prefix` is what free text behind "Other"
    begins with, if the export says so, and `other_column` where it stands besides. `unlisted` is
    how many texts are not listed. `not_ticked` is what else says in a column that its answer was
    not chosen. `code_end` ends the codes of answers that stand in another order elsewhere.
    `may_be_scale` is true of answers in no known order to a question that asks for a rating.
    `shared` is the list of answers that questions have in common; `base` who was asked, if not
    everybody; `asked_if` the earlier question, and its answers, of the people who were asked.
    """

    header: str
    kind: str
    why: Sequence[str]
    decide: Sequence[str] = ()
    answers: Sequence[Listed] = ()
    missing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    separator: str = ""
    bands: Sequence[int] = ()
    other_prefix: str = ""
    other_column: str = ""
    further: int = 0
    unlisted: int = 0
    code_end: str = ""
    may_be_scale: bool = False
    answered: int = 0
    rows: int = 0
    wording: str = ""
    id: str = ""
    role: str = ""
    not_ticked: Sequence[str] = ()
    shared: str = ""
    asked_if: tuple[str, Sequence[str]] = ("", ())
    base: str = ""

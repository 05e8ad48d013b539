"""What the texts of one question stand for: found once, asked of every distinct cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.survey import answer_texts
from analysis.survey.answer_texts import Pieces, cell_key, piece_keys
from analysis.survey.cleaning_rules import CleaningRules
from analysis.survey.codebook import Question


@dataclass(frozen=True, kw_only=True)
class KnownTexts:
    """A question, the rules of cleaning, and every text that they know.

    Examples
    --------
    >>> asked = Question(id="q", role="q", kind="single", wording="?", base="All",
    ...                  missing={"dont_know": ("Not sure",)})
    >>> KnownTexts(question=asked, rules=CleaningRules()).nothing
    {('not sure',): 'dont_know'}
    """

    question: Question
    rules: CleaningRules

    @cached_property
    def listed(self) -> Mapping[Pieces, str]:
        """The answers that a cell of the question's one column can hold: pieces -> code."""
        return answer_texts.listed_texts(self.question)

    @cached_property
    def nothing(self) -> Mapping[Pieces, str]:
        """The texts that the question lists as missing: pieces -> kind of missing."""
        return answer_texts.missing_texts(self.question)

    @cached_property
    def blanks(self) -> frozenset[Pieces]:
        """The texts that count as nothing, unless the question lists them as missing."""
        return frozenset(piece_keys(each, self.question) for each in ("", *self.rules.blank))

    @cached_property
    def respelt(self) -> Mapping[str, str]:
        """The texts that the codebook lists as recodes: text, as cells compare -> code."""
        found: dict[str, str] = {}
        for code, texts in self.question.recode.items():
            for text in texts:
                found.setdefault(cell_key(text, self.question), code)
        return found

    @cached_property
    def parts(self) -> Mapping[Pieces, str]:
        """All that a cell with several answers is cut into."""
        return {**self.nothing, **self.listed}

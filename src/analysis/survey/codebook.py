"""What a survey asked: questions, answers in their order, roles, kinds of missing answer.

A codebook is read by `codebook_reader`; this module only says what one is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from analysis.exports import RawFile, tidy
from analysis.survey.cleaning_rules import CleaningRules
from analysis.survey.planned import Plan
from analysis.survey.spellings import told_apart
from analysis.survey.theme_rules import ThemeRules
from analysis.survey.wave_maps import WaveRules

#: Why a cell holds no answer; kept apart until analysis.
MISSING = ("not_asked", "dont_know", "no_answer")

#: What a question can be.
KINDS = ("single", "multiple", "ordered", "date", "number", "text", "weight")

#: How small counts in tables of two answers are kept: told as ranges, or all rounded at random.
RANGES, CONTROLLED = METHODS = ("ranges", "controlled_rounding")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer of a question.

    `text` is the answer as the export writes it, `further_texts` are other ways in which it does,
    `label` is the answer as the project shows it. `column` is set where the export has a column for
    each answer. `exclusive` marks "none of these": an answer, but not a channel. `tile` is row and
    column of a district on a tile map.
    """

    code: str
    label: str
    text: str
    group: str = ""
    column: str = ""
    exclusive: bool = False
    tile: tuple[int, ...] = ()
    further_texts: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All ways in which the export writes it."""
        return (self.text, *self.further_texts)


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question: where it stands in the export, what it asked of whom, and its answers.

    `further_columns` are those of a respondent's id that `column` alone does not make.
    A number with `bands` is a question of one answer: its answers are the bands. `not_ticked` are
    texts that say in the column of an answer that it was not chosen. `decimal_comma` says that the
    file writes 1,5 for 1.5. Free text is the answer `other_code`: in the question's own cells if
    it begins with `other_prefix` (None: in none of them), and in `other_column`, if there is one,
    whatever it is.
    """

    id: str
    role: str
    kind: str
    wording: str
    base: str
    column: str = ""
    further_columns: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    missing_columns: Mapping[str, str] = field(default_factory=dict)
    asked_if_question: str = ""
    asked_if_answers: tuple[str, ...] = ()
    recode: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    other_code: str = ""
    other_prefix: str | None = ""
    other_column: str = ""
    separator: str = ""
    not_offered: tuple[str, ...] = ()
    best: tuple[str, ...] = ()
    bands: tuple[int, ...] = ()
    not_ticked: tuple[str, ...] = ()
    noun: str = ""
    decimal_comma: bool = False

    @cached_property
    def apart(self) -> frozenset[str]:
        """Numbers that its texts write in two ways for two things; see `spellings.told_apart`."""
        own = [(f"answer {each.code}", text) for each in self.answers for text in each.texts]
        own += [(f"missing {kind}", text) for kind, some in self.missing.items() for text in some]
        own += [("not_ticked", text) for text in self.not_ticked]
        return told_apart(own, decimal_comma=self.decimal_comma)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the answers, in order."""
        return tuple(answer.code for answer in self.answers)

    @property
    def offered(self) -> tuple[str, ...]:
        """Codes of the answers that this question offered, in order."""
        return tuple(code for code in self.codes if code not in self.not_offered)

    @property
    def in_order(self) -> bool:
        """Whether the order of the answers means something: of ordered questions, and of age."""
        return self.kind in ("ordered", "number") or self.role == "age"

    @property
    def labels(self) -> dict[str, str]:
        """Code -> label, in order."""
        return {answer.code: answer.label for answer in self.answers}

    @property
    def groups(self) -> dict[str, str]:
        """Label -> group, in order; an answer without a group stands for itself."""
        return {answer.label: answer.group or answer.label for answer in self.answers}

    @property
    def source_columns(self) -> tuple[str, ...]:
        """Columns of the export that hold this question."""
        per_answer = [answer.column for answer in self.answers if answer.column]
        own = [self.column] if self.column else []
        own += self.further_columns
        free = [self.other_column] if self.other_column else []
        return tuple(own + per_answer + free + list(self.missing_columns.values()))

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the cleaned responses: one, or one an answer for a multiple question."""
        if self.kind == "multiple":
            return tuple(f"{self.role}__{code}" for code in self.codes)
        return (self.role,)


@dataclass(frozen=True, kw_only=True)
class Population:
    """The population that the people who answered are compared with, and weighted to.

    `margins` are the tables that weights meet, each a role or two crossed; `people_of` are the
    answers to the role `among` of people who belong to the population (everybody if empty).
    `outside` has the answers to a role of a margin of people who do not, such as another place.
    """

    file: str
    count: str
    label: str
    source: str
    margins: tuple[tuple[str, ...], ...]
    among: str = ""
    people_of: tuple[str, ...] = ()
    outside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    largest_weight: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Words:
    """How the notebooks speak of this survey; `used` and `preferred` follow "what they".

    What is not said is put in words that hold of any survey with such a question.
    `digital_groups` are the groups of channels that count as digital.
    """

    channel: str = "channel"
    channels: str = "channels"
    district: str = "district"
    districts: str = "districts"
    used: str = "used"
    preferred: str = "would prefer"
    used_short: str = "Used"
    preferred_short: str = "Prefer"
    satisfied: str = "gave a favourable answer"
    satisfaction: str = "rating"
    preference: str = "Preference is what people say; it is not a promise to act on it."
    digital_groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Codebook:
    """A survey's codebook, free of contradictions with itself."""

    id: str
    title: str
    synthetic: bool
    population: str
    source: str
    licence: str
    where_to_get: str
    limits: str
    timezone: str
    disclosure_threshold: int
    disclosure_method: str = RANGES
    rounding_key: str = field(default="", repr=False)
    opens: date | None
    closes: date | None
    words: Words
    file: RawFile
    cleaning: CleaningRules
    questions: tuple[Question, ...]
    primary: Plan = field(default_factory=Plan)
    population_counts: Population | None = None
    themes: ThemeRules | None = None
    waves: WaveRules = field(default_factory=WaveRules)

    def has(self, role: str) -> bool:
        """Tell whether a question has this role.

        Parameters
        ----------
        role : str
            A role such as ``"used"``.

        Returns
        -------
        bool
            True if the survey asked it.
        """
        return any(question.role == role for question in self.questions)

    def columns_of(self, roles: Iterable[str]) -> list[str]:
        """Name the columns of responses that some questions have, in their order."""
        return [column for role in roles for column in self.question(role).columns]

    def question(self, role: str) -> Question:
        """Return the question with a role.

        Parameters
        ----------
        role : str
            A role such as ``"used"``; a question without a stated role has its id as role.

        Returns
        -------
        Question
            The one question with that role.

        Raises
        ------
        KeyError
            If no question has the role.
        """
        for question in self.questions:
            if question.role == role:
                return question
        raise KeyError(
            f"no question of {self.id} has the role {role!r}; "
            f"it has {', '.join(question.role for question in self.questions)}"
        )

    @property
    def source_columns(self) -> list[str]:
        """The columns of the export that questions name."""
        return [name for each in self.questions for name in each.source_columns]

    def asks_people(self, question: Question) -> bool:
        """Tell whether people answer a question, and not the tool or who ran the survey.

        Parameters
        ----------
        question : Question
            One of `questions`.

        Returns
        -------
        bool
            False of times, weights, ids and waves, and of the file that a reply came from.
        """
        of_file = bool(self.file.wave_column) and tidy(question.column) == tidy(
            self.file.wave_column
        )
        noted = question.kind in ("date", "weight") or question.role in ("respondent", "wave")
        return not (noted or of_file)

    def noun(self, role: str) -> str:
        """Return what a question asks about, as it stands inside a sentence.

        Parameters
        ----------
        role : str
            The question.

        Returns
        -------
        str
            Its `noun`, else the role in words.

        Raises
        ------
        KeyError
            If no question has the role.
        """
        return self.question(role).noun or role.replace("_", " ")

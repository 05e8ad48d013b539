"""The closed questions of the tables: whose answers are counted, and which are known together."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import privacy
from analysis.primary.designs import design_of
from analysis.privacy import rule_of
from analysis.survey import Survey, bases, measures
from analysis.survey.codebook import Question
from analysis.survey.wording import at_start
from analysis.tables import channels

#: Kinds of question whose answers are a list.
CLOSED = ("single", "ordered", "multiple", "number")

#: Questions of several answers of which a notebook shows the exact shares.
_SHOWN_EXACTLY = ("video_place",)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A closed question, and the people whose answers are counted.

    `answers` are Categorical, or indicators 1 and 0 of several, a column a label. `who` says who is
    counted. `best` are the answers of a rating whose share is its headline, called
    `best_label` where they are several; `subtotals` are answers that are known together from there
    or from a notebook. `exact` says that shares are told from exact counts, since a notebook does
    so of the same people; `hidden` are the answers that it hides.
    """

    question: Question
    answers: pd.Series | pd.DataFrame
    who: str
    best: tuple[str, ...] = ()
    best_label: str = ""
    subtotals: tuple[tuple[str, ...], ...] = ()
    exact: bool = False
    hidden: frozenset[str] = frozenset()

    @property
    def role(self) -> str:
        """The role of the question."""
        return self.question.role

    @property
    def several(self) -> bool:
        """Whether a person could give several answers."""
        return isinstance(self.answers, pd.DataFrame)

    @property
    def labels(self) -> list[str]:
        """The answers, in order."""
        named = self.answers.columns if self.several else self.answers.cat.categories
        return [str(each) for each in named]


def closed(survey: Survey, responses: pd.DataFrame) -> tuple[list[Asked], dict[str, str]]:
    """Gather the closed questions that can be told of.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    tuple of list and dict
        The questions in the codebook's order; and wording -> why it is left out, a clause.

    Examples
    --------
    >>> from analysis import survey
    >>> herts = survey.load("herts_2023")
    >>> {each.role: len(each.answers) for each in closed(herts, herts.responses())[0]}["sex"]
    1076
    """
    rule, known = rule_of(survey.codebook), channels.compared(survey, responses)
    found, left_out = [], {}
    for question in survey.codebook.questions:
        if question.kind not in CLOSED or not question.answers:
            continue
        asked = _asked(survey, responses, question, known)
        if rule.enough(len(asked.answers)):
            found.append(asked)
        else:
            left_out[question.wording] = f"fewer than {rule.people()} people answered"
    return found, left_out


def _asked(
    survey: Survey,
    responses: pd.DataFrame,
    question: Question,
    known: Mapping[str, channels.Counted],
) -> Asked:
    """Say whose answers to a question are counted, and how."""
    role = question.role
    if role in known:
        frame, who = known[role].frame, known[role].who
    else:
        frame, who = _people(survey, responses, question)
    answers = _answers(question, frame)
    if role in measures.RATED:
        best = tuple(measures.top_answers(survey, role))
        rest = tuple(each for each in answers.cat.categories if each not in best)
        return Asked(
            question=question,
            answers=answers,
            who=who,
            best=best,
            best_label=at_start(measures.best_answers(survey, role)) if len(best) > 1 else "",
            subtotals=(best, rest),
            exact=True,
        )
    return Asked(
        question=question,
        answers=answers,
        who=who,
        subtotals=_together(question.groups, answers),
        exact=role in known or role in _SHOWN_EXACTLY,
        hidden=known[role].hidden if role in known else frozenset(),
    )


def _people(
    survey: Survey, responses: pd.DataFrame, question: Question
) -> tuple[pd.DataFrame, str]:
    """Return the people whose answers are counted: of satisfaction, those of its notebook."""
    if question.role != "satisfaction":
        return bases.answered(survey, responses, [question.role]).frame, question.base
    design = design_of(survey, responses)
    also = [] if "channels" in design.left_out else [survey.words.channel]
    also += [] if "districts" in design.left_out else [survey.words.district]
    told = f"; of these, who told {' and '.join(also)} too" if also else ""
    return design.base.frame, f"{question.base}{told}"


def _answers(question: Question, frame: pd.DataFrame) -> pd.Series | pd.DataFrame:
    """Return the answers that were on offer."""
    offered = [question.labels[code] for code in question.offered]
    if question.kind != "multiple":
        given = frame[question.role]
        return given.cat.set_categories(
            [each for each in given.cat.categories if each in offered or (given == each).any()]
        )
    names = dict(zip(question.columns, question.labels.values(), strict=True))
    return frame[list(names)].rename(columns=names)[offered]


def _together(
    groups: Mapping[str, str], answers: pd.Series | pd.DataFrame
) -> tuple[tuple[str, ...], ...]:
    """Return the answers of each group of answers, where there are groups of several."""
    members: dict[str, list[str]] = {}
    for label in [] if isinstance(answers, pd.DataFrame) else answers.cat.categories:
        members.setdefault(groups.get(label, label), []).append(label)
    return tuple(tuple(each) for each in members.values() if len(each) > 1)


def hidden_answers(asked: Asked, survey: Survey) -> frozenset[str]:
    """Choose the answers of everybody that are not shown.

    Parameters
    ----------
    asked : Asked
        The question.
    survey : Survey
        Its codebook has the threshold.

    Returns
    -------
    frozenset of str
        By label. Of one answer a person: exact shares hide as `privacy.shown_distribution` does,
        those of rounded counts as `privacy.round_crossed`. Of several: what few gave, or few did
        not.
    """
    rule, labels = rule_of(survey.codebook), asked.labels
    if asked.several:
        counts = asked.answers.sum()
        few = rule.few(counts) | rule.few(len(asked.answers) - counts)
        return asked.hidden | frozenset(few[few].index)
    counts = asked.answers.value_counts().reindex(labels)
    if asked.exact and not asked.best:
        return asked.hidden
    if asked.exact:
        table = privacy.rounded_distribution(asked.answers, survey.codebook, together=asked.best)
        return frozenset(table.loc[table["estimate"].isna(), "answer"].astype("str"))
    table = pd.DataFrame([counts.to_numpy(dtype=float)], columns=labels)
    shown = privacy.round_crossed(table, rule=rule.by_ranges, subtotals=asked.subtotals).iloc[0]
    return frozenset(shown[shown.isna()].index)

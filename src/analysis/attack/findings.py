"""What an attack on everything published of a survey finds, and how it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.attack.other_numbers import RULES
from analysis.attack.published import tables_of
from analysis.attack.registering import register_of
from analysis.attack.repeated import beyond_tables
from analysis.attack.verdicts import OPEN, SAFE, TOLD, Verdict, judge
from analysis.privacy import Rule, rule_of
from analysis.survey import Survey

#: How many counts that are told are named one by one.
NAMED = 12


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The verdicts on the small counts of a survey, and what could not be looked at.

    `by_rule` counts the tables that count nobody, and the figures and headlines with numbers of
    their own (`repeated`), by the rule of their numbers; `unread` are captions of tables of no
    known kind, and such figures and headlines without a rule, `wrong` cells that were read as
    something that is not true of the replies: the attack did not understand them.
    """

    statements: int
    rule: Rule
    verdicts: Sequence[Verdict]
    unread: Sequence[str]
    by_rule: Mapping[str, int]
    wrong: Sequence[str]

    def of(self, kind: str) -> list[Verdict]:
        """Return the verdicts of one kind."""
        return [each for each in self.verdicts if each.verdict == kind]

    @property
    def passed(self) -> bool:
        """Whether no small count is told, and everything was understood."""
        return not (self.of(TOLD) or self.unread or self.wrong)

    def told_lines(self) -> list[str]:
        """Name the counts that are told, and the tables that tell them."""
        told = self.of(TOLD)
        lines = [
            f"{each.target.source}: {_people(each)} are known to be {_span(each)}"
            for each in told[:NAMED]
        ]
        return [*lines, *([f"and {len(told) - NAMED} more"] if len(told) > NAMED else [])]

    def lines(self) -> list[str]:
        """Say what was found, the sum of it last."""
        rows = [f"not understood: {each}" for each in (*self.unread, *self.wrong)]
        rows += [
            f"{n} tables, figures, headlines or numbers of sentences by rule ({rule}): "
            f"{RULES[rule]}"
            for rule, n in self.by_rule.items()
        ]
        rows += self.told_lines()
        few, safe, few_is = len(self.verdicts), len(self.of(SAFE)), self.rule.people()
        return [
            *rows,
            f"{self.statements:,} numbers of people are published. Of {few:,} counts below "
            f"{few_is} behind them {len(self.of(TOLD)):,} are known to within fewer than "
            f"{few_is} values; {safe:,} are safe, since other replies would print the same "
            f"report; {len(self.of(OPEN)):,} can have as many values for who links the tables, and "
            "no such replies were found.",
        ]


def _people(verdict: Verdict) -> str:
    """Say who is counted: answers, question by question, where not all are meant."""
    parts = []
    for name, wanted in verdict.target.conditions.items():
        if len(wanted) <= 3:
            parts.append(f"{name.replace('_', ' ')}: {' or '.join(sorted(wanted))}")
    return f"the people of {'; '.join(parts)}"


def _span(verdict: Verdict) -> str:
    low, high = round(verdict.low), round(verdict.high)
    return f"{low}" if low == high else f"{low} to {high}"


def attack(
    survey: Survey,
    folder: Path,
    *,
    search: bool = True,
    guarded: Rule | None = None,
) -> Outcome:
    """Attack everything that is published of a survey: tables of its notebooks, and to download.

    Parameters
    ----------
    survey : Survey
        The survey, with its responses: whether a statement is understood is checked by them.
    folder : pathlib.Path
        ``reports/<survey>``, finished or not yet in place; without notebooks nothing is said.
    search : bool
        False asks the linear programmes alone.
    guarded : Rule, optional
        As for `registering.register_of`.

    Returns
    -------
    Outcome
        What is found.
    """
    if not any(folder.glob("[0-9][0-9]_*.ipynb")):
        own = guarded or rule_of(survey.codebook)
        return Outcome(statements=0, rule=own, verdicts=[], unread=[], by_rule={}, wrong=[])
    register, unread, by_rule = register_of(survey, folder, guarded=guarded)
    beyond, by_other = beyond_tables(tables_of(folder), folder)
    return Outcome(
        statements=len(register.statements),
        rule=register.guarded,
        verdicts=judge(survey, register, search=search),
        unread=[*(table.source for table in unread), *beyond],
        by_rule=by_rule + by_other,
        wrong=register.wrong,
    )

"""Shares of people who say yes, by how readily they answered."""

from functools import partial

import pandas as pd

from analysis.chapters.robustness.selection_headline import Headline
from analysis.numerics import outwards
from analysis.population import Weighing
from analysis.primary import no_satisfaction
from analysis.primary.designs import design_of
from analysis.privacy import rule_of
from analysis.proportions import share
from analysis.report import at_start, in_sentence, not_asked, weighted_share
from analysis.sensitivity import Shifted, bounds, shifted_share
from analysis.survey import Survey, bases, measures
from analysis.survey.bases import Base


def satisfied(survey: Survey, responses: pd.DataFrame, weighing: Weighing | None) -> Headline | str:
    """Take the share satisfied of the people whose satisfaction is compared.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    Headline or str
        Or the reason why there is none.
    """
    reason = no_satisfaction(survey, responses)
    if reason:
        return reason
    base = design_of(survey, responses).base
    said = survey.words.satisfied
    how = {"key": "satisfied", "who": f"people who {said}", "name": at_start(said)}
    return _headline(survey, base, "satisfaction", weighing, **how)


def rated(
    survey: Survey, responses: pd.DataFrame, role: str, weighing: Weighing | None
) -> Headline | str:
    """Take the share of the best answers to a question with ordered answers.

    Parameters
    ----------
    survey, responses, weighing
        As for `satisfied`.
    role : str
        One of `measures.RATING_IDS`.

    Returns
    -------
    Headline or str
        Or the reason why there is none.
    """
    reason = not_asked(survey, role)
    if reason:
        return reason
    base = bases.answered(survey, responses, [role])
    best, noun = measures.best_answers(survey, role), in_sentence(survey.codebook.noun(role))
    who, name = f"people who answered {best} on {noun}", at_start(f"{noun}: {best}")
    how = {"key": measures.RATING_IDS[role], "who": who, "name": name}
    return _headline(survey, base, role, weighing, **how)


def unknown_of(base: Base) -> int:
    """Count who was asked and gave no substantive answer to some question of a base.

    Parameters
    ----------
    base : Base
        As `bases.answered` returns it.

    Returns
    -------
    int
        People; the ledger of the base shows them too.
    """
    steps = base.ledger.steps
    told = [each for each in steps if each.step in ("dont_know", "no_answer")]
    return sum(each.rows_before - each.rows_after for each in told)


def _headline(
    survey: Survey,
    base: Base,
    role: str,
    weighing: Weighing | None,
    *,
    key: str,
    who: str,
    name: str,
) -> Headline | str:
    yes = base.frame[role].isin(measures.top_answers(survey, role))
    rule = rule_of(survey.codebook)
    if not rule.splits(yes):
        best = measures.best_answers(survey, role)
        return f"fewer than {rule.people()} people answered {best}, or fewer than that another"
    plain, heavy = share(yes), weighted_share(yes, weighing, survey.codebook)
    return Headline(
        key=key,
        name=name,
        who=who,
        n=plain.n,
        shifted=_as_shown(plain),
        difference=False,
        bounds=bounds(plain.n_yes, plain.n, unknown_of(base)),
        heavy=None if heavy is None else _as_shown(heavy),
        weighted=heavy,
    )


def _as_shown(told: object) -> partial[Shifted]:
    """Start from whole percent, the interval outwards: so nothing tells more than these do."""
    low, high = outwards(told.conf_low, told.conf_high)
    low, high = max(float(low), 0.0), min(float(high), 1.0)
    estimate = round(float(told.estimate), 2)
    return partial(shifted_share, estimate=estimate, conf_low=low, conf_high=high)

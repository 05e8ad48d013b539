"""Satisfaction of the people who used what they prefer, beside that of the others."""

from collections.abc import Sequence

import pandas as pd

from analysis import margins, ordinal, report
from analysis.population import Weighing
from analysis.primary.designs import Design
from analysis.privacy import rule_of
from analysis.report import Weighted
from analysis.survey import Survey, bases, measures, preferences


def got_people(survey: Survey, made: Design) -> pd.DataFrame:
    """Select the people of whom it is known whether they used what they prefer.

    Parameters
    ----------
    survey : Survey
        A survey that asked what people used and what they prefer.
    made : Design
        Whose answers, and which terms.

    Returns
    -------
    pandas.DataFrame
        People of the models who also answered on use, on preference, and on the reason if the
        survey asked for it, with `got`, 1.0 or 0.0 (`preferences.used_preferred`); the columns
        of these questions, of satisfaction and of districts.
    """

    def select() -> pd.DataFrame:
        roles = [survey.used_role, "preferred", *(["reason"] if survey.has("reason") else [])]
        others = ["satisfaction", *(["district"] if survey.has("district") else [])]
        got = preferences.used_preferred(survey, bases.only(survey, made.base.frame, roles))
        frame = bases.only(survey, made.people, [*others, *roles]).assign(got=got)
        return bases.answered(survey, frame, roles).frame.dropna(subset=["got"])

    return made.made.of([], "people", select)


def got_formulas(survey: Survey, made: Design) -> dict[str, str]:
    """Add to the model whether people used what they prefer.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers, and which terms.

    Returns
    -------
    dict
        Formulas that have finite estimates: `plain`, and `reason` with the reason too if the
        survey asked for it.
    """
    formulas = {"plain": f"{made.formula} + got"}
    if survey.has("reason"):
        formulas["reason"] = f"{made.formula} + got + reason"
    return {name: each for name, each in formulas.items() if not _obstacle(survey, made, each)}


def _obstacle(survey: Survey, made: Design, formula: str) -> str:
    """Say why a formula has no finite estimates among these people, found once."""
    people = got_people(survey, made)
    return made.made.of([], f"obstacle {formula}", lambda: ordinal.obstacle(formula, people))


def compared(survey: Survey, made: Design, *, answers: Sequence[str]) -> pd.DataFrame:
    """Compare who used what they prefer with the others, in each model.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers, and which terms.
    answers : sequence of str
        The answers whose share is meant, by label.

    Returns
    -------
    pandas.DataFrame
        As `report.with_and_without` returns it, a row a formula of `got_formulas`; no rows where
        there is `no_comparison`.
    """
    if no_comparison(survey, made):
        return pd.DataFrame()
    people = got_people(survey, made)
    fits = {
        name: ordinal.fit(formula, people) for name, formula in got_formulas(survey, made).items()
    }
    found = {
        name: margins.indicators(each, ["got"], answers=answers) for name, each in fits.items()
    }
    return report.with_and_without(found, people["got"])


def weighted(
    survey: Survey, made: Design, *, answers: Sequence[str], weighing: Weighing | None
) -> Weighted | None:
    """Compare who used what they prefer with the others, with weights, in the largest model.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers, and which terms.
    answers : sequence of str
        The answers whose share is meant, by label.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    Weighted or None
        None without weights, or where the model has no finite estimates with them.
    """
    if weighing is None or no_comparison(survey, made):
        return None
    everybody = got_people(survey, made)
    people = weighing.people(everybody).assign(weight=weighing.weights.weights)
    formula = list(got_formulas(survey, made).values())[-1]
    if people.empty or ordinal.obstacle(formula, people, weights="weight"):
        return None
    fitted = ordinal.fit(formula, people, weights="weight")
    found = margins.indicators(fitted, ["got"], answers=answers)
    row = margins.differences(found).iloc[0]
    return report.weighted_row(row, people.index, len(everybody), weighing, survey.codebook)


def no_comparison(survey: Survey, made: Design) -> str:
    """Say why who used what they prefer cannot be compared with the others.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers, and which terms.

    Returns
    -------
    str
        "" if they can.
    """
    reason = report.not_asked(survey, survey.used_role, "preferred")
    if reason:
        return reason
    people, rule = got_people(survey, made), rule_of(survey.codebook)
    best = people["satisfaction"].isin(measures.top_answers(survey, "satisfaction"))
    did = people["got"] == 1.0
    if not (rule.splits(best[did]) and rule.splits(best[~did])):
        said = measures.best_answers(survey, "satisfaction")
        return (
            f"of the people who used what they prefer, or of the others, fewer than "
            f"{rule.people()} answered {said} or fewer than {rule.people()} something else"
        )
    return _obstacle(survey, made, f"{made.formula} + got")

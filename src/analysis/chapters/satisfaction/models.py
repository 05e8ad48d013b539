"""Further models of satisfaction by channel and district, beside those of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import assumptions, ordinal, population
from analysis.ordinal import ModelTest, OrdinalFit
from analysis.primary import Primary
from analysis.primary.designs import Design
from analysis.privacy import rule_of, weights_tell
from analysis.survey import Survey

#: Of fewer groups the sandwich says too little to make an interval of.
FEWEST_GROUPS = 5


@dataclass(frozen=True, kw_only=True)
class WeightedSpread:
    """The standard deviation between districts with weights, on the logit scale.

    `spread` as `ordinal.weighted_spread`, of `n` people; `plain` of the same people without
    weights; `without` people have no weight.
    """

    spread: pd.Series
    plain: float
    n: int
    without: int


def crossed_test(made: Design, model: OrdinalFit, *, rng: np.random.Generator) -> ModelTest | None:
    """Test whether differences between channels depend on the district; exploratory.

    Parameters
    ----------
    made : Design
        Whose answers, and which terms.
    model : OrdinalFit
        The model of `made.formula`.
    rng : numpy.random.Generator
        Source of randomness, for the p-value.

    Returns
    -------
    ModelTest or None
        Rao's score of all products of the two; None where they are not in one model.
    """
    if "together" in made.left_out:
        return None
    crossed = f"{made.formula} + {' + '.join(f'{term}:district' for term in made.terms)}"
    return ordinal.score(model, crossed, made.people, simulations=199, rng=rng)


def without_other(survey: Survey, made: Design) -> ModelTest | None:
    """Test channels without the people of the answer that gathers all other channels.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers, and which terms.

    Returns
    -------
    ModelTest or None
        The likelihood ratio; None where there is no such answer, people could name several, or
        the model has no finite estimates without these people.
    """
    role, other = survey.used_role, survey.other_channel
    if made.terms != [role] or not other:
        return None
    rest = made.people[made.people[role] != other]
    if len(rest) == len(made.people) or ordinal.obstacle(made.formula, rest):
        return None
    full, without = (ordinal.fit(each, rest) for each in (made.formula, made.without_channels))
    return ordinal.compare(full, without)


def top_alone(
    made: Design, model: OrdinalFit, *, answers: Sequence[str]
) -> tuple[OrdinalFit | None, ModelTest | None]:
    """Fit the best answers against the others, and test the channels in that model.

    Parameters
    ----------
    made : Design
        Whose answers, and which terms.
    model : OrdinalFit
        The model of all answers.
    answers : sequence of str
        The best answers, by label.

    Returns
    -------
    tuple of OrdinalFit and ModelTest
        The model and the likelihood ratio; None and None where everybody of some category gave a
        best answer or nobody did, so that there are no finite estimates.
    """
    best = pd.Categorical(made.people["satisfaction"].isin(answers), ordered=True)
    if ordinal.obstacle(made.formula, made.people.assign(satisfaction=best)):
        return None, None
    without = ordinal.fit(made.without_channels, made.people)
    both = [assumptions.against_others(each, answers=answers) for each in (model, without)]
    return both[0], ordinal.compare(*both)


def weighted_people(survey: Survey, responses: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Give people the weights of notebook 02.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`, who are weighted.
    frame : pandas.DataFrame
        Some of these rows.

    Returns
    -------
    pandas.DataFrame
        The rows of `frame` that have a weight, with `weight`; none without weights.
    """
    weighing = population.weigh(survey, responses)
    if weighing is None:
        return frame.head(0).assign(weight=pd.Series(dtype=float))
    return weighing.people(frame).assign(weight=weighing.weights.weights)


def wald_tests(weighted: OrdinalFit, made: Design) -> list[ModelTest]:
    """Test channels and districts with weights.

    Parameters
    ----------
    weighted : OrdinalFit
        The model of `made.formula` with weights.
    made : Design
        Which terms it has.

    Returns
    -------
    list of ModelTest
        Of all channels, and of all districts, as far as they are in the model.
    """
    parts = [" + ".join(made.terms)] * bool(made.terms)
    parts += ["district"] * ("together" not in made.left_out)
    return [ordinal.wald(weighted, each) for each in parts]


def spread_with_weights(
    survey: Survey, responses: pd.DataFrame, plan: Primary
) -> WeightedSpread | None:
    """Fit the plan's model of districts again with the weights of notebook 02; secondary.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`, who are weighted.
    plan : Primary
        As `primary.primary` returns it.

    Returns
    -------
    WeightedSpread or None
        None without a test of districts or without weights; where few people have a weight, or some
        but few have none; where they are in fewer than `FEWEST_GROUPS` districts, or the model has
        no finite estimates.
    """
    if plan.spread is None:
        return None
    formula, everybody = plan.made.without_districts, plan.made.people
    people = weighted_people(survey, responses, everybody)
    if weights_tell(len(everybody), len(people), rule=rule_of(survey.codebook)):
        return None
    if people["district"].nunique() < FEWEST_GROUPS:
        return None
    if ordinal.obstacle(formula, people, weights="weight", random="district"):
        return None
    weighted = ordinal.fit(formula, people, weights="weight", random="district")
    return WeightedSpread(
        spread=ordinal.weighted_spread(weighted),
        plain=ordinal.fit(formula, people, random="district").random.sd,
        n=weighted.n,
        without=len(everybody) - len(people),
    )

"""The models of satisfaction by channel and district, and the tests of their parts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import assumptions, ordinal, population
from analysis.chapters.satisfaction.designs import Design
from analysis.ordinal import ModelTest, OrdinalFit
from analysis.survey import Survey


@dataclass(frozen=True, kw_only=True)
class PartTests:
    """Tests of the parts of the model.

    `family` has a row a part, as `ordinal.family`: `channels`, `districts`, and whether the two
    are `crossed`; no row of a part that is left out. `spread` is the standard deviation between
    districts on the logit scale, as `ordinal.spread_interval`, None where they are left out.
    `channels` is the test of the channels, `without_other` the same without the people of the
    answer that gathers all other channels, None where that cannot be made.
    """

    family: pd.DataFrame
    spread: pd.Series | None
    channels: ModelTest | None
    without_other: ModelTest | None

    def p_adjusted(self, part: str) -> float:
        """Return the adjusted p-value of a part; NaN if the part is left out."""
        if not self.has(part):
            return float("nan")
        return float(self.family.set_index("term")["p_adjusted"][part])

    def has(self, part: str) -> bool:
        """Tell whether there is a test of a part."""
        return not self.family.empty and part in set(self.family["term"])

    def differ(self, part: str) -> bool:
        """Tell whether the test speaks for a difference; False if the part is left out."""
        return self.p_adjusted(part) < 0.05


def spread_model(made: Design) -> OrdinalFit | None:
    """Fit the model of channels with a random intercept by district.

    Parameters
    ----------
    made : Design
        As `designs.design_of` returns it.

    Returns
    -------
    OrdinalFit or None
        None where districts are left out.
    """
    if "districts" in made.left_out:
        return None
    return ordinal.fit(made.without_districts, made.people, random="district")


def part_tests(
    survey: Survey,
    made: Design,
    model: OrdinalFit,
    with_spread: OrdinalFit | None,
    *,
    rng: np.random.Generator,
) -> PartTests:
    """Test channels, the spread between districts, and whether the two depend on each other.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers, and which terms.
    model : OrdinalFit
        The model of `made.formula`.
    with_spread : OrdinalFit or None
        As `spread_model` returns it.
    rng : numpy.random.Generator
        Source of randomness, for the p-value of the last test.

    Returns
    -------
    PartTests
        Likelihood ratios against the model without channels and without districts, and Rao's
        score of all products of the two; one family. No test of a part that is left out.
    """
    people, other, spread = made.people, None, None
    tests: dict[str, ModelTest] = {}
    if made.terms:
        tests["channels"] = ordinal.compare(model, ordinal.fit(made.without_channels, people))
        other = without_other(survey, made)
    if with_spread is not None:
        no_district = ordinal.fit(made.without_districts, people)
        tests["districts"] = ordinal.compare(with_spread, no_district)
        spread = ordinal.spread_interval(with_spread)
    if "together" not in made.left_out:
        crossed = f"{made.formula} + {' + '.join(f'{term}:district' for term in made.terms)}"
        tests["crossed"] = ordinal.score(model, crossed, people, simulations=199, rng=rng)
    family = ordinal.family(tests) if tests else pd.DataFrame()
    return PartTests(
        family=family, spread=spread, channels=tests.get("channels"), without_other=other
    )


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

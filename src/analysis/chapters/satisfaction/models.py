"""The models of satisfaction by channel and district, and the tests of their parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import assumptions, ordinal, population
from analysis.assumptions import Brant
from analysis.ordinal import ModelTest, OrdinalFit
from analysis.privacy import rule_of
from analysis.survey import Survey, bases

#: Brant's test leans on small categories, so it is made with groups of at least so many people.
ENOUGH = 50


@dataclass(frozen=True, kw_only=True)
class PartTests:
    """Tests of the parts of the model.

    `family` has a row a part, as `ordinal.family`: `channels`, `districts`, and whether the two
    are `crossed`. `channels` is the test of the channels, `without_other` the same without the
    people of the answer that gathers all other channels, None where that cannot be made.
    """

    family: pd.DataFrame
    channels: ModelTest
    without_other: ModelTest | None

    def p_adjusted(self, part: str) -> float:
        """Return the adjusted p-value of a part."""
        return float(self.family.set_index("term")["p_adjusted"][part])


def part_tests(
    survey: Survey,
    model: OrdinalFit,
    with_spread: OrdinalFit,
    frame: pd.DataFrame,
    *,
    rng: np.random.Generator,
) -> PartTests:
    """Test channels, the spread between districts, and whether the two depend on each other.

    Parameters
    ----------
    survey : Survey
        The survey.
    model : OrdinalFit
        The model of channels and districts.
    with_spread : OrdinalFit
        The model of channels with a random intercept by district.
    frame : pandas.DataFrame
        The people of both.
    rng : numpy.random.Generator
        Source of randomness, for the p-value of the last test.

    Returns
    -------
    PartTests
        Likelihood ratios against the model without channels and without districts, and Rao's
        score of all products of the two; one family.
    """
    terms = bases.channel_terms(survey, survey.used_role)
    no_channel = ordinal.fit("satisfaction ~ district", frame)
    no_district = ordinal.fit(f"satisfaction ~ {' + '.join(terms)}", frame)
    crossed = f"{model.formula} + {' + '.join(f'{term}:district' for term in terms)}"
    tests = {
        "channels": ordinal.compare(model, no_channel),
        "districts": ordinal.compare(with_spread, no_district),
        "crossed": ordinal.score(model, crossed, frame, simulations=199, rng=rng),
    }
    return PartTests(
        family=ordinal.family(tests),
        channels=tests["channels"],
        without_other=without_other(survey, frame),
    )


def without_other(survey: Survey, frame: pd.DataFrame) -> ModelTest | None:
    """Test channels without the people of the answer that gathers all other channels.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        `satisfaction`, `district` and the channel of each person.

    Returns
    -------
    ModelTest or None
        The likelihood ratio; None where there is no such answer, people could name several, or
        nobody is left.
    """
    role, other = survey.used_role, survey.other_channel
    if role not in frame or not other:
        return None
    rest = frame[frame[role] != other]
    if len(rest) == len(frame) or rest[role].nunique() < 2:
        return None
    full = ordinal.fit(f"satisfaction ~ {role} + district", rest)
    return ordinal.compare(full, ordinal.fit("satisfaction ~ district", rest))


def top_alone(
    model: OrdinalFit, without: OrdinalFit, *, answers: Sequence[str]
) -> tuple[OrdinalFit | None, ModelTest | None]:
    """Fit the best answers against the others, and test the channels in that model.

    Parameters
    ----------
    model, without : OrdinalFit
        Models of all answers, with the channels and without.
    answers : sequence of str
        The best answers, by label.

    Returns
    -------
    tuple of OrdinalFit and ModelTest
        The model and the likelihood ratio; None and None where everybody of some category gave a
        best answer or nobody did, so that there are no finite estimates.
    """
    try:
        both = [assumptions.against_others(each, answers=answers) for each in (model, without)]
        return both[0], ordinal.compare(*both)
    except ValueError:
        return None, None


def with_got(survey: Survey, responses: pd.DataFrame) -> pd.DataFrame:
    """Select the people of whom it is known whether they used what they prefer.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    pandas.DataFrame
        Those who also answered on preference, and on the reason if the survey asked for it, with
        `got`, 1.0 or 0.0; nobody if the survey did not ask what people prefer.
    """
    if not survey.has("preferred"):
        return responses.head(0).assign(got=pd.Series(dtype=float))
    roles = [survey.used_role, "preferred", "satisfaction", "district"]
    roles += [role for role in ("reason",) if survey.has(role)]
    frame = bases.answered(survey, responses, roles).frame
    pair = [bases.channels(survey, frame, role) for role in (survey.used_role, "preferred")]
    return frame.assign(got=bases.got_preferred(*pair)).dropna(subset=["got"])


def got_formulas(survey: Survey, model: OrdinalFit, people: pd.DataFrame) -> dict[str, str]:
    """Add to the model whether people used what they prefer.

    Parameters
    ----------
    survey : Survey
        The survey.
    model : OrdinalFit
        The model of channels and districts.
    people : pandas.DataFrame
        As `with_got` returns them.

    Returns
    -------
    dict
        Formulas: `plain`, and `reason` with the reason too if the survey asked for it. None if
        too few people did, or too few did not.
    """
    did = people["got"] == 1.0
    if people.empty or not rule_of(survey.codebook).splits(did):
        return {}
    formulas = {"plain": f"{model.formula} + got"}
    if survey.has("reason"):
        formulas["reason"] = f"{model.formula} + got + reason"
    return formulas


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
        return frame.head(0)
    return weighing.people(frame).assign(weight=weighing.weights.weights)


def fit_weighted(formula: str, people: pd.DataFrame) -> OrdinalFit | None:
    """Fit a model with weights.

    Parameters
    ----------
    formula : str
        Its formula.
    people : pandas.DataFrame
        As `weighted_people` returns them.

    Returns
    -------
    OrdinalFit or None
        None without weights.
    """
    return None if people.empty else ordinal.fit(formula, people, weights="weight")


def wald_tests(weighted: OrdinalFit | None, terms: Sequence[str]) -> list[ModelTest]:
    """Test channels and districts with weights.

    Parameters
    ----------
    weighted : OrdinalFit or None
        As `fit_weighted` returns it.
    terms : sequence of str
        The terms of the channels.

    Returns
    -------
    list of ModelTest
        Of all channels, and of all districts; none without weights.
    """
    if weighted is None:
        return []
    return [ordinal.wald(weighted, each) for each in (" + ".join(terms), "district")]


@dataclass(frozen=True, kw_only=True)
class GroupBrant:
    """Brant's test of groups of channels, None where it cannot be made.

    `names` leads from the columns of its model to the groups; `against` is the group compared
    with, "" where people could name several and each group is compared with who did not name it.
    """

    test: Brant | None
    names: Mapping[str, str]
    against: str


def group_brant(survey: Survey, frame: pd.DataFrame, used: pd.Series | pd.DataFrame) -> GroupBrant:
    """Make Brant's test of groups of channels with enough people.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        `satisfaction` of each person.
    used : pandas.Series or pandas.DataFrame
        As `bases.channels` returns it.

    Returns
    -------
    GroupBrant
        Without a test where there are not two groups of `ENOUGH` people or it has no finite
        estimates. Who is left out depends on the size of groups alone, never on their answers.
    """
    groups = bases.grouped(survey, used)
    if isinstance(groups, pd.DataFrame):
        names = {f"group_{at}": name for at, name in enumerate(groups.columns)}
        columns = groups.set_axis(list(names), axis=1).astype(float)
        large = [name for name in columns if columns[name].sum() >= ENOUGH]
        formula, against, people = " + ".join(large), "", frame[["satisfaction"]].join(columns)
    else:
        sizes = groups.value_counts()
        kept = [each for each in groups.cat.categories if sizes[each] >= ENOUGH]
        names = {f"group[T.{each}]": each for each in kept[1:]}
        large, formula, against = kept[1:], "group", (kept or [""])[0]
        people = frame[["satisfaction"]].assign(group=groups.cat.set_categories(kept))
        people = people[people["group"].notna()]
    if not large:
        return GroupBrant(test=None, names=names, against=against)
    try:
        found = assumptions.brant(ordinal.fit(f"satisfaction ~ {formula}", people))
    except ValueError:
        found = None
    whole = None if found is None or found.left_out else found
    return GroupBrant(test=whole, names=names, against=against)

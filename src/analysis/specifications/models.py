"""The people, terms and fits of the models of satisfaction, under a specification."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import ordinal
from analysis.ordinal import OrdinalFit
from analysis.primary import designs
from analysis.specifications import choices
from analysis.specifications.choices import Specification
from analysis.specifications.imputed import TIMES, impute
from analysis.specifications.people import People
from analysis.specifications.shifts import groups_of
from analysis.survey import Survey, bases, measures, preferences

#: The seed of what is filled in, the same in every specification.
_SEED = 20231015

#: Columns that the models add to the responses.
GOT, WEIGHT = "got", "weight"


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What a model is fitted to: frames (several if something was filled in), and its terms.

    `terms` are the columns of the channels, `beside` what is held equal besides; `random` is a
    column of groups with a random intercept.
    """

    frames: Sequence[pd.DataFrame]
    terms: list[str]
    beside: list[str]
    link: str
    weighted: bool
    random: str | None = None

    def fits(self, *added: str, without: Sequence[str] = ()) -> list[OrdinalFit]:
        """Fit the model to each frame.

        Parameters
        ----------
        *added : str
            Further terms.
        without : sequence of str
            Terms that are left out.

        Returns
        -------
        list of OrdinalFit
            One a frame.

        Raises
        ------
        ValueError
            If there are no finite estimates.
        """
        right = [each for each in (*self.terms, *self.beside, *added) if each not in without]
        formula = f"satisfaction ~ {' + '.join(right) or '1'}"
        how = {"link": self.link, "weights": WEIGHT if self.weighted else None}
        random = None if self.random in without else self.random
        return [ordinal.fit(formula, each, random=random, **how) for each in self.frames]


def prepare(
    people: People, specification: Specification, *, roles: Sequence[str], got: bool = False
) -> Prepared:
    """Select the people of a model, and decide its terms.

    Parameters
    ----------
    people : People
        Whose answers.
    specification : mapping of str to str
        Its `used, groups, covariates, missing, district, link` and `got` are looked at.
    roles : sequence of str
        What everybody in the model answered besides satisfaction: the question on use if channels
        are compared, "district" if districts are.
    got : bool
        Whether it is compared who used what they prefer.

    Returns
    -------
    Prepared
        Ready to fit.
    """
    survey, used = people.survey, _used_role(people.survey, specification)
    needed = [used if each == survey.used_role else each for each in roles]
    needed += ["satisfaction", *(["preferred"] if got else [])]
    beside = _covariates(specification, needed)
    if choices.CHANNEL in beside:
        needed, beside = [*needed, used], [each for each in beside if each != choices.CHANNEL]
    district = specification.get("district", choices.WITHOUT)
    spread = "district" in needed
    if not spread and district != choices.WITHOUT and survey.has("district"):
        beside.append("district")
    missing = specification.get("missing", choices.COMPLETE)
    if missing == choices.COMPLETE:
        needed = [*needed, *beside]
    frame = bases.answered(survey, people.responses, list(dict.fromkeys(needed))).frame
    if got:
        frame = _with_got(survey, frame, used, specification.get("got", choices.COMPUTED))
    terms: list[str] = []
    if used in needed:
        frame, terms = _channels(survey, frame, used, specification)
    if people.weights is not None:
        weight = people.weights.weights
        frame = frame[frame.index.isin(weight.index)].assign(**{WEIGHT: weight})
    random = "district" if district == choices.RANDOM and (spread or "district" in beside) else None
    return Prepared(
        frames=_filled(frame, beside, missing),
        terms=terms,
        beside=[each for each in beside if each != random],
        link=specification.get("link", choices.LOGIT),
        weighted=people.weights is not None,
        random=random,
    )


def top_answers(survey: Survey, specification: Specification) -> list[str]:
    """Return the answers that count as satisfied.

    Parameters
    ----------
    survey : Survey
        The survey.
    specification : mapping of str to str
        Its `top` is looked at.

    Returns
    -------
    list of str
        The best answers, or one answer more.

    Examples
    --------
    >>> from analysis import survey
    >>> top_answers(survey.load("herts_2023"), {"top": choices.ONE_MORE})
    ['Neither good nor poor', 'Good', 'Very good']
    """
    best = measures.top_answers(survey, "satisfaction")
    if specification.get("top", choices.BEST) == choices.BEST:
        return best
    question = survey.codebook.question("satisfaction")
    offered = [question.labels[code] for code in question.offered]
    first = min(offered.index(each) for each in best)
    return [each for each in offered if each in best or each == offered[first - 1]]


def label_of(survey: Survey, specification: Specification, channel: str) -> str:
    """Return what a channel is called in the model of a specification.

    Parameters
    ----------
    survey : Survey
        The survey.
    specification : mapping of str to str
        Its `used` and `groups` are looked at.
    channel : str
        Its label.

    Returns
    -------
    str
        The label or that of its group; where people could name several, the indicator's column.
    """
    role = _used_role(survey, specification)
    several = survey.codebook.question(role).kind == "multiple"
    if specification.get("groups", choices.FINE) == choices.COARSE:
        group = groups_of(survey)[channel]
        return _group_columns(survey, role)[group] if several else group
    if not several:
        return channel
    columns = {label: column for column, label in survey.labels(role).items()}
    return columns[channel]


def _group_columns(survey: Survey, role: str) -> dict[str, str]:
    """Return the column of each group of channels, as a formula can name it."""
    names = dict.fromkeys(groups_of(survey).values())
    return {name: f"{role}_group_{at}" for at, name in enumerate(names)}


def _used_role(survey: Survey, specification: Specification) -> str:
    every = specification.get("used", choices.LAST) == choices.ANY
    return "used" if every else survey.used_role


def _covariates(specification: Specification, needed: Sequence[str]) -> list[str]:
    named = specification.get("covariates", choices.NONE)
    roles = [] if named == choices.NONE else named.split(", ")
    return [each for each in roles if each not in needed]


def _with_got(survey: Survey, frame: pd.DataFrame, used: str, how: str) -> pd.DataFrame:
    """Say who used what they prefer, by their two answers or by what they say themselves."""
    if how == choices.SAID:
        question = survey.codebook.question("was_preferred")
        yes = question.labels[survey.codebook.cleaning.was_preferred_yes]
        told = bases.answered(survey, frame, ["was_preferred"]).frame
        return told.assign(**{GOT: (told["was_preferred"] == yes).astype(float)})
    found = preferences.used_preferred(survey, frame, used=used)
    return frame.assign(**{GOT: found}).dropna(subset=[GOT])


def _channels(
    survey: Survey, frame: pd.DataFrame, used: str, specification: Specification
) -> tuple[pd.DataFrame, list[str]]:
    if specification.get("groups", choices.FINE) == choices.FINE:
        return designs.large_terms(survey, frame, used)
    groups = bases.grouped(survey, bases.channels(survey, frame, used))
    if isinstance(groups, pd.Series):
        return frame.assign(**{used: groups.cat.remove_unused_categories()}), [used]
    groups = groups.rename(columns=_group_columns(survey, used))
    return frame.join(groups), list(groups.columns)


def _filled(frame: pd.DataFrame, beside: Sequence[str], missing: str) -> list[pd.DataFrame]:
    """Return the frame once, or several times with what was not told filled in."""
    untold = [each for each in beside if frame[each].isna().any()]
    if missing == choices.LEVEL:
        return [frame.assign(**{each: bases.with_not_told(frame[each]) for each in untold})]
    if missing == choices.IMPUTED and untold:
        rng = np.random.default_rng(_SEED)
        return [impute(frame, untold, alike="satisfaction", rng=rng) for _ in range(TIMES)]
    return [frame]


def ridits(prepared: Prepared, fits: Sequence[OrdinalFit]) -> np.ndarray:
    """Say how far each person's answer lies from what a model expects, between -1 and 1.

    Parameters
    ----------
    prepared : Prepared
        The people; of several frames the first.
    fits : sequence of OrdinalFit
        The model without what is tested; the first is looked at.

    Returns
    -------
    numpy.ndarray
        P(below) - P(above) of the person's own answer: the score of a cumulative logit model,
        which adds up to 0 over the people of each category of the model. With weights times them.
    """
    frame, fitted = prepared.frames[0], fits[0]
    chance = fitted.predict(frame).to_numpy()
    edges = np.hstack([np.zeros((len(frame), 1)), np.cumsum(chance, axis=1)])
    answers = list(fitted.answers)
    own = frame["satisfaction"].astype("str").map({each: at for at, each in enumerate(answers)})
    own = own.to_numpy(dtype=int)
    rows = np.arange(len(frame))
    values = edges[rows, own] + edges[rows, own + 1] - 1
    return values * frame[WEIGHT].to_numpy() if prepared.weighted else values

"""A fixed number of invitations spread over districts, and what each way of doing so can see."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import planning
from analysis.chapters.next_survey import tables
from analysis.chapters.next_survey.assumed import Assumed
from analysis.errors import SurveyError
from analysis.survey import Survey

#: Invitations, and the share of them that is replied to, unless named.
INVITATIONS, RESPONSE = 10_000, 0.1

#: Ways to spread invitations -> what they are called. The floor lies half-way between the fewest
#: replies that Neyman's allocation leaves a district and the most that every district can have.
CALLED = {
    "equal": "Equal",
    "proportional": "Proportional to population",
    "neyman": "Neyman",
    "power": "Power (square root)",
    "floor": "Neyman with a floor",
    "widest": "Narrowest widest interval",
}

#: Steps of the power allocation from one end to the other, and of the floor.
STEPS = tuple(np.round(np.arange(0, 1.01, 0.1), 1))


@dataclass(frozen=True, kw_only=True)
class Strata:
    """Districts that are invited: `level, population, response`, and how many invitations."""

    rows: pd.DataFrame
    invitations: int


def strata(
    plan: Assumed, survey: Survey, *, invitations: int = INVITATIONS, response: float = RESPONSE
) -> Strata:
    """Say whom invitations go to, and how readily each district replies.

    Parameters
    ----------
    plan : Assumed
        What is assumed.
    survey : Survey
        The survey, for its words.
    invitations : int
        How many there are.
    response : float
        Share of all invitations that is replied to, if they were proportional to the population.

    Returns
    -------
    Strata
        Districts of which the population is counted. How many replied per 1,000 of the population,
        as far as it is shown, tells how readily each replies beside the others; the level is
        `response`, since an open survey has no response rate. A hidden rate is taken for the mean.

    Raises
    ------
    SurveyError
        If the response is no share, or there are fewer invitations than a hundred a district, or
        more than people.
    """
    rows = plan.districts.dropna(subset=["population"])[["level", "population", "rate"]]
    people = rows["population"].to_numpy(dtype=float)
    if not 0 < response <= 1:
        raise SurveyError(
            f"a response of {response:g}; give a share above 0, at most 1, such as 0.1 or 10%"
        )
    least = 100 * len(rows)
    if not least <= invitations <= people.sum():
        raise SurveyError(
            f"{invitations:,} invitations for {len(rows)} {survey.words.districts}; give "
            f"{least:,} or more, and no more than the {people.sum():,.0f} people"
        )
    rate = rows["rate"].astype(float).to_numpy(copy=True)
    mean = np.nanmean(rate) if np.isfinite(rate).any() else 1.0
    rate = np.where(np.isfinite(rate), rate, mean)
    told = np.minimum(response * rate * people.sum() / (rate @ people), 1.0)
    rows = pd.DataFrame({"level": rows["level"], "population": people, "response": told})
    return Strata(rows=rows.reset_index(drop=True), invitations=invitations)


def invited(here: Strata) -> pd.DataFrame:
    """Spread the invitations in each way.

    Parameters
    ----------
    here : Strata
        As `strata` returns it.

    Returns
    -------
    pandas.DataFrame
        `level, population, response`, then a column a way (`CALLED`): invitations, whole numbers
        that add up.
    """
    return here.rows.assign(**{method: _sent(here, method) for method in CALLED})


def compared(plan: Assumed, here: Strata) -> pd.DataFrame:
    """Say what each way to spread invitations can see.

    Parameters
    ----------
    plan : Assumed
        What is assumed.
    here : Strata
        As `strata` returns it.

    Returns
    -------
    pandas.DataFrame
        A row a way: `allocation`, `smallest` (expected replies of the district with fewest),
        `district_margin` (how far the widest interval of a district's share reaches to either
        side), `district_difference` (the least difference of that with fewest replies from
        everybody else, power 80%), `replies` (in all), `effective_n` (for the share of the whole,
        with the weights of this survey and those of districts), `margin` (of the whole) and
        `shift` (the least of everybody, power 80%).
    """
    return pd.DataFrame(
        [{"allocation": name} | _told(plan, here, method) for method, name in CALLED.items()]
    )


def between(plan: Assumed, here: Strata) -> pd.DataFrame:
    """Follow two compromises from many replies in the smallest districts to Neyman's allocation.

    Parameters
    ----------
    plan, here
        As for `compared`.

    Returns
    -------
    pandas.DataFrame
        `path` ("power": exponents from 0 to 1; "floor": from the most replies that every district
        can have to none), `step` (from 0 to 1), `margin, district_margin`.
    """
    rows = []
    for path, name in (("power", "exponent"), ("floor", "step")):
        for step in STEPS:
            found, whole = _margins(plan, here, _sent(here, path, **{name: float(step)}))
            rows.append(
                {"path": path, "step": step, "margin": whole["width"] / 2,
                 "district_margin": found["width"].max() / 2}
            )  # fmt: skip
    return pd.DataFrame(rows)


def _sent(here: Strata, method: str, *, step: float = 0.5, exponent: float = 0.5) -> np.ndarray:
    """Spread invitations in one way; a floor lies a step from the highest there can be to none."""
    rate, floor = here.rows["response"].to_numpy(), 0.0
    if method == "floor":
        alike = here.invitations / (1 / rate).sum()
        fewest = (_sent(here, "neyman") * rate).min()
        floor = step * min(fewest, alike) + (1 - step) * alike * (1 - 1e-9)
    return planning.allocate(
        here.invitations,
        here.rows["population"],
        method="neyman" if method == "floor" else method,
        response=rate,
        exponent=exponent,
        least=floor,
    )


def _margins(plan: Assumed, here: Strata, sent: np.ndarray) -> tuple[pd.DataFrame, pd.Series]:
    return planning.precision(
        sent,
        here.rows["population"],
        share=plan.share,
        response=here.rows["response"],
        design_effect=plan.design_effect,
    )


def _told(plan: Assumed, here: Strata, method: str) -> dict:
    rows, whole = _margins(plan, here, _sent(here, method))
    fewest, total = rows["effective_n"].min(), rows["effective_n"].sum()
    few, others = max(int(fewest), 1), max(int(total - fewest), 1)
    return {
        "smallest": rows["replies"].min(),
        "district_margin": rows["width"].max() / 2,
        "district_difference": tables.difference_seen(plan, few, others),
        "replies": whole["replies"],
        "effective_n": whole["effective_n"],
        "margin": whole["width"] / 2,
        "shift": tables.shift_seen(plan, max(int(whole["effective_n"]), 1)),
    }

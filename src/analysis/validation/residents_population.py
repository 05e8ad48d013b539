"""A made-up population by district, age and sex, of whom the older and some districts answer more.

It is for the simulation of how well estimates of a district's residents hold.
"""

import numpy as np
import pandas as pd
from scipy import special

from analysis.validation.recovery_population import DISTRICTS, PEOPLE

AGES = ["16-24", "25-34", "35-44", "45-54", "55-64", "65 and over"]

SEXES = ["female", "male"]

#: Effects of age and sex on the logit scale, and the logit of a middling district.
OF_AGE = np.array([-0.6, -0.4, -0.1, 0.1, 0.4, 0.6])

OF_SEX = np.array([0.1, -0.1])

MIDDLE = 0.3

#: How much older the residents of each district are than those of a middling one, and how much
#: likelier its older residents are to answer: log odds from one band of age to the next.
OLDER = np.array([-0.2, 0.2, 0.0, -0.1, 0.3, -0.3, 0.1, 0.0, 0.2, -0.2])

KEENER = np.array([0.4, 0.0, 0.5, 0.3, -0.1, 0.6, 0.2, 0.4, 0.1, 0.5])

#: Standard deviations between districts on the logit scale, and how far each district's own
#: effects of age go apart from the others' where these are not the same.
SPREADS, APART = (0.0, 0.25, 0.5), 0.4

#: People of the population in each district.
RESIDENTS = 80_000


def residents() -> pd.DataFrame:
    """Count the population.

    Returns
    -------
    pandas.DataFrame
        `district, age, sex, people`, a row a cell.

    Examples
    --------
    >>> residents().groupby("district", observed=True)["people"].sum().round().unique().tolist()
    [80000.0]
    """
    cells = pd.MultiIndex.from_product([DISTRICTS, AGES, SEXES], names=["district", "age", "sex"])
    steps = np.arange(len(AGES))
    mix = special.softmax(OLDER[:, None] * steps, axis=1)
    people = np.repeat(mix * RESIDENTS / 2, 2, axis=1)
    frame = cells.to_frame(index=False).assign(people=people.ravel())
    kinds = {"district": DISTRICTS, "age": AGES, "sex": SEXES}
    return frame.astype({name: pd.CategoricalDtype(each) for name, each in kinds.items()})


def draw_answers(
    spread: float, apart: float, cells: pd.DataFrame, rng: np.random.Generator
) -> tuple[pd.DataFrame, np.ndarray]:
    """Draw effects of the districts, and people who answer.

    Parameters
    ----------
    spread : float
        Standard deviation between districts on the logit scale.
    apart : float
        Standard deviation of what each band of age of a district has of its own.
    cells : pandas.DataFrame
        As `residents` returns it.
    rng : numpy.random.Generator
        Source of random numbers.

    Returns
    -------
    tuple of pandas.DataFrame and numpy.ndarray
        A row a person (`district, age, sex, yes`), and the share of each district's residents.

    Examples
    --------
    >>> people, truth = draw_answers(0.0, 0.0, residents(), np.random.default_rng(1))
    >>> len(people), bool(truth.min() < truth.max())
    (1080, True)
    """
    of_district = rng.normal(0.0, spread, len(DISTRICTS))
    own = rng.normal(0.0, apart, (len(DISTRICTS), len(AGES)))
    logits = MIDDLE + of_district[:, None, None] + (OF_AGE + own)[:, :, None] + OF_SEX
    share = special.expit(logits).reshape(len(DISTRICTS), -1)
    people = cells["people"].to_numpy().reshape(share.shape)
    truth = (share * people).sum(axis=1) / people.sum(axis=1)
    keen = people * np.repeat(np.exp(KEENER[:, None] * np.arange(len(AGES))), 2, axis=1)
    drawn = np.concatenate([
        at * share.shape[1] + rng.choice(share.shape[1], PEOPLE[at], p=keen[at] / keen[at].sum())
        for at in range(len(DISTRICTS))
    ])  # fmt: skip
    frame = cells.loc[drawn, ["district", "age", "sex"]].reset_index(drop=True)
    return frame.assign(yes=rng.random(len(drawn)) < share.ravel()[drawn]), truth

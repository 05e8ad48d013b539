"""A made-up population of known opinions, for the simulation of what models recover."""

import numpy as np
import pandas as pd

from analysis.ordinal import find_link
from analysis.report import listed
from analysis.validation.coverage_page import USED

#: People of each district.
PEOPLE = np.array([40, 50, 60, 75, 90, 110, 130, 150, 175, 200])

#: Shares of the five answers among people of the first channel in a middling district.
SHARES = np.array([0.10, 0.12, 0.18, 0.35, 0.25])

#: Effects of the channels on the logit scale; the first is the baseline.
EFFECTS = np.array([0.0, 0.4, -0.3, 0.6, -0.5, 0.2, -0.8, 0.0, 0.5])

#: Standard deviations between districts on the logit scale.
SPREADS = (0.0, 0.2, 0.4)

#: What effects and spreads on the logit scale are multiplied by on the scale of each link: its
#: distribution's standard deviation over the logistic one's.
SCALES = {"logit": 1.0, "probit": np.sqrt(3) / np.pi, "cloglog": np.sqrt(0.5)}

#: Coefficient of variation of the survey weights.
VARIATION = 0.5

#: Of four times the people, the chances to be part of a selected sample: of the two best answers,
#: and of others.
SELECTED = (0.35, 0.15)

ANSWERS = ["very dissatisfied", "dissatisfied", "neither", "satisfied", "very satisfied"]

CHANNELS = [f"channel {number}" for number in range(1, len(USED) + 1)]

DISTRICTS = [f"district {number}" for number in range(1, len(PEOPLE) + 1)]


def draw_sample(
    link: str, spread: float, rng: np.random.Generator, people: np.ndarray = PEOPLE
) -> tuple[pd.DataFrame, np.ndarray]:
    """Draw a sample of the made-up population.

    Parameters
    ----------
    link : str
        The link of the true model.
    spread : float
        Standard deviation between districts on the logit scale.
    rng : numpy.random.Generator
        Source of random numbers.
    people : numpy.ndarray
        How many people each district has.

    Returns
    -------
    tuple of pandas.DataFrame and numpy.ndarray
        A row a person (`satisfaction, channel, district, weight`), and the true effects of the
        districts on the scale of the link.

    Examples
    --------
    >>> sample, districts = draw_sample("logit", 0.0, np.random.default_rng(1))
    >>> sample.shape, districts.tolist() == [0.0] * 10
    ((1080, 4), True)
    """
    found, scale, n = find_link(link), SCALES[link], int(people.sum())
    effects = scale * spread * rng.standard_normal(len(people))
    district = np.repeat(np.arange(len(people)), people)
    channel = rng.choice(len(USED), n, p=USED)
    latent = found.inverse(rng.uniform(size=n)) + scale * EFFECTS[channel] + effects[district]
    answer = np.searchsorted(found.inverse(np.cumsum(SHARES)[:-1]), latent)
    codes = pd.Categorical.from_codes
    sample = pd.DataFrame({
        "satisfaction": codes(answer, ANSWERS, ordered=True),
        "channel": codes(channel, CHANNELS),
        "district": codes(district, DISTRICTS),
        "weight": rng.lognormal(0.0, np.sqrt(np.log1p(VARIATION**2)), n),
    })  # fmt: skip
    return sample, effects


def draw_selected(
    link: str, spread: float, rng: np.random.Generator, people: np.ndarray = PEOPLE
) -> tuple[pd.DataFrame, np.ndarray]:
    """Draw a sample of which people with one of the two best answers are likelier to be part.

    Parameters
    ----------
    link, spread, rng
        As for `draw_sample`.
    people : numpy.ndarray
        How many people each district has in the sample, about.

    Returns
    -------
    tuple of pandas.DataFrame and numpy.ndarray
        As `draw_sample`; weights are the inverse of the chance to be part.

    Examples
    --------
    >>> sample, _ = draw_selected("logit", 0.0, np.random.default_rng(1))
    >>> sorted(sample["weight"].unique().round(3).tolist())
    [2.857, 6.667]
    """
    sample, effects = draw_sample(link, spread, rng, 4 * people)
    chance = np.where(sample["satisfaction"].cat.codes >= 3, *SELECTED)
    part = rng.uniform(size=len(sample)) < chance
    return sample[part].assign(weight=1 / chance[part]).reset_index(drop=True), effects


def describe() -> list[str]:
    """Say in Markdown what the population is like.

    Returns
    -------
    list of str
        Lines of a list.

    Examples
    --------
    >>> describe()[0]
    '- nine channels, used by 50, 20, 8, 6, 5, 4, 3, 2 and 2% of the people;'
    """
    thresholds = find_link("logit").inverse(np.cumsum(SHARES)[:-1])
    return [
        f"- nine channels, used by {_numbers(100 * USED, '.0f')}% of the people;",
        f"- ten districts with {_numbers(PEOPLE, 'd')} people, {PEOPLE.sum():,} in all;",
        f"- five ordered answers, given by {_numbers(100 * SHARES, '.0f')}% of those who used the "
        "first channel in a middling district (thresholds "
        f"{_numbers(thresholds, '.3f')} on the logit scale);",
        f"- effects of the channels {_numbers(EFFECTS, '+.1f')} on the logit scale;",
        "- effects of the districts normal, drawn anew in each run, with a standard deviation (the "
        f"spread) of {_numbers(np.array(SPREADS), 'g')} on the logit scale;",
        f"- where weights are used, lognormal ones with a coefficient of variation of "
        f"{VARIATION:g} that do not depend on the answer.",
    ]


def _numbers(values: np.ndarray, form: str) -> str:
    return listed([format(each, form) for each in values], most=len(values))

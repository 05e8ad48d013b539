"""People with true answers: who they are, how they made contact, what they think of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.survey.codebook import Codebook
from analysis.synthetic import draws, ratings, simulated_channels

#: What becomes of a person's reply: kept, or left out for one reason.
STATUSES = ("kept", "blank", "test", "late", "no_connection", "abandoned")


#: The ratings in the order in which they are drawn, and whether all answer or those with contact.
_RATINGS = {
    "satisfaction": "asked",
    "ease": "asked",
    "visibility": "all",
    "accessibility": "all",
    "video_use": "all",
}


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """What is found from people so that the targets of the parameters are met.

    `channels` is the joint model of channels, `intercepts` those of each rating by its role; see
    `ratings.rating_intercepts`.
    """

    channels: simulated_channels.ChannelModel
    intercepts: Mapping[str, Mapping[str, float]]


def draw_people(
    codebook: Codebook,
    parameters: Mapping[str, Any],
    rng: np.random.Generator,
    calibration: Calibration | None = None,
) -> pd.DataFrame:
    """Draw people and their true answers to the closed questions.

    Parameters
    ----------
    codebook : Codebook
        Answers and routing.
    parameters : mapping
        As `simulation.read_parameters` returns them.
    rng : numpy.random.Generator
        Source of randomness.
    calibration : Calibration, optional
        Found from other people (`calibrate`), so that these are a sample of the same population.

    Returns
    -------
    pandas.DataFrame
        A row a person: `status`, the closed questions by role as codes (several answers joined
        by ";", None where the person was not asked), and what the model needs besides:
        `age_group`, `asked` (about contact), `disposition`. Video places are drawn for all.

    Notes
    -----
    Without `calibration` margins and intercepts are found from the people drawn whose replies are
    kept: expected shares of these people are the targets.
    """
    return _drawn_people(codebook, parameters, rng, calibration)[0]


def calibrate(
    codebook: Codebook, parameters: Mapping[str, Any], rng: np.random.Generator
) -> tuple[pd.DataFrame, Calibration]:
    """Draw people, and find what lets others be drawn from the same population.

    Parameters
    ----------
    codebook, parameters, rng
        As for `draw_people`.

    Returns
    -------
    tuple of pandas.DataFrame and Calibration
        The people, and what was found from them; the more people, the nearer to the population.
    """
    return _drawn_people(codebook, parameters, rng, None)


def _drawn_people(
    codebook: Codebook,
    parameters: Mapping[str, Any],
    rng: np.random.Generator,
    given: Calibration | None,
) -> tuple[pd.DataFrame, Calibration]:
    people = _composition(codebook, parameters, rng)
    model = None if given is None else given.channels
    people, model = _contact(people, codebook, parameters, rng, model)
    kept = (people["status"] == "kept").to_numpy()
    people["disposition"] = np.round(rng.standard_normal(len(people)), 6)
    intercepts = {}
    for role, who in _RATINGS.items():
        among = people["asked"].to_numpy(dtype=bool) | (who == "all")
        table, codes = parameters[role], codebook.question(role).codes
        rating = people if among.all() else people[among]
        if given is None:
            intercepts[role] = ratings.rating_intercepts(rating, table, kept[among])
        else:
            intercepts[role] = given.intercepts[role]
        predictor = ratings.rating_predictor(rating, table, kept[among], intercepts[role])
        probabilities = ratings.ordered_probabilities(predictor, table["thresholds"])
        people[role] = _placed(draws.choose_codes(codes, probabilities, rng), among)
    people["video_place"] = _several(
        codebook.question("video_place").codes,
        parameters["video_place"]["ticked"],
        np.full(len(people), None, dtype=object),
        rng,
    )
    return people, Calibration(channels=model, intercepts=intercepts)


def group_of_age(ages: pd.Series, parameters: Mapping[str, Any]) -> pd.Series:
    """Return the group of age bands that share an effect.

    Parameters
    ----------
    ages : pandas.Series
        Codes of age bands.
    parameters : mapping
        As `simulation.read_parameters` returns them.

    Returns
    -------
    pandas.Series
        Names of groups.
    """
    groups = {k: v for k, v in parameters["age"]["groups"].items() if k != "source"}
    return ages.map({band: name for name, bands in groups.items() for band in bands})


def _composition(
    codebook: Codebook, parameters: Mapping[str, Any], rng: np.random.Generator
) -> pd.DataFrame:
    """Draw status, tie to the county, district, age, sex and disability."""
    dirt = parameters["dirt"]
    counts = {
        "kept": parameters["replies"]["kept"],
        "blank": dirt["blank"]["count"],
        "test": dirt["test"]["early"] + len(dirt["test"]["open_answers"]),
        "late": dirt["late"]["count"],
        "no_connection": dirt["no_connection"]["count"],
        "abandoned": dirt["abandoned"]["count"],
    }
    status = [name for name in STATUSES for _ in range(counts[name])]
    people = pd.DataFrame({"status": np.array(status, dtype=object)})
    people["connection"] = _drawn(people, "connection", codebook, parameters, rng)
    without = (people["status"] == "no_connection").to_numpy()
    people.loc[without, "connection"] = codebook.cleaning.no_connection[0]
    people["district"] = _districts(people, codebook, parameters, rng)
    people["age"] = _drawn(people, "age", codebook, parameters, rng)
    people["age_group"] = group_of_age(people["age"], parameters).astype(object)
    for role in ("sex", "disability"):
        people[role] = _drawn(people, role, codebook, parameters, rng)
    return people


def _districts(
    people: pd.DataFrame,
    codebook: Codebook,
    parameters: Mapping[str, Any],
    rng: np.random.Generator,
) -> np.ndarray:
    table, codes = parameters["district"], codebook.question("district").codes
    inside = np.array(
        [table["adults"].get(code, 0) * table["propensity"].get(code, 0.0) for code in codes]
    )
    alike, of = draws.patterns(people, ["connection"])
    outside = alike["connection"].map(table["outside"]["share"]).to_numpy(dtype=float)
    beyond = np.array([code == table["outside"]["code"] for code in codes], dtype=float)
    shares = (1 - outside)[:, None] * (inside / inside.sum()) + outside[:, None] * beyond
    return draws.choose_codes(codes, shares, rng, of)


def _contact(
    people: pd.DataFrame,
    codebook: Codebook,
    parameters: Mapping[str, Any],
    rng: np.random.Generator,
    model: simulated_channels.ChannelModel | None,
) -> tuple[pd.DataFrame, simulated_channels.ChannelModel]:
    """Draw whether there was contact, by which channels, about what, and what is preferred."""
    people, channels = people.copy(), parameters["channels"]
    table, codes = parameters["contacted"], codebook.question("contacted").codes
    base = np.array([table["base"][code] for code in codes] + [table["dont_know"]])
    people["contacted"] = draws.choose_codes(
        [*codes, None], [base / base.sum()], rng, np.zeros(len(people), dtype=int)
    )
    asked = people["contacted"].isin(codebook.question("used_last").asked_if_answers).to_numpy()
    people["asked"] = asked
    question = codebook.question("preferred")
    if model is None:
        kept = asked & (people["status"] == "kept").to_numpy()
        model = simulated_channels.fit_channels(people[kept], channels, question)
    used, preferred = simulated_channels.draw_channels(people[asked], model, rng)
    people["used_last"] = _placed(used, asked)
    people["preferred"] = _placed(preferred, asked)
    others, of = draws.drawn_shares(
        people[~asked],
        channels["preferred_without_contact"]["base"],
        channels["preferred"].get("effect", ()),
        question.codes,
    )
    people.loc[~asked, "preferred"] = draws.choose_codes(question.codes, others, rng, of)
    yes = codebook.cleaning.was_preferred_yes
    no = next(code for code in codebook.question("was_preferred").codes if code != yes)
    same = (people["used_last"] == people["preferred"]).to_numpy(dtype=bool)
    people["was_preferred"] = np.where(asked, np.where(same, yes, no), None)
    several = _several(
        codebook.question("used").codes,
        parameters["used"]["also"],
        people.loc[asked, "used_last"].to_numpy(dtype=object),
        rng,
    )
    people["used"] = _placed(several, asked)
    reasons = _drawn(people[asked], "reason", codebook, parameters, rng)
    people["reason"] = _placed(reasons, asked)
    return people, model


def _drawn(
    people: pd.DataFrame,
    role: str,
    codebook: Codebook,
    parameters: Mapping[str, Any],
    rng: np.random.Generator,
) -> np.ndarray:
    table, codes = parameters[role], codebook.question(role).codes
    shares, of = draws.drawn_shares(people, table["base"], table.get("effect", ()), codes)
    return draws.choose_codes(codes, shares, rng, of)


def _several(
    codes: tuple[str, ...],
    ticked: Mapping[str, float],
    certain: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Draw several answers: a certain one and others, at least one in all."""
    chances = np.array([float(ticked.get(code, 0.0)) for code in codes])
    ticks = rng.random((len(certain), len(codes))) < chances
    ticks |= certain[:, None] == np.array(codes, dtype=object)
    everybody = np.zeros(len(certain), dtype=int)
    fallback = draws.choose([chances / chances.sum()], rng, everybody)
    empty = ~ticks.any(axis=1)
    ticks[empty, fallback[empty]] = True
    found, of = np.unique(ticks @ (1 << np.arange(len(codes))), return_inverse=True)
    joined = [";".join(c for k, c in enumerate(codes) if each >> k & 1) for each in found]
    return np.array(joined, dtype=object)[of]


def _placed(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Spread values over the rows marked; the others hold None."""
    spread = np.full(len(rows), None, dtype=object)
    spread[rows] = values
    return spread

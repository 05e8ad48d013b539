"""People with true answers: who they are, how they made contact, what they think of it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.survey.codebook import Codebook
from analysis.synthetic import draws, simulated_channels

#: What becomes of a person's reply: kept, or left out for one reason.
STATUSES = ("kept", "blank", "test", "late", "no_connection", "abandoned")


def draw_people(
    codebook: Codebook, parameters: Mapping[str, Any], rng: np.random.Generator
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

    Returns
    -------
    pandas.DataFrame
        A row a person: `status`, the closed questions by role as codes (several answers joined
        by ";", None where the person was not asked), and what the model needs besides:
        `age_group`, `asked` (about contact), `disposition`. Video places are drawn for all.

    Notes
    -----
    Margins and intercepts are calibrated on the people whose replies are kept.
    """
    people = _composition(codebook, parameters, rng)
    people = _contact(people, codebook, parameters, rng)
    kept = (people["status"] == "kept").to_numpy()
    asked = people["asked"].to_numpy(dtype=bool)
    people["disposition"] = np.round(rng.standard_normal(len(people)), 6)
    for role, among in (
        ("satisfaction", asked),
        ("ease", asked),
        ("visibility", np.ones(len(people), dtype=bool)),
        ("accessibility", np.ones(len(people), dtype=bool)),
        ("video_use", np.ones(len(people), dtype=bool)),
    ):
        table = parameters[role]
        codes = codebook.question(role).codes
        predictor = draws.rating_predictor(people[among], table, kept[among])
        probabilities = draws.ordered_probabilities(predictor, table["thresholds"])
        people[role] = _placed(draws.choose_codes(codes, probabilities, rng), among)
    people["video_place"] = _several(
        codebook.question("video_place").codes,
        parameters["video_place"]["ticked"],
        np.full(len(people), None, dtype=object),
        rng,
    )
    return people


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
    outside = people["connection"].map(table["outside"]["share"]).to_numpy(dtype=float)
    beyond = np.array([code == table["outside"]["code"] for code in codes], dtype=float)
    shares = (1 - outside)[:, None] * (inside / inside.sum()) + outside[:, None] * beyond
    return draws.choose_codes(codes, shares, rng)


def _contact(
    people: pd.DataFrame,
    codebook: Codebook,
    parameters: Mapping[str, Any],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Draw whether there was contact, by which channels, about what, and what is preferred."""
    people, channels = people.copy(), parameters["channels"]
    table, codes = parameters["contacted"], codebook.question("contacted").codes
    base = np.array([table["base"][code] for code in codes] + [table["dont_know"]])
    people["contacted"] = draws.choose_codes(
        [*codes, None], np.tile(base / base.sum(), (len(people), 1)), rng
    )
    asked = people["contacted"].isin(codebook.question("used_last").asked_if_answers).to_numpy()
    people["asked"] = asked
    question = codebook.question("preferred")
    kept = asked & (people["status"] == "kept").to_numpy()
    model = simulated_channels.fit_channels(people[kept], channels, question)
    used, preferred = simulated_channels.draw_channels(people[asked], model, rng)
    people["used_last"] = _placed(used, asked)
    people["preferred"] = _placed(preferred, asked)
    others = draws.drawn_shares(
        people[~asked],
        channels["preferred_without_contact"]["base"],
        channels["preferred"].get("effect", ()),
        question.codes,
    )
    people.loc[~asked, "preferred"] = draws.choose_codes(question.codes, others, rng)
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
    return people


def _drawn(
    people: pd.DataFrame,
    role: str,
    codebook: Codebook,
    parameters: Mapping[str, Any],
    rng: np.random.Generator,
) -> np.ndarray:
    table, codes = parameters[role], codebook.question(role).codes
    shares = draws.drawn_shares(people, table["base"], table.get("effect", ()), codes)
    return draws.choose_codes(codes, shares, rng)


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
    fallback = draws.choose(np.tile(chances / chances.sum(), (len(certain), 1)), rng)
    empty = ~ticks.any(axis=1)
    ticks[empty, fallback[empty]] = True
    joined = [";".join(c for c, tick in zip(codes, row, strict=True) if tick) for row in ticks]
    return np.array(joined, dtype=object)


def _placed(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Spread values over the rows marked; the others hold None."""
    spread = np.full(len(rows), None, dtype=object)
    spread[rows] = values
    return spread

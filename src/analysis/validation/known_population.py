"""The population that simulated surveys are drawn from, with effects and without."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.survey.codebook import Codebook
from analysis.synthetic import simulated_people, simulated_text, simulation
from analysis.synthetic.simulated_channels import ChannelModel
from analysis.synthetic.simulated_people import Calibration

#: With the effects of the parameters, and with all that the tests look for set to nothing.
EFFECTS, NULL = "effects", "no effects"

#: Replies that the default survey receives: its counts of faults are scaled by what a survey has.
DEFAULT_REPLIES = 1_200

#: Faults of which there is a count, and those of which there is a list of texts.
_COUNTED = ("blank", "late", "no_connection", "abandoned", "speeder", "straight_line",
            "contradiction", "stray_space", "nbsp", "case", "curly_quote",
            "written_missing")  # fmt: skip
_LISTED = ("html", "formula", "personal")

_RATED = ("satisfaction", "visibility", "accessibility", "video_use")


def parameters_of(variant: str) -> dict[str, Any]:
    """Return the parameters of the default survey, with effects or without.

    Parameters
    ----------
    variant : str
        `EFFECTS` or `NULL`.

    Returns
    -------
    dict
        As `simulation.default_parameters`. Without effects as many people use as prefer each
        channel, whoever they are; and no rating depends on anything but chance.

    Examples
    --------
    >>> parameters_of("no effects")["satisfaction"]["effect"]
    []
    """
    made = copy.deepcopy(simulation.default_parameters())
    if variant == EFFECTS:
        return made
    channels = made["channels"]
    channels["preferred"]["target"] = dict(channels["used"]["target"])
    for side in ("used", "preferred"):
        channels[side]["effect"] = []
    made["satisfaction"] = {"thresholds": made["satisfaction"]["thresholds"], "target": 0.565}
    for role in _RATED:
        made[role]["effect"] = []
        made[role].pop("person_sd", None)
    return made


def scaled(parameters: Mapping[str, Any], replies: int) -> dict[str, Any]:
    """Let a survey receive another number of replies, with the same shares of faults.

    Parameters
    ----------
    parameters : mapping
        As `parameters_of` returns them.
    replies : int
        All that are received; those kept and each count of faults are in proportion.

    Returns
    -------
    dict
        Parameters; lists of texts are cut, or gone through again.

    Examples
    --------
    >>> made = scaled(parameters_of("effects"), 600)
    >>> made["replies"]["kept"], made["dirt"]["blank"]["count"], len(made["dirt"]["html"]["texts"])
    (558, 6, 3)
    """
    made, factor = copy.deepcopy(dict(parameters)), replies / DEFAULT_REPLIES
    dirt = made["dirt"]

    def count(given: int) -> int:
        return int(np.floor(given * factor + 0.5))

    for kind in _COUNTED:
        dirt[kind]["count"] = count(dirt[kind]["count"])
    for kind in _LISTED:
        dirt[kind]["texts"] = _again(dirt[kind]["texts"], count(len(dirt[kind]["texts"])))
    made["open"]["decoys"]["texts"] = _again(
        made["open"]["decoys"]["texts"], count(len(made["open"]["decoys"]["texts"]))
    )
    tests, double = dirt["test"], dirt["double"]
    tests["early"] = count(tests["early"])
    tests["open_answers"] = _again(tests["open_answers"], count(len(tests["open_answers"])))
    dirt["blank"]["with_spaces"] = count(dirt["blank"]["with_spaces"])
    double |= {name: count(double[name]) for name in ("identical", "broken_off")}
    dirt["other_text"] |= {
        role: count(dirt["other_text"][role]) for role in ("used", "used_last", "preferred")
    }
    leaving = [dirt[kind]["count"] for kind in ("blank", "late", "no_connection", "abandoned")]
    leaving += [tests["early"], len(tests["open_answers"]), double["identical"]]
    made["replies"]["kept"] = replies - sum(leaving) - double["broken_off"]
    return made


def _again(texts: Sequence[Any], count: int) -> list[Any]:
    """Take the first texts of a list, from its beginning again after its end."""
    return [texts[k % len(texts)] for k in range(count)]


def draw_population(
    codebook: Codebook, variant: str, *, people: int, seed: int
) -> tuple[pd.DataFrame, Calibration]:
    """Draw very many people without any fault in their replies, and calibrate the generator.

    Parameters
    ----------
    codebook : Codebook
        Of the default survey.
    variant : str
        `EFFECTS` or `NULL`.
    people : int
        How many.
    seed : int
        Of the draw.

    Returns
    -------
    tuple of pandas.DataFrame and Calibration
        As `simulated_people.draw_people`, with the themes of open answers; and what lets surveys
        be samples of this population.
    """
    parameters, rng = parameters_of(variant), np.random.default_rng(seed)
    parameters["replies"]["kept"] = people
    for kind in ("blank", "late", "no_connection", "abandoned"):
        parameters["dirt"][kind]["count"] = 0
    parameters["dirt"]["test"] |= {"early": 0, "open_answers": []}
    drawn, found = simulated_people.calibrate(codebook, parameters, rng)
    return drawn.join(simulated_text.draw_open_answers(drawn, parameters, rng)), found


def calibration_to_frame(found: Calibration, variant: str) -> pd.DataFrame:
    """Write a calibration as a table.

    Parameters
    ----------
    found : Calibration
        As `draw_population` returns it.
    variant : str
        What it is of.

    Returns
    -------
    pandas.DataFrame
        `variant, role, code, value`; roles "used" and "preferred" are scales of channels,
        "agreement" that of both alike, others intercepts of ratings.
    """
    rows = [
        (role, code, value)
        for role, values in (
            ("used", found.channels.used_scale), ("preferred", found.channels.preferred_scale)
        )
        for code, value in zip(found.channels.codes, values, strict=True)
    ]  # fmt: skip
    rows.append(("agreement", "", found.channels.agreement_scale))
    rows += [
        (role, code, value)
        for role, values in found.intercepts.items()
        for code, value in values.items()
    ]
    table = pd.DataFrame(rows, columns=["role", "code", "value"])
    table.insert(0, "variant", variant)
    return table


def calibration_from_frame(table: pd.DataFrame, variant: str, codebook: Codebook) -> Calibration:
    """Read a calibration from its table.

    Parameters
    ----------
    table : pandas.DataFrame
        As `calibration_to_frame` returns it, perhaps of several variants.
    variant : str
        Which.
    codebook : Codebook
        Of the default survey.

    Returns
    -------
    Calibration
        The same as was written.
    """
    mine = table[table["variant"] == variant].assign(code=table["code"].fillna(""))
    values = {role: dict(zip(part["code"], part["value"], strict=True))
              for role, part in mine.groupby("role", sort=False)}  # fmt: skip
    question = codebook.question("preferred")
    model = ChannelModel(
        codes=question.codes,
        groups=tuple(answer.group or answer.label for answer in question.answers),
        channels=parameters_of(variant)["channels"],
        used_scale=np.array([values["used"][code] for code in question.codes]),
        preferred_scale=np.array([values["preferred"][code] for code in question.codes]),
        agreement_scale=float(values["agreement"][""]),
    )
    others = {k: v for k, v in values.items() if k not in ("used", "preferred", "agreement")}
    return Calibration(channels=model, intercepts=others)

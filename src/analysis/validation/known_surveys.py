"""One simulated survey, as the notebooks get it: written, read and cleaned like any export."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import cleaning, exports, survey
from analysis.cleaning import answer_codes
from analysis.survey.codebook import Codebook
from analysis.survey.surveys import Survey
from analysis.synthetic import simulation
from analysis.synthetic.simulated_people import Calibration
from analysis.validation.known_population import EFFECTS, NULL, parameters_of, scaled

#: Of all surveys; each has numbers of its own by variant, size and number.
SEED = 20231017

#: What is done with the replies: cleaned as in notebook 01, or analysed as they came.
CLEANED, AS_RECEIVED = "cleaned", "as received"


@dataclass(frozen=True, kw_only=True)
class KnownSurvey(Survey):
    """A survey whose raw file is held, and whose responses are read once."""

    raw: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False, compare=False)
    _held: dict = field(default_factory=dict, repr=False, compare=False)

    def read_raw(self) -> pd.DataFrame:
        """Return the export that was written and read."""
        return self.raw

    def everybody(self) -> pd.DataFrame:
        """Return the responses, decoded once."""
        if "everybody" not in self._held:
            self._held["everybody"] = super().everybody()
        return self._held["everybody"].copy()


def draw_survey(
    calibrations: Mapping[str, Calibration],
    variant: str,
    replies: int,
    number: int,
    *,
    treated: str = CLEANED,
) -> KnownSurvey:
    """Simulate a survey and take it through the export and the cleaning.

    Parameters
    ----------
    calibrations : mapping
        Variant -> what makes surveys samples of its population.
    variant : str
        `EFFECTS` or `NULL`.
    replies : int
        How many are received.
    number : int
        Which of the surveys of that variant and size.
    treated : str
        `CLEANED`, or `AS_RECEIVED`: no reply is left out, and free text behind "Other" is not
        brought back to the channel that it names.

    Returns
    -------
    KnownSurvey
        The same whenever it is asked for.
    """
    base = _default()
    rng = np.random.default_rng([SEED, (EFFECTS, NULL).index(variant), replies, number])
    made = simulation.simulate(
        base.codebook,
        scaled(parameters_of(variant), replies),
        rng=rng,
        calibration=calibrations[variant],
    )
    raw = _written_and_read(simulation.export_bytes(made.raw), base.codebook)
    return held(base, raw, treated)


def held(base: Survey, raw: pd.DataFrame, treated: str = CLEANED) -> KnownSurvey:
    """Clean an export, or not, and hold what comes of it.

    Parameters
    ----------
    base : Survey
        Whose codebook it has.
    raw : pandas.DataFrame
        As `exports.read_export` returns it.
    treated : str
        `CLEANED` or `AS_RECEIVED`.

    Returns
    -------
    KnownSurvey
        With its responses.
    """
    codebook = base.codebook
    if treated == AS_RECEIVED:
        codebook = _without_recodes(codebook)
        responses = answer_codes.code_replies(raw, codebook).frame
    else:
        responses = cleaning.clean(raw, codebook).responses
    return KnownSurvey(name=base.name, codebook=codebook, raw=raw).holding(responses)


@cache
def _default() -> Survey:
    return survey.load(survey.DEFAULT)


def _without_recodes(codebook: Codebook) -> Codebook:
    questions = tuple(replace(each, recode={}) for each in codebook.questions)
    return replace(codebook, questions=questions)


def _written_and_read(content: bytes, codebook: Codebook) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / codebook.file.name
        path.write_bytes(content)
        wanted = [name for each in codebook.questions for name in each.source_columns]
        return exports.read_export([path], replace(codebook.file, sha256=""), wanted=wanted)

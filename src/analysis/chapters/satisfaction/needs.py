"""What the notebook on satisfaction needs."""

from analysis import ordinal, population, report
from analysis.chapters.satisfaction import models
from analysis.primary import got, no_mix, no_residents, no_satisfaction
from analysis.primary.designs import Design, design_of
from analysis.survey import Survey

#: What each part shows.
PARTS = {
    "channels": "odds ratios and shares of channels",
    "districts": "shares of districts",
    "mix": "shares of districts with the same mix of age and sex",
    "residents": "shares of the residents of districts",
    "together": "odds ratios of districts",
    "models": "the tests",
    "odds": "whether odds are proportional",
    "got": "shares of those who used what they prefer, and of others",
    "weights": "shares with weights",
}


def left_out(survey: Survey) -> dict[str, str]:
    """Say which parts of the notebook a survey does not allow.

    Parameters
    ----------
    survey : Survey
        The survey, with its responses.

    Returns
    -------
    dict
        Part -> reason; `report.NOTEBOOK` for the whole notebook. Empty if nothing is left out.
    """
    responses = survey.responses()
    reason = no_satisfaction(survey, responses)
    if reason:
        return {report.NOTEBOOK: reason}
    made = design_of(survey, responses)
    found = dict(made.left_out)
    found["mix"] = no_mix(survey, made)
    found["residents"] = no_residents(survey, made)
    found["got"] = got.no_comparison(survey, made)
    found["odds"] = found.get("channels", "") or _no_odds(made)
    found["weights"] = _no_weights(survey, made)
    if not {"channels", "districts"} - set(found):
        found["models"] = found["channels"]
    return {part: reason for part, reason in found.items() if reason}


def _no_weights(survey: Survey, made: Design) -> str:
    """Say why the model of channels cannot be fitted with weights."""
    reason = made.left_out.get("channels", "") or population.no_weights(survey)
    if reason:
        return reason
    heavy = models.weighted_people(survey, survey.responses(), made.people)
    return ordinal.obstacle(made.formula, heavy, weights="weight")


def _no_odds(made: Design) -> str:
    """Say why proportional odds cannot be in question."""
    if made.people["satisfaction"].nunique() > 2:
        return ""
    return "people gave two different answers, and with two the odds are proportional"

"""What the notebook on who answered needs."""

from analysis import population, report
from analysis.survey import Survey, measures

#: What each part shows.
PARTS = {"moved": "headlines without and with weights"}


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
    reason = population.no_weights(survey)
    if reason:
        return {report.NOTEBOOK: reason}
    responses = survey.responses()
    weighed = population.weigh(survey, responses).weights.weights.index
    answers = measures.headline_answers(survey, responses)
    if not answers:
        return {"moved": "the survey asked for no rating or preference that weights could move"}
    if any(each.index.isin(weighed).any() for each in answers.values()):
        return {}
    return {"moved": "nobody with a weight answered what the headlines are made of"}

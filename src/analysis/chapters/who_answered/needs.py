"""What the notebook on who answered needs."""

from analysis import population, report
from analysis.survey import Survey


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
    return {report.NOTEBOOK: reason} if reason else {}

"""What the notebook on who answered needs."""

from analysis import report
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
    if not survey.can_weigh:
        reason = "the survey brings no weights, and its codebook names no population"
        return {report.NOTEBOOK: reason}
    return {}

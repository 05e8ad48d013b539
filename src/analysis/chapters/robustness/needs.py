"""What the notebook on robustness needs."""

from analysis import report
from analysis.specifications import stored
from analysis.survey import Survey


def left_out(survey: Survey) -> dict[str, str]:
    """Say which parts of the notebook a survey does not allow.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    dict
        `report.NOTEBOOK` and the reason, if its specifications were not tried; else empty.
    """
    reason = stored.no_tables(survey)
    return {report.NOTEBOOK: reason} if reason else {}

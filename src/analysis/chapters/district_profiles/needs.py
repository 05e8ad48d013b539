"""What the notebook on district profiles needs."""

from analysis import report
from analysis.chapters.district_profiles import compared
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
        Part -> reason; `report.NOTEBOOK` for the whole notebook. Empty if nothing is left out:
        districts can be compared on a shift, a rating or a wish, whichever it asked for.
    """
    reason = report.not_asked(survey, "district") or _few(survey)
    return {report.NOTEBOOK: reason} if reason else {}


def _few(survey: Survey) -> str:
    responses = survey.responses()
    districts = survey.words.districts
    few = report.few_groups(survey, responses["district"], districts, least=3)
    if few or compared.shifts_compared(survey, responses) is not None:
        return few
    more = compared.changes_wanted(survey, responses)
    if compared.measured_answers(survey, responses, more):
        return ""
    return (
        f"on nothing that the survey asked did enough people of three {districts} give one answer, "
        "and enough another"
    )

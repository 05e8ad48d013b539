"""What the notebook on known truth needs: the survey that the generator makes."""

from analysis.report import NOTEBOOK
from analysis.survey import DEFAULT, Survey


def left_out(survey: Survey) -> dict[str, str]:
    """Say whether the notebook is left out for a survey.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    dict
        `report.NOTEBOOK` -> the reason for every survey but the default one: the study is about
        the methods, with replies that the generator of that survey makes, and nothing in it
        depends on another survey's replies. Empty for the default one.
    """
    if survey.name == DEFAULT and survey.codebook.synthetic:
        return {}
    reason = (
        "how well the methods find a known truth is studied with simulated replies to the "
        "default survey, and stands in that survey's report and in docs/known_truth"
    )
    return {NOTEBOOK: reason}

"""`python -m analysis robustness`: try the headlines of a survey under other choices."""

from pathlib import Path

from tqdm import tqdm

from analysis.publish import checking
from analysis.specifications import stored
from analysis.survey import Survey


def run(survey: Survey) -> list[Path | str]:
    """Run the command.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    list of pathlib.Path and str
        The folder of the tables, and what to do with them.

    Raises
    ------
    SurveyError
        If raw file or codebook are wrong; nothing has been written then.
    """
    checking.check(survey)
    with tqdm(unit="specification", leave=False, dynamic_ncols=True, disable=None) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        stored.make(survey, progress=progress)
    how = f"python -m analysis report --survey {survey.name}"
    return [stored.folder_of(survey), f"The report shows them in notebook 09: {how}"]

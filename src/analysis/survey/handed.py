"""What was made of a survey's raw files before its notebooks run, handed on to their kernels."""

import os
import pickle
from dataclasses import replace
from pathlib import Path

from analysis.survey.surveys import Survey

#: The environment variable that names the file.
VARIABLE = "ANALYSIS_HANDED"

#: How the names of what is handed on begin: true or false by row and theme, and no words.
THEMES = "themes of "


def hand_on(survey: Survey, path: Path) -> dict[str, str]:
    """Write what the kernels need not make again.

    Parameters
    ----------
    survey : Survey
        That was checked.
    path : pathlib.Path
        A new file, in a folder for this user alone that is removed after the run.

    Returns
    -------
    dict of str to str
        What the environment of the kernels has besides, for `take`.
    """
    made = survey.name, survey.codebook, survey.memory.part(THEMES)
    path.write_bytes(pickle.dumps(made))
    return {VARIABLE: str(path)}


def take(survey: Survey) -> Survey:
    """Let a survey remember what was handed on, if that is of the same survey and codebook.

    Parameters
    ----------
    survey : Survey
        Just loaded.

    Returns
    -------
    Survey
        The same, with the disclosure rule of the run. Files that have changed since are read
        again, as `Remembered.of` does; where there is no file, or a broken one, nothing is taken
        and all is made again.
    """
    path = os.environ.get(VARIABLE)
    if not path:
        return survey
    try:
        name, codebook, made = pickle.loads(Path(path).read_bytes())
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        return survey
    unruled = {"disclosure_threshold": 1, "rounding_key": ""}
    own, theirs = (replace(each, **unruled) for each in (survey.codebook, codebook))
    if (name, theirs) != (survey.name, own):
        return survey
    if codebook != survey.codebook:
        survey = replace(survey, codebook=codebook)
    survey.memory.add(made)
    return survey

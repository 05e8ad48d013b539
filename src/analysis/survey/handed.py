"""What was made of a survey's raw files before its notebooks run, handed on to their kernels."""

import os
import pickle
from pathlib import Path

from analysis.survey.surveys import Survey

#: The environment variable that names the file.
VARIABLE = "ANALYSIS_HANDED"

#: What is handed on: made of people's words, in a while, and without a word of them.
_WHAT = "themes of "


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
    path.write_bytes(pickle.dumps((survey.codebook, survey.memory.part(_WHAT))))
    return {VARIABLE: str(path)}


def take(survey: Survey) -> Survey:
    """Let a survey remember what was handed on, if that is of the same codebook.

    Parameters
    ----------
    survey : Survey
        Just loaded.

    Returns
    -------
    Survey
        The same. Files that have changed since are read again, as `Remembered.of` does.
    """
    path = os.environ.get(VARIABLE)
    if path and Path(path).is_file():
        codebook, made = pickle.loads(Path(path).read_bytes())
        if codebook == survey.codebook:
            survey.memory.add(made)
    return survey

"""The raw file of a synthetic survey is carried by git, so no other file may lie in its place."""

from pathlib import Path

from analysis import exports
from analysis.errors import SurveyError
from analysis.survey.codebook import Codebook


def refuse_other(path: Path, codebook: Codebook) -> Path:
    """Refuse a raw file that lies where a simulated one belongs, and is another one.

    Parameters
    ----------
    path : pathlib.Path
        The raw file. A `simulation.toml` beside it says that it is made from that.
    codebook : Codebook
        Its SHA-256 in `[file]` is that of the file that the simulation makes.

    Returns
    -------
    pathlib.Path
        The same path.

    Raises
    ------
    SurveyError
        If the file is not the one that the simulation makes, whatever it is.

    Examples
    --------
    >>> from analysis import survey
    >>> herts = survey.load("herts_2023")
    >>> refuse_other(herts.raw_path, herts.codebook).name
    'responses.csv'
    """
    made = (path.parent / "simulation.toml").is_file()
    if made and exports.sha256(path) != codebook.file.sha256.lower():
        raise SurveyError(
            f"{path.name} of {codebook.id} is not the simulated file whose SHA-256 codebook.toml "
            "states, and git would carry it: if it holds real replies, move it out of the project "
            "and run `python -m analysis new-survey NAME FILE`; if you changed simulation.toml, "
            "run `python -m analysis simulate --overwrite` and write the new SHA-256 there"
        )
    return path

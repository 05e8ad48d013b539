"""A new survey from an export: the raw file where git ignores it, and a codebook to be edited."""

import re
from collections.abc import Iterator
from pathlib import Path

from analysis import drafting, exports, files, paths
from analysis.errors import SurveyError


def make(name: str, export: Path) -> Iterator[Path | str]:
    """Copy an export into a folder of its own and draft its codebook.

    Parameters
    ----------
    name : str
        Of the survey: the folder below data/raw.
    export : pathlib.Path
        The replies; read, and left where it is.

    Yields
    ------
    pathlib.Path or str
        The copy, the codebook, and what to do next.

    Raises
    ------
    SurveyError
        If the name cannot be one, there is a codebook or another file already, or the export
        cannot be read; nothing is written then.

    Examples
    --------
    >>> from analysis.errors import SurveyError
    >>> try:
    ...     list(make("My survey", Path("replies.csv")))
    ... except SurveyError as error:
    ...     print(error)
    the survey cannot be called 'My survey': use a-z, 0-9 and _ alone, such as kent_2025
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise SurveyError(
            f"the survey cannot be called {name!r}: use a-z, 0-9 and _ alone, such as kent_2025"
        )
    folder = paths.RAW / name
    if (folder / "codebook.toml").exists():
        raise SurveyError(
            f"{name} has a codebook.toml already; choose another name, or move it away"
        )
    if not export.is_file():
        raise SurveyError(f"there is no file {export}; name the export of the survey's tool")
    if export.name in ("codebook.toml", "README.md") or export.name.startswith("."):
        raise SurveyError(
            f"git would carry a file called {export.name}, or the project would pass it over; "
            "rename the export"
        )
    target, content = folder / export.name, export.read_bytes()
    if target.is_file() and target.read_bytes() != content:
        raise SurveyError(f"data/raw/{name} holds another {export.name}; move it away")
    text = _draft(name, export)
    if not target.is_file():
        files.replace_bytes(target, content)
        yield target
    files.replace_text(folder / "codebook.toml", text)
    yield folder / "codebook.toml"
    yield (
        f"Edit it until no line of decide is left (docs/your-own-survey.md), then run "
        f"`python -m analysis check-export --survey {name}`. Git carries the codebook and ignores "
        f"the replies; {export.name} is still where it was."
    )


def _draft(name: str, export: Path) -> str:
    """Draft the codebook of an export of which nothing is known."""
    file = exports.guess(export)
    return drafting.draft(
        exports.read_export(export, file),
        file,
        name=name,
        wordings=exports.labels(export, file),
        labels=exports.value_labels(export, file),
        parts=exports.parts(export, file),
    )

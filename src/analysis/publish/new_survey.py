"""A new survey from its exports: raw files where git ignores them, and a codebook to be edited."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from analysis import exports, files, paths
from analysis.errors import SurveyError
from analysis.files import placing
from analysis.publish import first_drafts
from analysis.survey.wording import listed


def make(
    name: str, given: Sequence[Path], *, dictionary: Path | None = None
) -> Iterator[Path | str]:
    """Copy exports into a folder of their own and draft their codebook.

    Parameters
    ----------
    name : str
        Of the survey: the folder below data/raw.
    given : sequence of pathlib.Path
        The replies, files and folders of files; read, and left where they are.
    dictionary : pathlib.Path, optional
        A table that says what the columns ask and what their codes stand for; not kept.

    Yields
    ------
    pathlib.Path or str
        The copies, the codebook, and what to do next.

    Raises
    ------
    SurveyError
        If the name cannot be one, there is a codebook or another file already, or the exports or
        the dictionary cannot be read; nothing is written then.

    Examples
    --------
    >>> from analysis.errors import SurveyError
    >>> try:
    ...     list(make("My survey", [Path("replies.csv")]))
    ... except SurveyError as error:
    ...     print(error)
    the survey cannot be called 'My survey': use a-z, 0-9 and _ alone, such as kent_2025
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise SurveyError(
            f"the survey cannot be called {name!r}: use a-z, 0-9 and _ alone, such as kent_2025"
        )
    folder = paths.RAW / name
    codebook = folder / "codebook.toml"
    if codebook.exists():
        raise SurveyError(
            f"{name} has a codebook.toml already; choose another name, or move it away"
        )
    given = [export if export.name not in ("", "..") else export.resolve() for export in given]
    copies = _copies(given, folder)
    text = first_drafts.draft(name, given, dictionary)
    new = {target: source for target, source in copies.items() if not target.exists()}
    _put_in_place({**new, codebook: text.encode("utf-8")}, folder)
    yield from new
    yield codebook
    still = "is still where it was" if len(given) == 1 else "are still where they were"
    yield (
        f"Edit it until no line of decide is left (docs/your-own-survey.md), then run "
        f"`python -m analysis check-export --survey {name}`. Git carries the codebook and ignores "
        f"the replies; {listed([export.name for export in given])} {still}."
    )


def _copies(given: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Say where each file goes: target -> source. What cannot go there is refused."""
    copies: dict[Path, Path] = {}
    for export in given:
        if not export.exists():
            raise SurveyError(f"there is no file {export}; name the export of the survey's tool")
        if export.name in ("codebook.toml", "README.md") or export.name.startswith("."):
            raise SurveyError(
                f"git would carry a file called {export.name}, or the project would pass it over; "
                "rename the export"
            )
        place = folder / export.name
        if any(place in (target, *target.parents) for target in copies):
            raise SurveyError(f"two exports are called {export.name}; rename one")
        _refuse_other(export, place, folder.name)
        here = exports.files_of(export)
        copies |= {place / each.name if export.is_dir() else place: each for each in here}
    return copies


def _refuse_other(export: Path, place: Path, name: str) -> None:
    """Refuse to replace, or to read with the export, what lies in its place already."""
    if not place.exists():
        return
    same = place.is_dir() == export.is_dir()
    if same:
        ours, theirs = exports.files_of(export), exports.files_of(place)
        same = len(ours) == len(theirs) and all(
            (export.is_file() or one.name == two.name) and one.read_bytes() == two.read_bytes()
            for one, two in zip(ours, theirs, strict=True)
        )
    if not same:
        raise SurveyError(f"data/raw/{name} holds another {place.name}; move it away")


def _put_in_place(new: Mapping[Path, Path | bytes], folder: Path) -> None:
    """Write all files or none; folders that were made for nothing are removed."""
    try:
        placing.commit(placing.prepare(new))
    except BaseException:
        if (paths.OUT / placing.JOURNAL).exists():  # all of it is there: the next run completes it
            raise
        for target in new:
            files.beside(target).unlink(missing_ok=True)
        for made in sorted({*(target.parent for target in new), folder}, reverse=True):
            if made.is_dir() and not any(made.iterdir()):
                made.rmdir()
        raise

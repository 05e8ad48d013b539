"""The first draft of the codebook of exports of which nothing is known."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from analysis import drafting, exports
from analysis.errors import SurveyError
from analysis.exports import RawFile

#: A column that no export has, until it is known which name is free.
_UNNAMED = "which file a reply came from, as new-survey reads it"


def draft(name: str, given: Sequence[Path], dictionary: Path | None = None) -> str:
    """Draft the codebook of exports.

    Parameters
    ----------
    name : str
        Of the survey.
    given : sequence of pathlib.Path
        Files, and folders of files.
    dictionary : pathlib.Path, optional
        A table that says what the columns ask and what their codes stand for.

    Returns
    -------
    str
        A `codebook.toml`. Of several files each is a wave; a folder beside others is one.

    Raises
    ------
    SurveyError
        If the exports or the dictionary cannot be read, or are not of one kind.
    """
    places = [file for export in given for file in exports.files_of(export)]
    _refuse_kinds(places)
    file = _written(given, places)
    frame = exports.read_export(given, file)
    if file.wave_column:
        names = ("wave" if n == 1 else f"wave of the file {n}" for n in count(1))
        free = next(each for each in names if each not in frame.columns)
        frame, file = frame.rename(columns={_UNNAMED: free}), replace(file, wave_column=free)
    wordings, codes = dict(exports.labels(given, file)), {}
    if dictionary is not None:
        told = exports.read_dictionary(dictionary, frame.columns[1:])
        wordings, codes = {**wordings, **told.wordings}, told.answers
    return drafting.draft(
        frame,
        file,
        name=name,
        wordings=wordings,
        labels=exports.value_labels(given, file),
        codes=codes,
        parts=exports.parts(given, file),
    )


def _refuse_kinds(places: Sequence[Path]) -> None:
    endings = sorted({place.suffix.lower() for place in places})
    if len(endings) > 1:
        raise SurveyError(
            f"the exports end in {', '.join(endings)}; give files of one kind, which one survey "
            "can be read from"
        )


def _written(given: Sequence[Path], places: Sequence[Path]) -> RawFile:
    """Find out how the exports are written; an encoding that one of them needs serves all."""
    file = exports.guess(given[0])
    others = [exports.guess(place).encodings for place in places[1:]]
    encodings = max([file.encodings, *others], key=len)
    file = replace(
        file, encodings=encodings, further_names=tuple(export.name for export in given[1:])
    )
    waves = _waves(given)
    if len(set(waves)) < 2:
        return file
    own_names = waves == [place.stem for place in places] and len(set(waves)) == len(waves)
    return replace(file, wave_column=_UNNAMED, waves=() if own_names else tuple(waves))


def _waves(given: Sequence[Path]) -> list[str]:
    """Name the wave of each file: its own name, or that of its folder beside other exports."""
    if len(given) == 1:
        return [place.stem for place in exports.files_of(given[0])]
    return [
        export.name if export.is_dir() else export.stem
        for export in given
        for _ in exports.files_of(export)
    ]

"""Which file each reply came from, where several files are the waves of one survey."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import SurveyError
from analysis.exports._cells import tidy
from analysis.exports._raw_file import RawFile


def wave_names(places: Sequence[Path], file: RawFile) -> list[str]:
    """Name the wave of each file.

    Parameters
    ----------
    places : sequence of pathlib.Path
        The files, in their order.
    file : RawFile
        Its `waves` name them; left out, each file's own name does, without its ending.

    Returns
    -------
    list of str
        A name a file; files of one wave share it.

    Raises
    ------
    SurveyError
        If there are more or fewer waves than files, or files of one name.

    Examples
    --------
    >>> wave_names([Path("may_2023.csv"), Path("may_2025.csv")], RawFile(name="waves"))
    ['may_2023', 'may_2025']
    """
    if not file.waves:
        stems = [place.stem for place in places]
        twice = next((stem for stem in stems if stems.count(stem) > 1), None)
        if twice is not None:
            raise SurveyError(
                f"{stems.count(twice)} files are called {twice!r}, so that their names do not tell "
                "the wave; write waves in [file], a name for each file in their order"
            )
        return stems
    if len(file.waves) != len(places):
        names = ", ".join(place.name for place in places)
        raise SurveyError(
            f"[file] waves has {len(file.waves)} names for {len(places)} "
            f"{'file' if len(places) == 1 else 'files'} ({names}); write one for each, in this "
            "order"
        )
    return list(file.waves)


def add_wave(replies: pd.DataFrame, file: RawFile, waves: Sequence[str]) -> None:
    """Put a first column before replies that says which file each came from.

    Parameters
    ----------
    replies : pandas.DataFrame
        Changed.
    file : RawFile
        Its `wave_column` is the name of the column.
    waves : sequence of str
        One a reply.

    Raises
    ------
    SurveyError
        If the export has such a column of its own.
    """
    column = tidy(file.wave_column)
    if column in replies.columns:
        raise SurveyError(
            f"the export has a column {column!r} of its own; give wave_column in [file] another "
            "name, or remove it and let the question read that column"
        )
    replies.insert(0, column, pd.Series(waves, index=replies.index, dtype="str"))

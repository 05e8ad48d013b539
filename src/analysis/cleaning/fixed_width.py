"""Times of which every part has its place, such as 02/10/2023 09:03:11: read by place, at once."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

#: How many digits each part of a time has, and the most that those of the clock can be.
_DIGITS = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2}
_MOST = {"H": 23, "M": 59, "S": 59}

#: The forms of ISO 8601 that most programs write.
_ISO = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d")

_PIECE = re.compile("%(.)|(.)", re.DOTALL)

_SECONDS = {"H": 3600, "M": 60, "S": 1}


def fixed_times(texts: pa.Array, form: str) -> np.ndarray:
    """Read the texts in which every part of a time stands in its place.

    Parameters
    ----------
    texts : pyarrow.Array
        Tidy cells, none of them missing.
    form : str
        As for `datetime.strptime`, or "ISO8601".

    Returns
    -------
    numpy.ndarray
        Times in microseconds, each what `pandas.to_datetime` makes of its text; NaT where a text
        is of another length or no such time: it may be one that is written otherwise.

    Examples
    --------
    >>> texts = pa.array(["02/10/2023 09:03", "2/10/2023 9:03", "31/02/2023 09:03"])
    >>> fixed_times(texts, "%d/%m/%Y %H:%M").astype(str).tolist()
    ['2023-10-02T09:03:00.000000', 'NaT', 'NaT']
    """
    found = np.full(len(texts), "NaT", dtype="datetime64[us]")
    lengths = pc.binary_length(texts).to_numpy(zero_copy_only=False)
    for each in _ISO if form == "ISO8601" else (form,):
        places, marks, length = _places(each)
        rows = np.flatnonzero(lengths == length) if places else []
        if len(rows):
            some = texts.take(rows).cast(pa.large_string())
            cells = np.frombuffer(some.buffers()[2], dtype=np.uint8)
            read = _read(cells[: len(rows) * length].reshape(len(rows), length), places, marks)
            told = ~np.isnat(read)
            found[rows[told]] = read[told]
    return found


def _places(form: str) -> tuple[dict[str, slice], dict[int, int], int]:
    """Say where each part of a time stands, and each mark between, and how long the text is.

    No parts if the form has others, one of them twice, or no day.
    """
    parts, marks, at = {}, {}, 0
    for letter, mark in _PIECE.findall(form):
        if letter in parts or (letter and letter not in _DIGITS) or not (letter or mark.isascii()):
            return {}, {}, 0
        if letter:
            parts[letter] = slice(at, at + _DIGITS[letter])
        else:
            marks[at] = ord(mark)
        at += _DIGITS.get(letter, 1)
    return (parts, marks, at) if {"Y", "m", "d"} <= set(parts) else ({}, {}, 0)


def _read(cells: np.ndarray, places: dict[str, slice], marks: dict[int, int]) -> np.ndarray:
    """Read bytes of texts of one length, shape (texts, length): NaT for what is no time."""
    good = np.ones(len(cells), dtype=bool)
    for at, mark in marks.items():
        good &= cells[:, at] == mark
    told = {}
    for letter, place in places.items():
        digits = cells[:, place] - np.uint8(ord("0"))  # what is below "0" becomes large
        good &= (digits < 10).all(axis=1)
        told[letter] = digits @ 10 ** np.arange(digits.shape[1])[::-1]
    for letter, most in _MOST.items():
        good &= told.get(letter, 0) <= most
    good &= (told["Y"] >= 1) & (told["m"] >= 1) & (told["m"] <= 12) & (told["d"] >= 1)
    months = ((told["Y"] - 1970) * 12 + told["m"] - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (told["d"] - 1).astype("timedelta64[D]")
    good &= days.astype("datetime64[M]") == months
    seconds = np.zeros(len(cells), dtype=np.int64)
    for letter, each in _SECONDS.items():
        seconds += told.get(letter, 0) * each
    times = days.astype("datetime64[us]") + seconds.astype("timedelta64[s]")
    times[~good] = np.datetime64("NaT")
    return times

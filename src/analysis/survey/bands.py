"""Numbers that are grouped, such as age in years: the bands are the answers."""

from itertools import pairwise
from typing import Any

from analysis.survey.codebook import Answer

#: How bands are written, for errors.
EXAMPLE = "bands = [16, 25, 35, 45, 55, 65, 75, 85]"


def read_bands(table: Any, kind: str | None) -> tuple[int, ...]:
    """Read where the bands of a question begin.

    Parameters
    ----------
    table : table
        A question, as the codebook reader wraps it; what is wrong is noted there.
    kind : str or None
        Of the question.

    Returns
    -------
    tuple of int
        Empty if it has none, or if they are wrong.
    """
    bands = table.take("bands", list, [])
    if not bands:
        return ()
    if kind != "number" or "answers" in table.table:
        table.problems.append(
            f"{table.where}: bands are of a question of kind 'number' without answers; remove "
            "them or correct the kind"
        )
        return ()
    whole = all(type(each) is int for each in bands)
    if len(bands) < 2 or not whole or any(b <= a for a, b in pairwise(bands)):
        table.problems.append(
            f"{table.where}: bands = {bands!r}; write two or more whole numbers that rise, where "
            f"each band begins, such as {EXAMPLE}"
        )
        return ()
    return tuple(bands)


def band_answers(bands: tuple[int, ...]) -> tuple[Answer, ...]:
    """Make an answer of each band.

    Parameters
    ----------
    bands : tuple of int
        Where each begins, rising; the last one has no end.

    Returns
    -------
    tuple of Answer
        In order.

    Examples
    --------
    >>> [(each.code, each.label) for each in band_answers((16, 25, 85))]
    [('16_24', '16-24'), ('25_84', '25-84'), ('85_over', '85 and over')]
    """
    answers = []
    for start, end in pairwise((*bands, None)):
        last = None if end is None else end - 1
        code = (
            f"{start}_over" if last is None else f"{start}_{last}" if last > start else f"{start}"
        )
        label = f"{start} and over" if last is None else code.replace("_", "-")
        answers.append(Answer(code=code.replace("-", "minus"), label=label, text=label))
    return tuple(answers)

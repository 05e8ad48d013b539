"""What people answered in codes: the kinds of missing told apart."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.survey.surveys import Survey


def coded_cells(survey: Survey, responses: pd.DataFrame, roles: Sequence[str]) -> pd.DataFrame:
    """Return what people answered in codes, the kinds of missing told apart.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    roles : sequence of str
        The questions.

    Returns
    -------
    pandas.DataFrame
        The columns of these questions, a row for each of `responses` in their order.

    Raises
    ------
    ValueError
        If a row is none of the survey.
    """
    coded = survey.coded_responses()
    return coded[survey.codebook.columns_of(roles)].take(_places(survey, responses, coded))


def first_missing(cells: pd.DataFrame, kinds: Sequence[str]) -> np.ndarray:
    """Return why each row lacks an answer: the first of the kinds that any of its cells is.

    Parameters
    ----------
    cells : pandas.DataFrame
        As `coded_cells` returns them.
    kinds : sequence of str
        Kinds of missing.

    Returns
    -------
    numpy.ndarray
        The place of the kind, a value a row; the number of kinds where nothing is missing.

    Examples
    --------
    >>> cells = pd.DataFrame({"age": ["16-24", "no_answer"], "sex": ["f", "dont_know"]})
    >>> first_missing(cells, ["dont_know", "no_answer"]).tolist()
    [2, 0]
    """
    found = np.full(len(cells), len(kinds), dtype=np.int8)
    for name in cells:
        told = pd.Categorical(cells[name])
        places = [kinds.index(each) if each in kinds else len(kinds) for each in told.categories]
        found = np.minimum(found, np.array([*places, len(kinds)], dtype=np.int8)[told.codes])
    return found


def _places(survey: Survey, responses: pd.DataFrame, coded: pd.DataFrame) -> np.ndarray:
    """Return where the rows of some people stand among all coded ones."""
    rows = responses["raw_row"].to_numpy()
    among = pc.cast(pa.array(coded["raw_row"]), pa.int64()).to_numpy(zero_copy_only=False)
    if np.array_equal(rows, among):
        return np.arange(len(rows))
    places = pd.Index(among).get_indexer(rows)
    unknown = rows[places < 0]
    if len(unknown):
        raise ValueError(
            f"{len(unknown)} of {len(rows)} rows are not among the {len(coded)} responses of "
            f"{survey.name}, such as raw_row {unknown[0]}; pass rows of survey.responses()"
        )
    return places

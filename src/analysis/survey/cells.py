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
    columns = [column for role in roles for column in survey.codebook.question(role).columns]
    return coded[columns].take(_places(survey, responses, coded))


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

"""What stands in the place of a number that is not shown, and why it is not.

A number that rests on too few people is hidden; a number that does not exist is absent. Both are
missing for every computation, and are told apart by what the missing value carries: a hidden one is
a NaN with a payload, as R tells NA from NaN. Arithmetic that loses the payload turns hidden into
absent, and never into a number.
"""

import numpy as np
import pandas as pd

#: What stands for a number that would rest on too few people.
HIDDEN = "[c]"

#: What stands for a number that does not exist.
ABSENT = "[x]"

_BITS = np.uint64(0x7FF8_0000_0000_00C0)
_WITHOUT_SIGN = np.uint64(0x7FFF_FFFF_FFFF_FFFF)

#: The value of a hidden number: a NaN that says so.
HIDDEN_NUMBER = float(_BITS.view(np.float64))


def hide(
    values: pd.Series | pd.DataFrame, where: pd.Series | pd.DataFrame | np.ndarray
) -> pd.Series | pd.DataFrame:
    """Hide numbers.

    Parameters
    ----------
    values : pandas.Series or pandas.DataFrame
        Numbers.
    where : pandas.Series, pandas.DataFrame or numpy.ndarray
        Boolean, which ones: of the same rows in the same order.

    Returns
    -------
    pandas.Series or pandas.DataFrame
        Floats; hidden ones are missing, and `is_hidden`.

    Raises
    ------
    ValueError
        If `where` is not of the same rows.

    Examples
    --------
    >>> hide(pd.Series([40, 4]), [False, True]).tolist()
    [40.0, nan]
    """
    secret = np.asarray(where, dtype=bool)
    indexed = isinstance(where, pd.Series | pd.DataFrame)
    if secret.shape[:1] != (len(values),) or (indexed and not where.index.equals(values.index)):
        raise ValueError(
            f"{secret.shape} marks for {len(values)} rows, or rows in another order; hide takes a "
            "mark for each row"
        )
    if isinstance(values, pd.DataFrame):
        secret = secret if secret.ndim == 2 else secret[:, None]
        cells = np.where(secret, HIDDEN_NUMBER, values.to_numpy(dtype=float))
        return pd.DataFrame(cells, index=values.index, columns=values.columns)
    cells = np.where(secret, HIDDEN_NUMBER, values.to_numpy(dtype=float))
    return pd.Series(cells, index=values.index, name=values.name)


def is_hidden(values: object) -> np.ndarray:
    """Tell hidden numbers from others, and from absent ones.

    Parameters
    ----------
    values : float, pandas.Series, pandas.DataFrame or array_like
        Numbers, some of them missing.

    Returns
    -------
    numpy.ndarray
        Boolean, the same shape; of one number, of shape ().

    Examples
    --------
    >>> is_hidden([1.0, HIDDEN_NUMBER, float("nan")]).tolist()
    [False, True, False]
    """
    return np.asarray(values, dtype=np.float64).view(np.uint64) & _WITHOUT_SIGN == _BITS


def mark(value: float) -> str:
    """Say in a table's cell why a number is not there.

    Parameters
    ----------
    value : float
        A missing number.

    Returns
    -------
    str
        `HIDDEN` or `ABSENT`.

    Examples
    --------
    >>> mark(HIDDEN_NUMBER), mark(float("nan"))
    ('[c]', '[x]')
    """
    return HIDDEN if is_hidden(value) else ABSENT

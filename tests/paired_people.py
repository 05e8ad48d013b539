"""People behind tables, for the tests of two answers."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st

VISION = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]
UEBERSAX = [[20, 10, 5], [3, 30, 15], [0, 5, 40]]

#: Small square tables of counts, with empty cells and categories.
tables = st.integers(2, 5).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 12), min_size=size, max_size=size), min_size=size, max_size=size
    )
)

#: Who used and who prefers each of two to four channels, several answers a person.
several = st.integers(2, 4).flatmap(
    lambda size: st.lists(
        st.lists(st.booleans(), min_size=2 * size, max_size=2 * size), min_size=2, max_size=40
    )
)


def square(cells):
    labels = [f"k{i}" for i in range(len(cells))]
    return pd.DataFrame(cells, index=labels, columns=labels)


def people(cells):
    """Return the two answers of the people behind a table."""
    kinds = pd.CategoricalDtype([f"k{i}" for i in range(len(cells))])
    pairs = [(i, j) for i, row in enumerate(cells) for j, n in enumerate(row) for _ in range(n)]
    return tuple(pd.Series([f"k{pair[side]}" for pair in pairs], dtype=kinds) for side in (0, 1))


def patterns(cells):
    """Return the two answers of each cell of a table, and how many people gave them."""
    kinds = pd.CategoricalDtype([f"k{i}" for i in range(len(cells))])
    size = len(cells)
    used, preferred = (
        pd.Series([f"k{each}" for each in np.indices((size, size))[side].ravel()], dtype=kinds)
        for side in (0, 1)
    )
    return used, preferred, pd.Series(np.ravel(cells))


def indicators(rows):
    """Return two frames of indicators from rows of booleans, used first."""
    cells = np.array(rows, dtype=float)
    half = cells.shape[1] // 2
    names = [f"k{i}" for i in range(half)]
    return (
        pd.DataFrame(cells[:, :half], columns=names),
        pd.DataFrame(cells[:, half:], columns=names),
    )

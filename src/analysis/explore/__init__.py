"""A panel to look around: choose a question, groups or a base, and see shares, a figure, a test.

- `panel` makes it, for `notebooks/explore.ipynb`
- `choices` says what may be chosen, `rows` has the numbers, `views` shows them

Every number is one of the data tables (`tables.gather`), rounded and hidden there. So whatever is
chosen, one after the other, nothing is told that the tables do not tell.
"""

from analysis.explore.panels import panel

__all__ = ["panel"]

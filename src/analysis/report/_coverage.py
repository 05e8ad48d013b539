"""Who was asked and who answered each question, so that nobody who did not is told of."""

import numpy as np
import pandas as pd

from analysis.privacy import Rule, ranged_table

#: The columns of `Survey.coverage` that add up to the people asked.
_PARTS = ["answered", "dont_know", "no_answer"]


def shown_coverage(coverage: pd.DataFrame, *, rule: Rule) -> pd.DataFrame:
    """Tell who answered each question, and who did not, small counts by ranges.

    Parameters
    ----------
    coverage : pandas.DataFrame
        As `Survey.coverage` returns it.
    rule : Rule
        How few people are too few.

    Returns
    -------
    pandas.DataFrame
        The same rows and columns; where few did not know or did not answer, these and what would
        give them away are text such as "under 10" (`privacy.ranged_table`). That nobody does not
        know, or was not asked, follows from the questionnaire where it is true of a question that
        offers no such answer, and is shown; who answered is told exactly if enough did not.

    Examples
    --------
    >>> row = {"question": "used", "asked": 766, "answered": 759, "dont_know": 5, "no_answer": 2}
    >>> shown_coverage(pd.DataFrame([row]), rule=Rule(10)).to_numpy().tolist()
    [['used', 766, '757 to 766', 'under 10', 'under 10']]
    >>> row |= {"answered": 750, "dont_know": 11, "no_answer": 5}
    >>> shown_coverage(pd.DataFrame([row]), rule=Rule(10)).to_numpy().tolist()
    [['used', 766, 750, 'under 20', 'under 10']]
    """
    shown = coverage.astype(dict.fromkeys(_PARTS, object))
    for at, row in coverage[["asked", *_PARTS]].iterrows():
        counts, asked = row[_PARTS].to_frame().T.astype(float), float(row["asked"])
        if not rule.few(counts[_PARTS[1:]].replace(0.0, np.inf)).any(axis=None):
            continue
        enough = not rule.few(asked - counts["answered"].iloc[0])
        known = counts.eq(0.0).to_numpy(copy=True)
        known[0, 0] = enough
        told = ranged_table(
            counts, rule=rule, row_totals=([asked], [asked]), exact=True, known=known,
            bases=np.full((1, len(_PARTS)), asked),
        ).text.iloc[0]  # fmt: skip
        for name, fixed in zip(_PARTS, known[0], strict=True):
            shown.loc[at, name] = int(row[name]) if fixed else told[name]
    return shown

"""What may be shown of shares of people."""

import pandas as pd

from analysis.privacy._rounding import rounded_out
from analysis.privacy._rule import rule_of
from analysis.privacy._suppression import hide_small
from analysis.survey.codebook import Codebook

SHARE_NUMBERS = ("estimate", "conf_low", "conf_high")


def shown_shares(table: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Hide shares that rest on few people, and round the others to whole percent.

    Parameters
    ----------
    table : pandas.DataFrame
        As `proportions.shares` returns it, of rows that add up to everybody.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `level` or `answer`, `estimate, conf_low, conf_high, n`.
    """
    first = "level" if "level" in table else "answer"
    counted = table.assign(n_no=table["n"] - table["n_yes"])
    shown = hide_small(
        counted.drop(columns="n"),
        counts=["n_yes", "n_no"] if first == "level" else ["n_yes"],
        values=list(SHARE_NUMBERS),
        rule=rule_of(codebook),
        complete=True,
    ).assign(n=table["n"])
    return rounded_out(shown)[[first, *SHARE_NUMBERS, "n"]]

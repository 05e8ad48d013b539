"""Headlines compared between people of two kinds, as far as that may be shown."""

from collections.abc import Mapping

import pandas as pd

from analysis.numerics import holm
from analysis.privacy import hide_small, rounded_out, rule_of
from analysis.proportions import compare
from analysis.survey.codebook import Codebook


def apart(shares_of: Mapping[str, pd.Series], second: pd.Series) -> pd.DataFrame:
    """Compare each headline between the people outside and inside a second group.

    Parameters
    ----------
    shares_of : mapping of str to pandas.Series
        As `measures.headline_answers` returns them.
    second : pandas.Series
        Boolean, True for people of the second group.

    Returns
    -------
    pandas.DataFrame
        As `proportions.compare`, `headline` instead of `answer`, Holm over all headlines. One
        that a group has no answer to is left out; empty if all are.
    """
    rows = []
    for name, yes in shares_of.items():
        here = second.reindex(yes.index).fillna(False).astype(bool)
        if here.any() and not here.all():
            rows.append(compare(yes.to_frame(name), here))
    if not rows:
        return pd.DataFrame()
    table = pd.concat([row.astype({"answer": "str"}) for row in rows], ignore_index=True)
    table["p_adjusted"] = holm(table["p_value"])
    return table.rename(columns={"answer": "headline"})


def shown_apart(table: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Hide comparisons that rest on few people, and round the others.

    Parameters
    ----------
    table : pandas.DataFrame
        As `apart` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `headline, share_first, share_second, estimate, conf_low, conf_high, p_adjusted,
        n_second`, in whole percent and points. Headlines that add up to everybody ("Prefer: ...")
        have a second row hidden where one is. Empty if there is nothing to compare.
    """
    if table.empty:
        return table
    counted = table.assign(
        no_first=table["n_first"] - table["yes_first"],
        no_second=table["n_second"] - table["yes_second"],
    )
    numbers = ["share_first", "share_second", "estimate", "conf_low", "conf_high", "p_adjusted"]
    parts = []
    for _, block in counted.groupby(table["headline"].str.partition(": ")[0], sort=False):
        whole = block["yes_second"].sum() == block["n_second"].iloc[0] and len(block) > 1
        hidden = hide_small(
            block,
            counts=["yes_first", "yes_second", *([] if whole else ["no_first", "no_second"])],
            values=numbers,
            rule=rule_of(codebook),
            complete=whole,
        )
        parts.append(hidden)
    shown = pd.concat(parts)
    for name in ("share_first", "share_second"):
        shown[name] = shown[name].round(2) + 0.0
    shown = rounded_out(shown)
    return shown[["headline", *numbers, "n_second"]]

"""All changes between two waves in one table, and what may be shown of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.numerics import outwards
from analysis.privacy import HIDDEN, HIDDEN_NUMBER, bounded_p, is_hidden
from analysis.waves import blocks, districts, shares, shifts, themes
from analysis.waves.hidden import Hidden, hidden_channels
from analysis.waves.loading import Pair
from analysis.waves.satisfaction import Satisfaction, compare_satisfaction
from analysis.waves.shares import COLUMNS

#: The families of tests, in the order of the page.
FAMILIES = (
    "headlines", "channels used", "channels preferred", "shifts", "satisfaction",
    *districts.FAMILIES, *themes.FAMILIES.values(),
)  # fmt: skip

#: Below this adjusted p a change is called one.
LEVEL = 0.05


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two waves compared.

    `rows` has the rows of `COLUMNS` as they may be shown, hidden ones at the end of their family
    with `[c]`: shares in whole percent, changes in whole points with intervals rounded outwards,
    p-values as text; and `changed`, `changed_weighted`: whether the adjusted p is below `LEVEL`.
    `secret` says which channels are hidden, and whose preference groups of channels are told of;
    `notes`, family -> what its table needs to be read; `left_out`, why something is not compared.
    """

    waves: Pair
    rows: pd.DataFrame
    satisfaction: Satisfaction
    secret: Hidden
    notes: Mapping[str, str] = field(default_factory=dict)
    left_out: Sequence[str] = ()

    def family(self, name: str) -> pd.DataFrame:
        """Return the rows of one family."""
        return self.rows[self.rows["family"] == name].reset_index(drop=True)

    def not_compared(self) -> list[tuple[str, Mapping[str, str]]]:
        """Say which questions of both waves were asked otherwise: wording, and what differs."""
        agreed = self.waves.agreed.values()
        return [(each.wording, each.refused) for each in agreed if not each.same]


def compare(waves: Pair) -> Comparison:
    """Compare two waves: headline measures, channels, shifts, satisfaction, districts, themes.

    Parameters
    ----------
    waves : Pair
        As `two_surveys` or `two_waves` make it.

    Returns
    -------
    Comparison
        Each family of tests is adjusted by Holm's method over the rows that are shown; those with
        weights are families of their own.
    """
    secret = hidden_channels(waves)
    of_districts, no_districts = districts.district_blocks(waves)
    of_themes, notes, no_themes = themes.theme_blocks(waves)
    gathered = [*blocks.headline_blocks(waves, secret), *blocks.channel_blocks(waves, secret)]
    of_shares, hidden = shares.share_rows(waves, [*gathered, *of_districts, *of_themes])
    of_shifts, hidden_shifts = shifts.change_rows(waves, secret)
    model = compare_satisfaction(waves)
    tables = [of_shares.assign(rough=False), of_shifts, model.rows.assign(rough=False)]
    kept = [each for each in tables if len(each)]
    columns = [*COLUMNS, "rough"]
    rows = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=columns)
    hidden += [("shifts", name) for name in hidden_shifts]
    return Comparison(
        waves=waves,
        rows=_shown(rows, hidden),
        satisfaction=model,
        secret=secret,
        notes=notes,
        left_out=[*no_districts, *no_themes],
    )


def _shown(rows: pd.DataFrame, secret: list[tuple[str, str]]) -> pd.DataFrame:
    """Round what is shown, and add the rows that are hidden."""
    made = rows.copy()
    for name, changed in (("p_adjusted", "changed"), ("weighted_p", "changed_weighted")):
        made[changed] = (rows[name].astype(float) < LEVEL).to_numpy()
        made[name] = [
            HIDDEN if is_hidden(p) else "" if np.isnan(p) else bounded_p(p, coarse=bool(coarse))
            for p, coarse in zip(rows[name].astype(float), rows["rough"], strict=True)
        ]
    for kind in ("", "weighted_"):
        ends = ["conf_low", "conf_high"] if not kind else ["weighted_low", "weighted_high"]
        change = "weighted" if kind else "estimate"
        for name in (f"{kind}first", f"{kind}second", change):
            given = rows[name].astype(float)
            made[name] = np.where(given.isna(), given, given.round(2) + 0.0)
        there = rows[change].notna().to_numpy()
        low, high = outwards(*(rows.loc[there, name].astype(float) for name in ends))
        for name, values in zip(ends, (low, high), strict=True):
            made[name] = rows[name].astype(float)
            made.loc[there, name] = values
    blank = pd.DataFrame([_blank(*each) for each in secret], columns=made.columns)
    whole = pd.concat([made, blank], ignore_index=True) if len(blank) else made
    order = whole["family"].map({name: at for at, name in enumerate(FAMILIES)})
    return whole.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def _blank(family: str, measure: str) -> dict[str, object]:
    numbers = dict.fromkeys(COLUMNS[2:], HIDDEN_NUMBER)
    return {
        **numbers, "family": family, "measure": measure, "p_adjusted": HIDDEN, "weighted_p": "",
        "rough": False, "changed": False, "changed_weighted": False,
    }  # fmt: skip

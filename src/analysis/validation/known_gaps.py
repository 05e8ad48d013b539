"""What notebook 08 reads of one survey: how far each district lies from everybody."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis import primary
from analysis.chapters import district_profiles
from analysis.chapters.district_profiles import profiles
from analysis.survey.surveys import Survey

#: Seed of the intervals of notebook 08.
_SEED = 20231015


def gaps(this: Survey, responses: pd.DataFrame) -> list[dict[str, object]]:
    """Read notebook 08: each district's gaps, and the largest of all.

    Parameters
    ----------
    this : Survey
        With its responses.
    responses : pandas.DataFrame
        All of them.

    Returns
    -------
    list of dict
        As `known_readings.reading`: `gap` of each district and measure that may be shown, level
        "district: measure"; `largest_gap`, with its kind in place of a kind of estimate; and
        `gap_test` of each measure. Shares of residents, which 08 shows beside and which take
        longest, are left out.
    """
    alone = replace(this, codebook=replace(this.codebook, population_counts=None))
    plan = primary.primary(this, responses)
    verdict = primary.district_verdict(this, plan)
    more = district_profiles.changes_wanted(this, responses)
    found = profiles.compare_districts(alone, responses, seed=_SEED, more=more, verdict=verdict)
    rows = found.rows.dropna(subset=["gap", "size"])
    readings = [
        _reading("gap", row, f"{row['level']}: {row['measure']}") for _, row in rows.iterrows()
    ]
    largest = profiles.headline_gap(found, profiles.largest_gaps(found))
    if largest is not None:
        row, kind = largest
        readings.append(_reading("largest_gap", row, f"{row['level']}: {row['measure']}") | {
            "kind": kind
        })  # fmt: skip
    for _, test in found.tests.iterrows():
        empty = {"gap": np.nan, "gap_low": np.nan, "gap_high": np.nan, "n": test["n"]}
        one = _reading("gap_test", pd.Series(empty), str(test["measure"]))
        readings.append(one | {"p_value": float(test["p_value"])})
    return readings


def _reading(quantity: str, row: pd.Series, level: str) -> dict[str, object]:
    return {
        "quantity": quantity,
        "level": level,
        "kind": "plain",
        "estimate": float(row["gap"]),
        "conf_low": float(row["gap_low"]),
        "conf_high": float(row["gap_high"]),
        "p_value": np.nan,
        "n": float(row["n"]),
    }

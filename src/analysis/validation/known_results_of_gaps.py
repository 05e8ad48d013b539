"""The table of what simulated surveys show of districts' gaps, measure by measure."""

import pandas as pd

from analysis.validation.known_surveys import CLEANED

GAPS = ["measure", "replies", "runs", "spread", "coverage", "coverage_error", "width"]


def gaps_by_measure(rows: pd.DataFrame) -> pd.DataFrame:
    """Give how often intervals of districts' gaps contain the truth, measure by measure.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `known_results.with_truth` returns them.

    Returns
    -------
    pandas.DataFrame
        `GAPS`, the smallest spread first: `spread` is the standard deviation of the true gaps of
        the districts that were shown in any survey, `runs` the surveys that show a gap of the
        measure, `coverage` the mean over these of the share of gaps whose interval contains the
        truth.

    Examples
    --------
    >>> rows = pd.DataFrame({"quantity": "gap", "treated": "cleaned", "replies": 1_200, "run": 0,
    ...                      "level": ["Ware: Satisfied", "Hertford: Satisfied"], "held": [1.0, 0],
    ...                      "truth": [0.1, -0.1], "conf_low": 0.0, "conf_high": 0.2})
    >>> gaps_by_measure(rows)[["measure", "runs", "coverage"]].values.tolist()
    [['Satisfied', 1, 0.5]]
    """
    mine = rows[(rows["quantity"] == "gap") & (rows["treated"] == CLEANED)]
    mine = mine.assign(
        measure=mine["level"].str.split(": ", n=1).str[1],
        width=mine["conf_high"] - mine["conf_low"],
    )
    found = []
    for (measure, replies), part in mine.groupby(["measure", "replies"]):
        per_run = part.groupby("run")["held"].mean()
        found.append({
            "measure": measure, "replies": int(replies), "runs": len(per_run),
            "spread": part.drop_duplicates("level")["truth"].std(), "coverage": per_run.mean(),
            "coverage_error": per_run.sem(), "width": part["width"].mean(),
        })  # fmt: skip
    table = pd.DataFrame(found, columns=GAPS)
    return table.sort_values(["spread", "measure"], ignore_index=True)

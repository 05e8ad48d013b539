"""What models with survey weights and a random intercept recover: by simulation."""

import numpy as np
import pandas as pd
from scipy import stats

from analysis import ordinal
from analysis.validation.recovery_population import (
    EFFECTS,
    PEOPLE,
    SHARES,
    draw_sample,
    draw_selected,
)
from analysis.validation.recovery_rows import attempt, counted, rng_of, row_of

#: Weights that say nothing of the answer, and weights that undo a selection by the answer.
NOTHING, ANSWER = "weights that say nothing", "weights that undo a selection"

KINDS = (NOTHING, ANSWER)

#: The table's name in docs/recovery.csv.
BOTH = "weights and groups"

AT_ZERO = "share of runs at 0"

#: Means over the runs, with weights and without.
MEANS = (
    "mean spread", "mean spread, unweighted", "error of thresholds",
    "error of thresholds, unweighted",
)  # fmt: skip


def weights_and_groups(kind: str, spread: float, runs: int) -> list[dict]:
    """Simulate what a random intercept recovers with survey weights, scaled to size.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    spread : float
        Standard deviation between districts on the logit scale, above 0.
    runs : int
        Samples.

    Returns
    -------
    list of dict
        Rows of the table of recovery: how often intervals hold the effects, the thresholds and the
        spread, with quantiles of t and of the normal; mean errors with and without weights.
    """
    rng = rng_of(4 + KINDS.index(kind), "logit", spread)
    draw = draw_sample if kind == NOTHING else draw_selected
    thresholds = ordinal.find_link("logit").inverse(np.cumsum(SHARES)[:-1])
    truth, found = np.r_[EFFECTS[1:], thresholds, spread], []
    for _ in counted(runs, f"{kind}, {spread:g}"):
        sample, _ = draw("logit", spread, rng, PEOPLE)
        both = attempt(
            ordinal.fit, "satisfaction ~ channel", sample, weights="weight", random="district"
        )
        plain = attempt(ordinal.fit, "satisfaction ~ channel", sample, random="district")
        if both is not None and plain is not None:
            found.append(_one(both, plain, truth))
    failed, size = runs - len(found), len(EFFECTS) - 1
    table = pd.DataFrame(found)
    held = [(f"{part}, {law}", np.stack(table[f"held, {law}"])[:, where])
            for part, where in (("effects", slice(size)), ("thresholds", slice(size, None)))
            for law in ("t", "normal")]  # fmt: skip
    some = table[AT_ZERO] == 0
    held += [(f"spread, {law}", table.loc[some, f"spread, {law}"]) for law in ("t", "normal")]
    held += [(name, table[name]) for name in (AT_ZERO, *MEANS)]
    return [
        row_of(BOTH, "logit", spread, kind, name, np.asarray(values), failed)
        for name, values in held
    ]


def _one(both: ordinal.OrdinalFit, plain: ordinal.OrdinalFit, truth: np.ndarray) -> dict:
    """Return what one sample gives: hits of intervals, spreads, and mean errors of thresholds."""
    error = np.abs(both.parameters - truth)[:-1] / np.sqrt(np.diag(both.cov))[:-1]
    kept = {}
    for law, df in (("t", both.df), ("normal", np.inf)):
        level = 1 - 2 * stats.t.sf(stats.t.isf(0.025, df), both.df)
        ends = ordinal.weighted_spread(both, conf_level=level)
        kept[f"held, {law}"] = error <= stats.t.isf(0.025, df)
        kept[f"spread, {law}"] = ends["conf_low"] <= truth[-1] <= ends["conf_high"]
    cuts = slice(len(EFFECTS) - 1, -1)
    apart = [float((each.parameters - truth)[cuts].mean()) for each in (both, plain)]
    means = both.random.sd, plain.random.sd, *apart
    return kept | {AT_ZERO: both.random.sd == 0} | dict(zip(MEANS, means, strict=True))

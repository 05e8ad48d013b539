"""What the specifications of a headline say together: robust, sensitive, or not supported."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.specifications import permuted
from analysis.specifications.claims import DIFFER, SHARE, Claim
from analysis.specifications.grids import Grid

ROBUST, SENSITIVE, UNSUPPORTED = "robust", "sensitive", "not supported"

#: Of a headline that claims nothing, in the report and in nine of ten specifications.
INCONCLUSIVE = "inconclusive throughout"

#: A headline is robust if so many of its specifications come to the same conclusion.
SAME = 0.9

#: One is not supported if fewer than so many do, or its curve could be chance.
HALF = 0.5

#: Fewer specifications are no curve: all of them, or a half, would often agree by chance.
FEWEST = 8

#: A choice matters if its levels come to the same conclusion so unequally often.
APART = 0.1

_LEVEL = 0.05

#: Conclusions that a test stands behind.
_CLAIMED = ("up", "down", "differ")

#: What is told of a choice.
_CHOICES = [
    "claim", "choice", "label", "variance", "same_low", "same_high", "level_low", "level_high",
    "flips",
]  # fmt: skip

#: The seed of permutations.
_SEED = 20231015


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A headline over its specifications.

    `summary` is one row: `claim, about, kind, unit, conclusion, verdict, sensitive_to, estimate,
    conf_low, conf_high, p_value, n` of the report's specification, `specifications, failed, lowest,
    median, highest, same_sign, same_conclusion` of the balanced combinations, `p_median, p_share`
    of the whole curve. `choices` has a row a choice: `claim, choice, label, variance` (share of the
    variance of the estimate between its levels), `same_low, same_high` (share of the same
    conclusion at the level where it is rarest and most frequent), `level_low, level_high`, `flips`
    (whether it alone, taken otherwise, changes the conclusion). `rows` has the specifications in
    the order of their estimates.
    """

    summary: pd.Series
    choices: pd.DataFrame
    rows: pd.DataFrame


def curve_of(grid: Grid, claim: Claim) -> Curve:
    """Read a headline's specifications together.

    Parameters
    ----------
    grid : Grid
        As `grids.make_grid` returns it.
    claim : Claim
        One of its claims.

    Returns
    -------
    Curve
        What counts as the same conclusion is said in `conclusions`; the rule of the verdict in
        `verdict_of`.

    Notes
    -----
    The combinations are balanced (`arrays`), so the variance between the means of a choice's levels
    is its own: the first-order index of variance-based sensitivity analysis (Sobol 1993).
    """
    name = claim.name
    found, crossed = grid.estimates[name], grid.crossed[name]
    said = conclusions(claim.kind, found)
    same = said == said[0]
    known = crossed & found["estimate"].notna().to_numpy() & (said != "")
    counted = crossed & (said != "")
    chosen = _choices(claim, grid, same, known, counted)
    estimates = found.loc[known, "estimate"]
    p_values = _whole(claim, grid)
    share = float(same[counted].mean())
    verdict = verdict_of(
        said[0], share, max(p_values, default=np.nan), flips=bool(chosen["flips"].any())
    )
    first = found.iloc[0]
    signs = np.sign(estimates) == np.sign(first["estimate"])
    summary = {
        "claim": name,
        "about": claim.about,
        "kind": claim.kind,
        "unit": claim.unit,
        "conclusion": said[0],
        "verdict": verdict,
        "sensitive_to": _sensitive(chosen) if verdict in (SENSITIVE, UNSUPPORTED) else "",
        **first[["estimate", "conf_low", "conf_high", "p_value", "n"]].to_dict(),
        "specifications": int(crossed.sum()),
        "failed": int((crossed & (said == "")).sum()),
        "lowest": float(estimates.min()),
        "median": float(estimates.median()),
        "highest": float(estimates.max()),
        "same_sign": float(signs.mean()) if claim.unit == "difference of shares" else np.nan,
        "same_conclusion": share,
        "p_median": p_values[0] if p_values else np.nan,
        "p_share": p_values[1] if p_values else np.nan,
    }
    return Curve(
        summary=pd.Series(summary), choices=chosen, rows=_rows(claim, grid, found, same, said)
    )


def conclusions(kind: str, found: pd.DataFrame) -> np.ndarray:
    """Say what each specification concludes.

    Parameters
    ----------
    kind : str
        A share: "more" or "fewer" than a half if its interval leaves the half out, else "half". A
        difference: "up" or "down" if its unadjusted p-value is below 0.05, else "none". Differences
        between groups: "differ" or "none".
    found : pandas.DataFrame
        With `estimate, conf_low, conf_high, p_value`.

    Returns
    -------
    numpy.ndarray
        "" where there is no estimate or test.

    Examples
    --------
    >>> found = pd.DataFrame({"estimate": [0.1, 0.1], "p_value": [0.01, 0.2]})
    >>> conclusions("difference", found).tolist()
    ['up', 'none']
    """
    if kind == SHARE:
        said = np.where(
            found["conf_low"] > 0.5, "more", np.where(found["conf_high"] < 0.5, "fewer", "half")
        )
        return np.where(found["estimate"].isna(), "", said).astype(object)
    clear = found["p_value"] < _LEVEL
    if kind == DIFFER:
        said = np.where(clear, "differ", "none")
    else:
        said = np.where(clear, np.where(found["estimate"] > 0, "up", "down"), "none")
    return np.where(found["p_value"].isna(), "", said).astype(object)


def verdict_of(conclusion: str, share: float, p_value: float, *, flips: bool) -> str:
    """Judge a headline by its specifications.

    Parameters
    ----------
    conclusion : str
        What the report's specification concludes.
    share : float
        The share of specifications that conclude the same.
    p_value : float
        Of the whole curve, the larger of two; NaN if there is no test.
    flips : bool
        Whether one choice alone, taken otherwise, changes the conclusion.

    Returns
    -------
    str
        `UNSUPPORTED` if a difference is claimed and fewer than half of the specifications find it,
        or such a curve may be chance; else `SENSITIVE` if fewer than nine in ten conclude the same
        or a choice alone changes the conclusion; else `ROBUST`, or `INCONCLUSIVE` where the report
        claims no difference, or neither more nor fewer than a half.

    Examples
    --------
    >>> verdict_of("up", 0.95, 0.002, flips=False), verdict_of("up", 0.95, 0.002, flips=True)
    ('robust', 'sensitive')
    >>> verdict_of("up", 0.7, 0.2, flips=False), verdict_of("none", 0.95, 0.4, flips=False)
    ('not supported', 'inconclusive throughout')
    """
    if conclusion in _CLAIMED and (share < HALF or p_value >= _LEVEL):
        return UNSUPPORTED
    if share < SAME or flips:
        return SENSITIVE
    return ROBUST if conclusion in (*_CLAIMED, "more", "fewer") else INCONCLUSIVE


def _choices(
    claim: Claim, grid: Grid, same: np.ndarray, known: np.ndarray, counted: np.ndarray
) -> pd.DataFrame:
    estimates = grid.estimates[claim.name]["estimate"]
    mean, total = estimates[known].mean(), ((estimates[known] - estimates[known].mean()) ** 2).sum()
    rows = []
    for choice in claim.choices:
        levels = grid.specifications[claim.name][choice.name]
        groups = estimates[known].groupby(levels[known])
        between = float((groups.size() * (groups.mean() - mean) ** 2).sum())
        agree = pd.Series(same[counted]).groupby(levels[counted].to_numpy()).mean()
        agree = agree.reindex([each for each in choice.levels if each in agree.index])
        alone = grid.single[claim.name] == choice.name
        rows.append(
            {
                "claim": claim.name,
                "choice": choice.name,
                "label": choice.label,
                "variance": between / total if total > 0 else 0.0,
                "same_low": float(agree.min()),
                "same_high": float(agree.max()),
                "level_low": str(agree.idxmin()),
                "level_high": str(agree.idxmax()),
                "flips": bool((alone & ~same).any()),
            }
        )
    table = pd.DataFrame(rows, columns=_CHOICES)
    return table.sort_values("variance", ascending=False, kind="stable").reset_index(drop=True)


def _sensitive(chosen: pd.DataFrame) -> str:
    """Name the choices that matter, three at most: those that alone change the conclusion first."""
    apart = chosen["same_high"] - chosen["same_low"]
    order = chosen.assign(apart=apart)
    order = order.sort_values(["flips", "apart"], ascending=False, kind="stable")
    return "; ".join(order.loc[order["flips"] | (order["apart"] >= APART), "label"].head(3))


def _whole(claim: Claim, grid: Grid) -> tuple[float, float] | tuple[()]:
    if claim.kind == SHARE:
        return ()
    made = [
        each
        for each, balanced in zip(grid.made[claim.name], grid.crossed[claim.name], strict=True)
        if balanced and not each.failed
    ]
    if len(made) < FEWEST:
        return ()
    return permuted.curve_p(made, rng=np.random.default_rng(_SEED))


def _rows(
    claim: Claim, grid: Grid, found: pd.DataFrame, same: np.ndarray, said: np.ndarray
) -> pd.DataFrame:
    table = found.drop(columns="failed").assign(
        claim=claim.name,
        number=range(1, len(found) + 1),
        conclusion=said,
        same=same,
        single=grid.single[claim.name],
        crossed=grid.crossed[claim.name],
    )
    table = table.join(grid.specifications[claim.name].reset_index(drop=True))
    return table.sort_values(["estimate", "number"], kind="stable").reset_index(drop=True)

"""Tables of what the simulated surveys show: bias, coverage, errors of tests, exaggeration."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis import survey
from analysis.validation.known_numbers import WEIGHTED
from analysis.validation.known_population import EFFECTS, parameters_of, scaled
from analysis.validation.known_surveys import AS_RECEIVED, CLEANED

LEVEL = 0.95

#: Headlines that name one of several, and where the truth of each of these stands.
NAMED = {
    "most_missing": "composition", "moved_most": "moved", "largest_shift": "shift",
    "least_reached": "reached", "district_lowest": "district_share",
    "district_highest": "district_share", "video_age_lowest": "video_age",
    "video_age_highest": "video_age", "video_place": "place", "digital_by_age": "digital_age",
    "theme_named": "theme", "largest_gap": "gap",
}  # fmt: skip

#: What makes a level the one to be named, among those that a survey shows, by its true value.
_FIRST: dict[str, Callable[[pd.Series], float]] = {
    "moved_most": lambda row: abs(row["truth"]),
    "largest_shift": lambda row: abs(row["truth"]),
    "largest_gap": lambda row: abs(row["truth"]),
    "least_reached": lambda row: -row["truth"],
    "video_age_lowest": lambda row: -row["truth"],
    "video_age_highest": lambda row: row["truth"],
    "video_place": lambda row: row["truth"],
    "digital_by_age": lambda row: -row["truth"],
    "most_missing": lambda row: row["residents"] - row["truth"],
}

ESTIMATES = [
    "quantity", "kind", "replies", "runs", "shown", "truth", "bias", "bias_error", "sd",
    "coverage", "coverage_error", "width",
]  # fmt: skip
EXTREMES = [
    "quantity", "kind", "replies", "runs", "named", "truth", "overstated", "overstated_error",
    "share", "right", "right_error", "coverage", "coverage_error",
]  # fmt: skip
TESTS = ["test", "variant", "replies", "runs", "rejected", "rejected_error"]
CLEANING = [
    "quantity", "kind", "runs", "error_cleaned", "error_received", "difference",
    "difference_error", "coverage_cleaned", "coverage_received",
]  # fmt: skip


def with_truth(readings: pd.DataFrame, truths: pd.DataFrame) -> pd.DataFrame:
    """Put the true value beside each estimate.

    Parameters
    ----------
    readings : pandas.DataFrame
        As `known_runs.run` returns them.
    truths : pandas.DataFrame
        As `known_values.true_values` returns them.

    Returns
    -------
    pandas.DataFrame
        Estimates alone, of surveys with effects, with `truth` (of the people who answer; with
        weights of the residents), `residents`, `error` and `held`, NA without an interval.
    """
    rows = readings[(readings["variant"] == EFFECTS) & readings["estimate"].notna()].copy()
    rows["level"] = rows["level"].astype(object).fillna("")
    known = truths.assign(level=truths["level"].astype(object).fillna("")).set_index(
        ["quantity", "level"]
    )
    keys = pd.MultiIndex.from_arrays([rows["quantity"].replace(NAMED), rows["level"]])
    found = known.reindex(keys)
    rows["residents"] = found["residents"].to_numpy()
    heavy = rows["kind"] == WEIGHTED
    rows["truth"] = np.where(heavy, found["residents"], found["respondents"])
    for replies in rows["replies"].unique():
        kept = scaled(parameters_of(EFFECTS), int(replies))["replies"]["kept"] / replies
        rows.loc[(rows["quantity"] == "replies_kept") & (rows["replies"] == replies), "truth"] = (
            kept
        )
    rows = rows.dropna(subset=["truth"])
    rows["error"] = rows["estimate"] - rows["truth"]
    held = (rows["conf_low"] <= rows["truth"] + 1e-12) & (
        rows["truth"] - 1e-12 <= rows["conf_high"]
    )
    rows["held"] = held.astype(float).where(rows["conf_low"].notna())
    return rows


def share_error(hits: float, runs: int) -> float:
    """Return the Monte Carlo error of a share of runs, above 0 for none or all of them too.

    Examples
    --------
    >>> round(share_error(95, 100), 4), share_error(0, 100) > 0
    (0.0235, True)
    """
    share = (hits + 1) / (runs + 2)
    return float(np.sqrt(share * (1 - share) / runs))


def _mean_error(values: pd.Series) -> float:
    return float(values.std() / np.sqrt(len(values))) if len(values) > 1 else np.nan


def estimates(rows: pd.DataFrame) -> pd.DataFrame:
    """Give bias and coverage of every headline that names nothing, and of groups of each kind.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `with_truth` returns them.

    Returns
    -------
    pandas.DataFrame
        `ESTIMATES`, a row a quantity, kind and size; `shown` counts the surveys in which it may
        be shown. Of groups the means over those shown in a survey, with errors between surveys;
        "all shifts" holds if the intervals of all channels do, which is what they promise.
    """
    cleaned = rows[(rows["treated"] == CLEANED) & ~rows["quantity"].isin(NAMED)]
    shifts = cleaned[cleaned["quantity"] == "shift"]
    together = shifts.groupby(["variant", "treated", "replies", "run", "kind"], as_index=False).agg(
        error=("error", "mean"), truth=("truth", "mean"), held=("held", "min"),
        estimate=("estimate", "mean"), conf_low=("conf_low", "mean"),
        conf_high=("conf_high", "mean"),
    )  # fmt: skip
    cleaned = pd.concat([cleaned, together.assign(quantity="all_shifts")], ignore_index=True)
    found = []
    for (quantity, kind, replies), part in cleaned.groupby(["quantity", "kind", "replies"]):
        per_run = part.groupby("run")[["error", "truth", "held"]].mean()
        width = (part["conf_high"] - part["conf_low"]).mean()
        runs = _surveys(rows, quantity, replies)
        known = per_run["held"].dropna()
        exact = known.isin([0.0, 1.0]).all()
        found.append({
            "quantity": quantity, "kind": kind, "replies": int(replies), "runs": runs,
            "shown": len(per_run), "truth": per_run["truth"].mean(),
            "bias": per_run["error"].mean(), "bias_error": _mean_error(per_run["error"]),
            "sd": float(np.sqrt(part.groupby("level")["error"].var().mean())),
            "coverage": known.mean() if len(known) else np.nan,
            "coverage_error": np.nan if known.empty else share_error(known.sum(), len(known))
            if exact else _mean_error(known),
            "width": width,
        })  # fmt: skip
    return pd.DataFrame(found, columns=ESTIMATES)


def _surveys(rows: pd.DataFrame, quantity: str, replies: int) -> int:
    """Count the surveys in which a quantity was looked for: those that read its chapter."""
    of = rows[(rows["treated"] == CLEANED) & (rows["replies"] == replies)]
    of_chapter = of[of["quantity"] == ("shift" if quantity == "all_shifts" else quantity)]
    return int(of_chapter["run"].max()) + 1 if len(of_chapter) else 0


def extremes(rows: pd.DataFrame) -> pd.DataFrame:
    """Give by how much what is named first overstates its own truth.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `with_truth` returns them.

    Returns
    -------
    pandas.DataFrame
        `EXTREMES`: `overstated` is by how much the estimate lies further out than the truth of
        what it names, `share` the same as a share of the true size (of shifts and gaps, which
        are differences); `right` how often the one named is the first of those shown by the truth
        too. The kind of a gap is what it is called: credible, pointer or none.
    """
    cleaned = rows[rows["treated"] == CLEANED]
    found = []
    for name, base in NAMED.items():
        for (kind, replies), part in cleaned[cleaned["quantity"] == name].groupby(
            ["kind", "replies"]
        ):
            out = part["error"] * _outwards(name, part)
            size = float(part["truth"].abs().mean())
            right = _right(name, part, cleaned[cleaned["quantity"] == base])
            difference = name in ("moved_most", "largest_shift", "largest_gap")
            per_run = pd.DataFrame({"run": part["run"], "out": out}).groupby("run")["out"].mean()
            found.append({
                "quantity": name, "kind": kind, "replies": int(replies),
                "runs": _surveys(rows, base, replies), "named": len(part),
                "truth": float(part["truth"].mean()), "overstated": float(per_run.mean()),
                "overstated_error": _mean_error(per_run),
                "share": float(per_run.mean()) / size if difference and size else np.nan,
                "right": np.nan if right is None else right.mean(),
                "right_error": np.nan if right is None else share_error(right.sum(), len(right)),
                "coverage": part["held"].mean(),
                "coverage_error": share_error(part["held"].sum(), part["held"].count()),
            })  # fmt: skip
    return pd.DataFrame(found, columns=EXTREMES)


def _outwards(name: str, part: pd.DataFrame) -> pd.Series:
    """Return the direction in which an estimate is the more extreme."""
    if name in ("moved_most", "largest_shift", "largest_gap"):
        return np.sign(part["estimate"])
    low = name in ("least_reached", "most_missing", "district_lowest", "video_age_lowest",
                   "digital_by_age")  # fmt: skip
    return pd.Series(-1.0 if low else 1.0, index=part.index)


def _right(name: str, part: pd.DataFrame, each: pd.DataFrame) -> pd.Series | None:
    """Tell of each survey whether the level named is the first by the truth of those shown."""
    if name not in _FIRST:
        return None
    this = survey.load(survey.DEFAULT)
    aside = [*this.not_offered, this.other_channel]  # nobody can have used it; all others at once
    each = each[(each["kind"] == "plain") & ~each["level"].isin(aside)]
    if each.empty:
        return None
    score = each.apply(_FIRST[name], axis=1)
    keys = ["replies", "run"]
    best = each.loc[score.groupby([each[key] for key in keys]).idxmax()].set_index(keys)["level"]
    named = part.set_index(keys)["level"]
    both = named.index.intersection(best.index)
    return (named.loc[both] == best.loc[both]).astype(float)


def error_rates(readings: pd.DataFrame) -> pd.DataFrame:
    """Give how often each test finds something, where there is nothing and where there is.

    Parameters
    ----------
    readings : pandas.DataFrame
        As `known_runs.run` returns them.

    Returns
    -------
    pandas.DataFrame
        `TESTS`, p below 0.05 before any adjustment. "interval: ..." is an interval that leaves
        out 0; "named: ..." what the notebooks would say after adjustment.
    """
    rows = readings[readings["treated"] == CLEANED]
    tested = rows[rows["p_value"].notna() & ~rows["quantity"].isin(["got_preferred", "districts"])]
    tested = tested.assign(hit=tested["p_value"] < 1 - LEVEL, test=tested["quantity"])
    spans = rows[rows["quantity"].isin(["digital_gap", "moved", "moved_most", "got_preferred"])]
    spans = spans[spans["conf_low"].notna()]
    clear = (spans["conf_low"] > 0) | (spans["conf_high"] < 0)
    name = "interval: " + spans["quantity"] + spans["kind"].map({WEIGHTED: ", weighted"}).fillna("")
    spans = spans.assign(hit=clear, test=name)
    gap = rows[rows["quantity"] == "largest_gap"]
    gap = gap.assign(hit=gap["kind"] == "credible", test="named: a credible gap")
    parts = [tested, spans, gap]
    found = []
    for (test, variant, replies), part in pd.concat(parts).groupby(["test", "variant", "replies"]):
        per_run = part.groupby("run")["hit"].mean()
        several = len(part) > len(per_run)
        error = _mean_error(per_run) if several else share_error(per_run.sum(), len(per_run))
        values = (test, variant, int(replies), len(per_run), float(per_run.mean()), error)
        found.append(dict(zip(TESTS, values, strict=True)))
    return pd.DataFrame(found, columns=TESTS)


def cleaning(rows: pd.DataFrame) -> pd.DataFrame:
    """Give what the faults of replies would do to the headlines if they were left in.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `with_truth` returns them.

    Returns
    -------
    pandas.DataFrame
        `CLEANING`: mean errors of the same surveys, cleaned and as they were received, and their
        difference with its Monte Carlo error.
    """
    keys = ["quantity", "kind", "level", "replies", "run"]
    one, two = (
        rows[rows["treated"] == how].drop_duplicates(keys).set_index(keys)
        for how in (CLEANED, AS_RECEIVED)
    )
    both = one[["error", "held"]].join(two[["error", "held"]], rsuffix="_received", how="inner")
    both["difference"] = both["error_received"] - both["error"]
    found = []
    for (quantity, kind), part in both.reset_index().groupby(["quantity", "kind"]):
        if quantity in ("composition", "moved", "reached", "shift"):
            continue
        found.append({
            "quantity": quantity, "kind": kind, "runs": part["run"].nunique(),
            "error_cleaned": part["error"].mean(), "error_received": part["error_received"].mean(),
            "difference": part["difference"].mean(),
            "difference_error": _mean_error(part["difference"]),
            "coverage_cleaned": part["held"].mean(),
            "coverage_received": part["held_received"].mean(),
        })  # fmt: skip
    return pd.DataFrame(found, columns=CLEANING)

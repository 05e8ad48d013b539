"""What notebook 10 shows: how often intervals hold, tests err, and extremes overstate."""

import pandas as pd

from analysis.chapters.known_truth.names import NAMES
from analysis.chapters.known_truth.planted import power_text
from analysis.chapters.known_truth.units import POINTS, outwards, unit_of
from analysis.chapters.known_truth.verdicts import REPLIES, judged
from analysis.report import in_sentence

#: In how few surveys a headline may be shown for its coverage to be told by size.
FEWEST = 20


def shown_estimates(rows: pd.DataFrame) -> pd.DataFrame:
    """Write estimates for a table: bias in its unit and coverage in percent, with their errors.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `verdicts.judged` returns it.

    Returns
    -------
    pandas.DataFrame
        `level, surveys, bias, unit, coverage, verdict`, text.
    """
    return pd.DataFrame({
        "level": rows["level"],
        "surveys": rows["shown"].map(lambda n: f"{int(n):,}"),
        "bias": [
            unit_of(each).written(bias, error)
            for each, bias, error in zip(
                rows["quantity"], rows["bias"], rows["bias_error"], strict=True
            )
        ],
        "unit": [unit_of(each).name for each in rows["quantity"]],
        "coverage": [_percent(*each) for each in rows[["coverage", "coverage_error"]].to_numpy()],
        "verdict": rows["verdict"],
    })  # fmt: skip


def _percent(value: float, error: float) -> str:
    return f"{100 * value:.1f}% ± {100 * error:.1f}"


def shown_tests(rows: pd.DataFrame) -> pd.DataFrame:
    """Write the tests for a table.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `verdicts.judged_tests` returns it.

    Returns
    -------
    pandas.DataFrame
        `level, surveys` (without effects), `errors, verdict, power_surveys` (with effects),
        `power`, text.
    """
    power = [
        power_text(test, None if pd.isna(rate) else _percent(rate, error))
        for test, rate, error in rows[["test", "power", "power_error"]].itertuples(index=False)
    ]
    return pd.DataFrame({
        "level": rows["level"],
        "surveys": rows["runs"].map(lambda n: f"{int(n):,}"),
        "errors": [_percent(*each) for each in rows[["errors", "errors_error"]].to_numpy()],
        "verdict": rows["verdict"],
        "power_surveys": [
            "" if pd.isna(n) else f"{int(n):,}" for n in rows["power_runs"]
        ],
        "power": power,
    })  # fmt: skip


def shown_extremes(extremes: pd.DataFrame, *, replies: int = REPLIES) -> pd.DataFrame:
    """Write for a table by how much what is named first overstates itself.

    Parameters
    ----------
    extremes : pandas.DataFrame
        The stored table of that name.
    replies : int
        Replies received.

    Returns
    -------
    pandas.DataFrame
        `level, named` (surveys), `overstated` (points), `right` (how often the one named is the
        first by the truth), `coverage`, text.
    """
    mine = extremes[(extremes["replies"] == replies) & (extremes["named"] > 1)]
    order = {name: place for place, name in enumerate(NAMES)}
    mine = mine.assign(order=mine["quantity"].map(order)).sort_values(["order", "kind"])
    kinds = mine["kind"].map(lambda each: "" if each == "plain" else f", {each}")
    return pd.DataFrame({
        "level": mine["quantity"].map(NAMES) + kinds,
        "named": mine["named"].map(lambda n: f"{int(n):,}"),
        "overstated": [
            POINTS.written(*each) for each in mine[["overstated", "overstated_error"]].to_numpy()
        ],
        "right": [
            "not ranked" if pd.isna(each[0]) else _percent(*each)
            for each in mine[["right", "right_error"]].to_numpy()
        ],
        "coverage": [_percent(*each) for each in mine[["coverage", "coverage_error"]].to_numpy()],
    }).reset_index(drop=True)  # fmt: skip


def by_size(estimates: pd.DataFrame, extremes: pd.DataFrame) -> pd.DataFrame:
    """Say how coverage and exaggeration go with the number of replies.

    Parameters
    ----------
    estimates, extremes : pandas.DataFrame
        The stored tables.

    Returns
    -------
    pandas.DataFrame
        `level` (replies received), `plain` and `weighted` (median coverage of the headlines, and
        the lowest, of those shown in `FEWEST` surveys or more), and `shift` (by how much the
        largest shift overstates itself), text.
    """
    rows = []
    for replies in sorted(estimates["replies"].unique()):
        row = {"level": f"{replies:,}"}
        for kind in ("plain", "weighted"):
            row[kind] = _median(estimates, kind, replies)
        of = extremes[(extremes["replies"] == replies) & (extremes["kind"] == "plain")]
        top = of[of["quantity"] == "largest_shift"]
        row["shift"] = (
            POINTS.written(top["overstated"].iloc[0], top["overstated_error"].iloc[0])
            if len(top) and top["named"].iloc[0] > 1
            else "not named"
        )
        rows.append(row)
    return pd.DataFrame(rows)


def _median(estimates: pd.DataFrame, kind: str, replies: int) -> str:
    """Write the median coverage and the lowest, or why there is none."""
    mine = judged(estimates, kind=kind, replies=replies).dropna(subset=["coverage"])
    mine = mine[mine["shown"] >= FEWEST]
    if len(mine):
        least = mine.loc[mine["coverage"].idxmin()]
        name = in_sentence(least["level"])
        median = 100 * mine["coverage"].median()
        return f"{median:.1f}% (lowest {100 * least['coverage']:.1f}%, {name})"
    of = estimates[(estimates["kind"] == kind) & (estimates["replies"] == replies)]
    enough = len(of) and of["runs"].max() >= FEWEST
    return "hidden in most surveys" if enough else "too few surveys simulated"


def shown_cleaning(cleaning: pd.DataFrame, extremes: pd.DataFrame) -> pd.DataFrame:
    """Write for a table what the faults of replies cost where they are left in.

    Parameters
    ----------
    cleaning, extremes : pandas.DataFrame
        The stored tables of these names.

    Returns
    -------
    pandas.DataFrame
        `level, unit, cleaned, received, difference`: mean errors, text, in the order of `NAMES`.
        The error of an extreme is by how much it is overstated, as in `shown_extremes`.
    """
    order = {name: place for place, name in enumerate(NAMES)}
    named = cleaning[cleaning["quantity"].isin(NAMES)]
    named = named.assign(order=named["quantity"].map(order)).sort_values(["order", "kind"])
    rows = []
    for row in named.itertuples():
        unit, sign = unit_of(row.quantity), outwards(row.quantity, extremes)
        rows.append({
            "level": NAMES[row.quantity] + ("" if row.kind == "plain" else f", {row.kind}"),
            "unit": unit.name,
            "cleaned": unit.signed(sign * row.error_cleaned),
            "received": unit.signed(sign * row.error_received),
            "difference": unit.written(sign * row.difference, row.difference_error),
        })  # fmt: skip
    columns = ["level", "unit", "cleaned", "received", "difference"]
    return pd.DataFrame(rows, columns=columns)

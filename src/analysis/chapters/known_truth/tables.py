"""What notebook 10 shows: how often intervals hold, tests err, and extremes overstate."""

import pandas as pd

from analysis.chapters.known_truth.names import NAMES, TESTS

#: What the study wants of intervals, and of tests where there is nothing to find.
COVERAGE, ERRORS = (0.935, 0.965), (0.04, 0.06)

#: The size that is judged: what the default survey receives.
REPLIES = 1_200

#: How many Monte Carlo errors a rate must be out of its range for the methods to be blamed.
MARGIN = 2.0

#: In how few surveys a headline may be shown for its coverage to be told by size.
FEWEST = 20

_FEW = "shown too seldom"


def within(rate: float, error: float, wanted: tuple[float, float]) -> str:
    """Judge a rate by its wanted range and its Monte Carlo error.

    Parameters
    ----------
    rate, error : float
        The rate of runs, and its error.
    wanted : tuple of float
        The lowest and the highest that is wanted.

    Returns
    -------
    str
        "within"; "too low" or "too high", if it is out by more than `MARGIN` errors; else
        "cannot be told".

    Examples
    --------
    >>> [within(rate, 0.01, COVERAGE) for rate in (0.95, 0.93, 0.99)]
    ['within', 'cannot be told', 'too high']
    """
    low, high = wanted
    if low <= rate <= high:
        return "within"
    if rate < low:
        return "too low" if rate + MARGIN * error < low else "cannot be told"
    return "too high" if rate - MARGIN * error > high else "cannot be told"


def judged(estimates: pd.DataFrame, *, kind: str, replies: int = REPLIES) -> pd.DataFrame:
    """Choose the estimates of one kind and size, and judge how often their intervals hold.

    Parameters
    ----------
    estimates : pandas.DataFrame
        The stored table of that name.
    kind : str
        "plain" or "weighted".
    replies : int
        Replies received.

    Returns
    -------
    pandas.DataFrame
        `level` (what it is called), `shown` (surveys), `truth, bias, bias_error, coverage,
        coverage_error, verdict`, in the order of `NAMES`; the joint interval of all shifts in
        place of that of one, which is wider than one alone needs.
    """
    of = estimates["coverage"].notna() & (estimates["quantity"] != "shift")
    rows = estimates[of & (estimates["kind"] == kind) & (estimates["replies"] == replies)]
    rows = rows.set_index("quantity").reindex(
        [each for each in NAMES if each in set(rows["quantity"])]
    )
    rows = rows.assign(level=[NAMES[each] for each in rows.index])
    rows["verdict"] = [
        within(rate, error, COVERAGE)
        for rate, error in zip(rows["coverage"], rows["coverage_error"], strict=True)
    ]
    columns = ["level", "shown", "truth", "bias", "bias_error", "coverage", "coverage_error"]
    return rows[[*columns, "verdict"]].reset_index()


def shown_estimates(rows: pd.DataFrame) -> pd.DataFrame:
    """Write estimates for a table: bias in points and coverage in percent, with their errors.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `judged` returns it.

    Returns
    -------
    pandas.DataFrame
        `level, surveys, bias, coverage, verdict`, text.
    """
    return pd.DataFrame({
        "level": rows["level"],
        "surveys": rows["shown"].map(lambda n: f"{int(n):,}"),
        "bias": [_points(*each) for each in rows[["bias", "bias_error"]].to_numpy()],
        "coverage": [_percent(*each) for each in rows[["coverage", "coverage_error"]].to_numpy()],
        "verdict": rows["verdict"],
    })  # fmt: skip


def _points(value: float, error: float) -> str:
    return f"{100 * value + 0.0:+.1f} ± {100 * error:.1f}"


def _percent(value: float, error: float) -> str:
    return f"{100 * value:.1f}% ± {100 * error:.1f}"


def judged_tests(tests: pd.DataFrame, *, replies: int = REPLIES) -> pd.DataFrame:
    """Put how often each test errs where there is nothing beside its power where there is.

    Parameters
    ----------
    tests : pandas.DataFrame
        The stored table of that name.
    replies : int
        Replies received.

    Returns
    -------
    pandas.DataFrame
        `test, level, runs, errors, errors_error, verdict, power, power_error`; power is NA where
        surveys with effects were not read for it.
    """
    mine = tests[(tests["replies"] == replies) & tests["test"].isin(TESTS)]
    none = mine[mine["variant"] != "effects"].set_index("test")
    some = mine[mine["variant"] == "effects"].set_index("test")
    rows = none.reindex([each for each in TESTS if each in none.index])
    made = pd.DataFrame({
        "level": [TESTS[each] for each in rows.index],
        "runs": rows["runs"],
        "errors": rows["rejected"],
        "errors_error": rows["rejected_error"],
        "power": some["rejected"].reindex(rows.index),
        "power_error": some["rejected_error"].reindex(rows.index),
    }, index=rows.index)  # fmt: skip
    made["verdict"] = [
        within(rate, error, ERRORS)
        for rate, error in zip(made["errors"], made["errors_error"], strict=True)
    ]
    return made.rename_axis("test").reset_index()


def shown_tests(rows: pd.DataFrame) -> pd.DataFrame:
    """Write the tests for a table.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `judged_tests` returns it.

    Returns
    -------
    pandas.DataFrame
        `level, surveys, errors, verdict, power`, text.
    """
    power = [
        "not read" if pd.isna(each[0]) else _percent(*each)
        for each in rows[["power", "power_error"]].to_numpy()
    ]
    return pd.DataFrame({
        "level": rows["level"],
        "surveys": rows["runs"].map(lambda n: f"{int(n):,}"),
        "errors": [_percent(*each) for each in rows[["errors", "errors_error"]].to_numpy()],
        "verdict": rows["verdict"],
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
            _points(*each) for each in mine[["overstated", "overstated_error"]].to_numpy()
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
        the lowest), `shown` (headlines that are shown in half of the surveys, of all), and
        `shift` (by how much the largest shift overstates itself), text.
    """
    rows = []
    for replies in sorted(estimates["replies"].unique()):
        row = {"level": f"{replies:,}"}
        for kind in ("plain", "weighted"):
            mine = judged(estimates, kind=kind, replies=replies).dropna(subset=["coverage"])
            mine = mine[mine["shown"] >= FEWEST]
            rates = 100 * mine["coverage"]
            row[kind] = f"{rates.median():.1f}% (lowest {rates.min():.1f}%)" if len(mine) else _FEW
        of = extremes[(extremes["replies"] == replies) & (extremes["kind"] == "plain")]
        top = of[of["quantity"] == "largest_shift"]
        row["shift"] = (
            _points(top["overstated"].iloc[0], top["overstated_error"].iloc[0])
            if len(top) and top["named"].iloc[0] > 1
            else "not named"
        )
        rows.append(row)
    return pd.DataFrame(rows)


def shown_cleaning(cleaning: pd.DataFrame) -> pd.DataFrame:
    """Write for a table what the faults of replies cost where they are left in.

    Parameters
    ----------
    cleaning : pandas.DataFrame
        The stored table of that name.

    Returns
    -------
    pandas.DataFrame
        `level, cleaned, received, difference`: mean errors in points, text.
    """
    named = cleaning[cleaning["quantity"].isin(NAMES)]
    kinds = named["kind"].map(lambda each: "" if each == "plain" else f", {each}")
    return pd.DataFrame({
        "level": named["quantity"].map(NAMES) + kinds,
        "cleaned": [f"{100 * each + 0.0:+.1f}" for each in named["error_cleaned"]],
        "received": [f"{100 * each + 0.0:+.1f}" for each in named["error_received"]],
        "difference": [
            _points(*each) for each in named[["difference", "difference_error"]].to_numpy()
        ],
    })  # fmt: skip

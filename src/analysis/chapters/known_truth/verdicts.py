"""When a rate of simulated surveys is called in range, and when too low or too high."""

import pandas as pd

from analysis.chapters.known_truth.names import NAMES, TESTS

#: What the study wants of intervals, and of tests where there is nothing to find.
COVERAGE, ERRORS = (0.935, 0.965), (0.04, 0.06)

#: The size that is judged: what the default survey receives.
REPLIES = 1_200

#: How many Monte Carlo errors a rate must be out of its range for the methods to be blamed.
MARGIN = 2.0

#: What a rate may be called.
IN_RANGE, CHANCE = "in range", "outside, by no more than chance"
LOW, HIGH = "too low", "too high"


def verdict(rate: float, error: float, wanted: tuple[float, float]) -> str:
    """Judge a rate by its wanted range and its Monte Carlo error.

    Parameters
    ----------
    rate, error : float
        The rate of surveys, and its error.
    wanted : tuple of float
        The lowest and the highest that is wanted.

    Returns
    -------
    str
        `IN_RANGE` if the rate itself is, however large its error; `CHANCE` if it is out by at most
        `MARGIN` errors; `LOW` or `HIGH` if it is out by more.

    Examples
    --------
    >>> [verdict(rate, 0.01, COVERAGE) for rate in (0.95, 0.92, 0.91, 0.99)]
    ['in range', 'outside, by no more than chance', 'too low', 'too high']
    """
    low, high = wanted
    if low <= rate <= high:
        return IN_RANGE
    if max(low - rate, rate - high) <= MARGIN * error:
        return CHANCE
    return LOW if rate < low else HIGH


def judged(estimates: pd.DataFrame, *, kind: str, replies: int = REPLIES) -> pd.DataFrame:
    """Choose the estimates of one kind and size, and judge how often intervals hold the truth.

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
        `quantity, level` (what it is called), `kind, shown` (surveys), `truth, bias, bias_error,
        coverage, coverage_error, verdict`, in the order of `NAMES`; the joint interval of all
        shifts in place of that of one, which is wider than one alone needs.
    """
    of = estimates["coverage"].notna() & (estimates["quantity"] != "shift")
    rows = estimates[of & (estimates["kind"] == kind) & (estimates["replies"] == replies)]
    rows = rows.set_index("quantity").reindex(
        [each for each in NAMES if each in set(rows["quantity"])]
    )
    rows = rows.assign(level=[NAMES[each] for each in rows.index])
    rows["verdict"] = _verdicts(rows["coverage"], rows["coverage_error"], COVERAGE)
    found = ["bias", "bias_error", "coverage", "coverage_error", "verdict"]
    return rows[["level", "kind", "shown", "truth", *found]].reset_index()


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
        `test, level, runs, errors, errors_error, power_runs, power, power_error, verdict`; the
        power and its surveys are NA where surveys with effects were not read for it.
    """
    mine = tests[(tests["replies"] == replies) & tests["test"].isin(TESTS)]
    none = mine[mine["variant"] != "effects"].set_index("test")
    some = mine[mine["variant"] == "effects"].set_index("test")
    rows = none.reindex([each for each in TESTS if each in none.index])
    some = some.reindex(rows.index)
    made = pd.DataFrame({
        "level": [TESTS[each] for each in rows.index],
        "runs": rows["runs"],
        "errors": rows["rejected"],
        "errors_error": rows["rejected_error"],
        "power_runs": some["runs"],
        "power": some["rejected"],
        "power_error": some["rejected_error"],
    }, index=rows.index)  # fmt: skip
    made["verdict"] = _verdicts(made["errors"], made["errors_error"], ERRORS)
    return made.rename_axis("test").reset_index()


def _verdicts(rates: pd.Series, errors: pd.Series, wanted: tuple[float, float]) -> list[str]:
    return [verdict(*each, wanted) for each in zip(rates, errors, strict=True)]

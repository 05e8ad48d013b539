"""The answer of notebook 10, and what is said below its tables."""

import pandas as pd

from analysis.chapters.known_truth.names import NAMES
from analysis.chapters.known_truth.reasons import BIASES, EXTREMES, REASONS
from analysis.chapters.known_truth.tables import COVERAGE, ERRORS, REPLIES
from analysis.report import in_sentence, listed

_MISSED = ("too low", "too high")
_UNKNOWN = "no reason has been found yet"


def answer_texts(
    plain: pd.DataFrame, weighted: pd.DataFrame, tests: pd.DataFrame, extremes: pd.DataFrame
) -> list[str]:
    """Answer the question of the notebook.

    Parameters
    ----------
    plain, weighted : pandas.DataFrame
        As `tables.judged` returns them.
    tests : pandas.DataFrame
        As `tables.judged_tests`.
    extremes : pandas.DataFrame
        The stored table.

    Returns
    -------
    list of str
        Sentences: where intervals hold, where tests err as they should, what is overstated.
    """
    return [
        _intervals(plain, "without weights"),
        _intervals(weighted, "with weights"),
        _errors(tests),
        overstated_sentence(extremes),
    ]


def _intervals(rows: pd.DataFrame, how: str) -> str:
    """Say of how many kinds of interval it is shown that they hold too seldom, or too often."""
    rows = rows.dropna(subset=["coverage"])
    if rows.empty:
        return f"Intervals {how} were not studied at {REPLIES:,} replies."
    low, high = (rows[rows["verdict"] == each] for each in _MISSED)
    wanted = f"{100 * COVERAGE[0]:g} to {100 * COVERAGE[1]:g}%"
    said = (
        f"Of {len(rows)} kinds of 95% interval {how}, in surveys of {REPLIES:,} replies, "
        f"{len(low) or 'none'} {_is(len(low))} shown to hold less often than wanted ({wanted} of "
        f"surveys){_named(low)}, and {len(high) or 'none'} more often{_named(high)}."
    )
    untold = int((rows["verdict"] == "cannot be told").sum())
    return f"{said} Of {untold} it cannot be told from so many surveys." if untold else said


def _is(count: int) -> str:
    return "are" if count > 1 else "is"


def _named(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    names = [in_sentence(each) for each in rows["level"]]
    lowest = rows.loc[rows["coverage"].sub(0.95).abs().idxmax(), "coverage"]
    return f" ({listed(names, most=4)}; furthest {100 * lowest:.0f}%)"


def _errors(tests: pd.DataFrame) -> str:
    """Say of how many tests it is shown that they err too often where there is nothing to find."""
    often, seldom = (tests[tests["verdict"] == each] for each in ("too high", "too low"))
    within = int((~tests["verdict"].isin(_MISSED)).sum())
    names = [in_sentence(each) for each in often["level"]]
    wanted = f"{100 * ERRORS[0]:g} to {100 * ERRORS[1]:g}%"
    more = f" ({listed(names, most=4)})" if names else ""
    return (
        f"Where there is nothing to find, {len(often) or 'none'} of {len(tests)} tests and claims "
        f"{_is(len(often))} shown to find something more often than wanted ({wanted}){more}, "
        f"{len(seldom) or 'none'} less often; of {within} nothing else is shown."
    )


def overstated_sentence(extremes: pd.DataFrame) -> str:
    """Say by how much what is named first overstates its own truth.

    Parameters
    ----------
    extremes : pandas.DataFrame
        The stored table of that name.

    Returns
    -------
    str
        One sentence on those shown to be overstated, the most first.
    """
    mine = extremes[
        (extremes["replies"] == REPLIES)
        & (extremes["kind"] != "weighted")
        & (extremes["named"] > 9)
    ]
    clear = mine[mine["overstated"] > 2 * mine["overstated_error"]]
    clear = clear.sort_values("overstated", ascending=False)
    if clear.empty:
        return "Nothing named first is shown to overstate its own truth."
    said = [
        f"{in_sentence(NAMES[row.quantity])} by {100 * row.overstated:.1f} points "
        f"(Monte Carlo error {100 * row.overstated_error:.1f})"
        for row in clear.head(4).itertuples()
    ]
    return (
        f"What is named as an extreme lies further out than its own truth, as a winner does: "
        f"{listed(said, most=4)}."
    )


def reason_list(rows: pd.DataFrame) -> list[str]:
    """Give the reason of each interval or test that is shown to miss its range.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `tables.judged` or `tables.judged_tests` returns them.

    Returns
    -------
    list of str
        A sentence each, with the rate and its error; one that says so if none misses its range.
    """
    key, rate = ("quantity", "coverage") if "quantity" in rows else ("test", "errors")
    missed = rows[rows["verdict"].isin(_MISSED)]
    said = [
        f"**{row['level']}**, {100 * row[rate]:.1f}% (Monte Carlo error "
        f"{100 * row[f'{rate}_error']:.1f}), {row['verdict']}: "
        f"{REASONS.get(row[key], _UNKNOWN)}."
        for _, row in missed.iterrows()
    ]
    return said or ["None is shown to miss its range."]


def bias_list(rows: pd.DataFrame) -> list[str]:
    """Give the reason of each estimate that is shown to be wrong on average by a tenth of a point.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `tables.judged` returns it.

    Returns
    -------
    list of str
        A sentence each, of those whose bias is more than three Monte Carlo errors from 0; one that
        says so if there is none.
    """
    clear = rows["bias"].abs() > 3 * rows["bias_error"]
    said = [
        f"**{row['level']}** is wrong on average by {100 * row['bias']:+.1f} points (Monte Carlo "
        f"error {100 * row['bias_error']:.1f}): {BIASES.get(row['quantity'], _UNKNOWN)}."
        for _, row in rows[clear & (rows["bias"].abs() >= 0.001)].iterrows()
    ]
    return said or ["Of no estimate a bias of a tenth of a point or more is shown."]


def extreme_reasons(extremes: pd.DataFrame) -> list[str]:
    """Say what lies behind the extremes that overstate themselves.

    Parameters
    ----------
    extremes : pandas.DataFrame
        The stored table of that name.

    Returns
    -------
    list of str
        Sentences.
    """
    there = set(extremes.loc[extremes["replies"] == REPLIES, "quantity"])
    return [said for name, said in EXTREMES.items() if name in there]


def again_sentence(again: pd.DataFrame) -> str:
    """Say whether surveys that were made again give the stored numbers.

    Parameters
    ----------
    again : pandas.DataFrame
        As `known_command.run_again` returns it.

    Returns
    -------
    str
        One sentence.
    """
    numbers, equal = int(again["numbers"].sum()), int(again["equal"].sum())
    same = (
        "all of them are equal to those stored"
        if equal == numbers
        else (f"{equal:,} of them are equal to those stored: the tables are of another version")
    )
    return (
        f"{len(again)} of the surveys were simulated, cleaned and read again from their seeds; of "
        f"{numbers:,} numbers {same}."
    )


def cleaning_sentence(cleaning: pd.DataFrame) -> str:
    """Say what the faults of replies would cost if they were left in.

    Parameters
    ----------
    cleaning : pandas.DataFrame
        The stored table of that name.

    Returns
    -------
    str
        One sentence on the differences that are shown.
    """
    mine = cleaning[cleaning["quantity"].isin(NAMES) & cleaning["difference_error"].notna()]
    mine = mine[~mine["quantity"].eq("replies_kept")]
    clear = mine[mine["difference"].abs() > 2 * mine["difference_error"]]
    clear = clear.loc[clear["difference"].abs().sort_values(ascending=False).index]
    if clear.empty:
        return "Of no headline it is shown that the faults of replies would change it."
    kinds = {"plain": "", "weighted": " with weights"}
    said = [
        f"{in_sentence(NAMES[row.quantity])}{kinds.get(row.kind, '')} by "
        f"{100 * row.difference:+.1f} points (Monte Carlo error {100 * row.difference_error:.1f})"
        for row in clear.head(4).itertuples()
    ]
    return f"Left in, the faults of replies change {listed(said, most=4)}."

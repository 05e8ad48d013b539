"""The answer of notebook 10, and what is said below its tables."""

import pandas as pd

from analysis.chapters.known_truth.names import NAMES
from analysis.chapters.known_truth.units import outwards, unit_of
from analysis.chapters.known_truth.verdicts import (
    CHANCE,
    COVERAGE,
    ERRORS,
    HIGH,
    IN_RANGE,
    LOW,
    MARGIN,
    REPLIES,
)
from analysis.report import in_sentence, listed


def answer_texts(
    plain: pd.DataFrame, weighted: pd.DataFrame, tests: pd.DataFrame, extremes: pd.DataFrame
) -> list[str]:
    """Answer the question of the notebook.

    Parameters
    ----------
    plain, weighted : pandas.DataFrame
        As `verdicts.judged` returns them.
    tests : pandas.DataFrame
        As `verdicts.judged_tests`.
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
    """Say how many kinds of interval contain the truth as often as wanted, and name the lowest."""
    rows = rows.dropna(subset=["coverage"])
    if rows.empty:
        return f"Intervals {how} were not studied at {REPLIES:,} replies."
    said = (
        f"Of {len(rows)} kinds of 95% interval {how}, in surveys of {REPLIES:,} replies, "
        f"{_counted(rows, 'coverage', f'the truth is inside in {_range(COVERAGE)} of surveys')}."
    )
    lowest = _furthest(rows.loc[rows["coverage"].idxmin()], "coverage")
    doubt = (
        ""
        if (rows["verdict"] == LOW).any()
        else ": that none is shown to be too low is no proof "
        "that every one contains the truth often enough"
    )
    return f"{said} The lowest rate is {lowest}{doubt}."


def _counted(rows: pd.DataFrame, rate: str, wanted: str) -> str:
    """Count the verdicts, and name what is too low and too high."""
    inside, chance, low, high = (
        rows[rows["verdict"] == each] for each in (IN_RANGE, CHANCE, LOW, HIGH)
    )
    return (
        f"{len(inside) or 'none'} {'lies' if len(inside) < 2 else 'lie'} in the wanted range "
        f"({wanted}), {len(chance) or 'none'} outside by no more than chance (at most {MARGIN:g} "
        f"Monte Carlo errors), {len(low) or 'none'} {_is(len(low))} too low by more"
        f"{_named(low, rate)} and {len(high) or 'none'} too high{_named(high, rate)}"
    )


def _range(wanted: tuple[float, float]) -> str:
    return f"{100 * wanted[0]:g} to {100 * wanted[1]:g}%"


def _is(count: int) -> str:
    return "are" if count > 1 else "is"


def _named(rows: pd.DataFrame, rate: str) -> str:
    """Name rows, the one with the most extreme rate with that rate."""
    if rows.empty:
        return ""
    names = [in_sentence(each) for each in rows["level"]]
    middle = sum(COVERAGE if rate == "coverage" else ERRORS) / 2
    furthest = rows.loc[rows[rate].sub(middle).abs().idxmax(), rate]
    return f" ({listed(names, most=4)}; furthest {100 * furthest:.1f}%)"


def _furthest(row: pd.Series, rate: str) -> str:
    return (
        f"{100 * row[rate]:.1f}% ({in_sentence(row['level'])}, Monte Carlo error "
        f"{100 * row[f'{rate}_error']:.1f})"
    )


def _errors(tests: pd.DataFrame) -> str:
    """Say how many tests err as often as wanted where there is nothing, and name the highest."""
    if tests.empty:
        return f"Tests were not studied at {REPLIES:,} replies."
    highest = _furthest(tests.loc[tests["errors"].idxmax()], "errors")
    doubt = (
        ""
        if (tests["verdict"] == HIGH).any()
        else ": that none is shown to be too high is no proof that every one errs seldom enough"
    )
    counted = _counted(tests, "errors", f"something is found in {_range(ERRORS)} of surveys")
    return (
        f"Where there is nothing to find, of {len(tests)} tests and claims {counted}. The highest "
        f"rate is {highest}{doubt}."
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
    made = (
        f"{len(again)} of the surveys were simulated, cleaned and read again from their seeds; of "
        f"{numbers:,} numbers"
    )
    if equal == numbers:
        return f"{made} all are equal to those stored."
    return (
        "**Warning: the stored tables are of another version of the methods, and what stands "
        f"above is about that one.** {made} only {equal:,} are equal to those stored; run "
        "`python -m analysis validate`."
    )


def cleaning_sentence(cleaning: pd.DataFrame, extremes: pd.DataFrame) -> str:
    """Say what the faults of replies would change if they were left in.

    Parameters
    ----------
    cleaning, extremes : pandas.DataFrame
        The stored tables of these names.

    Returns
    -------
    str
        One sentence on the differences that are shown, those in points first, the largest first.
    """
    mine = cleaning[cleaning["quantity"].isin(NAMES) & cleaning["difference_error"].notna()]
    mine = mine[~mine["quantity"].eq("replies_kept")]
    clear = mine[mine["difference"].abs() > MARGIN * mine["difference_error"]]
    if clear.empty:
        return "Of no headline it is shown that the faults of replies would change it."
    scale = [unit_of(each).factor for each in clear["quantity"]]
    clear = clear.assign(scale=scale, size=clear["difference"].abs())
    clear = clear.sort_values(["scale", "size"], ascending=False, kind="stable")
    kinds = {"plain": "", "weighted": " with weights"}
    said = []
    for row in clear.head(4).itertuples():
        unit, sign = unit_of(row.quantity), outwards(row.quantity, extremes)
        change, error = unit.written(sign * row.difference, row.difference_error).split(" ± ")
        said.append(
            f"{in_sentence(NAMES[row.quantity])}{kinds.get(row.kind, '')} by {change}{unit.said} "
            f"(Monte Carlo error {error})"
        )
    return f"Left in, the faults of replies change {listed(said, most=4)}."

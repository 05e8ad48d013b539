"""Why rates of notebook 10 miss their range, estimates the truth, and extremes overstate."""

import pandas as pd

from analysis.chapters.known_truth.reasons import BIASES, EXTREMES, WEIGHTED_BIASES, WIDER
from analysis.chapters.known_truth.units import unit_of
from analysis.chapters.known_truth.verdicts import HIGH, LOW, MARGIN, REPLIES
from analysis.report import at_start

#: Standard deviation of the true gaps of districts below which they hardly differ.
FLAT = 0.04

_UNKNOWN = "no reason has been found yet"


def reason_list(rows: pd.DataFrame, how: str = "") -> list[str]:
    """Give the reason of each interval or test that is shown to miss its range.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `verdicts.judged` or `verdicts.judged_tests` returns them.
    how : str
        What the rows are, such as "without weights", said first.

    Returns
    -------
    list of str
        A sentence each, with the rate and its error; one that says so if none misses its range.
    """
    key, rate = ("quantity", "coverage") if "quantity" in rows else ("test", "errors")
    missed = rows[rows["verdict"].isin([LOW, HIGH])]
    said = [
        f"**{row['level']}**, {100 * row[rate]:.1f}% (Monte Carlo error "
        f"{100 * row[f'{rate}_error']:.1f}), {row['verdict']}: {_reason(row, key)}."
        for _, row in missed.iterrows()
    ]
    return _led(said or ["no rate is out of its range by more than chance."], how)


def _reason(row: pd.Series, key: str) -> str:
    """Say why a rate misses its range: intervals too long, or estimates wrong on average."""
    long = row["verdict"] == (HIGH if key == "quantity" else LOW)
    if long:
        name = row[key].removeprefix("interval: ").removesuffix(", weighted")
        return WIDER.get(name, _UNKNOWN)
    if key == "quantity" and abs(row["bias"]) > 3 * row["bias_error"]:
        unit = unit_of(row["quantity"])
        return f"its estimate is wrong on average, by {unit.signed(row['bias'])}{unit.said}"
    return _UNKNOWN


def _led(said: list[str], how: str) -> list[str]:
    """Put what the rows are before the first sentence."""
    first = f"{at_start(how)}: {said[0]}" if how else at_start(said[0])
    return [first, *said[1:]]


def bias_list(rows: pd.DataFrame, how: str = "") -> list[str]:
    """Give the reason of each estimate that is shown to be wrong on average.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `verdicts.judged` returns it.
    how : str
        As for `reason_list`.

    Returns
    -------
    list of str
        A sentence each, of those whose bias is more than three Monte Carlo errors from 0 and, in
        its unit, worth speaking of; one that says so if there is none.
    """
    said = []
    for row in rows.itertuples():
        unit = unit_of(row.quantity)
        if abs(row.bias) <= 3 * row.bias_error or abs(row.bias) < unit.least:
            continue
        bias, error = unit.written(row.bias, row.bias_error).split(" ± ")
        known = BIASES | (WEIGHTED_BIASES if row.kind == "weighted" else {})
        said.append(
            f"**{row.level}** is wrong on average by {bias}{unit.said} (Monte Carlo error "
            f"{error}): {known.get(row.quantity, _UNKNOWN)}."
        )
    none = (
        "no estimate is shown to be wrong on average by a tenth of a point, or by 0.01 on a scale."
    )
    return _led(said or [none], how)


def gaps_sentence(gaps: pd.DataFrame, *, replies: int = REPLIES) -> list[str]:
    """Say on which measures the intervals of districts' gaps contain the truth too often.

    Parameters
    ----------
    gaps : pandas.DataFrame
        The stored table of that name.
    replies : int
        Of which surveys.

    Returns
    -------
    list of str
        A sentence; none without a measure on either side of `FLAT`.

    Examples
    --------
    >>> gaps = pd.DataFrame({"replies": 1_200, "spread": [0.01, 0.05], "coverage": [1.0, 0.95],
    ...                      "measure": ["Themes", "Ease"], "runs": 30})
    >>> gaps_sentence(gaps)[0].partition(": ")[2][:60]
    'on the 1 whose districts truly spread by less than 4 points '
    """
    mine = gaps[gaps["replies"] == replies].dropna(subset=["spread"])
    few = mine["spread"] < FLAT
    if not few.any() or few.all():
        return []
    flat, spread = (100 * mine.loc[each, "coverage"].mean() for each in (few, ~few))
    return [
        f"Gaps, measure by measure: on the {few.sum()} whose districts truly spread by less than "
        f"{100 * FLAT:.0f} points (standard deviation) {flat:.1f}% of intervals contain the truth, "
        f"on the {(~few).sum()} where they spread by more {spread:.1f}%."
    ]


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
    mine = extremes[(extremes["replies"] == REPLIES) & (extremes["kind"] == "plain")]
    rows = mine.set_index("quantity")
    return [
        said
        for name, (when, said) in EXTREMES.items()
        if name in rows.index and when in _standing(rows.loc[name])
    ]


def _standing(row: pd.Series) -> tuple[str, ...]:
    """Tell what is shown of an extreme, in the words of `EXTREMES`."""
    far = row["overstated"] / row["overstated_error"] if row["overstated_error"] else 0.0
    if far > MARGIN:
        return "over", "ever"
    return ("under", "not over", "ever") if far < -MARGIN else ("not over", "ever")

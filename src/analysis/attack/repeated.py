"""Figures, headlines and sentences: whether each of their numbers stands in a table beside them.

The register holds what tables say. What figures draw and headlines say is then in it as well, if it
repeats them; what does not is named here, with the rule that keeps it from telling of few. So are
sentences, and the words that stand for figures (`sentences`).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.attack import sentences
from analysis.attack.published import Table, texts_of

#: Figures and headlines with numbers of their own, as patterns -> a rule of `other_numbers`.
OTHERWISE = {
    r"01_.* replies_kept": "replies",
    r"03_by_district": "shift",
    r"03_.* same_answer": "read",
    r"04_cuts": "model",
    r"04_.* districts": "model",
    r"04_.* satisfied": "read",
    r"05_.*_by_contact": "derived",
    r"05_together": "derived",
    r"05_.*_good": "read",
    r"06_.* video_likely": "read",
    r"06_.* digital_elsewhere": "derived",
    r"07_by_channel": "derived",
    r"07_what_why": "read",
    r"07_.* change_same_as_why": "derived",
    r"09_.*": "choices",
    r"10_.*": "simulated",
}

#: Columns of a headline whose numbers are said.
_SAID = ["estimate", "conf_low", "conf_high", "n"]

#: Further ones, which are weighted.
_WEIGHTED = ["weighted", "weighted_low", "weighted_high", "n_weighted"]


def beyond_tables(tables: Iterable[Table], folder: Path) -> tuple[list[str], Counter[str]]:
    """Look for the numbers of figures, headlines and sentences in the tables of their notebook.

    Parameters
    ----------
    tables : iterable of Table
        Of executed notebooks.
    folder : pathlib.Path
        ``reports/<survey>``: `figures/` has a CSV file of what is drawn beside each figure, and
        `headlines.csv` the headlines. What there is not of these is passed over.

    Returns
    -------
    tuple of list of str and Counter
        Figures and headlines with numbers that stand in no table of their notebook and have no
        rule, with the first such number, and such numbers of sentences; and rule -> how many
        figures, headlines and numbers of sentences have one.

    Notes
    -----
    A number stands in a table if it is written there as people, as percent or signed points with up
    to one decimal, or with two or three: that another number happens to be written alike is
    possible.
    """
    known: dict[str, set[str]] = {}
    for table in tables:
        texts = (*(cell for row in table.rows for cell in row), *table.heads, table.note)
        found = known.setdefault(table.notebook[:2], set())
        for text in (*texts, table.caption):
            found.update(each.replace(",", "") for each in sentences.NUMBER.findall(text))
    unknown, by_rule = [], Counter()
    every = [*_drawn(folder / "figures"), *_said(folder / "headlines.csv")]
    for name, numbers in every:
        missing = [each for each in numbers if not _written(each) & known.get(name[:2], set())]
        if not missing:
            continue
        rule = next((r for pattern, r in OTHERWISE.items() if re.fullmatch(pattern, name)), "")
        if rule:
            by_rule[rule] += 1
        else:
            unknown.append(f"{name}: {missing[0]:g} stands in no table of its notebook")
    for name, numbers in [*every, *_said(folder / "headlines.csv", _WEIGHTED)]:
        found = known.setdefault(name[:2], set())
        found.update(text for each in numbers for text in _written(each))
    plain = {name: {each.lstrip("+-") for each in found} for name, found in known.items()}
    further, by_other = sentences.unknown_numbers(texts_of(folder), plain)
    return [*unknown, *further], by_rule + by_other


def _drawn(folder: Path) -> list[tuple[str, list[float]]]:
    """Return the numbers of each figure."""
    found = []
    for path in sorted(folder.glob("[0-9][0-9]_*.csv")):
        rows = pd.read_csv(path)
        rough = rows["n_low"].notna() if "n_low" in rows else pd.Series(False, index=rows.index)
        if "n" in rows:  # told as a range from n_low to n_high
            rows["n"] = rows["n"].mask(rough)
        numbers = rows.select_dtypes("number").to_numpy(dtype=float).ravel()
        found.append((path.stem, numbers[~np.isnan(numbers)].tolist()))
    return found


def _said(path: Path, columns: Sequence[str] = _SAID) -> list[tuple[str, list[float]]]:
    """Return the numbers of each headline, named by notebook and finding."""
    if not path.is_file():
        return []
    rows = pd.read_csv(path)
    return [
        (f"{row['notebook']} {row['finding']}", row[list(columns)].dropna().astype(float).tolist())
        for _, row in rows.iterrows()
    ]


def _written(value: float) -> set[str]:
    """Return how a number may be written: as people, percent, signed points or decimals.

    Examples
    --------
    >>> sorted(_written(632.4))
    ['632', '632%', '632.4']
    >>> sorted(_written(0.276))
    ['+27', '+27.6', '+28', '0.27', '0.276', '0.28', '0.3', '27%', '27.6%', '28%']
    >>> sorted(_written(-0.276))
    ['-0.27', '-0.276', '-0.28', '-0.3', '-27', '-27.6', '-28']
    """
    size = abs(value)
    if size > 1 or size == 0:
        return {f"{size:.0f}", f"{size:.1f}", f"{size:.0f}%"}
    found = {f"{value:.1f}", f"{value:.3f}"}
    for unit in (1, 10):
        ends = (math.floor(100 * unit * value + 1e-9), math.ceil(100 * unit * value - 1e-9))
        for end in ends:
            text = f"{end / unit:.{unit // 10}f}"
            found |= {f"{text}%", f"+{text}"} if value > 0 else {text}
            found |= {f"{end / 100:.2f}"} if unit == 1 else set()
    return found | ({"1"} if size == 1 else set())

"""Shifts of shares between two waves, without weights and with those of each wave."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from analysis import proportions
from analysis.numerics import holm
from analysis.privacy import hidden_in_either, hidden_weighted_in_either, hide, rule_of
from analysis.survey.wording import listed
from analysis.waves.blocks import Block
from analysis.waves.loading import BROUGHT, Pair, Wave

#: Columns of every table of changes: first without weights, then with them.
COLUMNS = [
    "family", "measure", "first", "second", "estimate", "conf_low", "conf_high", "p_adjusted",
    "n_first", "n_second", "weighted_first", "weighted_second", "weighted", "weighted_low",
    "weighted_high", "weighted_p", "n_weighted_first", "n_weighted_second",
]  # fmt: skip


def share_rows(waves: Pair, blocks: Iterable[Block]) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """Compare shares of yes between two waves, block by block.

    Parameters
    ----------
    waves : Pair
        The two waves.
    blocks : iterable of Block
        What is compared.

    Returns
    -------
    tuple of pandas.DataFrame and list of tuple of str
        `COLUMNS`, unrounded, of the rows that may be shown, with p-values adjusted by Holm's
        method within each family, those with weights in a family of their own; and family and
        measure of those that may not be.

    Notes
    -----
    Without weights: Newcombe's interval for a difference of independent shares (1998, Stat. Med.
    17, method 10) and Fisher's exact test (`proportions.compare`). With weights: both waves by
    linearisation, each with the margins of its own raking (`proportions.independent_differences`).
    """
    rows, hidden = [], []
    for block in blocks:
        made, secret = _block_rows(waves, block)
        rows.append(made)
        hidden += [(block.family, name) for name in secret]
    kept = [each for each in rows if len(each)]
    table = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=COLUMNS)
    return adjusted(table), hidden


def adjusted(rows: pd.DataFrame) -> pd.DataFrame:
    """Adjust p-values by Holm's method within each family, with weights and without.

    Parameters
    ----------
    rows : pandas.DataFrame
        `COLUMNS`, with plain p-values.

    Returns
    -------
    pandas.DataFrame
        The same rows.
    """
    rows = rows.copy()
    for name in ("p_adjusted", "weighted_p"):
        for _, mine in rows.groupby("family", sort=False):
            there = mine[name].dropna()
            if len(there):
                rows.loc[there.index, name] = holm(there.to_numpy(dtype=float))
    return rows[COLUMNS]


def _block_rows(waves: Pair, block: Block) -> tuple[pd.DataFrame, list[str]]:
    names, rule = list(block.yes[0].columns), rule_of(waves.second.survey.codebook)
    if not all(len(each) for each in block.yes):
        return pd.DataFrame(columns=COLUMNS), names
    counts, n = [each.sum().to_numpy() for each in block.yes], [len(each) for each in block.yes]
    secret = hidden_in_either(counts, n, rule=rule, complete=block.complete)
    secret |= np.array([name in block.hidden for name in names])
    out = np.array([name in block.left_out for name in names])
    second = np.repeat([False, True], n)
    both = pd.concat(block.yes, ignore_index=True)
    found = proportions.compare(both.astype(float), pd.Series(second))
    rows = found.assign(
        family=block.family,
        measure=names,
        first=found["share_first"],
        second=found["share_second"],
        p_adjusted=found["p_value"],
    )
    mine = [_weighted_part(each, part) for each, part in zip(waves.waves, block.yes, strict=True)]
    heavy = _weighted(waves, mine) if block.weighted else None
    if heavy is not None:
        told = ~hidden_weighted_in_either(
            counts, n, [each.sum().to_numpy() for each in mine], [len(each) for each in mine],
            rule=rule, complete=block.complete,
        )  # fmt: skip
        for name in heavy:
            rows[name] = hide(heavy[name], ~told)
    rows = rows.reindex(columns=COLUMNS)[~secret & ~out]
    return rows, [name for name, no in zip(names, secret & ~out, strict=True) if no]


def _weighted_part(wave: Wave, yes: pd.DataFrame) -> pd.DataFrame:
    return yes.iloc[:0] if wave.weighing is None else wave.weighing.people(yes)


def _weighted(waves: Pair, yes: Sequence[pd.DataFrame]) -> pd.DataFrame | None:
    """Compare weighted shares; None where a wave has no weights."""
    if not all(len(each) for each in yes):
        return None
    estimates = [
        proportions.linearised(part.astype(float), weights=wave.weighing.weights)
        for wave, part in zip(waves.waves, yes, strict=True)
    ]
    return weighted_columns(proportions.independent_differences(*estimates))


def weighted_columns(found: pd.DataFrame) -> pd.DataFrame:
    """Name the columns of a weighted comparison as the tables of changes do.

    Parameters
    ----------
    found : pandas.DataFrame
        As `proportions.independent_differences` returns it.

    Returns
    -------
    pandas.DataFrame
        The weighted ones of `COLUMNS`, in the order of the rows.
    """
    names = {
        "first": "weighted_first", "second": "weighted_second", "estimate": "weighted",
        "conf_low": "weighted_low", "conf_high": "weighted_high", "p_value": "weighted_p",
        "n_first": "n_weighted_first", "n_second": "n_weighted_second",
    }  # fmt: skip
    return found.rename(columns=names)[list(names.values())]


def weights_of(waves: Pair) -> str:
    """Say what the weights of the two waves are.

    Parameters
    ----------
    waves : Pair
        The two waves.

    Returns
    -------
    str
        One sentence or two.
    """
    named = {each.label: each.weighed_to for each in waves.waves}
    without = [label for label, to in named.items() if not to]
    if without:
        return f"There are no weighted numbers, since {listed(without)} cannot be weighted."
    drawn = " Weighted intervals take the people for drawn one by one."
    if len(set(named.values())) == 1:
        to = waves.second.weighed_to
        one = f"Each wave is weighted on its own, to one population: {to}."
        return (f"Each wave has {to}." if to == BROUGHT else one) + drawn
    said = "; ".join(f"{label} to {to}" for label, to in named.items())
    return (
        f"The waves are weighted to two populations: {said}. A weighted change is one between "
        f"these, and holds what changed in them.{drawn}"
    )

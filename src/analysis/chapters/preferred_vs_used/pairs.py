"""Who used what and would rather have what, as far as it may be shown."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.privacy import (
    JOINT,
    ToldShare,
    hide_small,
    ranged_table,
    rule_of,
    told_share,
)
from analysis.survey.codebook import Codebook


def shown_moves(
    moves: pd.DataFrame, group_shifts: pd.DataFrame, kept: Sequence[str], codebook: Codebook
) -> pd.DataFrame:
    """Round the counts of `paired.moves`, and hide small ones and what would give them away.

    Parameters
    ----------
    moves, group_shifts : pandas.DataFrame
        As `paired.moves` and `paired.shifts` return them for groups of channels.
    kept : sequence of str
        The groups that are shown.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `group, n` (exact), then a column a group. Where a person gives one answer, rows and
        columns add up to totals that readers know, and people who stay in a group to a count that
        they can work out from its interval: `privacy.ranged_table` allows for both, and a cell is
        NA where it tells a range.
    """
    return _moves(moves, group_shifts, kept, codebook)[0]


def ranged_moves(
    moves: pd.DataFrame, group_shifts: pd.DataFrame, kept: Sequence[str], codebook: Codebook
) -> pd.DataFrame:
    """Tell the counts of `paired.moves` as text, small ones by ranges.

    Parameters
    ----------
    moves, group_shifts, kept, codebook
        As for `shown_moves`.

    Returns
    -------
    pandas.DataFrame
        The rows and columns of `shown_moves`, counts as text such as "40", "under 10" or
        "10 to 29".
    """
    return _moves(moves, group_shifts, kept, codebook)[1]


def _moves(
    moves: pd.DataFrame, group_shifts: pd.DataFrame, kept: Sequence[str], codebook: Codebook
) -> list[pd.DataFrame]:
    """Return the moves as numbers, and as text."""
    rule = rule_of(codebook)
    cells = moves[list(moves["answer"])].set_axis(moves["answer"], axis=0)
    adds_up = (cells.sum(axis=1).to_numpy() == moves["n"].to_numpy()).all()
    exact = np.diag((~rule.few(group_shifts[JOINT])).all(axis=1).to_numpy())
    totals = {"row_totals": cells.sum(axis=1), "column_totals": cells.sum(axis=0)}
    told = ranged_table(
        cells, rule=rule,
        **({name: (each, each) for name, each in totals.items()} if adds_up else {}),
        known=exact if adds_up else None,
    )  # fmt: skip
    rows, found = moves["answer"].isin(kept).to_numpy(), []
    for table in (told.people, told.text):
        shown = table.loc[rows, list(kept)].reset_index(drop=True)
        shown.insert(0, "n", moves.loc[rows, "n"].to_numpy())
        shown.insert(0, "group", moves.loc[rows, "answer"].to_numpy())
        found.append(shown)
    return found


def stayed(
    moves: pd.DataFrame, group_shifts: pd.DataFrame, codebook: Codebook
) -> dict[str, ToldShare]:
    """Give the share of each group of channels whose people prefer what they used.

    Parameters
    ----------
    moves : pandas.DataFrame
        As `shown_moves` returns it.
    group_shifts : pandas.DataFrame
        As `paired.shifts` returns it for groups of channels.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    dict
        Group -> share, of those whose cell in `moves` is shown: exact where nobody is rare of who
        named the group in both answers or in one alone.
    """
    rule, people = rule_of(codebook), group_shifts.set_index("answer")
    told = {}
    for _, row in moves.iterrows():
        group = row["group"]
        if pd.notna(row[group]):
            kinds = people.loc[group]
            exact = rule.enough(*kinds[JOINT])
            share = told_share(int(kinds["n_both"]), int(kinds["n_used"]), rule=rule, exact=exact)
            told |= {} if share is None else {group: share}
    return told


def shown_overlaps(shifts: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count, for each channel, who named it in both answers and who in one alone.

    Parameters
    ----------
    shifts : pandas.DataFrame
        As `paired.shifts` returns it, of questions with several answers.
    codebook : Codebook
        Its threshold and words.

    Returns
    -------
    pandas.DataFrame
        A row a channel, three columns of people. The shares of each answer are known, so a
        small count hides its whole row.
    """
    shown = hide_small(
        shifts.set_index("answer")[JOINT],
        counts=JOINT,
        values=JOINT,
        rule=rule_of(codebook),
        complete=False,
    )
    words = codebook.words
    names = ["Both", f"{words.used_short} only", f"{words.preferred_short} only"]
    return shown.set_axis(names, axis=1)

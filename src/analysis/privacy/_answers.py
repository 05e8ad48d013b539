"""What may be shown of ordered answers: of everybody, and of groups of people."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.privacy._marks import mark
from analysis.privacy._ranges import RangedTable, known_together, ranged_table
from analysis.privacy._rounding import (
    round_people,
    round_table,
    rounded_out,
    rounded_totals,
    told_alike,
)
from analysis.privacy._rule import Rule, rule_of
from analysis.privacy._suppression import hide_small
from analysis.proportions import distribution
from analysis.survey.codebook import Codebook


def shown_answers(
    groups: pd.Series | pd.DataFrame,
    answers: pd.Series,
    codebook: Codebook,
    **known: object,
) -> pd.DataFrame:
    """Count the answers of each group of people, rounded so that no small count shows.

    Parameters
    ----------
    groups : pandas.Series or pandas.DataFrame
        The group of each person, Categorical, or indicators of several groups.
    answers : pandas.Series
        Ordered Categorical.
    codebook : Codebook
        Its threshold.
    **known
        What else readers know of groups that do not overlap: `together`, `rounded`, as
        `ranged_answers` takes them.

    Returns
    -------
    pandas.DataFrame
        `level, n`, then a column an answer with people rounded as `ranged_answers` does it; NA
        where that tells a range. Groups below the threshold are left out, but guarded like the
        others: together they are what a known total leaves. Of several groups each is rounded in
        a table with the people who are not in it, whom its total and everybody's would give away.
    """
    return _laid_out(groups, answers, codebook, known)[0]


def answer_ranges(
    groups: pd.Series | pd.DataFrame,
    answers: pd.Series,
    codebook: Codebook,
    **known: object,
) -> pd.DataFrame:
    """Tell the answers of each group of people as text: rounded, or as a range.

    Parameters
    ----------
    groups, answers, codebook, **known
        As for `shown_answers`.

    Returns
    -------
    pandas.DataFrame
        The rows and columns of `shown_answers`, answers as text such as "40", "under 10" or
        "10 to 29".
    """
    return _laid_out(groups, answers, codebook, known)[1]


def ranged_answers(
    counts: pd.DataFrame,
    *,
    rule: Rule,
    together: Sequence[str] = (),
    rounded: bool = False,
) -> RangedTable:
    """Tell the answers of groups of people by ranges, where all totals are known.

    Parameters
    ----------
    counts : pandas.DataFrame
        A row a group, a column an answer. The groups are all people who answered.
    rule : Rule
        How few people are too few.
    together : sequence of str
        Answers whose share together readers know group by group, but for groups of which few gave
        one of them, or few another.
    rounded : bool
        True if the totals of answers, and the shares together, are told as `rounded_distribution`
        tells them, in whole percent with their interval; else exactly.

    Returns
    -------
    RangedTable
        As `ranged_table`.

    Examples
    --------
    >>> counts = pd.DataFrame({"poor": [40, 52, 31], "good": [38, 14, 33], "best": [25, 4, 3]})
    >>> ranged_answers(counts, rule=Rule(10)).text["best"].tolist()
    ['20 to 39', 'under 10', 'under 10']
    """
    rows, answers = counts.sum(axis=1), counts.sum(axis=0)
    columns = rounded_totals(counts, rule=rule)[1] if rounded else (answers, answers)
    named = counts.columns.isin(list(together))
    best = counts.loc[:, named].sum(axis=1)
    split = ~(rule.few(best) | rule.few(rows - best)) & bool(0 < named.sum() < len(named))
    sums = []
    for at in np.flatnonzero(split):
        ends = told_alike(best.iloc[at], rows.iloc[at], rule.fewest) if rounded else ()
        sums.append(
            (np.outer(np.arange(len(counts)) == at, named), *(ends or (best.iloc[at],) * 2))
        )
    if not rounded:  # the others are known too: as `round_crossed` has it of the data tables
        others = [each for each in counts.columns if each not in together]
        sums += known_together(counts, others, rule=rule)
    return ranged_table(
        counts, rule=rule, row_totals=(rows, rows), column_totals=columns, sums=sums
    )


def _laid_out(
    groups: pd.Series | pd.DataFrame,
    answers: pd.Series,
    codebook: Codebook,
    known: Mapping[str, object],
) -> list[pd.DataFrame]:
    """Return the people of each group and answer as numbers, and as text."""
    counts, rule = answer_counts(groups, answers), rule_of(codebook)
    counts = counts[counts.sum(axis=1) > 0]
    n = counts.sum(axis=1)
    if isinstance(groups, pd.DataFrame):
        people = _against_others(counts, answers, codebook)
        text = people.map(lambda each: mark(each) if pd.isna(each) else f"{each:,.0f}")
    else:
        told = ranged_answers(counts, rule=rule, **known)
        people, text = told.people, told.text
    found = []
    for table in (people, text):
        shown = table.assign(n=n)[["n", *counts.columns]][~rule.few(n)]
        found.append(shown.rename_axis(index="level", columns=None).reset_index())
    return found


def _against_others(counts: pd.DataFrame, answers: pd.Series, codebook: Codebook) -> pd.DataFrame:
    """Round the answers of each group in a table of its own, beside those of the other people."""
    everybody = answers.value_counts().reindex(counts.columns).astype(float)
    rows = [_beside(row, everybody, rule_of(codebook)) for _, row in counts.iterrows()]
    return pd.DataFrame(rows, columns=counts.columns).set_axis(counts.index)


def _beside(row: pd.Series, everybody: pd.Series, rule: Rule) -> pd.Series:
    """Round the answers of one group, beside those of the other people."""
    if rule.key:
        n = [float(row.sum())]
        bases = everybody.to_numpy()[None, :]
        told = ranged_table(pd.DataFrame([row]), rule=rule, row_totals=(n, n), bases=bases)
        return told.people.iloc[0]
    return round_table(pd.DataFrame([row, everybody - row]), rule=rule).iloc[0]


def answer_counts(groups: pd.Series | pd.DataFrame, answers: pd.Series) -> pd.DataFrame:
    """Count the answers of each group of people, exactly.

    Parameters
    ----------
    groups, answers
        As for `shown_answers`.

    Returns
    -------
    pandas.DataFrame
        A row a group, a column an answer; not to be shown.
    """
    frame = pd.get_dummies(groups) if isinstance(groups, pd.Series) else groups
    given = pd.get_dummies(answers).to_numpy(dtype=float)
    counts = frame.to_numpy(dtype=float).T @ given
    return pd.DataFrame(counts, index=list(frame.columns), columns=list(answers.cat.categories))


def shown_distribution(
    answers: pd.DataFrame, codebook: Codebook, *, together: Sequence[str] = ()
) -> pd.DataFrame:
    """Hide the answers that few people gave.

    Parameters
    ----------
    answers : pandas.DataFrame
        As `proportions.distribution` returns it.
    codebook : Codebook
        Its threshold.
    together : sequence of str
        Answers, by label, whose share together is shown elsewhere unless few gave one of them or
        few gave another.

    Returns
    -------
    pandas.DataFrame
        The same rows; hidden numbers are NA. Where a share together is shown, a small answer is
        hidden with others of the same side, so that it is not the share together less the rest.
        An answer that nobody of all gave is shown: a 0 among everybody is about no person.
    """
    rule, named = rule_of(codebook), answers["answer"].isin(together)
    sides = answers.groupby(named)["n_yes"].sum()
    known = len(sides) > 1 and rule.enough(*sides)
    parts = [answers[named], answers[~named]] if known else [answers]
    shown = [
        hide_small(
            part,
            counts=["n_yes"],
            values=["estimate", "conf_low", "conf_high", "n_yes"],
            rule=rule,
            complete=True,
            known_zero=part["n_yes"].eq(0).to_numpy(),
        )
        for part in parts
    ]
    return pd.concat(shown).loc[answers.index]


def rounded_distribution(
    answers: pd.Series, codebook: Codebook, *, together: Sequence[str] = ()
) -> pd.DataFrame:
    """Give the share of each answer in whole percent, and people rounded to the threshold.

    Parameters
    ----------
    answers : pandas.Series
        Categorical, none missing.
    codebook : Codebook
        Its threshold.
    together : sequence of str
        As for `shown_distribution`.

    Returns
    -------
    pandas.DataFrame
        `answer, estimate, conf_low, conf_high, n_rounded, n`; hidden numbers are NA. Tables of
        groups beside it then do not tell how those answered who named no group.
    """
    shown = rounded_out(shown_distribution(distribution(answers), codebook, together=together))
    people = round_people(shown["n_yes"], rule=rule_of(codebook))
    return shown[["answer", "estimate", "conf_low", "conf_high"]].assign(
        n_rounded=people, n=shown["n"]
    )

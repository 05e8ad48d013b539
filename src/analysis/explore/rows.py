"""The numbers of a choice: rows of the data tables, and nothing else."""

from dataclasses import dataclass

import pandas as pd

from analysis.explore.choices import EVERYBODY, NO_GROUPS, Choice, check, no_weights
from analysis.tables import Book

#: What is told of a share.
SHARE = ["estimate", "conf_low", "conf_high"]

_WEIGHTED = ["weighted", "weighted_low", "weighted_high"]


@dataclass(frozen=True, kw_only=True)
class Tested:
    """What the data tables say of one test between groups.

    `group` is the one that is tested against the others, where groups overlap; else "". `p` is a
    bound, adjusted for all `family` tests by these groups; "" where there is nothing to test.
    """

    group: str
    p: str
    family: int


def chosen_rows(book: Book, choice: Choice) -> pd.DataFrame:
    """Return the shares of a choice.

    Parameters
    ----------
    book : Book
        The data tables of a survey.
    choice : Choice
        What to look at.

    Returns
    -------
    pandas.DataFrame
        `level`, `estimate, conf_low, conf_high, people, n, asked`: a row a group where groups are
        chosen, else a row an answer. Where there is a second share to see it beside, it is
        `beside`: everybody's, if one group is the base; the unweighted one, if they are weighted.
        Hidden numbers are NA; an interval without a share is one too wide for a single number.

    Raises
    ------
    ValueError
        If the data tables do not have it.
    """
    check(book, choice)
    of_all = book.topline[book.topline["question"] == choice.question].reset_index(drop=True)
    rows = book.banner[book.banner["question"] == choice.question]
    kept = [*SHARE, "people", "n", "asked"]
    if choice.by != NO_GROUPS:
        mine = rows[(rows["by"] == choice.by) & (rows["answer"] == choice.answer)]
        return mine.rename(columns={"group": "level"})[["level", *kept]].reset_index(drop=True)
    if choice.base != EVERYBODY:
        by, group = choice.base
        mine = rows[(rows["by"] == by) & (rows["group"] == group)].reset_index(drop=True)
        beside = of_all.set_index("answer")["estimate"].reindex(mine["answer"]).to_numpy()
        table = mine.assign(level=mine["answer"], beside=beside)
        return table[["level", *kept, "beside"]]
    table = of_all.assign(level=of_all["answer"])
    if not weighs(book, choice):
        return table[["level", *kept]]
    table = table.assign(beside=table["estimate"], n=table["n_weighted"])
    table[SHARE] = table[_WEIGHTED].to_numpy()
    return table[["level", *kept, "beside"]]


def weighs(book: Book, choice: Choice) -> bool:
    """Tell whether weights are asked for, and change something.

    Parameters
    ----------
    book : Book
        The data tables of a survey.
    choice : Choice
        What to look at.

    Returns
    -------
    bool
        See `choices.no_weights`.
    """
    return choice.weighted and not no_weights(book, choice)


def everybody(book: Book, choice: Choice) -> float | None:
    """Return everybody's share of the answer that groups are compared on.

    Parameters
    ----------
    book : Book
        The data tables of a survey.
    choice : Choice
        With groups and an answer.

    Returns
    -------
    float or None
        Without weights, as shares of groups are; None if it is hidden.
    """
    of_all = book.topline[book.topline["question"] == choice.question].set_index("answer")
    share = of_all.loc[choice.answer, "estimate"]
    return None if pd.isna(share) else float(share)


def all_answers(book: Book, choice: Choice) -> pd.DataFrame:
    """Return the shares of all answers in the groups of a choice.

    Parameters
    ----------
    book : Book
        The data tables of a survey.
    choice : Choice
        With groups.

    Returns
    -------
    pandas.DataFrame
        `answer, group, estimate, conf_low, conf_high`.
    """
    check(book, choice)
    rows = book.banner[(book.banner["question"] == choice.question)]
    return rows.loc[rows["by"] == choice.by, ["answer", "group", *SHARE]].reset_index(drop=True)


def tests(book: Book, choice: Choice) -> list[Tested]:
    """Return what the tests between the groups of a choice say.

    Parameters
    ----------
    book : Book
        The data tables of a survey.
    choice : Choice
        With groups and an answer.

    Returns
    -------
    list of Tested
        One of all groups; or one a group, where they overlap. Of a question with several answers
        it is about the answer chosen, else about all of them. Of weighted ones if weights are
        asked for.
    """
    column = "p_weighted" if weighs(book, choice) else "p_adjusted"
    by_these = book.tests[book.tests["by"] == choice.by]
    rows = by_these[by_these["question"] == choice.question]
    rows = rows[rows["answer"].isin(["", choice.answer])]
    family = int((by_these[column] != "").sum())
    return [
        Tested(group=str(group), p=str(p), family=family)
        for group, p in zip(rows["group"], rows[column], strict=True)
    ]

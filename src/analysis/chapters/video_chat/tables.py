"""The tables on who would use a video chat and where, as far as they may be shown."""

from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from analysis import proportions
from analysis.population import Weighing
from analysis.privacy import (
    FINE,
    HIDDEN,
    answer_ranges,
    hidden_weighted,
    hidden_weighted_groups,
    hide,
    outside_step,
    rounded_out,
    rule_of,
    shown_answers,
    shown_distribution,
    shown_margins,
)
from analysis.proportions import Share
from analysis.report import estimate as in_one_cell
from analysis.report import labelled
from analysis.survey.codebook import Codebook

#: What the tables of shares say of each group.
_NUMBERS = ["estimate", "conf_low", "conf_high"]


def overall_share(yes: pd.Series, codebook: Codebook) -> Share | None:
    """Give the share of everybody for whom something is true.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    Share or None
        None where it is true of few, or untrue of few.

    Examples
    --------
    >>> from analysis import survey
    >>> codebook = survey.load("herts_2023").codebook
    >>> overall_share(pd.Series([True, False] * 10), codebook)
    50.0% of 20 (29.9% to 70.1%)
    >>> overall_share(pd.Series([True] * 9 + [False] * 90), codebook) is None
    True
    """
    return proportions.share(yes) if rule_of(codebook).splits(yes) else None


def weighted_shares(
    yes: pd.Series | pd.DataFrame, weighing: Weighing | None, by: pd.Series | None = None
) -> pd.DataFrame | None:
    """Give weighted shares of the people who have a weight.

    Parameters
    ----------
    yes, by
        As for `proportions.shares`.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    pandas.DataFrame or None
        As `proportions.shares`; None without weights, or where nobody has one.
    """
    if weighing is None:
        return None
    heavy = weighing.people(yes)
    if heavy.empty:
        return None
    group = None if by is None else by.reindex(heavy.index).cat.remove_unused_categories()
    return proportions.shares(heavy, by=group, weights=weighing.weights)


def shown_answer_shares(
    answers: pd.Series,
    codebook: Codebook,
    *,
    together: Sequence[str],
    weighing: Weighing | None = None,
) -> pd.DataFrame:
    """Give the share of people with each answer, and the weighted share beside it.

    Parameters
    ----------
    answers : pandas.Series
        Categorical, an answer a person, none missing.
    codebook : Codebook
        Its threshold.
    together : sequence of str
        The answers, by label, whose share together is known (`overall_share`).
    weighing : Weighing, optional
        For the weighted share, of the people who have a weight.

    Returns
    -------
    pandas.DataFrame
        As `privacy.shown_distribution`, and `weighted`: text, with interval; hidden as
        `privacy.hidden_weighted` says.
    """
    shown = shown_distribution(proportions.distribution(answers), codebook, together=together)
    heavy = weighted_shares(answers, weighing)
    if heavy is None:
        return shown
    cells = [in_one_cell(*row) for row in rounded_out(heavy)[_NUMBERS].to_numpy()]
    hidden = hidden_weighted(
        answers.value_counts().reindex(shown["answer"]).to_numpy(), len(answers),
        heavy["n_yes"].to_numpy(), int(heavy["n"].iloc[0]),
        rule=rule_of(codebook), complete=True, together=shown["answer"].isin(together),
    )  # fmt: skip
    known = shown["estimate"].notna() & ~hidden
    return shown.assign(weighted=pd.Series(cells).where(known, HIDDEN))


def answers_by_first(
    people: pd.DataFrame, names: Iterable[str], codebook: Codebook, *, together: Sequence[str]
) -> pd.DataFrame:
    """Count the answers of the groups of the first grouping, rounded.

    Parameters
    ----------
    people : pandas.DataFrame
        As `people.told` returns them.
    names : iterable of str
        The groupings.
    codebook : Codebook
        Its threshold.
    together : sequence of str
        The answers, by label, that are known together from another table.

    Returns
    -------
    pandas.DataFrame
        As `privacy.shown_answers`, with levels that are clear by themselves; empty without
        groupings.
    """
    return _by_first(people, names, codebook, together, shown_answers)


def ranges_by_first(
    people: pd.DataFrame, names: Iterable[str], codebook: Codebook, *, together: Sequence[str]
) -> pd.DataFrame:
    """Tell the answers of the groups of the first grouping as text, small counts by ranges.

    Parameters
    ----------
    people, names, codebook, together
        As for `answers_by_first`.

    Returns
    -------
    pandas.DataFrame
        As `privacy.answer_ranges`, with the levels of `answers_by_first`.
    """
    return _by_first(people, names, codebook, together, answer_ranges)


def _by_first(
    people: pd.DataFrame,
    names: Iterable[str],
    codebook: Codebook,
    together: Sequence[str],
    tell: Callable[..., pd.DataFrame],
) -> pd.DataFrame:
    first = next(iter(names), None)
    if first is None:
        return pd.DataFrame(columns=["level", "n", *people["video_use"].cat.categories])
    groups = people[first].cat.remove_unused_categories()
    rows = tell(groups, people["video_use"], codebook, together=together)
    return rows.assign(level=labelled(rows.assign(variable=first)))


def shown_group_shares(
    yes: pd.Series,
    by: pd.Series,
    codebook: Codebook,
    *,
    weighing: Weighing | None = None,
    everybody: pd.Series | None = None,
) -> pd.DataFrame:
    """Give the share of each group of people, and hide what rests on few.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.
    by : pandas.Series
        Categorical, the group of each person, none missing.
    codebook : Codebook
        Its threshold.
    weighing : Weighing, optional
        For a second share, weighted, of the people who have a weight.
    everybody : pandas.Series, optional
        Boolean, of a larger base whose share readers know.

    Returns
    -------
    pandas.DataFrame
        `level, n, n_low, n_high, estimate, conf_low, conf_high, weighted` (text, with interval):
        shares in whole percent, intervals (Wilson's) outwards. Groups add up to everybody, so
        where one is hidden others are too, as far as a small count needs it
        (`privacy.shown_margins`); weighted ones also as `privacy.hidden_weighted_groups` says. If
        shares in whole percent would tell of few of `everybody` who are in no group, all are in
        steps of two or of five (`privacy.outside_step`), the column `share_step`.
    """
    rows = proportions.shares(yes, by=by).astype({"level": "str"})
    rows = rows.assign(variable="group", n_top=rows["n_yes"], raw_share=rows["estimate"])
    shown = shown_margins(rows, codebook)
    shown[_NUMBERS] = hide(shown[_NUMBERS], shown["raw_share"].isna())
    step = FINE if everybody is None else outside_step(everybody, by, codebook)
    heavy = weighted_shares(yes, weighing, by)
    cells = pd.Series("", index=shown.index)
    if heavy is not None:
        own = heavy.set_index(heavy["level"].astype("str")).reindex(shown["level"])
        own = rounded_out(own.reset_index(drop=True), step=step)
        counts = own[["n_yes", "n"]].fillna(0)
        hidden = hidden_weighted_groups(
            rows["n"].to_numpy(), counts["n_yes"], counts["n"].to_numpy(), rule=rule_of(codebook)
        )
        known = shown["estimate"].notna() & ~hidden
        cells = pd.Series([in_one_cell(*row) for row in own[_NUMBERS].to_numpy()]).where(
            known, HIDDEN
        )
    columns = ["level", "n", "n_low", "n_high", *_NUMBERS]
    return rounded_out(shown[columns], step=step).assign(weighted=cells, share_step=step)


def with_everybody(answers: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Put the answers of everybody above those of groups, for a figure.

    Parameters
    ----------
    answers : pandas.DataFrame
        `answer, n_yes, n`, as `shown_answers` returns it.
    groups : pandas.DataFrame
        `level, n` and a column an answer, as `answers_by_first` returns it.

    Returns
    -------
    pandas.DataFrame
        The rows of `groups` below one of everybody.
    """
    counts = answers.set_index("answer")["n_yes"].to_dict()
    first = pd.DataFrame([{"level": "Everybody", "n": answers["n"].iloc[0]} | counts])
    return pd.concat([first, groups], ignore_index=True) if len(groups) else first

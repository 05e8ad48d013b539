"""Tables of ratings of everybody, one by one and two together, as far as they may be shown."""

from collections.abc import Mapping

import pandas as pd

from analysis import paired, privacy
from analysis.chapters.ratings import people
from analysis.chapters.ratings.people import Rating
from analysis.paired import RankCorrelation
from analysis.population import Weighing
from analysis.privacy import HIDDEN_NUMBER, SHARE_NUMBERS, hide, rounded_out, rule_of
from analysis.proportions import shares
from analysis.report import at_start
from analysis.survey import Survey
from analysis.survey.codebook import Codebook

#: Columns of weighted shares.
WEIGHTED = ("weighted", "weighted_low", "weighted_high", "n_weighted", "effective_n")


def overall_shares(
    yes: Mapping[str, pd.Series], weighing: Weighing | None, codebook: Codebook
) -> pd.DataFrame:
    """Give shares of everybody, of those who answered and weighted to the population.

    Parameters
    ----------
    yes : mapping of str to pandas.Series
        What is asked -> boolean, a value a person who answered.
    weighing : Weighing, optional
        As `population.weigh` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `question, estimate, conf_low, conf_high, n`, and with weights `weighted, weighted_low,
        weighted_high, n_weighted, effective_n`, in whole percent: with the exact share of
        everybody, groups would tell how those answered who named no group. Where fewer people
        than the threshold are a yes, or are not, shares are NA; weighted ones as
        `privacy.hidden_weighted` says.
    """
    rows, rule = [], rule_of(codebook)
    for name, each in yes.items():
        row = rounded_out(shares(each)).iloc[0][[*SHARE_NUMBERS, "n"]]
        row[list(SHARE_NUMBERS)] = hide(row[list(SHARE_NUMBERS)], [not rule.splits(each)] * 3)
        row = {"question": at_start(name)} | row.to_dict()
        if weighing is not None:
            mine = weighing.people(each)
            hidden = privacy.hidden_weighted(
                [each.sum()], len(each), [mine.sum()], len(mine), rule=rule, complete=False
            )
            heavy = pd.Series(HIDDEN_NUMBER, index=[*SHARE_NUMBERS, "n", "effective_n"])
            if rule.splits(each) and not hidden[0]:
                heavy = rounded_out(shares(mine, weights=weighing.weights)).iloc[0][heavy.index]
            row |= dict(zip(WEIGHTED, heavy, strict=True))
        rows.append(row)
    return pd.DataFrame(rows)


def unweighted_and_weighted(overall: pd.DataFrame) -> pd.DataFrame:
    """Lay the weighted shares out below the others.

    Parameters
    ----------
    overall : pandas.DataFrame
        As `overall_shares` returns it.

    Returns
    -------
    pandas.DataFrame
        `question, group, estimate, conf_low, conf_high, n, effective_n`: a row a question, or two
        with weights.
    """
    plain = overall.assign(group="people who answered", effective_n=overall["n"])
    parts = [plain]
    if "weighted" in overall:
        names = dict(zip(WEIGHTED, (*SHARE_NUMBERS, "n", "effective_n"), strict=True))
        heavy = overall[["question", *WEIGHTED]].rename(columns=names)
        parts.append(heavy.assign(group="weighted to the population"))
    columns = ["question", "group", *SHARE_NUMBERS, "n", "effective_n"]
    stacked = pd.concat([part[columns] for part in parts])
    return stacked.sort_index(kind="stable").reset_index(drop=True)


def answer_bars(ratings: Mapping[str, Rating], codebook: Codebook) -> pd.DataFrame:
    """Give the answers of everybody, a row a rating, to be drawn as bars.

    Parameters
    ----------
    ratings : mapping of str to Rating
        As `people.rated` returns it; at least one.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `level, n`, then a column an answer with its share in whole percent, as
        `privacy.rounded_distribution` has it; ratings on another scale than the first are left
        out.
    """
    scale = next(iter(ratings.values())).answers.dtype
    rows = [
        everybody_row(at_start(each.noun), each, codebook)
        for each in ratings.values()
        if each.answers.dtype == scale
    ]
    return pd.DataFrame(rows)


def everybody_row(name: str, rating: Rating, codebook: Codebook) -> dict[str, object]:
    """Give the answers of everybody as one row of bars.

    Parameters
    ----------
    name : str
        What stands beside the bar.
    rating : Rating
        What is rated.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    dict
        `level, n`, then answer -> share in whole percent; NA where hidden.
    """
    shown = privacy.rounded_distribution(rating.answers, codebook, together=rating.named)
    shown = shown.set_index("answer")
    return {"level": name, "n": len(rating.answers)} | shown["estimate"].to_dict()


def correlations(
    survey: Survey, responses: pd.DataFrame, ratings: Mapping[str, Rating]
) -> dict[tuple[str, str], RankCorrelation]:
    """Measure how closely ratings go together, and with the experience of contact.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    ratings : mapping of str to Rating
        As `people.rated` returns it.

    Returns
    -------
    dict
        Two roles -> `paired.tau_b`, of the pairs that `people.pairs` finds; perhaps none.
    """
    found = people.pairs(survey, responses, ratings)
    return {pair: paired.tau_b(*(both[role] for role in pair)) for pair, both in found.items()}


def answer_pairs(pair: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count people by both of two answers, rounded so that no small count shows.

    The totals of rows and columns are told nowhere but rounded, so that fewer counts need a range.

    Parameters
    ----------
    pair : pandas.DataFrame
        Two Categorical columns, none missing.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        The first answer, `n` (rounded too), then a column a second answer; NA where
        `privacy.ranged_table` tells a range.
    """
    return _pairs(pair, codebook)[0]


def pair_ranges(pair: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Tell people by both of two answers as text, small counts by ranges.

    Parameters
    ----------
    pair, codebook
        As for `answer_pairs`.

    Returns
    -------
    pandas.DataFrame
        The rows and columns of `answer_pairs`, without `n`.
    """
    return _pairs(pair, codebook)[1].drop(columns="n")


def _pairs(pair: pd.DataFrame, codebook: Codebook) -> list[pd.DataFrame]:
    """Return people by two answers as numbers, and as text."""
    first, second = (pair[name] for name in pair)
    counts, rule = pd.crosstab(first, second, dropna=False), rule_of(codebook)
    rows, columns = privacy.rounded_totals(counts, rule=rule)
    told = privacy.ranged_table(counts, rule=rule, row_totals=rows, column_totals=columns)
    found = []
    for table in (told.people, told.text):
        shown = table.set_axis(table.columns.astype("str").rename(None), axis=1)
        shown.insert(0, "n", privacy.round_people(counts.sum(axis=1), rule=rule))
        found.append(shown.reset_index())
    return found

"""Tables of ratings by groups of people, and where groups that rate otherwise differ most."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis import privacy, proportions
from analysis.chapters.ratings.people import Rating
from analysis.chapters.ratings.tables import everybody_row
from analysis.population import Weighing
from analysis.privacy import (
    SHARE_NUMBERS,
    hidden_weighted_groups,
    hide,
    outside_step,
    rounded_out,
    rule_of,
    shown_shares,
)
from analysis.proportions import RaoScott, shares
from analysis.report import at_start, estimate, p_text, percent
from analysis.survey import bases
from analysis.survey.codebook import Codebook


def shares_by(
    yes: pd.Series, by: pd.Series, codebook: Codebook, *, weighing: Weighing | None = None
) -> pd.DataFrame:
    """Give the share of people for whom something is true, group by group, as far as shown.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.
    by : pandas.Series
        Categorical, the group of each person; who has none is left out.
    codebook : Codebook
        Its threshold.
    weighing : Weighing, optional
        As `population.weigh` returns it. Then a column `weighted` has the weighted share with its
        interval as text, for the people who have a weight; hidden where few of a group have none.

    Returns
    -------
    pandas.DataFrame
        `level, estimate, conf_low, conf_high, n, share_step` and perhaps `weighted`, in whole
        percent or the step that tells of nobody who is in no group (`privacy.outside_step`),
        intervals rounded outwards. Rows with fewer people than the threshold who are a yes, or who
        are not, are NA, and a second row if one alone is.
    """
    inside = by.reindex(yes.index).dropna()
    step = outside_step(yes, inside, codebook)
    shown = shown_shares(shares(yes, by=by), codebook, step=step)
    if weighing is not None:
        told = _weighted(yes, by, weighing, codebook, step).reindex(shown["level"])
        told = hide(told.reset_index(drop=True), shown["estimate"].isna())
        shown["weighted"] = [estimate(*row) for row in told.to_numpy()]
    return shown


def _weighted(
    yes: pd.Series, by: pd.Series, weighing: Weighing, codebook: Codebook, step: float
) -> pd.DataFrame:
    """Return weighted shares by group, hidden as `privacy.hidden_weighted_groups` says."""
    known = weighing.people(by.reindex(yes.index).dropna())
    if known.empty:
        return pd.DataFrame(columns=list(SHARE_NUMBERS), dtype=float)
    mine = weighing.people(yes)
    heavy = shares(mine, by=by, weights=weighing.weights).set_index("level")
    n = shares(yes, by=by).set_index("level")["n"].reindex(heavy.index)
    hidden = hidden_weighted_groups(
        n.to_numpy(), heavy["n_yes"].to_numpy(), heavy["n"].to_numpy(), rule=rule_of(codebook)
    )
    return hide(rounded_out(heavy, step=step)[list(SHARE_NUMBERS)], hidden)


def group_tests(
    found: Mapping[tuple[str, str], RaoScott],
    ratings: Mapping[str, Rating],
    apart: Mapping[tuple[str, str], str],
) -> pd.DataFrame:
    """Put the tests that groups rate otherwise into one family.

    Parameters
    ----------
    found : mapping of tuple to RaoScott
        Role of what is rated and what stands after "between" -> test.
    ratings : mapping of str to Rating
        As `people.rated` returns it.
    apart : mapping of tuple to str
        The same keys -> where the groups differ most, as `most_apart` says it.

    Returns
    -------
    pandas.DataFrame
        `role, question, test, statistic, df, p_value, p_adjusted` (Holm), `n, apart`, a row a
        test; none for answers or groups that are all the same.
    """
    columns = ["role", "question", "test", "statistic", "df", "p_value", "p_adjusted", "n", "apart"]
    tested = {names: test for names, test in found.items() if test.df > 0}
    if not tested:
        return pd.DataFrame(columns=columns)
    table = proportions.family({" by ".join(names): test for names, test in tested.items()})
    roles, between = zip(*tested, strict=True)
    return table.assign(
        role=roles,
        question=[at_start(ratings[role].noun) for role in roles],
        test=between,
        apart=[apart[names] for names in tested],
    )[columns]


def most_apart(rating: Rating, by: pd.Series, codebook: Codebook) -> str:
    """Say in which answer groups of people differ most, and which way.

    Parameters
    ----------
    rating : Rating
        What is rated.
    by : pandas.Series
        Categorical, the group of each person; who has none is left out.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    str
        A clause: the lowest and the highest share of the best answers, if these differ by more
        than chance explains; else the answer and the group with the largest adjusted residual,
        of the counts that may be shown. "" if none may.

    Notes
    -----
    The adjusted residual is (O - E) / sqrt(E (1 - r) (1 - c)), with the expected count E and the
    shares r and c of group and answer (Haberman 1973, Biometrics 29).
    """
    test = proportions.rao_scott(rating.good.rename("good"), by)
    shown = shares_by(rating.good, by, codebook).dropna(subset=["estimate"])
    ends = shown.sort_values("estimate", kind="stable").iloc[[0, -1]] if len(shown) > 1 else shown
    if test.p_value < 0.05 and len(ends) > 1:
        low, high = (f"{percent(row.estimate)} of {row.level}" for row in ends.itertuples())
        return f"from {low} to {high} say {rating.best}"
    answers = bases.with_not_told(by.reindex(rating.answers.index))
    cells = privacy.shown_answers(answers, rating.answers, codebook).set_index("level")
    cells = cells.drop(columns="n").drop(index=bases.NOT_TOLD, errors="ignore")
    found = _residuals(by, rating.answers).reindex_like(cells).mask(cells.isna())
    size = found.abs().fillna(0.0).to_numpy()
    if not size.any():
        return ""
    row, column = np.unravel_index(size.argmax(), size.shape)
    group, answer = found.index[row], found.columns[column]
    often = "more" if found.iloc[row, column] > 0 else "less"
    alone = f"{rating.best} alone does not show it ({p_text(test.p_value)}), "
    return f'{alone}most apart is "{answer}", said {often} often by {group} than by the others'


def _residuals(by: pd.Series, answers: pd.Series) -> pd.DataFrame:
    """Return the adjusted residual of each group and answer; 0 where nothing is expected."""
    known = by.reindex(answers.index).dropna()
    counts = privacy.answer_counts(known, answers.loc[known.index])
    people = counts.to_numpy()
    rows, columns = (people.sum(axis=axis, keepdims=True) / people.sum() for axis in (1, 0))
    expected = rows * columns * people.sum()
    scale = np.sqrt(expected * (1 - rows) * (1 - columns))
    found = np.divide(people - expected, scale, out=np.zeros_like(people), where=scale > 0)
    return pd.DataFrame(found, index=counts.index, columns=counts.columns)


def below_everybody(groups: pd.DataFrame, rating: Rating, codebook: Codebook) -> pd.DataFrame:
    """Put the answers of everybody above those of groups, to be drawn as bars.

    Parameters
    ----------
    groups : pandas.DataFrame
        As `privacy.shown_answers` returns it.
    rating : Rating
        What is rated, by everybody.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `level, n`, then a column an answer with its share: of everybody in whole percent, of
        groups the rounded count by `n`.
    """
    everybody = pd.DataFrame([everybody_row("Everybody", rating, codebook)])
    counts = groups.drop(columns=["level", "n"])
    shared = hide(counts.div(groups["n"], axis=0).round(3), counts.isna())
    groups = pd.concat([groups[["level", "n"]], shared], axis=1)
    return pd.concat([everybody, groups], ignore_index=True)

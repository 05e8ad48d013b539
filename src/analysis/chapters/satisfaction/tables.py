"""The tables of satisfaction by channel and district, as far as they may be shown."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis import margins, privacy, report
from analysis.chapters.satisfaction.boundaries import GroupBrant
from analysis.numerics import outwards, ratio, ratio_interval
from analysis.ordinal import OrdinalFit
from analysis.primary import DistrictVerdict
from analysis.primary.designs import GATHERED, Design
from analysis.privacy import HIDDEN, rule_of
from analysis.survey import Survey, bases
from analysis.survey.measures import top_answers

#: Columns of the shares of channels and of districts.
_SHARES = ["level", "n", "n_low", "n_high", "raw_share", "estimate", "conf_low", "conf_high", "few"]
_CHANNEL_COLUMNS = [*_SHARES, "difference", "p_shown", "apart"]

#: The most groups of channels that the figure of boundaries has room for.
MOST = 4


def shown_channels(
    survey: Survey, model: OrdinalFit, terms: Sequence[str], *, answers: Sequence[str]
) -> pd.DataFrame:
    """Give the shares of the channels, and their differences, as far as they may be shown.

    Parameters
    ----------
    survey : Survey
        The survey.
    model : OrdinalFit
        The model of channels.
    terms : sequence of str
        The terms of the channels.
    answers : sequence of str
        The answers whose share is meant, by label.

    Returns
    -------
    pandas.DataFrame
        As `privacy.shown_predictions` returns it with differences, a row a channel; no rows
        where channels are left out.
    """
    if not terms:
        return pd.DataFrame(columns=_CHANNEL_COLUMNS)
    found = margins.by_terms(model, terms, answers=answers)
    exact = found.frame().replace({"level": survey.labels(survey.used_role)})
    return privacy.shown_predictions(exact, survey.codebook, differences=margins.differences(found))


def shown_districts(verdict: DistrictVerdict | None) -> pd.DataFrame:
    """Give the partly pooled shares of the districts, as far as they may be shown.

    Parameters
    ----------
    verdict : DistrictVerdict or None
        As `primary.district_verdict` returns it.

    Returns
    -------
    pandas.DataFrame
        As `report.DistrictShares.rows`, a row a district, with `standing`; no rows where districts
        are left out.
    """
    if verdict is None:
        return pd.DataFrame(columns=[*_SHARES, "chance_lowest", "chance_highest", "standing"])
    return verdict.shares.rows.assign(standing=verdict.standing.to_numpy())


def shown_model(
    survey: Survey, fitted: OrdinalFit | None, terms: Sequence[str], *, answers: Sequence[str]
) -> pd.DataFrame:
    """Give the shares of the channels in another model, as far as they may be shown.

    Parameters
    ----------
    survey : Survey
        The survey.
    fitted : OrdinalFit or None
        The model; None if there is none.
    terms : sequence of str
        The terms of the channels.
    answers : sequence of str
        The answers whose share is meant, by label.

    Returns
    -------
    pandas.DataFrame
        As `privacy.shown_predictions` returns it; no rows without a model.
    """
    if fitted is None:
        return pd.DataFrame()
    exact = margins.by_terms(fitted, terms, answers=answers).frame()
    labels = survey.labels(survey.used_role)
    return privacy.shown_predictions(exact.replace({"level": labels}), survey.codebook)


def beside(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Put the shares of two models side by side.

    Parameters
    ----------
    first : pandas.DataFrame
        As `shown_channels` returns it.
    second : pandas.DataFrame
        As `shown_model` returns it.

    Returns
    -------
    pandas.DataFrame
        As `report.models_beside` returns it; no rows if there is no second model.
    """
    return second if second.empty else report.models_beside(first, second)


def answers_by_group(survey: Survey, made: Design) -> pd.DataFrame:
    """Count the answers of each group of channels, rounded and as far as they may be shown.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers.

    Returns
    -------
    pandas.DataFrame
        As `privacy.shown_answers` returns it; no rows where channels are left out.
    """
    return _by_group(survey, made, privacy.shown_answers)


def ranges_by_group(survey: Survey, made: Design) -> pd.DataFrame:
    """Tell the answers of each group of channels as text, small counts by ranges.

    Parameters
    ----------
    survey, made
        As for `answers_by_group`.

    Returns
    -------
    pandas.DataFrame
        As `privacy.answer_ranges` returns it; no rows where channels are left out.
    """
    return _by_group(survey, made, privacy.answer_ranges)


def _by_group(survey: Survey, made: Design, tell: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """Tell the answers of groups of channels, of which the best are known from the data tables."""
    frame = made.base.frame
    if not made.terms:
        return pd.DataFrame(columns=["level", "n", *frame["satisfaction"].cat.categories])
    used = bases.grouped(survey, bases.channels(survey, frame, survey.used_role))
    used = report.joined_channel_groups(survey, used, survey.responses())
    best = top_answers(survey, "satisfaction")
    return tell(used, frame["satisfaction"], survey.codebook, together=best)


def with_everybody(by_group: pd.DataFrame, answers: pd.DataFrame, n: int) -> pd.DataFrame:
    """Put the answers of everybody above those of groups.

    Parameters
    ----------
    by_group : pandas.DataFrame
        As `privacy.shown_answers` returns it.
    answers : pandas.DataFrame
        `answer, n_yes` of everybody.
    n : int
        How many people that is.

    Returns
    -------
    pandas.DataFrame
        `level, n`, then a column an answer.
    """
    everybody = {"level": "Everybody", "n": n} | answers.set_index("answer")["n_yes"].to_dict()
    return pd.concat([pd.DataFrame([everybody]), by_group], ignore_index=True)


def named_rows(shown: pd.DataFrame, *, aside: str) -> pd.DataFrame:
    """Sort the categories that sentences may name, from the lowest share to the highest.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `shown_channels` returns it.
    aside : str
        A category that is not named, since it gathers different things.

    Returns
    -------
    pandas.DataFrame
        Rows whose share is in whole percent, but for `designs.GATHERED`; equal ones stay in order.
    """
    gathers = shown["level"].isin([aside, GATHERED])
    rows = shown[~gathers & ~shown["few"].astype(bool) & shown["estimate"].notna()]
    return rows.sort_values("estimate", kind="stable")


def shown_odds(
    fitted: OrdinalFit,
    terms: Sequence[str],
    levels: Mapping[str, str],
    shown: pd.DataFrame,
) -> pd.DataFrame:
    """Give the odds ratios of a better answer, to two digits, intervals outwards.

    Parameters
    ----------
    fitted : OrdinalFit
        A model with the logit link.
    terms : sequence of str
        Terms of the formula.
    levels : mapping of str to str
        What the columns of the model are called; others by their category.
    shown : pandas.DataFrame
        The same levels as `shown_channels` or `shown_districts` returns them: odds are hidden
        of levels of which few people gave one kind of answer, or that are hidden there, and so
        are people that are hidden there.

    Returns
    -------
    pandas.DataFrame
        `level, odds_ratio, interval, n, n_low, n_high`, text but for the people of the level, as
        they are shown there.
    """
    columns = [name for term in terms for name in fitted.data.terms[term]]
    table = fitted.coefficients.set_index("term").loc[columns]
    plain = pd.Series(columns).str.replace(r"^.*\[T\.(.*)\]$", r"\1", regex=True)
    named = plain.replace(dict(levels))
    rows = pd.DataFrame(
        {
            "level": named,
            "odds_ratio": [ratio(np.exp(each)) for each in table["estimate"]],
            "interval": [
                ratio_interval(np.exp(low), np.exp(high))
                for low, high in zip(table["conf_low"], table["conf_high"], strict=True)
            ],
        }
    )
    thin = shown.loc[shown["few"].astype(bool) | shown["estimate"].isna(), "level"].astype("str")
    hidden = rows["level"].isin(thin)
    rows.loc[hidden, ["odds_ratio", "interval"]] = HIDDEN
    sizes = shown.set_index(shown["level"].astype("str"))[["n", "n_low", "n_high"]]
    return rows.join(sizes, on="level")


def shown_cuts(
    survey: Survey, frame: pd.DataFrame, used: pd.Series | pd.DataFrame, found: GroupBrant
) -> pd.DataFrame:
    """Give what Brant's test compares, of groups with enough people at every answer.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        `satisfaction` of each person.
    used : pandas.Series or pandas.DataFrame
        As `bases.channels` returns it.
    found : GroupBrant
        As `boundaries.group_brant` returns it.

    Returns
    -------
    pandas.DataFrame
        `level` (the boundary), `group, estimate, conf_low, conf_high, proportional`: log odds
        ratios of an answer above each boundary, rounded to a tenth, of the first `MOST` groups.
        No rows without a test.
    """
    numbers = ["estimate", "conf_low", "conf_high", "proportional"]
    if found.test is None:
        return pd.DataFrame(columns=["level", "group", *numbers])
    cuts = found.test.cuts
    rows = cuts.assign(group=cuts["term"].map(found.names), level=cuts["cut"])
    counts = privacy.answer_counts(bases.grouped(survey, used), frame["satisfaction"])
    enough = (~rule_of(survey.codebook).few(counts)).all(axis=1)
    rows = rows[rows["group"].map(enough)].reset_index(drop=True)
    ends = outwards(rows["conf_low"], rows["conf_high"], step=0.1)
    rows[numbers] = (rows[numbers].round(1) + 0.0).assign(conf_low=ends[0], conf_high=ends[1])
    return rows.loc[rows["group"].isin(rows["group"].unique()[:MOST]), ["level", "group", *numbers]]

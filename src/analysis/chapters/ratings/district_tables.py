"""Tables of ratings by district."""

from collections.abc import Mapping

import pandas as pd

from analysis import figures, ordinal, paired, report
from analysis.chapters.ratings import people
from analysis.chapters.ratings.people import Rating
from analysis.paired import RankCorrelation
from analysis.report import DistrictShares, at_start, ranked
from analysis.survey import Survey
from analysis.survey.codebook import Codebook


def compared_districts(
    survey: Survey,
    responses: pd.DataFrame,
    ratings: Mapping[str, Rating],
    *,
    seed: int,
) -> dict[str, DistrictShares]:
    """Estimate the share of the best answers in each district, for the ratings that allow it.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    ratings : mapping of str to Rating
        As `people.rated` returns it.
    seed : int
        Of the random numbers behind the intervals: with the same one, the same people and answers
        have the same intervals wherever they stand.

    Returns
    -------
    dict
        Role -> as `report.rated_districts`; perhaps empty.
    """
    reasons = people.between_districts(survey, responses, ratings)
    able = {role: ratings[role].answers for role, reason in reasons.items() if not reason}
    return report.rated_districts(able, responses.get("district"), survey, seed=seed)


def district_tests(
    compared: Mapping[str, DistrictShares], ratings: Mapping[str, Rating]
) -> pd.DataFrame:
    """Put the tests that districts differ into one family, a rating each.

    Parameters
    ----------
    compared : mapping of str to DistrictShares
        As `report.rated_districts` returns it.
    ratings : mapping of str to Rating
        As `people.rated` returns it.

    Returns
    -------
    pandas.DataFrame
        As `ordinal.family`, indexed by role; empty if no districts were compared.
    """
    if not compared:
        return pd.DataFrame(columns=["term", "p_adjusted"])
    table = ordinal.family(
        {at_start(ratings[role].noun): each.test for role, each in compared.items()}
    )
    return table.set_axis(list(compared))


def highest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Sort districts by their partly pooled share, as `report.ranked` does.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `DistrictShares.rows`.

    Returns
    -------
    pandas.DataFrame
        `level, n, n_low, n_high, raw_share, estimate, conf_low, conf_high, few`.
    """
    columns = ["level", "n", "n_low", "n_high", "raw_share", "estimate", "conf_low", "conf_high"]
    return ranked(rows)[[*columns, "few"]]


def map_values(
    compared: Mapping[str, DistrictShares], codebook: Codebook
) -> dict[str, pd.DataFrame]:
    """Give the partly pooled shares of districts in percent, to be drawn on the map of tiles.

    Parameters
    ----------
    compared : mapping of str to DistrictShares
        As `report.rated_districts` returns it.
    codebook : Codebook
        Places the districts.

    Returns
    -------
    dict
        What is rated -> `level, value, coarse` (in steps of five, so drawn without a shade); empty
        if the codebook places no districts.
    """
    if not figures.places(codebook):
        return {}
    return {
        name: each.rows[["level"]].assign(
            value=100 * each.rows["estimate"], coarse=each.rows["few"].astype(bool)
        )
        for name, each in compared.items()
    }


def tau_within(pair: pd.DataFrame, districts: pd.Series | None) -> RankCorrelation | None:
    """Measure how closely two answers go together among people of the same district.

    Parameters
    ----------
    pair : pandas.DataFrame
        Two ordered Categorical columns, none missing.
    districts : pandas.Series or None
        Categorical, the district of each person; None if the survey did not ask.

    Returns
    -------
    RankCorrelation or None
        As `paired.tau_b`; None with one district, or none in which both answers vary.
    """
    if districts is None:
        return None
    inside = pair.assign(by=districts.reindex(pair.index)).dropna()
    varied = inside.groupby("by", observed=True).nunique().gt(1).all(axis=1)
    if inside["by"].nunique() < 2 or not varied.any():
        return None
    return paired.tau_b(*(inside[name] for name in pair), by=inside["by"])

"""The headlines on ratings, as findings.csv has them."""

from collections.abc import Mapping

import pandas as pd

from analysis.chapters.ratings.district_sentences import named_ends, pooled_sentence
from analysis.chapters.ratings.district_tables import district_tests, highest_first
from analysis.chapters.ratings.pair_sentences import pair_texts
from analysis.chapters.ratings.people import Rating
from analysis.chapters.ratings.sentences import rated_sentence
from analysis.paired import RankCorrelation
from analysis.report import DistrictShares, findings, told_weighted
from analysis.survey.codebook import Words


def headline_rows(
    overall: pd.DataFrame,
    ratings: Mapping[str, Rating],
    taus: Mapping[tuple[str, str], RankCorrelation],
    compared: Mapping[str, DistrictShares],
    words: Words,
) -> list[dict[str, object]]:
    """Make the rows of findings.csv.

    Parameters
    ----------
    overall, ratings, taus, compared, words
        As for `sentences.answer_texts`.

    Returns
    -------
    list of dict
        Rows for `findings.replace`: the share of each rating that may be shown, how two ratings
        go together, and the ends of the districts where these differ.
    """
    rows = [
        findings.row(
            f"{role}_good",
            rated_sentence(row, ratings[role].best),
            row,
            n=row["n"],
            weighted=told_weighted(row),
        )
        for role, (_, row) in zip(ratings, overall.iterrows(), strict=True)
        if not pd.isna(row["estimate"])
    ]
    together, _ = pair_texts(ratings, taus, words.satisfaction)
    if together:
        tau = taus[tuple(ratings)]
        how = {"n": tau.n, "unit": "tau-b", "base": "people who answered both questions"}
        rows.append(findings.row("_".join(ratings), together, tau, **how))
    p_values = district_tests(compared, ratings)["p_adjusted"]
    for role, each in compared.items():
        best = ratings[role].noun, ratings[role].best
        for end, row in named_ends(highest_first(each.rows), p_values[role]).items():
            text = pooled_sentence(row, *best)
            rows.append(findings.row(f"{end}_{role}", text, row, n=row["n"]))
    return rows

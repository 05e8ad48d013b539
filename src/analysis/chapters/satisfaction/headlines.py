"""The headlines on satisfaction by channel and district."""

import pandas as pd

from analysis.chapters.satisfaction import sentences, titles
from analysis.chapters.satisfaction.models import PartTests
from analysis.chapters.satisfaction.tables import named_rows
from analysis.proportions import Share
from analysis.report import adjusted_text, findings
from analysis.survey import Survey


def headline_rows(
    survey: Survey,
    overall: Share,
    channels: pd.DataFrame,
    districts: pd.DataFrame,
    tests: PartTests,
    got: pd.DataFrame,
) -> list[dict]:
    """Make the headlines on satisfaction.

    Parameters
    ----------
    survey : Survey
        The survey.
    overall : Share
        Everybody's share.
    channels, districts : pandas.DataFrame
        As `tables.shown_channels` and `tables.shown_districts` return them.
    tests : PartTests
        As `models.part_tests` returns them.
    got : pandas.DataFrame
        As `report.with_and_without` returns it; no rows if too few people can be compared.

    Returns
    -------
    list of dict
        As `findings.row`: everybody; the ends of the channels, and of the districts, where these
        differ; and who used what they prefer, in the largest model.
    """
    words = survey.words
    said = sentences.overall_sentence(overall, words.satisfied)
    rows = [findings.row("satisfied", said, overall, n=overall.n)]
    ends = {
        "adjusted": _channel_ends(survey, channels, tests),
        "partly pooled": _district_ends(districts, tests),
    }
    for how, named in ends.items():
        for key, row in named.items():
            said = adjusted_text(row, words.satisfied, how=how)
            rows.append(findings.row(key, said, row, n=row["n"]))
    for _, row in got.tail(1).iterrows():
        said = titles.got_sentence(titles.got_who(survey), words.satisfied, row)
        also = "preference and reason" if row["model"] == "reason" else "preference"
        who = f"people who also answered on {also}, and prefer some {words.channel}"
        how = {"n": row["n"], "unit": "difference of shares", "base": who}
        rows.append(findings.row("got_preferred", said, row, **how))
    return rows


def _channel_ends(survey: Survey, channels: pd.DataFrame, tests: PartTests) -> dict[str, pd.Series]:
    """Return the channels with the highest and lowest share, if they differ and one is clear."""
    named = named_rows(channels, aside=survey.other_channel)
    if not tests.differ("channels") or len(named) < 2 or not named.iloc[[0, -1]]["apart"].any():
        return {}
    return {"highest_channel": named.iloc[-1], "lowest_channel": named.iloc[0]}


def _district_ends(districts: pd.DataFrame, tests: PartTests) -> dict[str, pd.Series]:
    """Return the districts with the highest and the lowest share, if districts differ."""
    shown = districts.dropna(subset=["estimate"])
    shown = shown.sort_values("estimate", ascending=False, kind="stable")
    if not tests.differ("districts") or len(shown) < 2:
        return {}
    return {"highest_district": shown.iloc[0], "lowest_district": shown.iloc[-1]}

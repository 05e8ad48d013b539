"""The headlines on satisfaction by channel and district."""

from collections.abc import Sequence

import pandas as pd

from analysis.chapters.satisfaction import sentences
from analysis.chapters.satisfaction.tables import named_rows
from analysis.primary import DistrictVerdict, Primary
from analysis.primary.district_sentences import verdict_texts
from analysis.proportions import Share
from analysis.report import Weighted, adjusted_text, findings, first_of, with_weights
from analysis.survey import Survey


def headline_rows(
    survey: Survey,
    overall: Share,
    channels: pd.DataFrame,
    plan: Primary,
    verdict: DistrictVerdict | None,
    weighted: Sequence[Weighted | None] = (None, None),
) -> list[dict]:
    """Make the headlines on satisfaction.

    Parameters
    ----------
    survey : Survey
        The survey.
    overall : Share
        Everybody's share.
    channels : pandas.DataFrame
        As `tables.shown_channels` returns it.
    plan : Primary
        As `primary.primary` returns it.
    verdict : DistrictVerdict or None
        As `primary.district_verdict` returns it.
    weighted : sequence of Weighted or None
        Everybody's share with weights, and the difference of who used what they prefer.

    Returns
    -------
    list of dict
        As `findings.row`: everybody; the ends of the channels, where these differ; the verdict on
        districts; and who used what they prefer, in the largest model.
    """
    words = survey.words
    said = with_weights(sentences.overall_sentence(overall, words.satisfied), overall, weighted[0])
    rows = [findings.row("satisfied", said, overall, n=overall.n, weighted=weighted[0])]
    for key, row in _channel_ends(survey, channels, plan).items():
        how = "adjusted" if plan.made.holds_more else "unadjusted"
        named = named_rows(channels, aside=survey.other_channel)
        order = named if key == "lowest_channel" else named.iloc[::-1]
        place = first_of(order, key.split("_")[0], words.channels, of=len(channels))
        said = f"{adjusted_text(row, words.satisfied, how=how).removesuffix('.')}{place}."
        rows.append(findings.row(key, said, row, n=row["n"]))
    if verdict is not None:
        said = " ".join(verdict_texts(words, verdict)[:2])
        how = {"n": verdict.shares.test.n, "unit": "standard deviation, logit"}
        rows.append(findings.row("districts", said, verdict.spread, **how))
    for _, row in plan.got.tail(1).iterrows():
        said = sentences.got_text(survey, plan, weighted[1])
        also = "preference and reason" if row["model"] == "reason" else "preference"
        who = f"people who also answered on {also}, and prefer some {words.channel}"
        how = {"n": row["n"], "unit": "difference of shares", "base": who}
        rows.append(findings.row("got_preferred", said, row, weighted=weighted[1], **how))
    return rows


def _channel_ends(survey: Survey, channels: pd.DataFrame, plan: Primary) -> dict[str, pd.Series]:
    """Return the channels with the highest and lowest share, if they differ and one is clear."""
    named = named_rows(channels, aside=survey.other_channel)
    if not plan.differ("channels") or len(named) < 2 or not named.iloc[[0, -1]]["apart"].any():
        return {}
    return {"highest_channel": named.iloc[-1], "lowest_channel": named.iloc[0]}

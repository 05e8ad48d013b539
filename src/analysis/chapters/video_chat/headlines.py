"""The headlines on the video chat."""

from functools import partial

import pandas as pd

from analysis.chapters.video_chat.sentences import everybody_sentence, said
from analysis.chapters.video_chat.service_sentences import against_sentence, places_sentence
from analysis.proportions import Share
from analysis.report import (
    Weighted,
    adjusted_text,
    findings,
    first_of,
    in_sentence,
    weighted_clause,
)
from analysis.survey import Survey


def headline_rows(
    survey: Survey,
    overall: Share | None,
    weighted: Weighted | None,
    tests: pd.DataFrame,
    shares: pd.DataFrame,
    places: pd.DataFrame,
    against: pd.Series | None,
    place: Weighted | None = None,
) -> list[dict]:
    """Make the headlines on the video chat.

    Parameters
    ----------
    survey, overall, weighted, tests, shares, places, against
        As for `sentences.answer_texts`.
    place : Weighted or None
        As `places.weighted_place` returns it.

    Returns
    -------
    list of dict
        As `findings.row`: everybody; the lowest and the highest group of the groupings that
        differ, called by the grouping: ``video_age_lowest``, ``video_age_highest``; the place
        named most; and those who use a channel against their preference. Nothing of what is
        hidden or left out.
    """
    found = []
    if overall is not None:
        text = f"Video chat: {everybody_sentence(survey, overall, weighted)}"
        found.append(findings.row("video_likely", text, overall, n=overall.n, weighted=weighted))
    found += _group_rows(shares, tests, said(survey))
    if places["estimate"].notna().any():
        first, base = places.iloc[0], survey.codebook.question("video_place").base
        clause = weighted_clause(first, place).removeprefix("; weighted ")
        heavy = f" Weighted, {in_sentence(first['level'])} has {clause}." if clause else ""
        text = places_sentence(places) + heavy
        how = {"base": base, "n": first["n"], "weighted": place}
        found.append(findings.row("video_place", text, first, **how))
    if against is not None:
        text = f"Video chat: {against_sentence(against, said(survey), survey.words)}"
        unit, who = "difference of shares", "people who prefer a channel"
        row = findings.row(
            "video_against_preference", text, against, n=against["n"], unit=unit, base=who
        )
        found.append(row)
    return found


def _group_rows(shares: pd.DataFrame, tests: pd.DataFrame, answered: str) -> list[dict]:
    found, text = [], partial(adjusted_text, satisfied=answered)
    for term in tests.loc[tests["p_adjusted"] < 0.05, "term"]:
        rows = shares[(shares["variable"] == term) & ~shares["few"]].dropna(subset=["estimate"])
        rows = rows.sort_values("estimate", kind="stable")
        if len(rows) < 2:
            continue
        everyone = int((shares["variable"] == term).sum())
        for name, order in (("lowest", rows), ("highest", rows.iloc[::-1])):
            row, who = order.iloc[0], "people who answered and told their groups"
            place = first_of(order, name, "groups", of=everyone)
            said_of = f"Video chat, {text(row).removesuffix('.')}{place}."
            found.append(findings.row(f"video_{term}_{name}", said_of, row, n=row["n"], base=who))
    return found

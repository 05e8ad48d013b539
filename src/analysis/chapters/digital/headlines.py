"""The headlines on digital channels."""

import pandas as pd

from analysis.chapters.digital import sentences
from analysis.chapters.digital.models import elsewhere, side_by_side
from analysis.chapters.digital.people import NAMES
from analysis.chapters.digital.people import in_groups as grouped
from analysis.chapters.digital.tables import with_and_without_absent
from analysis.chapters.digital.weighted import weighted_elsewhere, weighted_gap
from analysis.population import Weighing
from analysis.report import Parts, adjusted_text, findings, first_of, listed, with_weights
from analysis.survey import Survey


def headline_rows(
    survey: Survey,
    people: pd.DataFrame,
    gaps: pd.DataFrame,
    parts: Parts,
    weighing: Weighing | None = None,
) -> list[dict]:
    """Make the headlines on digital channels.

    Parameters
    ----------
    survey : Survey
        The survey.
    people : pandas.DataFrame
        As `tables.compared_people` returns it.
    gaps : pandas.DataFrame
        As `tables.every_gap` returns it.
    parts : Parts
        What is left out.
    weighing : Weighing, optional
        As `population.weigh` returns it.

    Returns
    -------
    list of dict
        As `findings.row`: the gap of everybody, the users of digital channels who would rather
        not, and of each grouping that differs the group that prefers digital channels least.
        None where the part "digital" is left out.
    """
    if not parts.has("digital"):
        return []
    words, first = survey.words, gaps.iloc[0]
    told = [each for each in NAMES if each in people]
    who = "people who said what they used and prefer"
    in_groups = f"{who}{f', their {listed(told)}' if told else ''}"
    who = in_groups if len(people) == len(grouped(people)) else who
    both = with_and_without_absent(survey, people)
    offered = sentences.on_offer_sentence(both, survey.not_offered)
    heavy = weighted_gap(people, first, survey.codebook, weighing)
    said = with_weights(sentences.gap_sentence(first, words), first, heavy, difference=True)
    how = {"unit": "difference of shares", "base": who, "weighted": heavy}
    found = [findings.row("digital_gap", f"{said} {offered}".strip(), first, n=first["n"], **how)]
    away, _ = elsewhere(people, survey.codebook)
    if away is not None:
        heavy = weighted_elsewhere(people, survey.codebook, weighing)
        text = with_weights(sentences.elsewhere_sentence(away, None, words), away, heavy)
        how = {"base": who, "weighted": heavy}
        found.append(findings.row("digital_elsewhere", text, away, n=away.n, **how))
    if parts.has("digital_model"):
        _, wish, tests = side_by_side(people, survey.codebook)
        said = f"{words.preferred} one of the {sentences.digital_channels(words)}"
        found += preference_rows(wish, tests, said, in_groups)
    return found


def preference_rows(wish: pd.DataFrame, tests: pd.DataFrame, said: str, who: str) -> list[dict]:
    """Make the headlines on who prefers digital channels least.

    Parameters
    ----------
    wish : pandas.DataFrame
        Shares of preferring, as `models.side_by_side` returns them second.
    tests : pandas.DataFrame
        As `models.model_tests` returns it.
    said, who : str
        What the shares did; whose shares they are.

    Returns
    -------
    list of dict
        As `findings.row`, one for each grouping that differs and has a group to be shown.
    """
    found = []
    clear = tests.loc[(tests["outcome"] == "prefer") & (tests["p_adjusted"] < 0.05), "term"]
    for by in clear:
        rows = wish[(wish["variable"] == by) & ~wish["few"]].dropna(subset=["estimate"])
        if rows.empty:
            continue
        rows = rows.sort_values("estimate", kind="stable")
        row, every = rows.iloc[0], int((wish["variable"] == by).sum())
        place = first_of(rows, "lowest", "groups", of=every)
        text = f"{adjusted_text(row, said).removesuffix('.')}{place}."
        found.append(findings.row(f"digital_by_{by}", text, row, n=row["n"], base=who))
    return found

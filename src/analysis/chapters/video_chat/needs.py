"""What the notebook on a video chat needs."""

from collections.abc import Iterable

import pandas as pd

from analysis import ordinal, report
from analysis.chapters.video_chat import compared, models, people
from analysis.privacy import rule_of
from analysis.survey import Survey
from analysis.survey.measures import top_answers

#: What each part shows.
PARTS = {
    "groups": "groups of people",
    "model": "groupings side by side",
    "places": "where people would use it",
    "against": "people who used another channel than they prefer",
    "preference": "people by what they prefer",
}


def left_out(survey: Survey) -> dict[str, str]:
    """Say which parts of the notebook a survey does not allow.

    Parameters
    ----------
    survey : Survey
        The survey, with its responses.

    Returns
    -------
    dict
        Part -> reason; `report.NOTEBOOK` for the whole notebook. Empty if nothing is left out.
        The parts: "groups" (one grouping at a time), "model" (groupings side by side), "places",
        "against" (who used another channel than preferred) and "preference".
    """
    reason = report.not_asked(survey, "video_use")
    if not reason:
        given = survey.responses()["video_use"].count()
        what = "said whether they would use a video chat"
        reason = report.few_people(survey, given, what, times=2)
    if reason:
        return {report.NOTEBOOK: reason}
    told = people.told(survey, survey.responses()).frame
    names = people.groupings(survey, told)
    every = people.groupings(survey, told, district=True)
    reasons = {
        "groups": _groups(every),
        "model": _groups(names) or ordinal.obstacle(models.formula(names), told),
        "places": _places(survey),
        "against": _against(survey, told),
        "preference": _preference(survey, told, names),
    }
    return {part: why for part, why in reasons.items() if why}


def _groups(names: Iterable[str]) -> str:
    """Say why groups of people cannot be compared."""
    if not list(names):
        return (
            "of people by age, disability, channel or district, no two groups have enough people "
            "with each kind of answer to be compared"
        )
    return ""


def _places(survey: Survey) -> str:
    reason = report.not_asked(survey, "video_place")
    if reason:
        return reason
    question = survey.codebook.question("video_place")
    said = survey.responses()[list(question.columns)].notna().all(axis=1).sum()
    return report.few_people(survey, said, "said where they would use a video chat")


def _against(survey: Survey, told: pd.DataFrame) -> str:
    reason = report.not_asked(survey, survey.used_role, "preferred")
    if reason:
        return reason
    found = compared.shown_compared(told["likely"], told["against"], survey.codebook)
    if pd.notna(found["estimate"]):
        return ""
    needed, words = rule_of(survey.codebook).people(), survey.words
    return (
        f"fewer than {needed} of the people who used the {words.channel} they prefer, or of those "
        "who used another, gave one of the best answers or one of the others"
    )


def _preference(survey: Survey, told: pd.DataFrame, names: Iterable[str]) -> str:
    reason = report.not_asked(survey, "preferred")
    if reason:
        return reason
    known = told.dropna(subset=["prefers"])
    few = (
        f"of people by the {survey.words.channel} they prefer, no two groups have enough people "
        "to be compared"
    )
    if not report.has_two_groups(known["prefers"]):
        return few
    terms = compared.preference_terms(told, names)
    found = ordinal.obstacle(models.formula(terms), known)
    if found:
        return found.replace("of prefers", "of preference")
    best = top_answers(survey, "video_use")
    shown, _ = compared.by_preference(told, names, survey.codebook, answers=best)
    hidden = (
        f"of people by the {survey.words.channel} they prefer, the numbers of fewer than two "
        "groups may be shown without giving a small one away"
    )
    return hidden if shown["estimate"].notna().sum() < 2 else ""

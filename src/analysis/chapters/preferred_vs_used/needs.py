"""What the notebook on use and preference needs."""

import pandas as pd

from analysis import paired, population, report
from analysis.chapters.preferred_vs_used import changes, claims, pairs, people, tables
from analysis.primary import pair
from analysis.privacy import rule_of, weights_tell
from analysis.survey import Survey, bases
from analysis.survey.bases import Base

_Answers = pd.Series | pd.DataFrame

#: What each part shows.
PARTS = {
    "outside": "what people prefer who were not asked what they used",
    "tests": "the tests of the two answers",
    "shifts": "the tables of shifts",
    "weights": "shifts with weights",
    "moves": "people by what they used and prefer",
    "pairs": "changes between two single answers",
    "between": "the tests between groups of people",
    "groups": "shifts of groups of people",
    "districts": "the figure by district",
    "reached": "shares of people who used what they prefer",
    "claims": "whether people say that they used what they prefer",
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
    """
    responses = survey.responses()
    reason = pair.no_pair(survey, responses)
    if reason:
        return {report.NOTEBOOK: reason}
    base, used, preferred = pair.compared(survey, responses)
    shifts = paired.shifts(used, preferred)
    in_groups = [bases.grouped(survey, each) for each in (used, preferred)]
    channels, groups = tables.visible_shifts(survey, shifts, paired.shifts(*in_groups))
    told, _ = tables.told_shifts(channels, groups)
    found = {
        "outside": _few_outside(survey, responses, base),
        "tests": pair.few_moved(survey, used, preferred),
        "shifts": _nothing_told(survey) if told.empty else "",
        "weights": _no_channel(survey, channels) or _few_weighted(survey, responses, base),
        "moves": _no_moves(survey, in_groups, groups),
        "pairs": _no_pairs(survey, used, preferred, shifts),
        "reached": _none_reached(survey, used, preferred, shifts, channels),
        "claims": _no_claims(survey, base.frame, used, preferred),
    }
    found |= _groups_of_people(survey, base.frame, groups)
    return {part: reason for part, reason in found.items() if reason}


def _few_outside(survey: Survey, responses: pd.DataFrame, base: Base) -> str:
    """Say that few people, but some, were not asked what they used."""
    roles = {"role": survey.used_role, "answered_role": "preferred"}
    _, outside = bases.with_not_asked(survey, responses, base, **roles)
    people_there = int(outside.sum())
    what = f"were not asked what they {survey.words.used} and said what they prefer"
    return report.few_people(survey, people_there, what) if people_there else ""


def _nothing_told(survey: Survey) -> str:
    """Say that no shift can be shown."""
    words, every = survey.words, f"every {survey.words.channel}"
    if survey.channel_groups != words.channels:
        every += f", and of every group of {words.channels},"
    return (
        f"the numbers of {every} rest on fewer than {rule_of(survey.codebook).people()} people or "
        "would give such a number away"
    )


def _no_channel(survey: Survey, channels: pd.DataFrame) -> str:
    """Say that the shift of no single channel can be shown."""
    if channels["estimate"].notna().any():
        return ""
    return (
        f"the numbers of every {survey.words.channel} rest on fewer than "
        f"{rule_of(survey.codebook).people()} people or would give such a number away"
    )


def _few_weighted(survey: Survey, responses: pd.DataFrame, base: Base) -> str:
    """Say that there are no weights, or that few of the people compared have one, or none."""
    reason = population.no_weights(survey)
    if reason:
        return reason
    weighing = population.weigh(survey, responses)
    there = len(weighing.people(base.frame))
    few = report.few_people(survey, there, "answered both questions and have a weight")
    if not few and weights_tell(base.n, there, rule=rule_of(survey.codebook)):
        of_whom = "answered both questions and have no weight, of whom it would tell"
        few = report.few_people(survey, base.n - there, of_whom)
    return few


def _few_groups_told(survey: Survey) -> str:
    """Say that no two groups of channels can be shown."""
    return (
        f"the numbers of fewer than 2 {survey.channel_groups} can be shown without "
        f"telling of fewer than {rule_of(survey.codebook).people()} people"
    )


def _no_moves(survey: Survey, in_groups: list[_Answers], groups: pd.DataFrame) -> str:
    """Say that no number of people who used one group of channels and prefer one can be shown."""
    kept = list(groups.dropna(subset=["estimate"])["channel"])
    if len(kept) < 2:
        return _few_groups_told(survey)
    moves, shifts = paired.moves(*in_groups), paired.shifts(*in_groups)
    if pairs.shown_moves(moves, shifts, kept, survey.codebook)[kept].notna().any(axis=None):
        return ""
    return (
        f"every number of people who used one of the {survey.channel_groups} and prefer one "
        f"rests on fewer than {rule_of(survey.codebook).people()} people or would give such a "
        "number away"
    )


def _no_pairs(survey: Survey, used: _Answers, preferred: _Answers, shifts: pd.DataFrame) -> str:
    """Say that neither odds of moving nor people by their two answers can be shown."""
    if changes.pull_model(used, preferred, survey.codebook) is not None:
        return ""
    if pairs.shown_overlaps(shifts, survey.codebook).notna().any(axis=None):
        return ""
    least = rule_of(survey.codebook).people()
    return (
        f"no {survey.words.channel} was named by {least} people in both answers, by {least} in "
        f"the first alone and by {least} in the second alone"
    )


def _none_reached(
    survey: Survey,
    used: _Answers,
    preferred: _Answers,
    shifts: pd.DataFrame,
    channels: pd.DataFrame,
) -> str:
    """Say that of no channel the share of those who prefer it that used it can be shown."""
    reached = paired.reached(used, preferred)
    shown = tables.shown_reached(reached, shifts, channels, survey.codebook)
    if shown["estimate"].notna().any():
        return ""
    words, least = survey.words, rule_of(survey.codebook).people()
    return (
        f"of no {words.channel} whose shift is shown there are {least} people who prefer and used "
        f"it, and {least} who prefer and did not use it"
    )


def _no_claims(survey: Survey, frame: pd.DataFrame, used: _Answers, preferred: _Answers) -> str:
    """Say why what people say of their two answers is not shown, where they were asked."""
    if not survey.has("was_preferred"):
        return ""
    if isinstance(used, pd.DataFrame) or isinstance(preferred, pd.DataFrame):
        return (
            f"people could name several {survey.words.channels}, so that two answers may be the "
            "same in part"
        )
    if not survey.codebook.cleaning.was_preferred_yes:
        return "the codebook does not say which answer means that people used what they prefer"
    said = int(frame["was_preferred"].notna().sum())
    reason = report.few_people(survey, said, "said whether they used what they prefer")
    if reason:
        return reason
    if claims.claims_of(survey, frame, used, preferred).shown.notna().any(axis=None):
        return ""
    least = rule_of(survey.codebook).people()
    return (
        f"of those who said yes, and of the others, fewer than {least} gave the same answer twice "
        f"and fewer than {least} two different ones"
    )


def _groups_of_people(survey: Survey, frame: pd.DataFrame, groups: pd.DataFrame) -> dict[str, str]:
    """Say why the shifts of groups of people are not compared, or not shown."""
    names = {"district": survey.words.districts, "age": "age groups", "reason": "reasons"}
    few = {}
    for role in people.GROUPINGS:
        few[role] = report.not_asked(survey, role) or report.few_groups(
            survey, frame[role], names[role], least=people.GROUPS
        )
    none = "" if tables.drawn_groups(survey, groups) else _few_groups_told(survey)
    shown = [few[role] for role in people.SHOWN_GROUPINGS]
    return {
        "between": report.all_of(few.values()),
        "groups": none or report.all_of(shown),
        "districts": none or few["district"],
    }

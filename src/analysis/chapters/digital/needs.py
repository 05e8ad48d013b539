"""What the part of notebook 06 on digital channels needs."""

from analysis import ordinal, report
from analysis.chapters.digital import models, people, tables
from analysis.chapters.digital.people import PREFERS, USED
from analysis.privacy import rule_of
from analysis.survey import Survey

#: What each part shows.
PARTS = {
    "digital": "shares by group, of use and of preference",
    "digital_model": "age and disability adjusted for each other",
}


def left_out(survey: Survey) -> dict[str, str]:
    """Say which of the parts on digital channels a survey does not allow.

    Parameters
    ----------
    survey : Survey
        The survey, with its responses.

    Returns
    -------
    dict
        Part -> reason; empty if nothing is left out. The parts: "digital", and in it
        "digital_model", age and disability side by side.
    """
    frame = tables.shown_people(survey, survey.responses())
    reason = _digital(survey, frame)
    if reason:
        return dict.fromkeys(("digital", "digital_model"), reason)
    terms = people.digital_groupings(frame)
    if not terms:
        return {
            "digital_model": "no two groups by age or disability have enough people to be shown"
        }
    told = people.in_groups(frame)
    for outcome in (USED, PREFERS):
        formula = f"{outcome} ~ {' + '.join(terms)}"
        reason = reason or ordinal.obstacle(formula, models.as_outcome(told, outcome))
    return {"digital_model": reason} if reason else {}


def _digital(survey: Survey, frame: object) -> str:
    """Say why the shares of everybody who used and who prefer digital channels are not shown."""
    if not survey.words.digital_groups:
        return f"the codebook names no digital {survey.words.channels}"
    reason = report.not_asked(survey, survey.used_role, "preferred")
    if reason:
        return reason
    what = "said what they used and what they prefer"
    reason = report.few_people(survey, len(frame), what, times=2)
    if reason or tables.every_gap(frame, survey.codebook)["estimate"].notna().iloc[0]:
        return reason
    return (
        f"fewer than {rule_of(survey.codebook).people()} people used a digital "
        f"{survey.words.channel}, or used another, or prefer one of these, or did and prefer "
        "nothing digital"
    )

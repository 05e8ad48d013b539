"""What the notebook on the changes wanted needs."""

import pandas as pd

from analysis import report
from analysis.chapters.changes_wanted import contrasts, groups, tables, what_why
from analysis.privacy import rule_of
from analysis.survey import Survey, bases
from analysis.themes import answers
from analysis.themes.theme_codes import CodedThemes

#: What each part shows.
PARTS = {
    "why": "reasons beside changes",
    "crossed": "people by change and reason",
    "tests": "the tests",
    "channels": "channels",
    "districts": "districts",
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
    reason = report.not_asked(survey, "change")
    if survey.codebook.themes is None and not reason:
        reason = "the codebook has no [[theme]] by which open answers are told"
    if reason:
        return {report.NOTEBOOK: reason}
    responses = survey.responses()
    base = bases.answered(survey, responses, ["change"])
    reason = report.few_people(survey, base.n, "said what they would change")
    if reason:
        return {report.NOTEBOOK: reason}
    what = answers.coded_answers(survey, base.frame, "change")
    by = {
        "channels": groups.channel_groups(survey, base.frame),
        "districts": groups.groups_of(survey, base.frame, "district"),
    }
    roles = {"channels": survey.used_role, "districts": "district"}
    found = _reasons(survey, responses, what)
    for part, role in roles.items():
        found[part] = _one_group(survey, base.frame, role) or _none_shown(survey, what, by[part])
    found["tests"] = _no_tests(survey, base.frame, what)
    return {part: reason for part, reason in found.items() if reason}


def _reasons(survey: Survey, responses: pd.DataFrame, what: CodedThemes) -> dict[str, str]:
    """Say why reasons are not put beside changes, and why the two are not crossed."""
    reason = report.not_asked(survey, "change_why")
    if not reason:
        said = int(responses["change_why"].notna().sum())
        reason = report.few_people(survey, said, "gave a reason")
    if reason:
        return {"why": reason, "crossed": reason}
    why, codebook = answers.coded_answers(survey, responses, "change_why"), survey.codebook
    least = rule_of(codebook).people()
    reasons = tables.shown_themes(why, codebook)
    crossed = what_why.what_and_why(what, why, codebook)
    found = {}
    if tables.what_beside_why(tables.shown_themes(what, codebook), reasons).empty:
        found["why"] = (
            f"no theme is named by {least} people or more, and not named by as many, in answers "
            "to both questions"
        )
    if crossed.drop(columns=["level", "n"]).isna().all(axis=None):
        found["crossed"] = (
            f"no change and reason go together in {least} answers or more, as far as that can be "
            "shown"
        )
    return found


def _one_group(survey: Survey, frame: pd.DataFrame, role: str) -> str:
    """Say why people are not grouped by their answers to a question."""
    reason = report.not_asked(survey, role)
    if reason:
        return reason
    kind, words = survey.codebook.question(role).kind, survey.words
    names = words.districts if role == "district" else words.channels
    if kind not in ("single", "ordered"):
        return f"people could name several {names}, so that these do not part them into groups"
    if frame[role].nunique() < 2:
        return f"those who said what they would change are not of two {names} or more"
    return ""


def _none_shown(survey: Survey, what: CodedThemes, by: pd.Series) -> str:
    """Say that of no group the share that names a theme can be shown."""
    shown = groups.shown_theme_shares(what, by, survey.codebook)
    if shown["estimate"].notna().any():
        return ""
    least = rule_of(survey.codebook).people()
    return (
        f"in every group, of every theme, fewer than {least} people name it or fewer than {least} "
        "do not, or the number would give such a number away"
    )


def _no_tests(survey: Survey, frame: pd.DataFrame, what: CodedThemes) -> str:
    """Say why no theme is compared between groups."""
    by = groups.groupings(survey, frame)
    if not by:
        none = [_one_group(survey, frame, role) for role in (survey.used_role, "district")]
        return report.all_of(none)
    if len(contrasts.compare_groups(what, by, survey.codebook)):
        return ""
    least = rule_of(survey.codebook).people()
    return f"no theme is named by {least} people or more, and not named by as many"

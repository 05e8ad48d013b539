"""The headlines on what people would change."""

import pandas as pd

from analysis.chapters.changes_wanted.sentences import is_shown, same_sentence, theme_text
from analysis.chapters.changes_wanted.tables import named_themes
from analysis.privacy import rule_of
from analysis.proportions import Share
from analysis.report import findings
from analysis.survey import Survey
from analysis.themes.theme_codes import rules_of


def headline_rows(survey: Survey, themes: pd.DataFrame, same: Share) -> list[dict]:
    """Make the headlines: the three themes named most, and how often the reason is about the same.

    Parameters
    ----------
    survey : Survey
        The survey.
    themes : pandas.DataFrame
        As `tables.shown_themes` returns it.
    same : Share
        As `tables.same_share` returns it.

    Returns
    -------
    list of dict
        As `findings.row`, in the codebook's order of themes: ``theme_hours``,
        ``change_same_as_why``.
    """
    most = named_themes(themes).head(3).set_index("level", drop=False)
    rows = [
        findings.row(f"theme_{code}", theme_text(most.loc[label]), most.loc[label],
                     n=most.loc[label, "n"])
        for code, label in rules_of(survey.codebook).labels.items()
        if label in most.index
    ]  # fmt: skip
    rule = rule_of(survey.codebook)
    if is_shown(same, rule):
        text, who = same_sentence(same, rule=rule), "people with a theme in both open answers"
        rows.append(findings.row("change_same_as_why", text, same, n=same.n, base=who))
    return rows

"""The headlines on what people would change."""

import pandas as pd

from analysis.chapters.changes_wanted.same import same_theme
from analysis.chapters.changes_wanted.sentences import is_shown, same_sentence, theme_text
from analysis.chapters.changes_wanted.tables import named_themes
from analysis.population import Weighing
from analysis.privacy import rule_of
from analysis.proportions import Share
from analysis.report import Weighted, findings, weighted_share, with_weights
from analysis.survey import Survey
from analysis.themes.theme_codes import CodedThemes, rules_of


def headline_rows(
    survey: Survey,
    themes: pd.DataFrame,
    same: Share,
    *,
    coded: tuple[CodedThemes, CodedThemes] | None = None,
    weighing: Weighing | None = None,
) -> list[dict]:
    """Make the headlines: the three themes named most, and how often the reason is about the same.

    Parameters
    ----------
    survey : Survey
        The survey.
    themes : pandas.DataFrame
        As `tables.shown_themes` returns it.
    same : Share
        As `tables.same_share` returns it.
    coded : tuple of CodedThemes, optional
        What people would change, and why, for the weighted shares.
    weighing : Weighing, optional
        As `population.weigh` returns it.

    Returns
    -------
    list of dict
        As `findings.row`, in the codebook's order of themes: ``theme_hours``,
        ``change_same_as_why``. Weighted where `report.weighted_share` allows it.
    """

    def heavy(yes: pd.Series) -> Weighted | None:
        return weighted_share(yes, weighing, survey.codebook)

    most, rows = named_themes(themes).head(3).set_index("level", drop=False), []
    for code, label in rules_of(survey.codebook).labels.items():
        if label in most.index:
            row = most.loc[label]
            weighted = None if coded is None else heavy(coded[0].indicators[label] == 1)
            text = with_weights(theme_text(row), row, weighted)
            rows.append(findings.row(f"theme_{code}", text, row, n=row["n"], weighted=weighted))
    rule = rule_of(survey.codebook)
    if is_shown(same, rule):
        weighted = None if coded is None else heavy(same_theme(*coded))
        text = with_weights(same_sentence(same, rule=rule), same, weighted)
        how = {"base": "people with a theme in both open answers", "weighted": weighted}
        rows.append(findings.row("change_same_as_why", text, same, n=same.n, **how))
    return rows

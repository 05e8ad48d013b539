"""The tables of themes: of everybody, against each other, and beside what is known."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis import proportions
from analysis.chapters.changes_wanted.same import same_theme
from analysis.population import Weighing
from analysis.privacy import (
    HIDDEN,
    Rule,
    hidden_weighted,
    hide,
    hide_small,
    rule_of,
    weights_tell,
)
from analysis.proportions import Share
from analysis.report import interval, percent
from analysis.survey import Survey
from analysis.survey.codebook import Codebook
from analysis.themes import answers, theme_codes
from analysis.themes.theme_codes import CodedThemes

#: What answers without a theme are called in tables.
UNCODED = "Not coded"


def coded_if_asked(survey: Survey, responses: pd.DataFrame, role: str) -> CodedThemes:
    """Code the open answers to a question that a survey may not have asked.

    Parameters
    ----------
    survey : Survey
        With its raw file.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    role : str
        An open question.

    Returns
    -------
    CodedThemes
        As `answers.coded_answers`; of nobody where the survey did not ask or too few answered.
    """
    if survey.has(role) and not rule_of(survey.codebook).few(int(responses[role].notna().sum())):
        return answers.coded_answers(survey, responses, role)
    labels = list(theme_codes.rules_of(survey.codebook).labels.values())
    return CodedThemes(role=role, indicators=pd.DataFrame(columns=labels, dtype=bool))


def shown_themes(
    coded: CodedThemes, codebook: Codebook, *, weighing: Weighing | None = None
) -> pd.DataFrame:
    """Give the share of the people who answered that name each theme.

    Parameters
    ----------
    coded : CodedThemes
        A row a person.
    codebook : Codebook
        Its threshold.
    weighing : Weighing, optional
        Who has no weight is left out of weighted shares; there are none if few have one, or
        few have none.

    Returns
    -------
    pandas.DataFrame
        A row a theme, the most frequent first, and a last one of answers that could not be
        coded: `level, estimate, conf_low, conf_high, n_yes, n`, and with weights
        `weighted_estimate, weighted_interval` (text). Numbers that rest on few people are NA.
        Empty if nobody answered.
    """
    if not coded.n:
        return pd.DataFrame(columns=["level", "estimate", "conf_low", "conf_high", "n_yes", "n"])
    yes = coded.indicators.assign(**{UNCODED: coded.uncoded}).astype(float)
    shares = proportions.shares(yes).rename(columns={"answer": "level"})
    table = shares[["level", "estimate", "conf_low", "conf_high", "n_yes", "n"]]
    values = ["estimate", "conf_low", "conf_high", "n_yes"]
    if not told_with_weights(coded, weighing, rule=rule_of(codebook)):
        weighing = None
    if weighing is not None:
        mine = proportions.shares(weighing.people(yes), weights=weighing.weights)
        spans = zip(mine["conf_low"], mine["conf_high"], strict=True)
        few = hidden_weighted(
            table["n_yes"], coded.n, mine["n_yes"], len(weighing.people(yes)),
            rule=rule_of(codebook), complete=False,
        )  # fmt: skip
        table = table.assign(
            weighted_estimate=hide(mine["estimate"], few),
            weighted_interval=[interval(*each) for each in spans],
        )
        values.append("weighted_estimate")
    table = hide_small(
        table, counts=["n_yes"], values=values, rule=rule_of(codebook),
        complete=False,
    )  # fmt: skip
    if weighing is not None:
        secret = table["weighted_estimate"].isna()
        table["weighted_interval"] = table["weighted_interval"].mask(secret, HIDDEN)
    order = table["n_yes"].where(table["level"] != UNCODED, -1.0)
    return table.iloc[np.argsort(-order.fillna(0.0), kind="stable")].reset_index(drop=True)


def told_with_weights(coded: CodedThemes, weighing: Weighing | None, *, rule: Rule) -> bool:
    """Tell whether themes have weighted shares.

    Parameters
    ----------
    coded : CodedThemes
        A row a person.
    weighing : Weighing or None
        As `population.weigh` returns it.
    rule : Rule
        How few people are too few.

    Returns
    -------
    bool
        False without weights, and where `privacy.weights_tell` of few people.
    """
    if weighing is None:
        return False
    return not weights_tell(coded.n, len(weighing.people(coded.indicators)), rule=rule)


def named_themes(themes: pd.DataFrame) -> pd.DataFrame:
    """Return the themes that a sentence or figure may name.

    Parameters
    ----------
    themes : pandas.DataFrame
        As `shown_themes` returns it.

    Returns
    -------
    pandas.DataFrame
        Those with a share, without the row of answers that could not be coded.
    """
    return themes[(themes["level"] != UNCODED) & themes["estimate"].notna()]


def if_any_named(themes: pd.DataFrame) -> pd.DataFrame:
    """Return a table of themes if it shows the share of one, else none of its rows."""
    return themes.iloc[:0] if named_themes(themes).empty else themes


def what_beside_why(themes: pd.DataFrame, reasons: pd.DataFrame) -> pd.DataFrame:
    """Put the share that would change something beside the share that gives it as a reason.

    Parameters
    ----------
    themes, reasons : pandas.DataFrame
        As `shown_themes` returns them, of what people would change and of why.

    Returns
    -------
    pandas.DataFrame
        `level, share_what, share_why`, the themes named in both, in the order of `themes`.
    """
    pair = named_themes(themes).merge(named_themes(reasons), on="level")
    pair = pair.rename(columns={"estimate_x": "share_what", "estimate_y": "share_why"})
    return pair[["level", "share_what", "share_why"]]


def two_or_more(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a table that has two or more to compare, else none of them."""
    return rows if len(rows) > 1 else rows.iloc[:0]


def same_share(what: CodedThemes, why: CodedThemes, codebook: Codebook) -> Share:
    """Give the share of people whose reason is about something that they would change.

    Parameters
    ----------
    what, why : CodedThemes
        As for `what_and_why`.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    Share
        Of the people with a theme in both answers; of nobody where these are too few.
    """
    same = same_theme(what, why)
    if rule_of(codebook).few(len(same)):
        return Share(estimate=np.nan, conf_low=np.nan, conf_high=np.nan, n_yes=0, n=0)
    return proportions.share(same)


def uncoded_words(survey: Survey, responses: pd.DataFrame, roles: Iterable[str]) -> pd.DataFrame:
    """List the groups of words in answers without a theme, question by question.

    Parameters
    ----------
    survey : Survey
        With its raw file.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    roles : iterable of str
        Open questions that people answered.

    Returns
    -------
    pandas.DataFrame
        `words, role, n`, as `themes.answers.uncoded`; empty where enough people used none.
    """
    left = [
        answers.uncoded(survey, responses, role).assign(role=role.replace("_", " "))
        for role in roles
    ]
    return pd.concat(left)[["words", "role", "n"]]


def shown_agreement(rules: pd.DataFrame, *, rule: Rule) -> pd.DataFrame:
    """Lay precision, recall and F1 out as text, each with its interval.

    Parameters
    ----------
    rules : pandas.DataFrame
        As `agreement.compare_codes` returns it.
    rule : Rule
        Themes that are true of fewer answers, or found in fewer, are hidden.

    Returns
    -------
    pandas.DataFrame
        `level, precision, recall, f1, n_true, n_found, n`, in whole percent.
    """
    few = rule.few(rules[["n_true", "n_found"]]).any(axis=1)
    table = rules[["level"]].copy()
    for name in ("precision", "recall", "f1"):
        spans = zip(rules[f"{name}_low"], rules[f"{name}_high"], strict=True)
        table[name] = [
            HIDDEN
            if secret or pd.isna(value)
            else f"{percent(value)} ({interval(*span, 'whole percent')})"
            for value, span, secret in zip(rules[name], spans, few, strict=True)
        ]
    counts = hide(rules[["n_true", "n_found"]], few)
    return table.join(counts).join(rules[["n"]])

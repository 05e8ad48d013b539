"""The tables of themes: of everybody, against each other, and beside what is known."""

import numpy as np
import pandas as pd

from analysis import proportions
from analysis.privacy import HIDDEN, Rule, hide, hide_small, round_table, rule_of
from analysis.report import interval, percent
from analysis.survey.codebook import Codebook
from analysis.themes.theme_codes import CodedThemes
from analysis.weights import Weights

#: What answers without a theme are called in tables.
UNCODED = "Not coded"


def shown_themes(
    coded: CodedThemes, codebook: Codebook, *, weights: Weights | None = None
) -> pd.DataFrame:
    """Give the share of the people who answered that name each theme.

    Parameters
    ----------
    coded : Coded
        A row a person.
    codebook : Codebook
        Its threshold.
    weights : Weights, optional
        Of some of these people and of others; who has none is left out of weighted shares.

    Returns
    -------
    pandas.DataFrame
        A row a theme, the most frequent first, and a last one of answers that could not be
        coded: `level, estimate, conf_low, conf_high, n_yes, n`, and with weights
        `weighted_estimate, weighted_interval` (text). Numbers that rest on few people are NA.
    """
    yes = coded.indicators.assign(**{UNCODED: coded.uncoded}).astype(float)
    shares = proportions.shares(yes).rename(columns={"answer": "level"})
    table = shares[["level", "estimate", "conf_low", "conf_high", "n_yes", "n"]]
    values = ["estimate", "conf_low", "conf_high", "n_yes"]
    if weights is not None:
        there = yes[yes.index.isin(weights.weights.index)]
        mine = proportions.shares(there, weights=weights)
        spans = zip(mine["conf_low"], mine["conf_high"], strict=True)
        table = table.assign(
            weighted_estimate=mine["estimate"],
            weighted_interval=[interval(*each) for each in spans],
        )
        values.append("weighted_estimate")
    table = hide_small(
        table, counts=["n_yes"], values=values, rule=rule_of(codebook),
        complete=False,
    )  # fmt: skip
    if weights is not None:
        secret = table["estimate"].isna()
        table["weighted_interval"] = table["weighted_interval"].mask(secret, HIDDEN)
    order = table["n_yes"].where(table["level"] != UNCODED, -1.0)
    return table.iloc[np.argsort(-order.fillna(0.0), kind="stable")].reset_index(drop=True)


def what_and_why(what: CodedThemes, why: CodedThemes, codebook: Codebook) -> pd.DataFrame:
    """Count what people would change against why, rounded so that no small count shows.

    Parameters
    ----------
    what, why : Coded
        Of the same people and of others; who answered one of the questions is left out.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `channel` (the theme of the change), `n` people who name it, then a column a theme of the
        reason; NA where hidden. Themes that few people would change are left out.
    """
    both = what.indicators.index.intersection(why.indicators.index)
    one, two = (each.indicators.loc[both].astype(float) for each in (what, why))
    counts, n = one.T @ two, one.sum()
    large = ~rule_of(codebook).few(n)
    rounded = round_table(counts[large], rule=rule_of(codebook))
    rounded.insert(0, "n", n[large])
    return rounded.rename_axis(index="channel", columns=None).reset_index()


def same_theme(what: CodedThemes, why: CodedThemes) -> pd.Series:
    """Mark the people whose reason is about something that they would change.

    Parameters
    ----------
    what, why : Coded
        As for `what_and_why`.

    Returns
    -------
    pandas.Series
        Boolean, of the people with a theme in both answers.
    """
    one, two = what.indicators[~what.uncoded], why.indicators[~why.uncoded]
    both = one.index.intersection(two.index)
    return (one.loc[both] & two.loc[both]).any(axis=1)


def shown_agreement(rules: pd.DataFrame, *, rule: Rule) -> pd.DataFrame:
    """Lay precision, recall and F1 out as text, each with its interval.

    Parameters
    ----------
    rules : pandas.DataFrame
        As `agreement` returns it.
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

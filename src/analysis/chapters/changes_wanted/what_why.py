"""What people would change, by what their reason is about, as far as it may be shown."""

import numpy as np
import pandas as pd

from analysis.privacy import Rule, behind_cell, ranged_table, rule_of
from analysis.report import listed
from analysis.survey.codebook import Codebook
from analysis.themes.theme_codes import CodedThemes


def what_and_why(what: CodedThemes, why: CodedThemes, codebook: Codebook) -> pd.DataFrame:
    """Count what people would change against why, rounded so that no small count shows.

    Parameters
    ----------
    what, why : CodedThemes
        Of the same people and of others; who answered one of the questions is left out.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `level` (the theme of the change), `n` people who name it, then a column a theme of the
        reason; NA where few gave it or few did not. Themes that few people would change are left
        out. Empty if nobody answered both questions.
    """
    both = what.indicators.index.intersection(why.indicators.index)
    if both.empty:
        return pd.DataFrame(columns=["level", "n", *why.indicators])
    one, two = (each.indicators.loc[both].astype(float) for each in (what, why))
    counts, n = one.T @ two, one.sum()
    large = ~rule_of(codebook).few(n)
    people = np.repeat(n[large].to_numpy()[:, None], counts.shape[1], axis=1)
    rounded = ranged_table(counts[large], rule=rule_of(codebook), bases=people).people
    rounded.insert(0, "n", n[large])
    return rounded.rename_axis(index="level", columns=None).reset_index()


def same_and_other(what: CodedThemes, why: CodedThemes, codebook: Codebook) -> pd.DataFrame:
    """Count, theme by theme, whose reason is about the change and whose about something else.

    Parameters
    ----------
    what, why, codebook
        As for `what_and_why`.

    Returns
    -------
    pandas.DataFrame
        `level` (the theme of the change), `n` people who name it, `same` and `other`: people whose
        reason is about that theme, and about another one (some about both), as text, rounded or by
        ranges (`privacy.ranged_table`). Themes that few would change are left out. Empty if nobody
        answered both questions.
    """
    both = what.indicators.index.intersection(why.indicators.index)
    one, two = (each.indicators.loc[both].astype(bool) for each in (what, why))
    rule, n = rule_of(codebook), one.sum()
    names = [each for each in one if not rule.few(n[each])] if len(both) else []
    if not names:
        return pd.DataFrame(columns=["level", "n", "same", "other"])
    reason = two.reindex(columns=names, fill_value=False)
    people = np.repeat(n[names].to_numpy()[:, None], len(names), axis=1)
    pairs = one[names].astype(float).T @ reason.astype(float)
    same = ranged_table(pairs, rule=rule, bases=people).text
    other = pd.DataFrame(
        {
            "other": [
                int((one[each] & two.drop(columns=each, errors="ignore").any(axis=1)).sum())
                for each in names
            ]
        },
        index=pd.Index(names, name="level"),
    )
    told = ranged_table(other, rule=rule, bases=people[:, :1]).text
    told.insert(0, "same", np.diag(same.to_numpy()))
    told.insert(0, "n", n[names])
    return told.reset_index()


def other_pairs(crossed: pd.DataFrame, *, rule: Rule) -> str:
    """Name the pairs of a change and another reason that may be shown, and say what the rest is.

    Parameters
    ----------
    crossed : pandas.DataFrame
        As `what_and_why` returns it.
    rule : Rule
        How few people are too few.

    Returns
    -------
    str
        A sentence for a note; "" if nobody answered both questions.

    Examples
    --------
    >>> crossed = pd.DataFrame({"level": ["Wait"], "n": [90], "Wait": [60.0], "Staff": [20.0]})
    >>> other_pairs(crossed, rule=Rule(10))
    'Of a change and another reason, 20 people would change Wait and give Staff; no other pair can \
be shown to hold 10 or more.'
    >>> other_pairs(crossed, rule=Rule(10, key="of the replies"))
    'Of a change and another reason, about 20 people would change Wait and give Staff; no other \
pair can be shown to hold 10 or more.'
    """
    if crossed.empty:
        return ""
    pairs = crossed.drop(columns="n").melt("level", var_name="reason", value_name="people")
    pairs = pairs[(pairs["level"].astype("str") != pairs["reason"]) & pairs["people"].notna()]
    pairs = pairs[behind_cell(pairs["people"], rule=rule)[0] >= rule.people()]
    pairs = pairs.sort_values("people", ascending=False, kind="stable")
    about = "about " * bool(rule.key)
    named = [f"{about}{row.people:,.0f} people would change {row.level} and give {row.reason}"
             for row in pairs.itertuples()]  # fmt: skip
    fewest = f"can be shown to hold {rule.people()} or more"
    if not named:
        return f"No single pair of a change and another reason {fewest}."
    said = listed(named, most=4)
    return f"Of a change and another reason, {said}; no other pair {fewest}."

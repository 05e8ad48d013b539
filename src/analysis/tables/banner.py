"""The banner book: the answers of groups of people, side by side."""

import numpy as np
import pandas as pd

from analysis import privacy
from analysis.privacy import (
    Rule,
    crossed_shares,
    round_crossed,
    round_one,
    round_table,
    rule_of,
)
from analysis.proportions import shares
from analysis.survey import Survey
from analysis.tables.asked import Asked
from analysis.tables.groupings import Grouping

COLUMNS = [
    "question", "wording", "asked", "by", "group", "answer", "people", "estimate", "conf_low",
    "conf_high", "n",
]  # fmt: skip

#: Roles and groupings of which a notebook shows the exact share of the best answers.
SHOWN_EXACTLY = {
    ("satisfaction", "district"),
    *((role, key) for role in ("visibility", "accessibility")
      for key in ("district", "age", "channel")),
}  # fmt: skip

#: The widest interval beside which a share from rounded counts is told.
WIDEST = 0.45

#: The group of people who named none.
_IN_NONE = ""

_NUMBERS = ["estimate", "conf_low", "conf_high"]


def group_rows(asked: Asked, grouping: Grouping, survey: Survey) -> pd.DataFrame:
    """Tell the answers of each group of people to one question.

    Parameters
    ----------
    asked : Asked
        The question.
    grouping : Grouping
        The groups.
    survey : Survey
        The survey.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`: a row a group and answer, after those of a rating one for the best of them
        together. `people` and `n` are rounded to the threshold, and the share is that of the
        two rounded numbers, in whole percent; its interval holds those of all counts that they
        may stand for, rounded outwards. A share whose interval is wider than `WIDEST` is left out
        and its interval kept: one of 20 people may be rounded to all of them. Shares of
        `SHOWN_EXACTLY` are those of the notebook. Hidden numbers are NA, and all of groups below
        the threshold are hidden. Who named no group is guarded like a group, and not shown. Of
        groups that overlap each is laid out against the other people, who are guarded and not
        shown either.
    """
    parts = [
        _split_rows(asked, grouping, name, people, survey) for name, people in grouping.splits()
    ]
    return pd.concat(parts, ignore_index=True)


def _split_rows(
    asked: Asked, grouping: Grouping, name: str, people: pd.Series, survey: Survey
) -> pd.DataFrame:
    """Tell the answers of the groups of one split; where groups overlap of the named one alone."""
    rule = rule_of(survey.codebook)
    by = people.reindex(asked.answers.index).cat.add_categories([_IN_NONE])
    by = by.fillna(_IN_NONE).cat.remove_unused_categories()
    sizes = by.value_counts().reindex(by.cat.categories).astype(float)
    people = _rounded(asked, by, sizes, rule)
    n = round_table(pd.DataFrame([sizes]), rule=rule).iloc[0]
    told = crossed_shares(people, n, rule=rule)
    people = people.where(told["estimate"].notna(), told["estimate"])
    wide = told["conf_high"] - told["conf_low"] > WIDEST
    told["estimate"] = told["estimate"].mask(wide)
    exact_best = (asked.role, grouping.key) in SHOWN_EXACTLY and not grouping.overlapping
    if asked.best_label and exact_best:
        exact = _of_notebook(asked, grouping, by, survey)
        for number in _NUMBERS:
            told[number][asked.best_label] = exact[number]
        people[asked.best_label] = people[asked.best_label].where(
            exact["estimate"].notna(), exact["estimate"]
        )
    groups = [each for each in people.index if each != _IN_NONE and name in ("", each)]
    rows = pd.DataFrame({each: told[each].loc[groups].to_numpy().ravel() for each in _NUMBERS})
    return privacy.rounded_out(rows).assign(
        question=asked.role,
        wording=asked.question.wording,
        asked=asked.who,
        by=grouping.name,
        group=np.repeat(groups, people.shape[1]),
        answer=np.tile(list(people.columns), len(groups)),
        people=people.loc[groups].to_numpy().ravel(),
        n=np.repeat(n.loc[groups].to_numpy(), people.shape[1]),
    )[COLUMNS]


def _rounded(asked: Asked, by: pd.Series, sizes: pd.Series, rule: Rule) -> pd.DataFrame:
    """Count who gave each answer, a row a group, rounded.

    Of several answers each is a table of its own, of those who gave it and those who did not; so
    are the best answers together, but where rounded counts add up to them.
    """
    yes = asked.answers if asked.several else pd.get_dummies(asked.answers)
    counts = yes.set_axis(asked.labels, axis=1).astype(float).groupby(by, observed=True).sum()
    if asked.several:
        return pd.DataFrame(
            {name: round_one(counts[name], sizes, rule=rule) for name in counts.columns}
        )
    if not asked.best_label:
        return round_crossed(counts, rule=rule, subtotals=asked.subtotals)
    best = list(asked.best)
    if rule.key:
        shown = round_crossed(counts, rule=rule, subtotals=[*asked.subtotals, best])
        together = privacy.hide(shown[best].sum(axis=1), shown[best].isna().any(axis=1))
        return shown.assign(**{asked.best_label: together})
    shown = round_crossed(counts, rule=rule, subtotals=asked.subtotals)
    return shown.assign(**{asked.best_label: round_one(counts[best].sum(axis=1), sizes, rule=rule)})


def _of_notebook(asked: Asked, grouping: Grouping, by: pd.Series, survey: Survey) -> pd.DataFrame:
    """Return the share of the best answers in each group as notebooks 04 and 05 show it.

    What they hide is hidden, and so is what would give away those who named no group.
    """
    everybody = shares(asked.answers.isin(asked.best), by=by)
    exact = everybody.astype({"level": "str"}).set_index("level")
    shown = [privacy.shown_shares(everybody, survey.codebook)]
    named = everybody[everybody["level"] != _IN_NONE].reset_index(drop=True)
    yes = asked.answers.isin(asked.best)
    step = privacy.outside_step(yes, by[by != _IN_NONE], survey.codebook)
    if grouping.key == "district":
        rows = named.assign(
            variable=grouping.key, n_top=named["n_yes"], raw_share=named["estimate"]
        )
        rows = privacy.shown_margins(rows, survey.codebook)
        shown.append(rows.assign(estimate=rows["raw_share"]))
    else:
        shown.append(privacy.shown_shares(named, survey.codebook))
    hidden = pd.Series(False, index=exact.index)
    for table in shown:
        secret = table.set_index(table["level"].astype("str"))["estimate"].isna()
        hidden |= secret.reindex(exact.index, fill_value=False)
    hidden |= grouping.key == "district" and step > privacy.FINE
    return privacy.hide(privacy.rounded_out(exact, step=step)[_NUMBERS], hidden)

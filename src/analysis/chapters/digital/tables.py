"""The gap between the shares that used and that prefer digital channels, within groups."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from analysis import paired, proportions
from analysis.chapters.digital.people import (
    PREFERS,
    USED,
    answered_both,
    digital_groupings,
    in_groups,
)
from analysis.numerics import critical_value, holm, outwards
from analysis.population import Weighing
from analysis.privacy import (
    HIDDEN,
    JOINT,
    Rule,
    hidden_weighted_groups,
    hide,
    hide_small,
    rule_of,
    widened_shifts,
)
from analysis.report import Parts, labelled, p_text, percent
from analysis.survey import Survey, bases
from analysis.survey.codebook import Codebook

#: What the table of gaps shows.
GAP_COLUMNS = [
    "level", "n", "share_used", "share_preferred", "estimate", "conf_low", "conf_high", "p_shown",
    "weighted",
]  # fmt: skip


def gaps(frame: pd.DataFrame, by: str | None = None, *, conf_level: float = 0.95) -> pd.DataFrame:
    """Compare the shares that used and that prefer a digital channel, within groups of people.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `people.answered_both` returns it.
    by : str, optional
        Column of groups, of the people in them (`people.in_groups`); everybody without.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        As `paired.shifts`, `variable` and `level` first: a row a group. `simultaneous_low` and
        `simultaneous_high` hold together over the groups, and p is adjusted over these.

    Notes
    -----
    Of everybody: Bonett and Price's interval and McNemar's exact p. Of groups: with d the
    difference of a person's two answers and s^2 its variance pooled within groups (1 / all people
    at least, for where nobody moved or all did alike), the gap +- c s / sqrt(n), c the normal bound
    for so many independent groups; p from the normal distribution. So neither interval nor p says
    anything of a group but its gap and its size: from one of its own the few who moved could be
    counted.

    Examples
    --------
    >>> frame = pd.DataFrame({"used_digital": [1.0, 0, 0, 0], "prefers_digital": [1.0, 1, 0, 0]})
    >>> gaps(frame)[["level", "share_used", "share_preferred", "estimate"]]
           level  share_used  share_preferred  estimate
    0  Everybody        0.25              0.5      0.25
    """
    frame = frame if by is None else in_groups(frame)
    used, preferred = (frame[[name]].set_axis(["digital"], axis=1) for name in (USED, PREFERS))
    if by is None:
        rows = paired.shifts(used, preferred, conf_level=conf_level)
        rows.insert(0, "level", "Everybody")
        rows.insert(0, "variable", "everybody")
        return rows
    rows = paired.shifts(used, preferred, by=frame[by], conf_level=conf_level)
    rows = rows.rename(columns={by: "level"}).astype({"level": "str"})
    moved = frame[PREFERS] - frame[USED]
    within = moved - moved.groupby(frame[by], observed=True).transform("mean")
    pooled = float((within**2).sum() / max(len(frame) - len(rows), 1))
    error = np.sqrt(max(pooled, 1 / len(frame)) / rows["n"])
    reach = critical_value([np.eye(1)] * len(rows), conf_level) * error
    rows["std_error"] = error
    rows["simultaneous_low"] = np.maximum(rows["estimate"] - reach, -1.0)
    rows["simultaneous_high"] = np.minimum(rows["estimate"] + reach, 1.0)
    statistic = rows["estimate"] / error
    rows["p_value"] = 2 * stats.norm.sf(np.abs(statistic))
    rows["p_adjusted"] = holm(rows["p_value"])
    rows["statistic"] = statistic**2
    rows.insert(0, "variable", by)
    return rows


def shown_gaps(
    rows: pd.DataFrame, frame: pd.DataFrame, codebook: Codebook, weighing: Weighing | None = None
) -> pd.DataFrame:
    """Hide groups in which few used or prefer a digital channel, or few another.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `gaps` returns it.
    frame : pandas.DataFrame
        The same people.
    codebook : Codebook
        Its threshold.
    weighing : Weighing, optional
        For the weighted shares beside.

    Returns
    -------
    pandas.DataFrame
        `GAP_COLUMNS`: shares in whole percent; the gap in whole points with an interval that holds
        together with the others, outwards; p; and the weighted shares, "used, prefer", as text.
        Where few of everybody gave one of the four pairs of answers the interval holds those of
        neighbouring counts (`privacy.widened_shifts`). Groups in which few did neither are hidden.
        Groups add up to everybody: where one is hidden, a second one is, and where a group is
        small so are the numbers of people.
    """
    rule = rule_of(codebook)
    counted = rows.assign(
        not_used=rows["n"] - rows["n_used"], not_preferred=rows["n"] - rows["n_preferred"]
    )
    numbers = ["share_used", "share_preferred", "estimate", "conf_low", "conf_high"]
    counted["n_neither"] = rows["n"] - rows[JOINT].sum(axis=1)
    alone = len(rows) == 1
    if alone:
        wide = widened_shifts(rows, rule)
        counted[["conf_low", "conf_high"]] = wide[["conf_low", "conf_high"]]
        p_shown = wide["p_shown"]
    else:
        counted["conf_low"], counted["conf_high"] = (
            rows["simultaneous_low"],
            rows["simultaneous_high"],
        )
        p_shown = pd.Series(
            [p_text(each).removeprefix("p ").removeprefix("= ") for each in rows["p_adjusted"]]
        )
    shown = hide_small(
        counted.rename(columns={"n": "people"}),
        counts=["n_used", "n_preferred", "not_used", "not_preferred", "n_neither"],
        values=numbers,
        rule=rule,
        complete=not alone,
    ).rename(columns={"people": "n"})
    hidden = shown["estimate"].isna()
    if rule.few(shown["n"]).any():
        shown["n"] = hide(shown["n"], hidden)
    shown["p_shown"] = p_shown.mask(hidden, HIDDEN)
    shown[numbers[:3]] = shown[numbers[:3]].round(2) + 0.0
    shown["conf_low"], shown["conf_high"] = outwards(shown["conf_low"], shown["conf_high"])
    by = str(rows["variable"].iloc[0])
    shown["weighted"] = _weighted(frame, by, list(rows["level"]), weighing, rule)
    shown["weighted"] = shown["weighted"].mask(hidden, HIDDEN)
    return shown.assign(level=labelled(shown))[GAP_COLUMNS]


def shown_people(survey: Survey, responses: pd.DataFrame) -> pd.DataFrame:
    """Select the people whose two answers are compared, with the groupings that can be shown.

    Parameters
    ----------
    survey, responses
        As for `people.answered_both`.

    Returns
    -------
    pandas.DataFrame
        As `people.answered_both`, without the column of a grouping of which fewer than two groups
        can be shown: a test of it would tell what is hidden.
    """
    frame, codebook = answered_both(survey, responses), survey.codebook
    hidden = [
        by
        for by in digital_groupings(frame)
        if shown_gaps(gaps(frame, by), frame, codebook)["estimate"].notna().sum() < 2
    ]
    return frame.drop(columns=hidden)


def compared_people(survey: Survey, responses: pd.DataFrame, parts: Parts) -> pd.DataFrame:
    """Return the people whose two answers are compared, as far as this is not left out.

    Parameters
    ----------
    survey, responses
        As for `people.answered_both`.
    parts : Parts
        What is left out.

    Returns
    -------
    pandas.DataFrame
        As `shown_people`; empty where the part "digital" is left out.
    """
    people = shown_people(survey, responses)
    return people if parts.has("digital") else people.iloc[:0]


def every_gap(
    frame: pd.DataFrame, codebook: Codebook, weighing: Weighing | None = None
) -> pd.DataFrame:
    """Show the gaps of everybody and of the groups of each grouping, one under the other.

    Parameters
    ----------
    frame, codebook, weighing
        As for `shown_gaps`.

    Returns
    -------
    pandas.DataFrame
        `GAP_COLUMNS` and `variable`; empty of nobody.
    """
    if frame.empty:
        return pd.DataFrame(columns=[*GAP_COLUMNS, "variable"])
    parts = []
    for by in (None, *digital_groupings(frame)):
        shown = shown_gaps(gaps(frame, by), frame, codebook, weighing)
        parts.append(shown.assign(variable=by or "everybody"))
    return pd.concat(parts, ignore_index=True)


def _weighted(
    frame: pd.DataFrame, by: str, levels: Sequence[str], weighing: Weighing | None, rule: Rule
) -> list[str]:
    """Write both weighted shares of each group, as far as `privacy.hidden_weighted_groups` says."""
    frame = in_groups(frame) if by in frame else frame
    heavy = frame if weighing is None else weighing.people(frame)
    if weighing is None or heavy.empty:
        return [""] * len(levels)
    everybody = pd.Series(pd.Categorical(["Everybody"] * len(frame)), index=frame.index)
    group = frame.get(by, everybody)
    n = group.astype("str").value_counts().reindex(levels).to_numpy()
    found = proportions.shares(
        heavy[[USED, PREFERS]], by=group.loc[heavy.index], weights=weighing.weights
    )
    named = found.astype({"level": "str", "answer": "str"}).set_index("level")
    cells = {}
    for name in (USED, PREFERS):
        own = named[named["answer"] == name].reindex(levels)
        counts = own[["n_yes", "n"]].fillna(0).to_numpy().T
        hidden = hidden_weighted_groups(n, *counts, rule=rule)
        cells[name] = hide(own["estimate"], hidden)
    return [
        HIDDEN if np.isnan([used, preferred]).any() else f"{percent(used)}, {percent(preferred)}"
        for used, preferred in zip(*cells.values(), strict=True)
    ]


def with_and_without_absent(survey: Survey, frame: pd.DataFrame) -> pd.DataFrame:
    """Give the gap of everybody, and without who prefers a channel that was not on offer.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        As `people.answered_both` returns it.

    Returns
    -------
    pandas.DataFrame
        Rows as `gaps` returns them; exact, not to be shown. The first alone, if nobody is left.
    """
    preferred = bases.channels(survey, frame, "preferred")
    if isinstance(preferred, pd.Series):
        preferred = pd.get_dummies(preferred, dtype=float)
    absent = [each for each in preferred if each in survey.not_offered]
    rest = frame[preferred[absent].sum(axis=1) == 0]
    return pd.concat([gaps(each) for each in (frame, rest) if len(each)], ignore_index=True)

"""Who uses and who prefers digital channels: the people, and tables as far as they may be shown."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

from analysis import bases, between, ordinal, paired, proportions
from analysis.bases import Base
from analysis.codebook import Codebook
from analysis.population import Weighing
from analysis.privacy import hide_small
from analysis.proportions import Share
from analysis.report import HIDDEN, percent
from analysis.shift_tables import JOINT, widened
from analysis.survey import Survey
from analysis.video_people import enough, joined, labelled

#: The two answers of a person, 1 if a digital channel is among those named.
USED, PREFERS = "used_digital", "prefers_digital"

#: What the table of gaps shows.
COLUMNS = [
    "level", "n", "share_used", "share_preferred", "estimate", "conf_low", "conf_high", "p_shown",
    "weighted",
]  # fmt: skip


def answered(survey: Survey, responses: pd.DataFrame) -> Base:
    """Select who said what they used and prefer, their age and whether they have a disability.

    Parameters
    ----------
    survey : Survey
        The survey; its words name the digital groups of channels.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.

    Returns
    -------
    Base
        With `used_digital` and `prefers_digital`, 1.0 or 0.0, and `age` joined where a band holds
        too few people. Age and disability count as far as the survey asks them.

    Raises
    ------
    ValueError
        If the codebook names no digital group, or nobody is left.
    """
    if not survey.words.digital_groups:
        raise ValueError(
            "the codebook names no digital channels; add digital_groups to its [words]"
        )
    roles = [role for role in ("age", "disability") if survey.has(role)]
    base = bases.answered(survey, responses, [survey.used_role, "preferred", *roles])
    frame = base.frame.assign(
        **{
            name: _digital(survey, base.frame, role)
            for name, role in ((USED, survey.used_role), (PREFERS, "preferred"))
        }
    )
    if "age" in roles:
        rarer = frame[[USED, PREFERS]].mean()
        share = float(np.minimum(rarer, 1 - rarer).min())
        frame["age"] = joined(frame["age"], enough(survey.codebook.disclosure_threshold, share))
    return Base(frame=frame, ledger=base.ledger)


def _digital(survey: Survey, frame: pd.DataFrame, role: str) -> pd.Series:
    groups = bases.grouped(survey, bases.channels(survey, frame, role))
    names = list(survey.words.digital_groups)
    if isinstance(groups, pd.Series):
        return groups.isin(names).astype(float)
    return groups[names].max(axis=1).astype(float)


def groupings(frame: pd.DataFrame) -> list[str]:
    """Name the columns, of age and disability, that hold two groups or more."""
    return [name for name in ("age", "disability") if name in frame and frame[name].nunique() > 1]


def gaps(frame: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Compare the shares that used and that prefer a digital channel, within groups of people.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `answered` returns it.
    by : str, optional
        Column of groups; everybody without.

    Returns
    -------
    pandas.DataFrame
        As `paired.shifts`, `variable` and `level` first: a row a group. Intervals hold together
        over the groups of a grouping, and p is adjusted over these.

    Examples
    --------
    >>> frame = pd.DataFrame({"used_digital": [1.0, 0, 0, 0], "prefers_digital": [1.0, 1, 0, 0]})
    >>> gaps(frame)[["level", "share_used", "share_preferred", "estimate"]]
           level  share_used  share_preferred  estimate
    0  Everybody        0.25              0.5      0.25
    """
    used, preferred = (frame[[name]].set_axis(["digital"], axis=1) for name in (USED, PREFERS))
    if by is None:
        rows = paired.shifts(used, preferred)
        rows.insert(0, "level", "Everybody")
    else:
        rows = paired.shifts(used, preferred, by=frame[by])
        rows = rows.rename(columns={by: "level"}).astype({"level": "str"})
    rows.insert(0, "variable", by or "everybody")
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
        `COLUMNS`: shares in whole percent; the gap in whole points with an interval that holds
        together with the others, outwards; p as far as it may be shown; and the weighted shares,
        "used, prefer", as text. Where few gave one of the four pairs of answers the interval holds
        those of neighbouring counts (`shift_tables.widened`). Groups in which few did
        neither are hidden. Groups add up to everybody: where one is hidden, a second one is.
    """
    threshold = codebook.disclosure_threshold
    counted = rows.assign(
        not_used=rows["n"] - rows["n_used"], not_preferred=rows["n"] - rows["n_preferred"]
    )
    numbers = ["share_used", "share_preferred", "estimate", "conf_low", "conf_high"]
    counted["n_neither"] = rows["n"] - rows[JOINT].sum(axis=1)
    wide = widened(rows, threshold)
    counted[["conf_low", "conf_high"]] = wide[["conf_low", "conf_high"]]
    shown = hide_small(
        counted.rename(columns={"n": "people"}),
        counts=["n_used", "n_preferred", "not_used", "not_preferred", "n_neither"],
        values=numbers,
        threshold=threshold,
        complete=len(rows) > 1,
    ).rename(columns={"people": "n"})
    hidden = shown["estimate"].isna()
    shown["p_shown"] = wide["p_shown"].mask(hidden, HIDDEN)
    shown[numbers[:3]] = shown[numbers[:3]].round(2) + 0.0
    shown["conf_low"] = np.floor((shown["conf_low"] * 100).round(9)) / 100 + 0.0
    shown["conf_high"] = np.ceil((shown["conf_high"] * 100).round(9)) / 100 + 0.0
    by = str(rows["variable"].iloc[0])
    shown["weighted"] = _weighted(frame, by, list(rows["level"]), weighing)
    shown["weighted"] = shown["weighted"].mask(hidden, HIDDEN)
    return shown.assign(level=labelled(shown))[COLUMNS]


def _weighted(
    frame: pd.DataFrame, by: str, levels: Sequence[str], weighing: Weighing | None
) -> list[str]:
    if weighing is None:
        return [""] * len(levels)
    heavy = weighing.people(frame)
    everybody = pd.Series(pd.Categorical(["Everybody"] * len(heavy)), index=heavy.index)
    group = heavy[by] if by in heavy else everybody
    found = proportions.shares(heavy[[USED, PREFERS]], by=group, weights=weighing.weights)
    wide = found.astype({"level": "str", "answer": "str"}).pivot(index="level", columns="answer")
    cells = wide["estimate"].reindex(levels)
    return [
        HIDDEN if row.isna().any() else f"{percent(row[USED])}, {percent(row[PREFERS])}"
        for _, row in cells.iterrows()
    ]


def tests(frame: pd.DataFrame) -> pd.DataFrame:
    """Test whether groups differ in using, in preferring, and in the gap: one family.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `answered` returns it.

    Returns
    -------
    pandas.DataFrame
        `grouping, test, statistic, df, p_value, p_adjusted, n`: `between.means_test` of each
        grouping, `test` is "used", "prefer" or "gap"; Holm over all rows. Empty without groups.
    """
    values = {"used": frame[USED], "prefer": frame[PREFERS], "gap": frame[PREFERS] - frame[USED]}
    rows = [
        between.means_test(each.to_frame(), frame[by].astype("str"))
        .to_frame()
        .assign(grouping=by, test=name)
        for by in groupings(frame)
        for name, each in values.items()
    ]
    columns = ["grouping", "test", "statistic", "df", "p_value", "p_adjusted", "n"]
    if not rows:
        return pd.DataFrame(columns=columns)
    table = pd.concat(rows, ignore_index=True)
    table["p_adjusted"] = multipletests(table["p_value"], method="holm")[1]
    return table[columns]


def elsewhere(frame: pd.DataFrame, codebook: Codebook) -> tuple[Share | None, Share | None]:
    """Give the share of digital users who prefer another way, and of the others who prefer digital.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `answered` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    tuple of Share
        None where fewer than the threshold would, or would not.

    Examples
    --------
    >>> from analysis import survey
    >>> frame = pd.DataFrame({"used_digital": [1.0] * 40, "prefers_digital": [1.0, 0.0] * 20})
    >>> elsewhere(frame, survey.load("herts_2023").codebook)
    (50.0% of 40 (35.2% to 64.8%), None)
    """
    used, prefers = frame[USED] == 1, frame[PREFERS] == 1
    found = []
    for yes in (~prefers[used], prefers[~used]):
        small = min(int(yes.sum()), int((~yes).sum())) < codebook.disclosure_threshold
        found.append(None if small else proportions.share(yes))
    return found[0], found[1]


def model(frame: pd.DataFrame, outcome: str, terms: Sequence[str]) -> ordinal.OrdinalFit:
    """Fit a logit model of using, or of preferring, a digital channel.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `answered` returns it.
    outcome : str
        `USED` or `PREFERS`.
    terms : sequence of str
        Columns of predictors.

    Returns
    -------
    OrdinalFit
        A cumulative logit with one boundary is the binary logit; its top answer is "digital".

    Raises
    ------
    ValueError
        As `ordinal.fit`.
    """
    people = as_outcome(frame, outcome)
    return ordinal.fit(f"{outcome} ~ {' + '.join(terms)}", people)


def as_outcome(frame: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Return the people with one of the two answers as an ordered outcome, "other" and "digital".

    Parameters
    ----------
    frame : pandas.DataFrame
        As `answered` returns it.
    outcome : str
        `USED` or `PREFERS`.

    Returns
    -------
    pandas.DataFrame
        A copy.
    """
    names = np.where(frame[outcome] == 1, "digital", "other")
    kind = pd.CategoricalDtype(["other", "digital"], ordered=True)
    return frame.assign(**{outcome: pd.Series(names, index=frame.index).astype(kind)})

"""Who uses and who prefers digital channels: the people, and tables as far as they may be shown."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

from analysis import bases, between, digital_sentences, findings, paired, proportions
from analysis.codebook import Codebook, Words
from analysis.digital_people import PREFERS, USED, as_outcome, groupings, model
from analysis.paired.simultaneous import critical_value
from analysis.population import Weighing
from analysis.privacy import hide_small
from analysis.proportions import Share
from analysis.report import HIDDEN, p_text, percent
from analysis.shift_tables import JOINT, widened
from analysis.survey import Survey
from analysis.video_models import adjusted, likelihood_ratios, shown_adjusted
from analysis.video_people import labelled
from analysis.video_sentences import share_sentence

#: What the columns of that table are, and the line below it.
KINDS = {
    "estimate": "whole points", "share_used": "whole percent", "share_preferred": "whole percent",
    "weighted": "text",
}  # fmt: skip
NOTE = "Weighted: used, prefer. Intervals hold together within a grouping; those of groups have " \
       "the variance pooled over the grouping, so that no small count shows."  # fmt: skip

#: What the table of gaps shows.
COLUMNS = [
    "level", "n", "share_used", "share_preferred", "estimate", "conf_low", "conf_high", "p_shown",
    "weighted",
]  # fmt: skip


def gaps(frame: pd.DataFrame, by: str | None = None, *, conf_level: float = 0.95) -> pd.DataFrame:
    """Compare the shares that used and that prefer a digital channel, within groups of people.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `digital_people.answered` returns it.
    by : str, optional
        Column of groups; everybody without.
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
    difference of a person's two answers and s^2 its variance pooled within groups, the gap +- c s /
    sqrt(n), c the normal bound for so many independent groups; p from the normal distribution. So
    neither interval nor p says anything of a group but its gap and its size: from one of its own
    the few who moved could be counted.

    Examples
    --------
    >>> frame = pd.DataFrame({"used_digital": [1.0, 0, 0, 0], "prefers_digital": [1.0, 1, 0, 0]})
    >>> gaps(frame)[["level", "share_used", "share_preferred", "estimate"]]
           level  share_used  share_preferred  estimate
    0  Everybody        0.25              0.5      0.25
    """
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
    error = np.sqrt(pooled / rows["n"])
    reach = critical_value([np.eye(1)] * len(rows), conf_level) * error
    rows["std_error"] = error
    rows["simultaneous_low"] = np.maximum(rows["estimate"] - reach, -1.0)
    rows["simultaneous_high"] = np.minimum(rows["estimate"] + reach, 1.0)
    statistic = np.divide(rows["estimate"], error, out=np.zeros(len(rows)), where=error > 0)
    rows["p_value"] = 2 * stats.norm.sf(np.abs(statistic))
    rows["p_adjusted"] = multipletests(rows["p_value"], method="holm")[1]
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
        `COLUMNS`: shares in whole percent; the gap in whole points with an interval that holds
        together with the others, outwards; p; and the weighted shares, "used, prefer", as text.
        Where few of everybody gave one of the four pairs of answers the interval holds those of
        neighbouring counts (`shift_tables.widened`). Groups in which few did neither are hidden.
        Groups add up to everybody: where one is hidden, a second one is.
    """
    threshold = codebook.disclosure_threshold
    counted = rows.assign(
        not_used=rows["n"] - rows["n_used"], not_preferred=rows["n"] - rows["n_preferred"]
    )
    numbers = ["share_used", "share_preferred", "estimate", "conf_low", "conf_high"]
    counted["n_neither"] = rows["n"] - rows[JOINT].sum(axis=1)
    alone = len(rows) == 1
    if alone:
        wide = widened(rows, threshold)
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
        threshold=threshold,
        complete=not alone,
    ).rename(columns={"people": "n"})
    hidden = shown["estimate"].isna()
    shown["p_shown"] = p_shown.mask(hidden, HIDDEN)
    shown[numbers[:3]] = shown[numbers[:3]].round(2) + 0.0
    shown["conf_low"] = np.floor((shown["conf_low"] * 100).round(9)) / 100 + 0.0
    shown["conf_high"] = np.ceil((shown["conf_high"] * 100).round(9)) / 100 + 0.0
    by = str(rows["variable"].iloc[0])
    shown["weighted"] = _weighted(frame, by, list(rows["level"]), weighing)
    shown["weighted"] = shown["weighted"].mask(hidden, HIDDEN)
    return shown.assign(level=labelled(shown))[COLUMNS]


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
        `variable` and `COLUMNS`.
    """
    parts = []
    for by in (None, *groupings(frame)):
        shown = shown_gaps(gaps(frame, by), frame, codebook, weighing)
        parts.append(shown.assign(variable=by or "everybody"))
    return pd.concat(parts, ignore_index=True)


def _weighted(
    frame: pd.DataFrame, by: str, levels: Sequence[str], weighing: Weighing | None
) -> list[str]:
    if weighing is None:
        return [""] * len(levels)
    heavy = weighing.people(frame)
    everybody = pd.Series(pd.Categorical(["Everybody"] * len(heavy)), index=heavy.index)
    group = heavy.get(by, everybody)
    found = proportions.shares(heavy[[USED, PREFERS]], by=group, weights=weighing.weights)
    named = found.astype({"level": "str", "answer": "str"})
    cells = pd.DataFrame(
        {
            name: named[named["answer"] == name].set_index("level")["estimate"].reindex(levels)
            for name in (USED, PREFERS)
        }
    )
    return [
        HIDDEN if row.isna().any() else f"{percent(row[USED])}, {percent(row[PREFERS])}"
        for _, row in cells.iterrows()
    ]


def between_groups(frame: pd.DataFrame) -> pd.DataFrame:
    """Test whether groups differ in using, in preferring, and in the gap: one family.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `digital_people.answered` returns it.

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
        As `digital_people.answered` returns it.
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


def side_by_side(frame: pd.DataFrame, codebook: Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the shares that use and that prefer digital channels, groupings adjusted for each other.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `digital_people.answered` returns it, with one grouping or more.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    tuple of pandas.DataFrame
        As `video_models.shown_adjusted`: of using, and of preferring.
    """
    terms = groupings(frame)
    first, second = (
        shown_adjusted(*adjusted(model(frame, outcome, terms), terms, top=1), codebook)
        for outcome in (USED, PREFERS)
    )
    return first, second


def model_tests(frame: pd.DataFrame) -> pd.DataFrame:
    """Test each grouping in the models of using and of preferring: one family.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `digital_people.answered` returns it, with one grouping or more.

    Returns
    -------
    pandas.DataFrame
        `outcome` ("used" or "prefer"), `term, statistic, df, p_value, p_adjusted, n`.
    """
    terms = groupings(frame)
    parts = [
        likelihood_ratios(as_outcome(frame, outcome), outcome, terms).assign(outcome=name)
        for outcome, name in ((USED, "used"), (PREFERS, "prefer"))
    ]
    table = pd.concat(parts, ignore_index=True)
    table["p_adjusted"] = multipletests(table["p_value"], method="holm")[1]
    return table[["outcome", "term", "statistic", "df", "p_value", "p_adjusted", "n"]]


def on_offer(survey: Survey, frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the gap of everybody, and without who prefers a channel that was not on offer.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        As `digital_people.answered` returns it.

    Returns
    -------
    tuple of pandas.Series
        Two rows as `gaps` returns them; exact, not to be shown.
    """
    preferred = bases.channels(survey, frame, "preferred")
    if isinstance(preferred, pd.Series):
        preferred = pd.get_dummies(preferred, dtype=float)
    absent = [each for each in preferred if each in survey.not_offered]
    rest = frame[preferred[absent].sum(axis=1) == 0]
    return gaps(frame).iloc[0], gaps(rest).iloc[0]


def headline_rows(
    shown: pd.DataFrame, away: Share | None, wish: pd.DataFrame | None, words: Words
) -> list[dict]:
    """Make the headlines on digital channels.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `every_gap` returns it.
    away : Share or None
        As `elsewhere` returns it first.
    wish : pandas.DataFrame or None
        As `side_by_side` returns it second.
    words : Words
        The survey's words.

    Returns
    -------
    list of dict
        As `findings.row`: the gap of everybody, the users of digital channels who would rather
        not, and of each grouping the group that prefers digital channels least.
    """
    who, found = "people who said what they used and prefer, their age and disability", []
    first = shown.iloc[0]
    if pd.notna(first["estimate"]):
        text = digital_sentences.gap_sentence(first, words)
        unit = "difference of shares"
        found.append(findings.row("digital_gap", text, first, n=first["n"], unit=unit, base=who))
    if away is not None:
        text = digital_sentences.elsewhere_sentence(away, None, words)
        found.append(findings.row("digital_elsewhere", text, away, n=away.n, base=who))
    if wish is None:
        return found
    for by, rows in wish[~wish["few"]].dropna(subset=["estimate"]).groupby("variable", sort=False):
        row = rows.sort_values("estimate", kind="stable").iloc[0]
        said = f"{words.preferred} one of the {digital_sentences.digital_channels(words)}"
        text = share_sentence(row, said)
        found.append(findings.row(f"digital_by_{by}", text, row, n=row["n"], base=who))
    return found

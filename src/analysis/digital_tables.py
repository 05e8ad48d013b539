"""Tests and models of who uses and who prefers digital channels, and their headlines."""

import pandas as pd
from statsmodels.stats.multitest import multipletests

from analysis import between, digital_sentences, findings, proportions
from analysis.codebook import Codebook, Words
from analysis.digital_people import PREFERS, USED, as_outcome, groupings, model
from analysis.proportions import Share
from analysis.satisfaction_sentences import share_text
from analysis.video_models import adjusted, likelihood_ratios, shown_adjusted


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


def headline_rows(
    shown: pd.DataFrame,
    away: Share | None,
    models: tuple[pd.DataFrame, pd.DataFrame] | None,
    words: Words,
    *,
    offered: str = "",
) -> list[dict]:
    """Make the headlines on digital channels.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `digital_gaps.every_gap` returns it.
    away : Share or None
        As `elsewhere` returns it first.
    models : tuple of pandas.DataFrame or None
        Shares of preferring as `side_by_side` returns them second, and `model_tests`.
    words : Words
        The survey's words.
    offered : str
        As `digital_sentences.on_offer_sentence` returns it: goes with the gap.

    Returns
    -------
    list of dict
        As `findings.row`: the gap of everybody, the users of digital channels who would rather
        not, and of each grouping that differs the group that prefers digital channels least.
    """
    who, found = "people who said what they used and prefer, their age and disability", []
    first = shown.iloc[0]
    if pd.notna(first["estimate"]):
        text = f"{digital_sentences.gap_sentence(first, words)} {offered}".strip()
        unit = "difference of shares"
        found.append(findings.row("digital_gap", text, first, n=first["n"], unit=unit, base=who))
    if away is not None:
        text = digital_sentences.elsewhere_sentence(away, None, words)
        found.append(findings.row("digital_elsewhere", text, away, n=away.n, base=who))
    if models is None:
        return found
    wish, tests = models
    clear = tests.loc[(tests["outcome"] == "prefer") & (tests["p_adjusted"] < 0.05), "term"]
    for by in clear:
        rows = wish[(wish["variable"] == by) & ~wish["few"]].dropna(subset=["estimate"])
        if rows.empty:
            continue
        row = rows.sort_values("estimate", kind="stable").iloc[0]
        said = f"{words.preferred} one of the {digital_sentences.digital_channels(words)}"
        text = share_text(row, said)
        found.append(findings.row(f"digital_by_{by}", text, row, n=row["n"], base=who))
    return found

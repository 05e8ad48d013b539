"""What is said of the headlines under other choices."""

import pandas as pd

from analysis.numerics import p_text, percent
from analysis.report import at_start, in_sentence, listed
from analysis.specifications.curves import ROBUST, SENSITIVE, UNSUPPORTED
from analysis.specifications.stored import Stored

#: How a verdict reads.
_READ = {
    ROBUST: "hold whatever is chosen",
    SENSITIVE: "depend on choices",
    UNSUPPORTED: "are not supported",
}


def short_texts(stored: Stored) -> list[str]:
    """Answer in plain words whether other reasonable choices would change the headlines.

    Parameters
    ----------
    stored : Stored
        The specifications.

    Returns
    -------
    list of str
        How many hold; which do not, and on what they depend.
    """
    rows = stored.claims
    if rows.empty:
        return ["No headline of this survey could be tried with other choices."]
    holds = int((rows["verdict"] == ROBUST).sum())
    how = f"{'holds' if holds == 1 else 'hold'} whatever is reasonably chosen"
    said = [f"Of {len(rows)} headlines {holds or 'none'} {how}."]
    parts = []
    for verdict, words in ((UNSUPPORTED, "not supported"), (SENSITIVE, "dependent on choices")):
        named = [in_sentence(each) for each in rows.loc[rows["verdict"] == verdict, "about"]]
        if named:
            parts.append(f"{words}: {listed(named)}")
    return [*said, at_start("; ".join(parts)) + "."] if parts else said


def answer_texts(stored: Stored) -> list[str]:
    """Say of each headline that does not hold what changes it, and of the others that they hold.

    Parameters
    ----------
    stored : Stored
        The specifications.

    Returns
    -------
    list of str
        A paragraph a verdict.
    """
    rows, said = stored.claims, []
    for verdict in (UNSUPPORTED, SENSITIVE):
        said += [_told(row) for row in rows[rows["verdict"] == verdict].itertuples()]
    holds = rows[rows["verdict"] == ROBUST]
    if len(holds):
        least = holds.loc[holds["same_conclusion"].idxmin()]
        named = listed([in_sentence(each) for each in holds["about"]], most=len(holds))
        said.append(
            f"Robust, since at least nine in ten specifications conclude as the report does and no "
            f"choice alone changes it: {named} (fewest: {percent(least['same_conclusion'])} of "
            f"{least['specifications']:,})."
        )
    return said


def claim_sentence(row: object) -> str:
    """Say of one headline how many of its specifications conclude the same.

    Parameters
    ----------
    row : object
        A row of `Stored.claims`.

    Returns
    -------
    str
        One sentence.
    """
    return _told(row)


def least_robust(stored: Stored) -> pd.Series:
    """Return the row of the headline with which fewest specifications agree.

    Parameters
    ----------
    stored : Stored
        The specifications of one headline or more.

    Returns
    -------
    pandas.Series
        A row of `Stored.claims`.
    """
    return stored.claims.loc[stored.claims["same_conclusion"].idxmin()]


def again_sentence(made: pd.DataFrame) -> str:
    """Say how many specifications were worked out again, and whether they are as stored.

    Parameters
    ----------
    made : pandas.DataFrame
        As `stored.again` returns it.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> again_sentence(pd.DataFrame({"again": [4, 5], "same": [4, 5]}))
    '9 specifications were worked out again here: all have the stored numbers.'
    """
    total, same = int(made["again"].sum()), int(made["same"].sum())
    how = "all have the stored numbers" if same == total else f"{total - same} have other numbers"
    return f"{total:,} specifications were worked out again here: {how}."


def _told(row: object) -> str:
    flipped = f", most of all on: {row.sensitive_to.lower()}" if row.sensitive_to else ""
    chance = ""
    if pd.notna(row.p_median):
        worst = max(row.p_median, row.p_share)
        chance = f"; the curve as a whole: {p_text(worst)}"
    kind = {
        UNSUPPORTED: "not supported",
        SENSITIVE: f"sensitive{flipped}",
        ROBUST: "robust",
    }[row.verdict]
    return (
        f"**{at_start(row.about)}**: {kind}. {percent(row.same_conclusion)} of "
        f"{row.specifications:,} specifications conclude as the report does{chance}."
    )


def _on(row: object) -> str:
    return listed([each.lower() for each in row.sensitive_to.split("; ")])

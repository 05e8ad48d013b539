"""What is said of the headlines under other choices."""

import pandas as pd

from analysis.chapters.robustness.tables import written
from analysis.numerics import p_text, percent
from analysis.report import at_start, in_sentence, listed
from analysis.specifications.curves import INCONCLUSIVE, ROBUST, SENSITIVE, UNSUPPORTED
from analysis.specifications.stored import Stored


def short_texts(stored: Stored) -> list[str]:
    """Answer in plain words whether other reasonable choices would change the headlines.

    Parameters
    ----------
    stored : Stored
        The specifications.

    Returns
    -------
    list of str
        How many conclusions stay; which do not.
    """
    rows = stored.claims[stored.claims["verdict"] != INCONCLUSIVE]
    if rows.empty:
        return ["No headline of this survey claims anything that other choices could change."]
    holds = int((rows["verdict"] == ROBUST).sum())
    stay = f"{holds or 'none'} {'stays' if holds == 1 else 'stay'} the same"
    said = [
        f"Of {len(rows)} conclusions {stay} in at least nine of ten other ways to analyse the "
        "replies."
    ]
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
        A paragraph each, then one on all that are robust, and one on what this is not about.
    """
    rows, said = stored.claims, []
    for verdict in (UNSUPPORTED, SENSITIVE):
        some = rows[rows["verdict"] == verdict]
        said += [_told(row, stored.choices) for row in some.itertuples()]
    holds = rows[rows["verdict"] == ROBUST]
    if len(holds):
        least = holds.loc[holds["same_conclusion"].idxmin()]
        named = listed([in_sentence(each) for each in holds["about"]], most=len(holds))
        said.append(
            "Robust, since at least nine in ten specifications conclude as the report does and no "
            f"choice alone changes it: {named} (fewest: {percent(least['same_conclusion'])} of "
            f"{least['specifications']:,}). {_sizes(holds)}".strip()
        )
    nothing = [in_sentence(each) for each in rows.loc[rows["verdict"] == INCONCLUSIVE, "about"]]
    if nothing:
        said.append(
            f"Nothing is claimed, whatever is chosen: {listed(nothing, most=len(nothing))}."
        )
    said.append(
        "Robust means: to how the replies are analysed. How robust a headline is to who answered "
        "is a question of its own, further down."
    )
    return said


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


def _told(row: object, choices: pd.DataFrame) -> str:
    """Say of a headline how many specifications agree, and at which levels most and fewest do."""
    chance = ""
    if pd.notna(row.p_median):
        worst = max(row.p_median, row.p_share)
        chance = f"; the curve as a whole: {p_text(worst)} (the larger of two)"
    kind = "not supported" if row.verdict == UNSUPPORTED else "sensitive"
    same = round(row.same_conclusion * row.specifications)
    said = (
        f"**{at_start(row.about)}**: {kind}. {same:,} of {row.specifications:,} specifications "
        f"conclude as the report does{chance}."
    )
    mine = choices[(choices["claim"] == row.claim)].set_index("label")
    named = [each for each in row.sensitive_to.split("; ") if each in mine.index]
    parts = [_levels(each, mine.loc[each]) for each in named]
    return f"{said} Sensitive to {'; '.join(parts)}." if parts else said


def _levels(label: str, row: pd.Series) -> str:
    ends = f"{row['level_high']}: {percent(row['same_high'])} conclude the same"
    alone = ", alone changes it" if row["flips"] else ""
    return f"{label.lower()} ({ends}, {row['level_low']}: {percent(row['same_low'])}{alone})"


def _sizes(holds: pd.DataFrame) -> str:
    """Say how far the size of robust differences moves."""
    rows = holds[holds["kind"] == "difference"]
    if rows.empty:
        return ""
    moved = rows.loc[(rows["highest"] - rows["lowest"]).idxmax()]
    low, high, median, own = (
        written(moved[each], moved["unit"]) for each in ("lowest", "highest", "median", "estimate")
    )
    return (
        f"Sizes move more than conclusions: {in_sentence(moved['about'])} runs from {low} to "
        f"{high} points (median {median}, in the report {own})."
    )

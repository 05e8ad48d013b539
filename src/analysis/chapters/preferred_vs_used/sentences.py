"""Sentences about what people used and prefer, made from the tables that may be shown."""

from collections.abc import Sequence

import pandas as pd

from analysis.privacy import Rule
from analysis.proportions import Share
from analysis.report import in_sentence, interval, listed, p_text, percent, points
from analysis.survey.codebook import Words


def same_sentence(same: Share, words: Words) -> str:
    """Say how many people gave the same answer twice.

    Parameters
    ----------
    same : Share
        As `paired.agreement` returns it.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        One sentence with base and interval.
    """
    return (
        f"{percent(same.estimate)} of {same.n:,} people who named any {words.channel} gave the "
        f"same answer to both questions (95% interval {interval(same.conf_low, same.conf_high)})."
    )


def count_sentence(words: Words, count: str, p_value: float) -> str:
    """Say for how many channels the two answers differ.

    Parameters
    ----------
    words : Words
        How the survey speaks.
    count : str
        Such as "3 of 9 channels".
    p_value : float
        Of the test of all channels at once.

    Returns
    -------
    str
        One sentence.
    """
    return (
        f"What people {words.used} and what they {words.preferred} differ for {count} (95% "
        f"intervals that hold together); swapping each person's answers, all at once: "
        f"{p_text(p_value)}."
    )


def shift_sentence(shifts: pd.DataFrame, words: Words, *, not_offered: Sequence[str] = ()) -> str:
    """Say which channels gain and which lose, the largest three of each.

    Parameters
    ----------
    shifts : pandas.DataFrame
        `channel, share_used, share_preferred, estimate, conf_low, conf_high, differs`; rows with
        hidden numbers, and rows that do not differ, are not named.
    words : Words
        How the survey speaks.
    not_offered : sequence of str
        Channels that nobody can have used: their shift is no finding, and they are not named.

    Returns
    -------
    str
        One or two paragraphs; "" if no channel can be named.
    """
    differ = shifts[shifts["differs"] & ~shifts["channel"].isin(not_offered)]
    differ = differ.dropna(subset=["estimate"]).sort_values("estimate")
    sentences = []
    for direction, rows in (
        ("More people", differ[differ["estimate"] > 0][::-1]),
        ("Fewer people", differ[differ["estimate"] < 0]),
    ):
        named = [
            f"{in_sentence(str(row.channel))} ({percent(row.share_used)} against "
            f"{percent(row.share_preferred)}; {points(row.estimate)} points, "
            f"{interval(row.conf_low, row.conf_high, 'points')})"
            for row in rows.head(3).itertuples()
        ]
        if named:
            sentences.append(
                f"{direction} {words.preferred} than {words.used}: {listed(named)}"
                + (f", and {len(rows) - 3} more." if len(rows) > 3 else ".")
            )
    return "\n\n".join(sentences)


def grouping_sentence(tests: pd.DataFrame, names: dict[str, str]) -> str:
    """Say between which groups of people the shifts differ.

    Parameters
    ----------
    tests : pandas.DataFrame
        As `paired.heterogeneities` returns it.
    names : dict
        What the groupings are called, such as "district" -> "districts".

    Returns
    -------
    str
        One or two sentences; "" if nothing was compared.
    """
    differ = tests["p_adjusted"] < 0.05
    parts = []
    for start, rows, join in (
        ("The shifts differ between", tests[differ], "and"),
        ("These data do not show that the shifts differ between", tests[~differ], "or"),
    ):
        if len(rows):
            named = [
                f"{names[row.grouping]} ({p_text(row.p_adjusted)})" for row in rows.itertuples()
            ]
            last = f" {join} ".join([", ".join(named[:-1])] * (len(named) > 1) + named[-1:])
            parts.append(f"{start} {last}, Holm-adjusted.")
    return " ".join(parts)


def between_title(tests: pd.DataFrame, grouping: str, names: dict[str, str]) -> str:
    """Say in a title whether the shifts differ between some groups of people.

    Parameters
    ----------
    tests : pandas.DataFrame
        As `paired.heterogeneities` returns it.
    grouping : str
        Which one.
    names : dict
        What the groupings are called.

    Returns
    -------
    str
        Without a full stop.
    """
    p_value = float(tests.set_index("grouping").loc[grouping, "p_adjusted"])
    start = "Shifts differ" if p_value < 0.05 else "These data do not show that shifts differ"
    return f"{start} between {names[grouping]} (Holm-adjusted {p_text(p_value)})"


def spread_note(answers: pd.DataFrame, kept: Sequence[str]) -> str:
    """Say how far the groups of people are apart.

    Parameters
    ----------
    answers : pandas.DataFrame
        `answers` of what `paired.heterogeneity` returns.
    kept : sequence of str
        The channels that are named.

    Returns
    -------
    str
        One sentence.
    """
    rows = answers[answers["answer"].isin(kept)]
    named = [
        f"{in_sentence(str(row.answer))} {100 * row.estimate:.1f} ({100 * row.conf_low:.1f} to "
        f"{100 * row.conf_high:.1f})"
        for row in rows.itertuples()
    ]
    return f"Standard deviation between them in points: {'; '.join(named)}."


def shift_title(row: pd.Series, words: Words) -> str:
    """Say in a title how a channel is used and preferred.

    Parameters
    ----------
    row : pandas.Series
        `channel, share_used, share_preferred`.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        Without a full stop.
    """
    before, after = percent(row["share_used"]), percent(row["share_preferred"])
    return f"{row['channel']}: {before} {words.used}, {after} {words.preferred}"


def shift_finding(row: pd.Series, words: Words, n: int) -> str:
    """Say the shift of a channel with its interval and base.

    Parameters
    ----------
    row : pandas.Series
        `channel, share_used, share_preferred, estimate, conf_low, conf_high`.
    words : Words
        How the survey speaks.
    n : int
        The people compared.

    Returns
    -------
    str
        One sentence.
    """
    span = interval(row["conf_low"], row["conf_high"], "points")
    return f"{shift_title(row, words)}; {points(row['estimate'])} points ({span}), {n:,} people."


def moves_title(moves: pd.DataFrame, rule: Rule) -> str:
    """Say in a title which group of channels keeps most of its people, and which fewest.

    Parameters
    ----------
    moves : pandas.DataFrame
        `channel, n`, then a column a channel with rounded counts of people.
    rule : Rule
        What they are rounded to.

    Returns
    -------
    str
        Without a full stop. A group is named only if it comes first or last whatever the counts
        were before they were rounded.
    """
    rows = moves.set_index("channel")
    kept = pd.Series({name: row[name] for name, row in rows.iterrows()}, dtype=float)
    low, high = (kept - rule.people() / 2) / rows["n"], (kept + rule.people() / 2) / rows["n"]
    share = (kept / rows["n"]).dropna()
    parts = []
    for what, name, apart in (
        ("most", share.idxmax() if len(share) else "", lambda at: low[at] > high.drop(at).max()),
        ("fewest", share.idxmin() if len(share) else "", lambda at: high[at] < low.drop(at).min()),
    ):
        if len(share) > 1 and apart(name):
            label = in_sentence(str(name)) if parts else name
            about = percent(min(share[name], 1.0))
            parts.append(f"{label} keeps {what} of its people (about {about})")
    return ", ".join(parts) or "What people used, and what they would rather have"


def reached_finding(row: pd.Series, words: Words) -> str:
    """Say how many of those who prefer a channel used it.

    Parameters
    ----------
    row : pandas.Series
        `channel, estimate, conf_low, conf_high, n, counted`.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        One sentence.
    """
    about = "about " if row["counted"].startswith("rounded") else ""
    return (
        f"{row['channel']}: {about}{percent(row['estimate'])} of the {int(row['n']):,} people who "
        f"{words.preferred} it {words.used_short.lower()} it "
        f"({interval(row['conf_low'], row['conf_high'])})."
    )

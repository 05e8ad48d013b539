"""Sentences on who gave the same answer twice, what shifts, for whom, and what people claim."""

import pandas as pd

from analysis.chapters.preferred_vs_used.claims import Claims
from analysis.numerics import outwards
from analysis.paired import PermutationTest
from analysis.privacy import rule_of
from analysis.proportions import Share
from analysis.report import in_sentence, interval, listed, p_text, percent, points
from analysis.survey import Survey
from analysis.survey.codebook import Codebook, Words

#: The most channels that are named as gaining, and as losing.
MOST = 3


def answer_texts(
    survey: Survey,
    same: Share,
    swapped: PermutationTest,
    visible: pd.DataFrame,
    by_tests: pd.DataFrame,
) -> list[str]:
    """Answer whether people use the channel they say they prefer.

    Parameters
    ----------
    survey : Survey
        The survey.
    same : Share
        As `paired.agreement` returns it.
    swapped : PermutationTest
        The test of all channels at once.
    visible : pandas.DataFrame
        Channels as `tables.visible_shifts` returns them.
    by_tests : pandas.DataFrame
        As `paired.heterogeneities` returns it, of the groupings of people.

    Returns
    -------
    list of str
        The paragraphs: how many gave the same answer and for how many channels the two differ;
        which these are; between which people; what the survey means by preference.
    """
    words = survey.words
    return [
        f"{same_sentence(same, words)} {count_sentence(visible, words, swapped.p_value)}",
        shift_sentence(visible, words),
        grouping_sentence(by_tests, words),
        words.preference,
    ]


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

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> same = Share(estimate=0.6, conf_low=0.5, conf_high=0.7, n_yes=60, n=100)
    >>> print(same_sentence(same, words))
    60% of 100 people who named any channel gave the same answer to both questions (95% interval \
50.0% to 70.0%).
    """
    return (
        f"{percent(same.estimate)} of {same.n:,} people who named any {words.channel} gave the "
        f"same answer to both questions (95% interval {interval(same.conf_low, same.conf_high)})."
    )


def count_sentence(shifts: pd.DataFrame, words: Words, p_value: float) -> str:
    """Say for how many channels the two answers differ.

    Parameters
    ----------
    shifts : pandas.DataFrame
        `differs, offered`: a channel that was not on offer is not counted.
    words : Words
        How the survey speaks.
    p_value : float
        Of the test of all channels at once.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> shifts = pd.DataFrame({"differs": [True, True, False], "offered": [True, False, True]})
    >>> print(count_sentence(shifts, words, 0.01))
    What people used most recently and what they would prefer differ for 1 of 2 channels (95% \
intervals that hold together); swapping each person's answers, all at once: p = 0.010.
    """
    found, of = (shifts["differs"] & shifts["offered"]).sum(), shifts["offered"].sum()
    return (
        f"What people {words.used} and what they {words.preferred} differ for {found} of {of} "
        f"{words.channels} (95% intervals that hold together); swapping each person's answers, "
        f"all at once: {p_text(p_value)}."
    )


def shift_sentence(shifts: pd.DataFrame, words: Words) -> str:
    """Say which channels gain and which lose, the largest `MOST` of each.

    Parameters
    ----------
    shifts : pandas.DataFrame
        `channel, share_used, share_preferred, estimate, conf_low, conf_high, differs, offered`;
        rows with hidden numbers, and rows that do not differ, are not named, nor a channel that
        was not on offer: its shift is no finding.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        One or two paragraphs; "" if no channel can be named.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> shifts = pd.DataFrame({"channel": ["Web"], "share_used": 0.4, "share_preferred": 0.5,
    ...                        "estimate": 0.1, "conf_low": 0.02, "conf_high": 0.18,
    ...                        "differs": True, "offered": True})
    >>> print(shift_sentence(shifts, words))
    More people would prefer than used most recently: web (40% against 50%; +10.0 points, +2.0 to \
+18.0).
    """
    differ = shifts[shifts["differs"] & shifts["offered"]]
    differ = differ.sort_values("estimate")
    sentences = []
    for direction, rows in (
        ("More people", differ[differ["estimate"] > 0][::-1]),
        ("Fewer people", differ[differ["estimate"] < 0]),
    ):
        named = [
            f"{in_sentence(str(row.channel))} ({percent(row.share_used)} against "
            f"{percent(row.share_preferred)}; {points(row.estimate)} points, "
            f"{interval(row.conf_low, row.conf_high, 'points')})"
            for row in rows.head(MOST).itertuples()
        ]
        if named:
            sentences.append(
                f"{direction} {words.preferred} than {words.used}: {listed(named)}"
                + (f", and {len(rows) - MOST} more." if len(rows) > MOST else ".")
            )
    return "\n\n".join(sentences)


def grouping_names(words: Words) -> dict[str, str]:
    """Say what the groupings of people are called.

    Parameters
    ----------
    words : Words
        How the survey speaks.

    Returns
    -------
    dict
        Question -> its groups, in the plural.
    """
    return {"district": words.districts, "age": "age groups", "reason": "reasons for contact"}


def grouping_sentence(tests: pd.DataFrame, words: Words) -> str:
    """Say between which groups of people the shifts differ.

    Parameters
    ----------
    tests : pandas.DataFrame
        As `paired.heterogeneities` returns it.
    words : Words
        How the survey speaks.

    Returns
    -------
    str
        One or two sentences; "" if nothing was compared.

    Examples
    --------
    >>> from analysis import survey
    >>> words = survey.load("herts_2023").words
    >>> tests = pd.DataFrame({"grouping": ["district", "age"], "p_adjusted": [0.01, 0.2]})
    >>> print(grouping_sentence(tests, words))
    The shifts differ between districts (p = 0.010), Holm-adjusted. These data do not show that \
the shifts differ between age groups (p = 0.200), Holm-adjusted.
    """
    names, differ = grouping_names(words), tests["p_adjusted"] < 0.05
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


def claim_paragraphs(claim: Claims) -> list[str]:
    """Say how far what people said and answered agree, and what contradictions look like.

    Parameters
    ----------
    claim : Claims
        As `claims.claims_of` returns it.

    Returns
    -------
    list of str
        One paragraph; none if people were not asked.
    """
    if not claim.n:
        return []
    said, about = [kappa_sentence(claim)], "about " * claim.rounded
    if claim.contradict is not None:
        who = claim.contradict
        said.append(
            f"Of {about}{who.n:,} people who said yes, {about}{_share_text(who)} "
            "prefer another channel all the same."
        )
    if claim.near is None:
        said.append("Which channels they prefer instead rests on too few people to be shown.")
    else:
        near = _share_text(claim.near)
        said.append(f"Of these, {about}{near} prefer another channel of the same group.")
    return [" ".join(each for each in said if each)]


def kappa_sentence(claim: Claims) -> str:
    """Say how far what people said and their two answers agree, as kappa.

    Parameters
    ----------
    claim : Claims
        As `claims.claims_of` returns it.

    Returns
    -------
    str
        One sentence; "" without kappa. Of rounded counts, to a tenth and widened.
    """
    if claim.kappa is None:
        return ""
    estimate, low, high = claim.kappa.estimate, claim.kappa.conf_low, claim.kappa.conf_high
    told = f"{estimate:.2f} ({interval(low, high, 'number')})"
    if claim.rounded:
        low, high = outwards(low, high, step=0.1)
        told = f"about {estimate:.1f} ({low:.1f} to {high:.1f})"
    return f"Agreement of what {claim.n:,} people said and answered: kappa {told}."


def _share_text(share: Share) -> str:
    return f"{percent(share.estimate)} ({interval(share.conf_low, share.conf_high)})"


def claim_note(codebook: Codebook, claim: Claims) -> str:
    """Quote what people were asked of their two answers, and say if counts are rounded.

    Parameters
    ----------
    codebook : Codebook
        Its wording and its threshold.
    claim : Claims
        As `claims.claims_of` returns it.

    Returns
    -------
    str
        The wording, and a sentence if needed; "" if people were not asked.
    """
    if not claim.n:
        return ""
    wording = codebook.question("was_preferred").wording
    return f'"{wording}"' + f" {rule_of(codebook).rounding.capitalize()}." * claim.rounded

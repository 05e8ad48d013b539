"""Sentences on how districts differ from the whole, made from their profiles."""

from collections.abc import Sequence

import pandas as pd

from analysis.primary import DistrictVerdict
from analysis.primary.district_sentences import verdict_texts
from analysis.report import at_start, interval, listed, p_text, percent, points
from analysis.survey.codebook import Words

#: What is said of a district whose differences are all hidden.
UNTOLD = "too few people answered for a difference to be shown"


def answer_texts(
    words: Words,
    verdict: DistrictVerdict | None,
    tests: pd.DataFrame,
    gaps: pd.DataFrame,
    levels: list[str],
    whole: str,
    untold: Sequence[str] = (),
) -> list[str]:
    """Say on which measures districts differ, and by what each differs from the whole.

    Parameters
    ----------
    words : Words
        How the survey speaks.
    verdict : DistrictVerdict or None
        As `primary.district_verdict` returns it.
    tests : pandas.DataFrame
        As `Profiles.tests`.
    gaps : pandas.DataFrame
        As `profiles.largest_gaps` returns it.
    levels : list of str
        All districts, in order.
    whole : str
        What they are compared with.
    untold : sequence of str
        As `profiles.untold` returns them.

    Returns
    -------
    list of str
        A paragraph each, the verdict first as notebook 04 has it; "" where a part does not apply.
    """
    named, others = set(gaps["level"].astype("str")), tests[tests["status"] == "secondary"]
    quiet = [level for level in levels if level in untold and level not in named]
    return [
        " ".join(filter(None, verdict_texts(words, verdict))),
        measures_sentence(others, words.districts),
        gap_list(gaps, [level for level in levels if level in named], whole),
        rest_sentence([level for level in levels if level not in {*named, *quiet}], whole),
        f"{listed(quiet, most=12)}: {UNTOLD}." * bool(quiet),
        f"{len(others)} secondary measures are tested at once here; a notebook that asks less may "
        "show a difference that this one cannot." * (len(others) > 1),
    ]


def gap_list(gaps: pd.DataFrame, levels: list[str], whole: str, untold: Sequence[str] = ()) -> str:
    """Say district by district by what it differs most from the whole.

    Parameters
    ----------
    gaps : pandas.DataFrame
        As `profiles.largest_gaps` returns it.
    levels : list of str
        The districts, in order.
    whole : str
        What they are compared with.
    untold : sequence of str
        As `profiles.untold` returns them.

    Returns
    -------
    str
        A list, a line a district; "" without any.

    Examples
    --------
    >>> gaps = pd.DataFrame({"level": ["North"], "measure": ["Content"], "gap": [0.1],
    ...     "unit": "percent", "estimate": 0.5, "overall": 0.4,
    ...     "gap_low": [0.02], "gap_high": [0.18], "place": "", "credible": [True]})
    >>> print(gap_list(gaps, ["North", "South"], "the county"))
    - **North**: Content 50%, everybody 40%: +10 points (+2 to +18).
    - **South**: no difference from the county that these data can show.
    """
    return "\n".join(f"- {district_sentence(gaps, level, whole, untold)}" for level in levels)


def district_sentence(
    gaps: pd.DataFrame, level: str, whole: str, untold: Sequence[str] = ()
) -> str:
    """Say by what a district differs most from the whole.

    Parameters
    ----------
    gaps : pandas.DataFrame
        As `profiles.largest_gaps` returns it.
    level : str
        The district.
    whole : str
        What it is compared with.
    untold : sequence of str
        As `profiles.untold` returns them.

    Returns
    -------
    str
        One sentence: credible gaps, else that there is none; pointers after that.

    Examples
    --------
    >>> gaps = pd.DataFrame({"level": ["North"], "measure": ["Content"], "gap": [0.1],
    ...     "unit": "percent", "estimate": 0.5, "overall": 0.4,
    ...     "gap_low": [0.02], "gap_high": [0.18], "place": "", "credible": [True]})
    >>> district_sentence(gaps, "North", "the county")
    '**North**: Content 50%, everybody 40%: +10 points (+2 to +18).'
    >>> district_sentence(gaps, "South", "the county")
    '**South**: no difference from the county that these data can show.'
    """
    return f"**{level}**: {district_clause(gaps, level, whole, untold)}."


def district_clause(gaps: pd.DataFrame, level: str, whole: str, untold: Sequence[str] = ()) -> str:
    """Say by what a district differs most from the whole, without its name.

    Parameters
    ----------
    gaps, level, whole, untold
        As for `district_sentence`.

    Returns
    -------
    str
        A clause without a full stop.
    """
    mine = gaps[gaps["level"].astype("str") == level]
    sure, rest = ([_gap(row) for row in part.itertuples()]
                  for part in (mine[mine["credible"]], mine[~mine["credible"]]))  # fmt: skip
    none = UNTOLD if level in untold else f"no difference from {whole} that these data can show"
    said = "; ".join(sure) or none
    pointers = f". Pointers, to be looked at again: {'; '.join(rest)}" if rest else ""
    return f"{said}{pointers}"


def _gap(row: object) -> str:
    if row.place:
        ends = interval(row.conf_low, row.conf_high, "whole percent")
        return f"{row.measure} {percent(row.estimate)} ({ends}), {row.place}"
    ends = interval(row.gap_low, row.gap_high, "whole points")
    if row.gap_low <= 0 <= row.gap_high:
        ends += ", without 0 before it is rounded"
    redone = round(100 * row.estimate) - round(100 * row.overall)
    exact = " before rounding" * (redone != round(100 * row.gap))
    gap = f"{points(row.gap, 0)} points{exact} ({ends})"
    if row.unit != "percent":
        return f"{row.measure} {points(row.estimate, 0)}, everybody {points(row.overall, 0)}: {gap}"
    return f"{row.measure} {percent(row.estimate)}, everybody {percent(row.overall)}: {gap}"


def measures_sentence(tests: pd.DataFrame, districts: str) -> str:
    """Say on which measures districts differ.

    Parameters
    ----------
    tests : pandas.DataFrame
        As `Profiles.tests`.
    districts : str
        The survey's word for them.

    Returns
    -------
    str
        One or two sentences; "" without tests.

    Examples
    --------
    >>> tests = pd.DataFrame({"measure": ["Content", "Used"], "p_adjusted": [0.01, 0.6]})
    >>> measures_sentence(tests, "districts")
    'On 1 of 2 secondary measures districts differ by more than chance explains: Content \
(Holm-adjusted p = 0.010).'
    """
    if tests.empty:
        return ""
    differing = tests[tests["p_adjusted"] < 0.05]
    least = tests["p_adjusted"].min()
    if len(tests) == 1:
        only = f"on the one secondary measure, {tests['measure'].iloc[0]} ({p_text(least)})"
        if differing.empty:
            return f"These data do not show that {districts} differ {only}."
        return f"{at_start(districts)} differ {only} by more than chance explains."
    if differing.empty:
        return (
            f"On none of {len(tests)} secondary measures do these data show that {districts} "
            f"differ by more than chance explains (smallest Holm-adjusted {p_text(least)})."
        )
    names = [
        f"{row.measure} (Holm-adjusted {p_text(row.p_adjusted)})" for row in differing.itertuples()
    ]
    return (
        f"On {len(differing)} of {len(tests)} secondary measures {districts} differ by more than "
        f"chance explains: {listed(names, most=8)}."
    )


def people_title(people: pd.DataFrame, district: str) -> str:
    """Head the table of the people who answered.

    Parameters
    ----------
    people : pandas.DataFrame
        As `tables.people_by_district` returns it.
    district : str
        The survey's word for one.

    Returns
    -------
    str
        Who is counted.

    Examples
    --------
    >>> people_title(pd.DataFrame({"level": ["North"], "n_rounded": [40]}), "district")
    'People who answered, by district'
    """
    belong = "belong to the population" if "rate" in people else "answered"
    return f"People who {belong}, by {district}"


def panels_title(gaps: pd.DataFrame, districts: int, word: str) -> str:
    """Head the figure of all districts.

    Parameters
    ----------
    gaps : pandas.DataFrame
        As `profiles.largest_gaps` returns it.
    districts : int
        How many there are.
    word : str
        The survey's word for them.

    Returns
    -------
    str
        The finding.

    Examples
    --------
    >>> gaps = pd.DataFrame({"level": ["North", "West"], "credible": [True, False],
    ...                      "gap": [0.1, float("nan")]})
    >>> panels_title(gaps, 10, "districts")
    '1 of 10 districts has a credible gap to the whole, 1 a pointer (1 not drawn: hidden)'
    """
    sure = gaps.loc[gaps["credible"], "level"].nunique()
    pointers = gaps[~gaps["credible"]]
    hints = pointers["level"].nunique()
    if not sure + hints:
        return f"None of {districts} {word} has a gap to the whole that these data can show"
    verb = "has" if sure < 2 else "have"
    start = f"{sure or 'None'} of {districts} {word} {verb} a credible gap to the whole"
    unseen = hints - pointers.loc[pointers["gap"].notna(), "level"].nunique()
    aside = f" ({unseen} not drawn: hidden)" * bool(unseen)
    return start + f", {hints} a pointer{aside}" * bool(hints)


def rest_sentence(levels: list[str], whole: str) -> str:
    """Name the districts without a credible gap.

    Parameters
    ----------
    levels : list of str
        Their names.
    whole : str
        What they are compared with.

    Returns
    -------
    str
        One sentence; "" without any.

    Examples
    --------
    >>> rest_sentence(["North", "South"], "the county")
    'North and South: no difference from the county that these data can show.'
    """
    said = f"no difference from {whole} that these data can show."
    return f"{listed(levels, most=12)}: {said}" if levels else ""

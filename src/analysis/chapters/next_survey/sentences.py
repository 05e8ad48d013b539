"""What is said of planning."""

import pandas as pd

from analysis.chapters.next_survey import invitations, tables
from analysis.chapters.next_survey.assumed import Assumed
from analysis.chapters.next_survey.invitations import Strata
from analysis.report import at_start, in_sentence, listed, percent
from analysis.survey import Survey


def assumed_sentence(plan: Assumed, survey: Survey) -> str:
    """Say what is planned with, and where it comes from.

    Parameters
    ----------
    plan : Assumed
        What is assumed.
    survey : Survey
        The survey, for its words.

    Returns
    -------
    str
        Sentences.
    """
    whose = f" (as {in_sentence(plan.channel)} in this survey)" if plan.channel else ""
    differ = (
        f"{percent(plan.discordant)} of people name one of the {survey.words.channels} in one of "
        f"the two answers and not in the other{whose}, and "
        if plan.asked_twice
        else ""
    )
    heavy = (
        f" Weights as unequal as this survey's take {plan.design_effect:.2f} times the people "
        "(Kish's design effect)."
        if plan.weighted
        else ""
    )
    return (
        f"Supposed, in round figures: {differ}a share is near {percent(plan.share)}.{heavy} Seen "
        "means: a two-sided test at 5% shows it with a chance of 80%, the power, unless another "
        f"is named.{_replies(plan)}"
    )


def _replies(plan: Assumed) -> str:
    """Say that people are counted who answer, and how many replies that took in this survey."""
    both = " (for a shift both questions)" if plan.asked_twice else ""
    said = f" Counted are people who answer what is compared{both}"
    if plan.per_person is None:
        return f"{said}, not replies received."
    return (
        f"{said}, not replies received: in this survey {plan.received:,} replies came in, "
        f"{plan.per_person:g} for each of these {plan.people:,} people."
    )


def needed_sentence(plan: Assumed, needed: pd.DataFrame, survey: Survey) -> str:
    """Say how many replies would be enough.

    Parameters
    ----------
    plan, survey
        As for `assumed_sentence`.
    needed : pandas.DataFrame
        As `tables.needed` returns it.

    Returns
    -------
    str
        Sentences.
    """
    words, low = survey.words, needed[needed["power"] != tables.POWERS[1]]
    found = low.set_index(["seen", "effect"])
    never, said = "", []
    if plan.asked_twice:
        shift, people = "a shift of 5 points of everybody", found["all"]["shift", 0.05]
        if pd.notna(people):
            said.append((shift, _people(plan, people)))
        else:
            never = f"{at_start(shift)} cannot be seen where so few give different answers. "
    if ("one and the others", 0.1) in found.index:
        row = found.loc[("one and the others", 0.1)]
        said.append(
            (f"that one of {plan.places} {words.districts} lies 10 points from everybody else",
             f"{row['each']:,.0f} in each, {_people(plan, row['all'])} in all")
        )  # fmt: skip
    two = found.loc[("two groups or waves", 0.05)]
    said.append(("5 points between two waves", f"{two['each']:,.0f} in each"))
    (first, people), *others = said
    told = [f"{at_start(first)} is seen with {people}", *(" with ".join(each) for each in others)]
    heavy = f" With weights it takes {plan.design_effect:.2f} times as many."
    return f"{never}{'; '.join(told)}.{heavy if plan.weighted else ''}"


def _people(plan: Assumed, count: float) -> str:
    """Write a number of people, and about how many replies received these take."""
    said = f"{count:,.0f} people"
    if plan.per_person is None:
        return said
    return f"{said} (about {round(count * plan.per_person, -1):,.0f} replies received)"


def seen_sentence(seen: pd.DataFrame, survey: Survey) -> str:
    """Say what this survey could see.

    Parameters
    ----------
    seen : pandas.DataFrame
        As `tables.could_see` returns it.
    survey : Survey
        The survey, for its words.

    Returns
    -------
    str
        Sentences.
    """
    everybody, shift = seen.iloc[0], "shift_80" in seen
    said = (
        f"Of all {everybody['n']:,.0f} people a shift of {_points(everybody['shift_80'])} is seen"
        if shift
        else f"Of all {everybody['n']:,.0f} people a share has an interval of give or take "
        f"{_points(everybody['margin'])}"
    )
    if "difference_80" not in seen or seen["difference_80"].iloc[1:].isna().all():
        return f"{said}."
    places = seen.iloc[1:].dropna(subset=["difference_80"])
    largest, smallest = (
        places.loc[places["n"].idxmax()],
        places.loc[places["n"].idxmin()],
    )
    return (
        f"{said}; a difference of one of the {survey.words.districts} from everybody else of "
        f"{_points(largest['difference_80'])} in {largest['level']} (n = {largest['n']:,.0f}) and "
        f"of {_points(smallest['difference_80'])} in {smallest['level']} "
        f"(n = {smallest['n']:,.0f}){'' if shift else ' is seen'}. Where each of the "
        f"{survey.words.districts} is tested (Bonferroni) it takes "
        f"{_points(largest['difference_any'])} and {_points(smallest['difference_any'])}. That "
        "none was seen is not to say that there is none."
    )


def known_sentence(known: pd.DataFrame) -> str:
    """Say for which definition the effects known beforehand hold.

    Parameters
    ----------
    known : pandas.DataFrame
        As `tables.known` returns it.

    Returns
    -------
    str
        Sentences.

    Examples
    --------
    >>> known_sentence(pd.DataFrame({"n": [100], "said": [0.14], "lachenbruch": [0.1401],
    ...     "fixed": [0.138], "exact": [0.149], "interval": [0.137], "others": [0.151]}))
    'That one district sees 14 points with 100 people holds to half a point for a shift with a \
quarter of people discordant by the short closed form, a share near 50% against one that is known \
without error and a shift by its interval; to a point for a shift by the exact test; not for a \
share near 50% against that of everybody else, estimated too.'
    """
    names = {
        "lachenbruch": "a shift with a quarter of people discordant by the short closed form",
        "fixed": "a share near 50% against one that is known without error",
        "exact": "a shift by the exact test",
        "interval": "a shift by its interval",
        "others": "a share near 50% against that of everybody else, estimated too",
    }
    far = {name: float((known[name] - known["said"]).abs().max()) for name in names}
    told = [
        f"{how} {listed(mine, most=9)}"
        for how, low, high in (("to half a point for", 0.0, 0.005), ("to a point for", 0.005, 0.01),
                               ("not for", 0.01, 1.0))
        if (mine := [names[name] for name in names if low <= far[name] < high])
    ]  # fmt: skip
    said = listed([f"{100 * row.said:.0f}" for row in known.itertuples()], most=9)
    people = listed([f"{row.n:,}" for row in known.itertuples()], most=9)
    return f"That one district sees {said} points with {people} people holds {'; '.join(told)}."


def spread_sentence(spreads: pd.DataFrame, plan: Assumed, survey: Survey) -> str:
    """Say which spread between districts this survey could see.

    Parameters
    ----------
    spreads : pandas.DataFrame
        As `tables.spreads` returns it.
    plan, survey
        As for `assumed_sentence`.

    Returns
    -------
    str
        Sentences.
    """
    words, enough = survey.words, spreads[spreads["power"] >= tables.POWERS[0]]
    least = (
        f"With a standard deviation of {enough['spread'].iloc[0]:g} on the logit scale (about "
        f"{_points(enough['points'].iloc[0])}) or more the test shows"
        if len(enough)
        else f"Not even with a standard deviation of {spreads['spread'].max():g} on the logit "
        "scale does the test show"
    )
    smaller = spreads[spreads["power"] < tables.POWERS[0]].tail(1)
    besides = [
        f"; with {row.spread:g} (about {_points(row.points)}) in {percent(row.power)}"
        for row in smaller.itertuples()
        if len(enough)
    ]
    return (
        f"{least} in at least 80% of samples that {len(plan.districts)} {words.districts} "
        f"differ{''.join(besides)}."
    )


def allocation_sentence(plan: Assumed, here: Strata, survey: Survey) -> str:
    """Say what the ways to spread invitations trade.

    Parameters
    ----------
    plan, survey
        As for `assumed_sentence`.
    here : Strata
        As `invitations.strata` returns it.

    Returns
    -------
    str
        Sentences.
    """
    ways = invitations.compared(plan, here).set_index("allocation")
    called, words = invitations.CALLED, survey.words
    by_people, widest = ways.loc[called["proportional"]], ways.loc[called["widest"]]
    return (
        f"Of {here.invitations:,} invitations spread by population the {words.district} with the "
        f"widest interval has one of give or take {_points(by_people['district_margin'])}, and "
        f"everybody {_points(by_people['margin'])}. Spread so that the widest is narrowest, these "
        f"are {_points(widest['district_margin'])} and {_points(widest['margin'])}. How readily "
        f"each {words.district} replies is taken from this survey, the level of the response is "
        "supposed."
    )


def limits() -> str:
    """Say what planning cannot tell.

    Returns
    -------
    str
        Sentences.

    Examples
    --------
    >>> limits().startswith("These numbers")
    True
    """
    return (
        "These numbers suppose people drawn at random. Who chooses to answer may differ from who "
        "does not, and no number of replies makes up for that: an invited random sample of fewer "
        "people may tell more."
    )


def _points(share: float) -> str:
    return "no effect there can be" if pd.isna(share) else f"{100 * share:.1f} points"

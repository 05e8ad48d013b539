"""Tables of planning as readers see them."""

import pandas as pd

from analysis.chapters.next_survey import invitations, notes, tables
from analysis.chapters.next_survey.assumed import Assumed
from analysis.chapters.next_survey.invitations import Strata
from analysis.privacy import is_hidden, mark
from analysis.report import show
from analysis.survey import Survey


def needed_table(plan: Assumed, survey: Survey, needed: pd.DataFrame) -> object:
    """Lay out how many replies see a shift, a difference or a spread.

    Parameters
    ----------
    plan : Assumed
        What is assumed.
    survey : Survey
        The survey, for its words.
    needed : pandas.DataFrame
        As `tables.needed` returns it.

    Returns
    -------
    Shown or Prose
        To be displayed.
    """
    rows = needed[needed["seen"] != "interval"]
    called, made = seen_names(plan, survey), []
    for (seen, effect), both in rows.groupby(["seen", "effect"], sort=False):
        low, high = (both[both["power"] == power].iloc[0] for power in tables.POWERS)
        made.append(
            {"seen": called[seen], "effect": _effect(plan, seen, effect), "each": low["each"],
             "all": low["all"], "each_90": high["each"], "all_90": high["all"]}
            | ({"weighted": low["weighted"]} if plan.weighted else {})
        )  # fmt: skip
    return show(
        pd.DataFrame(made),
        caption="People needed to see an effect, 5% level, two-sided",
        names={"seen": "To be seen", "effect": "Effect", "each": "Each group, power 80%",
               "all": "In all, 80%", "each_90": "Each group, 90%", "all_90": "In all, 90%",
               "weighted": "In all, 80%, with weights"},
        kinds={"seen": "name", "effect": "name"}
        | dict.fromkeys(["each", "all", "each_90", "all_90", "weighted"], "count"),
        note=notes.needed(plan, survey),
    )  # fmt: skip


def intervals_table(plan: Assumed, needed: pd.DataFrame) -> object:
    """Lay out how many replies an interval of some width takes.

    Parameters
    ----------
    plan, needed
        As for `needed_table`.

    Returns
    -------
    Shown or Prose
        To be displayed.
    """
    rows = needed[needed["seen"] == "interval"]
    return show(
        rows.assign(effect=[_points(each, 0) for each in rows["effect"]])[
            ["effect", "each", *(["weighted"] if plan.weighted else [])]
        ],
        caption=f"People needed for a 95% interval of a share near {100 * plan.share:.0f}%",
        names={"effect": "Give or take, points", "each": "People", "weighted": "With weights"},
        kinds={"effect": "name", "each": "count", "weighted": "count"},
    )


def seen_table(plan: Assumed, survey: Survey, seen: pd.DataFrame) -> object:
    """Lay out what this survey could see, of everybody and of each district.

    Parameters
    ----------
    plan, survey
        As for `needed_table`.
    seen : pandas.DataFrame
        As `tables.could_see` returns it.

    Returns
    -------
    Shown or Prose
        To be displayed.
    """
    aside = ("effective_n", "weighted_shift")
    effects = [each for each in plan.effects if each not in aside]
    rows = seen[["level", "n", *effects]].copy()
    for column in effects:
        rows[column] = [_told(each, column, level) for each, level in
                        zip(rows[column], rows["level"], strict=True)]  # fmt: skip
    words = survey.words
    return show(
        rows,
        caption="The least effect that could be seen with this survey's people, in points"
        + (f", by {words.district}" if plan.places else ""),
        names={"level": words.district.capitalize() if plan.places else "Whose",
               "shift_80": "Shift, power 80%", "shift_90": "Shift, 90%",
               "difference_80": "From everybody else, 80%",
               "difference_90": "From everybody else, 90%",
               "difference_any": f"Each of {plan.places} tested (Bonferroni), 80%",
               "margin": "Give or take", "weighted_difference": "With weights, 80%"},
        kinds={"level": "name"} | dict.fromkeys(effects, "name"),
        note=f"{notes.supposed(plan)}{notes.uncounted(plan, survey)}",
    )  # fmt: skip


def spread_table(plan: Assumed, survey: Survey, spreads: pd.DataFrame) -> object:
    """Lay out with what chance this survey could see that districts differ.

    Parameters
    ----------
    plan, survey
        As for `needed_table`.
    spreads : pandas.DataFrame
        As `tables.spreads` returns it.

    Returns
    -------
    Shown or Prose
        To be displayed.
    """
    rows = spreads.assign(points=[_points(each) for each in spreads["points"]])
    return show(
        rows[["spread", "points", "power", *(["weighted_power"] if plan.weighted else [])]],
        caption=f"Chance that the test shows that {len(plan.districts)} {survey.words.districts} "
        "differ, with this survey's people",
        names={"spread": "Standard deviation, logit scale", "points": "Points, about",
               "power": "Power", "weighted_power": "With effective n"},
        kinds={"spread": "number", "points": "name", "power": "whole percent",
               "weighted_power": "whole percent"},
        note=f"Simulated, seed {tables.SEED}: effects of {survey.words.districts} drawn as normal; "
        "docs/power.md compares with the test itself."
        f"{notes.uncounted(plan, survey)}",
    )  # fmt: skip


def known_table(known: pd.DataFrame) -> object:
    """Lay out what was known beforehand of one district beside each definition.

    Parameters
    ----------
    known : pandas.DataFrame
        As `tables.known` returns it.

    Returns
    -------
    Shown or Prose
        To be displayed.
    """
    columns = ["said", "lachenbruch", "fixed", "exact", "interval", "others"]
    rows = known[["n", *columns]].copy()
    for column in columns:
        rows[column] = [_points(each, 0 if column == "said" else 1) for each in rows[column]]
    return show(
        rows,
        caption="The least effect that one district sees with power 80%, in points",
        names={"said": "Known beforehand", "lachenbruch": "Shift, short closed form",
               "fixed": "Share, others known", "exact": "Shift, exact test",
               "interval": "Shift, interval", "others": "Share, others estimated"},
        kinds={"n": "count"} | dict.fromkeys(columns, "name"),
        note="Shift: a quarter of people discordant. Share: near 50%.",
    )  # fmt: skip


def allocation_tables(plan: Assumed, here: Strata, survey: Survey) -> list[object]:
    """Lay out invitations by district, and what each way to spread them can see.

    Parameters
    ----------
    plan, survey
        As for `needed_table`.
    here : Strata
        As `invitations.strata` returns it.

    Returns
    -------
    list
        To be displayed.
    """
    ways = invitations.compared(plan, here)
    points = ["district_margin", "district_difference", "margin", "shift"][: 3 + plan.asked_twice]
    for column in points:
        ways[column] = [_points(each) for each in ways[column]]
    words, sent = survey.words, invitations.invited(here)
    return [
        show(
            ways[["allocation", "smallest", *points[:2], "replies", *points[2:]]],
            caption=f"{here.invitations:,} invitations: what each way to spread them can see",
            names={"allocation": "Allocation", "smallest": f"Replies, smallest {words.district}",
                   "district_margin": f"Widest {words.district}, give or take",
                   "district_difference": "Its difference, 80%", "replies": "Replies in all",
                   "margin": "In all, give or take", "shift": "Shift in all, 80%"},
            kinds={"allocation": "name", "smallest": "count", "replies": "count"}
            | dict.fromkeys(points, "name"),
            note=notes.allocations(plan, survey),
        ),
        show(
            sent.drop(columns=["population"]),
            caption=f"{here.invitations:,} invitations by {words.district}",
            names={"level": words.district.capitalize(), "response": "Response, supposed"}
            | invitations.CALLED,
            kinds={"level": "name", "response": "percent"}
            | dict.fromkeys(invitations.CALLED, "count"),
        ),
    ]  # fmt: skip


def seen_names(plan: Assumed, survey: Survey) -> dict[str, str]:
    """Say in words what is to be seen.

    Parameters
    ----------
    plan, survey
        As for `needed_table`.

    Returns
    -------
    dict
        Of `tables.WANTED` -> a phrase.
    """
    words = survey.words
    every = f"{plan.places} {words.districts}"
    return {
        "shift": f"A shift of one of the {words.channels}, of everybody",
        "shift by interval": "A shift of everybody, by the interval of one alone",
        "shift in each": f"A shift of one of the {words.channels}, in each of {every}",
        "one and the others": f"One of {every} apart from everybody else",
        "two groups or waves": "Two groups, or two waves, apart",
        "spread": f"That {every} differ at all",
        "interval": "A share",
    }


def _effect(plan: Assumed, seen: str, effect: float) -> str:
    if seen != "spread":
        return f"{_points(effect, 0)} points"
    return f"{effect:g} (about {_points(effect * plan.share * (1 - plan.share), 0)} points)"


def _told(value: float, column: str, level: str) -> str:
    """Write an effect in points; hidden, none to be seen, or none to be told of everybody."""
    if pd.notna(value):
        return _points(value)
    if is_hidden(value):
        return mark(value)
    return "" if level == "Everybody" and "difference" in column else notes.NONE


def _points(share: float, digits: int = 1) -> str:
    return notes.NONE if pd.isna(share) else f"{100 * share:.{digits}f}"

"""What the notebooks read of one survey: every headline, the groups behind it, and its tests.

Each function calls what a notebook calls, in its order, and keeps the numbers instead of showing
them.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from analysis import paired, population, primary, report
from analysis.chapters import changes_wanted, digital, preferred_vs_used, ratings, video_chat
from analysis.chapters.changes_wanted import tables as theme_tables
from analysis.chapters.digital.people import digital_groupings
from analysis.chapters.preferred_vs_used import people as pairs
from analysis.chapters.preferred_vs_used import tables as shift_tables
from analysis.chapters.satisfaction import overall as satisfaction
from analysis.chapters.who_answered import tables as who_tables
from analysis.report import Parts
from analysis.survey import bases, measures
from analysis.survey.surveys import Survey
from analysis.themes import answers
from analysis.themes.theme_codes import rules_of
from analysis.validation.known_gaps import gaps
from analysis.validation.known_numbers import (
    COLUMNS,
    WEIGHTED,
    each_row,
    read_headlines,
    reading,
)


def cleaned(this: Survey, responses: pd.DataFrame) -> list[dict[str, object]]:
    """Read what notebook 01 says: the share of replies that are analysed."""
    share = len(responses) / len(this.read_raw())
    numbers = pd.Series({"estimate": share, "conf_low": np.nan, "conf_high": np.nan})
    return [reading("replies_kept", numbers, n=len(this.read_raw()))]


def who_answered(this: Survey, responses: pd.DataFrame) -> list[dict[str, object]]:
    """Read notebook 02: who is missing, and what weights move."""
    weighing = population.weigh(this, responses)
    if weighing is None:
        return []
    composition = report.composition(weighing, responses)
    unlike = report.dissimilarity(composition)
    rows = report.shown_composition(composition, this.codebook)
    rows = rows[rows["margin"] == unlike.loc[unlike["estimate"].idxmax(), "margin"]]
    found = each_row("composition", rows, "category")
    if rows["estimate"].notna().any():
        few, _ = who_tables.extremes(rows)
        found.append(reading("most_missing", few, few["category"]))
    moved = who_tables.moved(measures.headline_answers(this, responses), weighing.weights)
    moved = who_tables.shown_moved(moved, this.codebook, published=False)
    found += each_row("moved", moved, "headline")
    if moved["estimate"].notna().any():
        top = who_tables.moved_most(moved)
        found.append(reading("moved_most", top, top["headline"], n=float(top["n"])))
    return found


def channels(this: Survey, responses: pd.DataFrame) -> list[dict[str, object]]:
    """Read notebook 03: the same answer twice, shifts, and whom a channel failed most."""
    base, used, preferred = primary.compared(this, responses)
    in_groups = [bases.grouped(this, each) for each in (used, preferred)]
    shifts, group_shifts = paired.shifts(used, preferred), paired.shifts(*in_groups)
    same = pairs.same_twice(this, used, preferred)
    visible = shift_tables.visible_shifts(this, shifts, group_shifts)
    top = shift_tables.largest_shift(this, *visible)
    reached = shift_tables.shown_reached(
        paired.reached(used, preferred), shifts, visible[0], this.codebook
    )
    both = [(used, preferred), in_groups]
    heavy = preferred_vs_used.weighted_headlines(this, responses, top, both, reached)
    rows = preferred_vs_used.headline_rows(this, same, top, reached, n=base.n, weighted=heavy)
    least = shift_tables.least_reached(this, reached)
    levels = {
        name: str(each["channel"].iloc[0])
        for name, each in (("largest_shift", top), ("least_reached", least))
        if len(each)
    }
    found = read_headlines(rows, levels, {})
    for each in found:
        if each["quantity"] == "least_reached" and np.isnan(each["estimate"]):
            each["estimate"] = float((least["low"].iloc[0] + least["high"].iloc[0]) / 2)
    found += each_row("shift", visible[0], "channel")
    reached = reached.assign(estimate=(reached["low"] + reached["high"]) / 2)
    return found + each_row("reached", reached, "channel")


def satisfied(this: Survey, responses: pd.DataFrame) -> list[dict[str, object]]:
    """Read notebook 04 and the tests of the plan: satisfaction, districts, used what preferred."""
    plan = primary.primary(this, responses)
    family = plan.family.set_index("term")
    p_values = family["p_value"].astype(float).to_dict()
    found, nothing = [], pd.Series({"estimate": np.nan, "conf_low": np.nan, "conf_high": np.nan})
    found += [
        reading(f"test_{term}", nothing, p_value=p, n=float(family.loc[term, "n"]))
        for term, p in p_values.items()
    ]
    if plan.made is None:
        return found
    overall, _ = satisfaction.everybody(this, plan.made)
    heavy = satisfaction.weighted_headlines(this, responses, plan)
    found.append(reading("satisfied", overall, n=overall.n))
    if len(plan.got):
        row = plan.got.iloc[-1]
        found.append(reading("got_preferred", row, p_value=p_values["got"], n=float(row["n"])))
    for name, each in zip(("satisfied", "got_preferred"), heavy, strict=True):
        if each is not None:
            found.append(reading(name, each, kind=WEIGHTED, n=each.n))
    verdict = primary.district_verdict(this, plan)
    return found + ([] if verdict is None else _districts(verdict))


def _districts(verdict: primary.DistrictVerdict) -> list[dict[str, object]]:
    p_value = float(verdict.test.p_value)
    found = [reading("districts", verdict.spread, p_value=p_value, n=verdict.shares.test.n)]
    rows = verdict.shares.rows
    found += each_row("district_share", rows, "level")
    known = rows[rows["estimate"].notna() & ~rows["few"].astype(bool)]
    named = verdict.standing[verdict.standing != ""].index
    for _, row in known[known["level"].astype("str").isin(named)].iterrows():
        end = "lowest" if row["estimate"] < verdict.shares.overall else "highest"
        found.append(reading(f"district_{end}", row, str(row["level"]), n=float(row["n"])))
    return found


def rated(this: Survey, responses: pd.DataFrame) -> list[dict[str, object]]:
    """Read notebook 05: visibility, accessibility, and how they go together."""
    weighing, given = population.weigh(this, responses), ratings.rated(this, responses)
    good = {each.noun: each.good for each in given.values()}
    overall = ratings.overall_shares(good, weighing, this.codebook)
    taus = ratings.correlations(this, responses, given)
    rows = ratings.headline_rows(overall, given, taus, {}, this.words)
    tests = {"_".join(given): float(taus[tuple(given)].p_value)}
    return read_headlines(rows, {}, tests)


def video(this: Survey, responses: pd.DataFrame) -> list[dict[str, object]]:
    """Read the first half of notebook 06: who would use a video chat, and where."""
    codebook = this.codebook
    yes, told = video_chat.likely(this, responses), video_chat.told(this, responses)
    names, best = video_chat.groupings(this, told.frame), measures.top_answers(this, "video_use")
    parts = Parts({} if names else {"model": "no two groups have enough people"})
    weighing = population.weigh(this, responses)
    overall = video_chat.overall_share(yes, codebook)
    weighted = report.weighted_share(yes, weighing, codebook)
    _, tests, shares = video_chat.side_by_side(told.frame, names, codebook, parts, answers=best)
    places = video_chat.asked_where(this, responses, parts, weighing=weighing)
    against = video_chat.against_preference(told.frame, codebook, parts)
    place = video_chat.weighted_place(this, responses, places, weighing)
    rows = video_chat.headline_rows(this, overall, weighted, tests, shares, places, against, place)
    of_age = _of_age(shares) if names else pd.DataFrame()
    levels = {"video_place": str(places["level"].iloc[0]) if len(places) else ""}
    if len(of_age):
        levels["video_age_lowest"] = str(of_age["level"].iloc[0])
        levels["video_age_highest"] = str(of_age["level"].iloc[-1])
    p_values = tests.set_index("term")["p_value"].astype(float).to_dict() if names else {}
    found = read_headlines(
        [row for row in rows if row["estimate"] is not None],
        levels,
        {"video_against_preference": float(against["p_value"])},
    )
    found += each_row("place", places, "level")
    found += each_row("video_age", of_age, "level") if len(of_age) else []
    nothing = pd.Series({"estimate": np.nan, "conf_low": np.nan, "conf_high": np.nan})
    return found + [reading(f"test_video_{t}", nothing, p_value=p) for t, p in p_values.items()]


def _of_age(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the adjusted shares of age groups that may be ranked, the lowest first."""
    mine = rows[(rows["variable"] == "age") & ~rows["few"].astype(bool)]
    return mine.dropna(subset=["estimate"]).sort_values("estimate", kind="stable")


def online(this: Survey, responses: pd.DataFrame) -> list[dict[str, object]]:
    """Read the second half of notebook 06: digital channels."""
    weighing, parts = population.weigh(this, responses), Parts({})
    people = digital.compared_people(this, responses, parts)
    made = digital.every_gap(people, this.codebook, weighing)
    alone = Parts({"digital_model": "read below"})
    rows = digital.headline_rows(this, people, made, alone, weighing)
    found = read_headlines(rows, {}, {})
    if not digital_groupings(people):
        return found
    _, wish, tests = digital.side_by_side(people, this.codebook)
    of_age = _of_age(wish)
    found += each_row("digital_age", of_age, "level")
    differ = tests.loc[(tests["outcome"] == "prefer") & (tests["term"] == "age"), "p_adjusted"]
    if len(of_age) and (differ < 0.05).any():
        first = of_age.iloc[0]
        found.append(reading("digital_by_age", first, str(first["level"]), n=float(first["n"])))
    nothing = pd.Series({"estimate": np.nan, "conf_low": np.nan, "conf_high": np.nan})
    wishes = tests[tests["outcome"] == "prefer"].set_index("term")["p_value"].astype(float)
    return found + [reading(f"test_digital_{t}", nothing, p_value=p) for t, p in wishes.items()]


def themes(this: Survey, responses: pd.DataFrame) -> list[dict[str, object]]:
    """Read notebook 07: what people would change, and whether the reason is about the same."""
    base = bases.answered(this, responses, ["change"])
    what = answers.coded_answers(this, base.frame, "change")
    why = theme_tables.coded_if_asked(this, responses, "change_why")
    weighing = population.weigh(this, responses)
    shown = theme_tables.shown_themes(what, this.codebook, weighing=weighing)
    same = theme_tables.same_share(what, why, this.codebook)
    rows = changes_wanted.headline_rows(this, shown, same, coded=(what, why), weighing=weighing)
    labels = rules_of(this.codebook).labels
    levels = {f"theme_{code}": label for code, label in labels.items()}
    found = read_headlines(rows, levels, {})
    for each in found:
        if str(each["quantity"]).startswith("theme_"):
            each["quantity"] = "theme_named"
    return found + each_row("theme", shown[shown["level"].isin(labels.values())], "level")


#: Chapter -> what reads it; "gaps" takes longer than all others together.
READERS: dict[str, Callable[[Survey, pd.DataFrame], list[dict[str, object]]]] = {
    "cleaned": cleaned,
    "who_answered": who_answered,
    "channels": channels,
    "satisfied": satisfied,
    "rated": rated,
    "video": video,
    "online": online,
    "themes": themes,
    "gaps": gaps,
}


def read(this: Survey, chapters: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Read a survey as the notebooks do.

    Parameters
    ----------
    this : Survey
        With its responses.
    chapters : sequence of str
        Keys of `READERS`.

    Returns
    -------
    tuple of pandas.DataFrame and list of str
        `COLUMNS`; and the chapters that a survey so small does not allow.
    """
    responses, rows, lost = this.responses(), [], []
    with np.errstate(all="ignore"):
        for chapter in chapters:
            try:
                rows += READERS[chapter](this, responses)
            except (ValueError, ZeroDivisionError, KeyError, IndexError) as error:
                lost.append(f"{chapter}: {error}")
    return pd.DataFrame(rows, columns=COLUMNS), lost

"""The table of planning to be downloaded: every number, a row each."""

from pathlib import Path

import pandas as pd

from analysis import files
from analysis.chapters.next_survey import invitations, tables
from analysis.chapters.next_survey.assumed import Assumed
from analysis.chapters.next_survey.invitations import Strata
from analysis.survey import Survey

#: The file, among the processed tables.
NAME = "power.csv"

COLUMNS = ["section", "about", "effect", "power", "quantity", "value"]


def to_frame(
    plan: Assumed,
    here: Strata | None,
    *,
    needed: pd.DataFrame | None = None,
    seen: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Put every number of planning into one tidy table.

    Parameters
    ----------
    plan : Assumed
        What is assumed.
    here : Strata or None
        As `invitations.strata` returns it; None where the population is not counted.
    needed, seen : pandas.DataFrame, optional
        What `tables.needed` and `tables.could_see` return, if it is at hand: it takes seconds.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`: the section ("assumed", "needed", "could see", "spread", "known beforehand",
        "invitations", "allocations"), what a row is about, the effect and power where there are
        such, and a number with its name. Numbers of districts whose size is hidden are missing.
        Shares and differences lie between 0 and 1. What supposes weights, or two answers of one
        person, is left out where the survey has none.
    """
    needed = tables.needed(plan) if needed is None else needed
    seen = tables.could_see(plan) if seen is None else seen
    known = tables.known(plan)
    if not plan.asked_twice:
        known = known.drop(columns=["lachenbruch", "exact", "interval"])
    parts = [
        _assumed(plan),
        _long(needed.rename(columns={"seen": "about"}), "needed", ["effect", "power"]),
        _long(seen.rename(columns={"level": "about"}), "could see"),
        _long(known.assign(about=[f"n = {n}" for n in known["n"]]), "known beforehand"),
    ]
    if len(plan.districts) > 2:
        spreads = tables.spreads(plan).rename(columns={"spread": "effect", "power": "chance"})
        parts.insert(3, _long(spreads.assign(about="spread"), "spread", ["effect"]))
    if here is not None:
        sent = invitations.invited(here).rename(columns={"level": "about"})
        ways = invitations.compared(plan, here).rename(columns={"allocation": "about"})
        if not plan.asked_twice:
            ways = ways.drop(columns="shift")
        parts += [_long(sent, "invitations"), _long(ways, "allocations")]
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def write(
    survey: Survey,
    plan: Assumed,
    here: Strata | None,
    *,
    needed: pd.DataFrame | None = None,
    seen: pd.DataFrame | None = None,
    folder: Path | None = None,
) -> Path:
    """Write the table beside the other processed ones.

    Parameters
    ----------
    survey : Survey
        The survey.
    plan, here, needed, seen
        As for `to_frame`.
    folder : pathlib.Path, optional
        Where the file goes; beside the other tables by default.

    Returns
    -------
    pathlib.Path
        The file.
    """
    path = (folder or survey.processed) / NAME
    table = to_frame(plan, here, needed=needed, seen=seen)
    files.write_csv(table, path, synthetic=survey.codebook.synthetic)
    return path


def _assumed(plan: Assumed) -> pd.DataFrame:
    rows = {
        **({"discordant": plan.discordant} if plan.asked_twice else {}),
        "share": plan.share,
        "information": round(plan.information, 2),
        "people": plan.people,
        **({"design_effect": plan.design_effect} if plan.weighted else {}),
    }
    frame = pd.DataFrame({"quantity": list(rows), "value": list(rows.values())})
    return frame.assign(section="assumed", about=plan.channel or "supposed").reindex(
        columns=COLUMNS
    )


def _long(frame: pd.DataFrame, section: str, keys: list[str] | None = None) -> pd.DataFrame:
    """Give each number of a table a row of its own, in the order of the table."""
    named = ["about", *(keys or [])]
    long = frame.reset_index(names="at").melt(
        ["at", *named], var_name="quantity", value_name="value"
    )
    long = long.sort_values("at", kind="stable").assign(section=section)
    return long.reindex(columns=COLUMNS).astype({"value": float, "effect": float, "power": float})

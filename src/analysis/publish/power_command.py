"""`python -m analysis power`: how many replies would be enough, and what this survey could see."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis import figures, files
from analysis.chapters.next_survey import (
    assumed,
    invitations,
    lines,
    needs,
    sentences,
    shown,
    tables,
    titles,
    written,
)
from analysis.chapters.next_survey.assumed import Assumed
from analysis.chapters.next_survey.invitations import Strata
from analysis.errors import SurveyError
from analysis.options import share, whole_number
from analysis.survey import Survey, made_from

#: The folder of its files among tables and figures: those of notebook 10, which plans with what is
#: usual, lie outside it, so that neither replaces the other's.
FOLDER = "power"

#: What stands in the place of a figure without lines.
NOTHING = "No effect there can be is seen with so few people."


def add_options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command.

    Parameters
    ----------
    command : argparse.ArgumentParser
        Has `--survey` already.
    """
    command.add_argument(
        "--discordant", type=share, metavar="SHARE",
        help="of people whose two answers on a channel differ (that of the channel shifting most)",
    )  # fmt: skip
    command.add_argument(
        "--invitations", type=whole_number, default=invitations.INVITATIONS, metavar="N",
        help=f"to spread over districts ({invitations.INVITATIONS:,})",
    )  # fmt: skip
    command.add_argument(
        "--response", type=share, default=invitations.RESPONSE, metavar="SHARE",
        help=f"of the people invited who reply ({invitations.RESPONSE:g})",
    )  # fmt: skip


def run(survey: Survey, options: argparse.Namespace) -> Iterator[Path | str]:
    """Say how many replies would be enough, and write table and figures.

    Parameters
    ----------
    survey : Survey
        The survey, holding its cleaned responses.
    options : argparse.Namespace
        As `add_options` describes them.

    Yields
    ------
    pathlib.Path or str
        Texts to be printed, then the files: power.csv among the processed tables, and the figures,
        each in a folder `FOLDER`, which a report of the same replies takes along.

    Raises
    ------
    SurveyError
        If an option has no meaning, or fewer people answered than can be planned with; nothing has
        been written then.
    """
    plan = assumed.assume(survey, survey.responses(), discordant=options.discordant)
    if not plan.people:
        raise SurveyError(_nothing(survey))
    left_out, here = needs.left_out(plan), None
    if "next_allocation" not in left_out:
        here = invitations.strata(
            plan, survey, invitations=options.invitations, response=options.response
        )
    needed, seen = tables.needed(plan), tables.could_see(plan)
    yield from _told(survey, plan, here, left_out, (needed, seen))
    tables_to, figures_to = (each / FOLDER for each in (survey.processed, survey.figures))
    (tables_to / made_from.RECORD).unlink(missing_ok=True)
    table = written.write(survey, plan, here, needed=needed, seen=seen, folder=tables_to)
    drawn = list(_figures(survey, plan, here, left_out, figures_to))
    made = {
        "processed": [f"{FOLDER}/{table.name}"],
        "figures": [f"{FOLDER}/{name}.{kind}" for name in drawn for kind in ("csv", "png", "svg")],
    }
    record = made_from.record([survey], made, command=_again(survey, options))
    files.replace_text(tables_to / made_from.RECORD, record)
    yield from [table, *(figures_to / f"{name}.png" for name in drawn)]


def _nothing(survey: Survey) -> str:
    """Say why there is nobody to plan with, of what the survey asked."""
    asked = ["use and preference"] if survey.has("preferred", survey.used_role) else []
    asked += ["satisfaction"] if survey.has("satisfaction") else []
    if not asked:
        return (
            f"{survey.name} does not ask what people used and prefer, nor how satisfied they are; "
            "there is nothing to plan with"
        )
    return (
        f"{survey.name} has too few answers on {', and on '.join(asked)}; there is nothing to plan "
        "with"
    )


def _again(survey: Survey, options: argparse.Namespace) -> str:
    """Write the command with its options."""
    said = f"python -m analysis power --survey {survey.name}"
    if options.discordant is not None:
        said += f" --discordant {options.discordant:g}"
    if options.invitations != invitations.INVITATIONS:
        said += f" --invitations {options.invitations}"
    if options.response != invitations.RESPONSE:
        said += f" --response {options.response:g}"
    return said


def _told(
    survey: Survey,
    plan: Assumed,
    here: Strata | None,
    left_out: dict[str, str],
    made: tuple[pd.DataFrame, pd.DataFrame],
) -> Iterator[str]:
    """Give sentences and tables, as text."""
    needed, seen = made
    if survey.codebook.synthetic:
        yield "Synthetic data."
    yield sentences.assumed_sentence(plan, survey)
    yield sentences.needed_sentence(plan, needed, survey)
    yield str(shown.needed_table(plan, survey, needed))
    yield str(shown.intervals_table(plan, needed))
    yield sentences.seen_sentence(seen, survey)
    yield str(shown.seen_table(plan, survey, seen))
    if "next_spread" not in left_out:
        found = tables.spreads(plan)
        yield sentences.spread_sentence(found, plan, survey)
        yield str(shown.spread_table(plan, survey, found))
    if here is not None:
        yield sentences.allocation_sentence(plan, here, survey)
        yield from map(str, shown.allocation_tables(plan, here, survey))
    yield from (f"Left out: {needs.PARTS[part]}; {why}." for part, why in left_out.items())
    yield sentences.limits()


def _figures(
    survey: Survey, plan: Assumed, here: Strata | None, left_out: dict[str, str], folder: Path
) -> Iterator[str]:
    """Save the figures that the survey allows, and name them."""
    if "next_districts" not in left_out:
        drawn = lines.detectable(plan, survey)
        figure = figures.curves(*drawn, **titles.detectable_words(plan, drawn[1], survey))
        how = {"numbers": lines.numbers(*drawn), "otherwise": NOTHING, "folder": folder}
        figures.save(figure, survey, lines.DETECTABLE, **how)
        yield lines.DETECTABLE
    if here is not None:
        drawn = lines.traded(plan, here)
        figure = figures.curves(*drawn, **titles.traded_words(here, drawn[1], survey))
        how = {"numbers": lines.numbers(*drawn), "otherwise": NOTHING, "folder": folder}
        figures.save(figure, survey, lines.TRADED, **how)
        yield lines.TRADED

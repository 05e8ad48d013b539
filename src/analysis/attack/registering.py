"""Everything published of a survey, read into one register."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis import population
from analysis.attack import (
    downloads,
    kinds_paired,
    kinds_rated,
    kinds_told,
    kinds_video,
    other_numbers,
)
from analysis.attack.labels import Labels
from analysis.attack.profiles import Conditions, Profiles, answered, profiles_of, together
from analysis.attack.published import Table, tables_of, texts_of
from analysis.attack.reading import Reading
from analysis.attack.sentences import read_sentences
from analysis.attack.statements import Register
from analysis.chapters.video_chat import people as video_people
from analysis.primary.designs import design_of
from analysis.privacy import Rule, rule_of
from analysis.survey import Survey, bases
from analysis.themes import answers

KINDS = [*kinds_paired.KINDS, *kinds_rated.KINDS, *kinds_video.KINDS, *kinds_told.KINDS]


def register_of(
    survey: Survey, folder: Path, *, guarded: Rule | None = None
) -> tuple[Register, list[Table], Counter[str]]:
    """Read what is published of a survey.

    Parameters
    ----------
    survey : Survey
        The survey, with its responses, and the rule by which the report was made.
    folder : pathlib.Path
        Executed notebooks, and the data tables if there are any: `reports/<survey>`.
    guarded : Rule, optional
        How few people nobody may be told of; without it the survey's own rule.

    Returns
    -------
    tuple of Register, list of Table and Counter
        What it says; the tables that are of no known kind; and of those that count nobody how
        many there are by each of `other_numbers.RULES`.
    """
    responses = survey.responses()
    profiles = _profiles(survey, responses)
    rule = rule_of(survey.codebook)
    register = Register(profiles, rule, guarded or rule)
    labels = Labels(survey, profiles)
    read = Reading(
        survey=survey, register=register, labels=labels, bases=_bases(survey, responses, profiles)
    )
    words = {"{district}": survey.words.district, "{channel}": survey.words.channel}
    unread, by_rule = [], Counter()
    for table in tables_of(folder):
        if not _read(read, table, words):
            rule = _rule_of_numbers(table)
            by_rule.update([rule] if rule else [])
            unread += [] if rule else [table]
    read_sentences(read, texts_of(folder))
    readers = {
        "topline.csv": downloads.read_topline,
        "banner.csv": downloads.read_banner,
        "headlines.csv": downloads.read_headlines,
        "figures/07_what_why.csv": downloads.read_what_why,
    }
    for name, reader in readers.items():
        if (folder / name).exists():
            reader(read, folder / name)
    return register, unread, by_rule


def _read(read: Reading, table: Table, words: Mapping[str, str]) -> bool:
    """Read a table as the first kind that its notebook and caption tell; False if there is none.

    One that has not what its kind should have, or of which no cell was understood, is of no known
    kind either: a survey of another shape has its report all the same, and the table is named.
    """
    for notebook, pattern, kind in KINDS:
        for name, word in words.items():
            pattern = pattern.replace(name, re.escape(word))
        match = re.fullmatch(pattern, table.caption)
        if match and table.notebook.startswith(notebook):
            heard = read.register.heard
            try:
                kind(read, table, match)
            except (KeyError, IndexError, ValueError, TypeError):
                return False
            return read.register.heard > heard
    return False


def _rule_of_numbers(table: Table) -> str:
    """Name the rule that keeps the numbers of a table that counts nobody; "" if there is none."""
    for notebook, pattern, rule in other_numbers.NAMED:
        if table.notebook.startswith(notebook) and re.fullmatch(pattern, table.caption):
            return rule
    return ""


def _profiles(survey: Survey, responses: pd.DataFrame) -> Profiles:
    weighing = population.weigh(survey, responses)
    weighted = responses.index[:0] if weighing is None else weighing.weights.weights.index
    themes = {}
    if survey.codebook.themes is not None:
        for role in ("change", "change_why"):
            people = bases.answered(survey, responses, [role]).frame if survey.has(role) else []
            if len(people):
                themes[role] = answers.coded_answers(survey, people, role).indicators
    return profiles_of(survey, responses, weighted=weighted, themes=themes)


def _bases(survey: Survey, responses: pd.DataFrame, profiles: Profiles) -> dict[str, Conditions]:
    """Return the people of bases that several tables share."""
    found: dict[str, Conditions] = {}
    used = survey.used_role
    if survey.has(used, "preferred"):
        asked = answered(profiles, survey, [used])
        found["pair"] = answered(profiles, survey, [used, "preferred"])
        also = {name: some | {"not_asked"} for name, some in asked.items()}
        found["preferred"] = together(answered(profiles, survey, ["preferred"]), also)
    if survey.has("satisfaction"):
        left_out = design_of(survey, responses).left_out
        roles = ["satisfaction", *(() if "channels" in left_out else (used,))]
        roles += [] if "districts" in left_out else ["district"]
        found["satisfaction"] = answered(profiles, survey, roles)
    if survey.has("video_use"):
        frame = video_people.told(survey, responses).frame
        roles = [each for each in ("age", "disability", "district") if each in frame]
        found["video"] = answered(profiles, survey, ["video_use", *roles])
        if "channel" in frame and survey.has(used):
            asked = {
                name: some | {"not_asked"}
                for name, some in answered(profiles, survey, [used]).items()
            }
            found["video"] = together(found["video"], asked)
    return found

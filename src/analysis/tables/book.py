"""All data tables of a survey, and what of them is not made."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from tqdm import tqdm

from analysis import population
from analysis.survey import Survey
from analysis.tables import banner, contrasts, topline
from analysis.tables.asked import closed
from analysis.tables.groupings import Grouping, find_groupings


@dataclass(frozen=True, kw_only=True)
class Book:
    """The data tables of a survey.

    `topline` is as `topline.answer_rows` returns it, of all questions; `banner` as
    `banner.group_rows`, of all questions by all `groupings`; `tests` as `contrasts.family`, one
    family after the other. `not_made` is what is left out -> why, a clause.
    """

    topline: pd.DataFrame
    banner: pd.DataFrame
    tests: pd.DataFrame
    groupings: Sequence[Grouping]
    not_made: Mapping[str, str]


def gather(survey: Survey) -> Book:
    """Make the data tables of a survey.

    Parameters
    ----------
    survey : Survey
        The survey, with its responses written or held.

    Returns
    -------
    Book
        Only what may be shown. Without closed questions that enough people answered, no rows.
    """
    responses = survey.responses()
    weighing = population.weigh(survey, responses)
    questions, few = closed(survey, responses)
    grouped, left_out = find_groupings(survey, responses)
    pairs = [
        (each, [asked for asked in questions if asked.role not in each.without]) for each in grouped
    ]
    pairs = [(each, mine) for each, mine in pairs if mine]
    total = len(questions) + sum(len(mine) for _, mine in pairs)
    with tqdm(
        total=total, unit="table", leave=False, dynamic_ncols=True, disable=not sys.stderr.isatty()
    ) as bar:
        everybody, in_groups, tests = [], [], []
        for asked in questions:
            everybody.append(topline.answer_rows(asked, survey, weighing))
            bar.update()
        for each, mine in pairs:
            bar.set_description_str(f"by {each.name}"[:40])
            for asked in mine:
                in_groups.append(banner.group_rows(asked, each, survey))
                bar.update()
            tests.append(contrasts.family(mine, each, weighing))
    not_made = {f'answers to "{wording}"': why for wording, why in few.items()}
    not_made |= {f"answers by {name}": why for name, why in left_out.items()}
    not_made |= {
        f"answers on use and preference by {each.name}": "notebook 03 compares these"
        for each, _ in pairs
        if each.compares_channels
    }
    if weighing is None:
        not_made["weighted shares"] = population.no_weights(survey)
    return Book(
        topline=_joined(everybody, topline.COLUMNS),
        banner=_joined(in_groups, banner.COLUMNS),
        tests=_joined(tests, contrasts.COLUMNS),
        groupings=[each for each, _ in pairs],
        not_made=not_made,
    )


def _joined(parts: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(columns))

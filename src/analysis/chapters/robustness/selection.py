"""The primary headlines, each as it would be if some people answered more readily than others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis import population
from analysis.chapters.robustness import (
    selection_association,
    selection_shares,
    selection_shifts,
)
from analysis.chapters.robustness.selection_headline import Headline
from analysis.sensitivity import EValue
from analysis.survey import Survey, measures


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The headlines that may be shown, why others are not, and the associations with E-values.

    `left_out` is headline -> reason.
    """

    headlines: Sequence[Headline]
    left_out: Mapping[str, str] = field(default_factory=dict)
    e_values: Mapping[str, EValue] = field(default_factory=dict)


def gather(survey: Survey, responses: pd.DataFrame) -> Selection:
    """Gather the primary headlines of a survey, and how they depend on who answered.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.

    Returns
    -------
    Selection
        Of the headlines that the survey allows: the largest shift, satisfied, having used what one
        prefers, ratings, video chat, the digital gap.
    """
    weighing = population.weigh(survey, responses)
    made: dict[str, Headline | str] = {
        "largest_shift": selection_shifts.largest(survey, responses, weighing),
        "satisfied": selection_shares.satisfied(survey, responses, weighing),
        "got_preferred": selection_association.got_preferred(survey, responses, weighing),
    }
    for role, name in measures.RATING_IDS.items():
        made[name] = selection_shares.rated(survey, responses, role, weighing)
    made["digital_gap"] = selection_shifts.digital_gap(survey, responses, weighing)
    return Selection(
        headlines=[each for each in made.values() if isinstance(each, Headline)],
        left_out={key: each for key, each in made.items() if isinstance(each, str)},
        e_values=selection_association.e_values(survey, responses),
    )

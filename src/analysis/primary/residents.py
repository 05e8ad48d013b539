"""The share of each district with the mix of everybody, and with that of its residents.

Secondary: they stand beside the verdict on districts and do not change it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import groups, population
from analysis.primary.designs import Design
from analysis.primary.districts import MIX, DistrictVerdict
from analysis.privacy import hide, rule_of, shown_predictions
from analysis.report import has_two_groups, not_asked
from analysis.survey import Survey, measures

#: The seed of the draws, the same wherever the shares are shown.
_SEED = 20231015

#: A share and the ends of its interval.
_NUMBERS = ["estimate", "conf_low", "conf_high"]

#: The same, of the residents.
_RESIDENTS = ["residents", "residents_low", "residents_high"]


@dataclass(frozen=True, kw_only=True)
class Standardised:
    """Shares of districts with another mix of age and sex than that of those who answered there.

    `rows`: `level, raw_share`, the district's own; `adjusted, adjusted_low, adjusted_high` with
    the mix of everybody who answered; `residents, residents_low, residents_high` with that of the
    district's part of the population. Rounded, and NA where hidden or not to be had. `people`
    says how many told what each rests on: "adjusted", "residents".
    """

    rows: pd.DataFrame
    people: Mapping[str, int]


def no_mix(survey: Survey, made: Design) -> str:
    """Say why no district can be given the age and sex of everybody.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers.

    Returns
    -------
    str
        A clause; "" if it can.
    """
    reason = made.left_out.get("districts", "") or not_asked(survey, *MIX)
    return reason or _few(survey, _best(survey, made), _told(made.people))


def no_residents(survey: Survey, made: Design) -> str:
    """Say why no district can be given the age and sex of its residents.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers.

    Returns
    -------
    str
        A clause; "" if it can.
    """
    reason = no_mix(survey, made) or population.no_cells(survey, ["district", *MIX])
    return reason or _few(survey, _best(survey, made), _counted(survey, made.people)[0])


def standardised(survey: Survey, made: Design, verdict: DistrictVerdict | None) -> Standardised:
    """Give each district another mix of age and sex, as far as the survey allows.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : Design
        Whose answers: those of the verdict.
    verdict : DistrictVerdict or None
        As `districts.district_verdict` returns it; what it hides of a district is hidden here.

    Returns
    -------
    Standardised
        No rows without a verdict.

    Notes
    -----
    `groups.multilevel` of the best answers, by district, age and sex. It supposes that among
    people of one district, age and sex those who answered are like the others, and that age and
    sex matter alike in every district.
    """
    columns = [name + end for name in ("adjusted", "residents") for end in ("", "_low", "_high")]
    if verdict is None:
        return Standardised(rows=pd.DataFrame(columns=["level", "raw_share", *columns]), people={})
    rows = verdict.shares.rows[["level", "raw_share"]].reset_index(drop=True)
    rows, counts = rows.reindex(columns=[*rows, *columns]), {}
    own, best = verdict.shares.rows, _best(survey, made)
    if not no_mix(survey, made):
        people = _told(made.people)
        everybody = groups.with_mix_of_all(people, by="district", held=MIX)
        _put(rows, "adjusted", _shown(survey, best, people, everybody, own))
        counts["adjusted"] = len(people)
    if not no_residents(survey, made):
        people, cells = _counted(survey, made.people)
        _put(rows, "residents", _shown(survey, best, people, cells, own))
        counts["residents"] = len(people)
    return Standardised(rows=rows, people=counts)


def residents_of(
    survey: Survey, yes: pd.Series, responses: pd.DataFrame, own: pd.DataFrame
) -> pd.DataFrame:
    """Estimate for each district the share of its residents of whom something is true.

    Parameters
    ----------
    survey : Survey
        The survey.
    yes : pandas.Series
        Boolean, a value a person who answered.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.
    own : pandas.DataFrame
        `level, estimate, few` of the same people, as `report.DistrictShares.rows`: what is hidden
        of a district there is hidden here.

    Returns
    -------
    pandas.DataFrame
        `residents, residents_low, residents_high`, a row a row of `own`, as `Standardised` has
        them; all absent where the population is not counted by district, age and sex, or too few
        told theirs.
    """
    rows = own[["level"]].reindex(columns=["level", *_RESIDENTS])
    told = responses.loc[yes.index]
    absent = not_asked(survey, "district", *MIX) or population.no_cells(survey, ["district", *MIX])
    if absent or _few(survey, yes, _told(told)):
        return rows[_RESIDENTS]
    people, cells = _counted(survey, told)
    if not _few(survey, yes, people):
        _put(rows, "residents", _shown(survey, yes, people, cells, own))
    return rows[_RESIDENTS]


def _best(survey: Survey, made: Design) -> pd.Series:
    """Tell who gave one of the best answers."""
    return made.people["satisfaction"].isin(measures.top_answers(survey, "satisfaction"))


def _told(people: pd.DataFrame) -> pd.DataFrame:
    """Return the people who told their age and sex."""
    return people.dropna(subset=["district", *MIX])


def _counted(survey: Survey, people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the people who told their age and sex and are of the population, and its cells."""
    cells = population.cells(survey, ["district", *MIX])
    people = population.belonging(survey, _told(people))[0]
    inside = [people[name].isin(cells[name].unique()) for name in ("district", *MIX)]
    return people[np.logical_and.reduce(inside)], cells


def _few(survey: Survey, yes: pd.Series, people: pd.DataFrame) -> str:
    """Say that too few people can be put into a model."""
    best = yes.loc[people.index]
    if not rule_of(survey.codebook).splits(best):
        return "too few people who told their age and sex gave one of the best answers, or another"
    if not all(has_two_groups(people[name]) for name in MIX):
        return "people who answered are of one age or one sex"
    return groups.pooling_obstacle(best, people["district"])


def _shown(
    survey: Survey, yes: pd.Series, people: pd.DataFrame, cells: pd.DataFrame, own: pd.DataFrame
) -> pd.DataFrame:
    """Return shares by district, as far as they and the district's own may be shown."""
    best = yes.loc[people.index]
    fitted = groups.multilevel(
        best, people, by="district", held=MIX, rng=np.random.default_rng(_SEED)
    )
    counts = best.groupby(people["district"], observed=True).agg(n="size", n_top="sum")
    exact = fitted.shares(cells).set_index("level").join(counts, how="inner")
    exact = exact.assign(raw_share=exact["n_top"] / exact["n"], variable="district")
    shown = shown_predictions(exact.rename_axis("level").reset_index(), survey.codebook)
    shown = shown.set_index(shown["level"].astype("str"))
    own = own.set_index(own["level"].astype("str")).reindex(shown.index)
    finer = own["few"].astype(bool) & ~shown["few"].astype(bool)
    shown = hide(shown[_NUMBERS], own["estimate"].isna() | shown["estimate"].isna() | finer)
    known = cells["district"].astype("str").unique()
    missing = pd.Index(known).difference(shown.index)
    untold = pd.DataFrame(np.nan, index=missing, columns=_NUMBERS)
    return pd.concat([shown, hide(untold, np.ones(len(missing), dtype=bool))])


def _put(rows: pd.DataFrame, name: str, shown: pd.DataFrame) -> None:
    """Write shown shares into their columns, district by district."""
    found = shown.reindex(rows["level"].astype("str")).set_index(rows.index)
    rows[[name, f"{name}_low", f"{name}_high"]] = found[_NUMBERS].to_numpy()

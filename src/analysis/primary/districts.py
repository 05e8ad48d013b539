"""The verdict on districts: do they differ in satisfaction, and which of them by itself.

Every notebook, page and headline takes it from here, so that it is the same everywhere.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import ordinal
from analysis.ordinal import ModelTest, OrdinalFit
from analysis.primary.designs import Design
from analysis.primary.family import Primary, status_of
from analysis.report import DistrictShares, district_shares, has_two_groups
from analysis.survey import Survey, measures

#: What is held equal in the model that asks whether the mix of people makes districts differ.
MIX = ("age", "sex")

#: The seed of the intervals and ranks, the same wherever they are shown.
_SEED = 20231015


@dataclass(frozen=True, kw_only=True)
class CaseMix:
    """The test of the spread between districts with more held equal, on the people who told it.

    `plain` is the test of the same people without it.
    """

    held: tuple[str, ...]
    plain: ModelTest
    adjusted: ModelTest


@dataclass(frozen=True, kw_only=True)
class DistrictVerdict:
    """What is said of districts and satisfaction; `status` is "primary", or "secondary".

    `test` is the plan's, `p_adjusted` of its family; `spread` the standard deviation between
    districts on the logit scale, as `ordinal.spread_interval`; `shares` what may be shown of each
    district; and `standing` says of each, by name, "differs", "pointer" or "". `yes` tells who
    gave one of the best answers.
    """

    status: str
    test: ModelTest
    p_adjusted: float
    spread: pd.Series
    shares: DistrictShares
    lowest: int
    standing: pd.Series
    mix: CaseMix | None
    yes: pd.Series

    @property
    def differ(self) -> bool:
        """Whether districts differ by more than chance explains."""
        return self.p_adjusted < 0.05


def district_verdict(survey: Survey, found: Primary) -> DistrictVerdict | None:
    """Say whether districts differ in satisfaction, and which.

    Parameters
    ----------
    survey : Survey
        The survey.
    found : Primary
        As `family.primary` returns it.

    Returns
    -------
    DistrictVerdict or None
        None where districts are left out, or the shares of none may be drawn together.

    Notes
    -----
    The test is the plan's: the likelihood ratio of a random intercept by district in the cumulative
    logit model of the whole scale with channels held equal. The shares of the best answers are
    those of `groups.pooled_shares`, of the same people, which do not suppose proportional odds.
    """
    if found.spread is None:
        return None
    made, places = found.made, found.made.people["district"].dropna().unique()
    lowest = lowest_places(len(places))
    answers, named = made.people["satisfaction"], measures.top_answers(survey, "satisfaction")
    how = {"seed": _SEED, "named": named, "lowest": lowest}
    shares = district_shares(answers, made.people["district"], survey.codebook, **how)
    if shares is None:
        return None
    p_adjusted = found.p_adjusted("districts")
    return DistrictVerdict(
        status=status_of(survey, "districts"),
        test=found.districts,
        p_adjusted=p_adjusted,
        spread=ordinal.spread_interval(found.spread),
        shares=shares,
        lowest=lowest,
        standing=standing(shares.rows, differ=p_adjusted < 0.05),
        mix=case_mix(made, found.spread),
        yes=answers.isin(named),
    )


def standing(rows: pd.DataFrame, *, differ: bool) -> pd.Series:
    """Say of each district whether it differs, is a pointer, or neither.

    Parameters
    ----------
    rows : pandas.DataFrame
        `level, clear`, and where ranks are known `chance_lowest, chance_highest`, as far as shown.
    differ : bool
        Whether the test finds that districts differ at all.

    Returns
    -------
    pandas.Series
        "differs", "pointer" or "", by level.

    Notes
    -----
    A district differs if districts do at all and its own interval, drawn towards the others, leaves
    out everybody. It is a pointer, to be looked at again with new data, if its interval does so
    though districts are not shown to differ; or if districts differ and its chance to be among the
    lowest places, or among the highest, is a half or more.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": ["North", "South", "West"], "clear": [True, False, False],
    ...     "chance_lowest": [0.0, 0.8, 0.1], "chance_highest": [0.9, 0.0, 0.1]})
    >>> standing(rows, differ=True).tolist(), standing(rows, differ=False).tolist()
    (['differs', 'pointer', ''], ['pointer', '', ''])
    """
    clear = rows["clear"].astype(bool).to_numpy()
    ends = rows.reindex(columns=["chance_lowest", "chance_highest"]).astype(float)
    likely = (ends >= 0.5).any(axis=1).to_numpy()
    said = np.where(clear, "differs" if differ else "pointer", "")
    said = np.where(~clear & likely & differ, "pointer", said)
    return pd.Series(said, index=pd.Index(rows["level"].astype("str"), name="level"), dtype=object)


def case_mix(made: Design, spread: OrdinalFit) -> CaseMix | None:
    """Test the spread between districts with age and sex held equal, as far as people told them.

    Parameters
    ----------
    made : Design
        Whose answers, and which channels.
    spread : OrdinalFit
        The model with a random intercept by district.

    Returns
    -------
    CaseMix or None
        None where the survey asked neither, or a model has no finite estimates.
    """
    held = tuple(each for each in MIX if each in made.people and has_two_groups(made.people[each]))
    people = made.people[["satisfaction", "district", *made.terms, *held]].dropna(subset=list(held))
    formula = " + ".join([made.without_districts, *held])
    obstacles = [ordinal.obstacle(each, people, random="district")
                 for each in (made.without_districts, formula)]  # fmt: skip
    if not held or any(obstacles):
        return None
    plain, adjusted = (
        ordinal.compare(
            ordinal.fit(each, people, random=spread.random.group), ordinal.fit(each, people)
        )
        for each in (made.without_districts, formula)
    )
    return CaseMix(held=held, plain=plain, adjusted=adjusted)


def lowest_places(districts: int) -> int:
    """Say how many of the lowest places are spoken of: three, or a third of few districts.

    Parameters
    ----------
    districts : int
        How many there are.

    Returns
    -------
    int
        At most 3; 0 if there are fewer than three districts.

    Examples
    --------
    >>> lowest_places(2), lowest_places(8), lowest_places(12)
    (0, 2, 3)
    """
    return min(3, districts // 3)

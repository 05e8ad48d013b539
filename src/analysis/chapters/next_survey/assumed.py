"""What the next survey is planned with: sizes, shares and weights of this one, in round figures."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import paired, planning, population, report
from analysis.errors import SurveyError
from analysis.primary import no_satisfaction, pair
from analysis.primary.designs import design_of
from analysis.privacy import JOINT, hide_small, rule_of
from analysis.survey import Survey, bases, measures

#: Shares are planned with in steps of this: a plan needs no more, and no count follows from it.
STEP = 0.05

#: What is assumed where the survey tells nothing: a quarter discordant, half say yes.
USUAL = {"discordant": 0.25, "share": 0.5}

#: Shares of five answers, supposed where there is no rating to go by.
_EVEN = (0.2,) * 5


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """What is assumed of the next survey.

    `discordant` is the share of people who answer otherwise on use than on preference, of the
    channel `channel` ("" if it was named or supposed); `share` that of a favourable answer, and
    `information` what one answer tells of a district on the logit scale. `people` answered what is
    compared; `asked_twice` tells whether the survey asks what they used and what they prefer, so
    that there are shifts. `districts` has `level, n` (exact, not to be shown), `shown` (NA where
    hidden), and where a population is counted `population, rate` (replies per 1,000, NA where
    hidden). `design_effect` is Kish's, 1 without weights. `received` counts the replies that came
    in, blank and repeated ones too; 0 where that is not known.
    """

    discordant: float
    channel: str
    share: float
    information: float
    people: int
    districts: pd.DataFrame
    design_effect: float
    received: int = 0
    asked_twice: bool = True

    @property
    def weighted(self) -> bool:
        """Whether this survey has weights that are not all alike."""
        return self.design_effect > 1

    @property
    def effects(self) -> list[str]:
        """What is looked at of everybody and districts: columns of `tables.could_see`."""
        here = {
            "effective_n": self.weighted,
            "shift_80": self.asked_twice,
            "shift_90": self.asked_twice,
            "difference_80": self.places > 0,
            "difference_90": self.places > 0,
            "difference_any": self.places > 0,
            "margin": True,
            "weighted_shift": self.asked_twice and self.weighted,
            "weighted_difference": self.places > 0 and self.weighted,
        }
        return [name for name, looked_at in here.items() if looked_at]

    @property
    def per_person(self) -> float | None:
        """How many replies came in for each of the people compared, rounded; None if unknown."""
        return round(self.received / self.people, 1) if self.received and self.people else None

    @property
    def places(self) -> int:
        """How many districts are planned for: those whose population is counted, else all."""
        counted = int(self.districts["population"].notna().sum())
        return counted or len(self.districts)


def assume(survey: Survey, responses: pd.DataFrame, *, discordant: float | None = None) -> Assumed:
    """Take from a survey what the next one is planned with.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    discordant : float, optional
        Share of discordant people to plan with; that of the channel that shifts most without it.

    Returns
    -------
    Assumed
        In round figures. Districts are those of the people who answered on use and on preference,
        or else on satisfaction, as other notebooks count them.

    Raises
    ------
    SurveyError
        If `discordant` is not above 0 and at most 1.
    """
    if discordant is not None and not 0 < discordant <= 1:
        raise SurveyError(
            f"a share of {discordant:g} of discordant people; give 0 to 1, above 0, or such as 25%"
        )
    people, found, channel = _people(survey, responses), USUAL["discordant"], ""
    if discordant is not None:
        found = discordant
    elif not pair.no_pair(survey, responses):
        found, channel = _discordant(survey, responses)
    answers = _answers(survey, responses)
    weighing = population.weigh(survey, responses)
    return Assumed(
        discordant=found,
        channel=channel,
        share=_share(survey, answers),
        information=planning.spread_information(
            _EVEN if answers is None else answers.value_counts(normalize=True, sort=False)
        ),
        people=len(people),
        districts=_districts(survey, responses, people, weighing),
        design_effect=1.0 if weighing is None else round(weighing.weights.design_effect, 2),
        received=_received(survey),
        asked_twice=discordant is not None or survey.has("preferred", survey.used_role),
    )


def _received(survey: Survey) -> int:
    """Count the replies of the raw file; 0 for a part of the people, or without the file."""
    if survey.subset:
        return 0
    try:
        return len(survey.read_raw())
    except SurveyError:
        return 0


def _people(survey: Survey, responses: pd.DataFrame) -> pd.DataFrame:
    """Return the people whose numbers other notebooks show by district."""
    if not pair.no_pair(survey, responses):
        return pair.compared(survey, responses)[0].frame
    if not no_satisfaction(survey, responses):
        return design_of(survey, responses).base.frame
    return responses.iloc[:0]


def _discordant(survey: Survey, responses: pd.DataFrame) -> tuple[float, str]:
    """Return the share of discordant people of the channel that shifts most, and its name.

    Only channels are considered whose counts may all be worked out from notebook 03 anyway.
    """
    _, used, preferred = pair.compared(survey, responses)
    hidden, _ = pair.hidden_shifts(survey, used, preferred)
    rows = paired.shifts(used, preferred)
    few = rule_of(survey.codebook).few(rows[JOINT]).any(axis=1)
    aside = {*hidden, *survey.not_offered, survey.other_channel}
    rows = rows[~few & ~rows["answer"].astype("str").isin(aside)]
    if rows.empty:
        return USUAL["discordant"], ""
    most = rows.loc[rows["estimate"].abs().idxmax()]
    moved = (most["n_used_only"] + most["n_preferred_only"]) / most["n"]
    return max(_rounded(moved), _rounded(abs(most["estimate"])), STEP), str(most["answer"])


def _answers(survey: Survey, responses: pd.DataFrame) -> pd.Series | None:
    """Return what people answered to the rating that is planned with; None if none was asked."""
    for role in (each for each in measures.RATED if survey.has(each)):
        given = bases.answered(survey, responses, [role]).frame[role].cat.remove_unused_categories()
        if len(given.cat.categories) > 1:
            return given
    return None


def _share(survey: Survey, answers: pd.Series | None) -> float:
    if answers is None:
        return USUAL["share"]
    best = answers.isin(measures.top_answers(survey, str(answers.name))).mean()
    return min(max(_rounded(best), 2 * STEP), 1 - 2 * STEP)


def _districts(
    survey: Survey,
    responses: pd.DataFrame,
    people: pd.DataFrame,
    weighing: population.Weighing | None,
) -> pd.DataFrame:
    """Count the people of each district, exactly and as far as may be shown."""
    columns = ["level", "n", "shown", "population", "rate"]
    if not survey.has("district") or people.empty:
        return pd.DataFrame(columns=columns)
    sizes = people["district"].value_counts(sort=False)
    rows = pd.DataFrame({"level": sizes.index.astype("str"), "n": sizes.to_numpy()})
    rows = rows[rows["n"] > 0].reset_index(drop=True)
    rows["shown"] = rows["n"].astype(float)
    rows = hide_small(
        rows.rename(columns={"n": "people"}),
        counts=["people"],
        values=["shown"],
        rule=rule_of(survey.codebook),
        complete=True,
    ).rename(columns={"people": "n"})
    counted = _counted(survey, responses, weighing)
    return rows.assign(
        population=rows["level"].map(counted.get("population", {})),
        rate=rows["level"].map(counted.get("rate", {})),
    )[columns]


def _counted(
    survey: Survey, responses: pd.DataFrame, weighing: population.Weighing | None
) -> Mapping[str, dict]:
    """Return the population of each district, and how many replied per 1,000, as 02 shows it."""
    if weighing is None or weighing.full is None or population.no_cells(survey, ["district"]):
        return {}
    people = population.cells(survey, ["district"])
    shown = report.shown_composition(report.composition(weighing, responses), survey.codebook)
    mine = shown[shown["margin"] == "district"]
    return {
        "population": dict(zip(people["district"].astype("str"), people["people"], strict=True)),
        "rate": dict(zip(mine["category"].astype("str"), mine["rate"], strict=True)),
    }


def _rounded(share: float) -> float:
    return float(np.round(np.round(share / STEP) * STEP, 2))

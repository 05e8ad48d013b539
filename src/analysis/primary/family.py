"""The primary comparisons of the plan, tested as one family (docs/analysis-plan.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis import ordinal, report
from analysis.numerics import holm
from analysis.ordinal import ModelTest, OrdinalFit
from analysis.paired import PermutationTest
from analysis.primary import got, pair
from analysis.primary.designs import Design, design_of, few_of_a_kind, is_split
from analysis.survey import Survey, bases, measures
from analysis.survey.planned import COMPARISONS

#: The kind of test of each comparison.
_TESTS = dict(
    zip(COMPARISONS, ("permutation", "likelihood ratio", "likelihood ratio", "Wald"), strict=True)
)

#: The seed of the swaps, the same wherever their test is shown.
_SEED = 20231015


@dataclass(frozen=True, kw_only=True)
class Primary:
    """What the plan tests, and the models that it is tested with.

    `family` has a row a comparison that can be made: `term, status, test, statistic, df, p_value,
    p_adjusted, n`, p adjusted by Holm's method among those of its status, "primary" for what the
    codebook names and "secondary" for the others; `left_out` says why another cannot. `swapped` is
    the test of the shifts, `made` whose satisfaction is modelled by what, `model` that of channels
    and districts, `channels` and `districts` their tests, `spread` the model with a random
    intercept by district, `got` the difference of who used what they prefer; None, or no rows,
    where left out.
    """

    family: pd.DataFrame
    left_out: Mapping[str, str] = field(default_factory=dict)
    swapped: PermutationTest | None = None
    made: Design | None = None
    model: OrdinalFit | None = None
    channels: ModelTest | None = None
    districts: ModelTest | None = None
    spread: OrdinalFit | None = None
    got: pd.DataFrame = field(default_factory=pd.DataFrame)

    def has(self, term: str) -> bool:
        """Tell whether a comparison could be made."""
        return not self.family.empty and term in set(self.family["term"])

    def p_adjusted(self, term: str) -> float:
        """Return the adjusted p-value of a comparison; NaN if it is left out."""
        if not self.has(term):
            return float("nan")
        return float(self.family.set_index("term")["p_adjusted"][term])

    def status(self, term: str) -> str:
        """Return "primary" or "secondary"; "" if the comparison is left out."""
        return str(self.family.set_index("term")["status"][term]) if self.has(term) else ""

    def differ(self, term: str) -> bool:
        """Tell whether the test speaks for a difference; False if it is left out."""
        return self.p_adjusted(term) < 0.05


def primary(survey: Survey, responses: pd.DataFrame) -> Primary:
    """Test the primary comparisons of the plan that a survey allows.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    Primary
        The family is stated before looking: a comparison is left out for what was asked and of how
        many, never for what it finds.

    Notes
    -----
    Of the shifts: whether the shares of all channels are the same in both answers, by swapping each
    person's answers. Of satisfaction, in a cumulative logit model: channels, the spread between
    districts (half the chi-squared p-value, since a spread cannot be negative), and whether people
    used what they prefer. Holm 1979, Scand. J. Statist. 6, 65-70.
    """
    swapped, left_out = _swapped(survey, responses)
    found = {} if swapped is None else {"shift": (swapped.statistic, swapped.df, swapped)}
    more = {"swapped": swapped}
    reason = no_satisfaction(survey, responses)
    if reason:
        left_out |= dict.fromkeys(["channels", "districts", "got"], reason)
    else:
        made = design_of(survey, responses)
        tests, models = _satisfaction(survey, made)
        found, more = found | tests, more | models
        reasons = {each: made.left_out.get(each, "") for each in ("channels", "districts")}
        reasons["got"] = got.no_comparison(survey, made)
        left_out |= {term: said for term, said in reasons.items() if said}
    rows = [
        {"term": term, "status": status_of(survey, term), "test": _TESTS[term],
         "statistic": statistic, "df": df, "p_value": float(test.p_value), "n": int(test.n)}
        for term, (statistic, df, test) in found.items()
    ]  # fmt: skip
    columns = ["term", "status", "test", "statistic", "df", "p_value", "p_adjusted", "n"]
    family = pd.DataFrame(rows, columns=columns)
    for _, mine in family.groupby("status"):
        family.loc[mine.index, "p_adjusted"] = holm(mine["p_value"])
    return Primary(family=family.astype({"p_adjusted": float}), left_out=left_out, **more)


def status_of(survey: Survey, term: str) -> str:
    """Say whether the plan of a survey names a comparison.

    Parameters
    ----------
    survey : Survey
        The survey.
    term : str
        One of `COMPARISONS`.

    Returns
    -------
    str
        "primary" or "secondary".

    Examples
    --------
    >>> from analysis import survey
    >>> status_of(survey.load("herts_2023"), "got")
    'primary'
    """
    return "primary" if term in survey.codebook.primary.comparisons else "secondary"


def no_satisfaction(survey: Survey, responses: pd.DataFrame) -> str:
    """Say why nothing at all can be said of satisfaction.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    str
        A clause; "" if something can.
    """
    reason = report.not_asked(survey, "satisfaction")
    if reason:
        return reason
    people = bases.answered_only(survey, responses, ["satisfaction"]).frame
    return "" if is_split(survey, people) else few_of_a_kind(survey)


def _swapped(
    survey: Survey, responses: pd.DataFrame
) -> tuple[PermutationTest | None, dict[str, str]]:
    reason = report.not_asked(survey, survey.used_role, "preferred")
    if reason:
        return None, {"shift": reason}
    asked = bases.only(survey, responses, [survey.used_role, "preferred"])
    base, used, preferred = pair.compared(survey, asked)
    reason = pair.few_answered(survey, base) or pair.few_moved(survey, used, preferred)
    if reason:
        return None, {"shift": reason}
    return pair.swap_test(used, preferred, rng=np.random.default_rng(_SEED)), {}


def _satisfaction(survey: Survey, made: Design) -> tuple[dict, dict]:
    """Return the tests of satisfaction, each with statistic and df, and the models behind them."""
    people, tests = made.people, {}
    models = {"made": made, "model": ordinal.fit(made.formula, people)}
    if made.terms:
        channels = ordinal.compare(models["model"], ordinal.fit(made.without_channels, people))
        tests["channels"], models["channels"] = channels, channels
    if "districts" not in made.left_out:
        models["spread"] = ordinal.fit(made.without_districts, people, random="district")
        districts = ordinal.compare(models["spread"], ordinal.fit(made.without_districts, people))
        tests["districts"], models["districts"] = districts, districts
    found = {term: (test.statistic, test.df, test) for term, test in tests.items()}
    best = measures.top_answers(survey, "satisfaction")
    models["got"] = got.compared(survey, made, answers=best)
    if len(models["got"]):
        found["got"] = (float("nan"), 1, models["got"].iloc[-1])
    return found, models

"""How each district differs from the whole, measure by measure, without ranking noise."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import figures, paired
from analysis.chapters.district_profiles.compared import measured_answers, shifts_compared
from analysis.numerics import holm
from analysis.primary import DistrictVerdict, residents_of
from analysis.primary.district_sentences import place_text
from analysis.privacy import shown_group_shifts
from analysis.report import district_shares, with_gaps
from analysis.survey import Survey, bases
from analysis.survey.wording import at_start

#: What is known of a gap.
GAP = [
    "level", "measure", "unit", "estimate", "conf_low", "conf_high", "overall", "gap", "gap_low",
    "gap_high", "n",
]  # fmt: skip

#: Columns of a profile, in order.
COLUMNS = [*GAP, "residents", "residents_low", "residents_high"]

#: What decides on gaps before they are rounded.
EXACT = ["clear", "size", "place"]

#: Between which numbers the people are, where `n` is rounded.
ENDS = ["n_low", "n_high"]


@dataclass(frozen=True, kw_only=True)
class Profiles:
    """The districts of a survey beside the whole.

    `rows` has the columns `COLUMNS`, `EXACT` and `ENDS`, a row a district and measure, as far as
    shown; `place` says at which end of the districts one is likely to lie, where that makes it a
    pointer.
    `tests` has a row a measure: `measure, status, statistic, df, p_value, p_adjusted` (Holm), `n`:
    do districts differ? `status` is "primary" of what the plan tests, else "secondary".
    """

    rows: pd.DataFrame
    tests: pd.DataFrame

    @property
    def told(self) -> pd.DataFrame:
        """The rows as they are written to files: `COLUMNS`, and `ENDS` where a size is rounded."""
        rough = self.rows[ENDS].notna().any(axis=None)
        return self.rows[[*COLUMNS, *(ENDS if rough else [])]]


def compare_districts(
    survey: Survey,
    responses: pd.DataFrame,
    *,
    seed: int,
    more: Mapping[str, pd.Series] | None = None,
    verdict: DistrictVerdict | None = None,
) -> Profiles:
    """Compare the districts of a survey with the whole.

    Parameters
    ----------
    survey : Survey
        The survey; it has districts.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.
    seed : int
        Of the random numbers behind the intervals of the pooled shares.
    more : mapping of str to pandas.Series, optional
        Further measures: name -> boolean, a value a person.
    verdict : DistrictVerdict, optional
        As `primary.district_verdict` returns it: shares, test and standing of satisfaction.

    Returns
    -------
    Profiles
        Shifts of groups of channels, having used what one prefers, the best answers of
        ratings, and `more`. Where the codebook places districts on a map, answers without a
        place (outside the area) count among everybody and have no profile. A measure on which
        districts cannot be compared is left out (`report.not_between_districts`).

    Raises
    ------
    ValueError
        If no measure can be compared; the notebook is left out then (`needs`).

    Notes
    -----
    Shares: drawn towards everybody's (`groups.pooled_shares`), with the test of no spread.
    Shifts: the normal-normal model of `paired.heterogeneity`, with the whole's shift taken as
    known. Satisfaction is the plan's, with its test and people; all other tests are a second
    family.
    """
    parts, tests = [], {}
    if verdict is not None:
        parts, tests = _rated(survey, responses, verdict)
    for name, frame, test in _shifts(survey, responses):
        parts.append(frame.assign(measure=name))
        tests[name] = test
    for name, answers, named in measured_answers(survey, responses, more or {}, verdict):
        found = district_shares(
            answers, responses["district"], survey.codebook, seed=seed, named=named
        )
        if found is not None:
            everybody = round(found.overall, 2)
            shown = found.rows.assign(measure=name, overall=everybody, unit="percent", place="")
            yes = answers.isin(named)
            parts.append(shown.join(residents_of(survey, yes, responses, found.rows)))
            test = found.test
            tests[name] = {
                "statistic": test.statistic, "df": test.df, "p_value": test.p_value, "n": test.n
            }  # fmt: skip
    if not parts:
        raise ValueError(
            "no measure was answered by enough people of three districts; profiles need districts "
            "to compare"
        )
    rows = pd.concat(parts, ignore_index=True).reindex(columns=COLUMNS + EXACT + ENDS)
    placed = list(figures.places(survey.codebook)) or list(rows["level"].unique())
    rows = rows[rows["level"].isin(placed)].reset_index(drop=True)
    rows["measure"] = pd.Categorical(rows["measure"], categories=list(tests))
    return Profiles(rows=rows, tests=_adjusted(tests))


def _rated(survey: Survey, responses: pd.DataFrame, verdict: DistrictVerdict) -> tuple[list, dict]:
    """Return shown shares and test of satisfaction, as the plan has them."""
    name, shares = at_start(survey.words.satisfied), verdict.shares
    hints = verdict.standing.eq("pointer").to_numpy() & ~shares.rows["clear"].to_numpy()
    places = [
        place_text(row, verdict.lowest) if hint else ""
        for row, hint in zip(shares.rows.itertuples(), hints, strict=True)
    ]
    rows = shares.rows.assign(
        measure=name, overall=round(shares.overall, 2), unit="percent", place=places
    )
    yes = verdict.yes
    rows = rows.join(residents_of(survey, yes, responses, shares.rows))
    test = verdict.test
    told = {"statistic": test.statistic, "df": test.df, "p_value": test.p_value, "n": test.n}
    return [rows], {name: {"status": verdict.status, "p_adjusted": verdict.p_adjusted, **told}}


def _adjusted(tests: Mapping[str, dict]) -> pd.DataFrame:
    """Adjust the tests that are not the plan's as a family of their own."""
    rows = [{"measure": name, "status": "secondary", **test} for name, test in tests.items()]
    table = pd.DataFrame(rows).reindex(
        columns=["measure", "status", "statistic", "df", "p_value", "p_adjusted", "n"]
    )
    others = table["p_adjusted"].isna()
    table.loc[others, "p_adjusted"] = holm(table.loc[others, "p_value"])
    return table


def _shifts(survey: Survey, responses: pd.DataFrame) -> list[tuple[str, pd.DataFrame, dict]]:
    """Return name, shown shifts by district and test, group of channels by group."""
    base = shifts_compared(survey, responses)
    if base is None:
        return []
    answers = [
        bases.grouped(survey, bases.channels(survey, base, role))
        for role in (survey.used_role, "preferred")
    ]
    by = base["district"].cat.remove_unused_categories()
    found, whole = paired.heterogeneity(*answers, by=by), paired.shifts(*answers)
    overall = whole.set_index("answer")["estimate"]
    names = [each for each in overall.index if each != survey.other_channel]
    rows, results = shown_group_shifts(found, survey.codebook, names), []
    wish, act = survey.words.preferred_short.lower(), survey.words.used_short.lower()
    for name in names:
        mine = rows[rows["channel"] == name].reset_index(drop=True)
        exact = found.groups[found.groups["answer"] == name].reset_index(drop=True)
        ends = exact[["estimate", "conf_low", "conf_high"]] - overall[name]
        mine = with_gaps(mine, ends, overall[name])
        test = found.answers.set_index("answer").loc[name]
        values = test[["statistic", "df", "p_value", "n"]].to_dict()
        shift = f"{name}: shift ({wish} minus {act})"
        everybody = round(overall[name], 2) + 0.0
        results.append((shift, mine.assign(overall=everybody, unit="points", place=""), values))
    return results


def largest_gaps(found: Profiles, *, alpha: float = 0.05, most: int = 3) -> pd.DataFrame:
    """Pick the largest gaps of each district that its interval supports.

    Parameters
    ----------
    found : Profiles
        As `compare_districts` returns it.
    alpha : float
        A measure's districts differ if its test does at this level, adjusted over all measures.
    most : int
        How many gaps of a district are named.

    Returns
    -------
    pandas.DataFrame
        `GAP`, `size`, then `place`, `p_adjusted` of the measure, and `credible`: whether its
        districts differ besides. Credible ones first, then the largest, within a district;
        districts in order.

    Notes
    -----
    An interval is that of a district drawn towards the others, so small districts do not fill the
    list; but over many districts and measures some intervals leave out 0 by chance. A gap is
    credible if the districts differ on the measure at all (its adjusted test); else it is a
    pointer, to be looked at again with new data. Both are decided before rounding. A likely place
    among the lowest or highest makes a pointer too (`primary.standing`).
    """
    adjusted = found.tests.set_index("measure")["p_adjusted"]
    rows = found.rows[found.rows["clear"] | (found.rows["place"] != "")]
    p_value = rows["measure"].astype("str").map(adjusted).astype(float)
    rows = rows.assign(p_adjusted=p_value, credible=(p_value < alpha) & rows["clear"])
    order = rows.assign(
        first=~rows["credible"], size=-rows["size"].fillna(0.0), name=rows["level"].astype("str")
    ).sort_values(["name", "first", "size"], kind="stable")
    kept = order.groupby("name", sort=True).head(most)
    kept = kept.assign(size=-kept["size"])
    return kept[[*GAP, "size", "place", "p_adjusted", "credible"]].reset_index(drop=True)


def untold(found: Profiles) -> list[str]:
    """Name the districts of which no gap may be shown, on any measure.

    Parameters
    ----------
    found : Profiles
        As `compare_districts` returns it.

    Returns
    -------
    list of str
        Sorted; nothing can be said of their differences.
    """
    hidden = found.rows["gap"].isna().groupby(found.rows["level"].astype("str")).all()
    return sorted(hidden.index[hidden])


def headline_gap(found: Profiles, gaps: pd.DataFrame) -> tuple[pd.Series, str] | None:
    """Pick the largest gap of all districts, a credible one if there is any.

    Parameters
    ----------
    found : Profiles
        As `compare_districts` returns it.
    gaps : pandas.DataFrame
        As `largest_gaps` returns it.

    Returns
    -------
    tuple of pandas.Series and str, or None
        The row, with `near`: of how many others of its kind the interval, turned up, overlaps with
        its own; and what it is: "credible", else "pointer", else "none", the largest of the
        measure on which districts differ most, or of all if none of its gaps can be shown. None
        if no gap of any district can be shown.
    """
    gaps = gaps[gaps["place"] == ""]
    sure = gaps[gaps["credible"]]
    first = found.tests.sort_values(["p_adjusted", "p_value"])["measure"].iloc[0]
    known = found.rows.dropna(subset=["gap", "size"])
    if known.empty:
        return None
    of_first = known[known["measure"] == first]
    kind = "credible" if len(sure) else "pointer" if len(gaps) else "none"
    rows = {"credible": sure, "pointer": gaps, "none": of_first if len(of_first) else known}[kind]
    ranked = rows.sort_values("size", kind="stable")
    ends = ranked[["gap_low", "gap_high"]].astype(float)
    low = ends["gap_low"].where(ranked["gap"] >= 0, -ends["gap_high"])
    high = ends["gap_high"].where(ranked["gap"] >= 0, -ends["gap_low"])
    near = (low <= high.iloc[-1]) & (high >= low.iloc[-1])
    return pd.concat([ranked.iloc[-1], pd.Series({"near": int(near.sum()) - 1})]), kind

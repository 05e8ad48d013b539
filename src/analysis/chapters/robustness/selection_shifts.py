"""Shifts between what people used and what they prefer, by how readily they answered."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd
from scipy import stats

from analysis import paired, primary, privacy
from analysis.chapters.robustness.selection_headline import Headline
from analysis.chapters.robustness.selection_shares import unknown_of
from analysis.population import Weighing
from analysis.primary import pair
from analysis.privacy import rule_of, weights_tell
from analysis.report import Weighted, in_sentence, listed, not_asked
from analysis.sensitivity import (
    Pairs,
    Shifted,
    effective_pairs,
    paired_bounds,
    shifted_difference,
)
from analysis.survey import Survey, bases
from analysis.survey.bases import Base

_Answers = pd.Series | pd.DataFrame

#: A row of `paired.shifts` has these people, beside those who gave neither answer.
_PAIRS = {"both": "n_both", "first_only": "n_used_only", "second_only": "n_preferred_only"}


def largest(survey: Survey, responses: pd.DataFrame, weighing: Weighing | None) -> Headline | str:
    """Take the shift of the channel that shifts most, among those that may be shown.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    Headline or str
        The one of notebook 03, or the reason why there is none.
    """
    reason = not_asked(survey, survey.used_role, "preferred")
    if reason:
        return reason
    base, used, preferred = primary.compared(survey, responses)
    if base.frame.empty:
        return "nobody answered both questions"
    in_groups = [bases.grouped(survey, each) for each in (used, preferred)]
    exact = [paired.shifts(used, preferred), paired.shifts(*in_groups)]
    found = pair.largest_shown(survey, used, preferred)
    if found is None:
        return f"too few people used or prefer any {survey.words.channel} for it to be shown"
    name, grouped = found
    answers = in_groups if grouped else (used, preferred)
    return _headline(
        survey,
        base,
        exact[int(grouped)].set_index("answer").loc[name],
        (answers, name),
        weighing,
        key="largest_shift",
        name=f"Shift of {in_sentence(name)}",
        who=f"people who {survey.words.preferred} {in_sentence(name)}",
        they=f"people who {survey.words.preferred} it",
    )


def digital_gap(
    survey: Survey, responses: pd.DataFrame, weighing: Weighing | None
) -> Headline | str:
    """Take the shift of all digital channels together.

    Parameters
    ----------
    survey, responses, weighing
        As for `largest`.

    Returns
    -------
    Headline or str
        Of who answered both questions, or the reason why there is none.
    """
    reason = not_asked(survey, survey.used_role, "preferred")
    names = list(survey.words.digital_groups)
    if reason or not names:
        return reason or f"the codebook names no digital {survey.words.channels}"
    base, used, preferred = primary.compared(survey, responses)
    if base.frame.empty:
        return "nobody answered both questions"
    in_groups = [bases.grouped(survey, each) for each in (used, preferred)]
    exact = [paired.shifts(used, preferred), paired.shifts(*in_groups)]
    _, shown = privacy.shown_shifts(*exact, survey.codebook, survey.used_role)
    hidden = shown.set_index("channel")["estimate"].reindex(names).isna()
    if hidden.any():
        return f"the numbers of {listed([in_sentence(each) for each in names])} are not shown"
    any_of = [_indicators(each)[names].any(axis=1).astype(float) for each in in_groups]
    digital = [each.to_frame("digital") for each in any_of]
    return _headline(
        survey,
        base,
        paired.shifts(*digital).iloc[0],
        (digital, "digital"),
        weighing,
        key="digital_gap",
        name=f"Shift of the digital {survey.words.channels}",
        who=f"people who {survey.words.preferred} a digital {survey.words.channel}",
        they=f"people who {survey.words.preferred} one",
    )


def _indicators(answers: pd.Series | pd.DataFrame) -> pd.DataFrame:
    single = isinstance(answers, pd.Series)
    return (pd.get_dummies(answers) if single else answers).eq(1)


def _headline(
    survey: Survey,
    base: Base,
    row: pd.Series,
    answers: tuple[Sequence[_Answers], str],
    weighing: Weighing | None,
    *,
    key: str,
    name: str,
    who: str,
    they: str,
) -> Headline | str:
    counts = {kind: float(row[column]) for kind, column in _PAIRS.items()}
    pairs = Pairs(**counts, neither=float(row["n"]) - sum(counts.values()))
    rule, parts = rule_of(survey.codebook), vars(pairs).values()
    if not rule.enough(*parts):
        return f"fewer than {rule.people()} people gave one of the four pairs of answers"
    how = {"pairs": pairs, "critical": _reach(row)}
    found = _weighted(survey, *answers, weighing)
    return Headline(
        key=key,
        name=name,
        who=who,
        they=they,
        n=int(row["n"]),
        shifted=partial(shifted_difference, **how),
        difference=True,
        bounds=paired_bounds(pairs, unknown_of(base)),
        heavy=None if found is None else found[0],
        weighted=None if found is None else found[1],
    )


def _reach(row: pd.Series) -> float:
    """Return how many standard errors the interval that holds with all others reaches."""
    plain, wide = (row[f"{kind}_high"] - row[f"{kind}_low"] for kind in ("conf", "simultaneous"))
    return float(stats.norm.isf(0.025) * wide / plain)


def _weighted(
    survey: Survey, answers: Sequence[_Answers], name: str, weighing: Weighing | None
) -> tuple[partial[Shifted], Weighted] | None:
    """Give the same with weights; None without, or where they would tell of few people."""
    if weighing is None:
        return None
    rule, mine = rule_of(survey.codebook), [weighing.people(each) for each in answers]
    used, preferred = (_indicators(each)[name] for each in mine)
    kinds = {
        "both": used & preferred,
        "first_only": used & ~preferred,
        "second_only": preferred & ~used,
        "neither": ~used & ~preferred,
    }
    few = not rule.enough(*(int(each.sum()) for each in kinds.values()))
    if few or weights_tell(len(answers[0]), len(used), rule=rule):
        return None
    row = paired.shifts(*mine, weights=weighing.weights).set_index("answer").loc[name]
    low, high = float(row["simultaneous_low"]), float(row["simultaneous_high"])
    weight = weighing.weights.weights.loc[used.index].to_numpy()
    shares = Pairs(**{kind: float(weight @ np.asarray(each)) for kind, each in kinds.items()})
    pairs = effective_pairs(shares, std_error=float(row["std_error"]), n=len(used))
    critical = (high - low) / 2 / float(row["std_error"])
    heavy = Weighted(
        estimate=float(row["estimate"]),
        conf_low=low,
        conf_high=high,
        n=len(used),
        effective_n=min(float(weight.sum() ** 2 / (weight**2).sum()), len(used)),
    )
    return partial(shifted_difference, pairs=pairs, critical=critical, added=0.0), heavy

"""Satisfaction in two waves, with channel and district held equal."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import margins, ordinal
from analysis.ordinal import ModelTest, OrdinalFit
from analysis.privacy import rule_of, weights_tell
from analysis.survey import bases, measures
from analysis.survey.wording import listed
from analysis.waves.loading import Pair
from analysis.waves.shares import COLUMNS

#: What channels are called that few people of both waves together used.
_GATHERED = "Used by few people each"

#: What a wave is called in the models.
_WAVES = ("first", "second")


@dataclass(frozen=True, kw_only=True)
class Satisfaction:
    """Satisfaction of both waves in one model.

    `rows` has one row of `COLUMNS`, the adjusted shares of the best answers; `odds` the odds ratio
    of a better answer in the later wave with its interval; `held` names what is held equal;
    `left_out` says why something is not, or, without rows, why there is no model.
    """

    rows: pd.DataFrame
    odds: tuple[float, float, float] | None = None
    test: ModelTest | None = None
    held: tuple[str, ...] = ()
    best: str = ""
    left_out: tuple[str, ...] = ()


def compare_satisfaction(waves: Pair) -> Satisfaction:
    """Compare satisfaction between two waves in a cumulative logit model.

    Parameters
    ----------
    waves : Pair
        The two waves.

    Returns
    -------
    Satisfaction
        Without rows where the question does not compare, or few people of a wave gave one of the
        best answers, or few another.

    Notes
    -----
    One model of the people of both waves, with a term for the wave beside channel and district:
    their effects are taken to be the same in both. The shares are those of everybody in both
    waves with the wave set to the one and to the other (`margins.predicted_shares`), so the mix of
    channels and districts is one; the interval is the delta method's. The test is the likelihood
    ratio. With weights: pseudo-likelihood, each wave's weights with a mean of 1, covariance by
    linearisation, which takes nothing out for the margins and so is a little too wide.
    """
    if not waves.compares("satisfaction"):
        why = "the two waves did not ask for it alike" if _asked(waves) else "a wave did not ask"
        return Satisfaction(rows=pd.DataFrame(columns=COLUMNS), left_out=(why,))
    roles, left_out = ["satisfaction"], []
    for role, word in _controls(waves).items():
        if waves.complete(role):
            roles.append(role)
        else:
            left_out.append(f"{word} is not held equal: the two waves did not ask for it alike")
    people = _people(waves, roles)
    rule, best = rule_of(waves.second.survey.codebook), _best(waves)
    split = [rule.splits(people.loc[people["wave"] == each, "best"]) for each in _WAVES]
    if not all(split):
        why = f"fewer than {rule.people()} people of a wave answered {best}, or something else"
        return Satisfaction(rows=pd.DataFrame(columns=COLUMNS), left_out=(why,))
    people, terms = _terms(waves, people, roles)
    formula, dropped = _formula(people, terms)
    left_out += [f"{_controls(waves)[role]} is not held equal: {why}" for role, why in dropped]
    held = [role for role in terms if role not in dict(dropped)]
    if obstacle := ordinal.obstacle(formula, people):
        return Satisfaction(rows=pd.DataFrame(columns=COLUMNS), left_out=(obstacle,))
    fitted = ordinal.fit(formula, people)
    row, odds = _change(waves, fitted)
    rest = ordinal.fit(formula.replace("wave + ", "").replace("wave", "1"), people)
    test = ordinal.compare(fitted, rest)
    sizes = people["wave"].value_counts()
    row |= {
        "family": "satisfaction",
        "measure": _measure(waves, held),
        "p_adjusted": test.p_value,
        **{f"n_{each}": int(sizes[each]) for each in _WAVES},
        **_weighted(waves, people, formula),
    }
    return Satisfaction(
        rows=pd.DataFrame([row]).reindex(columns=COLUMNS),
        odds=odds,
        test=test,
        held=tuple(_controls(waves)[role] for role in held),
        best=best,
        left_out=tuple(left_out),
    )


def _asked(waves: Pair) -> bool:
    return "satisfaction" in waves.agreed


def _controls(waves: Pair) -> dict[str, str]:
    words = waves.second.survey.words
    role = "used_last" if "used_last" in waves.agreed else "used"
    asked = {role: words.channel, "district": words.district}
    return {each: word for each, word in asked.items() if each in waves.agreed}


def _best(waves: Pair) -> str:
    return measures.best_answers(waves.second.survey, "satisfaction")


def _measure(waves: Pair, held: list[str]) -> str:
    words = waves.second.survey.words
    said = words.satisfied[:1].upper() + words.satisfied[1:]
    equal = [_controls(waves)[role] for role in held]
    return f"{said}, {listed(equal)} held equal" if equal else said


def _people(waves: Pair, roles: list[str]) -> pd.DataFrame:
    """Join the people of both waves who answered every question, with their weights."""
    frames = []
    top = measures.top_answers(waves.second.survey, "satisfaction")
    for name, wave in zip(_WAVES, waves.waves, strict=True):
        frame = bases.answered(wave.survey, wave.responses, roles).frame
        weight = pd.Series(np.nan, index=frame.index)
        if wave.weighing is not None:
            own = wave.weighing.weights.weights
            weight = (own / own.mean()).reindex(frame.index)
        frames.append(frame.assign(wave=name, weight=weight, best=frame["satisfaction"].isin(top)))
    people = pd.concat(frames, ignore_index=True)
    people["wave"] = pd.Categorical(people["wave"], categories=list(_WAVES))
    return people


def _terms(
    waves: Pair, people: pd.DataFrame, roles: list[str]
) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """Return the people with small channels gathered, and role -> terms of what is held equal."""
    survey, rule = waves.second.survey, rule_of(waves.second.survey.codebook)
    terms: dict[str, list[str]] = {}
    for role in (each for each in roles if each != "satisfaction"):
        if survey.codebook.question(role).kind == "multiple":
            columns = bases.channel_terms(survey, role)
            terms[role] = [each for each in columns if rule.splits(people[each] == 1.0)]
            continue
        sizes = people[role].value_counts()
        small = list(sizes.index[rule.few(sizes) & (sizes > 0)])
        large = [each for each in people[role].cat.categories if sizes[each] and each not in small]
        kind = pd.CategoricalDtype([*large, *([_GATHERED] if small else [])])
        given = people[role].astype("str")
        people = people.assign(**{role: given.where(~given.isin(small), _GATHERED).astype(kind)})
        terms[role] = [role]
    return people, terms


def _formula(
    people: pd.DataFrame, terms: dict[str, list[str]]
) -> tuple[str, list[tuple[str, str]]]:
    """Write the model with all that has finite estimates, and say what has not."""
    made, dropped = "satisfaction ~ wave", []
    for role, names in terms.items():
        longer = " + ".join([made, *names])
        why = ordinal.obstacle(longer, people)
        if why:
            dropped.append((role, why))
        else:
            made = longer
    return made, dropped


def _change(waves: Pair, fitted: OrdinalFit) -> tuple[dict[str, float], tuple[float, float, float]]:
    """Return the adjusted shares with their difference, and the odds ratio of the wave."""
    answers = measures.top_answers(waves.second.survey, "satisfaction")
    found = margins.predicted_shares(fitted, "wave", answers=answers)
    shares, change = found.frame(), margins.differences(found, against="first").iloc[0]
    names = fitted.coefficients.set_index("term")
    wave = names.loc[next(each for each in names.index if each.startswith("wave"))]
    ends = [float(np.exp(wave[each])) for each in ("estimate", "conf_low", "conf_high")]
    row = {
        "first": float(shares["estimate"].iloc[0]),
        "second": float(shares["estimate"].iloc[1]),
        **{name: float(change[name]) for name in ("estimate", "conf_low", "conf_high")},
    }
    return row, (ends[0], ends[1], ends[2])


def _weighted(waves: Pair, people: pd.DataFrame, formula: str) -> dict[str, float]:
    """Return the same with weights; nothing where they would tell of few people."""
    mine, rule = people[people["weight"] > 0], rule_of(waves.second.survey.codebook)
    sizes = [people["wave"].value_counts(), mine["wave"].value_counts()]
    if any(bool(weights_tell(sizes[0][each], sizes[1][each], rule=rule)) for each in _WAVES):
        return {}
    if not all(rule.splits(mine.loc[mine["wave"] == each, "best"]) for each in _WAVES):
        return {}
    if ordinal.obstacle(formula, mine, weights="weight"):
        return {}
    fitted = ordinal.fit(formula, mine, weights="weight")
    row, _ = _change(waves, fitted)
    return {
        "weighted_first": row["first"],
        "weighted_second": row["second"],
        "weighted": row["estimate"],
        "weighted_low": row["conf_low"],
        "weighted_high": row["conf_high"],
        "weighted_p": ordinal.wald(fitted, "wave").p_value,
        "n_weighted_first": int(sizes[1]["first"]),
        "n_weighted_second": int(sizes[1]["second"]),
    }

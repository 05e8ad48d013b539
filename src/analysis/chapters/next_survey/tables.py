"""Tables of planning: replies needed, and effects that a number of replies can show."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from analysis import planning
from analysis.chapters.next_survey.assumed import Assumed
from analysis.privacy import hide

#: The powers that are planned for.
POWERS = (0.8, 0.9)

#: The seed of the simulated effects of districts.
SEED = 20261127

#: Spreads between districts on the logit scale that are looked at.
SPREADS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)

#: Sizes of one district of which effects were known beforehand, and these effects.
KNOWN = {45: 0.21, 100: 0.14, 150: 0.11}

#: What is to be seen, and how large it is.
WANTED = {
    "shift": (0.05, 0.1),
    "shift by interval": (0.05, 0.1),
    "shift in each": (0.1, 0.15),
    "one and the others": (0.1, 0.15),
    "two groups or waves": (0.05, 0.1),
    "spread": (0.2, 0.3),
    "interval": (0.02, 0.03, 0.05, 0.1),
}

#: How many groups are compared where it is not the districts.
ALONE = {"shift": 1, "shift by interval": 1, "interval": 1, "two groups or waves": 2}


def needed(plan: Assumed) -> pd.DataFrame:
    """Say how many replies see what is wanted.

    Parameters
    ----------
    plan : Assumed
        What is assumed.

    Returns
    -------
    pandas.DataFrame
        A row an effect and power: `seen` (of `WANTED`), `effect` (a shift or difference, a spread
        on the logit scale, or how far an interval reaches to either side), `power` (NA for an
        interval), `each` (replies of a group: everybody, a district, one of two groups or waves),
        `groups` (how many such groups there are), `all` (replies in all), `weighted` (replies in
        all with weights as unequal as those of this survey; left out if it has none). No shifts
        where people are not asked for both answers.

    Notes
    -----
    A shift: exact McNemar test, or Bonett and Price's interval leaves out 0. A difference:
    Newcombe's interval leaves out 0. A spread: `planning.equal_spread_power`. Two-sided, 5%. With
    districts, as many as this survey has, all of the same size.
    """
    districts, rows = plan.places, []
    for seen, effects in WANTED.items():
        groups = ALONE.get(seen, districts)
        if seen.startswith("shift") and not plan.asked_twice:
            continue
        if groups == 0 or (seen in ("spread", "one and the others") and groups < 3):
            continue
        for effect in effects:
            for power in POWERS[: 1 if seen == "interval" else None]:
                each = _each(plan, seen, effect, power, groups)
                rows.append({"seen": seen, "effect": effect, "groups": groups, "each": each,
                             "power": np.nan if seen == "interval" else power})  # fmt: skip
    table = pd.DataFrame(rows)
    table["all"] = table["each"] * table["groups"]
    table["weighted"] = [
        np.nan if np.isnan(n) else planning.with_weights(n, plan.design_effect)
        for n in table["all"]
    ]
    columns = ["seen", "effect", "power", "each", "groups", "all", "weighted"]
    return table[columns if plan.weighted else columns[:-1]]


def _each(plan: Assumed, seen: str, effect: float, power: float, groups: int) -> float:
    """Return how many people of each group see an effect."""
    upper = _apart(plan.share, effect)
    powers: dict[str, Callable[[int], float]] = {
        "shift": lambda n: planning.mcnemar_power(effect, plan.discordant, n),
        "shift by interval": lambda n: planning.shift_interval_power(effect, plan.discordant, n),
        "one and the others": lambda n: planning.newcombe_power(
            plan.share, upper, (groups - 1) * n, n
        ),
        "two groups or waves": lambda n: planning.newcombe_power(plan.share, upper, n, n),
        "spread": lambda n: planning.equal_spread_power(effect, groups, n, plan.information),
        "interval": lambda n: 1 - planning.share_width(plan.share, n),
    }
    powers["shift in each"] = powers["shift"]
    if seen.startswith("shift") and effect > plan.discordant:
        return np.nan
    wanted = 1 - 2 * effect if seen == "interval" else power
    return planning.smallest_n(powers[seen], power=wanted)


def could_see(plan: Assumed) -> pd.DataFrame:
    """Say what this survey could see, of everybody and of each district.

    Parameters
    ----------
    plan : Assumed
        What is assumed.

    Returns
    -------
    pandas.DataFrame
        `level` ("Everybody" first), `n, effective_n`; `shift_80, shift_90`, the least shift seen
        with each power by the exact McNemar test; `difference_80, difference_90`, the least
        difference from everybody else (NA for everybody) of which Newcombe's interval leaves out 0;
        `difference_any`, the same with power 80% where all districts are looked at (Bonferroni);
        `margin`, how far the interval of a share reaches to either side; and `weighted_shift`,
        `weighted_difference`, with power 80% and the effective number of people. Districts whose
        size is hidden are hidden. NA too where no effect is large enough to be seen. Columns of
        shifts, of differences and with weights are left out where there are no two answers, no
        districts, no weights (`Assumed.effects`).
    """
    rows = [_seen(plan, "Everybody", plan.people, 0)]
    total = int(plan.districts["n"].sum())
    for row in plan.districts.itertuples():
        rows.append(_seen(plan, row.level, int(row.n), total - int(row.n)))
    table = pd.DataFrame(rows)
    hidden = np.concatenate([[False], plan.districts["shown"].isna().to_numpy(dtype=bool)])
    for column in table.columns[1:]:
        table[column] = hide(table[column], hidden)
    return table[["level", "n", *plan.effects]]


def _seen(plan: Assumed, level: str, n: int, others: int) -> dict:
    few, fewer = (max(int(each / plan.design_effect), 1) for each in (n, others))
    of_all = 0.05 / max(plan.places, 1)
    return {
        "level": level,
        "n": n,
        "effective_n": few,
        **{f"shift_{100 * power:.0f}": shift_seen(plan, n, power) for power in POWERS},
        **{f"difference_{100 * power:.0f}": difference_seen(plan, n, others, power)
           for power in POWERS},
        "difference_any": difference_seen(plan, n, others, alpha=of_all),
        "margin": planning.share_width(plan.share, n) / 2,
        "weighted_shift": shift_seen(plan, few),
        "weighted_difference": difference_seen(plan, few, fewer if others else 0),
    }  # fmt: skip


def shift_seen(plan: Assumed, n: int, power: float = POWERS[0]) -> float:
    """Return the least shift that people can show, by the exact McNemar test.

    Parameters
    ----------
    plan : Assumed
        Its share of discordant people.
    n : int
        People.
    power : float
        With which it is seen.

    Returns
    -------
    float
        NaN if even a shift of everybody discordant one way is not seen.
    """
    of = partial(planning.mcnemar_power, discordant=plan.discordant, n=n)
    return planning.least_effect(of, power=power, at_most=plan.discordant)


def difference_seen(
    plan: Assumed, n: int, others: int, power: float = POWERS[0], *, alpha: float = 0.05
) -> float:
    """Return the least difference of a group from the others, by Newcombe's interval.

    Parameters
    ----------
    plan : Assumed
        Its share, that of the others.
    n, others : int
        People of the group and of the others.
    power : float
        With which it is seen.
    alpha : float
        1 less the level of the interval.

    Returns
    -------
    float
        Towards the middle of the scale, where it is harder to see; NaN without others, or where
        no difference is large enough.
    """
    if not others:
        return np.nan
    reach = abs(_apart(plan.share, 1.0) - plan.share)
    return planning.least_effect(
        lambda d: planning.newcombe_power(
            plan.share, _apart(plan.share, d), others, n, alpha=alpha
        ),
        power=power,
        at_most=reach,
    )


def _apart(share: float, effect: float) -> float:
    """Return the share that lies an effect away, towards the middle of the scale and beyond."""
    return float(np.clip(share + effect if share <= 0.5 else share - effect, 0.005, 0.995))


def spreads(plan: Assumed) -> pd.DataFrame:
    """Say with what chance this survey could see that districts differ.

    Parameters
    ----------
    plan : Assumed
        What is assumed; three districts or more.

    Returns
    -------
    pandas.DataFrame
        `spread` (standard deviation between districts on the logit scale), `points` (of the share
        of a favourable answer, about), `power`, `weighted_power` (with effective numbers of
        people; left out without weights), `seed`. The sizes are those of all districts, shown or
        not.
    """
    sizes = plan.districts["n"].to_numpy(dtype=float)
    rows = []
    for spread in SPREADS:
        plain, heavy = (
            planning.spread_power(
                spread, each, plan.information, rng=np.random.default_rng(SEED), draws=10_000
            )
            for each in (sizes, np.maximum(sizes / plan.design_effect, 1))
        )
        rows.append(
            {
                "spread": spread,
                "points": spread * plan.share * (1 - plan.share),
                "power": plain,
                "weighted_power": heavy,
                "seed": SEED,
            }
        )
    table = pd.DataFrame(rows)
    return table if plan.weighted else table.drop(columns="weighted_power")


def known(plan: Assumed) -> pd.DataFrame:
    """Check what was known beforehand of one district, under each definition.

    Parameters
    ----------
    plan : Assumed
        The people of the survey, for everybody else.

    Returns
    -------
    pandas.DataFrame
        A row a number of people: `n`, `said` (known beforehand), then the least effect seen with
        power 80%: `lachenbruch` (a shift with 25% discordant people, by the shortest closed form),
        `fixed` (a share near 50% against one that is known without error, closed form), `exact`
        and `interval` (the shift by McNemar's exact test, and by Bonett and Price's interval), and
        `others` (a share near 50% against that of everybody else, Newcombe's interval).
    """
    rows, half = [], replace(plan, discordant=0.25, share=0.5)
    for n, said in KNOWN.items():
        fixed = partial(_fixed_power, n=n)
        interval = partial(planning.shift_interval_power, discordant=0.25, n=n)
        rows.append(
            {
                "n": n,
                "said": said,
                "lachenbruch": planning.closed_effect(0.25, n),
                "fixed": planning.least_effect(fixed, at_most=0.49),
                "exact": shift_seen(half, n),
                "interval": planning.least_effect(interval, at_most=0.25),
                "others": difference_seen(half, n, max(plan.people - n, n)),
            }
        )
    return pd.DataFrame(rows)


def _fixed_power(effect: float, n: int) -> float:
    """Return the power of a share of 50% and more against one of 50% that is known."""
    return planning.share_power(0.5, 0.5 + effect, n)

"""Tests that the two answers have the same distribution, and the odds of moving between two."""

import numpy as np
import pandas as pd
from scipy.sparse import csgraph

from analysis import paired
from analysis.numerics import ratio, ratio_interval
from analysis.paired import PairedTest, QuasiSymmetry, ShiftTest
from analysis.privacy import hide, rule_of
from analysis.report import listed
from analysis.survey.codebook import Codebook

#: What the test of the fit of quasi-symmetry is called.
QUASI_SYMMETRY = "Quasi-symmetry, fit"

_Answers = pd.Series | pd.DataFrame


def one_answer_tests(used: _Answers, preferred: _Answers) -> dict[str, PairedTest | QuasiSymmetry]:
    """Make the tests of the square table of two questions that take one answer each.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.

    Returns
    -------
    dict
        What a test is called -> the test; empty where a question takes several answers.
    """
    if not _single(used, preferred):
        return {}
    table = paired.counts(used, preferred)
    return {"Stuart-Maxwell": paired.stuart_maxwell(table), "Bowker": paired.bowker(table)}


def pull_model(used: _Answers, preferred: _Answers, codebook: Codebook) -> QuasiSymmetry | None:
    """Fit quasi-symmetry to the two answers.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    QuasiSymmetry or None
        None where a question takes several answers, where people did not move both ways between
        any two channels, or too few moved between those between which some moved both ways.
    """
    if not _single(used, preferred):
        return None
    table = paired.counts(used, preferred)
    names = paired.exchanged(table)
    inside = table.loc[names, names].to_numpy()
    if len(names) < 2 or rule_of(codebook).few(int(inside.sum() - np.trace(inside))):
        return None
    return paired.quasi_symmetry(table)


def on_offer_test(
    used: _Answers, preferred: _Answers, not_offered: list[str], codebook: Codebook
) -> dict[str, ShiftTest]:
    """Test the shares of the people who prefer a channel that was on offer.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.
    not_offered : list of str
        Channels that nobody can have used.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    dict
        What the test is called -> the test; empty where every channel was on offer, a question
        takes several answers, or too few people prefer what was not on offer, or anything else
        than what they used among what was: beside the test of everybody it would tell of them.
    """
    if not (_single(used, preferred) and not_offered):
        return {}
    kept = ~preferred.isin(not_offered)
    moved = kept & (used.astype("str") != preferred.astype("str"))
    if not rule_of(codebook).enough(int((~kept).sum()), int(moved.sum())):
        return {}
    return {"Wald, on offer": paired.shift_test(used[kept], preferred[kept])}


def tests_beside(tests: dict, codebook: Codebook) -> pd.DataFrame:
    """Put tests of the two answers one below the other.

    Parameters
    ----------
    tests : dict
        What a test is called -> the test; the first is of everybody.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `test, statistic, df, p_value, n, n_discordant`. Few people with two different answers, or
        few without, are hidden, and numbers that differ by few people from everybody's. A test
        without degrees of freedom is left out.
    """
    columns = ["test", "statistic", "df", "p_value", "n", "n_discordant"]
    rule = rule_of(codebook)
    rows = [each.to_frame().assign(test=name)[columns] for name, each in tests.items()]
    table = pd.concat(rows, ignore_index=True)
    table = table[table["df"] > 0].reset_index(drop=True)
    moved, everybody = table["n_discordant"], max(each.n_discordant for each in tests.values())
    near = rule.few(everybody - moved) & (moved < everybody)
    table["n_discordant"] = hide(moved, rule.few(moved) | rule.few(table["n"] - moved) | near)
    return table


def _single(used: _Answers, preferred: _Answers) -> bool:
    """Tell whether both questions take one answer."""
    return isinstance(used, pd.Series) and isinstance(preferred, pd.Series)


def shown_odds(pairs: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Give the odds of moving one way rather than back, for pairs that enough people exchanged.

    Parameters
    ----------
    pairs : pandas.DataFrame
        As `paired.quasi_symmetry` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `from_channel, to_channel, value`, the odds of the model with their interval as text, to
        two digits; the pairs with most people first. Pairs with fewer people than the threshold
        are left out, and those whose odds are simply the quotient of two counts, because no other
        way leads from the one channel to the other.
    """
    people = pairs["n_there"] + pairs["n_back"]
    told = np.array([_has_detour(pairs, at) for at in range(len(pairs))], dtype=bool)
    kept = pairs.assign(people=people)[(~rule_of(codebook).few(people)) & told]
    kept = kept.sort_values("people", ascending=False, kind="stable")
    odds = np.exp(kept[["estimate", "conf_low", "conf_high"]])
    told = [f"{ratio(odd)} ({ratio_interval(low, high)})" for odd, low, high in odds.to_numpy()]
    names = kept[["from_answer", "to_answer"]].reset_index(drop=True)
    names.columns = ["from_channel", "to_channel"]
    return names.assign(value=told)


def pull_note(model: QuasiSymmetry, not_offered: list[str]) -> str:
    """Say of how many people quasi-symmetry is, and which channels take no part in it.

    Parameters
    ----------
    model : QuasiSymmetry
        The model.
    not_offered : list of str
        Channels that nobody can have used: the others without finite odds are only counted,
        since nobody, or everybody, moved towards or away from them.

    Returns
    -------
    str
        One or two sentences.
    """
    known = [each for each in model.outside if each in not_offered]
    others = len(model.outside) - len(known)
    named = [*known, f"{others} other{'s' * (others != 1)}"] if others else known
    note = (
        f"Quasi-symmetry, {model.n_discordant:,} people who changed; larger pairs, one interval "
        "at a time."
    )
    return f"{note} Without finite odds: {listed(named)}." if named else note


def _has_detour(pairs: pd.DataFrame, at: int) -> bool:
    """Tell whether two channels of a pair are joined by other pairs as well."""
    names = list(dict.fromkeys([*pairs["from_answer"], *pairs["to_answer"]]))
    one, two = (
        np.array([names.index(each) for each in pairs[column]])
        for column in ("from_answer", "to_answer")
    )
    joined = np.zeros((len(names), len(names)))
    others = np.arange(len(pairs)) != at
    joined[one[others], two[others]] = 1
    _, part = csgraph.connected_components(joined, directed=False)
    return bool(part[one[at]] == part[two[at]])

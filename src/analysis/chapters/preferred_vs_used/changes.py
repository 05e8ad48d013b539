"""Tests that the two answers have the same distribution, and the odds of moving between two."""

import numpy as np
import pandas as pd
from scipy.sparse import csgraph

from analysis import paired
from analysis.paired import PairedTest, QuasiSymmetry, ShiftTest
from analysis.population import Weighing
from analysis.privacy import rule_of
from analysis.survey.codebook import Codebook

#: What the test of the fit of quasi-symmetry is called.
QUASI_SYMMETRY = "Quasi-symmetry, fit"

_Answers = pd.Series | pd.DataFrame


def weighted_people(weighing: Weighing | None, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the people who have a weight.

    Parameters
    ----------
    weighing : Weighing or None
        As `population.weigh` returns it.
    frame : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    pandas.DataFrame
        The rows of those who have one; none without weights.
    """
    return frame.iloc[:0] if weighing is None else weighing.people(frame)


def weighted_test(
    used: _Answers, preferred: _Answers, weighing: Weighing | None
) -> dict[str, ShiftTest]:
    """Test with weights whether the shares are the same in both answers.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    dict
        What the test is called -> the test; empty where no more people have a weight than there
        are answers.
    """
    pair = [weighted_people(weighing, each) for each in (used, preferred)]
    answers = used.cat.categories if isinstance(used, pd.Series) else used.columns
    if len(pair[0]) <= len(answers):
        return {}
    return {"Wald, weighted (F)": paired.shift_test(*pair, weights=weighing.weights)}


def weighted_shifts(used: _Answers, preferred: _Answers, weighing: Weighing | None) -> pd.DataFrame:
    """Estimate the shift of each channel with weights.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    pandas.DataFrame
        As `paired.shifts` returns it; no rows where fewer than two people have a weight.
    """
    pair = [weighted_people(weighing, each) for each in (used, preferred)]
    if len(pair[0]) < 2:
        return pd.DataFrame(columns=["answer", "estimate", "p_adjusted"])
    return paired.shifts(*pair, weights=weighing.weights)


def one_answer_tests(used: _Answers, preferred: _Answers) -> dict[str, PairedTest | QuasiSymmetry]:
    """Make the tests of the square table of two questions that take one answer each.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.

    Returns
    -------
    dict
        What a test is called -> the test; empty where a question takes several answers. Without
        `QUASI_SYMMETRY` where people did not move both ways between any two channels.
    """
    if not _single(used, preferred):
        return {}
    table = paired.counts(used, preferred)
    tests = {"Stuart-Maxwell": paired.stuart_maxwell(table), "Bowker": paired.bowker(table)}
    if len(paired.exchanged(table)) > 1:
        tests[QUASI_SYMMETRY] = paired.quasi_symmetry(table)
    return tests


def on_offer_test(
    used: _Answers, preferred: _Answers, not_offered: list[str]
) -> dict[str, ShiftTest]:
    """Test the shares of the people who prefer a channel that was on offer.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.
    not_offered : list of str
        Channels that nobody can have used.

    Returns
    -------
    dict
        What the test is called -> the test; empty where every channel was on offer, or a question
        takes several answers.
    """
    if not (_single(used, preferred) and not_offered):
        return {}
    kept = ~preferred.isin(not_offered)
    return {"Wald, on offer": paired.shift_test(used[kept], preferred[kept])}


def tests_beside(tests: dict) -> pd.DataFrame:
    """Put tests of the two answers one below the other.

    Parameters
    ----------
    tests : dict
        What a test is called -> the test.

    Returns
    -------
    pandas.DataFrame
        `test, statistic, df, p_value, n, n_discordant`.
    """
    columns = ["test", "statistic", "df", "p_value", "n", "n_discordant"]
    return pd.concat([each.to_frame().assign(test=name)[columns] for name, each in tests.items()])


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
    told = [[f"{float(f'{each:.2g}'):g}" for each in row] for row in odds.to_numpy()]
    names = kept[["from_answer", "to_answer"]].reset_index(drop=True)
    names.columns = ["from_channel", "to_channel"]
    return names.assign(value=[f"{odd} ({low} to {high})" for odd, low, high in told])


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

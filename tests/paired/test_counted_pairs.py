import numpy as np
import pandas as pd
import pytest
from counted_people import counted, expanded
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis import paired
from analysis.weights import Weights

seeds = st.integers(0, 99)

USED, PREFERRED = ["a1", "a2"], ["b1", "b2"]


def _answers(frame, several):
    if not several:
        return frame["used"], frame["preferred"]
    first, second = frame[USED], frame[PREFERRED]
    return first.set_axis(["x", "y"], axis=1), second.set_axis(["x", "y"], axis=1)


def _both(frame, seed):
    """Give the rows of people with no frequency, then the counted rows with theirs."""
    return (expanded(frame, seed=seed), None), (frame, frame["people"])


def _results(frame, seed, function):
    """Return what a function gives of people and of counts: tables, numbers or an error's text."""
    found = []
    for rows, times in _both(frame, seed):
        try:
            found.append(function(rows, times))
        except ValueError as error:
            found.append(str(error))
    return found


def _assert_same(one, two):
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, two, check_exact=True)
    elif isinstance(one, paired.Heterogeneity):
        _assert_same(one.answers, two.answers)
        _assert_same(one.groups, two.groups)
        assert one.test == two.test
    elif isinstance(one, paired.PermutationTest):
        _assert_same(one.answers, two.answers)
        _assert_same(one.to_frame(), two.to_frame())
    elif isinstance(one, dict):
        assert list(one) == list(two)
        for each in one:
            _assert_same(one[each], two[each])
    elif isinstance(one, tuple):
        for first, second in zip(one, two, strict=True):
            _assert_same(first, second)
    else:
        assert one == two


@settings(max_examples=30)
@given(counted(), seeds, st.booleans(), st.booleans(), st.sampled_from(["", "plain", "of all"]))
def test_shifts_are_the_same_on_counts_and_on_people(frame, seed, several, by, kind):
    def shifts(rows, times):
        weights = {
            "": None,
            "plain": rows["weight"],
            "of all": Weights(weights=rows["weight"], frequency=times),
        }[kind]
        here = rows["b2"] == 1 if kind == "of all" else rows["used"].notna()
        weights = weights[here] if kind == "plain" else weights
        times = None if times is None else times[here]
        answers = [each[here] for each in _answers(rows, several)]
        return paired.shifts(
            *answers,
            weights=weights,
            frequency=times,
            by=rows["place"][here] if by else None,
            mid_p=kind == "",
        ), vars(paired.shift_test(*answers, weights=weights, frequency=times))

    assume((frame["people"] * frame["b2"]).sum() > 1)
    _assert_same(*_results(frame, seed, shifts))


@settings(max_examples=30)
@given(counted(), seeds, st.booleans())
def test_counts_and_agreement_are_the_same_on_counts_and_on_people(frame, seed, several):
    for name in ("agreement", "reached", "moves"):

        def told(rows, times, name=name):
            return getattr(paired, name)(*_answers(rows, several), frequency=times)

        _assert_same(*_results(frame, seed, told))
    table = _results(
        frame, seed, lambda rows, n: paired.counts(rows["used"], rows["preferred"], frequency=n)
    )
    _assert_same(*table)
    for test in (paired.stuart_maxwell, paired.bhapkar, paired.bowker):
        assert test(table[0]) == test(table[1])


@settings(max_examples=10)
@given(counted(), seeds, st.booleans(), st.booleans())
def test_spreads_are_the_same_on_counts_and_on_people(frame, seed, several, weighted):
    def heterogeneity(rows, times):
        return paired.heterogeneity(
            *_answers(rows, several),
            by=rows["place"],
            weights=rows["weight"] if weighted else None,
            frequency=times,
        )

    _assert_same(*_results(frame, seed, heterogeneity))
    groupings = frame[["place", "age"]].copy()
    groupings.iloc[0, 0] = np.nan
    frame = frame.assign(place=groupings["place"])
    _assert_same(
        *_results(
            frame,
            seed,
            lambda rows, n: paired.heterogeneities(
                *_answers(rows, several), rows[["place", "age"]], frequency=n
            ),
        )
    )


@settings(max_examples=20)
@given(counted(), seeds, st.booleans(), st.booleans())
def test_swaps_are_the_same_on_counts_and_on_people(frame, seed, several, weighted):
    def permuted(rows, times):
        return paired.permutation_test(
            *_answers(rows, several),
            n_permutations=50,
            rng=np.random.default_rng(1),
            weights=rows["weight"] if weighted else None,
            frequency=times,
        )

    _assert_same(*_results(frame, seed, permuted))


@settings(max_examples=30)
@given(counted(complete=False), seeds, st.booleans())
def test_rank_correlations_are_the_same_on_counts_and_on_people(frame, seed, by):
    def tau(rows, times):
        known = rows[["first", "second", "place"]].notna().all(axis=1)
        times = None if times is None else times[known]
        rows = rows[known]
        return paired.tau_b(
            rows["first"], rows["second"], by=rows["place"] if by else None, frequency=times
        )

    _assert_same(*_results(frame, seed, tau))
    columns = ["first", "second", "age"]
    _assert_same(
        *_results(frame, seed, lambda rows, n: paired.pairwise(rows[columns], frequency=n))
    )


def test_answers_missing_of_nobody_are_not_missing():
    frame = pd.DataFrame(
        {"used": pd.Categorical(["a", None]), "preferred": pd.Categorical(["a", "a"])}
    )
    used, preferred = frame["used"], frame["preferred"]
    times = pd.Series([3, 0])
    assert paired.agreement(used, preferred, frequency=times).n == 3
    assert paired.counts(used, preferred, frequency=times).to_numpy().tolist() == [[3]]
    assert paired.shifts(used, preferred, frequency=times, by=used)["n"].tolist() == [3]


FRAME = pd.DataFrame(
    {
        "used": pd.Categorical(["a", "b", "b"], ordered=True),
        "preferred": pd.Categorical(["a", "a", "b"], ["a", "b"], ordered=True),
    }
)


@pytest.mark.parametrize(
    "function",
    [
        paired.agreement, paired.reached, paired.moves, paired.shifts, paired.shift_test,
        paired.counts, paired.tau_b, paired.read_pairs,
        lambda used, preferred, frequency: paired.heterogeneity(
            used, preferred, by=used, frequency=frequency
        ),
        lambda used, preferred, frequency: paired.heterogeneities(
            used, preferred, used.to_frame(), frequency=frequency
        ),
        lambda used, preferred, frequency: paired.pairwise(
            pd.concat([used, preferred], axis=1), frequency=frequency
        ),
        lambda used, preferred, frequency: paired.permutation_test(
            used, preferred, n_permutations=9, rng=np.random.default_rng(1), frequency=frequency
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1, 1.5, 2], r"a frequency is 1\.5; it counts people"),
        ([1, -1, 2], r"-1\.0 is among the frequencies"),
        ([1, np.nan, 2], "nan is among the frequencies"),
        ([0, 0, 0], "all frequencies are 0"),
        ([1, 1], "frequencies are not those of the same rows"),
    ],
)
def test_a_frequency_that_is_none_is_named_by_every_function(function, values, said):
    with pytest.raises(ValueError, match=said):
        function(FRAME["used"], FRAME["preferred"], frequency=pd.Series(values))

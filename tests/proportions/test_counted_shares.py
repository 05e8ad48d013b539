import numpy as np
import pandas as pd
import pytest
from counted_people import counted, expanded
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis import proportions
from analysis.weights import Weights, obstacle, price, rake, trim

seeds = st.integers(0, 99)


def _weights(kind, frame, frequency):
    """Return weights of a kind for rows that people stand for, or for people."""
    times = None if frequency is None else frame[frequency]
    if kind == "none":
        return None
    if kind == "brought":
        return Weights(weights=frame["weight"], frequency=times)
    present = frame if times is None else frame[times > 0]
    sizes = {"age": {"young": 31, "middle": 57, "old": 12.5}, "b1": {0.0: 64, 1.0: 36.5}}
    margins = {
        name: pd.Series({level: n for level, n in known.items() if (present[name] == level).any()})
        for name, known in sizes.items()
    }
    margins = {name: n / n.sum() * 100 for name, n in margins.items()}
    reason = obstacle(frame, margins, frequency=frequency)
    assert reason == obstacle(expanded(frame) if frequency else frame, margins)
    assume(not reason)
    raked = rake(frame, margins, frequency=frequency)
    return trim(raked, upper=1.3) if kind == "cut" else raked


kinds = st.sampled_from(["none", "brought", "raked", "cut"])


@settings(max_examples=30)
@given(counted(most=30), seeds, st.sampled_from(["brought", "raked", "cut"]))
def test_weights_and_what_they_cost_are_the_same_on_counts_and_on_people(frame, seed, kind):
    rows = expanded(frame, seed=seed)
    one, two = _weights(kind, rows, None), _weights(kind, frame, "people")
    for name in ("n", "design_effect", "effective_n", "largest"):
        assert getattr(one, name) == getattr(two, name)
    if kind == "brought":
        return
    keys = ["age", "b1", "weight"]
    of_people = rows[["age", "b1"]].assign(weight=one.weights).drop_duplicates()
    of_counts = frame[["age", "b1"]].assign(weight=two.weights).dropna().drop_duplicates()
    pd.testing.assert_frame_equal(
        of_people.sort_values(keys, ignore_index=True),
        of_counts.sort_values(keys, ignore_index=True),
        check_exact=True,
    )
    pd.testing.assert_frame_equal(one.margins, two.margins, check_exact=True)
    assert (one.iterations, one.largest_miss) == (two.iterations, two.largest_miss)
    pd.testing.assert_frame_equal(price(one, [1.2, 2.0]), price(two, [1.2, 2.0]), check_exact=True)


@settings(max_examples=30)
@given(counted(most=30), seeds, kinds, st.sampled_from(["korn_graubard", "logit"]))
def test_shares_are_the_same_on_counts_and_on_people(frame, seed, kind, method):
    rows = expanded(frame, seed=seed)
    for columns in ("used", ["a1", "a2", "b2"]):
        for by in (None, "place"):
            one, two = (
                proportions.shares(
                    each[columns],
                    by=None if by is None else each[by],
                    weights=_weights(kind, each, "people" if times is not None else None),
                    frequency=times,
                    method=method,
                )
                for each, times in ((rows, None), (frame, frame["people"]))
            )
            pd.testing.assert_frame_equal(one, two, check_exact=True)


@settings(max_examples=30)
@given(counted(most=30), seeds, kinds)
def test_means_of_a_domain_vary_alike_on_counts_and_on_people(frame, seed, kind):
    rows = expanded(frame, seed=seed)
    assume((frame["people"] > 0)[frame["place"] != "west"].any())
    found = []
    for each, frequency in ((rows, None), (frame, "people")):
        weights, here = _weights(kind, each, frequency), each[each["place"] != "west"]
        values = here[["a1", "b2"]] - 0.7 * here[["a2"]].to_numpy()
        times = None if frequency is None else here[frequency]
        found.append(proportions.linearised_means(values, weights=weights, frequency=times))
    one, two = found
    pd.testing.assert_series_equal(one.estimates, two.estimates, check_exact=True)
    assert (one.cov == two.cov).all()
    assert (one.n, one.effective_n) == (two.n, two.effective_n)
    variances = [
        proportions.linearised_variance(each.influence.to_numpy(), frequency=each.people.to_numpy())
        for each in found
    ]
    assert (variances[0] == variances[1]).all()
    assert variances[0] == pytest.approx(np.diag(one.cov))


@settings(max_examples=30)
@given(counted(most=30), seeds, kinds)
def test_tables_are_tested_alike_on_counts_and_on_people(frame, seed, kind):
    rows = expanded(frame, seed=seed)
    results = []
    for each, frequency in ((rows, None), (frame, "people")):
        weights = _weights(kind, each, frequency)
        times = None if frequency is None else each[frequency]
        try:
            found = proportions.rao_scott(
                each["used"], each["place"], weights=weights, frequency=times
            )
        except ValueError as error:
            results.append(str(error))
        else:
            results.append(vars(found))
    assert results[0] == results[1]


@settings(max_examples=30)
@given(counted(most=30), seeds)
def test_two_groups_are_compared_alike_on_counts_and_on_people(frame, seed):
    rows, times = expanded(frame, seed=seed), frame["people"]
    second = rows["b1"] == 1
    assume(0 < second.sum() < len(rows))
    for columns in ("used", ["a1", "a2"]):
        one = proportions.compare(rows[columns], second)
        two = proportions.compare(frame[columns], frame["b1"] == 1, frequency=times)
        pd.testing.assert_frame_equal(one, two, check_exact=True)
    pd.testing.assert_frame_equal(
        proportions.distribution(rows["used"]),
        proportions.distribution(frame["used"], frequency=times),
        check_exact=True,
    )
    assert proportions.share(second) == proportions.share(frame["b1"] == 1, frequency=times)
    assert proportions.share(second) == proportions.share(
        (frame["b1"] == 1).to_numpy(), frequency=times.to_numpy()
    )


@settings(max_examples=30)
@given(counted(most=30), seeds)
def test_two_samples_are_compared_alike_on_counts_and_on_people(frame, seed):
    rows, times = expanded(frame, seed=seed), frame["people"]
    one = [proportions.linearised(rows[name]) for name in ("used", "preferred")]
    two = [proportions.linearised(frame[name], frequency=times) for name in ("used", "preferred")]
    pd.testing.assert_frame_equal(
        proportions.independent_differences(*one),
        proportions.independent_differences(*two),
        check_exact=True,
    )


# --- What is refused --------------------------------------------------------------------------

FRAME = pd.DataFrame(
    {
        "answer": pd.Categorical(["a", "b", "b"]),
        "group": pd.Categorical(["x", "y", "y"]),
        "n": [1, 1.5, 2],
        "k": [1, 2, 2],
    }
)


@pytest.mark.parametrize(
    "function",
    [
        lambda answer, group, n: proportions.share(answer == "a", frequency=n),
        lambda answer, group, n: proportions.distribution(answer, frequency=n),
        lambda answer, group, n: proportions.shares(answer, by=group, frequency=n),
        lambda answer, group, n: proportions.compare(answer, group == "x", frequency=n),
        lambda answer, group, n: proportions.rao_scott(answer, group, frequency=n),
        lambda answer, group, n: proportions.linearised(answer, frequency=n),
        lambda answer, group, n: Weights(weights=pd.Series([1.0, 2.0, 2.0]), frequency=n),
    ],
)  # fmt: skip
def test_a_frequency_that_is_none_is_named_by_every_function(function):
    with pytest.raises(ValueError, match=r"a frequency is 1\.5; it counts people"):
        function(FRAME["answer"], FRAME["group"], FRAME["n"])
    with pytest.raises(ValueError, match="frequencies are not those of the same rows"):
        function(FRAME["answer"], FRAME["group"], FRAME["k"][:2])


def test_raking_names_a_frequency_that_is_none():
    margins = {"group": pd.Series({"x": 40, "y": 60})}
    for function in (rake, obstacle):
        with pytest.raises(ValueError, match=r"a frequency is 1\.5; it counts people"):
            function(FRAME, margins, frequency="n")
        with pytest.raises(ValueError, match="'m', the column of frequency, is not in the data"):
            function(FRAME, margins, frequency="m")


def test_a_frequency_beside_weights_is_that_of_the_weights():
    weights = rake(FRAME, {"group": pd.Series({"x": 40, "y": 60})}, frequency="k")
    kept = FRAME["answer"] == "b"
    proportions.shares(FRAME["answer"][kept], weights=weights, frequency=FRAME["k"][kept])
    with pytest.raises(ValueError, match="row 1 has the frequency 3, and 2 where the weights"):
        proportions.shares(FRAME["answer"], weights=weights, frequency=pd.Series([1, 3, 2]))
    bare = Weights(weights=pd.Series([1.0, 2.0, 2.0]))
    with pytest.raises(ValueError, match="row 1 has the frequency 2, and 1 where the weights"):
        proportions.rao_scott(FRAME["answer"], FRAME["group"], weights=bare, frequency=FRAME["k"])

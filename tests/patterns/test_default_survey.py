"""The main results of notebooks 03 and 04, from replies and from what counting leaves of them."""

import numpy as np
import pandas as pd
import pytest

from analysis import groups, margins, ordinal, paired, population, primary, proportions, survey
from analysis.patterns import Patterns, count
from analysis.survey import measures
from analysis.weights import Weights, price, rake, trim


@pytest.fixture(scope="module")
def this():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def responses(this):
    return this.responses()


@pytest.fixture(scope="module")
def pairs(this, responses):
    """Two answers, district, sex and a weight, a row a person."""
    base, used, preferred = primary.compared(this, responses)
    weighing = population.weigh(this, responses)
    people = base.frame[["district", "sex"]].rename(columns={"district": "place"})
    frame = pd.DataFrame({"used": used, "preferred": preferred}).join(people)
    return frame.assign(weight=weighing.weights.weights.reindex(frame.index).round(3))


@pytest.fixture(scope="module")
def several(this, responses):
    """Indicators of all answers given to both questions, a row a person."""
    kinds = responses["preferred"].cat.categories
    named = [name for name in responses if name.startswith("used__")]
    kept = responses[[*named, "preferred"]].dropna()
    wishes = pd.get_dummies(kept["preferred"], dtype=float)[list(kinds[: len(named)])]
    return kept[named], wishes.set_axis(named, axis=1)


@pytest.fixture(scope="module")
def rated(this, responses):
    """The people of the model of satisfaction."""
    made = primary.primary(this, responses).made
    columns = ["satisfaction", *made.terms, "district"]
    return made, made.people[columns].assign(weight=responses["district"].cat.codes % 4 + 0.7)


def _tables(*found):
    one, two = found
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def _both(frame: pd.DataFrame, columns: list) -> tuple[pd.DataFrame, Patterns]:
    found = count(frame, columns)
    assert found.n == len(frame)
    assert len(found) < len(frame)
    return frame, found


def test_shifts_with_every_option_are_those_of_the_replies(pairs):
    rows, found = _both(pairs.dropna(), ["used", "preferred", "sex", "weight"])
    counted, times = found.frame, found.people
    options = [{}, {"mid_p": True}, {"conf_level": 0.9}, {"by": "sex"}, {"weights": "weight"},
               {"weights": "weight", "by": "sex"}]  # fmt: skip
    for each in options:
        one, two = (
            paired.shifts(
                data["used"],
                data["preferred"],
                frequency=people,
                **{key: data[at] if isinstance(at, str) else at for key, at in each.items()},
            )
            for data, people in ((rows, None), (counted, times))
        )
        _tables(one, two)


def test_tests_of_the_table_are_those_of_the_replies(pairs):
    rows, found = _both(pairs, ["used", "preferred"])
    tables = (
        paired.counts(rows["used"], rows["preferred"]),
        paired.counts(found.frame["used"], found.frame["preferred"], frequency=found.people),
    )
    _tables(*tables)
    for test in (paired.stuart_maxwell, paired.bhapkar, paired.bowker, paired.kappa):
        assert test(tables[0]) == test(tables[1])
    for function in (paired.agreement, paired.shift_test):
        assert function(rows["used"], rows["preferred"]) == function(
            found.frame["used"], found.frame["preferred"], frequency=found.people
        )
    for function in (paired.reached, paired.moves):
        _tables(
            function(rows["used"], rows["preferred"]),
            function(found.frame["used"], found.frame["preferred"], frequency=found.people),
        )
    one, two = (
        paired.permutation_test(
            data["used"], data["preferred"], frequency=times,
            n_permutations=500, rng=np.random.default_rng(1),
        )
        for data, times in ((rows, None), (found.frame, found.people))
    )  # fmt: skip
    _tables(one.to_frame(), two.to_frame())
    _tables(one.answers, two.answers)


def test_a_hundred_million_people_are_analysed_from_the_same_rows(pairs):
    rows, found = _both(pairs.dropna(subset=["place"]), ["used", "preferred", "place"])
    counted, times = found.frame, found.people * (10**8 // len(rows) + 1)
    assert times.sum() >= 10**8
    one = paired.shifts(rows["used"], rows["preferred"])
    two = paired.shifts(counted["used"], counted["preferred"], frequency=times)
    assert (two["n"] == times.sum()).all()
    assert two["estimate"].to_numpy() == pytest.approx(one["estimate"].to_numpy(), rel=1e-12)
    narrower = one["std_error"] * np.sqrt(len(rows) / times.sum())
    assert two["std_error"].to_numpy() == pytest.approx(narrower.to_numpy(), rel=1e-12)
    spread = paired.heterogeneity(
        counted["used"], counted["preferred"], by=counted["place"], frequency=times
    )
    assert spread.test.n == times.sum()
    assert np.isfinite(spread.groups.select_dtypes("number").to_numpy()).all()


def test_several_answers_a_person_are_those_of_the_replies(several):
    used, preferred = several
    named = list(used)
    after = [f"{name} preferred" for name in named]
    frame = pd.concat([used, preferred.set_axis(after, axis=1)], axis=1)
    _, found = _both(frame, [*named, *after])
    counted = found.frame[named], found.frame[after].set_axis(named, axis=1)
    _tables(paired.shifts(used, preferred), paired.shifts(*counted, frequency=found.people))
    assert paired.shift_test(used, preferred) == paired.shift_test(*counted, frequency=found.people)


def test_districts_shift_as_in_the_replies(pairs):
    rows, found = _both(pairs.dropna(), ["used", "preferred", "place", "weight"])
    for weights in (None, "weight"):
        one, two = (
            paired.heterogeneity(
                data["used"],
                data["preferred"],
                by=data["place"],
                weights=None if weights is None else data[weights],
                frequency=times,
            )
            for data, times in ((rows, None), (found.frame, found.people))
        )
        assert one.test == two.test
        _tables(one.answers, two.answers)
        _tables(one.groups, two.groups)
    (_, first), (_, second) = (
        paired.heterogeneities(data["used"], data["preferred"], data[["place"]], frequency=times)
        for data, times in ((rows, None), (found.frame, found.people))
    )
    _tables(first, second)


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"random": "district"},
        {"weights": "weight"},
        {"weights": "weight", "random": "district"},
    ],
)
def test_models_of_satisfaction_are_those_of_the_replies(this, rated, how):
    made, people = rated
    rows, found = _both(people, list(people))
    formula = made.without_districts if "random" in how else made.formula
    counted = found.frame.assign(people=found.people)
    one, two = (
        ordinal.fit(formula, rows, **how),
        ordinal.fit(formula, counted, frequency="people", **how),
    )
    _tables(one.coefficients, two.coefficients)
    _tables(one.thresholds, two.thresholds)
    _tables(one.cov, two.cov)
    assert (one.log_likelihood, one.n) == (two.log_likelihood, two.n)
    if one.random is not None:
        assert one.random.sd == two.random.sd
        _tables(one.random.effects, two.random.effects)
    best = measures.top_answers(this, "satisfaction")
    shares = [margins.by_terms(each, made.terms, answers=best) for each in (one, two)]
    _tables(*(each.frame() for each in shares))
    _tables(*(margins.differences(each) for each in shares))


def test_shares_of_districts_are_pooled_as_in_the_replies(this, rated):
    best = measures.top_answers(this, "satisfaction")
    rows, found = _both(rated[1], ["satisfaction", "district"])
    one, two = (
        groups.pooled_shares(
            data["satisfaction"].isin(best),
            data["district"],
            rng=np.random.default_rng(1),
            frequency=times,
        )
        for data, times in ((rows, None), (found.frame, found.people))
    )
    _tables(one.groups, two.groups)
    assert (one.overall, one.statistic, one.p_value) == (two.overall, two.statistic, two.p_value)
    assert one.spread.tolist() == two.spread.tolist()


def test_weights_and_weighted_results_are_those_of_the_replies(this, responses):
    raked = population.weigh(this, responses).full
    people = raked.categories.astype("category")
    targets = {
        name: part.set_index("category")["population"]
        for name, part in raked.margins.groupby("margin")
    }
    asked = ["used_last", "preferred", "satisfaction", "district"]
    frame = people.rename(columns={"district": "place"}).join(responses[asked])
    frame = frame.rename(columns={"age by sex": "kind"})
    targets = {"place": targets["district"], "kind": targets["age by sex"]}
    rows, found = _both(frame, list(frame))
    counted = found.frame.assign(people=found.people)
    results = []
    for data, name in ((rows, None), (counted, "people")):
        full = rake(data, targets, frequency=name)
        cut = trim(full, upper=2.0)
        plain = Weights(weights=full.weights, frequency=full.frequency)
        known = data[data["satisfaction"].notna()]
        both = data[data["used_last"].notna() & data["preferred"].notna()]
        tables = [full.margins, cut.margins, price(full, [1.5, 3.0])]
        for weights in (full, cut, plain):
            times = None if name is None else both[name]
            tables += [
                proportions.shares(known["satisfaction"], by=by, weights=weights)
                for by in (None, known["district"])
            ]
            pair = (
                both["used_last"],
                both["preferred"].cat.set_categories(both["used_last"].cat.categories),
            )
            tables.append(paired.shifts(*pair, weights=weights, frequency=times))
            tables.append(paired.shift_test(*pair, weights=weights, frequency=times).to_frame())
            test = proportions.rao_scott(known["satisfaction"], known["district"], weights=weights)
            tables.append(test.to_frame())
            cost = [weights.n, weights.design_effect, weights.effective_n, weights.largest]
            tables.append(pd.DataFrame([cost]))
        results.append(tables)
    for one, two in zip(*results, strict=True):
        _tables(one, two)

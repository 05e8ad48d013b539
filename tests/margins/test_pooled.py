import numpy as np
import pytest
from ordinal_people import draw

from analysis import margins, ordinal
from analysis.margins import _pooled
from analysis.numerics import minimise
from analysis.ordinal._links import LINKS
from analysis.ordinal._quadrature import Mixed

BEST = ["good", "best"]


@pytest.fixture(scope="module")
def people():
    return draw(700, seed=6, spread=0.5)


@pytest.fixture(scope="module")
def fitted(people):
    return ordinal.fit("rating ~ group", people, random="place")


def _pool(fitted, **how):
    how = {"answers": BEST} | how
    return margins.pooled_shares(fitted, rng=np.random.default_rng(1), **how)


def test_shares_lie_between_the_groups_own_and_everybodys(people, fitted):
    found = _pool(fitted)
    rows = found.groups
    assert found.overall == pytest.approx(people["rating"].isin(["good", "best"]).mean())
    assert rows["n"].sum() == len(people)
    assert rows["estimate"].std() < rows["raw_share"].std()
    assert np.corrcoef(rows["estimate"], rows["raw_share"])[0, 1] > 0.9
    assert ((rows["conf_low"] < rows["estimate"]) & (rows["estimate"] < rows["conf_high"])).all()


def test_the_density_of_the_spread_is_that_of_the_likelihood_integrated_otherwise(people):
    """With flat priors, integrate thresholds by Laplace around the quadrature's maximum."""
    fitted = ordinal.fit("rating ~ 1", people, random="place", nodes=20)
    own = np.eye(8)[fitted.data.group]
    spreads, _, _, ours = _pooled._over_spreads(fitted, own)
    patterns = fitted.data
    model = Mixed(
        patterns.counts, patterns.exog, patterns.freed,
        LINKS["logit"], patterns.group, 20,
    )  # fmt: skip
    kept = np.flatnonzero(ours > ours.max() - 4)[::3]
    theirs = []
    for at in kept:
        spread, rest = spreads[at], fitted.parameters[:-1]

        def slopes(rest, spread=spread):
            gradient, hessian = model.derivatives(np.r_[rest, spread])
            return gradient[:-1], hessian[:-1, :-1]

        rest, _ = minimise(
            lambda rest, spread=spread: model.value(np.r_[rest, spread]), slopes, rest
        )
        _, logdet = np.linalg.slogdet(slopes(rest)[1])
        theirs.append(-model.value(np.r_[rest, spread]) - logdet / 2)
    theirs = np.array(theirs)
    assert ours[kept] - ours[kept].max() == pytest.approx(theirs - theirs.max(), abs=0.05)


def test_where_nothing_differs_intervals_do_not_collapse():
    people = draw(400, seed=5)
    fitted = ordinal.fit("rating ~ group", people, random="place")
    assert fitted.random.sd == 0
    found = _pool(fitted)
    assert found.spread["estimate"] == 0
    assert found.spread["conf_high"] > 0.1
    assert (found.groups["conf_high"] - found.groups["conf_low"] > 0.08).all()
    assert (found.groups["weight"] == 0).all()


def test_chances_of_the_lowest_places_add_up_to_the_places(fitted):
    found = _pool(fitted, lowest=2)
    assert found.groups["chance_lowest"].sum() == pytest.approx(2.0)
    lowest = found.groups.loc[found.groups["raw_share"].idxmin()]
    assert lowest["chance_lowest"] == found.groups["chance_lowest"].max()


def test_the_same_seed_gives_the_same_numbers(fitted):
    one, two = _pool(fitted).groups, _pool(fitted).groups
    assert one.equals(two)


def test_intervals_cover_the_true_shares_about_as_often_as_they_say():
    hits, runs = 0, 40
    for seed in range(runs):
        rng = np.random.default_rng(seed)
        effects = rng.normal(0, 0.4, 8)
        people = draw(500, seed + 1000)
        codes = people["place"].cat.codes.to_numpy()
        latent = rng.logistic(size=500) + effects[codes]
        people["rating"] = people["rating"].cat.set_categories(people["rating"].cat.categories)
        answer = np.searchsorted([-1.0, 0.2, 1.5], latent)
        people["rating"] = type(people["rating"].array).from_codes(
            answer, dtype=people["rating"].dtype
        )
        fitted = ordinal.fit("rating ~ 1", people, random="place")
        rows = margins.pooled_shares(fitted, answers=BEST, rng=rng, draws=800).groups
        truth = 1 / (1 + np.exp(0.2 - effects))
        hits += ((rows["conf_low"] < truth) & (truth < rows["conf_high"])).sum()
    assert 0.91 < hits / (8 * runs) < 0.985


@pytest.mark.parametrize(
    ("change", "message"),
    [({}, "has no random intercept"), ({"random": "two"}, "2 groups say nothing of a spread")],
)
def test_fits_without_enough_groups_are_refused(people, change, message):
    two = people.assign(two=people["group"].cat.set_categories(["a", "b"]))
    two = two.dropna(subset=["two"])
    with pytest.raises(ValueError, match=message):
        _pool(ordinal.fit("rating ~ x", two, **change))

"""The spread between groups from their fixed effects."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import ordinal
from analysis.specifications.spreads import between_fixed


def _people(spread: float, seed: int, n: int = 4000) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    effects = rng.normal(0, spread, 12)
    group = rng.integers(0, 12, n)
    latent = effects[group] + rng.logistic(size=n)
    rating = pd.cut(latent, [-np.inf, -1, 0, 1, np.inf], labels=[*"abcd"])
    names = pd.Categorical.from_codes(group, [f"g{at:02d}" for at in range(12)])
    return pd.DataFrame({"rating": pd.Categorical(rating, ordered=True), "group": names})


@pytest.mark.parametrize(("spread", "seed"), [(0.3, 1), (0.6, 2), (1.0, 3)])
def test_it_is_the_restricted_spread_of_a_random_intercept(spread, seed):
    people = _people(spread, seed, 60_000)  # so that effects are normal, as the second stage has it
    fixed = between_fixed(ordinal.fit("rating ~ group", people), "group")
    random = ordinal.fit("rating ~ 1", people, random="group").random.sd
    # differences from one group know nothing of the mean: 11 degrees of freedom of 12 groups
    assert fixed["estimate"] == pytest.approx(random * np.sqrt(12 / 11), rel=0.005)
    assert fixed["conf_low"] < random < fixed["conf_high"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_maximises_the_normal_likelihood_and_its_ends_lose_what_they_should(seed):
    fitted = ordinal.fit("rating ~ group", _people(0.4, seed))
    names = fitted.data.terms["group"]
    effects = fitted.coefficients.set_index("term")["estimate"].loc[names].to_numpy()
    known = fitted.cov.loc[names, names].to_numpy()

    def likelihood(spread):
        cov = known + spread**2 * (np.eye(len(names)) + 1)
        return stats.multivariate_normal(np.zeros(len(names)), cov).logpdf(effects)

    found = between_fixed(fitted, "group")
    grid = np.linspace(0, 2, 4001)
    assert found["estimate"] == pytest.approx(
        grid[np.argmax([likelihood(s) for s in grid])], abs=5e-4
    )
    lost = stats.chi2.ppf(0.95, 1) / 2
    for end in ("conf_low", "conf_high"):
        drop = likelihood(found["estimate"]) - likelihood(found[end])
        assert drop == pytest.approx(lost, abs=1e-6)


def test_the_first_category_does_not_matter():
    people = _people(0.5, 4)
    turned = people.assign(group=people["group"].cat.reorder_categories(
        people["group"].cat.categories[::-1]))  # fmt: skip
    found = [
        between_fixed(ordinal.fit("rating ~ group", each), "group") for each in (people, turned)
    ]
    assert np.allclose(found[0], found[1], atol=1e-4)


def test_no_difference_gives_none():
    people = _people(0.0, 7)
    found = between_fixed(ordinal.fit("rating ~ group", people), "group")
    assert found["conf_low"] == 0.0
    assert found["estimate"] < 0.15


def test_a_term_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="'ward' is no term"):
        between_fixed(ordinal.fit("rating ~ group", _people(0.3, 1, 400)), "ward")

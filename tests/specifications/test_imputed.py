"""Covariates filled in from people who answered alike, and estimates put together."""

import numpy as np
import pandas as pd
import pytest

from analysis.specifications import imputed


def _people(n: int, rng: np.random.Generator) -> pd.DataFrame:
    rating = rng.integers(0, 3, n)
    age = np.where(rng.random(n) < 0.2 + 0.3 * rating, "old", "young")
    kind = pd.CategoricalDtype(["young", "old"])
    return pd.DataFrame({"rating": rating, "age": pd.Series(age, dtype=kind)})


def test_what_is_told_stays_and_nothing_is_missing():
    people = _people(400, np.random.default_rng(1))
    holed = people.assign(age=people["age"].mask(people.index % 3 == 0))
    filled = imputed.impute(holed, ["age"], alike="rating", rng=np.random.default_rng(2))
    told = holed["age"].notna()
    assert filled["age"].notna().all()
    assert (filled.loc[told, "age"] == people.loc[told, "age"]).all()
    assert holed["age"].isna().sum() == (~told).sum()  # the argument is as it was


def test_the_association_with_the_answer_is_kept():
    people = _people(60_000, np.random.default_rng(3))
    holed = people.assign(age=people["age"].mask(np.random.default_rng(4).random(60_000) < 0.5))
    filled = imputed.impute(holed, ["age"], alike="rating", rng=np.random.default_rng(5))
    shares = [(each["age"] == "old").groupby(each["rating"]).mean() for each in (people, filled)]
    assert np.allclose(shares[0], shares[1], atol=0.02)


def test_an_answer_without_a_donor_takes_from_everybody():
    people = pd.DataFrame({"rating": [1, 2, 2], "sex": pd.Categorical([None, "f", "f"])})
    filled = imputed.impute(people, ["sex"], alike="rating", rng=np.random.default_rng(1))
    assert filled["sex"].tolist() == ["f", "f", "f"]


def test_rubins_rules_by_hand():
    # W = (0.04 + 0.09) / 2, B = 0.02, (1 + 1/2) B = 0.03
    mean, error = imputed.pooled([0.1, 0.3], [0.2, 0.3])
    assert mean == pytest.approx(0.2)
    assert error == pytest.approx(np.sqrt(0.065 + 0.03))
    assert imputed.pooled([0.4], [0.1]) == pytest.approx((0.4, 0.1))

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis import weights


@given(st.integers(0, 10_000), st.integers(2, 12))
def test_people_are_raked_where_there_is_no_obstacle_and_only_there(seed, n):
    rng = np.random.default_rng(seed)
    people = pd.DataFrame({"a": rng.choice([*"xyz"], n), "b": rng.choice([*"uv"], n)})
    wanted = {"a": pd.Series(dict(zip("xyz", rng.integers(1, 9, 3), strict=True)), dtype=float)}
    share = rng.integers(1, 9, 2)
    wanted["b"] = pd.Series(dict(zip("uv", share / share.sum() * wanted["a"].sum(), strict=True)))
    found = weights.obstacle(people, wanted)
    try:
        weights.rake(people, wanted)
    except ValueError:
        assert found
    else:
        assert not found


def test_nobody_is_an_obstacle():
    said = weights.obstacle(pd.DataFrame({"a": []}), {"a": pd.Series({"x": 1.0})})
    assert said == "nobody belongs to the population"

"""People whose ratings follow a cumulative link model with known parameters."""

import numpy as np
import pandas as pd

TRUE = {"group[T.b]": 0.8, "group[T.c]": -0.5, "x": 0.4}
THRESHOLDS = [-1.0, 0.2, 1.5]
ANSWERS = ["poor", "fair", "good", "best"]


def draw(n: int, seed: int, *, places: int = 8, spread: float = 0.0) -> pd.DataFrame:
    """Draw people: `rating, group, x, place`, and weights `w` and `k` that say nothing."""
    rng = np.random.default_rng(seed)
    group = pd.Categorical.from_codes(rng.integers(0, 3, n), ["a", "b", "c"])
    x = rng.normal(size=n).round(1)
    place = pd.Categorical.from_codes(rng.integers(0, places, n), [*"pqrstuvwyz"[:places]])
    latent = rng.logistic(size=n) + np.array([0, 0.8, -0.5])[group.codes] + 0.4 * x
    latent += rng.normal(0, spread, places)[place.codes] if spread else 0.0
    answer = np.searchsorted(THRESHOLDS, latent)
    rating = pd.Categorical.from_codes(answer, ANSWERS, ordered=True)
    frame = pd.DataFrame({"rating": rating, "group": group, "x": x, "place": place})
    return frame.assign(w=rng.uniform(0.5, 2.0, n), k=rng.integers(1, 4, n))

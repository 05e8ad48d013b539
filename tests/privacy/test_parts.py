"""Of parts that add up only those are kept whose rest is not few in any group of people."""

import numpy as np
import pandas as pd
import pytest

from analysis import survey
from analysis.privacy import kept_parts


@pytest.fixture(scope="module")
def codebook():
    return survey.load("herts_2023").codebook


def _parts(**people: list[int]) -> tuple[pd.DataFrame, pd.Series]:
    """Make people of parts and groups from counts: part -> people of each group."""
    rows = [
        (part, group) for part, counts in people.items() for group, n in enumerate(counts)
        for _ in range(n)
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["part", "group"])
    return pd.get_dummies(frame["part"])[list(people)], frame["group"]


@pytest.mark.parametrize(
    ("rest", "kept"),
    [([10, 12], ["a", "b", "c"]), ([9, 12], ["a", "b"]), ([0, 12], ["a", "b"])],
)
def test_the_smallest_part_goes_where_the_rest_is_few_of_some_group(codebook, rest, kept):
    parts, groups = _parts(a=[50, 40], b=[40, 50], c=[20, 20], other=rest)
    assert kept_parts(parts, groups, ["a", "b", "c"], codebook) == kept


def test_one_part_stays_and_groups_of_few_people_do_not_count(codebook):
    parts, groups = _parts(a=[50, 2], b=[3, 1], other=[1, 0])
    assert kept_parts(parts, groups, ["b", "a"], codebook) == ["a"]
    parts, groups = _parts(a=[50, 2], b=[30, 1], other=[12, 0])
    assert kept_parts(parts, groups, ["b", "a"], codebook) == ["b", "a"]


@pytest.mark.parametrize("seed", range(20))
def test_no_group_has_a_small_rest_unless_one_part_alone_is_kept(codebook, seed):
    rng = np.random.default_rng(seed)
    counts = {name: rng.integers(0, 40, 3).tolist() for name in ["a", "b", "c", "other"]}
    parts, groups = _parts(**counts)
    kept = kept_parts(parts, groups, ["a", "b", "c"], codebook)
    rest = parts.drop(columns=kept).groupby(groups).sum().sum(axis=1)
    size = groups.value_counts().sort_index()
    assert len(kept) == 1 or (rest[size >= 10] >= 10).all()

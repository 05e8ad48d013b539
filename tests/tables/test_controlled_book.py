"""The banner book by controlled rounding: little hidden, columns add up, nobody is worked out."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis import privacy
from analysis.survey import bases
from analysis.tables import banner

#: Questions and groupings; the second has many small counts.
TABLES = [("visibility", "district"), ("used_last", "age"), ("satisfaction", "district")]


@pytest.fixture(scope="module")
def controlled(herts):
    """Return the default survey by controlled rounding."""
    method = {"disclosure_method": "controlled_rounding", "rounding_key": "of a test"}
    return replace(herts, codebook=replace(herts.codebook, **method))


def laid_out(asked, grouping, survey) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the people of each group and answer, and what is told of them."""
    by = bases.with_not_told(grouping.people.reindex(asked.answers.index))
    by = by.cat.remove_unused_categories()
    dummies = pd.get_dummies(asked.answers).set_axis(asked.labels, axis=1).astype(float)
    rows = banner.group_rows(asked, grouping, survey)
    told = rows.pivot_table(
        index="group", columns="answer", values="people", aggfunc="first", dropna=False
    )
    return dummies.groupby(by, observed=True).sum(), told


@pytest.mark.parametrize("key", ["sex", "age", "district"])
@pytest.mark.parametrize("role", ["visibility", "satisfaction", "video_use"])
def test_people_are_multiples_near_their_counts_and_add_up(
    controlled, questions, grouped, role, key
):
    asked = questions[role]
    counts, told = laid_out(asked, grouped[key], controlled)
    large = counts.index[counts.sum(axis=1) >= 10].intersection(told.index)
    told, counts = told.loc[large], counts.loc[large]
    assert told.isna().to_numpy().mean() < 0.05
    off = (told[asked.labels] - counts[asked.labels]).abs()
    assert (told.fillna(0) % 10 == 0).all(axis=None)
    assert off.max(axis=None) < 10
    whole = told[asked.labels].notna().all(axis=1)
    sums = told.loc[whole, asked.labels].sum(axis=1) - counts[whole].sum(axis=1)
    assert sums.abs().max() < 10
    together = told.loc[whole, asked.best_label].dropna()
    assert len(together) > 1
    assert (told.loc[together.index, list(asked.best)].sum(axis=1) == together).all()


def test_far_less_is_hidden_than_by_ranges(herts, controlled, questions, grouped):
    hidden = {
        made.codebook.disclosure_method: sum(
            banner.group_rows(questions[role], grouped["district"], made)["people"].isna().sum()
            for role in ("visibility", "satisfaction", "video_use")
        )
        for made in (herts, controlled)
    }
    assert hidden["controlled_rounding"] < hidden["ranges"] / 5


def lines_of(counts: pd.DataFrame, parts) -> np.ndarray:
    """Return what readers know the sums of: rows, columns, and parts of the answers of a group."""
    place = np.arange(counts.size).reshape(counts.shape)
    lines = [*place, *place.T]
    for part in parts:
        columns = [counts.columns.get_loc(each) for each in part]
        of, n = counts.iloc[:, columns].sum(axis=1), counts.sum(axis=1)
        lines += [*place[:, columns][((of >= 10) & (n - of >= 10)).to_numpy()]]
    return np.array([np.isin(place.ravel(), line) for line in lines], dtype=float)


def room(cells: np.ndarray, told: np.ndarray, masks: np.ndarray, at: int) -> tuple[float, float]:
    """Return how many values a count can have for who knows the sums, and with no table at all."""
    nothing = np.full(len(cells), np.nan)
    found = []
    for shown in (told, nothing):
        low = np.where(np.isnan(shown), 0, np.maximum(shown - 9, 0))
        high = np.where(np.isnan(shown), np.inf, shown + 9)
        ends = [
            linprog(way * np.eye(1, len(cells), at)[0], A_eq=masks, b_eq=masks @ cells,
                    bounds=np.column_stack([low, high])).x[at]
            for way in (1, -1)
        ]  # fmt: skip
        found.append(np.floor(ends[1] + 1e-6) - np.ceil(ends[0] - 1e-6) + 1)
    return found[0], found[1]


def too_close(controlled, asked, grouping) -> list[bool]:
    """Tell of each small count whether the table leaves it too few values."""
    counts, told = laid_out(asked, grouping, controlled)
    told = told.reindex(index=counts.index, columns=asked.labels)
    masks = lines_of(counts, asked.subtotals)
    cells, shown = (each.to_numpy(dtype=float).ravel() for each in (counts, told))
    few = privacy.rule_of(controlled.codebook).people()
    rooms = [room(cells, shown, masks, at) for at in np.flatnonzero(cells < few)]
    return [left < min(few, without) for left, without in rooms]


def test_every_small_count_of_a_table_can_be_as_many_as_the_threshold(
    controlled, questions, grouped
):
    found = [
        each
        for role, key in TABLES
        for each in too_close(controlled, questions[role], grouped[key])
    ]
    assert len(found) > 60
    assert not any(found)


def test_without_a_second_draw_some_are_known_more_closely(
    controlled, questions, grouped, monkeypatch
):
    def once(cells, *, rule, lines, **_):
        rng = np.random.default_rng(3)
        return privacy._controlled.controlled_rounding(
            cells, lines.masks, base=rule.fewest, rng=rng
        )

    monkeypatch.setattr(privacy._ranges, "protected_rounding", once)
    found = [
        each
        for role, key in TABLES
        for each in too_close(controlled, questions[role], grouped[key])
    ]
    assert any(found)

"""Nobody is worked out from the tables, whatever system of equations is set up."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis import privacy
from analysis.survey import bases
from analysis.tables import asked as closed_questions
from analysis.tables import banner, groupings


def behind(shown: float, threshold: int) -> tuple[float, float | None]:
    """Return what a reader knows of a count: hidden, or rounded."""
    if np.isnan(shown):
        return 0.0, None
    half = threshold / 2
    return max(np.ceil(shown - half), threshold), np.ceil(shown + half) - 1


def rooms(asked, grouping, survey) -> list[float]:
    """Return how many values each small hidden count can have, for who knows all the tables.

    That are the rounded cells and people of groups (exact ones where a notebook has them), the
    topline (exact where a notebook is), the exact number of people, and the best answers of groups.
    """
    rule = privacy.rule_of(survey.codebook)
    threshold = rule.fewest
    by = bases.with_not_told(grouping.people.reindex(asked.answers.index))
    by = by.cat.remove_unused_categories()
    dummies = pd.get_dummies(asked.answers).set_axis(asked.labels, axis=1).astype(float)
    counts = dummies.groupby(by, observed=True).sum()
    rows = banner.group_rows(asked, grouping, survey)
    shown = rows.pivot_table(
        index="group", columns="answer", values="people", aggfunc="first", dropna=False
    ).reindex(index=counts.index, columns=asked.labels)
    n = rows.drop_duplicates("group").set_index("group")["n"].reindex(counts.index)
    hidden = closed_questions.hidden_answers(asked, survey)
    place = np.arange(counts.size).reshape(counts.shape)
    lines, ends = [], []

    def know(cells, least, most):
        row = np.zeros(counts.size)
        row[cells] = 1
        lines.extend([-row] if most is None else [-row, row])
        ends.extend([-least] if most is None else [-least, most])

    for at, group in enumerate(counts.index):
        exact = counts.loc[group].sum()
        told = asked.role in ("visibility", "accessibility", "satisfaction") and exact >= threshold
        know(place[at], *((exact, exact) if told else behind(n[group], threshold)))
    for at, answer in enumerate(asked.labels):
        total = counts[answer].sum()
        if answer not in hidden:
            around = float(privacy.round_people(int(total), rule=rule))
            know(place[:, at], *((total, total) if asked.exact else behind(around, threshold)))
    know(place.ravel(), counts.to_numpy().sum(), counts.to_numpy().sum())
    if (asked.role, grouping.key) in banner.SHOWN_EXACTLY:
        best = rows[rows["answer"] == asked.best_label].set_index("group")["estimate"].dropna()
        columns = [asked.labels.index(each) for each in asked.best]
        for group in best.index:
            exact = counts.loc[group, list(asked.best)].sum()
            know(place[counts.index.get_loc(group)][columns], exact, exact)
    bounds = [behind(each, threshold) for each in shown.to_numpy(dtype=float).ravel()]
    small = shown.isna().to_numpy().ravel() & (counts.to_numpy().ravel() < threshold)
    found = []
    for cell in np.flatnonzero(small):
        aim = np.zeros(counts.size)
        aim[cell] = 1
        least = linprog(aim, A_ub=lines, b_ub=ends, bounds=bounds)
        most = linprog(-aim, A_ub=lines, b_ub=ends, bounds=bounds)
        assert least.status == 0, "the true counts are not among those that readers may think of"
        high = -most.fun if most.status == 0 else np.inf
        found.append(min(high, threshold - 1) - max(least.fun, 0) + 1)
    return found


def single(questions, grouping) -> list:
    return [each for each in questions if not each.several and each.role not in grouping.without]


@pytest.mark.parametrize("key", ["sex", "channel", "got"])
def test_a_small_hidden_count_of_the_default_survey_can_be_many(herts, questions, grouped, key):
    found = [
        room
        for asked in single(questions.values(), grouped[key])
        for room in rooms(asked, grouped[key], herts)
    ]
    assert len(found) >= 20
    assert min(found) >= 5
    assert np.mean(np.array(found) < 8) < 0.05


def test_no_hidden_count_of_a_small_survey_is_known(variant):
    made = variant(replies=200, seed=1, without=["connection"])
    responses = made.responses()
    questions, _ = closed_questions.closed(made, responses)
    by_sex = next(
        each for each in groupings.find_groupings(made, responses)[0] if each.key == "sex"
    )
    found = [room for asked in single(questions, by_sex) for room in rooms(asked, by_sex, made)]
    assert len(found) >= 30
    assert min(found) >= 4

"""Nobody is worked out from the tables, whatever system of equations is set up."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis import cleaning, privacy
from analysis.survey import bases
from analysis.tables import asked as closed_questions
from analysis.tables import banner, groupings


def behind(shown: float, threshold: int) -> tuple[float, float | None]:
    """Return what a reader knows of a count: hidden, or rounded."""
    if np.isnan(shown):
        return 0.0, None
    half = threshold / 2
    return max(np.ceil(shown - half), threshold), np.ceil(shown + half) - 1


class System:
    """Equations and bounds that a reader sets up on counts of people, none of them below 0."""

    def __init__(self, size: int) -> None:
        self.size, self.lines, self.ends = size, [], []

    def know(self, cells, least: float, most: float | None) -> None:
        """Add that some counts together are between two numbers."""
        row = np.zeros(self.size)
        row[np.ravel(cells)] = 1
        self.lines += [-row] if most is None else [-row, row]
        self.ends += [-least] if most is None else [-least, most]

    def room(self, cells, count: float, threshold: int) -> float:
        """Return how many values below the threshold some counts together can have."""
        aim = np.zeros(self.size)
        aim[np.ravel(cells)] = 1
        ends = [linprog(way * aim, A_ub=self.lines, b_ub=self.ends) for way in (1, -1)]
        assert ends[0].status == 0, "the true counts are not among those that readers may think of"
        least, most = ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf
        assert least - 1e-6 <= count <= most + 1e-6
        return min(most, threshold - 1) - max(least, 0) + 1


def know_best(system: System, place: np.ndarray, asked, rule) -> None:
    """Add how many gave one of the best answers, where the topline says it."""
    good = asked.answers.isin(asked.best)
    if asked.best and rule.splits(good):
        columns = [asked.labels.index(each) for each in asked.best]
        system.know(place[:, columns], good.sum(), good.sum())


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
    system = System(counts.size)
    for at, group in enumerate(counts.index):
        exact = counts.loc[group].sum()
        told = asked.role in ("visibility", "accessibility", "satisfaction") and exact >= threshold
        system.know(place[at], *((exact, exact) if told else behind(n[group], threshold)))
    for at, answer in enumerate(asked.labels):
        total = counts[answer].sum()
        if answer not in hidden:
            around = float(privacy.round_people(int(total), rule=rule))
            known = (total, total) if asked.exact else behind(around, threshold)
            system.know(place[:, at], *known)
    system.know(place, counts.to_numpy().sum(), counts.to_numpy().sum())
    know_best(system, place, asked, rule)
    if (asked.role, grouping.key) in banner.SHOWN_EXACTLY:
        best = rows[rows["answer"] == asked.best_label].set_index("group")["estimate"].dropna()
        columns = [asked.labels.index(each) for each in asked.best]
        for group in best.index:
            exact = counts.loc[group, list(asked.best)].sum()
            system.know(place[counts.index.get_loc(group)][columns], exact, exact)
    for cell, each in enumerate(shown.to_numpy(dtype=float).ravel()):
        system.know(cell, *behind(each, threshold))
    exact = counts.to_numpy().ravel()
    small = shown.isna().to_numpy().ravel() & (exact < threshold)
    return [system.room(cell, exact[cell], threshold) for cell in np.flatnonzero(small)]


def overlapping_rooms(asked, grouping, survey) -> list[float]:
    """Return the same where groups overlap: each kind of person is a set of groups, or not told.

    Readers also know what notebook 04 shows of the same people, and here how many are in a group.
    """
    rule, used = privacy.rule_of(survey.codebook), grouping.people.reindex(asked.answers.index)
    threshold, answers = rule.fewest, asked.labels
    told, names = used.notna().all(axis=1), list(used.columns)
    kinds = [*product([0, 1], repeat=len(names)), None]
    place = np.arange(len(kinds) * len(answers)).reshape(len(kinds), len(answers))
    inside = {
        name: np.array([kind is not None and kind[at] == 1 for kind in kinds])
        for at, name in enumerate(names)
    }
    said = np.array([kind is not None for kind in kinds])
    outside = {name: said & ~mine for name, mine in inside.items()}
    given = pd.get_dummies(asked.answers).set_axis(answers, axis=1).astype(float)
    rows = banner.group_rows(asked, grouping, survey)
    best = rows[rows["answer"] == asked.best_label].set_index("group")["people"]
    shown = rows[rows["answer"].isin(answers)].pivot_table(
        index="group", columns="answer", values="people", aggfunc="first", dropna=False
    )
    shown = shown.reindex(index=names, columns=answers)
    if asked.role == "satisfaction" and told.all():
        theirs = privacy.shown_answers(used, asked.answers, survey.codebook).set_index("level")
        shown = shown.fillna(theirs.reindex(index=names, columns=answers))
    system = System(place.size)
    hidden = closed_questions.hidden_answers(asked, survey)
    targets = []
    for name in names:
        mine = told & (used[name] == 1)
        counts, others = given[mine].sum(), given[told & ~mine].sum()
        if rule.splits(mine):
            system.know(place[inside[name]], mine.sum(), mine.sum())
        for at, answer in enumerate(answers):
            system.know(place[inside[name], at], *behind(shown.loc[name, answer], threshold))
            if np.isnan(shown.loc[name, answer]) and counts[answer] < threshold:
                targets.append((place[inside[name], at], counts[answer]))
            if others[answer] < threshold:
                targets.append((place[outside[name], at], others[answer]))
        if name in best.index:
            columns = [answers.index(each) for each in asked.best]
            system.know(place[inside[name]][:, columns], *behind(best[name], threshold))
    for at, answer in enumerate(answers):
        total = given[answer].sum()
        if answer not in hidden:
            around = float(privacy.round_people(int(total), rule=rule))
            known = (total, total) if asked.exact else behind(around, threshold)
            system.know(place[:, at], *known)
        unsaid = given.loc[~told, answer].sum()
        if unsaid < threshold and not told.all():
            targets.append((place[-1, at], unsaid))
    system.know(place, len(asked.answers), len(asked.answers))
    know_best(system, place, asked, rule)
    if told.all():
        system.know(place[-1], 0, 0)
    return [system.room(cells, count, threshold) for cells, count in targets]


def single(questions, grouping) -> list:
    return [each for each in questions if not each.several and each.role not in grouping.without]


@pytest.mark.parametrize(("key", "fewest"), [("sex", 15), ("channel", 15), ("got", 10)])
def test_a_small_hidden_count_of_the_default_survey_can_be_many(
    herts, questions, grouped, key, fewest
):
    found = [
        room
        for asked in single(questions.values(), grouped[key])
        for room in rooms(asked, grouped[key], herts)
    ]
    assert len(found) >= fewest
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


def several_channels(made) -> tuple[list, groupings.Grouping]:
    """Return the questions of one answer, and the channels of which people used several."""
    responses = made.responses()
    grouping = next(
        each for each in groupings.find_groupings(made, responses)[0] if each.key == "channel"
    )
    assert grouping.overlapping
    return single(closed_questions.closed(made, responses)[0], grouping), grouping


def test_a_small_hidden_count_of_groups_that_overlap_can_be_many(ape11):
    made = ape11.holding(cleaning.clean(ape11.read_raw(), ape11.codebook).responses)
    questions, grouping = several_channels(made)
    found = {each.role: overlapping_rooms(each, grouping, made) for each in questions}
    assert {role: len(rooms) for role, rooms in found.items()} == {
        "satisfaction": 4,
        "social_grade": 4,
    }
    assert min(room for rooms in found.values() for room in rooms) >= 8


@pytest.mark.parametrize(("replies", "seed"), [(60, 1), (200, 3), (None, 0)])
def test_groups_that_overlap_are_guarded_in_any_survey(variant, replies, seed):
    made = variant(replies=replies, seed=seed, without=["used_last"])
    questions, grouping = several_channels(made)
    found = [room for each in questions for room in overlapping_rooms(each, grouping, made)]
    assert len(found) >= 50
    assert min(found) >= 6


def test_without_a_guard_of_the_others_the_attack_finds_people(variant, monkeypatch):
    made = variant(replies=200, seed=3, without=["used_last"])
    questions, grouping = several_channels(made)
    rule = privacy.rule_of(made.codebook)
    monkeypatch.setattr(
        banner, "round_crossed", lambda counts, **how: privacy.round_people(counts, rule=rule)
    )
    found = [room for each in questions for room in overlapping_rooms(each, grouping, made)]
    assert min(found) <= 1

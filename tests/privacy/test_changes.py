"""No set of people below the threshold can move a share so far that it is told."""

import itertools

import pytest

from analysis import privacy, survey


@pytest.fixture(scope="module")
def codebook():
    return survey.load("herts_2023").codebook


@pytest.mark.parametrize("n", [30, 60, 200, 712])
def test_nine_people_who_come_go_or_change_are_never_told(codebook, n):
    for yes in range(0, n + 1, max(1, n // 20)):
        for come, gone, change in itertools.product(range(0, 10, 3), repeat=3):
            if come + gone + change > 9 or yes - gone - change < 0:
                continue
            for new_yes in (yes + come + change, yes - gone - change):
                people = n + (come if new_yes > yes else -gone)
                if 0 <= new_yes <= people:
                    before, now = round(yes / n, 2), round(new_yes / people, 2)
                    assert not privacy.may_tell_change(before, now, people, codebook)


@pytest.mark.parametrize("n", [30, 60, 200, 712])
def test_what_many_people_moved_is_told(codebook, n):
    assert privacy.may_tell_change(0.2, 0.8, n, codebook)


def test_of_few_people_nothing_is_told(codebook):
    assert not privacy.may_tell_change(0.0, 1.0, 10, codebook)

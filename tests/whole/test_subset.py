"""A part of the people is one line at the top of a notebook, and the rest runs."""

import pytest
from notebook_cells import LINE, run_cells, set_apart

from analysis import population, survey


@pytest.fixture
def apart(tmp_path, monkeypatch):
    """Let results go to a scratch folder that has the cleaned responses alone."""
    set_apart(monkeypatch, tmp_path)
    return tmp_path


@pytest.mark.parametrize("stem", ["03", "05", "06"])
def test_the_rest_of_a_notebook_runs_on_a_part_of_the_people(apart, stem):
    shown, _ = run_cells(
        stem, f"{LINE}.where(connection='Lives in the county', flag_speeder=False)"
    )
    assert shown
    written = {path.relative_to(apart).parts[:3] for path in apart.rglob("*") if path.is_file()}
    assert ("processed", "herts_2023", "subset") in written
    assert ("figures", "herts_2023", "subset") in written
    assert {parts for parts in written if "subset" not in parts} == {
        ("processed", "herts_2023", "responses.csv")
    }


def test_weights_of_a_part_are_those_that_its_people_have_among_everybody():
    whole = survey.load("herts_2023")
    part = whole.where(flag_speeder=False)
    for each in (whole, part):
        assert population.weigh(each, each.responses()).weights.weights.equals(
            population.weigh(whole, whole.responses()).weights.weights
        )

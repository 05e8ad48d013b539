"""A report is made by a stricter rule where its tables would tell of few people."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from analysis import files, survey
from analysis.errors import SurveyError
from analysis.privacy import Rule, rule_of
from analysis.publish import making, protection
from analysis.publish.checking import Checked
from analysis.survey import handed


@pytest.fixture
def herts():
    return survey.load("herts_2023")


@pytest.fixture
def make(herts, monkeypatch, tmp_path):
    """Make a report whose tables tell of few up to a threshold; its files, not its notebooks."""
    tried = []

    def report(tells_below: int, unread=()):
        def render(held, runs, facts, folder, to, **_):
            tried.append(held.codebook.disclosure_threshold)
            files.replace_text(to / "index.html", json.dumps(dict(facts)))
            return ["index.html"]

        def attack(held, folder, *, search, guarded):
            assert (search, guarded) == (False, Rule(10))
            few = held.codebook.disclosure_threshold < tells_below
            told = ["02, A table: 3 people"] if few else []
            return SimpleNamespace(told_lines=lambda: told, unread=unread, wrong=[])

        monkeypatch.setattr(making, "execute", lambda *_: None)
        monkeypatch.setattr(making, "planned", lambda *_: [])
        monkeypatch.setattr(making.tables, "write_tables", lambda *_: [])
        monkeypatch.setattr(making.changes, "write_log", lambda *_: None)
        monkeypatch.setattr(making.rendering, "render", render)
        monkeypatch.setattr(making.findings, "attack", attack)
        checked = Checked(facts={"Survey": "made"}, answers=[], runs=[], held=herts)
        return tried, making.make(checked, tmp_path, [])

    return report


def test_a_report_that_tells_of_nobody_has_the_rule_of_its_codebook(make, herts):
    tried, (folder, said) = make(tells_below=10)
    pages = folder / "reports" / herts.name
    assert (tried, said) == ([10], [])
    assert not (pages / protection.FILE).exists()
    assert json.loads((pages / "index.html").read_text()) == {"Survey": "made"}


def test_a_report_that_tells_of_few_is_made_by_a_stricter_rule_and_says_so(make, herts):
    tried, (folder, said) = make(tells_below=20)
    pages = folder / "reports" / herts.name
    assert tried == [10, 15, 20]
    assert said[0].startswith("Numbers rest on 20 people or more, not on the codebook's 10")
    assert "20 people or more" in (pages / "index.html").read_text()
    made_by, own = protection.of_report(herts, pages)
    assert made_by.codebook.disclosure_threshold == 20
    assert own == Rule(10)


def test_a_report_that_tells_of_few_by_the_strictest_rule_is_refused(make):
    with pytest.raises(SurveyError, match=r"fewer than 30 people[^\n]*\n02, A table: 3 people"):
        make(tells_below=99)


def test_a_report_says_how_many_tables_the_attack_does_not_know(make):
    _, (_, said) = make(tells_below=10, unread=["02, A new table", "03, Another"])
    assert said == [
        "2 tables, figures, headlines or sentences were not understood by the attack on small "
        "counts; python -m analysis attack register names them."
    ]


def test_a_report_that_cannot_be_attacked_says_so(make, herts, monkeypatch, tmp_path):
    def stops(*_, **__):
        raise KeyError("raw_row")

    make(tells_below=10)
    monkeypatch.setattr(making.findings, "attack", stops)
    checked = Checked(facts={}, answers=[], runs=[], held=herts)
    _, said = making.make(checked, tmp_path / "again", [])
    assert said == [
        "Not attacked, what the tables tell together is not known (KeyError: 'raw_row')."
    ]


def by_controlled_rounding(herts, key="of the replies"):
    method = {"disclosure_method": "controlled_rounding", "rounding_key": key}
    return replace(herts, codebook=replace(herts.codebook, **method))


def test_a_report_by_controlled_rounding_says_so_and_keeps_its_key(herts):
    made = by_controlled_rounding(herts)
    *_, strict = protection.by_stricter_rules(made)
    (fact,) = protection.method_facts(strict).values()
    assert fact.startswith("controlled rounding: counts of people by two answers are rounded at")
    assert "each is less than 30 from the people counted" in fact
    assert rule_of(strict.codebook).key == "of the replies"
    assert "of the replies" not in fact


def test_random_rounding_is_drawn_again_before_a_stricter_rule(herts, tmp_path):
    made = by_controlled_rounding(herts)
    every = list(protection.by_stricter_rules(made))
    rules = [rule_of(each.codebook) for each in every]
    assert [each.people() for each in rules] == [10, 10, 10, 15, 20, 30]
    assert len({each.key for each in rules[:3]}) == 3
    assert {each.key for each in rules[3:]} == {"of the replies"}
    assert [protection.write_rule(each, made, tmp_path)[:38] for each in every[:4]] == [
        "",
        "counts are rounded at random by draw 2",
        "counts are rounded at random by draw 3",
        "numbers rest on 15 people or more, not",
    ]


@pytest.mark.parametrize("number", range(6))
def test_who_reads_a_report_later_has_the_rule_and_the_draw_that_it_was_made_by(
    herts, tmp_path, number
):
    made = by_controlled_rounding(herts)
    made_by = list(protection.by_stricter_rules(made))[number]
    protection.write_rule(made_by, made, tmp_path)
    again, own = protection.of_report(made, tmp_path)
    assert rule_of(again.codebook) == rule_of(made_by.codebook)
    assert own == rule_of(made.codebook)
    path = tmp_path / protection.FILE
    assert "of the replies" not in (path.read_text() if path.exists() else "")


def test_kernels_take_the_rule_of_the_run_whatever_key_they_make(herts, monkeypatch, tmp_path):
    *_, strict = protection.by_stricter_rules(by_controlled_rounding(herts))
    for name, value in handed.hand_on(strict, tmp_path / "made").items():
        monkeypatch.setenv(name, value)
    kernel = handed.take(by_controlled_rounding(herts, "of replies that have changed"))
    assert rule_of(kernel.codebook) == Rule(30, key="of the replies")


def test_kernels_take_the_rule_of_the_run_and_of_no_other_codebook(herts, monkeypatch, tmp_path):
    *_, strict = protection.by_stricter_rules(herts)
    for name, value in handed.hand_on(strict, tmp_path / "made").items():
        monkeypatch.setenv(name, value)
    assert survey.load(herts.name).codebook.disclosure_threshold == 30
    other = replace(herts, codebook=replace(strict.codebook, title="another"))
    handed.hand_on(other, tmp_path / "made")
    assert survey.load(herts.name).codebook.disclosure_threshold == 10

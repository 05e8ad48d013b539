"""`python -m analysis power`: what it says, what it writes, what it refuses."""

import argparse

import pytest

from analysis import paths, survey
from analysis.errors import SurveyError
from analysis.publish import power_command
from analysis.survey import made_from


def _options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    power_command.add_options(parser)
    return parser.parse_args(words)


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    kept = survey.load("herts_2023")
    held = kept.holding(kept.coded_responses())
    monkeypatch.setattr(paths, "PROCESSED", tmp_path / "data" / "processed")
    monkeypatch.setattr(paths, "FIGURES", tmp_path / "figures")
    return held


def test_it_says_how_many_and_writes_table_and_figures(elsewhere):
    told = list(power_command.run(elsewhere, _options("--discordant", "0.3")))
    assert told[0] == "Synthetic data."
    assert any("People needed to see an effect" in str(each) for each in told)
    files = [each for each in told if not isinstance(each, str)]
    assert [path.name for path in files] == ["power.csv", "10_detectable.png", "10_invitations.png"]
    for path in files:
        assert path.exists()
    assert files[1].with_suffix(".csv").exists()
    assert files[1].with_suffix(".svg").exists()
    assert {path.parent.name for path in files} == {"power"}


def test_its_files_outlive_a_report_of_the_same_replies(elsewhere, tmp_path):
    made = list(power_command.run(elsewhere, _options("--discordant", "0.3")))
    scratch = tmp_path / "scratch"
    lines, _ = made_from.carry_over(made_from.kept(elsewhere), elsewhere, scratch)
    assert lines == []
    for path in (each for each in made if not isinstance(each, str)):
        assert (scratch / path.relative_to(tmp_path)).read_bytes() == path.read_bytes()
    record = made_from.kept(elsewhere)[0].told
    assert record["command"] == "python -m analysis power --survey herts_2023 --discordant 0.3"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--discordant", "2"), "give 0 to 1"),
        (("--invitations", "5"), "invitations for 10 districts"),
        (("--response", "-1"), "give a share above 0"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(elsewhere, words, said):
    with pytest.raises(SurveyError, match=said):
        list(power_command.run(elsewhere, _options(*words)))
    assert not paths.PROCESSED.exists()
    assert not paths.FIGURES.exists()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"without": ["used", "used_last", "satisfaction"]},
         "does not ask what people used and prefer, nor how satisfied they are; "),
        ({"without": ["satisfaction"], "replies": 8}, "too few answers on use and preference; "),
        ({"without": ["preferred"], "replies": 8}, "too few answers on satisfaction; "),
        ({"replies": 8}, "too few answers on use and preference, and on satisfaction; "),
    ],
)  # fmt: skip
def test_a_survey_with_nothing_to_plan_with_says_so_of_what_it_asked(variant, how, said):
    none = variant(**how)
    with pytest.raises(SurveyError, match=f"made .*{said}there is nothing to plan with"):
        list(power_command.run(none, _options()))


def _said(this, tmp_path, monkeypatch) -> tuple[str, str]:
    """Run the command; return what it tells and draws, and the table that it writes."""
    monkeypatch.setattr(paths, "PROCESSED", tmp_path / "data" / "processed")
    monkeypatch.setattr(paths, "FIGURES", tmp_path / "figures")
    told, drawn = list(power_command.run(this, _options())), ""
    files = [each for each in told if not isinstance(each, str)]
    for path in files[1:]:
        drawn += path.with_suffix(".svg").read_text("utf-8")
        drawn += path.with_suffix(".csv").read_text("utf-8")
    text = "\n".join(each for each in told if isinstance(each, str)) + drawn
    assert "nan" not in text.replace("financ", "")
    return text.casefold(), files[0].read_text("utf-8")


#: A piece of a text, or a name in the table, that speaks of something.
WEIGHTS = ("weight", "design effect", "effective n", "kish"), ("weighted", "design_effect")
SHIFTS = ("shift", "both questions", "two answers"), ("shift", "discordant")
DISTRICTS = ("everybody else", "bonferroni", "by district"), ("difference",)


@pytest.mark.parametrize(
    ("how", "unsaid"),
    [
        ({"weighted": False}, WEIGHTS),
        ({"without": ["used", "used_last"]}, SHIFTS),
        ({"without": ["preferred"], "weighted": False}, SHIFTS),
        ({"without": ["district"]}, DISTRICTS),
        ({"without": ["district"], "weighted": False}, WEIGHTS),
        ({"without": ["satisfaction"]}, (("satisf",), ("satisf",))),
        (
            {"without": ["satisfaction", "district"], "weighted": False},
            (("satisf",), ("weighted",)),
        ),
    ],
)
def test_what_a_survey_has_not_is_not_spoken_of(variant, tmp_path, monkeypatch, how, unsaid):
    text, table = _said(variant(**how), tmp_path, monkeypatch)
    left = text.partition("left out:")[0]
    assert [each for each in unsaid[0] if each in left] == []
    assert [each for each in unsaid[1] if each in table] == []
    assert "people needed to see an effect" in text


def test_what_a_survey_has_is_spoken_of(elsewhere, tmp_path, monkeypatch):
    text, table = _said(elsewhere, tmp_path, monkeypatch)
    for said, named in (WEIGHTS, SHIFTS, DISTRICTS):
        assert [each for each in said if each not in text] == []
        assert [each for each in named if each not in table] == []

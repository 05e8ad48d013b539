"""Themes of open answers in two waves: the same rules, the people who wrote, one family each."""

from dataclasses import replace

import pytest

from analysis.themes import answers
from analysis.waves import sentences, themes
from analysis.waves.headings import captions


def test_shares_are_those_of_the_people_who_wrote(changed, raw_waves, monkeypatch):
    monkeypatch.setattr("analysis.paths.RAW", raw_waves)
    for role, family in themes.FAMILIES.items():
        rows = changed.family(family).set_index("measure")
        rows = rows[rows["estimate"].notna()]
        assert len(rows) > 5
        for wave, name in zip(changed.waves.waves, ("first", "second"), strict=True):
            coded = answers.coded_answers(wave.own, wave.own.responses(), role)
            for theme, row in rows.iterrows():
                assert row[name] == round(coded.indicators[theme].mean(), 2)
                assert row[f"n_{name}"] == coded.n
        assert rows["weighted"].notna().any()


def test_the_same_replies_have_the_same_themes(same):
    for family in themes.FAMILIES.values():
        rows = same.family(family)
        assert (rows["estimate"].dropna() == 0.0).all()
        assert not rows["changed"].any()


def test_a_theme_that_changed_is_told_with_both_shares_and_without_cause(changed):
    said = [each for each in sentences.answer(changed) if each.startswith("Themes of ")]
    assert len(said) == 2
    assert '"Access needs", from 4% in 2023' in said[0]
    assert "With weights the conclusion is another one for access needs." in said[0]
    note = captions(changed)["themes of change"].note
    assert "No theme was found in" in note
    assert "err alike in both waves" in note


def refused(waves, **changes):
    book = replace(waves.second.own.codebook, **changes)
    own = replace(waves.second.own, codebook=book)
    return replace(waves, second=replace(waves.second, own=own))


def test_other_rules_are_not_compared_and_the_page_says_so(changed, compared):
    book = changed.waves.second.own.codebook
    rules = replace(book.themes, says_nothing=(*book.themes.says_nothing, "no comment"))
    found = compared(refused(changed.waves, themes=rules))
    assert found.family("themes of change").empty
    said = [each for each in sentences.limits(found) if "open answers" in each]
    assert len(said) == 2
    assert "the two codebooks find themes by other rules" in said[0]


def test_another_wording_is_not_compared(changed):
    book = changed.waves.second.own.codebook
    questions = tuple(
        replace(each, wording="What annoys you?") if each.role == "change" else each
        for each in book.questions
    )
    waves = refused(changed.waves, questions=questions)
    assert "'What annoys you?' now" in themes.refusal(waves, "change")
    assert themes.refusal(waves, "change_why") == ""


@pytest.mark.parametrize(("threshold", "few"), [(10, False), (700, True)])
def test_too_few_who_wrote_are_not_compared(changed, threshold, few):
    wave = changed.waves.second
    book = replace(wave.survey.codebook, disclosure_threshold=threshold)
    waves = replace(changed.waves, second=replace(wave, survey=replace(wave.survey, codebook=book)))
    said = themes.refusal(waves, "change")
    assert said.startswith("fewer than 700 people of a wave wrote something") == few
    assert bool(said) == few

"""Which groups of words may be printed: never what few people share, nor what may be a name."""

import dataclasses

import pandas as pd
import pytest

from analysis import privacy, survey
from analysis.cleaning import respondents
from analysis.themes import answers, known_words
from analysis.themes.uncoded_words import word_groups, word_users


@pytest.fixture(scope="module")
def blind():
    """Take all phrases of the default survey away, so that every answer is without a theme."""
    herts = survey.load("herts_2023")
    themes = tuple(
        dataclasses.replace(
            theme, phrases=("zzz",), shared=(), weak=(), praise=(), only={}, exclude=()
        )
        for theme in herts.codebook.themes.themes
    )
    rules = dataclasses.replace(herts.codebook.themes, themes=themes)
    codebook = dataclasses.replace(herts.codebook, themes=rules)
    return survey.Survey(name=herts.name, codebook=codebook)


@pytest.fixture
def shown(blind, monkeypatch):
    """Say what is shown if the first people wrote something: `shown("text", 12, "other", 1)`."""
    real = answers.texts

    def plant(*planted, role="change"):
        def written(*each):
            texts = real(*each).copy()
            start = 0
            for text, times in zip(planted[::2], planted[1::2], strict=True):
                texts.iloc[start : start + times] = [
                    f"{text} number {'x' * (start + k + 2)}" for k in range(times)
                ]
                start += times
            texts.iloc[start:] = "the desk in town should be open"
            return texts

        monkeypatch.setattr(answers, "texts", written)
        groups = answers.uncoded(blind, blind.responses(), role)
        return {word for words in groups["words"] for word in words.split()}

    return plant


def test_an_ordinary_word_is_shown_from_the_threshold_on(shown):
    assert "biscuit" not in shown("my bicycle", 9)
    assert "bicycle" not in shown("my bicycle", 9)
    assert "bicycle" in shown("my bicycle", 10)


@pytest.mark.parametrize("people", [10, 12, 19])
def test_a_word_of_no_dictionary_that_some_people_share_is_not_shown(shown, people):
    assert not privacy.is_plain_word("zorblax")
    words = shown("my zorblax bicycle", people)
    assert "zorblax" not in words
    assert "bicycle" in words


def test_a_word_of_no_dictionary_is_shown_from_twice_the_threshold_on(shown):
    assert "zorblax" in shown("my zorblax bicycle", 20)


@pytest.mark.parametrize(
    "once", ["ask for zorblax", "we saw Zorblax there", "it is @zorblax_1", "zorblax@example.com"]
)
def test_what_one_answer_writes_as_a_name_is_never_shown(shown, once):
    assert "zorblax" not in shown("my zorblax bicycle", 40, once, 1)


@pytest.mark.parametrize("name", ["desmond", "james", "jo-anne", "smith"])
def test_a_listed_name_is_never_shown(shown, name):
    words = shown(f"my {name} bicycle", 60)
    assert not words & {name, *name.split("-")}


def test_a_word_of_six_people_is_not_shown_because_others_wrote_something_like_it(shown):
    for other in ("she'll", "zorblax99", "zorblax\u00e9", "shell-like", "@zorblax"):
        words = shown("my shell zorblax bicycle", 6, f"my {other} bicycle", 14)
        assert "shell" not in words
        assert "zorblax" not in words
        assert "bicycle" in words


def test_a_word_is_what_is_written_together():
    users, _ = word_users(["she'll", "shell", "caf\u00e9", "caf", "b12", "w@tch"], stop_words=())
    assert {word: len(who) for word, who in users.items()} == {
        "she'll": 1, "shell": 1, "caf\u00e9": 1, "caf": 1,
    }  # fmt: skip


def test_people_are_counted_and_not_replies():
    texts = [f"bicycle {'x' * k}" for k in range(2, 14)]
    counted = {"stop_words": set(), "least": 10, "shown": lambda word: word == "bicycle"}
    assert word_groups(texts, **counted)["words"].tolist() == ["bicycle"]
    assert word_groups(texts, people=[k // 2 for k in range(12)], **counted).empty


def test_replies_of_one_respondent_count_once(blind, monkeypatch):
    responses = blind.responses()
    people = answers._people(blind, responses)
    assert len(set(people)) == len(responses)
    six = dataclasses.replace(
        blind.codebook.questions[0], role="respondent", id="respondent", kind="text"
    )
    codebook = dataclasses.replace(blind.codebook, questions=(*blind.codebook.questions, six))
    panel = survey.Survey(name=blind.name, codebook=codebook)
    monkeypatch.setattr(
        respondents, "respondent_ids",
        lambda columns, codebook: pd.Series([""] * 10 + ["a", "b"] * 10_000)[: len(raw)],
    )  # fmt: skip
    raw = panel.read_raw()
    monkeypatch.setattr(panel.memory, "of", lambda *each: raw)
    counted = answers._people(panel, pd.DataFrame({"raw_row": raw["raw_row"]}))
    assert len(set(counted)) == 12


def test_the_codebooks_own_words_may_be_printed(blind):
    words = known_words.codebook_words(blind.codebook)
    may = known_words.shown_words({}, [], blind.codebook)
    assert may("watford")
    assert may("patrols")
    assert not may("zorblax")
    assert "zorblax" not in words

"""What a check has made is handed on to kernels, for the same codebook and files alone."""

import os
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import survey
from analysis.survey import handed
from analysis.themes import answers


@pytest.fixture
def file(tmp_path):
    raw = tmp_path / "raw.csv"
    raw.write_text("one")
    return raw


def remembering(file, what):
    this = survey.load("herts_2023")
    this.memory.of([file], what, lambda: "made once")
    return this


def test_what_is_handed_on_is_not_made_again(file, tmp_path, monkeypatch):
    told = handed.hand_on(remembering(file, "themes of change"), tmp_path / "handed")
    monkeypatch.setitem(os.environ, *next(iter(told.items())))
    other = survey.load("herts_2023")
    assert other.memory.of([file], "themes of change", lambda: "made again") == "made once"
    file.write_text("another")
    assert other.memory.of([file], "themes of change", lambda: "made again") == "made again"


def test_words_are_not_handed_on(file, tmp_path):
    handed.hand_on(remembering(file, "raw"), tmp_path / "handed")
    assert b"made once" not in (tmp_path / "handed").read_bytes()


def test_nothing_is_taken_from_another_codebook(file, tmp_path, monkeypatch):
    this = remembering(file, "themes of change")
    changed = replace(this, codebook=replace(this.codebook, title="Another"))
    changed.memory.add(this.memory)
    told = handed.hand_on(changed, tmp_path / "handed")
    monkeypatch.setitem(os.environ, *next(iter(told.items())))
    other = survey.load("herts_2023")
    assert other.memory.of([file], "themes of change", lambda: "made again") == "made again"


def test_themes_are_handed_on_as_true_and_false_and_not_coded_again(tmp_path, monkeypatch):
    this = survey.load("herts_2023")
    people = this.responses()
    found = answers.coded_answers(this, people, "change")
    assert set(found.indicators.dtypes) == {np.dtype(bool)}
    told = handed.hand_on(this, tmp_path / "handed")
    monkeypatch.setitem(os.environ, *next(iter(told.items())))
    monkeypatch.setattr(answers.theme_codes, "code_themes", None)
    again = answers.coded_answers(survey.load("herts_2023"), people, "change")
    pd.testing.assert_frame_equal(again.indicators, found.indicators)


@pytest.mark.parametrize("content", [None, b"", b"no pickle", b"\x80\x05"])
def test_a_file_that_is_gone_or_broken_is_no_error(tmp_path, monkeypatch, content):
    if content is not None:
        (tmp_path / "handed").write_bytes(content)
    monkeypatch.setenv(handed.VARIABLE, str(tmp_path / "handed"))
    assert survey.load("herts_2023").name == "herts_2023"

"""What a check has made is handed on to kernels, for the same codebook and files alone."""

import os
from dataclasses import replace

import pytest

from analysis import survey
from analysis.survey import handed


@pytest.fixture
def file(tmp_path):
    raw = tmp_path / "raw.csv"
    raw.write_text("one")
    return raw


def remembering(file, what):
    this = survey.load("herts_2023")
    this.of_files([file], what, lambda: "made once")
    return this


def test_what_is_handed_on_is_not_made_again(file, tmp_path, monkeypatch):
    told = handed.hand_on(remembering(file, "themes of change"), tmp_path / "handed")
    monkeypatch.setitem(os.environ, *next(iter(told.items())))
    other = survey.load("herts_2023")
    assert other.of_files([file], "themes of change", lambda: "made again") == "made once"
    file.write_text("another")
    assert other.of_files([file], "themes of change", lambda: "made again") == "made again"


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
    assert other.of_files([file], "themes of change", lambda: "made again") == "made again"

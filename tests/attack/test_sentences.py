"""Sentences, and figures in words, say nothing of few people that no table says."""

import json
import shutil
from dataclasses import replace

import pandas as pd
import pytest

from analysis import paths, survey
from analysis.attack import sentences
from analysis.attack.published import Text, tables_of, texts_of
from analysis.attack.registering import register_of
from analysis.attack.repeated import beyond_tables
from analysis.attack.sentences import unknown_numbers


def notebook(folder, *outputs: dict) -> None:
    book = {"cells": [{"cell_type": "code", "outputs": list(outputs)}]}
    (folder / "05_ratings.ipynb").write_text(json.dumps(book), encoding="utf-8")


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


def test_sentences_and_figures_in_words_are_read_and_tables_are_not(tmp_path):
    notebook(
        tmp_path,
        {"data": {"text/markdown": ["**In short.** 28% say ", "so."], "text/plain": "x"}},
        {"data": {"image/png": "AA"}, "metadata": {"image/png": {"alt": "A figure of 11 rows."}}},
        {"data": {"text/html": "<p>Of 12 <b>people</b></p>"}},
        {"data": {"text/html": "<table><tr><td>99</td></tr></table>"}},
        {"output_type": "stream", "text": "nothing"},
    )
    assert [each.text for each in texts_of(tmp_path)] == [
        "**In short.** 28% say so.", "A figure of 11 rows.", "Of 12 people",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("28% say so", ""),
        ("the test gives p = 0.041 (unadjusted)", "test"),
        ("28% say so, give or take 3 points", "derived"),
        ("Table of 5 by 10 shaded cells", "text"),
        ("weighted 57% (52.2% to 62.2%; 661 people, effective n 388)", "weights"),
        ("fewer than 10 people did", "fewer"),
        ("Among the 657 people who told their age", "bases"),
    ],
)
def test_a_number_that_is_in_no_table_is_unknown_but_by_its_rule(said, rule):
    known = {"04": {"28%", "57%"} if rule else set()}
    unknown, by_rule = unknown_numbers([Text(notebook="04_satisfaction", text=said)], known)
    assert (set(by_rule) == {rule}) if rule else (len(unknown) == 1 and not by_rule)


def test_a_number_of_another_notebook_is_unknown():
    text = Text(notebook="05_ratings", text="Of these 43 gave the best answer.")
    assert unknown_numbers([text], {"05": {"43"}})[0] == []
    assert unknown_numbers([text], {"06": {"43"}})[0] == [
        '05_ratings: 43 in "Of these # gave the best answer."'
    ]


def test_every_number_of_the_default_reports_sentences_is_known(herts, tmp_path):
    (tmp_path / "figures").mkdir()
    for path in (paths.FIGURES / herts.name).glob("*.csv"):
        shutil.copy(path, tmp_path / "figures")
    shutil.copy(paths.PROCESSED / herts.name / "findings.csv", tmp_path / "headlines.csv")
    for path in paths.NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"):
        shutil.copy(path, tmp_path)
    unknown, _ = beyond_tables(tables_of(tmp_path), tmp_path)
    assert unknown == []
    numbers = [each for text in texts_of(tmp_path) for each in sentences.NUMBER.findall(text.text)]
    assert len(numbers) > 1000
    replaced(tmp_path, "06", "54% answered very unlikely", "54% of 83 answered very unlikely")
    (tmp_path / "06_video_chat.ipynb").unlink()
    unknown, _ = beyond_tables(tables_of(tmp_path), tmp_path)
    assert len(unknown) == 1
    assert "83 in" in unknown[0]


def replaced(folder, name: str, old: str, new: str) -> None:
    text = next(paths.NOTEBOOKS.glob(f"{name}_*.ipynb")).read_text("utf-8")
    assert old in text
    (folder / f"{name}_made.ipynb").write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    """Return the two sentences of notebook 06 that are read as statements."""
    texts = [each.text for each in texts_of(paths.NOTEBOOKS) if each.notebook.startswith("06")]
    return {
        name: next(found[0] for text in texts if (found := pattern.search(text)))
        for name, pattern in (("against", sentences._AGAINST), ("elsewhere", sentences._ELSEWHERE))
    }


def test_sentences_that_say_more_than_tables_are_statements_and_true(herts, tmp_path, said):
    assert said["against"].startswith("Of 195 people who used another channel")
    replaced(tmp_path, "06", "Of 195 people", "Of 195 people")
    register, unread, _ = register_of(herts, tmp_path)
    assert register.wrong == []
    assert unread == []
    told = [each for each in register.statements if "sentences" in each.source]
    assert len(told) >= 6
    assert all(each.high - each.low < 10 for each in told)


@pytest.mark.parametrize("name", ["against", "elsewhere"])
def test_such_a_sentence_with_another_number_is_found_to_be_wrong(herts, tmp_path, said, name):
    number = {"against": "195", "elsewhere": "258"}[name]
    assert number in said[name]
    before, _, _ = said[name].partition(number)
    start = before if name == "against" else before[-10:]
    replaced(tmp_path, "06", f"{start}{number} people", f"{start}150 people")
    register, *_ = register_of(herts, tmp_path)
    assert register.wrong
    assert "sentences" in register.wrong[0]


def test_the_pairs_of_a_figure_are_read_since_they_are_in_no_table(herts, tmp_path):
    (tmp_path / "figures").mkdir()
    rows = pd.read_csv(paths.FIGURES / herts.name / "07_what_why.csv")
    path = tmp_path / "figures" / "07_what_why.csv"
    rows.to_csv(path, index=False)
    register, *_ = register_of(herts, tmp_path)
    assert register.wrong == []
    shown = rows.drop(columns=["level", "n", "data"]).notna().to_numpy().sum()
    assert sum("07_what_why" in each.source for each in register.statements) == shown > 3
    rows.replace({60.0: 90.0}).to_csv(path, index=False)
    assert register_of(herts, tmp_path)[0].wrong


def test_a_survey_of_several_channels_has_no_such_statement(herts, tmp_path):
    words = replace(herts.codebook.words, digital_groups=())
    other = replace(herts, codebook=replace(herts.codebook, words=words))
    replaced(tmp_path, "06", "Of 195 people", "Of 195 people")
    register, *_ = register_of(other, tmp_path)
    told = [each for each in register.statements if "sentences" in each.source]
    assert len(told) == 4

"""Planted persons are found wherever they come through, and in a report nowhere."""

import base64
import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import quote, quote_plus

import openpyxl
import pandas as pd
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from analysis import cleaning, paths, privacy, survey
from analysis.attack import planted, planted_marks, planted_search
from analysis.errors import SurveyError
from analysis.publish import attack_command, commands
from analysis.survey import codebook_reader
from analysis.themes import hand_coding

INVENTOR = planted_marks.Inventor(5)
MARKS = [INVENTOR.mark(kind, "a test") for kind in planted_marks.KINDS]


def _png(text: str, packed: bool) -> bytes:
    file, told = io.BytesIO(), PngInfo()
    told.add_itxt("Title", text, zip=packed)
    Image.new("1", (1, 1)).save(file, "PNG", pnginfo=told)
    return file.getvalue()


def _packed(content: bytes, name: str = "a.txt") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def _workbook(text: str) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append([f"'{text}" if text.startswith("=") else text])
    book.save(file)
    return file.getvalue()


def _data_uri(content: bytes) -> bytes:
    return b'<img src="data:image/png;base64,' + base64.b64encode(content) + b'">'


WAYS = {
    "as it is": lambda text: text.encode(),
    "small": lambda text: text.lower().encode(),
    "capitals": lambda text: text.upper().encode(),
    "in one": lambda text: text.replace(" ", "").encode(),
    "in an address": lambda text: quote(text, safe="").encode(),
    "in a form": lambda text: quote_plus(text).encode(),
    "in HTML": lambda text: escape(text).encode(),
    "in HTML twice": lambda text: escape(escape(text)).encode(),
    "in HTML by number": lambda text: "".join(f"&#{ord(each)};" for each in text).encode(),
    "in JSON": lambda text: json.dumps({"a": text}).encode(),
    "in UTF-16": lambda text: text.encode("utf-16"),
    "in base64": lambda text: base64.b64encode(text.encode()),
    "in base64 behind one byte": lambda text: base64.b64encode(b"x" + text.encode() + b"yz"),
    "in base64 behind two bytes": lambda text: base64.b64encode(b"xx" + text.encode()),
    "in a file in base64": lambda text: _data_uri(_packed(text.encode() + bytes(range(256)))),
    "in a chunk of a PNG": lambda text: _png(text, packed=False),
    "in a packed chunk of a PNG": lambda text: _png(text, packed=True),
    "in a PNG in HTML": lambda text: _data_uri(_png(f"{text} " * 3, packed=True)),
    "in an archive in an archive": lambda text: _packed(_packed(text.encode())),
    "in a workbook": _workbook,
}


#: A postcode or a plate by itself in base64 is too short to be told from chance.
SPELLED = [
    pytest.param(way, mark, id=f"{mark.kind} {way}")
    for way in WAYS
    for mark in MARKS
    if not (way.startswith("in base64") and mark.kind in ("postcode", "plate"))
]


@pytest.mark.parametrize(("way", "mark"), SPELLED)
def test_a_mark_is_found_however_it_is_spelled(way, mark):
    searcher = planted_search.Searcher(MARKS)
    content = WAYS[way](mark.core)
    assert searcher.in_file("a", content) == [mark]


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.kind)
def test_what_is_written_holds_what_is_searched_for(mark):
    assert mark.core in mark.text


def test_a_mark_in_the_name_of_a_file_is_found(tmp_path):
    (tmp_path / f"{MARKS[0].core}.txt").write_text("nothing")
    assert [mark for _, mark in planted_search.search(tmp_path, MARKS)] == [MARKS[0]]


def test_numbers_that_run_into_others_are_no_mark():
    telephone = next(mark for mark in MARKS if mark.kind == "telephone")
    searcher = planted_search.Searcher([telephone])
    digits = telephone.core.replace(" ", "")
    assert searcher.in_file("a", f"0.{digits}4".encode()) == []
    assert searcher.in_file("a", f"1{digits}".encode()) == []
    assert searcher.in_file("a", f"n = {digits}.".encode()) == [telephone]


def test_no_mark_is_made_twice_and_too_many_are_refused():
    inventor = planted_marks.Inventor(1)
    made = [inventor.mark(kind, "a") for _ in range(500) for kind in planted_marks.KINDS]
    assert len({planted_marks.squeezed(mark.core) for mark in made}) == len(made)
    for _ in range(4500):
        inventor.mark("telephone", "a")
    with pytest.raises(SurveyError, match="no more marks of the kind telephone"):
        inventor.mark("telephone", "a")


# ---- a copy of a survey ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


def test_a_copy_says_what_the_survey_says_and_holds_every_mark(herts, tmp_path):
    made = planted.plant(herts, tmp_path, persons=30, replies=150, seed=3)
    folder = tmp_path / made.name
    copy = codebook_reader.read_codebook(folder / "codebook.toml")
    assert replace(copy, id=herts.codebook.id, file=herts.codebook.file) == herts.codebook
    found = {mark for _, mark in planted_search.search(folder, made.marks)}
    assert found == set(made.marks)
    assert {mark.kind for mark in made.marks} == set(planted_marks.KINDS)
    places = {mark.place for mark in made.marks}
    for part in ("open answers to change", '"Other" to preferred', "IP Address", "header", "file"):
        assert any(part in place for place in places), part


def test_some_marks_are_of_several_people_and_none_of_ten(herts, tmp_path):
    made = planted.plant(herts, tmp_path, persons=40, replies=200)
    files = sorted((tmp_path / made.name / "replies").glob("*.csv"))
    raw = pd.concat([pd.read_csv(path, dtype=str, keep_default_na=False) for path in files])
    change = raw[herts.codebook.question("change").column]
    shared = [
        int(change.str.contains(mark.text, regex=False).sum())
        for mark in made.marks
        if mark.place == "the open answers to change"
    ]
    assert max(shared) > 3
    assert max(shared) <= 9
    assert min(shared) >= 1


@pytest.mark.parametrize(("how", "said"), [
    ({"persons": 0}, "0 persons cannot be planted"),
    ({"persons": 9000}, "9000 persons cannot be planted"),
    ({"replies": 5000}, "5000 replies cannot be drawn; there are 1,200"),
])  # fmt: skip
def test_what_cannot_be_planted_is_refused(herts, tmp_path, how, said):
    with pytest.raises(SurveyError, match=said):
        planted.plant(herts, tmp_path, **how)


def test_a_report_that_writes_nothing_is_no_pass(herts, tmp_path):
    with pytest.raises(SurveyError, match="wrote no file to be searched"):
        planted.attack(herts, tmp_path, report=lambda *_: None, persons=2, replies=50)


def test_a_report_that_stops_is_no_pass(tmp_path):
    (tmp_path / "surveys").mkdir()
    with pytest.raises(SurveyError, match="the report of the copy of lost stopped"):
        attack_command.report_of("lost", tmp_path / "surveys", tmp_path / "out")


# ---- can it fail? ------------------------------------------------------------------------------


def _verbatim(name: str, surveys: Path, out: Path) -> None:
    """Write what a careless report would: ten answers as they stand, in a table and a workbook."""
    raw = pd.read_csv(min((surveys / name / "replies").glob("*.csv")), dtype=str)
    answers = raw[survey.load("herts_2023").codebook.question("change").column].dropna()
    answers = answers[answers.str.len() > 0]
    out.mkdir()
    answers.to_frame("answer").to_csv(out / "quotes.csv", index=False)
    answers.to_frame("answer").to_excel(out / "quotes.xlsx", index=False)


def test_answers_as_they_stand_in_a_table_are_found(herts, tmp_path):
    outcome = planted.attack(herts, tmp_path, report=_verbatim, persons=20, replies=60)
    assert {file for file, _ in outcome.found} == {"quotes.csv", "quotes.xlsx"}
    assert {mark.place for _, mark in outcome.found} == {"the open answers to change"}
    lines = outcome.lines()
    assert any("found in quotes.csv: " in line for line in lines)
    assert ", 0 found" not in lines[-1]


@pytest.mark.parametrize("redacted", [True, False])
def test_answers_are_found_if_nothing_takes_persons_out_of_them(
    herts, tmp_path, monkeypatch, redacted
):
    kinds = {"telephone", "e-mail", "postcode", "plate", "reference"}
    if not redacted:
        monkeypatch.setattr(privacy, "redact", lambda text, **_: text)

    def sheets(name: str, surveys: Path, out: Path) -> None:
        monkeypatch.setattr(paths, "RAW", surveys)
        monkeypatch.setattr(paths, "OUT", out)
        monkeypatch.setattr(paths, "PROCESSED", out / "data" / "processed")
        made = survey.load(name)
        held = made.holding(cleaning.clean(made.read_raw(), made.codebook).responses)
        hand_coding.write_sheets(held, held.responses(), sample=100, seed=1, overwrite=True)

    outcome = planted.attack(herts, tmp_path, report=sheets, persons=60, replies=200)
    found = {mark.kind for _, mark in outcome.found}
    assert (found & kinds == set()) if redacted else (found >= kinds)


# ---- the whole report --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def attacked():
    command = [sys.executable, "-m", "analysis", "attack", "planted", "--persons", "40"]
    return subprocess.run(
        [*command, "--replies", "200", "--survey", "herts_2023"],
        capture_output=True, text=True, cwd=paths.ROOT,
        env={**os.environ, "PYTHONPATH": str(paths.ROOT / "src")}, check=False,
    )  # fmt: skip


def test_no_person_comes_through_a_whole_report(attacked):
    lines = attacked.stdout.splitlines()
    assert attacked.returncode == 0, (attacked.stdout, attacked.stderr)
    assert [line.partition(":")[0] for line in lines[:-1]] == list(planted_marks.KINDS)
    assert all(line.endswith(" planted, 0 found") for line in lines[:-1])
    assert int(lines[-1].rpartition(" found in ")[2].split()[0]) > 100  # files


def test_a_report_that_lets_a_person_through_ends_the_command_with_1(monkeypatch, capsys):
    monkeypatch.setattr(attack_command, "report_of", _verbatim)
    status = commands.run(["attack", "planted", "--persons", "20", "--replies", "60"])
    said = capsys.readouterr().out
    assert status == 1
    assert "found in quotes.csv: " in said

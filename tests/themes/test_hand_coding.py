"""Two people code answers by hand: the sheet, reading it back, and what it says of the rules."""

import pandas as pd
import pytest

from analysis import __main__, paths, survey
from analysis.synthetic import simulation
from analysis.themes import hand_coding, hand_reading


@pytest.fixture
def this(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "OUT", tmp_path)
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def truth():
    return simulation.default().truth.set_index("raw_row").astype("str")


@pytest.fixture
def filled(this, truth):
    """Write a sheet, and fill it in with the truth; the second coder misses every ninth."""
    path, _ = hand_coding.write_sheets(this, this.responses(), sample=80)
    frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    frame["coder_1"] = [
        truth.loc[int(row), question].replace("uncodable", "none")
        for row, question in zip(frame["raw_row"], frame["question"], strict=True)
    ]
    frame["coder_2"] = frame["coder_1"]
    frame.loc[::9, "coder_2"] = "none"
    frame.to_csv(path, index=False, encoding="utf-8-sig")
    return path, frame


def test_the_sheet_repeats_and_holds_no_formula(this):
    one = hand_coding.sheet(this, this.responses(), sample=80)
    pd.testing.assert_frame_equal(one, hand_coding.sheet(this, this.responses(), sample=80))
    assert len(one) == 80
    assert not one.equals(hand_coding.sheet(this, this.responses(), sample=80, seed=1))
    path, themes = hand_coding.write_sheets(this, this.responses(), sample=5000)
    cells = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    assert not cells["text"].str.match(r"\s*[=+@-]").any()
    listed = pd.read_csv(themes, encoding="utf-8-sig")
    assert list(listed["code"]) == [*this.codebook.themes.labels, "none"]


def test_the_sheet_lies_where_git_does_not_look():
    assert "hand_coding/" in (paths.ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_a_sheet_that_is_there_is_not_replaced_unless_asked(this, filled):
    path, _ = filled
    before = path.read_bytes()
    with pytest.raises(ValueError, match="is there already, perhaps with codes"):
        hand_coding.write_sheets(this, this.responses(), sample=80)
    assert path.read_bytes() == before
    hand_coding.write_sheets(this, this.responses(), sample=80, overwrite=True)
    assert path.read_bytes() != before


def test_kappa_and_the_rules_are_compared(this, filled):
    coded = hand_reading.read_hand_codes(filled[0], this, this.responses())
    kappas, rules = hand_coding.compare_coders(coded)
    assert list(kappas["level"]) == list(this.codebook.themes.labels.values())
    known = kappas.dropna(subset=["estimate"])
    assert len(known) >= 6
    assert known["estimate"].between(0.2, 1).all()
    assert (known["conf_low"] <= known["estimate"]).all()
    assert known["estimate"].min() < 1
    assert rules["recall"].mean() > 0.9


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_program_may_change_delimiter_encoding_and_order(this, filled, delimiter):
    path, frame = filled
    frame.iloc[::-1].to_csv(path, index=False, sep=delimiter, encoding="cp1252")
    coded = hand_reading.read_hand_codes(path, this, this.responses())
    assert len(coded.coder_1) == 80


def _damaged(frame, kind):
    changed = frame.copy()
    if kind == "code":
        changed.loc[3, "coder_1"] = "pigeon"
    elif kind == "empty":
        changed.loc[3, "coder_2"] = " "
    elif kind == "both":
        changed.loc[3, "coder_2"] = "none;nothing"
    elif kind == "column":
        changed = changed.drop(columns="coder_2")
    elif kind == "row":
        changed = changed.drop(index=5)
    elif kind == "twice":
        changed = pd.concat([changed, changed.iloc[[2]]])
    elif kind == "text":
        changed.loc[3, "text"] = "something else"
    elif kind == "sample":
        changed["sample"] = "mine"
    return changed


MESSAGES = {
    "code": "a text is no theme; choose from wait_101",
    "empty": "coder_2: no code; write codes with ; between them, or none",
    "both": "none and a theme; keep one of them",
    "column": "has no column coder_2",
    "row": "lacks 1 of the 80 answers drawn",
    "twice": "has twice 1 of the 80 answers drawn",
    "text": "is not the one drawn; undo the change",
    "sample": "does not say how the sheet was drawn",
}


@pytest.mark.parametrize("kind", list(MESSAGES))
def test_a_damaged_sheet_is_said_in_one_sentence(this, filled, capsys, kind):
    path, frame = filled
    _damaged(frame, kind).to_csv(path, index=False)
    before = path.read_bytes()
    assert __main__.main(["themes", "--read", str(path)]) == 2
    said = capsys.readouterr().err
    assert MESSAGES[kind] in said
    assert said.count("\n") == 1
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "holds no answers"), (b"a,b\n1\n", "line 2: 1 cells"), (b"\xff\x81\x00", "no")],
)
def test_a_file_that_is_no_sheet_is_said(this, tmp_path, capsys, content, message):
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    assert __main__.main(["themes", "--read", str(path)]) == 2
    assert message in capsys.readouterr().err


def test_the_command_writes_and_reads(this, capsys, filled):
    assert __main__.main(["themes", "--sample", "20"]) == 0
    assert "sheet_20.csv" in capsys.readouterr().out
    assert __main__.main(["themes", "--read", str(filled[0])]) == 0
    said = capsys.readouterr().out
    assert "Kappa" in said
    assert "Precision" in said


def test_what_cannot_be_done_is_said(this, capsys):
    for words, message in (
        (["--sample", "0"], "--sample 0; give 1 or more answers"),
        (["--read", "nosuch.csv"], "there is no file nosuch.csv"),
        (["--sample", "5", "--survey", "ape11"], "ape11 has no open question"),
    ):
        assert __main__.main(["themes", *words]) == 2
        assert message in capsys.readouterr().err

"""What cannot be seen is dropped, in one place, before a text is shown or written."""

import sys
import unicodedata

import pandas as pd
import pytest

from analysis import files, paths, report, survey
from analysis.exports import tidy
from analysis.themes import answers, hand_coding

#: An override, an isolate, marks of direction, zero widths, a bell, an escape, a soft hyphen.
HIDDEN = "\u202e\u2066\u200e\u200b\u200d\ufeff\x07\x1b\xad\u2069"


def _kept(text):
    return [each for each in text if unicodedata.category(each) in ("Cc", "Cf")]


def test_every_control_and_format_character_is_dropped_but_line_feeds_and_tabs():
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    everything = everything.encode("utf-16", "ignore").decode("utf-16")
    left = files.visible(everything)
    assert set(_kept(left)) == {"\t", "\n"}
    assert all(unicodedata.category(each)[0] in "CZM" or each in "\u115f\u1160\u3164\uffa0"
               for each in set(everything) - set(left))  # fmt: skip
    assert {"é", "ß", "日", "٣", "🚓", "\xa0"} <= set(left)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"a{HIDDEN}b", "ab"),
        ("one\r\ntwo\rthree\x85four", "one\ntwo\nthree\nfour"),
        ("a\x0bb\x1fc\td", "a b c\td"),
        ("plain", "plain"),
    ],
)
def test_a_text_is_shown_without_what_is_hidden(text, shown):
    assert files.visible(text) == shown
    assert files.visible(shown) == shown


def test_texts_that_look_alike_are_compared_as_one():
    assert tidy(f"Web{HIDDEN}site  (online\x1fform)") == "Website (online form)"


def test_a_formula_behind_hidden_characters_is_made_harmless():
    assert files.safe_cell("\u200b\u202e=1+1") == "'=1+1"
    assert files.safe_cell("\x07fine") == "fine"


def test_a_written_table_and_a_shown_one_hide_nothing(tmp_path):
    frame = pd.DataFrame({"level": [f"good{HIDDEN}", "poor"], "n": [20, 30]})
    path = tmp_path / "table.csv"
    files.write_csv(frame, path, synthetic=True)
    assert _kept(path.read_text("utf-8").replace("\n", "")) == []
    shown = report.show(frame, caption=f"Table {HIDDEN}", note=f"Note {HIDDEN}")
    assert _kept(shown._repr_html_().replace("\n", "")) == []
    assert _kept(report.prose(f"Said {HIDDEN}")._repr_markdown_()) == []


def test_a_codebook_hides_nothing_where_it_is_read(demo):
    demo(load=False)
    path = paths.RAW / "demo" / "codebook.toml"
    text = path.read_text("utf-8")
    before = survey.load("demo").codebook
    for key in ("title", "column", "label"):
        assert f'{key} = "' in text
        text = text.replace(f'{key} = "', f'{key} = "\\u202E\\u200B\\u2066')
    path.write_text(text, "utf-8")
    assert survey.load("demo").codebook == before


def test_the_sheet_for_hand_coding_hides_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "OUT", tmp_path)
    herts, real = survey.load("herts_2023"), answers.texts
    monkeypatch.setattr(
        answers, "texts", lambda *each: real(*each).map(lambda text: f"{HIDDEN}{text}{HIDDEN}x")
    )
    for path in hand_coding.write_sheets(herts, herts.responses(), sample=50):
        text = path.read_text("utf-8-sig")
        assert len(text.splitlines()) > 10
        assert _kept(text.replace("\n", "")) == []

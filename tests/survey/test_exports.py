import pytest

from analysis.errors import SurveyError


def test_every_cell_is_text_and_rows_are_numbered_from_one(demo):
    raw = demo().read_raw()
    assert raw["raw_row"].tolist() == [1]
    assert raw.loc[0, "Used?"] == "By telephone;"


def test_a_line_break_inside_quotes_is_one_cell(demo):
    raw = demo(['1,2,Lives,Yes,,Website,"two\nlines"']).read_raw()
    assert len(raw) == 1
    assert raw.loc[0, "Anything else?"] == "two\nlines"


def _damage(survey, content: bytes):
    survey.raw_path.write_bytes(content)
    return survey.read_raw


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"A,B\n", "a header but no replies"),
        (b"A,B\n1,2\n3", "1 cells instead of 2 at line 3: it is cut off or damaged"),
        (b'A,B\n1,2\n3,"half an ans', "cannot be read at line 3"),
        (b"A,A\n1,2\n", "the same name 2 times in its first row, in the columns 1, 2"),
        (b"A;B\n1;2,5\n", "is separated by ';', but codebook.toml says ','"),
        (b"A,B\n1,caf\xe9\n", "none of the encodings of codebook.toml (utf-8-sig fails at byte"),
    ],
)
def test_a_damaged_file_is_one_sentence(demo, content, message):
    read = _damage(demo(), content)
    with pytest.raises(SurveyError) as refused:
        read()
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_encodings_are_tried_in_their_order(demo):
    survey = demo(
        None, ('name = "replies.csv"', 'name = "replies.csv"\nencodings = ["utf-8", "cp1252"]')
    )
    raw = _damage(survey, b"A,B\n1,caf\xe9\n")()
    assert raw.loc[0, "B"] == "caf\u00e9"


def test_another_file_than_the_codebooks_is_refused_by_its_hash(demo):
    survey = demo(None, ('name = "replies.csv"', f'name = "replies.csv"\nsha256 = "{"0" * 64}"'))
    with pytest.raises(SurveyError, match="has the SHA-256"):
        survey.read_raw()


def test_a_missing_file_says_where_to_get_it(demo):
    survey = demo()
    survey.raw_path.unlink()
    del survey.__dict__["raw_path"]
    with pytest.raises(SurveyError, match=r"replies.csv of demo is neither in .*; run the tests"):
        survey.read_raw()


def test_a_file_is_found_in_the_second_place(demo, tmp_path, monkeypatch):
    survey = demo()
    survey.raw_path.rename(tmp_path / "replies.csv")
    del survey.__dict__["raw_path"]
    monkeypatch.setattr("analysis.paths.RAW_ELSEWHERE", tmp_path)
    assert len(survey.read_raw()) == 1

"""Text that Arrow reads at once is read as the `csv` module reads it row by row."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.exports import _opened
from analysis.exports._regular import is_regular, read_regular
from analysis.exports._text import read_text

#: Characters that readers differ on, more often than others.
MARKS = st.sampled_from(['"', ",", ";", "\n", "\r", "\r\n", " ", "\t", "a", "é", "\ufeff", "0"])
TEXTS = st.lists(MARKS, max_size=30).map("".join)

#: Cells of whatever text, written as RFC 4180 says.
CELLS = st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=6)


def _slowly(content, delimiter, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(_opened, "is_regular", lambda *_: False)
        return read_text("a.csv", content, delimiter=delimiter, encodings=["utf-8"])


def _assert_same(content, monkeypatch):
    if not is_regular(content, ","):
        return False
    table = read_regular(content, ",")
    if table is None:
        return False
    slow = _slowly(content, ",", monkeypatch)
    assert slow.delimiter == ","
    assert list(zip(*(column.to_pylist() for column in table.columns), strict=True)) == [
        tuple(row) for row in slow.rows
    ]
    return True


@given(text=TEXTS)
@example(text='a,b\n\n"c\r",d')
@example(text='a,b\n"",""\n')
@example(text="\n\na,b\n,\n")
def test_what_is_regular_has_one_reading(text):
    with pytest.MonkeyPatch.context() as monkeypatch:
        _assert_same(text.encode(), monkeypatch)


@given(rows=CELLS, end=st.sampled_from(["\n", "\r\n"]))
def test_whatever_is_written_by_the_grammar_is_regular(rows, end):
    lines = [",".join('"{}"'.format(cell.replace('"', '""')) for cell in row) for row in rows]
    content = "".join(line + end for line in lines).encode()
    table = read_regular(content, ",")
    found = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
    assert found == [tuple(row) for row in rows]


@pytest.mark.parametrize(
    "text", ['a,b\n5" wide,2\n', 'a,"b" \nc,d\n', 'a,"b\nc,d\n', "a,b\rc,d\n", 'a,b"c"d\n']
)
def test_text_with_other_quotes_or_ends_is_left_to_the_reader_of_rows(text):
    assert not is_regular(text.encode(), ",")


def test_rows_of_several_lengths_are_left_to_the_reader_of_rows():
    assert read_regular(b"a,b\n1\n", ",") is None
    assert read_regular(b"a,b\n1,2,3\n", ",") is None
    assert read_regular(b"a\n1\n", ",") is None

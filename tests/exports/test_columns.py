"""Rules for many cells at once give what the rules for one cell give."""

import pandas as pd
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from analysis.exports import match_keys, tidied, tidy
from analysis.survey.spellings import spelled, spelling
from analysis.survey.wording import match_key

TEXTS = st.lists(st.text(st.characters(exclude_categories=("Cs", "Cn"))), min_size=1, max_size=12)
ODD = st.lists(
    st.text(" \t\n\r\x0b\x1c\x1f\x85\xa0\u2003\u3000\u200b\ufeff’“–ﬁ；aB1ß"), max_size=12
)
NUMBERS = st.lists(st.text("0123456789.,+- "), max_size=12)


@given(TEXTS | ODD)
def test_many_texts_are_made_regular_as_each_alone(texts):
    many = pa.array(texts, type=pa.large_string())
    assert tidied(many).to_pylist() == [tidy(each) for each in texts]
    assert match_keys(many).to_pylist() == [match_key(each) for each in texts]


@given(NUMBERS | ODD | TEXTS, st.booleans(), st.sampled_from([(), ("1.1",), ("0", "12")]))
def test_many_texts_are_compared_as_each_alone(texts, comma, apart):
    many = pa.array(texts, type=pa.large_string())
    one = [spelling(each, decimal_comma=comma, apart=set(apart)) for each in texts]
    assert spelled(match_keys(many), decimal_comma=comma, apart=apart).to_pylist() == one


def test_a_column_of_a_frame_is_read_like_a_list():
    cells = pd.Series(["Web ", "1.0", ""], index=[5, 7, 9])
    assert spelled(match_keys(cells)).to_pylist() == ["web", "1", ""]
    assert tidied(cells[:0]).to_pylist() == []

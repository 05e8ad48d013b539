"""Cleaning many replies: the same answers as one by one, and no work that grows with rows."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from analysis import cleaning, survey
from analysis.cleaning.columns import Column, Columns
from analysis.cleaning.scale_cells import code_scale, code_scales

FORMS = [
    ("%Y-%m-%d %H:%M:%S", ""),
    ("%d/%m/%Y %H:%M", "Europe/London"),
    ("", "Europe/London"),
    ("", ""),
    ("%Y-%m-%dT%H:%M:%S%z", "Europe/London"),
    ("%Y/%m/%d %I:%M:%S %p %Z", "Europe/London"),
]
TIMES = st.datetimes(datetime(1995, 1, 1), datetime(2060, 1, 1)).map(
    lambda time: time.replace(microsecond=0)
)
ENDS = st.sampled_from(["", "Z", "+01:00", "-0530", " GMT+1", " UTC", " GMT-11:30", " BST", " GMT"])
WRITTEN = st.builds(
    lambda time, form, end: f"{time:{form}}{end}",
    TIMES,
    st.sampled_from(
        ["%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d",
         "%Y/%m/%d %I:%M:%S %p"]
    ),
    ENDS,
)  # fmt: skip


def same(many: pd.Series, alone: list) -> None:
    missing = [each is pd.NaT for each in alone]
    assert many.isna().tolist() == missing
    assert [a for a, gone in zip(many, missing, strict=True) if not gone] == [
        b for b in alone if b is not pd.NaT
    ]


@given(st.lists(WRITTEN | st.text(max_size=8), max_size=6), st.sampled_from(FORMS))
def test_many_times_are_read_as_each_alone(texts, form):
    told = {"datetime_format": form[0], "timezone": form[1]}
    many = code_scales(pa.array(texts, type=pa.large_string()), "date", **told)
    same(many, [code_scale(each, "date", **told) for each in texts])


@given(
    st.lists(st.floats().map(str) | st.text("0123456789.,eE+-_ infa", max_size=8), max_size=8),
    st.sampled_from(["number", "weight"]),
    st.booleans(),
)
def test_many_numbers_are_read_as_each_alone(texts, kind, comma):
    many = code_scales(pa.array(texts, type=pa.large_string()), kind, decimal_comma=comma)
    same(many, [code_scale(each, kind, decimal_comma=comma) for each in texts])


@given(st.lists(st.sampled_from(["a", "b", "", "A "])), st.lists(st.sampled_from(["x", "y"])))
def test_pairs_of_texts_are_those_of_the_cells(ones, twos):
    n = min(len(ones), len(twos))
    one, two = (Column.of(pd.Series(each[:n], dtype="str")) for each in (ones, twos))
    codes, first, second = one.beside(two)
    pairs = zip(first, second, strict=True)
    texts = [(one.texts[a].as_py(), two.texts[b].as_py()) for a, b in pairs]
    assert [texts[code] for code in codes] == list(zip(ones[:n], twos[:n], strict=True))


def test_a_text_stands_where_its_cells_are():
    cells = pd.Series(["web", "101", "web"], index=[4, 5, 6])
    column = Columns(pd.DataFrame({"raw_row": [1, 2, 3], "Used": cells.to_numpy()}))["Used"]
    assert [(text, where.tolist()) for text, where in column.places()] == [
        ("web", [0, 2]), ("101", [1])
    ]  # fmt: skip


def calls(function: Callable[[], object]) -> int:
    """Count the calls of Python functions that a function makes."""
    count = 0

    def see(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(see)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


def many(raw: pd.DataFrame, times: int) -> pd.DataFrame:
    """Repeat replies, each time sent a while later and with other words in open answers."""
    parts = []
    for number in range(times):
        part = raw.copy()
        for name in ("Start time", "Completion time"):
            sent = pd.to_datetime(part[name], format="%d/%m/%Y %H:%M:%S")
            part[name] = (sent + timedelta(seconds=7 * number)).dt.strftime("%d/%m/%Y %H:%M:%S")
        texts = [each for each in raw if each.startswith(("What one thing", "Why"))]
        part[texts] = part[texts].where(part[texts] == "", part[texts] + f" {number}")
        parts.append(part)
    return pd.concat(parts, ignore_index=True).assign(raw_row=np.arange(times * len(raw)) + 1)


def test_no_function_is_called_for_every_reply():
    this = survey.load("herts_2023")
    codebook = replace(this.codebook, closes=None)
    raw = this.read_raw()
    some, more = (many(raw, times) for times in (2, 20))
    few, lots = (calls(lambda each=each: cleaning.clean(each, codebook)) for each in (some, more))
    assert lots - few < 0.05 * (len(more) - len(some))

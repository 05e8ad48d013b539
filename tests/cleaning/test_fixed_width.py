"""Times read by place: what pandas reads, or left to it."""

from datetime import datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.fixed_width import fixed_times

FORMS = ["%d/%m/%Y %H:%M:%S", "%Y-%m-%d", "%m.%d.%Y %H:%M", "ISO8601"]


def texts(form: str) -> st.SearchStrategy[str]:
    """Texts of a form, most of which are no time: any digit may stand anywhere."""
    form = "%Y-%m-%d %H:%M:%S" if form == "ISO8601" else form
    written = f"{datetime(2023, 10, 2, 9, 3, 11):{form}}"
    digits = [st.sampled_from("01239") if each.isdigit() else st.just(each) for each in written]
    return st.tuples(*digits).map("".join)


@given(st.data(), st.sampled_from(FORMS))
def test_what_is_read_by_place_is_what_pandas_reads(data, form):
    cells = data.draw(st.lists(texts(form) | st.text(max_size=4), min_size=1, max_size=30))
    found = fixed_times(pa.array(cells, type=pa.large_string()), form)
    told = ~np.isnat(found)
    read = pd.to_datetime(cells, format=form, errors="coerce").to_numpy(dtype="datetime64[us]")
    assert (found[told] == read[told]).all()
    assert not np.isnat(read[told]).any()


@given(st.lists(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)), min_size=1))
def test_no_time_in_its_places_is_left(times):
    times = [each.replace(microsecond=0) for each in times]
    cells = pa.array([each.isoformat(sep=" ") for each in times], type=pa.large_string())
    assert fixed_times(cells, "ISO8601").tolist() == times
    assert fixed_times(cells[1:], "%Y-%m-%d %H:%M:%S").tolist() == times[1:]


@pytest.mark.parametrize("form", ["%d/%m/%y", "%H:%M", "%d/%d/%Y %m", "%d–%m–%Y", "%I:%M %p"])
def test_a_form_without_places_is_left(form):
    assert np.isnat(fixed_times(pa.array(["02/10/23", "02–10–2023"]), form)).all()

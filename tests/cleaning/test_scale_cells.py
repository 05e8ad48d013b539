"""Times, numbers and weights as tools and countries write them."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.cleaning import answer_codes
from analysis.cleaning.scale_cells import code_scale
from analysis.errors import SurveyError

OPEN = '[[question]]\nid = "z"\nkind = "text"\ncolumn = "Z"\n'
WEIGHT = '[[question]]\nid = "weight"\nkind = "weight"\ncolumn = "W"\n'
GOOGLE = "%Y/%m/%d %I:%M:%S %p %Z"


def _coded(made):
    return answer_codes.code_replies(made.read_raw(), made.codebook).frame


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2023/10/02 9:03:11 am GMT+1", "Europe/London", "2023-10-02 09:03:11"),
        ("2023/11/02 9:03:11 pm GMT", "Europe/London", "2023-11-02 21:03:11"),
        ("2023/10/02 9:03:11 am BST", "Europe/London", "2023-10-02 09:03:11"),
        ("2023/10/29 1:30:00 am BST", "Europe/London", "2023-10-29 01:30:00"),
        ("2023/10/29 1:30:00 am GMT", "Europe/London", "2023-10-29 01:30:00"),
        ("2023/10/02 9:03:11 am GMT+5:30", "Europe/London", "2023-10-02 04:33:11"),
        ("2023/10/02 9:03:11 am UTC-04:00", "Europe/London", "2023-10-02 14:03:11"),
        ("2023/10/02 9:03:11 am GMT+2", "Europe/Berlin", "2023-10-02 09:03:11"),
        ("2023/10/02 9:03:11 am CEST", "Europe/Berlin", "2023-10-02 09:03:11"),
    ],
)
def test_a_zone_behind_a_time_is_hours_ahead_of_greenwich_or_the_surveys_own(text, zone, expected):
    told = code_scale(text, "date", datetime_format=GOOGLE, timezone=zone)
    assert told == pd.Timestamp(expected)
    assert told.tzinfo is None


@pytest.mark.parametrize("text", ["2023/10/02 9:03:11 am QQT", "9:03 am", "soon GMT+1", "GMT+1"])
def test_what_is_no_time_of_the_format_is_told(text):
    form = {"datetime_format": GOOGLE, "timezone": "Europe/London"}
    assert code_scale(text, "date", **form) is pd.NaT


def test_decimal_commas_are_read_where_one_cannot_stand_before_thousands(small):
    made = small(WEIGHT + OPEN, 'W,Z\n"1,204",a\n"0,844",b\n2,c\n,d\n')
    assert _coded(made)["weight"].tolist()[:3] == [1.204, 0.844, 2.0]


def test_a_comma_that_may_stand_before_thousands_is_refused_until_the_codebook_says(small):
    made = small(WEIGHT + OPEN, 'W,Z\n"1,204",a\n"3,844",b\n')
    with pytest.raises(SurveyError, match=r"2 texts .* say decimal_comma = true in \[file\]"):
        _coded(made)
    file = replace(made.codebook.file, decimal_comma=True)
    coded = answer_codes.code_replies(made.read_raw(), replace(made.codebook, file=file)).frame
    assert coded["weight"].tolist() == [1.204, 3.844]


@pytest.mark.parametrize("cells", [('"0,5"', "0.5"), ('"1.204,5"', '"0,5"')])
def test_a_column_of_points_and_commas_is_refused(small, cells):
    made = small(WEIGHT + OPEN, "W,Z\n" + "".join(f"{cell},a\n" for cell in cells))
    with pytest.raises(SurveyError, match="no answer of it"):
        _coded(made)


def test_decimal_commas_count_in_bands_and_numbers(small):
    questions = (
        '[[question]]\nid = "age"\nkind = "number"\ncolumn = "A"\nbands = [16, 25]\n'
        '[[question]]\nid = "n"\nkind = "number"\ncolumn = "N"\n'
        'missing = { dont_know = ["9"], not_asked = ["N/A"] }\n'
    )
    frame = _coded(small(questions + OPEN, 'A,N,Z\n"24,5","2,5",a\n25,9,b\n30,n/a,c\n'))
    assert frame["age"].tolist() == ["16_24", "25_over", "25_over"]
    assert frame["n"].tolist() == [2.5, "dont_know", "not_asked"]


def test_a_weight_that_is_missing_keeps_its_kind(small):
    questions = WEIGHT + 'missing = { not_asked = ["-1"] }\n'
    frame = _coded(small(questions + OPEN, "W,Z\n1.5,a\n-1,b\n,c\n"))
    assert frame["weight"].tolist()[:2] == [1.5, "not_asked"]

"""An export that is cut into parts is cleaned as if it were whole."""

import numpy as np
import pandas as pd
import pytest

from analysis import survey
from analysis.cleaning import clean
from analysis.cleaning.replies import clean_part, commas_of, join
from analysis.errors import SurveyError

#: Where exports are cut: into halves, off the first reply, into many, with empty parts.
CUTS = ([600], [1], [100 * place for place in range(1, 12)], [0, 5, 5, 1199])

SERIAL = ('[[question]]\nid = "comment"',
          '[[question]]\nid = "serial"\nrole = "respondent"\nkind = "text"\n'
          'columns = ["Week", "Serial"]\n[[question]]\nid = "comment"')  # fmt: skip
WEIGHT = ('[[question]]\nid = "comment"',
          '[[question]]\nid = "w"\nrole = "weight"\nkind = "weight"\ncolumn = "W"\n'
          '[[question]]\nid = "comment"')  # fmt: skip
PLACE = ('id = "connection"', 'id = "place"\nkind = "text"\ncolumn = "Where?"\n[[question]]\n'
         'id = "connection"')  # fmt: skip
HEADER = "Start,End,Live or work here?,Made contact?,Used?,Prefer?,Anything else?"


def _parts(raw, cuts):
    ends = [*(each for each in cuts if each < len(raw)), len(raw)]
    parts = [raw.iloc[a:b].reset_index(drop=True) for a, b in zip([0, *ends], ends, strict=False)]
    return [part.assign(raw_row=range(1, len(part) + 1)) for part in parts]


def _joined(raw, codebook, cuts):
    parts = [clean_part(part, codebook) for part in _parts(raw, cuts)]
    commas = commas_of(parts)
    again = [
        part if part.commas == commas else clean_part(rows, codebook, commas)
        for part, rows in zip(parts, _parts(raw, cuts), strict=True)
    ]
    return join([part.sealed() for part in again], codebook)


def _assert_equal(one, other):
    pd.testing.assert_frame_equal(one.responses, other.responses)
    assert one.ledger.steps == other.ledger.steps
    pd.testing.assert_frame_equal(one.ledger.excluded, other.ledger.excluded)
    assert one.noted == other.noted
    if one.doubles:
        assert one.doubles.by_chance == other.doubles.by_chance


@pytest.mark.parametrize("cuts", CUTS)
def test_the_default_survey_is_the_same_however_it_is_cut(cuts):
    herts = survey.load("herts_2023")
    raw = herts.read_raw()
    whole = clean(raw, herts.codebook)
    assert whole.doubles.rows.sum() == 18
    _assert_equal(_joined(raw, herts.codebook, cuts), whole)


def test_a_double_is_found_whose_first_reply_is_in_another_part(demo):
    reply = "03/10/2023 {0},03/10/2023 {0},{1},Lives,Yes,Website;,Website,{2}"
    rows = [reply.format("10:00:00", "Oxhey", "Fine by me")]
    rows += [reply.format(f"11:0{at}:00", f"Place {at}", f"Reply {at}") for at in range(5)]
    rows += [reply.format("10:20:00", "OXHEY", "fine  BY me")]
    header = HEADER.replace("Live or", "Where?,Live or")
    made = demo(rows, PLACE, header=header)
    raw = made.read_raw()
    found = _joined(raw, made.codebook, [3])
    assert found.ledger.excluded["raw_row"].tolist() == [7]
    _assert_equal(found, clean(raw, made.codebook))


def test_respondents_are_found_in_all_parts(demo):
    reply = "03/10/2023 10:0{0}:00,03/10/2023 10:0{0}:00,Lives,Yes,Website;,Website,Fine,{1},{2}"
    rows = [reply.format(at, week, "7") for at, week in enumerate([1, 2, 1, 3])]
    last = ("double_within_minutes = 60", "last_reply_counts = true")
    made = demo(rows, SERIAL, last, header=f"{HEADER},Week,Serial")
    raw = made.read_raw()
    assert clean(raw, made.codebook).ledger.excluded["raw_row"].tolist() == [1]
    _assert_equal(_joined(raw, made.codebook, [2]), clean(raw, made.codebook))


def test_commas_are_told_from_all_parts(demo):
    reply = "03/10/2023 10:0{0}:00,03/10/2023 10:0{0}:00,Lives,Yes,Website;,Website,Reply {0},{1}"
    weights = ['"1,204"', '"0,5"', '"2,250"']
    rows = [reply.format(at, weight) for at, weight in enumerate(weights)]
    made = demo(rows, WEIGHT, header=f"{HEADER},W")
    raw = made.read_raw()
    found = _joined(raw, made.codebook, [1, 2])
    assert found.responses["weight"].tolist() == [1.204, 0.5, 2.25]
    _assert_equal(found, clean(raw, made.codebook))


def test_contradictions_are_said_as_of_the_whole(demo):
    reply = "03/10/2023 10:0{0}:00,03/10/2023 10:0{0}:00,Lives,Yes,Website;,{1},Reply {0}"
    said = ["Pigeon post", "Website", "Pigeon post", "Telegram", "Pigeon post"]
    made = demo([reply.format(at, text) for at, text in enumerate(said)], header=HEADER)
    raw, messages = made.read_raw(), []
    for cut in (lambda: clean(raw, made.codebook), lambda: _joined(raw, made.codebook, [2, 3])):
        with pytest.raises(SurveyError) as error:
            cut()
        messages.append(str(error.value))
    assert messages[0] == messages[1]
    assert "(3 rows)" in messages[0]
    assert "in row 4 of the replies" in messages[0]


def test_replies_in_another_order_are_the_same_however_they_are_cut():
    rng = np.random.default_rng(1)
    herts = survey.load("herts_2023")
    raw = herts.read_raw()
    order = rng.permutation(len(raw))
    mixed = raw.iloc[order].reset_index(drop=True).assign(raw_row=range(1, len(raw) + 1))
    _assert_equal(_joined(mixed, herts.codebook, [1, 2, 3, 700]), clean(mixed, herts.codebook))

"""Replies sent again: told by an id, or by answers that two people would hardly share."""

import copy

import numpy as np
import pandas as pd
import pytest

from analysis import cleaning, survey
from analysis.cleaning import same_replies
from analysis.errors import SurveyError
from analysis.survey.wording import tidy
from analysis.synthetic import simulation

PLACE = ('id = "connection"', 'id = "place"\nkind = "text"\ncolumn = "Where?"\n[[question]]\n'
         'id = "connection"')  # fmt: skip
HEADER = "Start,End,Where?,Live or work here?,Made contact?,Used?,Prefer?,Anything else?"
RESPONDENT = 'id = "who"\nrole = "respondent"\nkind = "text"\n{}\n[[question]]\nid = "comment"'
LAST_COUNTS = ("double_within_minutes = 60", "last_reply_counts = true")


def _reply(end="10:05:00", rest="Oxhey,Lives,Yes,Website;,Website,Fine", day="03/10/2023"):
    return f"{day} {end},{day} {end},{rest}"


def _doubles(demo, rows, *changes):
    made = demo(rows, PLACE, *changes, header=HEADER)
    excluded = cleaning.clean(made.read_raw(), made.codebook).ledger.excluded
    assert set(excluded["step"]) <= {"double"}
    return excluded["raw_row"].tolist()


def _known(demo, rows, *changes, columns='column = "Serial"'):
    """Clean replies with two more columns, Week and Serial; some of them make the id."""
    change = ('id = "comment"', RESPONDENT.format(columns))
    ignored = ('name = "replies.csv"', 'name = "replies.csv"\nignore_other_columns = true')
    made = demo(rows, PLACE, change, ignored, *changes, header=f"{HEADER},Week,Serial")
    return cleaning.clean(made.read_raw(), made.codebook)


# ---- Told by the answers -----------------------------------------------------------------------


def test_of_two_equal_replies_within_the_hour_the_first_stays(demo):
    assert _doubles(demo, [_reply(), _reply("10:40:00")]) == [2]


def test_equal_replies_two_hours_apart_are_two_people(demo):
    assert _doubles(demo, [_reply(), _reply("12:40:00")]) == []


def test_a_broken_off_reply_gives_way_to_its_complete_repetition(demo):
    rows = [_reply(rest="Oxhey,Lives,Yes,Website;,,"), _reply("10:20:00")]
    assert _doubles(demo, rows) == [1]


def test_a_broken_off_reply_never_makes_two_that_disagree_one_person(demo):
    rows = [
        _reply(rest="Oxhey,Lives,Yes,Website;,,"),
        _reply("10:10:00"),
        _reply("10:15:00", rest="Oxhey,Lives,Yes,Website;,By telephone,b"),
    ]
    assert _doubles(demo, rows) == [1]


def test_a_reply_that_skipped_a_question_which_another_answered_is_another_person(demo):
    rows = [_reply(), _reply("10:20:00", rest="Oxhey,,Yes,Website;,Website,Fine")]
    assert _doubles(demo, rows) == []


def test_a_reply_that_shares_too_little_is_another_person(demo):
    rows = [_reply(rest=",Lives,,,,"), _reply("10:10:00", rest=",Lives,Yes,Website;,Website,a")]
    assert _doubles(demo, rows, ('abandoned_without = ["used", "preferred"]\n', "")) == []


def test_an_answer_that_is_a_number_tells_two_people_apart(demo):
    age = ('kind = "text"\ncolumn = "Where?"', 'kind = "number"\ncolumn = "Where?"')
    one, two = ("44,Lives,Yes,Website;,Website,Fine", "45,Lives,Yes,Website;,Website,Fine")
    assert _doubles(demo, [_reply(rest=one), _reply("10:20:00", rest=two)], age) == []
    assert _doubles(demo, [_reply(rest=one), _reply("10:20:00", rest=one)], age) == [2]


def test_answers_that_most_people_give_make_nobody_a_double(demo):
    rows = [
        _reply(f"{hour}:{minute}:00", rest=",Lives,Yes,Website;,Website,", day=f"{day}/10/2023")
        for day in range(4, 14)
        for hour in (10, 14)
        for minute in (10, 30)
    ]
    assert _doubles(demo, rows) == []


def test_one_reply_sent_twice_is_found_among_many_that_people_copied(demo):
    days = [f"{day:02}/10/2023" for day in range(3, 14)]
    copied = [_reply(end, rest=",Lives,Yes,Website;,Website,Save the counter in Oxhey", day=day)
              for day in days for end in ("10:00:00", "10:20:00")]  # fmt: skip
    own = [_reply("18:00:00", rest=",Lives,Yes,Website;,Website,My own words"),
           _reply("18:10:00", rest=",Lives,Yes,Website;,Website,My own words")]  # fmt: skip
    assert _doubles(demo, [*copied, *own]) == [24]


@pytest.mark.parametrize("lacking", ["start", "end", "both", "every end"])
def test_a_time_that_is_missing_makes_no_double_and_stops_nothing(demo, lacking):
    at = "03/10/2023 10:05:00"
    blank = {"start": f",{at}", "end": f"{at},", "both": ",", "every end": f"{at},"}[lacking]
    rest = "Oxhey,Lives,Yes,Website;,Website,Fine"
    first = f"{blank},{rest}" if lacking == "every end" else f"{at},{at},{rest}"
    made = demo([first, f"{blank},{rest}"], PLACE, header=HEADER)
    cleaned = cleaning.clean(made.read_raw(), made.codebook)
    assert cleaned.ledger.excluded["raw_row"].tolist() == ([2] if lacking == "start" else [])
    flags = cleaned.responses["flag_speeder"].tolist()
    assert not any(flags[1:])
    assert cleaned.responses["submitted"].isna().sum() == {"start": 0, "every end": 2}.get(
        lacking, 1
    )


@pytest.fixture(scope="module")
def crowd():
    """Return 8,000 replies of the simulator, 0.7 % of them sent twice, and what was planted."""
    parameters = copy.deepcopy(simulation.default_parameters())
    parameters["replies"]["kept"] = 8000
    parameters["dirt"]["double"] |= {"identical": 44, "broken_off": 12}
    codebook = survey.load("herts_2023").codebook
    made = simulation.simulate(codebook, parameters, rng=np.random.default_rng(3))
    raw = made.raw.rename(columns=tidy)
    raw.insert(0, "raw_row", range(1, len(raw) + 1))
    return cleaning.clean(raw, codebook), set(
        made.dirt.loc[made.dirt["kind"] == "double", "raw_row"]
    )


def test_of_thousands_of_replies_those_sent_twice_are_found_and_hardly_any_other(crowd):
    cleaned, planted = crowd
    excluded = cleaned.ledger.excluded
    found = set(excluded.loc[excluded["step"] == "double", "raw_row"])
    assert len(found & planted) >= 0.95 * len(planted)
    assert len(found - planted) <= same_replies.CHANCE_ALLOWED * len(found)
    assert 0 < cleaned.doubles.by_chance <= same_replies.CHANCE_ALLOWED * len(found)


def test_replies_of_independent_people_are_no_doubles_however_many():
    rng = np.random.default_rng(11)
    n, columns = 6000, [f"q{i}" for i in range(5)]
    answers = pd.DataFrame(rng.integers(1, 5, (n, 5)), columns=columns)
    moments = pd.Series(
        pd.Timestamp("2023-10-03") + pd.to_timedelta(rng.integers(0, 10**6, n), "s")
    )
    same = same_replies.find_same(
        answers,
        moments,
        pd.Series(range(n)),
        within=pd.Timedelta(hours=1),
        choices=dict.fromkeys(columns, 4),
    )
    assert same.beside == {}


# ---- Told by an id -----------------------------------------------------------------------------


def test_week_and_serial_together_name_a_person(demo):
    rows = [f"{_reply()},1,1", f"{_reply('11:00:00', 'Bushey,Lives,Yes,Website;,Website,x')},2,1"]
    cleaned = _known(demo, rows, columns='columns = ["Week", "Serial"]')
    assert len(cleaned.responses) == 2
    assert cleaned.responses["respondent"].tolist() == ["answered", "answered"]


def test_serial_numbers_that_start_again_each_week_take_nobody_out(demo):
    rows = [
        f"{_reply(rest=f'Place {week} {serial},Lives,No,,Website,')},{week},{serial}"
        for week in (1, 2, 3)
        for serial in range(80)
    ]
    cleaned = _known(demo, rows, columns='columns = ["Week", "Serial"]')
    assert len(cleaned.responses) == 240
    with pytest.raises(
        SurveyError, match="80 ids stand in 240 replies whose answers differ, in 1 "
    ):
        _known(demo, rows)


def test_the_same_id_with_other_answers_is_a_contradiction_that_counts_and_names_nobody(demo):
    rows = [
        f"{_reply()},1,ada@example.org",
        f"{_reply('11:00:00', 'Bushey,Lives,Yes,Website;,Website,x')},2,ADA@example.org",
        f"{_reply('12:00:00')},1,bob@example.org",
    ]
    with pytest.raises(
        SurveyError, match=r"1 id stands in 2 replies .* in 2 of 6 columns"
    ) as error:
        _known(demo, rows)
    assert 'columns = ["Serial", ...]' in str(error.value)
    assert "last_reply_counts = true" in str(error.value)
    assert "example" not in str(error.value)


def test_the_same_id_with_the_same_answers_counts_once_however_far_apart(demo):
    rows = [f"{_reply()},1,1", f"{_reply('20:00:00')},2,1", f"{_reply('20:05:00')},2,2"]
    cleaned = _known(demo, rows)
    assert cleaned.ledger.excluded["raw_row"].tolist() == [2]


def test_the_same_id_whose_first_reply_broke_off_counts_once_and_whole(demo):
    rows = [f"{_reply(rest='Oxhey,Lives,Yes,Website;,,')},1,1", f"{_reply('20:00:00')},2,1"]
    assert _known(demo, rows).ledger.excluded["raw_row"].tolist() == [1]


def test_the_last_reply_of_an_id_counts_if_the_codebook_says_so(demo):
    later = _reply("11:00:00", "Bushey,Lives,Yes,Website;,By telephone,x")
    timeless = f",,{later.split(',', 2)[2]}"
    rows = [f"{later},1,1", f"{_reply('10:00:00')},1,1", f"{timeless},1,1"]
    cleaned = _known(demo, rows, LAST_COUNTS)
    assert cleaned.ledger.excluded["raw_row"].tolist() == [2, 3]
    assert cleaned.ledger.steps[-1].reason.endswith("the last one stays")


def test_replies_without_an_id_are_different_people(demo):
    rows = [f"{_reply()},1,", f"{_reply('10:10:00')},1,", f"{_reply('10:20:00')},,1"]
    assert len(_known(demo, rows, columns='columns = ["Week", "Serial"]').responses) == 3


def test_an_id_that_everybody_has_is_refused_without_repeating_it(demo):
    rows = [f"{_reply(f'1{hour}:05:00')},1,anonymous" for hour in range(7)]
    with pytest.raises(SurveyError, match="7 replies have the same id") as error:
        _known(demo, rows)
    assert "anonymous" not in str(error.value)


def test_an_id_is_no_answer(demo):
    cleaned = _known(demo, [f"{_reply()},1,1", "03/10/2023 12:00:00,,,,,,,,1,test"])
    assert cleaned.ledger.excluded[["raw_row", "step"]].values.tolist() == [[2, "blank"]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('column = "Where?"', 'columns = ["Where?", "Used?"]'), "'place': columns, which only an"),
        (('column = "Where?"', 'column = "a"\ncolumns = ["a"]'), "column and columns; keep one"),
        (LAST_COUNTS, "last_reply_counts: no question has the role 'respondent'"),
        (('id = "place"\nkind = "text"', 'id = "place"\nrole = "respondent"\nkind = "number"'),
         "kind 'number' of an id; write 'text'"),
    ],
)  # fmt: skip
def test_a_contradiction_about_ids_is_refused_by_name(demo, change, message):
    with pytest.raises(SurveyError, match=message):
        demo(None, PLACE, change, header=HEADER)


# ---- Several waves -----------------------------------------------------------------------------

WAVES = ('id = "comment"', 'id = "wave"\nkind = "single"\ncolumn = "Week"\nanswers = ['
         '{ code = "may", label = "1" }, { code = "june", label = "2" }]\n[[question]]\n'
         'id = "comment"')  # fmt: skip


def test_equal_replies_of_two_waves_are_no_doubles_and_those_of_one_are(demo):
    rows = [f"{_reply(end)},{week},{at}" for at, (end, week) in enumerate(
        [("10:05:00", 1), ("10:10:00", 2), ("10:15:00", 1), ("10:20:00", 2)])]  # fmt: skip
    ignored = ('name = "replies.csv"', 'name = "replies.csv"\nignore_other_columns = true')
    made = demo(rows, PLACE, WAVES, ignored, header=f"{HEADER},Week,Serial")
    excluded = cleaning.clean(made.read_raw(), made.codebook).ledger.excluded
    assert excluded["raw_row"].tolist() == [3, 4]


def test_a_broken_off_reply_gives_way_within_its_wave_though_the_wave_stands_last(demo):
    rows = [f"{_reply(rest='Oxhey,Lives,Yes,Website;,,')},1,1", f"{_reply('10:20:00')},1,2",
            f"{_reply('10:30:00', rest='Oxhey,Lives,Yes,Website;,,')},2,3"]  # fmt: skip
    ignored = ('name = "replies.csv"', 'name = "replies.csv"\nignore_other_columns = true')
    made = demo(rows, PLACE, WAVES, ignored, header=f"{HEADER},Week,Serial")
    excluded = cleaning.clean(made.read_raw(), made.codebook).ledger.excluded
    assert excluded["raw_row"].tolist() == [1]


def test_a_panel_member_who_answers_again_stays_in_each_wave(demo):
    other = "Watford,Lives,Yes,By telephone;,By telephone,Slow"
    rows = [f"{_reply()},1,7", f"{_reply('11:00:00', rest=other)},2,7", f"{_reply()},1,7"]
    cleaned = _known(demo, rows, WAVES)
    assert cleaned.ledger.excluded["raw_row"].tolist() == [3]
    assert cleaned.responses["wave"].tolist() == ["may", "june"]


def test_one_id_in_replies_that_differ_is_refused_with_the_role_wave_as_a_way_out(demo):
    other = "Watford,Lives,Yes,By telephone;,By telephone,Slow"
    rows = [f"{_reply()},1,7", f"{_reply('11:00:00', rest=other)},2,7"]
    with pytest.raises(SurveyError, match="or give the question that tells the wave the role wav"):
        _known(demo, rows)

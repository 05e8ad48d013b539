"""Each step of the cleaning on a small survey, and the dirt planted in the default one."""

import pandas as pd
import pytest

from analysis import cleaning, paths, survey
from analysis.survey.exclusions import Ledger, exclude
from analysis.synthetic import simulation

EXCLUSIONS = ["blank", "test", "late", "no_connection", "abandoned", "double"]
FLAGS = {"speeder": "speeder", "straight_line": "straight_liner", "contradiction": "contradiction"}


def _reply(
    start="10:00:00", end="10:05:00", day="03/10/2023", rest="Lives,Yes,Website;,Website,Fine"
):
    return f"{day} {start},{day} {end},{rest}"


def _excluded(demo, rows, *changes):
    made = demo(rows, *changes)
    ledger = cleaning.clean(made.read_raw(), made.codebook).ledger
    return dict(ledger.excluded[["raw_row", "step"]].itertuples(index=False))


# ---- One step at a time ------------------------------------------------------------------------


def test_a_row_without_any_answer_is_blank(demo):
    assert _excluded(demo, [_reply(), _reply(rest=",-,,n/a,")]) == {2: "blank"}


@pytest.mark.parametrize("text", ["test", " TEST ", "Test."])
def test_an_open_answer_that_is_a_test_text_marks_a_trial(demo, text):
    rows = [_reply(rest=f"Lives,Yes,Website;,Website,{text}")]
    assert _excluded(demo, rows) == {1: "test"}


def test_the_word_test_inside_a_sentence_is_no_trial(demo):
    assert not _excluded(demo, [_reply(rest="Lives,Yes,Website;,Website,Do test the line")])


def test_a_reply_before_the_opening_is_a_trial(demo):
    assert _excluded(demo, [_reply(day="01/10/2023")]) == {1: "test"}


def test_the_last_second_of_the_closing_day_counts_and_the_next_does_not(demo):
    in_time = _reply(start="23:50:00", end="23:59:59", day="15/10/2023")
    late = _reply(start="00:00:00", end="00:00:00", day="16/10/2023", rest="Lives,No,,Website,")
    assert _excluded(demo, [in_time, late]) == {2: "late"}


def test_people_without_a_tie_leave_and_people_who_did_not_say_stay(demo):
    rows = [
        _reply(rest="Neither,Yes,Website;,Website,a"),
        _reply(start="12:00:00", end="12:05:00", rest=",Yes,Website;,By telephone,b"),
    ]
    assert _excluded(demo, rows) == {1: "no_connection"}


def test_a_reply_without_any_answer_on_contact_is_abandoned(demo):
    assert _excluded(demo, [_reply(rest="Lives,Yes,,,")]) == {1: "abandoned"}


def test_dont_know_is_an_answer_and_not_abandoned(demo):
    assert not _excluded(demo, [_reply(rest="Lives,Yes,,Don't know,")])


def test_times_with_an_offset_are_brought_to_the_surveys_clock(demo):
    rows = ["2023-10-15T22:00:00Z,2023-10-15T23:30:00Z,Lives,Yes,Website;,Website,a"]
    assert _excluded(demo, rows, ('datetime_format = "%d/%m/%Y %H:%M:%S"\n', "")) == {1: "late"}


def test_a_row_leaves_at_the_first_step_that_fits(demo):
    late_and_without_tie = _reply(day="20/10/2023", rest="Neither,Yes,Website;,Website,a")
    assert _excluded(demo, [_reply(), late_and_without_tie]) == {2: "late"}


def test_raw_is_not_changed_and_every_kept_row_knows_its_raw_row(demo):
    made = demo([_reply(), _reply(rest=",,,,"), _reply(end="20:00:00")])
    raw = made.read_raw()
    before, digest = raw.copy(deep=True), made.raw_sha256()
    responses = cleaning.clean(raw, made.codebook).responses
    pd.testing.assert_frame_equal(raw, before)
    assert made.raw_sha256() == digest
    assert responses["raw_row"].tolist() == [1, 3]


def test_a_fast_reply_is_flagged_and_stays(demo):
    made = demo([_reply(end="10:00:59"), _reply(start="15:00:00", end="15:01:00")])
    cleaned = cleaning.clean(made.read_raw(), made.codebook)
    assert cleaned.responses["flag_speeder"].tolist() == [True, False]


# ---- The ledger --------------------------------------------------------------------------------


def test_a_ledger_that_does_not_reconcile_raises():
    frame = pd.DataFrame({"raw_row": [1, 2, 3]})
    kept, ledger = exclude(
        frame, Ledger(rows_in=3), frame["raw_row"] == 2, step="two", reason="it is two"
    )
    ledger.reconcile(len(kept))
    with pytest.raises(ValueError, match="3 rows in, but 1 kept \\+ 1 excluded"):
        ledger.reconcile(len(kept) - 1)


# ---- The dirt of the default survey ------------------------------------------------------------


@pytest.fixture(scope="module")
def default():
    """Return what was planted and what the cleaning made of the committed file."""
    herts = survey.load("herts_2023")
    return simulation.default("herts_2023"), cleaning.clean(herts.read_raw(), herts.codebook)


def _recall_and_precision(planted: set, found: set) -> tuple[float, float]:
    hits = len(planted & found)
    return hits / len(planted), hits / len(found)


@pytest.mark.parametrize("kind", EXCLUSIONS)
def test_every_planted_exclusion_is_found_and_nobody_else_leaves(default, kind):
    made, cleaned = default
    planted = set(made.dirt.loc[made.dirt["kind"] == kind, "raw_row"])
    excluded = cleaned.ledger.excluded
    found = set(excluded.loc[excluded["step"] == kind, "raw_row"])
    assert _recall_and_precision(planted, found) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("kind", "precision"), [("speeder", 1.0), ("straight_line", 0.7), ("contradiction", 0.9)]
)
def test_every_planted_doubt_is_flagged(default, kind, precision):
    made, cleaned = default
    planted = set(made.dirt.loc[made.dirt["kind"] == kind, "raw_row"])
    responses = cleaned.responses
    found = set(responses.loc[responses[f"flag_{FLAGS[kind]}"], "raw_row"])
    recall, exact = _recall_and_precision(planted, found)
    assert recall == 1.0
    assert exact > precision or exact == 1.0


@pytest.mark.parametrize("role", ["used_last", "preferred", "district", "age", "satisfaction"])
def test_answers_that_are_clean_in_truth_survive_the_dirt(default, role):
    made, cleaned = default
    truth = made.truth.set_index("raw_row")[role]
    coded = cleaned.responses.set_index("raw_row")[role]
    misled = set(made.dirt.loc[made.dirt["kind"].isin(["straight_line", "other_text"]), "raw_row"])
    answered = coded[~coded.isin(["not_asked", "dont_know", "no_answer"])]
    answered = answered[~answered.index.isin(misled)]
    assert len(answered) > 600
    assert (answered == truth.loc[answered.index]).all()


def _reads_as_meant(cell, made, responses: pd.DataFrame, question) -> bool:
    """Tell whether a dirty cell was coded as what it plainly says."""
    raw = made.raw.loc[cell.raw_row - 1, question.column]
    plain = raw.replace("\u00a0", " ").replace("\u2019", "'").casefold()
    said = {" ".join(part.split()) for part in plain.split(";")} - {""}
    known = {answer.text.casefold(): answer.code for answer in question.answers}
    for kind, texts in question.missing.items():
        known |= {text.casefold(): kind for text in texts}
    meant = {known[part] for part in said}
    columns = _columns(question.role, responses)
    got = responses.loc[cell.raw_row, columns]
    if len(columns) == 1 or got.iloc[0] not in ("0", "1"):
        return {got.iloc[0]} == meant
    return {c.removeprefix(f"{question.role}__") for c in columns if got[c] == "1"} == meant


def _dirt_table(made, cleaned) -> dict[str, tuple]:
    """Count, by kind of dirt, what was planted, found, and found wrongly."""
    responses = cleaned.responses.set_index("raw_row")
    excluded, codebook = cleaned.ledger.excluded, survey.load("herts_2023").codebook
    table = {}
    for kind, rows in made.dirt.groupby("kind", sort=False):
        planted, cells = set(rows["raw_row"]), list(rows.itertuples())
        wrong = 0
        if kind in EXCLUSIONS:
            marked = set(excluded.loc[excluded["step"] == kind, "raw_row"])
            found, wrong = len(marked & planted), len(marked - planted)
        elif kind in FLAGS:
            marked = set(responses.index[responses[f"flag_{FLAGS[kind]}"]])
            found, wrong = len(marked & planted), len(marked - planted)
        elif kind == "other_text":
            found, wrong = _recoded(cells, responses)
        elif kind == "written_missing":
            first = [responses.loc[c.raw_row, _columns(c.detail, responses)[0]] for c in cells]
            found = sum(value in ("no_answer", "not_asked") for value in first)
        elif kind in ("stray_space", "nbsp", "case", "curly_quote"):
            questions = [codebook.question(cell.detail) for cell in cells]
            read = [
                _reads_as_meant(cell, made, responses, question)
                for cell, question in zip(cells, questions, strict=True)
            ]
            found, wrong = sum(read), len(read) - sum(read)
        else:
            continue
        table[kind] = (len(cells), found, wrong)
    return table


def _columns(role: str, responses: pd.DataFrame) -> list[str]:
    return [column for column in responses if column == role or column.startswith(f"{role}__")]


def _recoded(cells: list, responses: pd.DataFrame) -> tuple[int, int]:
    found = wrong = 0
    for cell in cells:
        role, code = cell.detail.split("=")
        if role == "used":
            found += responses.loc[cell.raw_row, f"used__{code}"] == "1"
        else:
            found += responses.loc[cell.raw_row, role] == code
            wrong += responses.loc[cell.raw_row, role] not in (code, "other")
    return int(found), int(wrong)


def test_texts_behind_other_are_brought_back_to_their_channel_and_to_no_other(default):
    planted, found, wrong = _dirt_table(*default)["other_text"]
    assert found / planted > 0.8
    assert wrong == 0


@pytest.mark.parametrize("kind", ["stray_space", "nbsp", "case", "curly_quote", "written_missing"])
def test_every_trace_of_typing_is_read_as_it_was_meant(default, kind):
    planted, found, wrong = _dirt_table(*default)[kind]
    assert (found, wrong) == (planted, 0)


def test_the_readme_of_the_survey_states_what_was_planted_and_found(default):
    readme = (paths.RAW / "herts_2023" / "README.md").read_text("utf-8")
    for kind, (planted, found, wrong) in _dirt_table(*default).items():
        assert f"| {kind} | {planted} | {found} | {wrong} |" in readme

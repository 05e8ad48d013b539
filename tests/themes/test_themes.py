"""Open answers are coded by the rules of the codebook, measured, and never shown."""

import dataclasses
import json
import re

import numpy as np
import pandas as pd
import pytest

from analysis import paths, survey
from analysis.chapters.changes_wanted import groups as theme_tables
from analysis.survey.phrases import pattern
from analysis.synthetic import simulation
from analysis.themes import (
    agreement,
    answers,
    known_truth,
    plain_words,
    theme_codes,
    uncoded_words,
)
from analysis.validation import themes_page

HELD_OUT = paths.ROOT / "tests" / "held_out_phrases.toml"

#: What falls below 85% on sentences that the rules were not tuned on, of one question alone.
KNOWN_BELOW = {
    ("change_why", "callback_updates"), ("change_why", "named_officer"),
    ("change_why", "access_needs"), ("change_why", "nothing"),
}  # fmt: skip

OPEN = """
[[question]]
id = "comment"
column = "Anything else?"
kind = "text"
"""

RULES = """
[theme_rules]
words = ["office"]
[theme_rules.variants]
101 = ["one o one"]
[theme_rules.sets]
officer = ["officer*", "bobby"]
[[theme]]
code = "wait"
label = "Waiting"
description = "Takes long."
phrases = ["wait*", "answer* ... 101"]
exclude = ["wait* ... bus"]
[[theme]]
code = "patrol"
label = "Patrols"
description = "Seen about."
phrases = ["patrol*", "see|saw ... {officer}", "(out and about|on foot)"]
only = { comment = ["safe*"] }
weak = ["street*"]
"""


@pytest.fixture
def ruled(demo):
    """Load the small survey with two themes; `ruled(("old", "new"))` changes the rules."""

    def write(*changes: tuple[str, str], rows=None, load=True):
        rules = RULES
        for old, new in changes:
            assert old in rules, old
            rules = rules.replace(old, new, 1)
        made = demo(rows, load=False)
        path = paths.RAW / "demo" / "codebook.toml"
        path.write_text(path.read_text("utf-8") + rules, encoding="utf-8")
        return survey.load("demo") if load else made

    return write


def _codes(made, *texts, role="comment"):
    found = theme_codes.code_themes(pd.Series(texts), made.codebook, role=role).indicators
    return [[label for label in found if row[label]] for _, row in found.iterrows()]


@pytest.fixture(scope="module")
def default():
    return survey.load("herts_2023")


# ---- Phrases -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("I waited for ages!", ["Waiting"]),
        ("ANSWER your calls to one-o-one", ["Waiting"]),
        ("Answer the door. 101 is my house", []),
        ("answer now, whoever it is that sits there with nothing to do, 101", []),
        ("I saw a bobby", ["Patrols"]),
        ("officers out and about; no waiting", ["Waiting", "Patrols"]),
        ("<b>patrolling</b> <script>wait()</script>", ["Patrols"]),
        ("see https://example.org/patrols", []),
        ("the street", ["Patrols"]),
        ("I wait in the street", ["Waiting"]),
        ("Waiting for a bus", []),
        ("waiting for a bus and waiting for you", ["Waiting"]),
        ("", []),
    ],
)
def test_an_answer_has_the_themes_whose_phrases_stand_in_it(ruled, text, themes):
    assert _codes(ruled(), text) == [themes]


def test_a_phrase_for_one_question_does_not_count_in_another(ruled):
    made = ruled()
    assert _codes(made, "I feel safe") == [["Patrols"]]
    assert _codes(made, "I feel safe", role="other") == [[]]


@pytest.mark.parametrize("slip", ["oficer", "offficer", "offcier"])
def test_a_slip_of_one_letter_is_read_as_the_word_meant(ruled, slip):
    assert _codes(ruled(), f"we saw an {slip}") == [["Patrols"]]


@pytest.mark.parametrize("word", ["office", "petrol", "ofcer"])
def test_a_word_of_its_own_is_no_slip(ruled, word):
    assert _codes(ruled(), f"we saw the {word}") == [[]]


def test_no_phrases_match_nothing():
    assert pattern([], {}).search(" anything ") is None


def test_one_slip_is_symmetric_and_needs_a_difference():
    for one, two in (("station", "staion"), ("counter", "countre"), ("queue", "queues")):
        assert plain_words.one_slip(one, two)
        assert plain_words.one_slip(two, one)
    assert not plain_words.one_slip("station", "station")
    assert not plain_words.one_slip("waiting", "wasting")


PRAISE = """
says_nothing = ["do not know", "no idea"]
stop_words = ["i", "really", "sorry"]
wishes = ["but", "more", "should"]
joins = ["and"]
[theme_rules.variants]
"""

CONTENT = """
[[theme]]
code = "content"
label = "Content"
description = "Well as it is."
phrases = ["change nothing"]
praise = ["no problem* with", "nothing wrong with", "is excellent|great|fine"]
exclude = ["is great if"]
[[theme]]
code = "patrol"
"""


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("no problem with patrols", ["Content"]),
        ("the patrol is excellent", ["Content"]),
        ("waiting is fine. Patrols in my street", ["Content", "Patrols"]),
        ("waiting is fine and we saw no patrols", ["Content", "Patrols"]),
        ("the patrol is great but more of them", ["Content", "Patrols"]),
        ("patrols should be seen, what is there is excellent", ["Content", "Patrols"]),
        ("it is great if you patrol", ["Patrols"]),
        ("change nothing patrols", ["Content", "Patrols"]),
        ("Don't know", []),
        ("sorry, I really do not know!", []),
        ("do not know the street", ["Patrols"]),
        ("no idea, patrols", ["Patrols"]),
    ],
)
def test_praise_of_a_service_is_no_wish_to_change_it(ruled, text, themes):
    made = ruled(
        ("[theme_rules.variants]\n", PRAISE + '"do not" = ["dont"]\n'),
        ('[[theme]]\ncode = "patrol"\n', CONTENT),
        ('weak = ["street*"]', 'weak = ["street*", "know"]'),
    )
    assert sorted(_codes(made, text)[0]) == themes


@pytest.mark.parametrize(
    "text",
    ["no problem with 101", "the 101 service is excellent", "The front counter is great!",
     "I have no complaints about 101", "nothing wrong with the online form"],
)  # fmt: skip
def test_praise_in_the_default_survey_is_nothing_to_change(default, text):
    assert _codes(default, text, role="change") == [["Nothing to change"]]


@pytest.mark.parametrize("text", ["Don't know", "dont know", "I don’t know, sorry", "no idea"])
def test_who_does_not_know_has_no_theme_in_the_default_survey(default, text):
    assert _codes(default, text, role="change") == _codes(default, text, role="change_why") == [[]]


# ---- The codebook is strict --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('code = "patrol"', 'code = "wait"'), "code 'wait' stands 2 times"),
        (('label = "Patrols"', 'label = "Waiting"'), "label 'Waiting' stands 2 times"),
        (('code = "patrol"', 'code = "Patrol 1"'), "use a-z, 0-9 and _ alone"),
        (('weak = ["street*"]', 'strong = ["street*"]'), "unknown key 'strong'"),
        (('phrases = ["wait*", "answer* ... 101"]', "phrases = []"), "no phrases"),
        (('"wait*",', '"",'), "phrase '' is empty"),
        (('"wait*",', '"wa*it",'), "'wa*it' is no word or stem"),
        (('"wait*",', '"wa*",'), "a stem ends in * after 3 letters or more"),
        (('"wait*",', '"Wait",'), "'Wait' is no word or stem"),
        (('words = ["office"]', 'wishes = ["... more"]'), "wishes: phrase '... more': a gap"),
        (('"wait*",', '"... wait",'), "a gap ... stands between two words"),
        (('"wait*",', '"see {bird}",'), "no set 'bird'"),
        (('"wait*",', '"patrol*",'), "stands in themes wait, patrol; keep it in one"),
        (('"wait*",', '"wait*", "wait*",'), "phrase 'wait*' stands 2 times"),
        (('"wait*",', '"ring one o one",'), "'one o one' is read as '101'; write that"),
        (("only = { comment", "only = { used"), "no question of kind text has that role"),
        (('description = "Takes long."', 'description = " "'), "description is empty"),
        (('description = "Takes long."', ""), "no 'description'; add it"),
        (("officer = [", "unused = []\nofficer = ["), "set 'unused': no phrases"),
        (('101 = ["one o one"]', '101 = ["one-o-one"]'), "without marks"),
        (('101 = ["one o one"]', '101 = ["x x"]\n102 = ["x x"]'), "'x x' stands twice"),
    ],
)
def test_a_codebook_with_wrong_rules_is_refused_in_words(ruled, change, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        ruled(change)


def test_a_phrase_that_is_meant_for_two_themes_is_let_through(ruled):
    made = ruled(
        ('exclude = ["wait* ... bus"]', 'shared = ["both ways"]'),
        ('weak = ["street*"]', 'shared = ["both ways"]'),
    )
    assert _codes(made, "it goes both ways") == [["Waiting", "Patrols"]]


def test_rules_without_a_theme_are_refused(demo):
    with pytest.raises(ValueError, match=r"no \[\[theme\]\]; add one"):
        demo(None, ("[words]", '[theme_rules]\nwords = ["x"]\n\n[words]'))


def test_a_survey_without_themes_is_told_to_write_them(demo):
    with pytest.raises(ValueError, match=r"demo has no \[\[theme\]\]; write the themes"):
        theme_codes.code_themes(pd.Series(["a"]), demo().codebook, role="comment")


def test_a_phrase_added_to_the_codebook_changes_the_result_without_code(ruled):
    assert _codes(ruled(), "the pigeon post") == [[]]
    assert _codes(ruled(('"wait*",', '"wait*", "pigeon*",')), "the pigeon post") == [["Waiting"]]


def test_the_themes_of_the_default_survey_are_those_of_the_generator(default):
    base = simulation.default_parameters()["open"]["themes"]["base"]
    assert list(default.codebook.themes.labels) == list(base)


# ---- Known truth -------------------------------------------------------------------------------


def test_agreement_counts_by_hand():
    coded = pd.DataFrame({"a": [True] * 8 + [False] * 2, "b": [False] * 10})
    truth = pd.DataFrame({"a": [True] * 6 + [False] * 3 + [True], "b": [False] * 10})
    rows = agreement.compare_codes(coded, truth).set_index("level")
    assert rows.loc["a", ["precision", "recall"]].tolist() == [6 / 8, 6 / 7]
    assert rows.loc["a", "f1"] == pytest.approx(2 * 6 / (8 + 7))
    for name in ("precision", "recall", "f1"):
        assert rows.loc["a", f"{name}_low"] < rows.loc["a", name] < rows.loc["a", f"{name}_high"]
    assert rows.loc["b", ["precision", "recall"]].isna().all()


def test_agreement_needs_the_same_themes_and_answers():
    one = pd.DataFrame({"a": [True]})
    with pytest.raises(ValueError, match=r"themes \['a', 'b'\] are in one"):
        agreement.compare_codes(one, pd.DataFrame({"b": [True]}))
    with pytest.raises(ValueError, match="no answer is in both"):
        agreement.compare_codes(one, one.set_axis([9]))


@pytest.fixture(scope="module")
def new_people(default):
    return known_truth.measure(default.codebook, seeds=themes_page.SEEDS)


def test_the_rules_find_the_themes_of_new_people(new_people):
    assert len(new_people) == 30
    assert (new_people[["precision", "recall"]].min() >= 0.85).all()
    assert new_people["n_true"].min() >= 30


def test_rules_that_know_nothing_find_nothing(default):
    themes = tuple(
        dataclasses.replace(
            theme, phrases=("zzz",), shared=(), weak=(), praise=(), only={}, exclude=()
        )
        for theme in default.codebook.themes.themes
    )
    rules = dataclasses.replace(default.codebook.themes, themes=themes)
    blind = dataclasses.replace(default.codebook, themes=rules)
    assert known_truth.measure(blind, seeds=[77])["recall"].max() == 0


@pytest.mark.skipif(not HELD_OUT.is_file(), reason="no held-out phrases are in tests/")
def test_the_rules_find_themes_in_sentences_by_somebody_else(default):
    phrases = known_truth.read_phrases(HELD_OUT)
    found = known_truth.measure(default.codebook, seeds=themes_page.SEEDS, phrases=phrases)
    committed = pd.read_csv(paths.DOCS / "themes.csv")
    committed = committed[committed["answers"] == "other sentences"]
    assert found["n_found"].tolist() == committed["n_found"].tolist()
    codes = {label: code for code, label in default.codebook.themes.labels.items()}
    whole = found[found["role"] == known_truth.BOTH]
    assert (whole[["precision", "recall"]].min() >= 0.85).all()
    low = found[(found["precision"] < 0.85) | (found["recall"] < 0.85)]
    assert {(row.role, codes[row.level]) for row in low.itertuples()} == KNOWN_BELOW
    assert found[["precision", "recall"]].min().min() >= 0.75


def test_the_page_is_made_from_the_table():
    frame = pd.read_csv(paths.DOCS / "themes.csv")
    assert set(frame["data"]) == {"synthetic"}
    assert (paths.DOCS / "themes.md").read_text("utf-8") == themes_page.to_page(frame)


def test_a_part_of_the_page_measured_again_is_the_same(new_people):
    committed = pd.read_csv(paths.DOCS / "themes.csv")
    committed = committed[committed["answers"] == "new people"].reset_index(drop=True)
    for column in ("n_true", "n_found", "n"):
        assert new_people[column].tolist() == committed[column].tolist()


def test_truth_is_not_read_for_a_real_survey_or_another_raw_file(default, monkeypatch):
    responses = default.responses()
    assert known_truth.true_themes(default, responses, "change") is not None
    real = dataclasses.replace(default.codebook, synthetic=False)
    other = survey.Survey(name=default.name, codebook=real)
    assert known_truth.true_themes(other, responses, "change") is None
    monkeypatch.setattr(simulation, "export_bytes", lambda raw: b"another")
    assert known_truth.true_themes(default, responses, "change") is None


# ---- Nothing that people wrote gets out --------------------------------------------------------


def test_coded_answers_hold_no_text(default):
    responses = default.responses()
    coded = answers.coded_answers(default, responses, "change")
    assert all(kind == bool for kind in coded.indicators.dtypes)  # noqa: E721
    assert coded.indicators.index.isin(responses.index).all()
    texts = answers.texts(default, responses, "change")
    said = repr(coded) + coded.indicators.to_csv()
    assert not [text for text in texts if len(text) > 12 and text in said]


def test_a_row_that_is_not_in_the_raw_file_is_refused(default):
    responses = default.responses().assign(raw_row=lambda each: each["raw_row"] + 100_000)
    with pytest.raises(ValueError, match=r"is not in responses\.csv; run 01_clean_responses again"):
        answers.coded_answers(default, responses, "change")


def test_an_open_question_that_nobody_answered_is_refused(default):
    responses = default.responses().assign(change=np.nan)
    with pytest.raises(ValueError, match="nobody answered 'change'"):
        answers.coded_answers(default, responses, "change")


@pytest.fixture
def blind(default):
    """Take all phrases of the default survey away, so that every answer is without a theme."""
    themes = tuple(
        dataclasses.replace(
            theme, phrases=("zzz",), shared=(), weak=(), praise=(), only={}, exclude=()
        )
        for theme in default.codebook.themes.themes
    )
    rules = dataclasses.replace(default.codebook.themes, themes=themes)
    codebook = dataclasses.replace(default.codebook, themes=rules)
    return survey.Survey(name=default.name, codebook=codebook)


def test_word_groups_rest_on_many_people_and_hold_no_personal_detail(blind):
    responses = blind.responses()
    details = simulation.default().dirt.query("kind == 'personal'")["detail"]
    planted = {
        word.casefold()
        for detail in details
        for value in re.findall(r"=([^|]+)", detail)
        for word in re.findall(r"\w{4,}", value)
    } - {"close", "example"}
    assert len(planted) > 30
    for role in known_truth.ROLES:
        groups = answers.uncoded(blind, responses, role)
        assert len(groups) == 12
        assert (groups["n"] >= blind.codebook.disclosure_threshold).all()
        assert (groups["n"] % blind.codebook.disclosure_threshold == 0).all()
        words = {word for each in groups["words"] for word in each.split()}
        assert not words & planted
        assert not [word for word in words if re.search(r"\d", word)]
        texts = {text.casefold().strip(" .!") for text in answers.texts(blind, responses, role)}
        assert not [each for each in groups["words"] if " " in each and each in texts]


def test_an_answer_that_says_nothing_is_nobodys_words():
    texts = ["Nothing!", "nothing", "N/A", "None.", "Nothing beats the bus", "no bus"]
    found = uncoded_words.word_groups(texts, stop_words={"no", "the"}, least=1, shown=bool)
    assert found.set_index("words")["n"].to_dict()["nothing beats"] == 1
    assert found.set_index("words")["n"]["bus"] == 2
    alone = uncoded_words.word_groups(texts[:4], stop_words=set(), least=1, shown=bool)
    assert alone.empty


def test_shown_shares_rest_on_enough_people(default):
    responses = default.responses()
    coded = answers.coded_answers(default, responses, "change")
    by = theme_tables.groups_of(default, responses.loc[coded.indicators.index], "district")
    shown = theme_tables.shown_theme_shares(coded, by, default.codebook)
    counts = coded.indicators.groupby(by, observed=True).sum()
    for theme, rows in shown.groupby("theme", observed=True):
        told = rows.loc[rows["estimate"].notna(), "level"]
        assert (counts.loc[told, theme] >= 10).all()
        rest = counts[theme].sum() - counts.loc[told, theme].sum()
        assert rest >= 10 or len(told) == len(rows)


def test_a_group_that_few_people_are_in_is_not_shown(default):
    few = theme_codes.CodedThemes(role="change", indicators=pd.DataFrame({"a": [True, False] * 40}))
    by = pd.Series(pd.Categorical(["x"] * 72 + ["y"] * 8))
    shown = theme_tables.shown_theme_shares(few, by, default.codebook).set_index("level")
    assert shown["estimate"].isna().all()
    assert np.isnan(shown.loc["y", "n"])


def test_the_notebook_holds_no_answer(default):
    path = paths.NOTEBOOKS / "07_changes_wanted.ipynb"
    cells = json.loads(path.read_text("utf-8"))["cells"]
    outputs = json.dumps([cell.get("outputs") for cell in cells])
    texts = answers.texts(default, default.responses(), "change")
    assert not [text for text in texts if len(text.strip()) > 12 and text.strip() in outputs]


def test_very_many_answers_are_coded_in_processes_as_they_are_here(default, monkeypatch):
    texts = pd.Series(
        ["Answer 101 sooner!", "dunno", "More officers on foot", "Answer 101 sooner!", "Good", "x"],
        index=[9, 4, 7, 1, 0, 3],
    )
    here = theme_codes.code_themes(texts, default.codebook, role="change").indicators
    monkeypatch.setattr(theme_codes, "MANY", 3)
    monkeypatch.setattr(theme_codes, "_BLOCK", 2)
    apart = theme_codes.code_themes(texts, default.codebook, role="change").indicators
    pd.testing.assert_frame_equal(apart, here)
    assert here.any(axis=1).sum() >= 3


def test_missing_answers_are_refused_and_none_have_no_themes(default):
    with pytest.raises(ValueError, match="1 answers are missing; leave them out"):
        theme_codes.code_themes(pd.Series(["Good", None]), default.codebook, role="change")
    nobody = pd.Series([], dtype="str")
    assert theme_codes.code_themes(nobody, default.codebook, role="change").n == 0

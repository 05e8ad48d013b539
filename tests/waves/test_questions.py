"""What two codebooks ask otherwise is seen, and compared only where a map says so."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import survey, waves
from analysis.errors import SurveyError
from analysis.survey.wave_maps import WaveMap, WaveRules
from analysis.waves.alignment import aligned
from analysis.waves.order import refuse_reversed

HERTS = survey.load("herts_2023")


def later(role, *, maps=(), **changes):
    """Return the default survey as a later wave with one question changed."""
    questions = [
        replace(each, **changes) if each.role == role else each for each in HERTS.codebook.questions
    ]
    book = replace(HERTS.codebook, questions=tuple(questions), waves=WaveRules(maps=tuple(maps)))
    return replace(HERTS, name="herts_2025", codebook=book)


def answers_of(role, change):
    return tuple(change(each) for each in HERTS.codebook.question(role).answers)


def renamed(code, **changes):
    return lambda each: replace(each, **changes) if each.code == code else each


CHANGES = [
    ("visibility", {"wording": "How visible are the police?"}, "wording", "How visible are"),
    ("visibility", {"base": "People who live here"}, "base", '"People who live here" now'),
    ("ease", {"asked_if_question": ""}, "base", "asked of everybody now"),
    ("ease", {"asked_if_answers": ("yes", "no")}, "base", "other answers to"),
    ("visibility", {"kind": "single"}, "kind", "ordered before, single now"),
    ("visibility", {"best": ("very_good",)}, "answers", "count as the best ones"),
    ("visibility", {"missing": {}}, "answers", "\"don't know\" no longer on offer"),
    ("visibility", {"answers": answers_of("visibility", renamed("good", label="Fairly good"))},
     "answers", '"Good" is "Fairly good" now'),
    ("preferred", {"answers": answers_of("preferred", renamed("website", text="The web"))},
     "answers", 'is "The web" now'),
    ("visibility", {"answers": HERTS.codebook.question("visibility").answers[1:]},
     "answers", "Very poor no longer"),
    ("reason", {"answers": HERTS.codebook.question("reason").answers[::-1]}, "order", "before,"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "change", "kind", "said"), CHANGES)
def test_a_changed_question_is_refused_with_what_differs(role, change, kind, said):
    found = waves.agreements(HERTS, later(role, **change))[role]
    assert not found.same
    assert said in found.refused[kind]


@pytest.mark.parametrize(
    "change",
    [
        {"wording": "how  would you rate the visibility of the police in your area?"},
        {"noun": "police about"},
        {"column": "Q7"},
        {"answers": answers_of("visibility", lambda each: replace(each, text="1"))},
    ],
)
def test_what_the_project_or_the_tool_writes_otherwise_is_the_same_question(change):
    assert waves.differences(HERTS, later("visibility", **change), "visibility") == {}


def test_a_change_of_the_question_before_changes_who_was_asked():
    found = waves.agreements(HERTS, later("contacted", wording="Have you ever contacted us?"))
    refused = {role for role, each in found.items() if not each.same}
    assert {"contacted", "satisfaction", "ease", "used_last"} <= refused
    assert "which led to it, differs (wording)" in found["satisfaction"].refused["base"]
    assert found["visibility"].same


def test_a_map_lets_a_changed_wording_be_compared_and_gives_its_reason():
    rule = WaveMap(question="visibility", reason="one word is shorter", accept=("wording",))
    found = waves.agreements(
        HERTS, later("visibility", wording="How visible are the police?", maps=[rule])
    )["visibility"]
    assert found.same
    assert found.complete
    assert found.reason == "one word is shorter"
    assert list(found.accepted) == ["wording"]


def test_a_map_of_another_wave_or_of_another_difference_accepts_nothing():
    wording = {"wording": "How visible are the police?"}
    for rule in (
        WaveMap(question="visibility", reason="x", accept=("wording",), wave="herts_2021"),
        WaveMap(question="visibility", reason="x", accept=("base",)),
    ):
        assert not waves.agreements(HERTS, later("visibility", maps=[rule], **wording))[
            "visibility"
        ].same


def test_a_kind_is_never_accepted():
    rule = WaveMap(question="visibility", reason="x", accept=("wording", "answers", "order"))
    found = waves.agreements(HERTS, later("visibility", kind="single", maps=[rule]))
    assert list(found["visibility"].refused) == ["kind"]


def test_answers_that_are_mapped_are_compared_and_others_are_not():
    kept = [each for each in HERTS.codebook.question("reason").answers if each.code != "update"]
    kept[0] = replace(kept[0], code="crime", label="Report any crime", text="To report any crime")
    rule = WaveMap(
        question="reason",
        reason="crime was reworded, nobody asks about cases now",
        accept=("answers",),
        answers={"report_crime": "crime"},
    )
    now = later("reason", answers=tuple(kept), maps=[rule])
    found = waves.agreements(HERTS, now)
    assert found["reason"].same
    assert not found["reason"].complete
    assert found["reason"].codes["report_crime"] == "crime"
    before, _, shared = aligned(HERTS, replace(now, name="herts_2023"), found)
    assert "Ask about a case" not in shared["reason"]
    given, was = before.responses()["reason"], HERTS.responses()["reason"]
    assert (given == "Report any crime").sum() == (was == "Report a crime that was over").sum()
    assert (given == "Ask about a case").sum() == (was == "Ask about a case").sum()
    assert given.notna().sum() == was.notna().sum()


def test_of_a_scale_every_answer_is_mapped_in_its_order():
    scale = HERTS.codebook.question("visibility").answers
    for answers, mapped in (
        (scale[1:], {}),
        (scale, {"very_poor": "good", "good": "very_poor"}),
    ):
        rule = WaveMap(question="visibility", reason="x", accept=("answers",), answers=mapped)
        found = waves.agreements(HERTS, later("visibility", answers=answers, maps=[rule]))
        said = found["visibility"].refused.get("map", "" if found["visibility"].same else "other")
        assert said == "of a scale every answer has to be mapped, in its order"


def test_two_answers_of_a_scale_can_become_one():
    scale = HERTS.codebook.question("visibility").answers
    joined = (replace(scale[1], code="bad", label="Poor or very poor", text="Poor"), *scale[2:])
    rule = WaveMap(
        question="visibility",
        reason="the two worst were joined",
        accept=("answers",),
        answers={"very_poor": "bad", "poor": "bad"},
    )
    now = later("visibility", answers=joined, best=(), maps=[rule])
    found = waves.agreements(HERTS, now)
    assert found["visibility"].same
    assert found["visibility"].complete
    before = aligned(HERTS, replace(now, name="herts_2023"), found)[0].responses()["visibility"]
    worst = HERTS.responses()["visibility"].isin(["Very poor", "Poor"])
    assert (before == "Poor or very poor").sum() == worst.sum()


def test_several_answers_become_one_indicator():
    answers = list(HERTS.codebook.question("video_place").answers)
    kept = tuple(each for each in answers if each.code != "council")
    rule = WaveMap(
        question="video_place",
        reason="councils run the libraries",
        accept=("answers",),
        answers={"council": "library"},
    )
    now = later("video_place", answers=kept, maps=[rule])
    found = waves.agreements(HERTS, now)
    assert found["video_place"].complete
    made = aligned(HERTS, replace(now, name="herts_2023"), found)[0].responses()
    was = HERTS.responses()
    either = was[["video_place__library", "video_place__council"]].max(axis=1)
    pd.testing.assert_series_equal(made["video_place__library"], either, check_names=False)


def test_an_unknown_earlier_answer_of_a_map_is_refused():
    rule = WaveMap(
        question="reason", reason="x", accept=("answers",), answers={"nothing": "traffic"}
    )
    kept = HERTS.codebook.question("reason").answers[:-1]
    found = waves.agreements(HERTS, later("reason", answers=kept, maps=[rule]))["reason"]
    assert "its answers name nothing, no answers of 'reason' before" in found.refused["map"]


def test_the_codebook_refuses_a_map_that_contradicts_it(demo):
    with pytest.raises(SurveyError) as refused:
        demo(
            None,
            (
                "[cleaning]",
                '[[waves.map]]\nquestion = "colour"\nreason = "x"\n'
                '[[waves.map]]\nquestion = "used"\nreason = ""\naccept = ["kind"]\nhow = "x"\n'
                "[cleaning]",
            ),
        )
    said = str(refused.value)
    assert "[[waves.map]] of 'used': unknown key 'how'" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[waves.map]]\nquestion = "colour"\nreason = "x"\n', "no question has that role"),
        ('[[waves.map]]\nquestion = "used"\nreason = ""\n', "no reason; say why"),
        ('[[waves.map]]\nquestion = "used"\nreason = "x"\naccept = ["kind"]\n',
         "accept has 'kind'"),
        ('[[waves.map]]\nquestion = "used"\n', "no 'reason'; add it"),
        ('[waves]\nids_restart = "yes"\n', "ids_restart = 'yes' is not bool"),
        ("[waves]\nmap = [3]\n", "map number 1: not a table; write [[waves.map]]"),
        ('[[waves.map]]\nquestion = "used"\nreason = "x"\naccept = ["answers"]\n'
         'answers = { web = "nowhere" }\n', "answers leads to 'nowhere'"),
    ],
)  # fmt: skip
def test_what_a_codebook_says_of_waves_is_checked(demo, text, said):
    with pytest.raises(SurveyError) as refused:
        demo(None, ("[cleaning]", f"{text}[cleaning]"))
    assert said in str(refused.value)


def test_waves_in_the_wrong_order_are_refused():
    old, new = (pd.DataFrame({"submitted": days}) for days in (["", "2023-10-02"], ["2025-10-02"]))
    refuse_reversed(old, new, ("2023", "2025"))
    refuse_reversed(old.drop(columns="submitted"), new, ("2023", "2025"))
    with pytest.raises(SurveyError, match="2023 ended on 2023-10-02, before 2025 began"):
        refuse_reversed(new, old, ("2025", "2023"))

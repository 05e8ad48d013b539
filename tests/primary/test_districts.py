"""The verdict on districts: named if they differ, pointers said to be so, nobody by chance."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import ordinal, primary, survey
from analysis.ordinal import ModelTest
from analysis.primary import districts as rooms
from analysis.primary.district_sentences import (
    mix_sentence,
    named_sentence,
    place_text,
    verdict_texts,
)
from analysis.survey.codebook import Words

WORDS = Words(district="district", districts="districts", satisfaction="experience")


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


def _verdict(herts, responses):
    return primary.district_verdict(herts, primary.primary(herts, responses))


@pytest.fixture(scope="module")
def verdict(herts):
    return _verdict(herts, herts.responses())


def _rows(**columns) -> pd.DataFrame:
    rows = {"level": [*"ABC"], "clear": False, "chance_lowest": 0.1, "chance_highest": 0.1}
    return pd.DataFrame(rows | columns)


@pytest.mark.parametrize(("differ", "said"), [(True, "differs"), (False, "pointer")])
def test_a_clear_district_differs_only_if_districts_do(differ, said):
    found = primary.standing(_rows(clear=[True, False, False]), differ=differ)
    assert found.tolist() == [said, "", ""]


@pytest.mark.parametrize("end", ["chance_lowest", "chance_highest"])
@pytest.mark.parametrize(("chance", "said"), [(0.49, ""), (0.5, "pointer"), (np.nan, "")])
def test_a_likely_end_is_a_pointer_from_a_half_on_if_districts_differ(end, chance, said):
    rows = _rows(**{end: [chance, 0.1, 0.1]})
    assert primary.standing(rows, differ=True)["A"] == said
    assert primary.standing(rows, differ=False)["A"] == ""


def test_the_verdict_is_that_of_the_model_of_the_whole_scale(herts, verdict):
    plan = primary.primary(herts, herts.responses())
    assert verdict.p_adjusted == plan.p_adjusted("districts")
    assert verdict.test == plan.districts
    assert verdict.shares.rows["n"].dropna().sum() <= plan.made.base.n


def test_the_same_responses_give_the_same_verdict(herts, verdict):
    again = _verdict(herts, herts.responses())
    pd.testing.assert_frame_equal(again.shares.rows, verdict.shares.rows)
    assert again.standing.tolist() == verdict.standing.tolist()


def test_where_districts_are_dealt_at_random_none_is_named(herts):
    responses, named, differing = herts.responses(), 0, 0
    told = responses["district"].notna()
    for seed in range(40):
        dealt = responses.copy()
        shuffled = responses.loc[told, "district"].sample(frac=1, random_state=seed)
        dealt.loc[told, "district"] = shuffled.to_numpy()
        found = primary.primary(herts, dealt)
        p_value = found.districts.p_value
        differing += p_value < 0.05
        standing = _verdict(herts, dealt).standing
        named += bool((standing == "differs").any())
    assert differing <= 6  # 2 in 40 are expected; more than 6 have a chance of 3 in 1,000
    assert named <= differing


def test_a_district_that_is_far_off_is_named_and_its_end_told(herts):
    responses = herts.responses()
    rng = np.random.default_rng(5)
    here = (responses["district"] == "St Albans") & responses["satisfaction"].notna()
    worst = list(responses["satisfaction"].cat.categories)
    low = rng.choice(worst, here.sum(), p=[0.4, 0.3, 0.1, 0.1, 0.1])
    responses.loc[here, "satisfaction"] = low
    found = _verdict(herts, responses)
    assert found.standing["St Albans"] == "differs"
    said = named_sentence(herts.words, found)
    assert said.startswith("Each by its own interval")
    assert "St Albans (" in said


def test_the_mix_of_people_is_weighed_on_the_same_people(verdict, herts):
    people = primary.primary(herts, herts.responses()).made.people.dropna(subset=["age", "sex"])
    assert verdict.mix.plain.n == verdict.mix.adjusted.n == len(people)
    held = "satisfaction ~ used_last + age + sex"
    with_spread = ordinal.fit(held, people, random="district")
    assert verdict.mix.adjusted == ordinal.compare(with_spread, ordinal.fit(held, people))


def test_a_survey_that_asked_neither_age_nor_sex_weighs_no_mix(herts):
    kept = tuple(each for each in herts.codebook.questions if each.role not in ("age", "sex"))
    asked = replace(herts, codebook=replace(herts.codebook, questions=kept))
    found = _verdict(asked, herts.responses().drop(columns=["age", "sex"]))
    assert found.mix is None
    assert verdict_texts(herts.words, found)[2] == ""


def _mixed(verdict, *, differ: float, plain: float, held: float):
    tests = [
        ModelTest(kind="likelihood ratio", statistic=1.0, df=1, p_value=p, n=600)
        for p in (plain, held)
    ]
    mix = rooms.CaseMix(held=("age", "sex"), plain=tests[0], adjusted=tests[1])
    return replace(verdict, p_adjusted=differ, mix=mix)


@pytest.mark.parametrize(
    ("plain", "held", "said"),
    [
        (0.046, 0.083, "that districts differ is then no longer shown."),
        (0.046, 0.02, "both unadjusted): with and without them the conclusion is the same."),
        (0.2, 0.03, "that districts differ is shown then alone."),
        (0.2, 0.3, "of these people alone a difference is not shown."),
    ],
)
def test_what_age_and_sex_change_is_said(verdict, plain, held, said):
    text = mix_sentence(WORDS, _mixed(verdict, differ=0.01, plain=plain, held=held))
    assert text.startswith("Among the 600 people who told their age and sex the same test gives")
    assert text.endswith(said)


def test_the_lowest_place_that_is_likely_is_told_before_the_highest():
    row = pd.Series({"chance_lowest": 0.5, "chance_highest": 0.5})
    assert place_text(row, 2) == "among the lowest 2 with a chance of 50%"
    assert place_text(pd.Series({"chance_lowest": np.nan, "chance_highest": 0.2}), 2) == ""


def test_without_a_difference_no_place_is_told(verdict):
    calm = replace(verdict, p_adjusted=0.3, standing=verdict.standing.map(lambda _: ""))
    assert named_sentence(WORDS, calm) == ""
    assert verdict_texts(WORDS, calm)[0].startswith("These data do not show that the experience")
    assert verdict_texts(WORDS, None) == ["", "", ""]

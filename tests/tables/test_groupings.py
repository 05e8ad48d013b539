"""Which groups are laid side by side, and why others are not."""

from dataclasses import replace

import pytest

from analysis import cleaning, survey, tables
from analysis.survey import bases
from analysis.survey.codebook import Answer, Question
from analysis.tables import groupings
from analysis.tables.sheets import lay_out


def test_the_default_survey_has_all_five(grouped):
    assert list(grouped) == ["district", "age", "sex", "channel", "got"]


WHETHER = "whether people used most recently what they would prefer"


@pytest.mark.parametrize(
    ("without", "name", "said"),
    [
        (["district"], "district", "the survey did not ask for the district"),
        (["age"], "age", "the survey did not ask about age"),
        (["sex"], "sex", "the survey did not ask about sex"),
        (["preferred"], WHETHER, "the survey did not ask what people prefer"),
    ],
)
def test_what_a_survey_did_not_ask_is_left_out_with_the_reason(variant, without, name, said):
    made = variant(replies=300, without=without)
    assert groupings.find_groupings(made, made.responses())[1] == {name: said}


def test_groups_of_few_people_are_left_out_with_the_reason(variant):
    made = variant(replies=30)
    _, left_out = groupings.find_groupings(made, made.responses())
    assert left_out["district"] == "fewer than 2 groups have 10 people or more who answered"


def test_who_used_what_they_prefer_is_who_named_the_same_channel(grouped, responses):
    same = responses["used_last"].astype("str") == responses["preferred"].astype("str")
    told = grouped["got"].people.dropna()
    assert told.value_counts().tolist() == [same[told.index].sum(), (~same[told.index]).sum()]
    assert told[same[told.index]].unique().tolist() == ["Used what they would prefer"]


def test_a_real_survey_is_grouped_by_region_age_and_sex(ape11):
    cleaned = cleaning.clean(ape11.read_raw(), ape11.codebook)
    held = survey.load("ape11").holding(cleaned.responses)
    found, left_out = groupings.find_groupings(held, held.responses())
    assert [each.key for each in found] == ["district", "age", "sex", "channel", "got"]
    assert left_out == {}


def test_groups_overlap_where_people_could_name_several_channels(variant):
    made = variant(replies=300, without=["used_last"])
    responses = made.responses()
    found = {each.key: each for each in groupings.find_groupings(made, responses)[0]}
    used = found["channel"].people
    assert found["channel"].overlapping
    assert not found["got"].overlapping
    assert (used.sum(axis=1) > 1).any()
    assert used.index.equals(bases.answered(made, responses, ["used"]).frame.index)
    for name, split in found["channel"].splits():
        assert (split == name).sum() == used[name].sum()
        assert split.isna().sum() == 0


def test_channels_that_nobody_or_everybody_used_are_no_groups(demo):
    rows = [
        f"03/10/2023 10:00:{at:02d},03/10/2023 10:40:{at:02d},Lives,Yes,By telephone;,Website,{at}"
        for at in range(40)
    ]
    made = demo(rows)
    held = made.holding(cleaning.clean(made.read_raw(), made.codebook).responses)
    assert "channels used" not in [
        each.name for each in groupings.find_groupings(held, held.responses())[0]
    ]
    why = "no group has 2 people or more in it and as many outside"
    assert groupings.find_groupings(held, held.responses())[1]["channels used"] == why


@pytest.fixture
def waves(variant):
    """Return a survey of two waves, the second of more people."""
    made = variant(replies=300)
    coded = made.coded_responses()
    coded = coded.assign(wave=["a" if at % 3 == 0 else "b" for at in range(len(coded))])
    answers = (
        Answer(code="a", label="2023", text="a"), Answer(code="b", label="2025", text="b"),
    )  # fmt: skip
    wave = Question(id="wave", role="wave", kind="single", wording="Wave", base="Everyone",
                    column="wave", answers=answers)  # fmt: skip
    codebook = replace(made.codebook, questions=(*made.codebook.questions, wave))
    return replace(made, codebook=codebook).holding(coded)


def test_waves_are_laid_side_by_side_and_never_laid_out_by_who_answered(waves):
    found, left_out = groupings.find_groupings(waves, waves.responses())
    by = {each.key: each for each in found}
    assert [*by][:4] == ["wave", "district", "age", "sex"]
    assert left_out == {}
    assert by["wave"].people.cat.categories.tolist() == ["2023", "2025"]
    assert by["wave"].without == ("wave",)
    assert all("wave" in by[key].without for key in ("district", "age", "sex", "channel"))


def test_the_workbook_has_a_sheet_by_wave_with_rounded_numbers_of_people(waves):
    book = tables.gather(waves)
    rows = book.banner[book.banner["by"] == "wave"]
    assert {"age", "district", "satisfaction", "preferred"} <= set(rows["question"])
    sizes = rows.loc[rows["question"] == "sex", ["group", "n"]].drop_duplicates()
    assert sizes["group"].tolist() == ["2023", "2025"]
    assert (sizes["n"] % 10 == 0).all()
    assert "wave" in set(book.tests["by"])
    assert "By wave" in lay_out(book, waves)

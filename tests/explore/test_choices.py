"""Only what the data tables have may be chosen."""

import pytest

from analysis import explore, survey
from analysis.explore import choices, rows
from analysis.explore.choices import Choice


def test_every_closed_question_is_offered_with_the_groups_that_lay_it_out(book, herts):
    offered = choices.questions(book)
    assert [role for _, role in offered][:2] == ["connection", "district"]
    assert dict(offered)[herts.codebook.question("age").wording] == "age"
    assert choices.groupings(book, "visibility")[:3] == ["district", "age", "sex"]
    assert "age" not in choices.groupings(book, "age")


def test_a_base_is_a_group_of_people_whose_number_may_be_shown(book):
    assert ("district", "Watford") in choices.bases(book, "satisfaction")
    pairs = choices.bases(book, "video_place")
    sizes = book.banner[book.banner["question"] == "video_place"].set_index(["by", "group"])["n"]
    assert all(sizes.loc[pair].notna().all() for pair in pairs)
    assert set(sizes[sizes.isna()].index)  # there are smaller groups, and none of them is a base
    assert not set(sizes[sizes.isna()].index) & set(pairs)


def test_groups_are_compared_on_the_best_answers_or_on_the_one_given_most(book, herts):
    assert choices.usual_answer(book, herts, "visibility") == "Good or very good"
    most = book.topline[book.topline["question"] == "preferred"].set_index("answer")["estimate"]
    assert choices.usual_answer(book, herts, "preferred") == most.idxmax()


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"question": "change"}, "no table has 'change'"),
        ({"question": "age", "by": "age", "answer": "16-24"}, "age is not laid out by 'age'"),
        ({"question": "sex", "by": "district", "answer": "Tall"}, "sex has no answer 'Tall'"),
        ({"question": "sex", "base": ("district", "Nowhere")}, "is no base of sex"),
        (
            {"question": "sex", "by": "age", "answer": "Male", "base": ("district", "Watford")},
            "'Watford' cannot be grouped by 'age' too",
        ),
    ],
)
def test_what_no_table_has_is_refused(book, choice, said):
    with pytest.raises(ValueError, match=said):
        rows.chosen_rows(book, Choice(**choice))


def test_a_part_of_the_people_that_is_no_group_is_refused():
    with pytest.raises(ValueError, match="tell of the few who are left out"):
        explore.panel(survey.load("herts_2023").where(flag_speeder=False))


def test_weights_change_what_everybody_says_and_the_tests_alone(book):
    weighted = Choice(question="age", weighted=True)
    assert choices.no_weights(book, weighted) == ""
    one_group = Choice(question="sex", base=("district", "Watford"), weighted=True)
    assert choices.no_weights(book, one_group) == "shares of one group are not weighted"

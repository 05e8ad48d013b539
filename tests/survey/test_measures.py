"""Which answers of an ordered question are the best: by the codebook, else by the scale."""

import pandas as pd
import pytest

from analysis import survey
from analysis.errors import SurveyError
from analysis.survey.coded_frames import decoded
from analysis.survey.measures import best_answers, top_answers

#: What stands before the question that tests add to the small survey.
PLACE = '[[question]]\nid = "comment"'


def _rated(demo, codes, more="", **how):
    answers = ", ".join(f'{{ code = "{each}", label = "{each.upper()}" }}' for each in codes)
    question = (
        '[[question]]\nid = "satisfaction"\ncolumn = "Rated?"\nkind = "ordered"\n'
        f"answers = [{answers}]\n{more}\n"
    )
    return demo(None, (PLACE, question + PLACE), **how)


@pytest.mark.parametrize(
    ("scale", "best"),
    [("vw", ["W"]), ("vwx", ["X"]), ("vwxy", ["X", "Y"]), ("vwxyz", ["Y", "Z"])],
)
def test_the_last_two_of_four_answers_or_more_are_the_best(demo, scale, best):
    this = _rated(demo, scale)
    assert top_answers(this, "satisfaction") == best
    assert best_answers(this, "satisfaction") == " or ".join(best)


@pytest.mark.parametrize("named", [["z"], ["z", "y", "x"], ["w", "x", "y", "z"]])
def test_a_codebook_may_name_the_best_answers(demo, named):
    this = _rated(demo, "vwxyz", f"best = {named}".replace("'", '"'))
    assert top_answers(this, "satisfaction") == sorted(each.upper() for each in named)


@pytest.mark.parametrize("named", [["v"], ["x", "y"], ["x", "z"], [*"vwxyz"], ["good"], ["z", "z"]])
def test_best_answers_that_are_not_the_upper_end_are_refused(demo, named):
    with pytest.raises(SurveyError, match="name the last answers of the scale"):
        _rated(demo, "vwxyz", f"best = {named}".replace("'", '"'))


def test_only_ordered_questions_have_best_answers(demo):
    text = 'id = "connection"'
    with pytest.raises(SurveyError, match="best is for kind 'ordered', not 'single'"):
        demo(None, (text, text + '\nbest = ["neither"]'))


def test_an_answer_that_was_not_offered_is_not_on_the_scale(demo):
    this = _rated(demo, "vwxyz", 'not_offered = ["z"]')
    assert top_answers(this, "satisfaction") == ["X", "Y"]
    empty = pd.DataFrame(
        columns=["raw_row", *(c for q in this.codebook.questions for c in q.columns)]
    )
    frame = decoded(empty.astype("str"), this.codebook)
    assert frame["satisfaction"].cat.categories.tolist() == [*"VWXY"]


def test_the_real_surveys_best_answers_are_its_last_two(ape11):
    assert (
        top_answers(ape11, "satisfaction")
        == list(ape11.codebook.question("satisfaction").labels.values())[-2:]
    )


def test_the_default_surveys_headlines_are_its_last_two():
    this = survey.load("herts_2023")
    assert best_answers(this, "satisfaction") == "good or very good"
    assert best_answers(this, "video_use") == "likely or very likely"

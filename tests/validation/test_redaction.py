"""Redaction finds as much of labelled answers as the page says."""

import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.validation import redaction, redaction_page

#: Kinds of which at least 95% must be found in each part; of names with a cue or capital 90%.
SURE = ("telephone", "email", "postcode", "plate", "reference", "handle")
NAMES = ("name_after_cue", "name_with_capital", "officer")


@pytest.fixture(scope="module")
def labelled():
    return redaction.read_labelled()


@pytest.fixture(scope="module")
def measured(labelled):
    return redaction.measure(labelled)


def test_there_are_answers_enough_and_a_part_was_held_out(labelled):
    assert len(labelled) >= 500
    parts = pd.Series([each.part for each in labelled]).value_counts()
    assert set(parts.index) == set(redaction_page.PARTS)
    assert parts.drop("seen").sum() >= 500
    texts = {part: {each.text for each in labelled if each.part == part} for part in parts.index}
    assert not texts["fourth"] & (texts["seen"] | texts["first"] | texts["second"])
    found = redaction_page.FIRST
    marked = pd.Series([each.kind for each in labelled if each.part != "seen" for _ in each.spans])
    assert {kind: n for kind, (_, n) in found.items()} == marked.value_counts().to_dict()


def test_the_table_measured_again_is_the_same(measured):
    committed = pd.read_csv(paths.DOCS / redaction_page.CSV)
    for column in redaction.COLUMNS:
        if measured[column].dtype.kind == "f":
            np.testing.assert_allclose(measured[column], committed[column], rtol=1e-7)
        else:
            assert measured[column].tolist() == committed[column].tolist()


@pytest.mark.parametrize("part", list(redaction_page.PARTS))
def test_details_are_found_and_ordinary_text_is_left(measured, part):
    rows = measured[measured["answers"] == part].set_index("kind")
    assert (rows.loc[list(SURE), "recall"] >= 0.95).all()
    assert rows.loc[list(NAMES), "n_found"].sum() >= 0.9 * rows.loc[list(NAMES), "n_details"].sum()
    assert (rows["precision"].dropna() >= 0.95).all()
    ordinary = rows.loc[redaction.ORDINARY]
    assert ordinary["n_clean"] >= 0.98 * ordinary["n_answers"]


def test_a_detail_that_is_left_lowers_recall_and_a_plain_word_taken_out_precision():
    part = {"part": "x", "kind": "y"}
    answers = [
        redaction.Labelled(**part, text="ask quillzor", spans=((4, 12),)),
        redaction.Labelled(**part, text="ring 07700 900123", spans=((5, 17),)),
        redaction.Labelled(**part, text="see Timbuktu now", spans=()),
    ]
    row = redaction.measure(answers).iloc[0]
    assert (row["n_details"], row["recall"]) == (2, 0.5)
    assert (row["n_taken_out"], row["precision"]) == (2, 0.5)


def test_the_page_is_made_from_the_table():
    frame = pd.read_csv(paths.DOCS / redaction_page.CSV)
    assert set(frame["data"]) == {"synthetic"}
    page = (paths.DOCS / redaction_page.PAGE).read_text("utf-8")
    assert page == redaction_page.to_page(frame)


def test_an_answer_that_is_not_tidy_or_stands_twice_is_refused(tmp_path):
    path = tmp_path / "answers.toml"
    for details, said in (('["a  b"]', "is not tidy"), ('["a", "a"]', "is there twice")):
        path.write_text(f"[x.y]\nsentences = []\ndetails = {details}\n", "utf-8")
        with pytest.raises(ValueError, match=said):
            redaction.read_labelled(path)

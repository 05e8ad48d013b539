"""Those whose groups are compared beside those who told too little for it."""

import pytest

from analysis import survey
from analysis.chapters.video_chat import kept, people
from analysis.survey import bases
from analysis.survey.measures import top_answers


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def told(herts):
    return people.told(herts, herts.responses()).frame


@pytest.fixture(scope="module")
def rows(herts, told):
    return kept.kept_and_left(herts, herts.responses(), told).set_index("share")


def test_the_shares_are_those_counted_by_hand(herts, told, rows):
    everyone = bases.answered(herts, herts.responses(), ["video_use"]).frame
    left = everyone.drop(index=told.index)
    row = rows.loc["Best answers"]
    assert (row["n_first"], row["n_second"]) == (len(told), len(left))
    for part, name in ((told, "share_first"), (left, "share_second")):
        best = part["video_use"].isin(top_answers(herts, "video_use")).mean()
        assert row[name] == pytest.approx(round(best, 2))
    disabled = left["disability"].dropna().eq("Yes")
    row = rows.loc["Disability: yes"]
    assert row["n_second"] == len(disabled)
    assert row["share_second"] == pytest.approx(round(disabled.mean(), 2))
    old = everyone["age"].dropna()
    middle = old.cat.codes.median()
    assert rows.filter(like=" and above", axis=0).index[0].startswith("Age: ")
    row = rows.filter(like=" and above", axis=0).iloc[0]
    mine = old.loc[old.index.isin(told.index)].cat.codes >= middle
    assert row["share_first"] == pytest.approx(round(mine.mean(), 2))


def test_the_sentence_says_what_the_interval_does(herts, told, rows):
    table = rows.reset_index()
    said = kept.kept_sentence(table, 130, herts)
    assert "which does not show that they differ, nor that they are alike" in said
    apart = table.assign(conf_low=0.01, conf_high=0.2)
    said = kept.kept_sentence(apart, 130, herts)
    assert "stand for other people" in said
    assert "disability: yes" in said


def test_few_left_out_are_not_described(herts, told):
    responses = herts.responses()
    everyone = bases.answered(herts, responses, ["video_use"]).frame
    left = everyone.index.difference(told.index)
    few = responses.drop(index=left[5:])
    rows = kept.kept_and_left(herts, few, told)
    assert rows.empty
    assert kept.kept_sentence(rows, 5, herts).startswith("Fewer than 10 people")
    assert kept.kept_sentence(rows, 0, herts) == ""

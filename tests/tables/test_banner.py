"""The banner book says what notebooks 04 and 05 say of the same groups, and hides as they do."""

import numpy as np
import pandas as pd
import pytest

from analysis import privacy, report
from analysis.chapters.ratings import group_tables, people
from analysis.chapters.satisfaction import tables as satisfaction_tables
from analysis.primary.designs import design_of
from analysis.privacy import is_hidden
from analysis.tables import banner


def rows_of(book, grouped, role: str, key: str) -> pd.DataFrame:
    by = grouped[key].name
    return book.banner[(book.banner["question"] == role) & (book.banner["by"] == by)]


@pytest.mark.parametrize("role", ["visibility", "accessibility"])
@pytest.mark.parametrize(
    ("key", "between"), [("channel", "groups of channels used"), ("age", "age groups")]
)
def test_best_answers_of_groups_are_those_of_notebook_05(
    book, grouped, herts, responses, role, key, between
):
    rating = people.rated(herts, responses)[role]
    by = people.groupings(herts, responses, {role: rating})[between]
    theirs = group_tables.shares_by(rating.good, by, herts.codebook).set_index("level")["estimate"]
    rows = rows_of(book, grouped, role, key)
    mine = rows[rows["answer"] == "Good or very good"].set_index("group")["estimate"]
    both = mine.dropna().index
    assert len(both) >= 2
    assert mine[both].to_dict() == pytest.approx(theirs[both].to_dict())
    assert mine[theirs.index[theirs.isna()]].isna().all()


@pytest.mark.parametrize("role", ["visibility", "accessibility", "satisfaction"])
def test_best_answers_of_districts_are_the_unadjusted_shares_of_notebooks_04_and_05(
    book, grouped, questions, responses, herts, role
):
    asked, rng = questions[role], np.random.default_rng(1)
    found = report.district_shares(
        asked.answers, responses["district"], herts.codebook, rng=rng, named=asked.best
    )
    theirs = found.rows.set_index("level")["raw_share"]
    rows = rows_of(book, grouped, role, "district")
    mine = rows[rows["answer"] == asked.best_label].set_index("group")["estimate"]
    both = mine.dropna().index
    assert len(both) >= 5
    assert mine[both].to_dict() == pytest.approx(theirs[both].to_dict())
    assert mine[theirs.index[theirs.isna()]].isna().all()


def test_answers_by_channel_are_the_rounded_counts_of_notebook_04(book, grouped, herts, responses):
    design = design_of(herts, responses)
    theirs = satisfaction_tables.answers_by_group(herts, design).set_index("level")
    rows = rows_of(book, grouped, "satisfaction", "channel")
    mine = rows.pivot_table(
        index="group", columns="answer", values="people", aggfunc="first", dropna=False
    )[theirs.columns[1:]]
    both = mine.notna()
    assert both.sum().sum() >= 10
    assert mine.where(both).equals(theirs[theirs.columns[1:]].where(both).loc[mine.index])


def test_people_are_rounded_and_shares_are_those_of_rounded_numbers(book):
    rows = book.banner.dropna(subset=["people", "estimate"])
    assert (rows["people"] % 10 == 0).all()
    assert (rows["n"] % 10 == 0).all()
    plain = rows[~rows["answer"].str.contains(" or ")]
    off = (plain["estimate"] - plain["people"] / plain["n"]).abs()
    assert off.max() < 0.005 + 1e-9


def test_no_shown_cell_rests_on_few_people(book, questions, grouped):
    seen = 0
    for key, grouping in grouped.items():
        for role, asked in questions.items():
            rows = rows_of(book, grouped, role, key).dropna(subset=["estimate"])
            if rows.empty:
                continue
            chosen = asked.answers if asked.several else pd.get_dummies(asked.answers)
            chosen = chosen.set_axis(asked.labels, axis=1).astype(float)
            counts = chosen.groupby(grouping.people.reindex(chosen.index), observed=True).sum()
            for row in rows[rows["answer"].isin(asked.labels)].itertuples():
                assert counts.loc[row.group, row.answer] >= 10, (key, role, row.group, row.answer)
                seen += 1
    assert seen > 500


def test_who_named_no_group_is_in_no_row_but_guarded(book, herts, grouped, questions):
    assert not {"", "Not told"} & set(book.banner["group"])
    asked, grouping = questions["visibility"], grouped["sex"]
    rows = banner.group_rows(asked, grouping, herts)
    assert is_hidden(rows["estimate"]).any()  # men: few who named no sex gave the same answer
    told = asked.answers[grouping.people.reindex(asked.answers.index).notna()]
    alone = privacy.round_table(
        pd.crosstab(grouping.people.reindex(told.index), told), rule=privacy.rule_of(herts.codebook)
    )
    assert alone.notna().all(axis=None)


def test_questions_that_two_groupings_share_are_laid_out_once(book, grouped):
    names = {each.name: key for key, each in grouped.items()}
    laid_out = {
        frozenset({names[by], role})
        for by, role in set(zip(book.banner["by"], book.banner["question"], strict=True))
        if role in names.values()
    }
    pairs = book.banner.loc[book.banner["question"].isin(names.values()), ["by", "question"]]
    assert len(pairs.drop_duplicates()) == len(laid_out)


def test_what_people_used_is_not_laid_out_by_what_they_used(book, grouped):
    for key in ("channel", "got"):
        rows = book.banner[book.banner["by"] == grouped[key].name]
        assert not {"used", "used_last", "preferred", "was_preferred", "contacted"} & set(
            rows["question"]
        )
        assert len(rows) > 50

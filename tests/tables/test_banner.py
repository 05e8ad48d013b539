"""The banner book: rounded counts, and nobody of whom too little is known to be shown."""

import pandas as pd

from analysis import privacy
from analysis.privacy import is_hidden
from analysis.tables import banner


def rows_of(book, grouped, role: str, key: str) -> pd.DataFrame:
    by = grouped[key].name
    return book.banner[(book.banner["question"] == role) & (book.banner["by"] == by)]


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

"""Changes of single districts: the right people, one family a measure, few people hidden."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import survey
from analysis.numerics import holm
from analysis.privacy import HIDDEN, hidden_places_in_either, rule_of
from analysis.survey import bases, measures
from analysis.waves import districts, sentences

SATISFIED, GOT = districts.FAMILIES


def counts(wave):
    """Count the satisfied people of each district as the report of a wave does."""
    roles = ["satisfaction", "used_last", "district"]
    people = bases.answered(wave.survey, wave.responses, roles).frame
    yes = people["satisfaction"].isin(measures.top_answers(wave.survey, "satisfaction"))
    return yes.groupby(people["district"], observed=False).agg(["sum", "count"])


def test_shares_and_tests_are_those_of_the_people_of_a_district(changed):
    rows = changed.family(SATISFIED)
    rows = rows[rows["estimate"].notna()]
    assert len(rows) > 5
    tables = [counts(each) for each in changed.waves.waves]
    plain = []
    for row in rows.itertuples():
        (a, n), (b, m) = (each.loc[row.measure] for each in tables)
        assert (row.n_first, row.n_second) == (n, m)
        assert (row.first, row.second) == (round(a / n, 2), round(b / m, 2))
        plain.append(stats.fisher_exact([[a, n - a], [b, m - b]]).pvalue)
    assert rows["p_adjusted"].tolist() == [f"{p:.3f}" for p in holm(np.array(plain))]
    assert rows["weighted"].isna().all()


@pytest.mark.parametrize("family", [SATISFIED, GOT])
def test_a_district_with_few_of_a_kind_in_one_wave_is_hidden_in_both(changed, family):
    rows = changed.family(family).set_index("measure")
    rule = rule_of(changed.waves.second.survey.codebook)
    shown = rows[rows["estimate"].notna()]
    for name in ("first", "second"):
        yes = shown[name] * shown[f"n_{name}"]
        room = 0.005 * shown[f"n_{name}"]
        assert (yes + room >= rule.people()).all()
        assert (shown[f"n_{name}"] - yes + room >= rule.people()).all()
    hidden = rows[rows["estimate"].isna()]
    assert len(hidden) >= 1  # beside it, who lives outside the area, and has no row
    assert (hidden["p_adjusted"] == HIDDEN).all()
    assert hidden[["first", "second", "n_first", "n_second"]].isna().all(axis=None)


def test_hidden_districts_hide_each_other(changed):
    """What everybody said less what the shown districts said leaves room in each wave."""
    rows, rule = changed.family(SATISFIED), rule_of(changed.waves.second.survey.codebook)
    shown = rows.loc[rows["estimate"].notna(), "measure"]
    for table in map(counts, changed.waves.waves):
        left = table.drop(shown)
        yes, no = left["sum"].sum(), (left["count"] - left["sum"]).sum()
        assert len(left) > 1
        assert rule.enough(yes, no)
        assert yes >= rule.people(2)
        assert no >= rule.people(2)


def test_what_the_report_of_either_wave_hides_is_hidden():
    book = survey.load("herts_2023").codebook
    n = [[60, 80, 100, 120, 90]] * 2
    few = hidden_places_in_either([[30, 4, 50, 60, 45], [30, 40, 50, 60, 45]], n, book)
    turned = hidden_places_in_either([[30, 40, 50, 60, 45], [30, 4, 50, 60, 45]], n, book)
    assert few.tolist() == turned.tolist()
    assert few[1]
    assert few.sum() == 2
    assert not hidden_places_in_either([n[0], [30, 40, 50, 60, 45]], [[200] * 5] * 2, book).any()


def with_all_satisfied(wave, name):
    frame = wave.responses.copy()
    here = (frame["district"] == name) & frame["satisfaction"].notna()
    frame.loc[here, "satisfaction"] = frame["satisfaction"].cat.categories[-1]
    some = frame.index[here][:25]
    frame.loc[some, "satisfaction"] = frame["satisfaction"].cat.categories[0]
    return replace(wave, responses=frame)


def test_a_planted_change_of_one_district_is_found_there_alone(same, compared):
    waves = same.waves
    found = compared(replace(waves, second=with_all_satisfied(waves.second, "Dacorum")))
    rows = found.family(SATISFIED)
    assert rows.loc[rows["changed"], "measure"].tolist() == ["Dacorum"]
    assert not same.family(SATISFIED)["changed"].any()
    said = [each for each in sentences.answer(found) if "by district" in each]
    assert said[0].startswith('"Rated their experience good or very good" by district: of ')
    assert '1 changed by more than chance explains: "Dacorum", from' in said[0]
    assert '"Used what they would prefer" by district (' in said[1]


def test_a_district_that_was_asked_otherwise_is_said_in_one_sentence(changed, compared):
    waves = changed.waves
    refused = replace(waves.agreed["district"], refused={"wording": "x before, y now"})
    found = compared(replace(waves, agreed={**waves.agreed, "district": refused}))
    assert found.family(SATISFIED).empty
    said = "No changes by district are shown: the two waves asked for it otherwise."
    assert said in sentences.limits(found)


def test_districts_that_are_all_too_small_are_said_in_one_sentence(changed, compared):
    waves = changed.waves
    strict = [
        replace(each, survey=replace(
            each.survey, codebook=replace(each.survey.codebook, disclosure_threshold=100)))
        for each in waves.waves
    ]  # fmt: skip
    found = compared(replace(waves, first=strict[0], second=strict[1]))
    assert found.family(SATISFIED).empty
    said = " ".join(sentences.limits(found))
    assert '"Rated their experience good or very good" is not compared by district: in each' in said
    assert isinstance(found.rows, pd.DataFrame)

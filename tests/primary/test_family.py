"""The primary comparisons are one family, the same wherever they are told."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from analysis import ordinal, paired, primary, survey
from analysis.primary import family_table, got, pair
from analysis.survey.planned import Plan


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def plan(herts):
    return primary.primary(herts, herts.responses())


def _without(herts, *roles):
    kept = tuple(each for each in herts.codebook.questions if each.role not in roles)
    return replace(herts, codebook=replace(herts.codebook, questions=kept))


def test_all_comparisons_are_one_family_by_holm(plan):
    assert plan.family["term"].tolist() == list(primary.COMPARISONS)
    adjusted = multipletests(plan.family["p_value"], method="holm")[1]
    assert plan.family["p_adjusted"].to_numpy() == pytest.approx(adjusted, abs=1e-12)
    assert plan.left_out == {}


def test_each_comparison_is_the_test_that_the_plan_names(herts, plan):
    _, used, preferred = pair.compared(herts, herts.responses())
    rows, people = plan.family.set_index("term"), plan.made.people
    shift = paired.permutation_test(
        used, preferred, n_permutations=9999, rng=np.random.default_rng(20231015)
    )
    assert rows.loc["shift", ["statistic", "p_value"]].tolist() == [shift.statistic, shift.p_value]
    full, less = (
        ordinal.fit(each, people)
        for each in ("satisfaction ~ used_last + district", "satisfaction ~ district")
    )
    assert rows.loc["channels", "p_value"] == ordinal.compare(full, less).p_value
    spread = ordinal.fit("satisfaction ~ used_last", people, random="district")
    alone = ordinal.fit("satisfaction ~ used_last", people)
    assert rows.loc["districts", "p_value"] == ordinal.compare(spread, alone).p_value
    best = ["Good", "Very good"]
    compared = got.compared(herts, plan.made, answers=best).set_index("model")
    assert rows.loc["got", "p_value"] == compared.loc["reason", "p_value"]


def test_a_comparison_that_cannot_be_made_has_its_reason_and_no_row(herts):
    found = primary.primary(_without(herts, "satisfaction"), herts.responses())
    assert found.family["term"].tolist() == ["shift"]
    assert found.family["p_adjusted"].tolist() == found.family["p_value"].tolist()
    assert set(found.left_out) == {"channels", "districts", "got"}
    assert np.isnan(found.p_adjusted("channels"))
    assert not found.differ("channels")
    assert primary.district_verdict(herts, found) is None


def test_without_a_preference_the_others_are_a_smaller_family(herts):
    found = primary.primary(_without(herts, "preferred"), herts.responses())
    assert found.family["term"].tolist() == ["channels", "districts"]
    assert set(found.left_out) == {"shift", "got"}
    assert found.swapped is None


def test_a_survey_of_which_nothing_can_be_tested_has_an_empty_family(herts):
    found = primary.primary(_without(herts, "preferred", "satisfaction"), herts.responses())
    assert found.family.empty
    assert not found.has("shift")


def test_people_are_left_out_by_what_they_were_asked_never_by_what_is_found(herts):
    """Answers dealt anew change no n and leave no comparison out."""
    responses = herts.responses()
    told = responses["satisfaction"].notna()
    dealt = responses.loc[told, "satisfaction"].sample(frac=1, random_state=4)
    other = responses.copy()
    other.loc[told, "satisfaction"] = dealt.to_numpy()
    first, second = (primary.primary(herts, each).family for each in (responses, other))
    assert first["term"].tolist() == second["term"].tolist()
    assert first["n"].tolist() == second["n"].tolist()
    assert first["p_value"].iloc[1] != second["p_value"].iloc[1]


def test_the_table_has_the_words_of_the_survey(herts, plan):
    shown = family_table.shown_family(plan, herts.words)
    assert shown["term"].tolist() == list(family_table.comparison_names(herts.words).values())
    assert shown["statistic"].tolist()[-1] == "-"
    assert shown["p_adjusted"].tolist() == plan.family["p_adjusted"].tolist()


def test_an_empty_family_is_an_empty_table(herts):
    none = primary.Primary(family=pd.DataFrame(columns=["term", "statistic", "df"]))
    assert family_table.shown_family(none, herts.words).empty


def test_what_the_codebook_does_not_name_is_secondary_and_a_family_of_its_own(herts, plan):
    named = Plan(comparisons=("shift", "got"))
    made = replace(herts, codebook=replace(herts.codebook, primary=named))
    found = primary.primary(made, herts.responses()).family.set_index("term")
    assert found["status"].tolist() == ["primary", "secondary", "secondary", "primary"]
    for status in ("primary", "secondary"):
        mine = found[found["status"] == status]
        adjusted = multipletests(mine["p_value"], method="holm")[1]
        assert mine["p_adjusted"].to_numpy() == pytest.approx(adjusted, abs=1e-12)
    assert found["p_value"].tolist() == plan.family["p_value"].tolist()
    verdict = primary.district_verdict(made, primary.primary(made, herts.responses()))
    assert verdict.status == "secondary"

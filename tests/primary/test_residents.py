"""Districts with another mix of age and sex: of the right people, and nothing hidden is told."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import groups, population, primary, survey
from analysis.primary import resident_sentences, residents
from analysis.privacy import is_hidden
from analysis.survey import measures


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def plan(herts):
    return primary.primary(herts, herts.responses())


@pytest.fixture(scope="module")
def verdict(herts, plan):
    return primary.district_verdict(herts, plan)


@pytest.fixture(scope="module")
def found(herts, plan, verdict):
    return primary.standardised(herts, plan.made, verdict)


def _without_population(herts):
    return replace(herts, codebook=replace(herts.codebook, population_counts=None))


def test_residents_are_told_of_by_those_who_belong_to_them(herts, plan, found):
    told = plan.made.people.dropna(subset=["age", "sex"])
    living = told["connection"].str.contains("live", case=False)
    assert found.people["adjusted"] == len(told)
    inside = living & (told["district"] != "Outside Hertfordshire")
    assert found.people["residents"] == inside.sum() < len(told)


def test_shares_are_those_of_the_model_over_the_census_cells(herts, plan, found):
    people, cells = residents._counted(herts, plan.made.people)
    best = people["satisfaction"].isin(measures.top_answers(herts, "satisfaction"))
    fitted = groups.multilevel(
        best, people, by="district", held=["age", "sex"], rng=np.random.default_rng(20231015)
    )
    exact = fitted.shares(cells).set_index("level")["estimate"]
    shown = found.rows.set_index("level")["residents"].dropna()
    assert len(shown) > 5
    assert shown.to_numpy() == pytest.approx(exact[shown.index].to_numpy(), abs=0.005001)
    counted = population.read_population(herts)["people"].sum()
    assert cells["people"].sum() == counted


def test_the_same_survey_gives_the_same_numbers(herts, plan, verdict, found):
    again = primary.standardised(herts, plan.made, verdict)
    pd.testing.assert_frame_equal(again.rows, found.rows)


def test_what_is_hidden_of_a_district_is_hidden_with_another_mix(herts, plan, verdict):
    rows = verdict.shares.rows.copy()
    rows.loc[rows["level"] == "St Albans", "estimate"] = np.nan
    rows.loc[rows["level"] == "Dacorum", "few"] = True
    hiding = replace(verdict, shares=replace(verdict.shares, rows=rows))
    shown = primary.standardised(herts, plan.made, hiding).rows.set_index("level")
    for name in ("St Albans", "Dacorum"):
        for column in ("adjusted", "adjusted_low", "residents", "residents_high"):
            assert is_hidden(shown.loc[name, column])


def test_districts_of_few_are_hidden_and_places_without_residents_absent(found, verdict):
    few = verdict.shares.rows.set_index("level")["few"].astype(bool)
    rows = found.rows.set_index("level")
    small = [level for level in rows.index[few] if level != "Outside Hertfordshire"]
    assert small
    assert is_hidden(rows.loc[small, ["adjusted", "residents"]]).all()
    away = rows.loc["Outside Hertfordshire", "residents"]
    assert np.isnan(away)
    assert not is_hidden(away)


def test_the_mix_moves_a_district_of_which_the_content_ages_answered(herts, plan):
    people = plan.made.people.dropna(subset=["age", "sex"]).copy()
    scale = list(people["satisfaction"].cat.categories)
    worst, best = scale[0], scale[-1]
    rng = np.random.default_rng(2)
    old = people["age"].isin(people["age"].cat.categories[4:])
    content = rng.random(len(people)) < np.where(old, 0.85, 0.35)
    people["satisfaction"] = pd.Categorical(np.where(content, best, worst), categories=scale)
    here = people["district"] == "St Albans"
    people = people[~here | old]
    made = replace(plan.made, people=people)
    plain = people["satisfaction"].eq(best).groupby(people["district"], observed=True).mean()
    fitted = residents._told(made.people)
    everybody = groups.with_mix_of_all(fitted, by="district", held=residents.MIX)
    model = groups.multilevel(
        fitted["satisfaction"].eq(best), fitted, by="district", held=residents.MIX,
        rng=np.random.default_rng(1),
    )  # fmt: skip
    adjusted = model.shares(everybody).set_index("level")["estimate"]
    assert plain["St Albans"] - adjusted["St Albans"] > 0.15
    assert abs(adjusted["St Albans"] - adjusted.drop("St Albans").mean()) < 0.08


def test_without_a_population_the_mix_alone_is_held_equal(herts, plan, verdict):
    alone = _without_population(herts)
    reason = "the codebook names no population"
    assert primary.no_residents(alone, plan.made) == reason
    found = primary.standardised(alone, plan.made, verdict)
    assert set(found.people) == {"adjusted"}
    assert found.rows["residents"].isna().all()
    assert list(primary.shown_standardised(found)) == ["level", "raw_share", "adjusted"]
    assert primary.resident_texts(alone, found).empty
    note = primary.mixes_note(alone, found, f"Left out: {reason}.")
    assert note.endswith(f"Residents: left out: {reason}.")


def test_a_survey_without_ages_has_neither(herts, plan, verdict):
    kept = tuple(each for each in herts.codebook.questions if each.role != "age")
    ageless = replace(herts, codebook=replace(herts.codebook, questions=kept))
    assert primary.no_mix(ageless, plan.made) == "the survey did not ask about age"
    assert primary.no_residents(ageless, plan.made) == "the survey did not ask about age"
    found = primary.standardised(ageless, plan.made, verdict)
    assert found.people == {}
    assert primary.shown_standardised(found).empty
    assert primary.mixes_note(ageless, found, "") == ""


def test_without_a_verdict_there_are_no_rows(herts, plan):
    found = primary.standardised(herts, plan.made, None)
    assert found.rows.empty
    assert primary.shown_standardised(found).empty
    assert primary.resident_texts(herts, found).empty


def test_people_of_one_sex_cannot_be_told_apart_by_it(herts, plan):
    made = replace(plan.made, people=plan.made.people.query("sex == 'Female'"))
    assert primary.no_mix(herts, made) == "people who answered are of one age or one sex"


def test_a_page_says_what_is_estimated_what_it_supposes_and_who_was_asked(herts, found):
    said = primary.resident_texts(herts, found)
    rows = found.rows.set_index("level")
    shown = rows["residents"].dropna().index[0]
    assert said[shown].startswith("Estimated of its residents aged 16 and over, Census 2021: ")
    assert f"{rows.loc[shown, 'residents']:.0%}" in said[shown]
    note = primary.mixes_note(herts, found, "")
    assert note.endswith(resident_sentences.assumed(herts))
    assert "Asked were people who made contact in the last 12 months" in note
    hidden = rows.index[is_hidden(rows["residents"])][0]
    assert "%" not in said[hidden]
    assert "too few people" in said[hidden]


def test_any_answer_has_the_residents_of_its_own_people(herts, plan, verdict, found):
    own = verdict.shares.rows.reset_index(drop=True)
    rows = primary.residents_of(herts, verdict.yes, herts.responses(), own)
    columns = ["residents", "residents_low", "residents_high"]
    pd.testing.assert_frame_equal(rows, found.rows[columns].reset_index(drop=True))


def test_residents_of_an_answer_are_absent_where_they_cannot_be_had(herts, verdict):
    own = verdict.shares.rows
    alone = _without_population(herts)
    for made, yes in ((alone, verdict.yes), (herts, verdict.yes & False)):
        rows = primary.residents_of(made, yes, herts.responses(), own)
        assert rows.isna().all(axis=None)
        assert not is_hidden(rows).any()

"""Districts drawn together: the line between answers, what is shown, and what was planted."""

import tomllib

import numpy as np
import pytest
from scipy import stats

from analysis import ordinal, paths, proportions, report, survey
from analysis.paired import tau_b

ROLES = ["visibility", "accessibility"]


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def responses(herts):
    return herts.responses()


@pytest.fixture(scope="module")
def planted():
    text = (paths.RAW / "herts_2023" / "simulation.toml").read_text("utf-8")
    return {role: tomllib.loads(text)[role] for role in ROLES}


def _rng():
    return np.random.default_rng(1)


def test_an_answer_that_nobody_gave_does_not_move_the_line(herts, responses):
    answers = responses["visibility"]
    best = answers.cat.categories[-1]
    without = answers[answers != best].dropna()
    found = report.district_shares(without, responses["district"], herts.codebook, rng=_rng())
    inside = without[responses["district"].reindex(without.index).notna()]
    assert found.overall == pytest.approx((inside == answers.cat.categories[-2]).mean())


def test_there_is_nothing_to_draw_together_where_everybody_is_on_one_side(herts, responses):
    answers = responses["visibility"].dropna()
    top = answers.isin(answers.cat.categories[-2:])
    for side in (top, ~top):
        found = report.district_shares(
            answers[side], responses["district"], herts.codebook, rng=_rng()
        )
        assert found is None


def test_ratings_are_kept_if_two_districts_can_be_shown(herts, responses):
    answers = {role: responses[role].dropna() for role in ROLES}
    answers["visibility"] = answers["visibility"].iloc[:40]
    found = report.rated_districts(answers, responses["district"], herts.codebook, rng=_rng())
    assert list(found) == ["accessibility"]
    assert report.rated_districts(answers, None, herts.codebook, rng=_rng()) == {}


def test_shares_lie_between_their_own_and_everybodys(herts, responses):
    found = report.district_shares(
        responses["accessibility"], responses["district"], herts.codebook, rng=_rng()
    )
    rows = found.rows.dropna(subset=["raw_share"])
    pulled = (rows["estimate"] - found.overall).abs() <= (rows["raw_share"] - found.overall).abs()
    assert (pulled | ((rows["estimate"] - found.overall).abs() < 0.02)).all()
    assert (rows["conf_low"] < rows["estimate"]).all()
    assert (rows["estimate"] < rows["conf_high"]).all()


@pytest.mark.parametrize("role", ROLES)
def test_the_planted_share_is_in_the_interval(responses, planted, role):
    answers = responses[role].dropna()
    share = proportions.share(answers.isin(answers.cat.categories[-2:]))
    assert share.conf_low < planted[role]["target"] < share.conf_high


@pytest.mark.parametrize("role", ROLES)
def test_differences_between_districts_are_the_planted_ones_but_for_chance(
    herts, responses, planted, role
):
    labels = herts.codebook.question("district").labels
    effect = next(each for each in planted[role]["effect"] if each["by"] == "district")
    people = responses[[role, "district"]].dropna()
    people = people[people["district"].isin([labels[code] for code in effect["values"]])]
    people = people.assign(district=people["district"].cat.remove_unused_categories())
    fitted = ordinal.fit(f"{role} ~ district", people)
    names = [each for each in fitted.cov.index if each.startswith("district")]
    known = {labels[code]: value for code, value in effect["values"].items()}
    first = people["district"].cat.categories[0]
    # The planted effects are those on a person's own odds; over people who differ they are less.
    flatter = 1 / np.sqrt(1 + 0.346 * planted[role]["person_sd"] ** 2)
    truth = [flatter * (known[name[len("district[T.") : -1]] - known[first]) for name in names]
    found = fitted.coefficients.set_index("term").loc[names, "estimate"].to_numpy()
    covariance = fitted.cov.loc[names, names].to_numpy()
    gap = found - truth
    assert stats.chi2.sf(gap @ np.linalg.solve(covariance, gap), len(gap)) > 0.01
    assert np.corrcoef(found, truth)[0, 1] > 0.3


@pytest.mark.parametrize("role", ROLES)
def test_a_better_experience_goes_with_a_better_rating_as_planted(responses, planted, role):
    effect = next(each for each in planted[role]["effect"] if each["by"] == "satisfaction")
    assert list(effect["values"].values()) == sorted(effect["values"].values())
    both = responses[[role, "satisfaction"]].dropna()
    assert tau_b(both[role], both["satisfaction"]).conf_low > 0

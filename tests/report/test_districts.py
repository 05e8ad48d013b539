"""Districts drawn together: the line between answers, what is shown, and what was planted."""

import tomllib

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import ordinal, paths, privacy, proportions, report, survey
from analysis.paired import tau_b
from analysis.privacy import is_hidden

ROLES = ["visibility", "accessibility"]

BEST = ["Good", "Very good"]


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


def test_an_answer_that_nobody_gave_does_not_move_the_line(herts, responses):
    answers = responses["visibility"]
    best = answers.cat.categories[-1]
    without = answers[answers != best].dropna()
    found = report.district_shares(
        without, responses["district"], herts.codebook, seed=1, named=BEST
    )
    inside = without[responses["district"].reindex(without.index).notna()]
    yes = without == answers.cat.categories[-2]
    told = privacy.tells_outside(yes, inside.index, herts.codebook)
    assert found.overall == pytest.approx((yes if told else yes.loc[inside.index]).mean())


def test_an_answer_that_is_not_on_the_scale_is_refused_by_name(herts):
    with pytest.raises(ValueError, match=r"\['good'\] are no answers"):
        report.district_shares(*people_of(60, 60, 60), herts.codebook, seed=1, named=["good"])


def test_there_is_nothing_to_draw_together_where_everybody_is_on_one_side(herts, responses):
    answers = responses["visibility"].dropna()
    top = answers.isin(answers.cat.categories[-2:])
    for side in (top, ~top):
        found = report.district_shares(
            answers[side], responses["district"], herts.codebook, seed=1, named=BEST
        )
        assert found is None


def test_ratings_are_kept_if_two_districts_can_be_shown(herts, responses):
    answers = {role: responses[role].dropna() for role in ROLES}
    answers["visibility"] = answers["visibility"].iloc[:40]
    found = report.rated_districts(answers, responses["district"], herts, seed=1)
    assert list(found) == ["accessibility"]
    assert report.rated_districts(answers, None, herts, seed=1) == {}


def people_of(*sizes):
    """Make answers that split in half, and districts of some sizes."""
    district = pd.Series(pd.Categorical(np.repeat([*"pqrs"][: len(sizes)], sizes)))
    codes = np.arange(len(district)) % 4
    scale = ["Very poor", "Poor", *BEST]
    return pd.Series(pd.Categorical.from_codes(codes, scale, ordered=True)), district


@pytest.mark.parametrize(("sizes", "found"), [((60, 60), False), ((60, 60, 60), True)])
def test_three_districts_can_be_drawn_together(herts, sizes, found):
    shares = report.district_shares(*people_of(*sizes), herts.codebook, seed=1, named=BEST)
    assert (shares is not None) == found


@pytest.mark.parametrize(
    ("sizes", "kept"), [((100, 100, 8), []), ((100, 100, 100, 8), ["visibility"])]
)
def test_a_rating_takes_two_districts_that_can_be_shown(herts, sizes, kept):
    answers, district = people_of(*sizes)
    found = report.rated_districts({"visibility": answers}, district, herts, seed=1)
    assert list(found) == kept
    for each in found.values():
        assert each.rows["estimate"].notna().sum() == 2


def test_the_gap_of_few_people_is_hidden(herts):
    answers, district = people_of(100, 100, 30, 8)
    how = {"seed": 1, "named": BEST}
    rows = report.district_shares(answers, district, herts.codebook, **how).rows
    assert rows["few"].any()
    assert rows["gap"].notna().any()
    assert (rows["gap"].isna() == (rows["few"] | rows["estimate"].isna())).all()


@pytest.mark.parametrize(
    ("low", "high", "clear"),
    [(0.0, 0.1, False), (0.0001, 0.1, True), (-0.1, 0.0, False), (-0.1, -0.0001, True)],
)
def test_a_gap_is_clear_if_its_exact_interval_leaves_out_0(low, high, clear):
    gaps = pd.DataFrame({"gap": [0.05], "gap_low": [low], "gap_high": [high]})
    assert report.with_gaps(_own(), gaps, 0.4)["clear"].item() == clear


def _own(**other: object) -> pd.DataFrame:
    row = {"level": "p", "estimate": 0.5, "conf_low": 0.45, "conf_high": 0.6, "few": False}
    return pd.DataFrame([row | other])


def test_gaps_are_shown_in_whole_points_and_sorted_by_thousandths():
    gaps = pd.DataFrame({"gap": [-0.0474], "gap_low": [-0.0891], "gap_high": [-0.004]})
    row = report.with_gaps(_own(), gaps, 0.4).iloc[0]
    assert row[["gap", "gap_low", "gap_high", "size"]].tolist() == [-0.05, -0.09, 0.0, 0.047]


def test_a_gap_of_few_people_is_what_readers_work_out_whatever_it_was():
    for exact in (0.08, 0.12):
        gaps = pd.DataFrame({"gap": [exact], "gap_low": [exact - 0.02], "gap_high": [exact + 0.02]})
        row = report.with_gaps(_own(few=True), gaps, 0.404).iloc[0]
        assert row[["gap", "gap_low", "gap_high"]].tolist() == [0.1, 0.05, 0.2]
        assert not row["clear"]
        assert np.isnan(row["size"])


def test_a_hidden_share_has_no_gap():
    gaps = pd.DataFrame({"gap": [0.1], "gap_low": [0.05], "gap_high": [0.15]})
    row = report.with_gaps(_own(estimate=np.nan), gaps, 0.4)
    assert is_hidden(row[["gap", "gap_low", "gap_high"]]).all()
    assert not row["clear"].item()


def between(rows, overall):
    """Tell of each row whether its exact share lies between its own and everybody's."""
    known = rows.dropna(subset=["raw_share", "estimate"])
    ends = np.sort(np.column_stack([known["raw_share"], np.full(len(known), overall)]), axis=1)
    # Shown in whole percent, or in fives where few gave one kind of answer.
    step = np.where(known["few"].astype(bool), 0.025, 0.005) + 0.005
    return (known["estimate"] >= ends[:, 0] - step) & (known["estimate"] <= ends[:, 1] + step)


def test_shares_lie_between_their_own_and_everybodys(herts, responses):
    found = report.district_shares(
        responses["accessibility"],
        responses["district"],
        herts.codebook,
        seed=1,
        named=BEST,
    )
    assert between(found.rows, found.overall).all()
    rows = found.rows.dropna(subset=["estimate"])
    assert ((rows["conf_low"] < rows["estimate"]) & (rows["estimate"] < rows["conf_high"])).all()


def test_a_district_with_answers_at_both_ends_is_not_drawn_away_from_everybody(herts):
    """A ward gives the best or the worst answer, the others those around the middle."""
    names = [f"Step {at}" for at in range(1, 6)]
    many = {
        "polarised": [45, 3, 2, 2, 28],
        **{f"ward {at}": [4 + at, 20, 24, 30, 6] for at in range(5)},
    }
    answers = pd.Series(
        pd.Categorical.from_codes(
            np.concatenate([np.repeat(np.arange(5), each) for each in many.values()]),
            names,
            ordered=True,
        )
    )
    wards = pd.Series(pd.Categorical(np.repeat([*many], [sum(each) for each in many.values()])))
    found = report.district_shares(answers, wards, herts.codebook, seed=1, named=names[3:])
    row = found.rows.set_index("level").loc["polarised"]
    assert row["raw_share"] == 0.38
    assert round(found.overall, 2) == 0.41
    assert 0.38 <= row["estimate"] <= 0.41
    assert row["conf_low"] <= 0.375 <= row["conf_high"]
    assert between(found.rows, found.overall).all()


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


@pytest.mark.parametrize(("untold", "hidden"), [(0, False), (6, True)])
def test_shares_do_not_tell_of_few_who_named_no_district(herts, untold, hidden):
    rng = np.random.default_rng(7)
    answers = pd.Series(pd.Categorical(rng.choice(["bad", "good"], 240), ["bad", "good"]))
    districts = pd.Series(pd.Categorical.from_codes(np.arange(240) % 4, [*"abcd"]))
    districts = districts.mask(districts.index >= 240 - untold)
    found = report.district_shares(answers, districts, herts.codebook, seed=1, named=["good"])
    yes = answers == "good"
    assert is_hidden(found.rows["raw_share"]).all() == hidden
    assert is_hidden(found.rows["raw_share"]).any() == hidden
    assert found.overall == pytest.approx(yes.mean())
    assert found.rows["estimate"].notna().all()

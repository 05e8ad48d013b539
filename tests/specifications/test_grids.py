"""The grid of the default survey: the report is its first row, and what is planted is named."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import primary, survey
from analysis.report import findings
from analysis.specifications import claims, curves, grids, stored
from analysis.specifications.choices import report_of
from analysis.specifications.people import Cleanings

QUICK = ("largest_shift", "digital_gap", "video_likely")


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def cleanings(herts):
    return Cleanings(herts, herts.read_raw())


@pytest.fixture(scope="module")
def every(cleanings):
    return {each.name: each for each in claims.claims_of(cleanings)[0]}


def test_the_first_specification_is_the_report(herts, cleanings, every):
    told = findings.read_findings(herts).set_index("finding")
    shared = [name for name in every if name in told.index]
    assert len(shared) >= 7
    for name in shared:
        claim = every[name]
        made = claim.estimate(cleanings.people({}), report_of(claim.choices))
        published = told.loc[name]
        assert made.n == published["n"], name
        widened = round(published["estimate"], 2) == published["estimate"]
        tolerance = 0.005 + 1e-9 if widened else 1e-6
        assert made.estimate == pytest.approx(published["estimate"], abs=tolerance), name


def test_tests_of_the_report_are_those_of_the_plan(herts, cleanings, every):
    responses = cleanings.people({}).responses
    plan = primary.primary(herts, responses).family.set_index("term")["p_value"]
    for name, term in (
        ("channels", "channels"),
        ("districts", "districts"),
        ("got_preferred", "got"),
    ):
        claim = every[name]
        made = claim.estimate(cleanings.people({}), report_of(claim.choices))
        assert made.p_value == pytest.approx(plan[term], rel=1e-9), name


def test_specifications_have_the_report_first_and_each_choice_alone(every):
    for claim in every.values():
        table = grids.specifications_of(claim)
        names = [each.name for each in claim.choices]
        assert table.loc[0, names].to_dict() == report_of(claim.choices)
        assert not table.duplicated(names).any()
        alone = table[table["single"] != ""]
        wanted = sum(len(each.levels) - 1 for each in claim.choices)
        assert len(alone) == wanted, claim.name


def test_one_process_and_two_give_the_same(herts):
    raw = herts.read_raw()
    one, two = (
        grids.make_grid(herts, raw, only=("digital_gap",), processes=each) for each in (1, 2)
    )
    pd.testing.assert_frame_equal(one.estimates["digital_gap"], two.estimates["digital_gap"])


def _with_late_replies(herts, raw: pd.DataFrame) -> pd.DataFrame:
    """Add late replies of people who would all use a video chat: a choice planted to matter."""
    codebook = herts.codebook
    rating, sent = (codebook.question(role).column for role in ("video_use", "submitted"))
    likely = raw[raw[rating] == "Very likely"]
    assert len(likely) > 50
    times = -(-700 // len(likely))
    added = pd.concat([likely] * times, ignore_index=True).head(700)
    moments = pd.Timestamp("2023-11-01 00:00:05") + pd.to_timedelta(np.arange(700) * 2, unit="h")
    added[sent] = moments.strftime("%d/%m/%Y %H:%M:%S")
    added["raw_row"] = range(len(raw) + 1, len(raw) + 701)
    return pd.concat([raw, added], ignore_index=True)


def test_a_choice_planted_to_matter_is_named(herts):
    raw = _with_late_replies(herts, herts.read_raw())
    grid = grids.make_grid(herts, raw, only=("video_likely",), processes=1)
    curve = curves.curve_of(grid, grid.claims[0])
    assert curve.summary["verdict"] == curves.SENSITIVE
    assert curve.summary["sensitive_to"].split("; ")[0] == "Late replies"
    assert curve.choices.loc[0, "choice"] == "late"
    assert curve.choices.loc[0, "variance"] > 0.8
    assert bool(curve.choices.loc[0, "flips"])
    plain = stored.read(herts)
    unplanted = plain.claims.set_index("claim").loc["video_likely"]
    assert unplanted["verdict"] == curves.ROBUST
    moves = plain.choices[plain.choices["claim"] == "video_likely"].set_index("choice")
    assert moves.loc["late", "variance"] < 0.05


def test_a_specification_without_estimates_says_why(herts, cleanings, every):
    claim = every["got_preferred"]
    broken = claims.Claim(
        **{**{name: getattr(claim, name) for name in ("name", "about", "kind", "unit", "choices")},
           "estimate": lambda people, row: (_ for _ in ()).throw(ValueError("separated"))}
    )  # fmt: skip
    (made,) = grids.worked_out(broken, cleanings, [report_of(claim.choices)])
    assert made.failed == "separated"
    assert np.isnan(made.estimate)


@pytest.fixture(scope="module")
def made(herts, tmp_path_factory):
    place, whole = tmp_path_factory.mktemp("robustness"), grids.make_grid
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.paths.PROCESSED", place / "processed")
        patch.setattr("analysis.paths.ROOT", place)
        patch.setattr(
            grids, "make_grid", lambda *some, **how: whole(*some, only=("digital_gap",), **how)
        )
        yield stored.make(herts)


def test_a_number_that_is_not_real_is_found(herts, made):
    honest = stored.again(herts, made, every=30).set_index("claim")
    about = made.claims.loc[0, "about"]
    assert honest.loc[about, "same"] == honest.loc[about, "again"] > 1
    forged = made.specifications.assign(estimate=made.specifications["estimate"] + 0.01)
    false = stored.again(herts, stored.Stored(
        claims=made.claims, choices=made.choices, specifications=forged, absent={}), every=30,
    ).set_index("claim")  # fmt: skip
    assert false.loc[about, "same"] == 0


def test_what_is_stored_tells_of_no_few_people(made):
    assert (made.specifications["n"] % 10 == 0).all()
    assert (made.claims["n"] % 10 == 0).all()
    ends = ["estimate", "conf_low", "conf_high"]
    for table, names in (
        (made.specifications, ends),
        (made.claims, [*ends, "lowest", "median", "highest"]),
        (made.choices, ["variance"]),
    ):
        assert np.allclose(table[names], table[names].round(2), atol=1e-12)
    p_values = made.specifications["p_value"]
    assert (p_values >= 0.001).all()
    assert np.allclose(p_values, p_values.round(3), atol=1e-12)
    order = made.specifications[[*ends, "number"]]
    assert order.equals(order.sort_values(list(order), ignore_index=True))


def test_what_is_concluded_is_concluded_of_numbers_as_they_are(herts, made):
    grid = grids.make_grid(herts, herts.read_raw(), processes=1)
    curve = curves.curve_of(grid, grid.claims[0])
    for name in ("conclusion", "verdict", "sensitive_to", "specifications", "failed"):
        assert made.claims.loc[0, name] == curve.summary[name], name
    exact, shown = (each.set_index("number").sort_index() for each in (curve.rows,
                    made.specifications))  # fmt: skip
    assert (exact[["conclusion", "same"]] == shown[["conclusion", "same"]]).all(axis=None)
    share = shown.loc[shown["crossed"], "same"].mean()
    assert made.claims.loc[0, "same_conclusion"] == np.round(share, 3)
    again = curves.conclusions("difference", shown.assign(estimate=exact["estimate"]))
    assert again.tolist() == shown["conclusion"].tolist()
    assert exact["conf_low"].ge(shown["conf_low"] - 1e-6).all()
    assert exact["conf_high"].le(shown["conf_high"] + 1e-6).all()


def test_stored_tables_are_checked(herts, made):
    folder = stored.folder_of(herts)
    assert stored.no_tables(herts) == ""
    assert list(made.claims["claim"]) == ["digital_gap"]
    path = folder / "claims.csv"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"digital_gap", b"digital_gab"))
    assert stored.no_tables(herts).startswith("claims.csv was changed")
    path.write_bytes(before)
    keys = folder / "made_from.json"
    keys.write_text(keys.read_text("utf-8").replace('"raw": "', '"raw": "0'), "utf-8")
    assert "other replies, another codebook" in stored.no_tables(herts)
    keys.unlink()
    assert "not tried yet" in stored.no_tables(herts)
    part = replace(herts, subset={"age": ["75 and over"]})
    assert stored.no_tables(part).startswith("other choices are tried")

"""The real survey, through the same code: figures known from its file."""

import re

import pandas as pd
import pytest

from analysis import cleaning, ordinal, paired, paths
from analysis.publish import plan, results, runs
from analysis.report import findings
from analysis.specifications import stored
from analysis.survey import bases


@pytest.fixture(scope="module")
def report(ape11, tmp_path_factory):
    """Run the report of the real survey into a folder of its own."""
    patch = pytest.MonkeyPatch()
    out = tmp_path_factory.mktemp("out")
    for name, folder in (
        ("OUT", out),
        ("PROCESSED", out / "data" / "processed"),
        ("FIGURES", out / "figures"),
        ("REPORTS", out / "reports"),
    ):
        patch.setattr(paths, name, folder)
    results.report(ape11)
    yield out
    patch.undo()


@pytest.fixture(scope="module")
def base(ape11, report):
    return bases.answered(ape11, ape11.responses(), ["used", "preferred"])


@pytest.fixture(scope="module")
def shifts(ape11, base):
    answers = (bases.channels(ape11, base.frame, role) for role in ("used", "preferred"))
    return paired.shifts(*answers).set_index("answer")


def test_all_rows_come_in_and_stay(ape11):
    cleaned = cleaning.clean(ape11.read_raw(), ape11.codebook)
    assert cleaned.ledger.rows_in == len(cleaned.responses) == 1286


def test_dont_know_is_not_none(ape11, report):
    coded = ape11.coded_responses()
    for role, dont_know, none in (("used", 9, 673), ("preferred", 17, 261)):
        assert (coded[f"{role}__vote"] == "dont_know").sum() == dont_know
        assert (coded[f"{role}__none"] == "1").sum() == none


def test_the_ledger_shows_the_22_people_who_did_not_know(base):
    steps = base.ledger.to_frame().set_index("step")["rows_excluded"]
    assert steps.to_dict() == {"not_asked": 0, "dont_know": 22, "no_answer": 0}
    assert base.n == 1264


def test_contacting_a_councillor_shifts_as_the_file_says(shifts):
    row = shifts.loc["Contacting a councillor or MP"]
    counts = ["n_used", "n_preferred", "n_used_only", "n_preferred_only"]
    assert row[counts].tolist() == [161, 672, 6, 517]
    assert row["statistic"] == pytest.approx(499.2753, abs=5e-5)


def test_giving_to_charity_hardly_shifts(shifts):
    row = shifts.loc["Giving money to a charity or campaign"]
    assert row[["n_used", "n_preferred"]].tolist() == [247, 262]
    assert row["statistic"] == pytest.approx(1.1307, abs=5e-5)


GOLDEN = paths.ROOT / "tests" / "golden"


def _codes(ape11, column):
    """Return one question of the raw file, its answers 1 to 4 alone."""
    raw = pd.read_csv(ape11.raw_path, sep="\t", usecols=[column])
    answers = raw[column].where(raw[column].between(1, 4))
    return answers.astype(pd.CategoricalDtype([1, 2, 3, 4]))


@pytest.mark.parametrize(
    ("first", "second", "statistic", "n"),
    [("Q11a", "Q11b", 131.57812, 1267), ("Q12a", "Q12b", 32.31953, 1269)],
)
def test_two_ratings_by_the_same_people_have_known_margins(ape11, first, second, statistic, n):
    one, two = _codes(ape11, first), _codes(ape11, second)
    both = one.notna() & two.notna()
    found = paired.stuart_maxwell(paired.counts(one[both], two[both]))
    assert found.statistic == pytest.approx(statistic, abs=1e-5)
    assert (found.df, found.n) == (3, n)


@pytest.fixture(scope="module")
def weighted(ape11, base):
    answers = [bases.channels(ape11, base.frame, role) for role in ("used", "preferred")]
    return answers, base.frame["weight"]


def test_weighted_shifts_of_all_activities_equal_svymean(weighted):
    answers, weight = weighted
    golden = pd.read_csv(GOLDEN / "ape11_shifts.csv")
    ours = paired.shifts(*answers, weights=weight)
    assert len(ours) == len(golden) == 13
    for column in ("estimate", "std_error", "conf_low", "conf_high"):
        assert ours[column].to_numpy() == pytest.approx(golden[column].to_numpy(), rel=1e-6)


def test_the_weighted_global_test_equals_regtermtest(weighted):
    answers, weight = weighted
    golden = pd.read_csv(GOLDEN / "ape11_test.csv").iloc[0]
    ours = paired.shift_test(*answers, weights=weight)
    assert (ours.df, ours.df_denominator, ours.n) == (13, 1251, 1264)
    assert golden["df_denominator"] == 1251
    assert ours.statistic == pytest.approx(golden["statistic"], rel=1e-6)


def test_reading_dont_know_as_none_would_change_the_answer(ape11, report):
    coded = ape11.coded_responses()
    wrong = [
        coded[[f"{role}__councillor", f"{role}__charity"]]
        .replace("dont_know", "0")
        .astype(float)
        .set_axis(["councillor", "charity"], axis=1)
        for role in ("used", "preferred")
    ]
    shifts = paired.shifts(*wrong).set_index("answer")
    assert shifts.loc["councillor", "n"] == 1286
    assert shifts.loc["councillor", "statistic"] == pytest.approx(502.2738, abs=5e-5)
    assert shifts.loc["charity", "statistic"] == pytest.approx(1.4378, abs=5e-5)


def test_more_is_better_in_the_outcome(ape11, report):
    responses = ape11.responses()
    best = responses["satisfaction"].cat.categories[-1]
    assert best.startswith("Works extremely well")
    assert (responses["satisfaction"] == best).sum() == 39


def test_weights_are_kept_as_supplied(ape11, report):
    weights = ape11.responses()["weight"]
    assert weights.sum() == pytest.approx(1286.00003, abs=1e-4)


def test_the_report_has_a_page_a_notebook_and_says_nothing_of_synthetic_data(ape11, report):
    folder = report / "reports" / "ape11"
    pages = {page.stem: page.read_text("utf-8") for page in folder.glob("*.html")}
    left_out = {"05_visibility_and_access", "06_video_chat", "07_changes_wanted", "10_known_truth"}
    left_out |= {"09_robustness"} if stored.no_tables(ape11) else set()
    regions = ape11.codebook.question("district").answers
    written = {path.stem for path in runs.notebook_paths()} - left_out
    written |= {f"district_{each.code}" for each in regions}
    assert set(pages) == {"index", "methods", "statistics", "changes", "search", *written}
    for what in (
        "about visibility and about accessibility",
        "about a video chat",
        "what to change",
    ):
        assert f"Left out: the survey did not ask {what}." in pages["index"]
    for name, page in pages.items():
        assert "ynthetic" not in re.sub(
            r"<style.*?</style>|<details.*?</details>", "", page, flags=re.S
        ), name


def test_willingness_is_said_to_be_no_preference(ape11, report):
    page = (report / "reports" / "ape11" / "03_preferred_vs_used.html").read_text("utf-8")
    assert "willingness, not preference" in page


def test_the_findings_hold_the_councillor_shift(ape11, report):
    row = findings.read_findings(ape11).set_index("finding").loc["largest_shift"]
    assert row["estimate"] == pytest.approx((672 - 161) / 1264, rel=1e-7)
    assert row["n"] == 1264


def test_weighted_and_unweighted_shifts_of_all_activities_stand_side_by_side(ape11, report):
    page = (report / "reports" / "ape11" / "03_preferred_vs_used.html").read_text("utf-8")
    start = page.index("Shifts in points without weights, n = 1,264, and with, n = 1,264")
    table = page[start : page.index("</table>", start)]
    assert table.count('<th scope="row">') == 13
    assert "[c]" not in table
    councillor = re.search(r"councillor or MP</th>(.*?)</tr>", table, re.S).group(1)
    assert re.findall(r">([+-][\d.]+)<", councillor) == ["+40.4", "+39.4"]


def test_small_counts_of_the_real_survey_are_hidden(ape11, report):
    page = (report / "reports" / "ape11" / "03_preferred_vs_used.html").read_text("utf-8")
    label = '<th scope="row">Contacting a councillor or MP</th>'
    rows = re.findall(rf"{label}(.*?)</tr>", page, re.S)
    assert not any(row.count("[c]") == 3 for row in rows)
    assert re.search(r"Not shown, since too few[^<]*: Contacting a councillor or MP", page)
    assert "rounded to 10" in rows[-1]


def test_a_survey_without_a_role_skips_the_notebooks_that_need_it(ape11):
    assert plan.left_out("06_video_chat", ape11) == {
        "notebook": "the survey did not ask about a video chat"
    }


def test_the_model_takes_one_term_an_activity(ape11, report):
    terms = bases.channel_terms(ape11, "used")
    base = bases.answered(ape11, ape11.responses(), ["used", "satisfaction", "district"])
    fit = ordinal.fit(f"satisfaction ~ {' + '.join(terms)} + district", base.frame)
    assert len(fit.coefficients) == 13 + 10
    assert fit.n == 1238

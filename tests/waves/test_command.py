"""The command: its files, the same bytes again, one sentence for bad input, waves in one file."""

import argparse
import re
import shutil

import pandas as pd
import pytest
import written_pages

from analysis import paths, survey, waves
from analysis.errors import SurveyError
from analysis.publish import first_page, waves_command
from analysis.survey import made_from
from analysis.waves import sentences

WAVE = """
[[question]]
id = "wave"
kind = "ordered"
column = "wave"
answers = [{ code = "first", label = "2023" }, { code = "second", label = "2025" }]
"""
RESPONDENT = '\n[[question]]\nid = "respondent"\nkind = "text"\ncolumn = "ID"\n'


def run(*words):
    parser = argparse.ArgumentParser()
    waves_command.add_options(parser)
    return waves_command.run(parser.parse_args(list(words)))


def edit(name, *changes, end=""):
    path = paths.RAW / name / "codebook.toml"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text + end, "utf-8")


@pytest.fixture
def own(in_place, small_waves, monkeypatch):
    """Let the test change codebooks: a copy of the two waves."""
    folder = in_place / "raw"
    shutil.copytree(small_waves, folder)
    monkeypatch.setattr(paths, "RAW", folder)
    return folder


@pytest.fixture
def one_file(own):
    """Make one survey of the first and the last wave."""
    folder = own / "both"
    shutil.copytree(own / "herts_2023", folder)
    (folder / "responses.csv").rename(folder / "one.csv")
    shutil.copy(own / "herts_2025" / "responses.csv", folder / "two.csv")
    edit(
        "both",
        ('id = "herts_2023"', 'id = "both"'),
        ("closes = 2023", "closes = 2025"),
        (
            'name = "responses.csv"',
            'name = ["one.csv", "two.csv"]\nwave_column = "wave"\nwaves = ["2023", "2025"]',
        ),
        end=WAVE,
    )
    for name in ("both", "herts_2023", "herts_2025"):  # who was late depends on the file
        path = own / name / "codebook.toml"
        path.write_text(re.sub(r"(opens|closes) = .*\n", "", path.read_text("utf-8")), "utf-8")
    return folder


def content(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_files_are_written_again_the_same_bytes_and_say_what_they_hold(in_place):
    made = run("herts_2023", "herts_2025")
    names = {path.relative_to(in_place).as_posix() for path in made}
    assert {
        "reports/herts_2025/waves_herts_2023.html",
        "data/processed/herts_2025/waves_herts_2023.csv",
        "figures/herts_2025/waves_herts_2023.svg",
    } <= names
    before = content(in_place)
    assert not [name for name in before if ".unfinished" in str(name)]
    run("herts_2023", "herts_2025")
    assert content(in_place) == before
    check_page(made[0].read_text("utf-8"))
    table = pd.read_csv(made[1])
    assert (table["data"] == "synthetic").all()
    assert table["wave_first"].unique().tolist() == [2023]


def test_the_first_page_of_a_report_links_to_the_page(in_place):
    index = in_place / "reports" / "herts_2025" / "index.html"
    run("herts_2023", "herts_2025")
    assert not index.exists()
    index.write_text(first_page.index_html([], survey_title="Demo", notice="", limits=""), "utf-8")
    made = run("herts_2023", "herts_2025")
    assert index in made
    assert '<a href="index.html">' in made[0].read_text("utf-8")
    linked = index.read_text("utf-8")
    link = '<li><a href="waves_herts_2023.html">2023 and 2025 compared</a></li>'
    assert linked.count(link) == 1
    run("herts_2023", "herts_2025")
    assert index.read_text("utf-8") == linked
    found = made_from.kept(survey.load("herts_2025"))
    assert [each.page for each in found] == [("waves_herts_2023.html", "2023 and 2025 compared")]
    html = first_page.index_html(
        [], survey_title="Demo", notice="", limits="", compared=[each.page for each in found]
    )
    assert html == linked


def test_everything_that_is_written_outlives_a_report(in_place, tmp_path):
    made = run("herts_2023", "herts_2025")
    later = survey.load("herts_2025")
    scratch = tmp_path / "scratch"
    assert made_from.carry_over(made_from.kept(later), later, scratch) == ([], {})
    for path in made:
        assert (scratch / path.relative_to(in_place)).read_bytes() == path.read_bytes()


def test_a_change_of_the_earlier_replies_makes_the_comparison_stale(own):
    run("herts_2023", "herts_2025")
    edit("herts_2023", ("[cleaning]", "# a remark\n[cleaning]"))
    found = made_from.kept(survey.load("herts_2025"))
    assert [each.stale.endswith("population of herts_2023") for each in found] == [True]


def check_page(page):
    assert "Synthetic data: made by this project" in page
    assert written_pages.faults_of_policy(page) == []
    assert page.index("What changed") < page.index("<figure>") < page.index("<table")
    for part in (
        "Whoever answered chose to",
        "residents aged 16 and over, Census 2021 (by",
        "Newcombe",
        "headline measures compared",
    ):
        assert part in page, part
    assert page.count("<h1") == 1
    for table in re.findall(r"<table.*?</table>", page, flags=re.S):
        assert "<caption" in table
        width = len(re.findall(r"<th scope=\"col\"", table))
        for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, flags=re.S):
            assert row.count("<td") == width - 1
    assert not re.search(r"https?://(?!www\.w3\.org)|<script|<link (?!rel=\"icon\")", page)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["herts_2023"], "has no question of role wave, so it is one wave"),
        (["herts_2023", "herts_2023"], "herts_2023 is compared with itself; name two surveys"),
        (["herts_2023", "kent_2025"], "there is no survey 'kent_2025' in data/raw; choose"),
        (["kent_2025", "herts_2023"], "there is no survey 'kent_2025' in data/raw; choose"),
        (["a", "b", "c"], "3 surveys are named; compare two"),
        (["herts_2023", "herts_2025", "--waves", "a", "b"], "--waves chooses waves of one survey"),
        (["herts_2025", "herts_2023"], "before 2025 began on 2025-10-0"),
    ],
)
def test_bad_input_is_one_sentence_and_writes_nothing(in_place, words, said):
    with pytest.raises(SurveyError) as refused:
        run(*words)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert content(in_place) == {}


def test_a_planted_change_of_wording_is_refused_and_the_rest_compared(own):
    edit("herts_2025", ("How would you rate the visibility of", "How visible do you find"))
    header = "How would you rate the visibility of"
    path = own / "herts_2025" / "responses.csv"
    path.write_bytes(path.read_bytes().replace(header.encode(), b"How visible do you find", 1))
    page = run("herts_2023", "herts_2025")[0].read_text("utf-8")
    assert "1 question was asked otherwise" in page
    assert "Wording: " in page
    table = pd.read_csv(paths.PROCESSED / "herts_2025" / "waves_herts_2023.csv")
    assert not table["measure"].str.contains("Visibility").any()
    assert table["measure"].str.contains("Accessibility").any()
    rule = '[[waves.map]]\nquestion = "visibility"\naccept = ["wording"]\nreason = "Shorter now."\n'
    edit("herts_2025", ("[cleaning]", f"{rule}[cleaning]"))
    page = run("herts_2023", "herts_2025")[0].read_text("utf-8")
    assert "Why it is compared: Shorter now." in page
    table = pd.read_csv(paths.PROCESSED / "herts_2025" / "waves_herts_2023.csv")
    assert table["measure"].str.contains("Visibility").any()


def test_channels_of_which_one_is_new_are_compared_only_as_far_as_mapped(own):
    edit("herts_2025", ('code = "webchat"\nlabel = "Webchat"', 'code = "chat"\nlabel = "Chat"'),
         ('webchat = ["webchat"', 'chat = ["webchat"'))  # fmt: skip
    found = waves.two_surveys(survey.load("herts_2023"), survey.load("herts_2025"))
    assert not found.compares("preferred")
    assert not found.compares("used_last")
    rule = '[[waves.map]]\nquestion = "{}"\naccept = ["answers"]\nreason = "Merged."\n'
    rules = "".join(rule.format(role) for role in ("used", "used_last", "preferred"))
    edit("herts_2025", ("[cleaning]", f"{rules}[cleaning]"))
    found = waves.compare(waves.two_surveys(survey.load("herts_2023"), survey.load("herts_2025")))
    rows = found.rows[~found.rows["family"].str.startswith("themes")]
    told = rows["measure"].str.split(": ").str[-1]
    assert not told.isin(["Webchat", "Chat"]).any()
    assert {"Website form", "101 by telephone"} <= set(told)
    assert not found.rows["measure"].str.startswith("Used what they").any()
    assert found.satisfaction.held == ("district",)


def test_waves_in_one_file_compare_as_two_surveys_do(one_file):
    one = waves.compare(waves.two_waves(survey.load("both"))).rows
    two = waves.compare(
        waves.two_surveys(survey.load("herts_2023"), survey.load("herts_2025"))
    ).rows
    pd.testing.assert_frame_equal(one, two)


def test_waves_are_chosen_by_name_and_a_wrong_one_is_one_sentence(one_file):
    made = run("both", "--waves", "2025", "first")
    assert made[0].name == "waves_second_first.html"
    with pytest.raises(SurveyError, match=r"^2023 and 2031 are not two waves of both; choose two"):
        run("both", "--waves", "2023", "2031")


def test_waves_that_share_people_are_refused_unless_ids_begin_again(own):
    ignored = ('ignored_columns = ["ID", "Email", "Name"]', 'ignored_columns = ["Email", "Name"]')
    for name in ("herts_2023", "herts_2025"):
        edit(name, ignored, end=RESPONDENT)
    with pytest.raises(SurveyError, match=r"\d+ ids of 2023 stand in 2025 too, so the two are"):
        run("herts_2023", "herts_2025")
    assert not paths.REPORTS.exists()
    edit("herts_2025", ("[cleaning]", "[waves]\nids_restart = true\n[cleaning]"))
    page = run("herts_2023", "herts_2025")[0].read_text("utf-8")
    assert "equal ones are taken for different people" in page


def test_two_populations_are_named_and_the_larger_threshold_holds(own):
    first = survey.load("herts_2023")
    before = waves.compare(waves.two_surveys(first, survey.load("herts_2025"))).rows
    edit("herts_2025", ("aged 16 and over, Census 2021", "aged 16 and over, mid-2024"),
         ("disclosure_threshold = 10", "disclosure_threshold = 30"))  # fmt: skip
    found = waves.compare(waves.two_surveys(first, survey.load("herts_2025")))
    said = " ".join(sentences.limits(found))
    assert "weighted to two populations: 2023 to residents aged 16 and over, Census 2021" in said
    assert "fewer than 30 people" in said
    now = found.rows
    assert now["estimate"].isna().sum() > before["estimate"].isna().sum()
    told = now[now["estimate"].notna() & now["family"].str.startswith("channels")]
    assert (told["first"] * told["n_first"] >= 30 - 0.005 * told["n_first"]).all()
    backwards = waves.compare(waves.two_surveys(survey.load("herts_2025"), first)).rows
    told_back = set(backwards.loc[backwards["estimate"].notna(), "measure"])
    assert told_back == set(now.loc[now["estimate"].notna(), "measure"])


def test_surveys_with_nothing_in_common_are_one_sentence(own):
    text = (own / "herts_2025" / "codebook.toml").read_text("utf-8")
    changed = re.sub(r'base = "[^"]+"', 'base = "Callers"', text)
    (own / "herts_2025" / "codebook.toml").write_text(changed, "utf-8")
    with pytest.raises(SurveyError) as refused:
        run("herts_2023", "herts_2025")
    said = str(refused.value)
    assert "\n" not in said
    assert "2023 and 2025 share " in said or "no headline" in said

"""A district's page says what the notebook says of it, and no number that is hidden there."""

import re

import pandas as pd
import pytest

from analysis import survey
from analysis.publish import district_pages
from analysis.publish.pages import Page

NUMBERS = {"unit": "percent", "estimate": 0.5, "conf_low": 0.3, "conf_high": 0.6, "overall": 0.56}
PAGES = [
    Page(stem="08_district_profiles", title="What would attune it?"),
    Page(stem="06_video_chat", title="Who would use it?", skipped="it was not asked"),
]


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


def _tables(
    folder, *, levels=("Watford", "Dacorum"), gap=-0.06, people=60.0, residents="", estimated=None
):
    said = pd.DataFrame({"level": levels, "people": people, "sentence": "Nothing <b>here</b>."})
    said["residents"] = residents
    said.to_csv(folder / "district_sentences.csv", index=False)
    row = NUMBERS | {"gap": gap, "gap_low": -0.2, "gap_high": 0.02, "n": 45}
    row |= {"residents": estimated, "residents_low": 0.4, "residents_high": 0.62}
    rows = [{"level": level, "measure": f"Ease in {level}"} | row for level in levels]
    pd.DataFrame(rows).to_csv(folder / "district_profiles.csv", index=False)
    return folder


def _banner(folder, p_values=None, weighted="0.05 or more"):
    rows = [
        ("preferred", "district", "Watford", "Website form", 20, 0.33, 0.14, 0.57, 60),
        ("preferred", "district", "Watford", "Webchat", None, None, None, None, 60),
        ("preferred", "district", "Watford", "101 by telephone", 30, None, 0.25, 0.8, 60),
        ("preferred", "district", "Dacorum", "Front counter", 90, 0.6, 0.5, 0.7, 150),
        ("preferred", "age", "Watford", "A band", 10, 0.1, 0.0, 0.2, 60),
        ("ease", "district", "Watford", "Easy", 10, 0.1, 0.0, 0.2, 60),
    ]
    columns = ["question", "by", "group", "answer", "people", "estimate", "conf_low", "conf_high"]
    path = folder / "banner.csv"
    table = pd.DataFrame(rows, columns=[*columns, "n"])
    told = [(p_values or {}).get(each, "0.05 or more") for each in table["question"]]
    table = table.assign(wording=table["question"] + "?", p_adjusted=told, p_weighted=weighted)
    table.to_csv(path, index=False)
    shares = {"101 by telephone": 0.36, "Website form": None, "Webchat": 0.1}
    topline = pd.DataFrame({"answer": list(shares), "estimate": list(shares.values())})
    topline.assign(question="preferred").to_csv(folder / "topline.csv", index=False)
    return path


def _page(herts, folder, **how):
    districts = district_pages.districts_of(herts, folder)
    first = next(each for each in districts if each.name == "Watford")
    how = {"banner": folder / "banner.csv", "notice": "", "pages": PAGES, **how}
    return district_pages.district_html(herts, first, districts=districts, tables=folder, **how)


def test_what_is_estimated_of_residents_is_said_where_it_is(herts, tmp_path):
    said = "Estimated of its residents: 58% &"
    page = _page(herts, _tables(tmp_path, residents=said))
    assert "<p>Estimated of its residents: 58% &amp;</p>" in page
    assert "<p></p>" not in _page(herts, _tables(tmp_path))
    assert "nan" not in _page(herts, _tables(tmp_path)).lower()


def test_districts_have_the_order_and_place_of_the_codebook(herts, tmp_path):
    found = district_pages.districts_of(herts, _tables(tmp_path))
    assert [each.name for each in found] == ["Dacorum", "Watford"]
    assert [each.file for each in found] == ["district_dacorum.html", "district_watford.html"]
    assert all(each.tile for each in found)


def test_without_the_notebook_there_is_no_page(herts, tmp_path):
    assert district_pages.districts_of(herts, tmp_path) == []


def test_what_is_said_is_text_and_the_district_is_marked(herts, tmp_path):
    html = _page(herts, _tables(tmp_path))
    assert "<p>Nothing &lt;b&gt;here&lt;/b&gt;.</p>" in html
    assert "<p>60 people (rounded) who answered named this district. It is compared on 1 " in html
    assert '<a href="district_watford.html" aria-current="page">Watford</a>' in html
    assert '<a href="district_dacorum.html">Dacorum</a>' in html
    assert "Ease in Watford" in html
    assert "Ease in Dacorum" not in html


def test_a_district_of_few_people_says_so(herts, tmp_path):
    html = _page(herts, _tables(tmp_path, people=None))
    assert "<p>Fewer than 10 people who answered named this district." in html


def test_numbers_stand_one_in_a_cell_and_hidden_ones_are_marked(herts, tmp_path):
    cells = re.findall(r'<td class="number">(.*?)</td>', _page(herts, _tables(tmp_path)))
    assert cells == ["50%", "30% to 60%", "56%", "-6", "-20 to +2", "45"]
    hidden = _page(herts, _tables(tmp_path, gap=None))
    assert re.findall(r'<td class="number">(.*?)</td>', hidden)[3:5] == ["[c]", "[c]"]


def test_residents_have_columns_where_something_is_estimated_of_them(herts, tmp_path):
    html = _page(herts, _tables(tmp_path, estimated=0.51))
    assert re.findall(r'<td class="number">(.*?)</td>', html)[-2:] == ["51%", "40% to 62%"]
    assert "estimated of its residents aged 16 and over, Census 2021" in html
    assert ">Residents</th>" not in _page(herts, _tables(tmp_path))


def test_what_people_prefer_is_that_of_the_banner_book_most_first(herts, tmp_path):
    folder = _tables(tmp_path)
    _banner(folder)
    html = _page(herts, folder)
    table = html[html.index('id="preferred-caption"') : html.index('id="beside"')]
    rows = re.findall(r'<th scope="row">(.*?)</th><td class="number">(.*?)</td>', table)
    assert rows == [("101 by telephone", "[u]"), ("Website form", "33%")]
    cells = re.findall(r'<td class="number">(.*?)</td>', table)
    assert cells[2::5] == ["36%", "[c]"]  # everybody
    assert "rounded to 10" in table


@pytest.mark.parametrize(
    ("p_values", "weighted", "said"),
    [
        ({}, "0.05 or more", ""),
        ({"preferred": "< 0.01"}, "0.05 or more", "differ on “preferred?” without weights only."),
        ({}, "< 0.05", "differ on “preferred?” and “ease?” with weights only."),
        ({"ease": "< 0.001"}, "< 0.05", "differ on “ease?”; “preferred?” with weights only."),
    ],
)
def test_questions_on_which_the_data_tables_find_a_difference_are_named(
    tmp_path, p_values, weighted, said
):
    found = district_pages.tests_sentence(_banner(tmp_path, p_values, weighted), "districts")
    assert found.endswith(said)
    assert bool(found) == bool(said)


def test_data_tables_without_weights_have_their_tests(tmp_path):
    path = _banner(tmp_path, {"ease": "< 0.01"})
    pd.read_csv(path).drop(columns="p_weighted").to_csv(path, index=False)
    assert district_pages.tests_sentence(path, "districts").endswith("differ on “ease?”.")


def test_without_data_tables_nothing_is_said_of_their_tests(tmp_path):
    assert district_pages.tests_sentence(tmp_path / "banner.csv", "districts") == ""


def test_without_a_banner_book_the_rest_of_the_page_stands(herts, tmp_path):
    html = _page(herts, _tables(tmp_path))
    assert "preferred-caption" not in html
    assert "beside-caption" in html


def test_districts_without_a_place_are_listed_and_not_laid_out(herts, tmp_path):
    districts = [district_pages.District(name="Watford", file="district_watford.html")]
    _tables(tmp_path)
    html = district_pages.district_html(
        herts, districts[0], districts=districts, tables=tmp_path, banner=tmp_path / "none",
        pages=PAGES, notice="Synthetic data.",
    )  # fmt: skip
    assert 'class="tiles"' not in html
    assert 'aria-current="page">Watford</a>' in html
    assert "Synthetic data." in html
    assert "06_video_chat" not in html

"""A codebook whose every text is HTML, Markdown, a formula or mathematics: nothing of it runs."""

import csv
import json
import tomllib
from pathlib import Path

import openpyxl
import pytest
import variants
import written_pages

from analysis.errors import SurveyError
from analysis.publish import attack_command, policies
from analysis.publish.pages import TEMPLATES

ENDS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script></title></style><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    r"$\frac{1}{2}$ $x$",
    "**b** `c` | _d_ # *e*",
    "{{ 7*7 }} {0} %s",
    "&lt;script&gt; &amp;",
    '<a href="javascript:alert(1)">x</a>',
    "<!-- x --> ]]> <?php ?>",
)

WORDS = ("channel", "channels", "district", "districts", "used", "preferred", "used_short",
         "preferred_short", "satisfied", "satisfaction", "preference")  # fmt: skip


def _poison(path: Path) -> None:
    """Put markup behind every text of a codebook that is shown."""
    codebook, count, groups = tomllib.loads(path.read_text("utf-8")), [0], {}

    def poisoned(text: str) -> str:
        count[0] += 1
        return f"{text} {ENDS[count[0] % len(ENDS)]}"

    def answers(listed: list[dict]) -> None:
        for each in listed:
            each.setdefault("text", each["label"])
            each["label"] = poisoned(each["label"])
            if "group" in each:
                group = each["group"]
                groups.setdefault(group, poisoned(group))
                each["group"] = groups[group]

    for key in ("title", "population", "source", "licence", "where_to_get", "limits"):
        codebook["survey"][key] = poisoned(codebook["survey"][key])
    for key in WORDS:  # a word ends in a letter, a sentence with its stop
        end = "." if key == "preference" else " x"
        codebook["words"][key] = poisoned(codebook["words"][key]) + end
    for key in ("label", "source"):
        codebook["population"][key] = poisoned(codebook["population"][key])
    for listed in codebook["lists"].values():
        answers(listed)
    for question in codebook["question"]:
        question["wording"] = poisoned(question["column"])
        for key in {"base", "noun"} & set(question):
            question[key] = poisoned(question[key])
        if isinstance(question.get("answers"), list):
            answers(question["answers"])
    for theme in codebook.get("theme", []):
        for key in {"label", "description"} & set(theme):
            theme[key] = poisoned(theme[key])
    codebook["words"]["digital_groups"] = [groups["Digital"]]
    lines = [f"{json.dumps(key)} = {variants.toml_value(each)}" for key, each in codebook.items()]
    path.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("poisoned")
    variants.write_variant("herts_2023", folder / "surveys", "poisoned", replies=400)
    _poison(folder / "surveys" / "poisoned" / "codebook.toml")
    attack_command.report_of("poisoned", folder / "surveys", folder / "out")
    return folder / "out"


def _pages(written: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in written.rglob("*.html")}


def test_nothing_that_is_written_runs_fetches_or_is_a_formula(written):
    assert list(written_pages.wrong_in(written)) == []


def test_what_the_codebook_says_stands_there_as_it_is(written):
    """Else the test above would pass for a report that shows none of it."""
    pages = "\n".join(_pages(written).values())
    for shown in ("&lt;script&gt;alert(1)&lt;/script&gt;", "onerror=alert(1)&gt;",
                  "{{ 7*7 }} {0} %s", "&amp;lt;script&amp;gt;", "onmouseover=",
                  "&lt;!-- x --&gt;"):  # fmt: skip
        assert shown in pages, shown
    drawings = "\n".join(path.read_text("utf-8") for path in written.rglob("*.svg"))
    assert "&lt;script&gt;alert(1)" in drawings
    assert r"$\frac{1}{2}$" in drawings
    assert "<title>" in pages


def test_every_page_has_a_policy_that_names_its_own_style_and_no_other(written):
    pages = _pages(written)
    assert {"index.html", "methods.html", "search.html", "changes.html", "statistics.html"} < set(
        pages
    )
    found = {name: written_pages.faults_of_policy(page) for name, page in pages.items()}
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert [name for name, page in pages.items() if "script-src" in page] == ["search.html"]


def test_every_template_of_a_whole_page_has_a_policy():
    templates = {path.name: path.read_text("utf-8") for path in TEMPLATES.glob("*.j2")}
    whole = {name for name, text in templates.items() if text.startswith("<!doctype html>")}
    assert whole == {"layout.html.j2", "waves.html.j2", "document.html.j2"}
    for name in whole:
        assert (
            '<meta http-equiv="Content-Security-Policy" content="{{ policy }}">' in templates[name]
        )
    for name in set(templates) - whole:
        assert templates[name].startswith('{% extends "layout.html.j2" %}'), name


@pytest.mark.parametrize(("old", "new"), [
    ("'none'; img-src", "'none'; img-src *"), ("default-src 'none'", "default-src 'self'"),
    ("</style>", " </style>"), ("base-uri 'none'; ", ""), ("http-equiv", "name"),
    ("<meta", "<style></style><meta"), ("; style-src-elem", "; script-src *; style-src-elem"),
])  # fmt: skip
def test_a_weaker_policy_is_seen(old, new):
    page = policies.with_policy(
        f'<meta http-equiv="Content-Security-Policy" content="{policies.PENDING}"><style>a</style>'
    )
    assert written_pages.faults_of_policy(page) == []
    assert written_pages.faults_of_policy(page.replace(old, new, 1))


@pytest.mark.parametrize("text", [
    "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", " =HYPERLINK(1)", "- none of these",
])  # fmt: skip
@pytest.mark.parametrize(
    "place", ['title = "A small survey"', 'label = "Website"', 'label = "Lives"']
)
def test_a_text_that_a_spreadsheet_would_work_out_is_refused(demo, place, text):
    key = place.partition(" = ")[0]
    with pytest.raises(SurveyError, match="is a formula to a spreadsheet; begin it with a letter"):
        demo(None, (place, f"{key} = {json.dumps(text)}"))


@pytest.mark.parametrize("text", ["-1", "+5%", "-5 to 0", "1+1", "a@b"])
def test_a_number_is_no_formula(demo, text):
    assert demo(None, ('label = "Website"', f'label = "{text}"'))


# ---- can the check itself fail? ----------------------------------------------------------------


@pytest.mark.parametrize(("name", "content"), [
    ("a.html", "<p onclick='x()'>"), ("a.html", "<a href=' java\nscript:x()'>"),
    ("a.html", "<script>1</script>"), ("a.html", "<img src=https://example.org/a.png>"),
    ("a.html", "<p style='background: url(https://example.org)'>"), ("a.html", "<iframe>"),
    ("a.svg", "<svg><script/></svg>"), ("a.svg", "<svg onload='x()'/>"),
    ("a.svg", "<svg><image href='https://example.org/a.png'/></svg>"),
    ("a.csv", "a,b\n1,=1+1\n"), ("a.csv", "a,b\n@SUM(A1),1\n"), ("a.csv", "a\n-1+cmd\n"),
    ("a.ipynb", '{"cells": [{"cell_type": "markdown", "source": "a <img src=x onerror=y>"}]}'),
])  # fmt: skip
def test_what_runs_is_seen(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    assert list(written_pages.wrong_in(tmp_path))


def test_a_formula_in_a_workbook_is_seen(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["=1+1"])
    book.save(tmp_path / "a.xlsx")
    assert list(written_pages.wrong_in(tmp_path)) == [("a.xlsx", "=1+1")]


def test_numbers_of_a_table_are_no_formulas(tmp_path):
    with (tmp_path / "a.csv").open("w", newline="") as file:
        csv.writer(file).writerow(["-0.5", "+4", "-1e-05", "a=b", ""])
    assert list(written_pages.wrong_in(tmp_path)) == []

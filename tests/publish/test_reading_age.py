"""The first page reads easily: short words and sentences, few words before the figure, no p."""

import re

import nbformat
import pytest
from markupsafe import Markup

from analysis import paths, survey
from analysis.publish import first_page, pages

#: What stands in the place of the figure.
FIGURE = Markup("<svg></svg>")


def _syllables(word: str) -> int:
    """Count groups of vowels, but for a silent e at the end; a number counts as one."""
    groups = len(re.findall("[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def reading_age(texts: list[str]) -> float:
    """Give the age that Flesch and Kincaid's grade stands for (Kincaid and others 1975)."""
    words = [word for text in texts for word in re.findall(r"\w[\w',%.-]*\w%?|\w", text.lower())]
    sentences = sum(len(re.findall(r"[.!?](?:\s|$)", text)) or 1 for text in texts)
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59 + 5


def _words(html: str) -> list[str]:
    return Markup(html).striptags().split()


@pytest.fixture(scope="module")
def index() -> str:
    """The first page, from the notebooks as they are kept."""
    shown = [
        pages.page_of(path.stem, nbformat.read(path, as_version=4))
        for path in sorted(paths.NOTEBOOKS.glob("0*.ipynb"))
    ]
    limits = survey.load("herts_2023").codebook.limits
    html = first_page.index_html(
        shown, survey_title="Demo", notice="", limits=limits, figure=FIGURE
    )
    return html.partition("<main")[2]


def test_a_child_of_13_can_read_the_first_page(index):
    found = re.findall(r"<(p|h2)\b[^>]*>(.*?)</\1>", index, re.S)
    texts = [Markup(text).striptags() for _, text in found]
    assert sum(len(text.split()) for text in texts) >= 300
    assert reading_age(texts) <= 13


def test_at_most_150_words_stand_before_the_first_figure(index):
    before = index.partition("<figure")[0].partition(">")[2]
    assert 10 <= len(_words(before)) <= 150


def test_no_p_value_stands_on_the_first_page(index):
    assert not re.search(r"\bp\s*[=<>]|p-value|Holm", Markup(index).striptags())


def test_hard_words_and_long_sentences_are_told_from_easy_ones():
    easy = ["The cat sat on the mat. It was a warm day."]
    hard = [
        "Heterogeneity of institutional accountability necessitates multidimensional "
        "evaluation of organisational responsiveness across administrative jurisdictions."
    ]
    assert reading_age(easy) < 8
    assert reading_age(hard) > 18


def test_a_text_of_the_us_navy_has_the_grade_that_it_is_known_for():
    """Kincaid's formula on a counted sentence: 6 words of 1 syllable are grade -1.45."""
    assert reading_age(["The dog ran to the park."]) == pytest.approx(5 - 1.45)

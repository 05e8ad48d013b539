"""The numbers of published examples, to every digit that their sources print."""

import agreement_page
import pytest
from published import file_examples
from published.comparison import KEPT, PRINTED, RECALLED, agreeing, fewer, figures, significant

EXAMPLES = agreement_page.examples()


def _check(example) -> None:
    for figure in example.figures:
        found = agreeing(figure.printed, figure.ours)
        wanted = significant(figure.printed) if figure.digits is None else figure.digits
        assert found == wanted, (figure.what, figure.printed, figure.ours)
        assert bool(figure.reason) == (figure.digits is not None), figure.what


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.room}: {each.name}")
def test_every_printed_digit_agrees_or_it_is_said_why_not(example):
    _check(example)


@pytest.mark.parametrize("name", file_examples.FILES)
def test_examples_of_statas_manuals_agree(name):
    data = file_examples.read(name)
    if data is None:
        pytest.skip(
            f"published/{name} is not in ANALYSIS_RAW: in Stata `webuse {name[:-4]}`, then "
            f"`export delimited {name}, nolabel`"
        )
    _check(file_examples.FILES[name](data))


def test_there_are_25_published_examples_and_each_source_is_named():
    assert sum(example.kind == PRINTED for example in EXAMPLES) >= 25
    assert {example.kind for example in EXAMPLES} == {PRINTED, KEPT, RECALLED}
    assert len({example.name for example in EXAMPLES}) == len(EXAMPLES)
    assert all(len(example.source) > 15 and example.figures for example in EXAMPLES)


def test_every_library_room_that_estimates_has_an_example():
    rooms = {"ordinal", "assumptions", "margins", "groups", "paired", "proportions", "weights"}
    assert {example.room for example in EXAMPLES} == {*rooms, "numerics"}


def test_the_page_says_what_the_code_gives():
    committed = agreement_page.PAGE.read_text("utf-8")
    assert committed == agreement_page.page(), "run `python tests/agreement_page.py`"


@pytest.mark.parametrize(
    ("printed", "ours", "digits"),
    [
        ("0.0620", 0.06204, 3),
        ("0.0620", 0.062051, 2),
        ("0.0620", 0.0700, 0),
        ("-1.50", 1.50, 0),
        ("2.195e-06", 2.1951e-06, 4),
        ("2.195e-06", 2.1964e-06, 3),
        ("0.0000", 0.00004, 4),
        ("11.98", 11.975, 4),
        ("100", 100.4, 3),
        ("100", 104.0, 2),
    ],
)
def test_digits_that_agree_are_counted(printed, ours, digits):
    assert agreeing(printed, ours) == digits


def test_a_reason_for_a_figure_that_is_not_there_is_refused():
    with pytest.raises(AssertionError):
        fewer(figures(["a"], "1.0", [1.0]), "why", b=1)

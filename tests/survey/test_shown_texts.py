"""What a writer of the results would refuse is refused when the codebook is read, with its key."""

import matplotlib as mpl
import pytest

from analysis.errors import SurveyError
from analysis.figures import style
from analysis.survey import shown_texts

TITLE = 'title = "A small survey"'
LABEL = '{ code = "lives", label = "Lives" }'


def _quoted(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in escaped)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("see [x](javascript:alert(1))", "has a link that cannot be followed"),
        ("see [x](notes.md)", "has a link that cannot be followed"),
        ("[a](https://a.org) and [b](https://b.org)", "has a link that cannot be followed"),
        ("see [a [b](c) d](https://a.org)", "has a link that cannot be followed"),
        (f"[x](https://a.org/{'y' * 3000})", "has a link that cannot be followed"),
        ("see [x]\n[x]: javascript:alert", "has a link that cannot be followed"),
        ("![a picture](a.png)", "embeds an image"),
        ("two \x01 three", r"has the control character U\+0001"),
        ("two \uffff three", r"has the control character U\+FFFF"),
        ("x" * 40_000, "has 40,000 letters"),
        ("$$note 9$$", r"has \$\$, which marks a note"),
    ],
)
@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (TITLE, 'title = "{}"', r"\[survey\] title"),
        ('limits = "Nobody answered."', 'limits = "{}"', r"\[survey\] limits"),
        ('preference = "Preference is not a promise."', 'preference = "{}"', r"\[words\] pref"),
        (LABEL, '{{ code = "lives", label = "{}" }}', "question 'connection', answer 'lives'"),
        ('column = "Anything else?"', 'column = "Anything else?"\nwording = "{}"',
         "question 'comment': wording"),
    ],
)  # fmt: skip
def test_a_text_that_could_not_be_written_is_named_by_its_key(demo, text, message, old, new, where):
    with pytest.raises(SurveyError, match=f"(?s){where}.*{message}"):
        demo(None, (old, new.format(_quoted(text))))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ((TITLE, 'title = "=1+1"'), r"\[survey\] title is a formula to a spreadsheet"),
        ((TITLE, 'title = " "'), r"\[survey\] title is ' ', without a letter or figure"),
        (('district = "district"', 'district = ""'), r"\[words\] district is '', without a"),
        ((LABEL, '{ code = "lives", label = "Not told" }'), "'Not told', which stands for people"),
        ((LABEL, '{ code = "lives", label = "?" }'), "label is '\\?', without a letter or figure"),
        (('id = "connection"', 'id = "connection"\nrole = "district"'), "without a letter from A"),
    ],
)
def test_a_name_that_could_not_head_a_cell_is_named_by_its_key(demo, change, message):
    cleaning = ('no_connection = ["neither"]\n', "")
    label = ('label = "Neither"', 'label = "\u5317"')
    with pytest.raises(SurveyError, match=message):
        demo(None, change, cleaning, label)


@pytest.mark.parametrize(
    "text",
    [
        "see [the report](https://a.org/report) of 2023",
        "see https://a.org/report_(2023)",
        "ask [us](mailto:a@example.org)",
        "rated [1] to [5] (see the form)",
        "$5 to $10, 100 % <b>",
        "two lines\nof text",
    ],
)
def test_a_text_that_every_writer_takes_is_let_through(demo, text):
    assert demo(None, (TITLE, f'title = "{_quoted(text)}"')).codebook.title == text


def test_several_texts_are_listed_in_one_error(demo):
    with pytest.raises(SurveyError, match="has 2 contradictions") as error:
        demo(
            None,
            (TITLE, 'title = "[x](javascript:y)"'),
            ('limits = "Nobody answered."', 'limits = "a\\u0007b"'),
        )
    assert "[survey] title" in str(error.value)
    assert "[survey] limits" in str(error.value)


def test_the_longest_text_is_let_through(demo):
    text = "x" * shown_texts.MOST_LETTERS
    assert demo(None, (TITLE, f'title = "{text}"')).codebook.title == text


def test_two_prices_in_one_text_of_a_figure_are_no_formula():
    with style.apply():
        drawn = mpl.figure.Figure().text(0.5, 0.5, r"$\over 5$ to $10$")
        assert drawn.get_parse_math() is False

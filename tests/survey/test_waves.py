"""What a codebook says of waves is checked against itself, and read from its files."""

import pytest

from analysis import cleaning, paths, survey
from analysis.errors import SurveyError

WAVE = '[[question]]\nid = "wave"\nkind = "{}"\ncolumn = "wave"\nanswers = [{}]\n'
YEARS = (
    '{ code = "first", label = "2023", text = "may" }, { code = "second", label = "2025",'
    ' text = "june" }'
)
CLOSED = (
    '[[question]]\nid = "a"\nkind = "single"\ncolumn = "A?"\n'
    'answers = [{ code = "yes", label = "Yes" }, { code = "no", label = "No" }]\n'
)
SEVERAL = ('name = "replies.csv"', 'name = ["may.csv", "june.csv"]\nwave_column = "wave"')


def _waves(small, questions, *changes, files=("A?\nYes\n", "A?\nNo\nYes\n")):
    made = small(CLOSED, "A?\nYes\n")
    folder = made.raw_path.parent
    text = (folder / "codebook.toml").read_text("utf-8") + questions
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "codebook.toml").write_text(text, encoding="utf-8")
    for name, content in zip(("may.csv", "june.csv"), files, strict=True):
        (folder / name).write_text(content, encoding="utf-8")
    return survey.load("demo")


def test_a_question_reads_which_file_a_reply_came_from(small):
    made = _waves(small, WAVE.format("ordered", YEARS), SEVERAL)
    cleaned = cleaning.clean(made.read_raw(), made.codebook)
    assert cleaned.responses["wave"].tolist() == ["first", "second", "second"]


@pytest.mark.parametrize("role", ["wave", "source"])
def test_a_reply_of_which_the_file_alone_is_known_is_blank(small, role):
    wave = WAVE.format("single", YEARS).replace('id = "wave"', f'id = "{role}"')
    made = _waves(small, wave, SEVERAL, files=("A?\nYes\n", "A?\nNo\n-\n"))
    path = paths.RAW / "demo" / "codebook.toml"
    path.write_text(path.read_text("utf-8").replace('blank = [""]', 'blank = ["", "-"]'), "utf-8")
    made = survey.load("demo")
    excluded = cleaning.clean(made.read_raw(), made.codebook).ledger.excluded
    assert excluded[["raw_row", "step"]].to_numpy().tolist() == [[3, "blank"]]


def test_a_question_asked_in_one_wave_alone_was_not_asked_in_the_other(small):
    later = CLOSED.replace('"a"', '"b"').replace("A?", "B?")
    asked = later.replace(
        "answers", 'asked_if = { question = "wave", answers = ["second"] }\nanswers'
    )
    files = ("A?,B?\nYes,\n", "A?,B?\nYes,No\nYes,\n")
    made = _waves(small, WAVE.format("single", YEARS) + asked, SEVERAL, files=files)
    coded = cleaning.clean(made.read_raw(), made.codebook).responses
    assert coded["b"].tolist() == ["not_asked", "no", "no_answer"]


@pytest.mark.parametrize(
    ("questions", "file", "said"),
    [
        ("", 'wave_column = "wave"', "wave_column 'wave' is read by no question; add a question"),
        ("", 'waves = ["a", "b"]', "waves without a wave_column; name the column"),
        (WAVE.format("single", YEARS), 'wave_column = "wave"\nwaves = ["a", " "]',
         "waves has an empty name"),
        (WAVE.format("single", YEARS).replace('= "wave"\nans', '= "raw_row"\nans'),
         'wave_column = "raw_row"', "wave_column 'raw_row' is a name of the project"),
        ("", "wave_column = 3", "wave_column = 3 is not str"),
        ("", 'waves = "a"', "waves = 'a' is not list"),
        ('[[question]]\nid = "wave"\nkind = "text"\ncolumn = "wave"\n', 'wave_column = "wave"',
         "kind 'text', but the role 'wave' needs single or ordered"),
    ],
)  # fmt: skip
def test_what_the_codebook_says_of_waves_is_checked(small, questions, file, said):
    with pytest.raises(SurveyError) as refused:
        _waves(small, questions, ("[file]", f"[file]\n{file}"))
    assert said in str(refused.value)

"""A plan names comparisons that there are, each once."""

import pytest

from analysis.errors import SurveyError
from analysis.survey.codebook_reader import read_codebook


def _read(folder, line: str):
    made = folder / "demo"
    made.mkdir()
    keys = ("title", "population", "source", "licence", "where_to_get", "limits")
    text = "\n".join(f'{key} = "Words"' for key in keys)
    (made / "codebook.toml").write_text(
        f'[survey]\nid = "demo"\nsynthetic = true\n{text}\n[file]\nname = "a.csv"\n'
        f'[primary]\n{line}\n[[question]]\nid = "why"\nkind = "text"\ncolumn = "Why?"\n',
        "utf-8",
    )
    return read_codebook(made / "codebook.toml")


def test_without_a_plan_all_comparisons_are_primary(tmp_path):
    assert _read(tmp_path, "").primary.comparisons == ("shift", "channels", "districts", "got")


def test_a_plan_may_name_fewer(tmp_path):
    assert _read(tmp_path, 'comparisons = ["got"]').primary.comparisons == ("got",)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('comparisons = ["age"]', "comparisons has 'age'; it can have shift, channels"),
        ('comparisons = ["got", "got"]', "comparisons has 'got' twice; name it once"),
        ('outcomes = ["got"]', "unknown key 'outcomes'"),
        ('comparisons = "got"', "comparisons"),
    ],
)
def test_a_wrong_plan_is_refused_in_words(tmp_path, line, said):
    with pytest.raises(SurveyError, match=said):
        _read(tmp_path, line)

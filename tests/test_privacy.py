"""Small numbers stay hidden, and nothing that a respondent wrote gets out."""

import itertools
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import paired, paths, privacy, simulate, survey, tables

counts = st.lists(st.integers(0, 60), min_size=2, max_size=9)
squares = st.integers(2, 5).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 40), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


def _hide(people, **more):
    frame = pd.DataFrame({"channel": range(len(people)), "people": people})
    more = {"threshold": 10, "complete": True, **more}
    return privacy.hide_small(frame, counts=["people"], values=["people"], **more)["people"]


@given(counts)
def test_no_small_count_is_shown(people):
    assert not (_hide(people, complete=False) < 10).any()


@given(counts)
def test_a_known_total_less_the_shown_counts_is_never_small(people):
    shown = _hide(people)
    if shown.notna().all():
        return
    rest = sum(people) - shown.sum()
    assert shown.isna().sum() >= 2
    assert rest >= 10 or shown.isna().all()


def test_a_zero_that_follows_from_the_questionnaire_is_shown():
    assert _hide([50, 40, 0], known_zero=[False, False, True]).tolist() == [50, 40, 0]


def test_a_share_that_nearly_everybody_has_is_hidden_too():
    frame = pd.DataFrame({"channel": ["a"], "people": [95], "n": [100]})
    shown = privacy.hide_small(
        frame, counts=["people"], values=["people"], threshold=10, complete=False
    )
    assert shown["people"].isna().all()


def test_a_survey_too_small_to_be_shown_is_refused_in_words():
    frame = pd.DataFrame({"estimate": [0.5, np.nan, np.nan]})
    privacy.require_shown(frame, 1, "channels")
    with pytest.raises(ValueError, match="1 of 3 channels have enough people to be shown"):
        privacy.require_shown(frame, 2, "channels")


@given(squares)
def test_no_row_or_column_of_a_table_gives_a_small_cell_away(cells):
    table = pd.DataFrame(cells)
    shown = privacy.hide_cells(table, threshold=10)
    assert not (shown < 10).any().any()
    for axis in (0, 1):
        hidden = shown.isna().sum(axis=axis)
        rest = (table.sum(axis=axis) - shown.sum(axis=axis))[hidden > 0]
        whole_line = hidden[hidden > 0] == table.shape[axis]
        assert ((hidden[hidden > 0] >= 2) | whole_line).all()
        assert ((rest >= 10) | whole_line).all()


# ---- Over everything that is written -----------------------------------------------------------


def _written() -> dict[str, str]:
    """Return the text of every committed output of the default survey."""
    folders = [paths.ROOT / "data" / "processed", paths.ROOT / "figures", paths.ROOT / "notebooks"]
    files = itertools.chain.from_iterable(folder.rglob("*") for folder in folders)
    kinds = (".csv", ".json", ".ipynb", ".svg")
    committed = (path for path in files if path.suffix in kinds and "ape11" not in path.parts)
    return {str(path.relative_to(paths.ROOT)): path.read_text("utf-8") for path in committed}


@pytest.fixture(scope="module")
def written():
    return _written()


@pytest.fixture(scope="module")
def made():
    return simulate.default("herts_2023")


def test_no_open_answer_is_in_any_output(made, written):
    codebook = survey.load("herts_2023").codebook
    columns = [question.column for question in codebook.questions if question.kind == "text"]
    texts = {
        text.strip() for column in columns for text in made.raw[column] if len(text.strip()) > 12
    }
    assert len(texts) > 800
    for name, content in written.items():
        found = [text for text in texts if text in content]
        assert not found, (name, found[:1])


def test_no_text_behind_other_is_in_any_output(made, written):
    raw = made.raw.astype("str")
    cells = [cell for column in raw for cell in raw[column] if "Other:" in cell]
    texts = {part.strip() for cell in cells for part in re.findall(r"Other:([^;]+)", cell)}
    texts = {text for text in texts if len(text) > 11}
    assert len(texts) > 15
    for name, content in written.items():
        found = [text for text in texts if text in content]
        assert not found, (name, found[:1])


def test_no_planted_personal_detail_is_in_any_output(made, written):
    details = made.dirt.loc[made.dirt["kind"] == "personal", "detail"]
    planted = {
        value.strip()
        for detail in details
        for value in re.findall(r"=([^|]+)", detail)
        if len(value.strip()) > 4
    }
    assert len(planted) > 20
    for name, content in written.items():
        found = [value for value in planted if value in content]
        assert not found, (name, found[:1])


@pytest.mark.parametrize(
    "pattern",
    [r"07700 ?900", r"01632 ?960", r"[\w.]+@example\.", r"<script", r"=HYPERLINK", r"onerror"],
)
def test_no_pattern_of_a_planted_text_is_in_any_output(written, pattern):
    for name, content in written.items():
        assert not re.search(pattern, content), name


# ---- Tables as files ---------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+44 1632", "-2", "@SUM(A1)", " =1"])
def test_text_cannot_start_a_formula_in_a_spreadsheet(tmp_path, text):
    tables.write_csv(pd.DataFrame({"a": [text]}), tmp_path / "t.csv", synthetic=True)
    assert (tmp_path / "t.csv").read_text("utf-8").splitlines()[1].startswith("'")


def test_a_table_says_whether_it_is_synthetic_and_repeats_its_bytes(tmp_path):
    frame = pd.DataFrame({"share": [1 / 3, np.nan]})
    tables.write_csv(frame, tmp_path / "a.csv", synthetic=True)
    tables.write_csv(frame, tmp_path / "b.csv", synthetic=True)
    content = (tmp_path / "a.csv").read_bytes()
    assert content == b"share,data\n0.33333333,synthetic\n,synthetic\n"
    assert content == (tmp_path / "b.csv").read_bytes()


def test_a_table_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "t.csv"
    tables.write_csv(pd.DataFrame({"a": [1]}), path, synthetic=False)
    before = path.read_bytes()
    with pytest.raises(UnicodeEncodeError):
        tables.write_csv(pd.DataFrame({"a": ["\ud800"]}), path, synthetic=False)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["t.csv"]


# ---- What an interval gives away ---------------------------------------------------------------


def _people_behind(row: pd.Series) -> list[int]:
    """List how many may have named a channel twice, by the interval that is shown."""
    feasible = []
    for both in range(int(min(row["n_used"], row["n_preferred"])) + 1):
        kinds = {"both": both, "used": row["n_used"] - both, "preferred": row["n_preferred"] - both}
        n = int(row["n"])
        answers = [(1, 1)] * both + [(1, 0)] * int(kinds["used"])
        answers += [(0, 1)] * int(kinds["preferred"])
        answers += [(0, 0)] * (n - len(answers))
        if len(answers) > n:
            continue
        used, preferred = (pd.DataFrame({"a": [float(x[i]) for x in answers]}) for i in (0, 1))
        low, high = paired.shifts(used, preferred).loc[0, ["conf_low", "conf_high"]]
        exact = (round(low, 3), round(high, 3)) == (
            round(row["conf_low"], 3),
            round(row["conf_high"], 3),
        )
        wide = (np.floor(low * 100) / 100, np.ceil(high * 100) / 100)
        if exact or np.allclose(wide, (row["conf_low"], row["conf_high"])):
            feasible.append(both)
    return feasible


def test_an_interval_does_not_give_small_counts_away():
    answers = [(1, 1)] * 32 + [(1, 0)] * 6 + [(0, 1)] * 69 + [(0, 0)] * 500
    used, preferred = (pd.DataFrame({"a": [float(x[i]) for x in answers]}) for i in (0, 1))
    exact = paired.shifts(used, preferred)
    shown = privacy.shown_shifts(exact, survey.load("ape11").codebook, "used")
    assert shown.loc[0, "p_shown"] == "< 0.001"
    assert len(_people_behind(shown.loc[0])) >= 10
    assert len(_people_behind(exact.loc[0])) <= 3

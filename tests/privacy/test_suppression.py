"""Small numbers stay hidden, and nothing that a respondent wrote gets out."""

import dataclasses
import itertools
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import files, paired, paths, privacy, survey
from analysis.chapters.preferred_vs_used import changes, claims, tables
from analysis.paired import difference
from analysis.privacy._bounds import _critical, _told
from analysis.privacy._suppression import hidden_levels
from analysis.synthetic import simulation

counts = st.lists(st.integers(0, 60), min_size=2, max_size=9)
squares = st.integers(2, 5).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 40), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


def _hide(people, **more):
    frame = pd.DataFrame({"channel": range(len(people)), "people": people})
    more = {"rule": privacy.Rule(10), "complete": True, **more}
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
        frame, counts=["people"], values=["people"], rule=privacy.Rule(10), complete=False
    )
    assert shown["people"].isna().all()


@given(squares)
def test_totals_less_rounded_cells_leave_a_hidden_cell_its_room(cells):
    table = pd.DataFrame(cells)
    shown = privacy.round_table(table, rule=privacy.Rule(10)).to_numpy()
    assert not (shown < 10).any()
    for lines, seen in ((table.to_numpy(), shown), (table.to_numpy().T, shown.T)):
        for line, told in zip(lines, seen, strict=True):
            hidden = np.isnan(told)
            if hidden.all() or not hidden.any():
                continue
            spans = [(max(each - 5, 10), each + 4) for each in told[~hidden]]
            least, most = (sum(each) for each in zip(*spans, strict=True))
            small = hidden & (line < 10)
            for at in np.flatnonzero(small):
                others = np.delete(np.where(hidden, np.where(small, 9, np.inf), 0), at).sum()
                low, high = max(0, line.sum() - most - others), min(9, line.sum() - least)
                assert low <= line[at] <= high
                assert high - low + 1 >= 8


@st.composite
def levels(draw):
    """Draw counts of channels for one answer each, their groups, and the groups' counts."""
    member = np.array(draw(st.lists(st.integers(0, 3), min_size=3, max_size=9)))
    member = np.unique(member, return_inverse=True)[1]
    people = np.array([[draw(st.integers(0, 60)) for _ in range(2)] for _ in member], dtype=float)
    groups = np.array([people[member == each].sum(axis=0) for each in range(member.max() + 1)])
    return people, groups, member


@given(levels())
def test_no_sum_over_a_group_or_over_all_groups_gives_a_small_count_away(made):
    people, group_people, member = made
    channels, groups = hidden_levels(people, group_people, member, rule=privacy.Rule(10))
    assert not (people[~channels] < 10).any()
    assert not (group_people[~groups] < 10).any()
    for each, known in enumerate(~groups):
        mine = channels & (member == each)
        if known and mine.any():
            whole = mine.sum() == (member == each).sum()
            assert mine.sum() >= 2
            assert whole or (people[mine].sum(axis=0) >= 10).all()
        if not known:
            assert mine.any()
    if groups.any() and not groups.all():
        assert groups.sum() >= 2
        assert (group_people[groups].sum(axis=0) >= 10).all()


def test_one_hidden_channel_alone_takes_a_second_even_if_it_is_large():
    people = np.array([[50.0, 3.0], [60.0, 40.0], [70.0, 50.0]])
    total, member = people.sum(axis=0)[None, :], np.zeros(3, dtype=int)
    channels, _ = hidden_levels(people, total, member, rule=privacy.Rule(10))
    assert channels.tolist() == [True, True, False]


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
    return simulation.default("herts_2023")


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
    files.write_csv(pd.DataFrame({"a": [text]}), tmp_path / "t.csv", synthetic=True)
    assert (tmp_path / "t.csv").read_text("utf-8").splitlines()[1].startswith("'")


def test_a_table_says_whether_it_is_synthetic_and_repeats_its_bytes(tmp_path):
    frame = pd.DataFrame({"share": [1 / 3, np.nan]})
    files.write_csv(frame, tmp_path / "a.csv", synthetic=True)
    files.write_csv(frame, tmp_path / "b.csv", synthetic=True)
    content = (tmp_path / "a.csv").read_bytes()
    assert content == b"share,data\n0.33333333,synthetic\n,synthetic\n"
    assert content == (tmp_path / "b.csv").read_bytes()


def test_a_table_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "t.csv"
    files.write_csv(pd.DataFrame({"a": [1]}), path, synthetic=False)
    before = path.read_bytes()
    with pytest.raises(UnicodeEncodeError):
        files.write_csv(pd.DataFrame({"a": ["\ud800"]}), path, synthetic=False)
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
        found = paired.shifts(used, preferred).loc[0]
        low, high = found["simultaneous_low"], found["simultaneous_high"]
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
    codebook = survey.load("ape11").codebook
    label, group = next(iter(codebook.question("preferred").groups.items()))
    one, whole = (exact.assign(answer=name) for name in (label, group))
    shown, _ = privacy.shown_shifts(one, whole, codebook, "used")
    exact[["conf_low", "conf_high"]] = exact[["simultaneous_low", "simultaneous_high"]].to_numpy()
    assert shown.loc[0, "p_shown"] == "< 0.001"
    assert len(_people_behind(shown.loc[0])) >= 10
    assert len(_people_behind(exact.loc[0])) <= 3


@given(st.integers(0, 30), st.integers(0, 9), st.integers(0, 60), st.integers(60, 700))
def test_a_shown_interval_leaves_as_many_counts_as_the_threshold(both, alone, other, neither):
    answers = [(1, 1)] * both + [(1, 0)] * alone + [(0, 1)] * other + [(0, 0)] * neither
    used, preferred = (pd.DataFrame({"a": [float(x[i]) for x in answers]}) for i in (0, 1))
    exact = paired.shifts(used, preferred)
    row = exact.loc[0]
    told = _told(row, privacy.Rule(10))
    assert told[0] <= row["simultaneous_low"] + 1e-9
    assert told[1] >= row["simultaneous_high"] - 1e-9
    possible = []
    everything = range(min(int(row["n_used"]), int(row["n_preferred"])) + 1)
    for each in everything:
        changed = row.copy()
        n, a, b = row["n"], row["n_used"] - each, row["n_preferred"] - each
        ends = difference.adjusted_wald_interval(each, a, b, n, _critical(row))
        changed[["simultaneous_low", "simultaneous_high"]] = ends
        changed[["n_both", "n_used_only", "n_preferred_only"]] = each, a, b
        if min(each, a, b) < 10 and np.allclose(_told(changed, privacy.Rule(10))[:2], told[:2]):
            possible.append(each)
    assert both in possible or min(both, alone, other) >= 10
    assert len(possible) >= min(10, len(everything))


def test_a_group_of_one_channel_repeats_its_interval():
    made = survey.load("herts_2023")
    labels = made.codebook.question("preferred").labels
    groups = made.codebook.question("preferred").groups
    rng = np.random.default_rng(3)
    answers = [
        pd.Series(pd.Categorical(rng.choice(list(labels.values()), 900), list(labels.values())))
        for _ in range(2)
    ]
    grouped = [each.map(groups).astype("category") for each in answers]
    shown = privacy.shown_shifts(
        paired.shifts(*answers), paired.shifts(*grouped), made.codebook, "used_last"
    )
    channels, by_group = (each.set_index("channel") for each in shown)
    other = ["conf_low", "conf_high", "p_shown"]
    assert channels.loc["Other", other].tolist() == by_group.loc["Other", other].tolist()


def test_odds_that_are_a_quotient_of_two_counts_are_not_shown():
    codebook = survey.load("herts_2023").codebook
    labels = ["a", "b", "c"]
    chain = pd.DataFrame([[9, 14, 0], [11, 9, 20], [0, 12, 9]], index=labels, columns=labels)
    assert changes.shown_odds(paired.quasi_symmetry(chain).pairs, codebook).empty
    ring = chain.copy()
    ring.loc["a", "c"], ring.loc["c", "a"] = 12, 8
    assert len(changes.shown_odds(paired.quasi_symmetry(ring).pairs, codebook)) == 3


def test_shifts_of_small_groups_of_people_are_hidden_or_in_whole_points():
    codebook = survey.load("herts_2023").codebook
    rng = np.random.default_rng(8)
    kinds = pd.CategoricalDtype(["a", "b"])
    area = pd.Series(rng.choice(list("wxyz"), 300, p=[0.02, 0.18, 0.4, 0.4]), name="area")
    area = area.astype("category")
    used = pd.Series(rng.choice(["a", "b"], 300, p=[0.9, 0.1])).astype(kinds)
    preferred = used.where((area != "z").to_numpy() | (rng.random(300) < 0.2), "b").astype(kinds)
    found = paired.heterogeneity(used, preferred, by=area)
    shown = privacy.shown_group_shifts(found, codebook, ["a", "b"]).set_index(["level", "channel"])
    assert shown.loc["w"].drop(columns="few").isna().all().all()
    coarse = shown.loc[shown["few"].astype(bool), ["estimate", "conf_low", "conf_high"]]
    assert np.allclose(coarse * 20, np.round(coarse * 20), equal_nan=True)
    assert len(coarse)
    numbers = shown.drop(columns=["n", "few"]).to_numpy(dtype=float)
    assert np.allclose(numbers * 100, np.round(numbers * 100), equal_nan=True)
    few = found.groups.set_index(["area", "answer"])[["n_used", "n_preferred"]].min(axis=1) < 10
    assert shown.loc[few.to_numpy(), "raw_estimate"].isna().all()


def test_people_who_stay_and_can_be_worked_out_are_allowed_for():
    table = pd.DataFrame([[252, 62, 61, 7], [12, 208, 36, 2], [1, 15, 61, 1], [2, 7, 3, 4]])
    known = np.diag([True, True, True, False])
    plain = privacy.round_table(table, rule=privacy.Rule(10))
    careful = privacy.round_table(table, rule=privacy.Rule(10), known=known)
    assert plain.notna().to_numpy().sum() == 6
    assert careful.notna().to_numpy().sum() == 5
    assert careful.loc[1, 2] == 40


def test_a_share_that_was_reached_does_not_give_small_counts_away():
    answers = [(1, 1)] * 33 + [(1, 0)] * 5 + [(0, 1)] * 68 + [(0, 0)] * 628
    used, preferred = (pd.DataFrame({"a": [float(x[i]) for x in answers]}) for i in (0, 1))
    reached, shifts = paired.reached(used, preferred), paired.shifts(used, preferred)
    codebook, visible = survey.load("ape11").codebook, pd.DataFrame({"estimate": [0.1]})
    shown = tables.shown_reached(reached, shifts, visible, codebook).loc[0]
    assert shown["counted"] == "rounded to 10"
    both = shown["estimate"] * shown["n"]
    possible = [each for each in range(102) if np.floor(each / 10 + 0.5) * 10 == round(both)]
    assert possible == list(range(25, 35))
    assert sorted({38 - each for each in possible}) == list(range(4, 14))
    assert (shown["low"], shown["high"]) == (25 / 101, 34 / 101)


def test_people_of_a_channel_whose_shift_is_hidden_are_hidden():
    answers = [*"a" * 60, *"b" * 50, *"c" * 12, *"d" * 7]
    used, preferred = (pd.Series(each, dtype="category") for each in (answers, answers[::-1]))
    reached, shifts = paired.reached(used, preferred), paired.shifts(used, preferred)
    visible = pd.DataFrame({"estimate": [0.1, 0.1, None, None]})
    codebook = survey.load("herts_2023").codebook
    shown = tables.shown_reached(reached, shifts, visible, codebook)
    assert shown["n"].isna().tolist() == [False, False, True, True]
    assert shown.loc[2, "share"] == privacy.HIDDEN


def _claim(yes_same, yes_other, no_same, no_other):
    codebook = survey.load("herts_2023").codebook
    counts = [("Yes", 0, 0, yes_same), ("Yes", 0, 1, yes_other), ("No", 0, 0, no_same)]
    counts += [("No", 0, 3, no_other)]
    labels = list(codebook.question("preferred").labels.values())
    rows = [(said, labels[one], labels[two]) for said, one, two, n in counts for _ in range(n)]
    frame = pd.DataFrame(rows, columns=["said", "used", "preferred"])
    kinds = pd.CategoricalDtype(labels)
    frame = frame.astype({"used": kinds, "preferred": kinds, "said": "category"})
    return claims.compare_claims(frame["said"], frame["used"], frame["preferred"], codebook)


def test_what_people_say_of_their_answers_is_rounded_where_few_contradict_themselves():
    rough, plain = _claim(453, 22, 7, 239), _claim(453, 22, 17, 239)
    assert rough.rounded
    # Of everybody 460 named one channel twice: 450 beside it would tell that 6 and more said no.
    assert rough.shown.to_numpy().tolist() == [["430 to 469", "20"], ["under 10", "230 to 249"]]
    assert not plain.rounded
    assert plain.shown.to_numpy().tolist() == [["453", "22"], ["17", "239"]]
    assert plain.contradict.low == plain.contradict.high == 22 / 475
    assert (rough.contradict.low, rough.contradict.high) == (15 / (15 + 469), 24 / (24 + 430))


def test_kappa_beside_rounded_counts_does_not_tell_the_hidden_one():
    shown = _claim(453, 22, 7, 239)
    n, printed = shown.n, claims.kappa_sentence(shown)
    possible = set()
    for agree in range(445, 455, 3):
        for differ in range(15, 25, 3):
            for hidden in range(10):
                rest = n - agree - differ - hidden
                if 235 <= rest < 245:
                    again = _claim(agree, differ, hidden, rest)
                    if claims.kappa_sentence(again) == printed:
                        possible.add(hidden)
    assert len(possible) >= 9


def test_a_codebook_that_does_not_say_what_means_yes_is_refused():
    codebook = survey.load("herts_2023").codebook
    rules = dataclasses.replace(codebook.cleaning, was_preferred_yes="")
    without = dataclasses.replace(codebook, cleaning=rules)
    answers = pd.Series(["Yes"], dtype="category")
    with pytest.raises(ValueError, match="has no was_preferred_yes"):
        claims.compare_claims(answers, answers, answers, without)

"""What is shown is in the files of the data tables, whatever is chosen and in any survey."""

import math
import re

import pandas as pd
import pytest

from analysis import cleaning, explore, tables
from analysis.explore import rows, views
from analysis.explore.choices import Choice
from analysis.figures import SavedFigure
from analysis.report import Prose, Shown


@pytest.fixture(scope="module")
def known(herts, tmp_path_factory):
    """What the files of the default survey tell."""
    return told_by_files(herts, tmp_path_factory.mktemp("tables"))


@pytest.fixture
def undrawn(monkeypatch):
    """Leave figures out, of which there would be thousands."""
    monkeypatch.setattr(views.figures, "dots", lambda *given, **how: None)


def written(share: float, low: float, high: float) -> str:
    """Write a share of a file as a reader would."""
    ends = [f"{round(100 * end)}%" for end in (low, high) if not math.isnan(end)]
    if not ends:
        return "[c]"
    number = "[u]" if math.isnan(share) else f"{round(100 * share)}%"
    return f"{number} ({' to '.join(ends)})"


def told_by_files(survey, folder) -> dict[str, set]:
    """Return what the files tell of each question: shares, everybody's shares, and people."""
    tables.write_tables(survey, folder)
    topline = pd.read_csv(folder / "topline.csv")
    found = {role: {"[c]"} for role in topline["question"].unique()}
    parts = [(topline, ["estimate", "conf_low", "conf_high"])]
    if "weighted" in topline:
        parts.append((topline, ["weighted", "weighted_low", "weighted_high"]))
    if (folder / "banner.csv").exists():
        parts.append((pd.read_csv(folder / "banner.csv"), parts[0][1]))
    for frame, columns in parts:
        for role, *numbers in frame[["question", *columns]].itertuples(index=False):
            number, _, interval = written(*numbers).partition(" ")
            found[role] |= {number, interval.strip("()")}
        for column in {"people", "n", "n_weighted"} & set(frame):
            for role, people in frame[["question", column]].dropna().itertuples(index=False):
                found[role].add(f"{people:,.0f}")
    return found


def problems(book, survey, every_choice, known) -> tuple[list, int]:
    """Return numbers of all views that no file has, and how many numbers there were."""
    found, seen = [], 0
    for choice in every_choice(book):
        for each in views.view(book, survey, choice):
            if isinstance(each, Shown):
                kept = each.frame.drop(columns="p, Holm", errors="ignore").iloc[:, 1:]
                cells = [str(cell) for cell in kept.to_numpy().ravel()]
            else:
                cells = re.findall(r"([\d,]+) (?:people|of them)", repr(each))
            seen += len(cells)
            found += [(choice, cell) for cell in cells if cell not in known[choice.question]]
    return found, seen


def test_every_cell_of_every_view_is_in_the_files_of_the_data_tables(
    herts, book, every_choice, undrawn, known
):
    found, seen = problems(book, herts, every_choice, known)
    assert found == []
    assert seen > 5_000


def test_the_comparison_with_the_files_notices_one_person(
    herts, book, every_choice, undrawn, known
):
    exact = book.banner.assign(people=book.banner["people"] + 1)
    mine = book.topline[book.topline["question"] == "visibility"]
    changed = tables.Book(**{**vars(book), "topline": mine, "banner": exact})
    found, _ = problems(changed, herts, every_choice, known)
    assert found


@pytest.mark.parametrize(
    "how",
    [
        {"replies": 40, "seed": 1},
        {"replies": 120, "seed": 2, "without": ["used_last"]},
        {"replies": 60, "seed": 3, "without": ["used_last", "used", "preferred", "district"]},
    ],
)
def test_every_view_of_a_small_survey_is_in_its_files(
    variant, every_choice, undrawn, tmp_path, how
):
    made = variant(**how)
    book = tables.gather(made)
    found, seen = problems(book, made, every_choice, told_by_files(made, tmp_path / "out"))
    assert found == []
    assert seen > 100


def test_every_view_of_the_real_survey_is_in_its_files(ape11, every_choice, undrawn, tmp_path):
    made = ape11.holding(cleaning.clean(ape11.read_raw(), ape11.codebook).responses)
    book = tables.gather(made)
    found, seen = problems(book, made, every_choice, told_by_files(made, tmp_path))
    assert found == []
    assert seen > 1_000
    overlapping = book.groupings[3]
    assert overlapping.overlapping
    answers = book.topline.loc[book.topline["question"] == "satisfaction", "answer"]
    choice = Choice(question="satisfaction", by=overlapping.name, answer=answers.iloc[-1])
    told = views.view(book, made, choice)
    assert "these differ from everybody else: Vote (p below, adjusted by Holm for the 10 tests" in (
        repr(told[1])
    )
    assert "Synthetic" not in repr(told[1])
    (table,) = [each.frame for each in told if isinstance(each, Shown) and not each.folded]
    assert dict(zip(table["Group"], table["p, Holm"], strict=True))["Vote"] == "< 0.001"


def test_a_view_of_groups_says_whose_answers_the_test_and_what_it_is_worth(herts, book):
    wording, said, figure, table, folded = views.view(
        book, herts, Choice(question="visibility", by="district", answer="Good or very good")
    )
    assert repr(wording).startswith("> How would you rate")
    assert repr(said).startswith("**Synthetic data.** Whose answers: Everyone. Groups: by district")
    assert re.search(
        r"Rao and Scott's test of all answers: .* by Holm for the \d+ tests", repr(said)
    )
    assert "association, not an effect" in repr(said)
    assert isinstance(figure, SavedFigure)
    assert figure.png.startswith(b"\x89PNG")
    assert 'Share of "Good or very good" by district' in figure.alt
    assert list(table.frame.columns) == [
        "Group", "Share", "95% interval", "People who gave it, rounded", "People, rounded",
    ]  # fmt: skip
    assert folded.folded
    groups = list(table.frame["Group"])
    assert [each for each in folded.frame.columns[1:] if each in groups] == groups
    all_groups = [*herts.labels("district").values()]
    beside = [each for each in folded.frame.columns[1:] if each not in all_groups]
    assert set(beside) <= {f"95% interval, {each}" for each in all_groups}
    assert len(beside) > len(groups) / 2


def test_of_several_answers_the_test_is_about_the_one_chosen(herts, book):
    choice = Choice(question="video_place", by="sex", answer="Library")
    (test,) = rows.tests(book, choice)
    mine = book.tests[(book.tests["question"] == "video_place") & (book.tests["by"] == "sex")]
    assert test.p == mine.set_index("answer").loc["Library", "p_adjusted"]
    assert 'test of "Library"' in repr(views.view(book, herts, choice)[1])


def test_weights_are_in_the_test_and_not_in_shares_of_groups(herts, book):
    plain, heavy = (
        Choice(question="connection", by="district", answer="Lives in the county", weighted=each)
        for each in (False, True)
    )
    assert rows.tests(book, plain)[0].p == "< 0.001"
    assert rows.tests(book, heavy)[0].p == "0.05 or more"
    assert rows.chosen_rows(book, plain).equals(rows.chosen_rows(book, heavy))
    assert "Weights are in the test alone" in repr(views.view(book, herts, heavy)[1])


def test_weighted_shares_of_everybody_stand_beside_those_without_weights(herts, book):
    shown = rows.chosen_rows(book, Choice(question="visibility", weighted=True))
    mine = book.topline[book.topline["question"] == "visibility"]
    assert shown["estimate"].tolist() == mine["weighted"].tolist()
    assert shown["beside"].tolist() == mine["estimate"].tolist()
    assert shown["n"].tolist() == mine["n_weighted"].tolist()


def test_a_base_is_shown_beside_everybody(herts, book):
    _, said, figure, table = views.view(
        book, herts, Choice(question="visibility", base=("age", "65-74"), weighted=True)
    )
    assert 'of these, "65-74" (by age). 230 people, rounded to 10.' in repr(said)
    assert "Without weights: shares of one group are not weighted." in repr(said)
    assert isinstance(figure, SavedFigure)
    assert list(table.frame.columns) == [
        "Answer", "Share", "95% interval", "Everybody", "People who gave it, rounded",
    ]  # fmt: skip


def test_where_no_share_is_told_there_is_a_sentence_in_the_place_of_the_figure(herts, book):
    shown = views.view(book, herts, Choice(question="ease", base=("district", "Broxbourne")))
    assert repr(shown[2]) == "There is no figure: no share can be told by one number."


def test_a_survey_without_questions_to_tell_of_says_so(demo):
    made = demo()
    made = made.holding(cleaning.clean(made.read_raw(), made.codebook).responses)
    assert isinstance(explore.panel(made), Prose)

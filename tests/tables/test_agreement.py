"""Every number that the tables share with notebooks 02 to 06 is the same there, in any survey.

| notebook | what is shared |
| --- | --- |
| 02 | weighted shares of the best answers, of the same people with a weight |
| 03 | shares that used a channel, and how many people that are of; what is hidden of preferences |
| 04 | answers on satisfaction; the best ones, of districts too; counts by group of channels |
| 05 | answers to ratings; the best ones, with weights and without, of groups too; counts by group |
| 06 | answers on a video chat and the best ones, with weights and without; places |

07 is about open answers, of which there is no table. 06 shows groups of people who told all of what
it groups by, the tables all who answered: these are not the same people.
"""

from types import SimpleNamespace

import pandas as pd
import pytest
import variants

from analysis import cleaning, paths, population, privacy, proportions, report, survey, tables
from analysis.chapters import ratings, video_chat
from analysis.chapters.preferred_vs_used import tables as compared_tables
from analysis.chapters.ratings import group_tables
from analysis.chapters.satisfaction import tables as satisfaction_tables
from analysis.chapters.video_chat import places
from analysis.chapters.who_answered import tables as moved_tables
from analysis.paired import shifts
from analysis.primary import pair
from analysis.primary.designs import design_of
from analysis.privacy import SHARE_NUMBERS
from analysis.survey import bases, measures
from analysis.tables import asked, groupings

SURVEYS = {
    "default": {},
    "ape11": {},
    "sample": {"replies": 300, "seed": 1},
    "several channels": {"replies": 400, "seed": 2, "without": ["used_last", "contacted"]},
}

WEIGHTED = ["weighted", "weighted_low", "weighted_high"]


@pytest.fixture(scope="module", params=SURVEYS)
def told(request, tmp_path_factory):
    """Return a survey with its responses, weights, questions and tables."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "default":
            made = survey.load("herts_2023")
        elif request.param == "ape11":
            made = request.getfixturevalue("ape11")
        else:
            folder = tmp_path_factory.mktemp("raw")
            variants.write_variant("herts_2023", folder, "made", **SURVEYS[request.param])
            patch.setattr(paths, "RAW", folder)
            patch.setattr(paths, "RAW_ELSEWHERE", None)
            made = survey.load("made")
        if request.param != "default":
            made = made.holding(cleaning.clean(made.read_raw(), made.codebook).responses)
        yield gathered(made)


def gathered(made) -> SimpleNamespace:
    """Gather what the tables show of a survey, and what notebooks make their numbers from."""
    responses = made.responses()
    return SimpleNamespace(
        survey=made,
        codebook=made.codebook,
        responses=responses,
        weighing=population.weigh(made, responses),
        questions={each.role: each for each in asked.closed(made, responses)[0]},
        grouped={each.key: each for each in groupings.find_groupings(made, responses)[0]},
        book=tables.gather(made),
    )


def topline(told, role: str) -> pd.DataFrame:
    rows = told.book.topline[told.book.topline["question"] == role]
    return rows.set_index("answer")


def banner(told, role: str, key: str) -> pd.DataFrame:
    """Return the rows of a question and grouping; an empty table without the grouping."""
    by = told.grouped[key].name if key in told.grouped else None
    return told.book.banner[(told.book.banner["question"] == role) & (told.book.banner["by"] == by)]


def asked_of(told, *roles: str) -> list[str]:
    """Return those of some roles that the survey asked; skip without one."""
    found = [role for role in roles if role in told.questions]
    if not found:
        pytest.skip(f"the survey did not ask about {' or '.join(roles)}")
    return found


def agree(mine: pd.Series, theirs: pd.Series, *, digits: int | None = 2) -> int:
    """Check numbers that stand in both, and that none is shown that is hidden there; count them."""
    theirs = theirs.reindex(mine.index)
    assert mine[theirs.isna()].isna().all()
    both = mine[mine.notna()].index
    expected = theirs[both] if digits is None else theirs[both].astype(float).round(digits)
    assert mine[both].to_dict() == pytest.approx(expected.to_dict())
    return len(both)


def best_label(told, role: str) -> str:
    question = told.questions[role]
    return question.best_label or question.best[0]


def test_answers_on_satisfaction_are_those_of_notebook_04(told):
    asked_of(told, "satisfaction")
    design = design_of(told.survey, told.responses)
    rating, best = design.base.frame["satisfaction"], told.questions["satisfaction"].best
    theirs = privacy.shown_distribution(
        proportions.distribution(rating), told.codebook, together=best
    ).set_index("answer")
    mine = topline(told, "satisfaction")
    assert set(mine["n"]) == {design.base.n}
    assert agree(mine.loc[list(theirs.index), "estimate"], theirs["estimate"]) >= 2
    overall = proportions.share(rating.isin(best))
    row = mine.loc[best_label(told, "satisfaction")]
    assert row["estimate"] == pytest.approx(round(overall.estimate, 2))
    assert row["conf_low"] <= overall.conf_low < overall.conf_high <= row["conf_high"]


def test_ratings_and_their_weighted_shares_are_those_of_notebook_05(told):
    asked_of(told, *ratings.ROLES)
    rated, seen = ratings.rated(told.survey, told.responses), 0
    for role, each in rated.items():
        mine = topline(told, role)
        theirs = privacy.rounded_distribution(
            each.answers, told.codebook, together=each.named
        ).set_index("answer")
        answers = list(theirs.index)
        for number in SHARE_NUMBERS:
            seen += agree(mine.loc[answers, number], theirs[number])
        agree(mine.loc[answers, "people"], theirs["n_rounded"])
        overall = ratings.overall_shares({role: each.good}, told.weighing, told.codebook).iloc[0]
        row, names = mine.loc[best_label(told, role)], [*SHARE_NUMBERS, "n"]
        if "weighted" in overall:
            names += [*WEIGHTED, "n_weighted"]
            agree(row[["effective_n"]], overall[["effective_n"]], digits=0)
        seen += agree(row[names], overall[names].astype(float))
        assert row[names].isna().tolist() == overall[names].isna().tolist()
    assert seen >= 20


def test_answers_on_a_video_chat_are_those_of_notebook_06(told):
    asked_of(told, "video_use")
    best, mine = told.questions["video_use"].best, topline(told, "video_use")
    answers = told.questions["video_use"].answers
    theirs = video_chat.shown_answer_shares(
        answers, told.codebook, together=best, weighing=told.weighing
    ).set_index("answer")
    alone = mine.loc[list(theirs.index)]
    assert agree(alone["estimate"], theirs["estimate"]) >= 2
    texts = [report.estimate(*each) for each in alone[WEIGHTED].to_numpy(dtype=float)]
    assert texts == theirs["weighted"].tolist()
    yes, row = answers.isin(best), mine.loc[best_label(told, "video_use")]
    overall = video_chat.overall_share(yes, told.codebook)
    heavy = report.weighted_share(yes, told.weighing, told.codebook)
    assert row["estimate"] == pytest.approx(round(overall.estimate, 2))
    assert pd.isna(row["weighted"]) == (heavy is None)
    if heavy is not None:
        assert row["weighted"] == pytest.approx(round(heavy.estimate, 2))
        assert (row["n_weighted"], row["effective_n"]) == (heavy.n, round(heavy.effective_n))


def test_places_for_a_video_chat_are_those_of_notebook_06(told):
    asked_of(told, "video_place")
    theirs = places.shown_places(
        told.questions["video_place"].answers, told.codebook, weighing=told.weighing
    ).set_index("level")
    mine = topline(told, "video_place")
    assert agree(mine["estimate"], theirs["estimate"]) >= 2
    agree(mine["weighted"], theirs["weighted_share"])


def test_channels_used_are_those_of_notebook_03(told):
    role = told.survey.used_role
    base, used, preferred = pair.compared(told.survey, told.responses)
    both = [bases.grouped(told.survey, each) for each in (used, preferred)]
    theirs, _ = compared_tables.visible_shifts(told.survey, shifts(used, preferred), shifts(*both))
    theirs = theirs.astype({"channel": "str"}).set_index("channel")
    mine, prefer = topline(told, role), topline(told, "preferred")
    assert set(mine["n"]) == {base.n}
    offered = [each for each in theirs.index if each in mine.index]
    assert agree(mine.loc[offered, "estimate"], theirs["share_used"]) >= 3
    hidden = theirs.index[theirs["estimate"].isna()]
    assert prefer.loc[hidden, "estimate"].isna().all()
    if set(prefer["n"]) == {base.n}:
        assert agree(prefer.loc[list(theirs.index), "estimate"], theirs["share_preferred"]) >= 3


def test_weighted_shares_are_those_of_notebook_02(told):
    if told.weighing is None:
        pytest.skip("the survey has no weights")
    answers = measures.headline_answers(told.survey, told.responses)
    moved = moved_tables.shown_moved(
        moved_tables.moved(answers, told.weighing.weights), told.codebook, published=False
    ).set_index("headline")
    seen = 0
    for role in asked_of(told, *measures.RATED):
        row, good = topline(told, role).loc[best_label(told, role)], told.questions[role]
        yes = good.answers.isin(good.best)
        name = next((name for name, each in answers.items() if each.equals(yes)), None)
        if name is None or pd.isna(moved.loc[name, "weighted"]):
            continue  # of satisfaction, notebook 04 takes fewer people
        for number in (*WEIGHTED, "n_weighted", "effective_n"):
            theirs = moved.loc[name, {"n_weighted": "n"}.get(number, number)]
            digits = 0 if number == "effective_n" else 2
            assert row[number] == pytest.approx(round(theirs, digits)), (role, number)
            seen += 1
    assert seen >= 5 or set(asked_of(told, *measures.RATED)) == {"satisfaction"}


@pytest.mark.parametrize("key", ["channel", "age", "contact"])
def test_ratings_of_groups_are_those_of_notebook_05(told, key):
    asked_of(told, *ratings.ROLES)
    between = {
        "channel": f"{told.survey.channel_groups} used",
        "age": "age groups",
        "contact": "people with and without contact",
    }
    rated, seen = ratings.rated(told.survey, told.responses), 0
    for role, each in rated.items():
        by = ratings.groupings(told.survey, told.responses, rated).get(between[key])
        if by is None or banner(told, role, key).empty:
            continue
        rows = banner(told, role, key)
        theirs = group_tables.shares_by(each.good, by, told.codebook).set_index("level")
        mine = rows[rows["answer"] == best_label(told, role)].set_index("group")
        seen += agree(mine["estimate"], theirs["estimate"].rename(index=str))
        counts = privacy.shown_answers(
            bases.with_not_told(by.reindex(each.answers.index)),
            each.answers,
            told.codebook,
            together=each.named,
        ).set_index("level")
        wide = rows.pivot_table(
            index="group", columns="answer", values="people", aggfunc="first", dropna=False
        )
        for answer in counts.columns[1:]:
            both = wide[answer].dropna().index.intersection(counts.index)
            assert wide.loc[both, answer].to_dict() == counts.loc[both, answer].to_dict()
    assert seen >= 2 or not any(len(banner(told, role, key)) for role in rated) or key == "channel"


@pytest.mark.parametrize("role", ["visibility", "accessibility", "satisfaction"])
def test_the_best_answers_of_districts_are_the_unadjusted_shares_of_notebooks_04_and_05(told, role):
    asked_of(told, role)
    rows, question = banner(told, role, "district"), told.questions[role]
    if rows.empty:
        pytest.skip("districts are not compared")
    found = report.district_shares(
        question.answers, told.responses["district"], told.codebook,
        seed=1, named=question.best,
    )  # fmt: skip
    mine = rows[rows["answer"] == best_label(told, role)].set_index("group")["estimate"]
    theirs = found.rows.set_index("level")["raw_share"].rename(index=str)
    assert agree(mine, theirs) >= 1 or theirs.isna().all()


def test_answers_on_satisfaction_by_channel_are_the_rounded_counts_of_notebook_04(told):
    asked_of(told, "satisfaction")
    design = design_of(told.survey, told.responses)
    theirs = satisfaction_tables.answers_by_group(told.survey, design).set_index("level")
    if theirs.empty:
        pytest.skip("notebook 04 does not compare channels")
    rows = banner(told, "satisfaction", "channel")
    mine = rows.pivot_table(
        index="group", columns="answer", values="people", aggfunc="first", dropna=False
    )[theirs.columns[1:]]
    seen = sum(
        agree(mine[answer], theirs[answer].rename(index=str), digits=None) for answer in mine
    )
    assert seen >= 4  # groups of few people are joined

"""Planning of the next survey: what is assumed, what is hidden, what is said."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import paths, planning, survey
from analysis.chapters.next_survey import (
    assumed,
    invitations,
    lines,
    needs,
    sentences,
    shown,
    tables,
    titles,
    written,
)
from analysis.errors import SurveyError
from analysis.figures import curves
from analysis.privacy import is_hidden, rule_of


@pytest.fixture(scope="module")
def made():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def plan(made):
    return assumed.assume(made, made.responses())


@pytest.fixture(scope="module")
def needed(plan):
    return tables.needed(plan)


@pytest.fixture(scope="module")
def seen(plan):
    return tables.could_see(plan)


def test_what_is_assumed_is_in_round_figures(plan, made):
    for share in (plan.discordant, plan.share):
        assert share == pytest.approx(round(share / assumed.STEP) * assumed.STEP)
    assert plan.channel in made.labels("preferred").values()
    assert plan.design_effect > 1
    assert plan.places == 10  # those of the county, whose population is counted


def test_a_named_share_of_discordant_people_is_taken(made):
    named = assumed.assume(made, made.responses(), discordant=0.4)
    assert (named.discordant, named.channel) == (0.4, "")
    for wrong in (0.0, 1.2, float("nan")):
        with pytest.raises(SurveyError, match="give 0 to 1"):
            assumed.assume(made, made.responses(), discordant=wrong)


def test_replies_needed_are_enough_and_few_less_are_not(plan, needed):
    for row in needed.dropna(subset=["power"]).itertuples():
        if row.seen == "shift":
            assert planning.mcnemar_power(row.effect, plan.discordant, int(row.each)) >= row.power
            less = int(0.97 * row.each)
            assert planning.mcnemar_power(row.effect, plan.discordant, less) < row.power
        assert row.all == row.each * row.groups
        assert row.weighted == planning.with_weights(row.all, plan.design_effect)


def test_more_power_and_smaller_effects_need_more_replies(needed):
    for _, rows in needed.groupby("seen"):
        assert rows.groupby("effect")["each"].min().is_monotonic_decreasing
        assert (rows.groupby("effect")["each"].apply(lambda n: n.is_monotonic_increasing)).all()


def test_what_could_be_seen_is_seen_with_that_power(plan, seen):
    total = int(plan.districts["n"].sum())
    for row in seen.iloc[1:].itertuples():
        n, towards = int(row.n), plan.share - row.difference_80
        assert planning.newcombe_power(plan.share, towards, total - n, n) == pytest.approx(
            0.8, abs=0.001
        )
        assert row.difference_80 < row.difference_90 < row.difference_any < 1
        assert row.weighted_difference > row.difference_80
        if not np.isnan(row.shift_80):
            power = planning.mcnemar_power(row.shift_80, plan.discordant, n)
            assert power == pytest.approx(0.8, abs=0.001)


def test_what_was_known_beforehand_is_a_shift_by_the_short_closed_form(plan):
    known = tables.known(plan)
    assert (known["lachenbruch"].round(2) == known["said"]).all()
    assert ((known["fixed"] - known["said"]).abs() < 0.01).all()
    assert (known["exact"] > known["interval"]).all()
    assert (known["others"] > known["fixed"]).all()
    said = sentences.known_sentence(known)
    assert said.startswith("That one district sees 21, 14 and 11 points with 45, 100 and 150")
    assert "not for" in said
    assert "everybody else, estimated too" in said.partition("not for")[2]


def test_allocations_spread_every_invitation_and_trade_districts_for_the_whole(plan, made):
    here = invitations.strata(plan, made)
    sent = invitations.invited(here)
    assert (sent[list(invitations.CALLED)].sum() == here.invitations).all()
    mean = here.rows["population"] @ here.rows["response"] / here.rows["population"].sum()
    assert mean == pytest.approx(invitations.RESPONSE)
    ways = invitations.compared(plan, here).set_index("allocation")
    called = invitations.CALLED
    assert ways["margin"].idxmin() == called["neyman"]
    assert ways["district_margin"].idxmin() == called["widest"]
    path = invitations.between(plan, here)
    floor = path[path["path"] == "floor"]
    assert floor["margin"].is_monotonic_decreasing
    assert floor["district_margin"].iloc[0] == pytest.approx(
        ways["district_margin"][called["widest"]], abs=0.001
    )
    assert floor["margin"].iloc[-1] == pytest.approx(ways["margin"][called["neyman"]], abs=1e-4)
    # A floor beats the power allocation: as narrow in districts, never wider in all.
    for row in path[path["path"] == "power"].itertuples():
        near = np.interp(row.district_margin, floor["district_margin"], floor["margin"])
        assert near <= row.margin + 2e-4


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"invitations": 30}, "give 1,000 or more"),
        ({"invitations": 10**9}, "no more than the 959,098 people"),
        ({"response": 0.0}, "above 0, at most 1"),
        ({"response": float("nan")}, "above 0, at most 1"),
    ],
)
def test_invitations_that_cannot_be_are_refused_in_a_sentence(plan, made, how, said):
    with pytest.raises(SurveyError, match=said):
        invitations.strata(plan, made, **how)


def test_districts_too_small_to_be_shown_are_hidden_everywhere(variant):
    small = variant(replies=240, seed=3)
    plan = assumed.assume(small, small.responses())
    rule = rule_of(small.codebook)
    few = plan.districts["n"].map(rule.few)
    assert few.any()
    assert plan.districts.loc[few, "shown"].isna().all()
    assert plan.districts["shown"].isna().sum() > 1
    hidden = set(plan.districts.loc[plan.districts["shown"].isna(), "level"])
    seen = tables.could_see(plan)
    rows = seen[seen["level"].isin(hidden)]
    assert is_hidden(rows.iloc[:, 1:]).all()
    _, marks = lines.detectable(plan, small)
    assert not set(marks["level"]) & hidden
    table = written.to_frame(plan, None)
    told = table[(table["section"] == "could see") & table["about"].isin(hidden)]
    assert len(told)
    assert told["value"].isna().all()
    text = shown.seen_table(plan, small, seen)
    assert not set(text.frame.iloc[:, 0]) & hidden
    named = next(line for line in text.note.split(".") if "Not shown" in line)
    assert all(each in named for each in hidden)
    assert not any(map(str.isdigit, named))


@pytest.mark.parametrize(
    ("how", "left_out"),
    [
        ({"without": ["district"]}, {"next_districts", "next_spread", "next_allocation"}),
        ({"without": ["used_last", "used"]}, set()),
        ({"without": ["satisfaction", "ease", "visibility", "accessibility", "video_use"]}, set()),
        ({"replies": 40}, {"next_districts", "next_allocation"}),
    ],
)
def test_a_survey_without_some_questions_is_planned_as_far_as_it_goes(variant, how, left_out):
    less = variant(**how)
    plan = assumed.assume(less, less.responses())
    assert set(needs.left_out(plan)) == left_out
    assert set(needs.left_out(plan)) <= set(needs.PARTS)
    needed = tables.needed(plan)
    assert "nan" not in str(shown.needed_table(plan, less, needed))
    for said in (
        sentences.assumed_sentence(plan, less),
        sentences.needed_sentence(plan, needed, less),
        sentences.seen_sentence(tables.could_see(plan), less),
    ):
        assert said.endswith(".")
        assert "nan" not in said


def test_sentences_give_the_numbers_of_the_tables(plan, needed, seen, made):
    said = sentences.needed_sentence(plan, needed, made)
    found = needed.set_index(["seen", "effect", "power"])["all"]
    assert f"{found['shift', 0.05, 0.8]:,.0f} people (about " in said
    assert f"{found['one and the others', 0.1, 0.8]:,.0f} people (about " in said
    said = sentences.seen_sentence(seen, made)
    assert f"shift of {100 * seen['shift_80'].iloc[0]:.1f} points" in said
    spreads = tables.spreads(plan)
    assert spreads["power"].is_monotonic_increasing
    assert (spreads["weighted_power"] < spreads["power"]).all()
    first = spreads[spreads["power"] >= 0.8]["spread"].iloc[0]
    assert f"deviation of {first:g}" in sentences.spread_sentence(spreads, plan, made)
    none = spreads.assign(power=0.5)
    assert "Not even" in sentences.spread_sentence(none, plan, made)


def test_tables_of_planning_read_as_text(plan, needed, made):
    assert "Two groups, or two waves" in str(shown.needed_table(plan, made, needed))
    assert "With weights" in str(shown.intervals_table(plan, needed))
    here = invitations.strata(plan, made)
    ways, sent = map(str, shown.allocation_tables(plan, here, made))
    assert "Neyman with a floor" in ways
    assert "Watford" in sent
    assert "10,000 invitations" in sentences.allocation_sentence(plan, here, made)


def test_the_table_to_download_has_every_section_and_is_synthetic(
    plan, made, monkeypatch, tmp_path
):
    monkeypatch.setattr(paths, "PROCESSED", tmp_path)
    path = written.write(made, plan, invitations.strata(plan, made))
    table = pd.read_csv(path)
    assert path.name == "power.csv"
    assert set(table["section"]) == {
        "assumed", "needed", "could see", "spread", "known beforehand", "invitations",
        "allocations",
    }  # fmt: skip
    assert set(table["data"]) == {"synthetic"}
    assert list(table.columns) == [*written.COLUMNS, "data"]
    assert not table.duplicated(["section", "about", "effect", "power", "quantity"]).any()
    again = path.read_bytes()
    written.write(made, plan, invitations.strata(plan, made))
    assert path.read_bytes() == again


def test_figures_of_planning_are_drawn_with_their_words(plan, made):
    drawn = lines.detectable(plan, made)
    words = titles.detectable_words(plan, drawn[1], made)
    figure = curves(*drawn, **words)
    assert words["title"] in figure.get_label()
    assert set(lines.numbers(*drawn)["kind"]) == {"line", "mark"}
    here = invitations.strata(plan, made)
    traded = lines.traded(plan, here)
    assert curves(*traded, **titles.traded_words(here, traded[1], made)) is not None
    assert (
        curves(traded[0].iloc[:0], traded[1], **titles.traded_words(here, traded[1], made)) is None
    )
    none = drawn[1].assign(y=np.nan)
    assert titles.detectable_title(none, made).startswith("No difference")


def test_people_who_answer_are_not_taken_for_replies_received(plan, needed, made):
    received = len(made.read_raw())
    assert plan.received == received > plan.people
    assert plan.per_person == round(received / plan.people, 1)
    count = needed.set_index(["seen", "effect", "power"])["all"]["shift", 0.05, 0.8]
    replies = round(count * plan.per_person, -1)
    said = sentences.needed_sentence(plan, needed, made)
    assert f"(about {replies:,.0f} replies received)" in said
    assert f"{received:,} replies came in" in sentences.assumed_sentence(plan, made)
    unknown = replace(plan, received=0)
    assert unknown.per_person is None
    assert "replies received)" not in sentences.needed_sentence(unknown, needed, made)
    assert sentences.assumed_sentence(unknown, made).endswith("not replies received.")


def test_districts_that_nobody_counts_are_named_where_fewer_are_planned(plan, made, seen):
    said = str(shown.seen_table(plan, made, seen))
    assert "11 districts with Outside Hertfordshire; planned are the 10" in said
    assert "discordant" not in said
    counted = plan.districts[plan.districts["population"].notna()]
    less = replace(plan, districts=counted)
    assert "planned are" not in str(shown.seen_table(less, made, tables.could_see(less)))


def test_a_plan_without_discordant_people_enough_says_so(plan, made):
    few = replace(plan, discordant=0.05, channel="")
    needed = tables.needed(few)
    assert needed.loc[(needed["seen"] == "shift") & (needed["effect"] == 0.1), "each"].isna().all()
    assert "none" in str(shown.seen_table(few, made, tables.could_see(few)))

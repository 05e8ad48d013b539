import csv
import hashlib
import io
import re
import shutil
from collections import Counter
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from analysis import exports, paths
from analysis.errors import SurveyError
from analysis.survey import codebook_reader
from analysis.survey.wording import match_key
from analysis.synthetic import (
    dirt,
    draws,
    ratings,
    simulated_channels,
    simulated_people,
    simulated_text,
    simulation,
)

FOLDER = paths.RAW / "herts_2023"
EMPTY = {"", *map(match_key, ["-", "N/A"])}


def contains_phrase(text: str, phrase: str) -> bool:
    """Tell whether a phrase stands in a text as whole words, whatever the codebook's rules say."""
    pattern = rf"(?<!\w){re.escape(match_key(phrase))}(?!\w)"
    return re.search(pattern, match_key(text)) is not None


@pytest.fixture(scope="module")
def made():
    return simulation.default()


@pytest.fixture(scope="module")
def codebook():
    return codebook_reader.read_codebook(FOLDER / "codebook.toml")


@pytest.fixture(scope="module")
def kept(made):
    gone = made.dirt.loc[made.dirt["kind"].isin(dirt.EXCLUDED), "raw_row"]
    people = made.truth[~made.truth["raw_row"].isin(gone)].copy()
    people["age_group"] = simulated_people.group_of_age(people["age"], made.parameters)
    return people


@pytest.fixture(scope="module")
def asked(kept):
    return kept[kept["used_last"].notna()]


def assert_near(share, target, n):
    """Four standard errors of a share of n people, from the target itself."""
    assert abs(share - target) < 4 * np.sqrt(target * (1 - target) / n)


def rows_of(made, kind):
    return set(made.dirt.loc[made.dirt["kind"] == kind, "raw_row"])


def cells(made, codebook, role):
    return made.raw[codebook.question(role).column]


def times(made, codebook, role):
    return pd.to_datetime(cells(made, codebook, role), format=codebook.file.datetime_format)


# ---- The same bytes ----------------------------------------------------------------------------


def test_the_same_seed_writes_the_committed_file(made):
    again = simulation.export_bytes(made.raw)
    assert again == (FOLDER / "responses.csv").read_bytes()
    assert hashlib.sha256(again).hexdigest() in (FOLDER / "README.md").read_text("utf-8")


@pytest.mark.parametrize("columns", [1, 2])
def test_cells_are_quoted_as_the_csv_module_quotes_them(columns):
    cells = ["", "plain", " spaced ", 'says "no"', '"', "a,b", "two\nlines", "\r", "caf\u00e9;"]
    raw = pd.DataFrame({f'column {i}, "{i}"': cells[i:] + cells[:i] for i in range(columns)})
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([raw.columns, *raw.to_numpy().tolist()])
    assert simulation.export_bytes(raw) == text.getvalue().encode("utf-8-sig")


def test_another_seed_makes_other_replies(made, codebook):
    other = simulation.simulate(codebook, made.parameters, rng=np.random.default_rng(1))
    assert other.raw.shape == made.raw.shape
    assert not other.raw.equals(made.raw)


def test_simulating_leaves_the_parameters_alone(made):
    assert made.parameters == simulation.default_parameters()


def test_make_writes_into_the_folder_of_the_survey(monkeypatch, tmp_path):
    (tmp_path / "herts_2023").mkdir()
    for name in ("codebook.toml", "simulation.toml"):
        (tmp_path / "herts_2023" / name).write_bytes((FOLDER / name).read_bytes())
    monkeypatch.setattr(paths, "RAW", tmp_path)
    path = simulation.make()
    assert path.read_bytes() == (FOLDER / "responses.csv").read_bytes()
    assert {each.name for each in path.parent.iterdir()} == {
        "codebook.toml", "simulation.toml", "responses.csv"
    }  # fmt: skip


def test_a_survey_without_parameters_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(SurveyError, match=r"^\w+ has no simulation.toml; [^\n]+$"):
        simulation.read_parameters(tmp_path / "simulation.toml")


def test_a_survey_without_fieldwork_is_not_simulated(tmp_path, monkeypatch):
    shutil.copytree(FOLDER, tmp_path / FOLDER.name)
    path = tmp_path / FOLDER.name / "codebook.toml"
    path.write_text(path.read_text("utf-8").replace("closes = 2023-10-15\n", ""), "utf-8")
    monkeypatch.setattr(paths, "RAW", tmp_path)
    with pytest.raises(SurveyError, match="cannot be simulated without fieldwork; give opens"):
        simulation.default()


def test_the_file_has_the_shape_of_a_forms_export(made, codebook):
    content = (FOLDER / "responses.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfID,Start time,Completion time,Email,Name,")
    assert content.count(b"\r\n") == content.count(b"\n") == len(made.raw) + 1
    read = exports.read_export(FOLDER / "responses.csv", codebook.file)
    asked = [question.column for question in codebook.questions if question.kind != "date"]
    assert list(read.columns)[6:] == asked
    assert list(read["ID"]) == [str(i + 1) for i in range(len(read))]
    assert times(made, codebook, "submitted").is_monotonic_increasing


# ---- The truth ---------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["used", "preferred"])
def test_channels_have_their_target_shares_among_the_people_asked(made, asked, side):
    drawn = asked["used_last" if side == "used" else "preferred"]
    for code, target in made.parameters["channels"][side]["target"].items():
        assert_near((drawn == code).mean(), target, len(asked))


def test_about_62_percent_used_the_channel_they_prefer(made, asked):
    agree = (asked["used_last"] == asked["preferred"]).mean()
    assert made.parameters["channels"]["agreement"] == 0.62
    assert_near(agree, 0.62, len(asked))


def test_the_expected_channel_margins_equal_the_targets(made, asked, codebook):
    channels, question = made.parameters["channels"], codebook.question("preferred")
    mean = simulated_channels.fit_channels(asked, channels, question).joint(asked).mean(axis=0)
    for side, margin in (("used", mean.sum(axis=1)), ("preferred", mean.sum(axis=0))):
        target = [channels[side]["target"].get(code, 0.0) for code in question.codes]
        np.testing.assert_allclose(margin, target, atol=1e-10)
    assert np.trace(mean) == pytest.approx(channels["agreement"], abs=1e-10)


def test_channel_targets_that_cannot_be_met_together_are_refused(made, asked, codebook):
    channels = {**made.parameters["channels"], "agreement": 0.9}
    with pytest.raises(ValueError, match=r"agreement is 0\.9 of at most 0\.8236"):
        simulated_channels.fit_channels(asked, channels, codebook.question("preferred"))


def test_the_expected_share_satisfied_equals_the_target_of_every_channel(made, asked):
    table = made.parameters["satisfaction"]
    predictor = ratings.rating_predictor(asked, table, np.ones(len(asked), dtype=bool))
    expected = 1 / (1 + np.exp(table["thresholds"][2] - predictor))
    targets = {**table["target"], **table["target_assumed"]}
    targets.pop("source")
    for code, target in targets.items():
        of_channel = (asked["used_last"] == code).to_numpy()
        assert expected[of_channel].mean() == pytest.approx(target, abs=1e-8)
        satisfied = asked.loc[of_channel, "satisfaction"].isin(["good", "very_good"]).mean()
        assert_near(satisfied, target, of_channel.sum())


def test_the_shares_of_section_8_lie_in_their_ranges_within_error(kept, asked):
    def good(people, role, codes=("good", "very_good")):
        return people[role].isin(codes).mean()

    for share, low, high, n in (
        (good(asked, "satisfaction"), 0.55, 0.60, len(asked)),
        (good(kept, "visibility"), 0.25, 0.30, len(kept)),
        (good(kept, "accessibility"), 0.45, 0.55, len(kept)),
        (good(kept, "age", ["16_24"]), 0.01, 0.03, len(kept)),
        (good(kept, "age", ["65_74", "75_84", "85_over"]), 0.35, 0.40, len(kept)),
    ):
        assert_near(share, np.clip(share, low, high), n)


def test_people_without_contact_have_a_preference_and_nothing_else_of_contact(kept):
    without = kept[kept["contacted"] != "yes"]
    assert without["preferred"].notna().all()
    assert (
        without[["used", "used_last", "reason", "was_preferred", "satisfaction"]]
        .isna()
        .all(axis=None)
    )


def test_the_channel_used_most_recently_is_among_those_used(asked):
    assert all(
        one in many.split(";") for one, many in zip(asked["used_last"], asked["used"], strict=True)
    )


def test_was_preferred_says_in_truth_whether_the_channels_agree(asked):
    assert ((asked["was_preferred"] == "yes") == (asked["used_last"] == asked["preferred"])).all()


def test_every_other_way_is_named_by_at_least_ten_people(asked):
    assert (asked["used_last"] == "other").sum() >= 10
    assert (asked["preferred"] == "other").sum() >= 10


def test_most_open_answers_are_distinct_and_over_half_answer(made, kept, codebook):
    assert 0.53 < kept["change"].notna().mean() < 0.63
    for role in ("change", "change_why"):
        texts = cells(made, codebook, role)[kept.index]
        texts = texts[~texts.map(match_key).isin(EMPTY)]
        assert texts.nunique() > 0.9 * len(texts)


def test_every_theme_has_eight_phrases_or_more_each_way(made):
    table = made.parameters["open"]
    phrases = {k: v for k, v in table["phrases"].items() if k != "source"}
    assert set(phrases) == set(table["themes"]["base"])
    assert all(len(set(phrases[k][way])) >= 8 for k in phrases for way in ("change", "why"))


# ---- The cells and the dirt --------------------------------------------------------------------


def test_every_cell_is_an_answer_of_the_codebook_or_other_text(made, codebook):
    blank = {match_key(text) for text in codebook.cleaning.blank}
    for question in codebook.questions:
        if question.kind in ("date", "text"):
            continue
        known = {match_key(answer.text) for answer in question.answers} | blank
        known |= {match_key(text) for texts in question.missing.values() for text in texts}
        for cell in made.raw[question.column]:
            parts = cell.split(question.separator) if question.separator else [cell]
            for part in map(match_key, parts):
                other = question.other_prefix and part.startswith(match_key("Other: "))
                assert part in known or other, f"{question.id}: {cell!r}"


def test_cells_in_another_look_are_all_written_down(made, codebook):
    planted = set(zip(made.dirt["raw_row"], made.dirt["detail"], strict=True))
    for question in codebook.questions:
        if question.kind in ("date", "text"):
            continue
        known = {answer.text for answer in question.answers} | {"", "N/A", "n/a", "-"}
        known |= {text for texts in question.missing.values() for text in texts}
        for row, cell in enumerate(made.raw[question.column], start=1):
            parts = cell.split(question.separator) if question.separator else [cell]
            plain = all(part in known or part.startswith("Other: ") for part in parts)
            assert plain or (row, question.role) in planted, f"{question.id}: {cell!r}"


def test_faults_refer_to_rows_and_are_of_the_kinds_and_counts_asked_for(made):
    assert made.dirt["raw_row"].between(1, len(made.raw)).all()
    found, table = Counter(made.dirt["kind"]), made.parameters["dirt"]
    assert set(found) == set(dirt.KINDS)
    for kind, n in found.items():
        texts, count = table.get(kind, {}).get("texts"), table.get(kind, {}).get("count")
        if count or isinstance(texts, list):
            assert n == (count or len(texts)), kind
    assert found["double"] == table["double"]["identical"] + table["double"]["broken_off"]
    assert found["test"] == table["test"]["early"] + len(table["test"]["open_answers"])
    assert len(made.raw) == table_sum(made)


def table_sum(made):
    return made.parameters["replies"]["kept"] + made.dirt["kind"].isin(dirt.EXCLUDED).sum()


def test_rows_that_leave_belong_to_one_kind_and_carry_no_other_fault(made):
    leaving = made.dirt[made.dirt["kind"].isin(dirt.EXCLUDED)]
    assert leaving["raw_row"].is_unique
    rest = made.dirt[~made.dirt["kind"].isin(dirt.EXCLUDED)]
    assert not set(rest["raw_row"]) & set(leaving["raw_row"])


def test_flagged_rows_carry_one_flag(made):
    flagged = made.dirt["kind"].isin(["speeder", "straight_line", "contradiction"])
    assert made.dirt.loc[flagged, "raw_row"].is_unique


def test_doubles_follow_each_other_and_never_disagree(made, codebook):
    asked = [question.column for question in codebook.questions if question.kind != "date"]
    sent = times(made, codebook, "submitted")
    for fault in made.dirt[made.dirt["kind"] == "double"].itertuples():
        person = made.truth.loc[fault.raw_row - 1, "person"]
        pair = made.truth.index[made.truth["person"] == person]
        leaves, stays = fault.raw_row - 1, next(i for i in pair if i != fault.raw_row - 1)
        gap = abs(sent[leaves] - sent[stays])
        assert timedelta() < gap <= timedelta(minutes=codebook.cleaning.double_within_minutes)
        one, two = made.raw.loc[leaves, asked], made.raw.loc[stays, asked]
        if "broke off" in fault.detail:
            assert sent[leaves] < sent[stays]
            assert (one != "").sum() < (two != "").sum()
            assert ((one == two) | (one == "")).all()
        else:
            assert sent[stays] < sent[leaves]
            assert (one == two).all()


def test_only_doubles_share_a_person(made):
    assert len(made.truth) - made.truth["person"].nunique() == len(rows_of(made, "double"))


def test_trials_hold_a_test_text_or_come_before_the_opening(made, codebook):
    texts = {match_key(text) for text in codebook.cleaning.test_texts}
    says = cells(made, codebook, "change").map(lambda text: match_key(text).strip(".! ") in texts)
    early = times(made, codebook, "submitted") < datetime.combine(
        codebook.opens, datetime.min.time()
    )
    assert set(made.raw.index[says | early] + 1) == rows_of(made, "test")
    assert (says & ~early).any()
    assert (early & ~says).any()


def test_decoys_hold_the_word_test_in_a_kept_reply(made, codebook, kept):
    texts = set(cells(made, codebook, "change")[kept.index])
    decoys = [each["change"] for each in made.parameters["open"]["decoys"]["texts"]]
    assert set(decoys) <= texts
    assert all(contains_phrase(text, "test") for text in decoys)


def test_the_closing_midnight_parts_the_last_reply_from_the_first_late_one(made, codebook):
    sent = times(made, codebook, "submitted")
    late = sent >= datetime.combine(codebook.closes + timedelta(days=1), datetime.min.time())
    assert set(made.raw.index[late] + 1) == rows_of(made, "late")
    assert sent[late].min() == datetime(2023, 10, 16, 0, 0, 5)
    assert sent[~late].max() == datetime(2023, 10, 15, 23, 59, 40)


def test_the_rows_without_ties_abandoned_and_blank_are_those_planted(made, codebook):
    no_tie = cells(made, codebook, "connection") == "Neither"
    assert set(made.raw.index[no_tie] + 1) == rows_of(made, "no_connection")
    unreached = cells(made, codebook, "contacted") == ""
    assert set(made.raw.index[unreached] + 1) == rows_of(made, "abandoned") | rows_of(made, "blank")
    asked = [question.column for question in codebook.questions if question.kind != "date"]
    nothing = made.raw[asked].map(str.strip).eq("").all(axis=1)
    assert set(made.raw.index[nothing] + 1) == rows_of(made, "blank")


def test_speeders_alone_are_faster_than_the_rule_and_nobody_else_under_100_seconds(made, codebook):
    taken = times(made, codebook, "submitted") - times(made, codebook, "started")
    seconds = taken.dt.total_seconds()
    for row in rows_of(made, "speeder"):
        assert seconds[row - 1] < codebook.cleaning.speeder_seconds
    hurried = set().union(
        *(rows_of(made, kind) for kind in ("speeder", "blank", "abandoned", "double"))
    )
    unhurried = ~(seconds.index + 1).isin(hurried)
    assert seconds[unhurried].min() >= 100
    assert 5 * 60 < seconds[unhurried].median() < 6 * 60 + 30


def test_straight_liners_tick_one_position_on_all_ratings(made, codebook):
    for row in rows_of(made, "straight_line"):
        ticked = set()
        for role in codebook.cleaning.straight_line:
            texts = [match_key(answer.text) for answer in codebook.question(role).answers]
            ticked.add(texts.index(match_key(cells(made, codebook, role)[row - 1])))
        assert len(ticked) == 1


def test_contradictions_say_yes_though_the_channels_differ(made, codebook):
    said = cells(made, codebook, "was_preferred").map(match_key) == "yes"
    differs = cells(made, codebook, "used_last").map(match_key) != cells(
        made, codebook, "preferred"
    ).map(match_key)
    for row in rows_of(made, "contradiction"):
        assert said[row - 1]
        assert differs[row - 1]
        assert made.truth.loc[row - 1, "was_preferred"] == "no"


def test_other_text_stands_for_the_true_channel(made, codebook):
    for fault in made.dirt[made.dirt["kind"] == "other_text"].itertuples():
        role, code = fault.detail.split("=")
        assert code in made.truth.loc[fault.raw_row - 1, role].split(";")
        written = cells(made, codebook, role)[fault.raw_row - 1].rstrip(";").split("Other: ")[1]
        assert written in made.parameters["dirt"]["other_text"]["texts"][code]


def test_some_other_texts_are_in_no_list_of_the_codebook_and_some_are(made, codebook):
    rules = codebook.question("used").recode
    known = [
        any(contains_phrase(text, phrase) for phrase in rules[code])
        for code, texts in made.parameters["dirt"]["other_text"]["texts"].items()
        if code in rules
        for text in texts
    ]
    assert 0.5 < np.mean(known) < 1


def test_genuine_other_ways_name_no_listed_channel(made, codebook):
    phrases = [p for each in codebook.question("used").recode.values() for p in each]
    for side in ("used", "preferred"):
        for text in made.parameters["other_texts"][side]:
            assert not any(contains_phrase(text, phrase) for phrase in phrases), text


def test_the_three_kinds_of_missing_all_occur(made, codebook):
    satisfaction = cells(made, codebook, "satisfaction")
    not_asked = cells(made, codebook, "contacted").map(match_key).isin(["no", "don't know"])
    assert (satisfaction[not_asked].map(match_key).isin(EMPTY)).all()
    assert (satisfaction[~not_asked] == "").sum() > 0
    assert (satisfaction[~not_asked] == "Don't know").sum() >= 5
    assert (cells(made, codebook, "district") == "Prefer not to say").sum() >= 10


# ---- Open answers that must never be shown ----------------------------------------------------


def test_planted_details_stand_in_the_cell_named(made, codebook):
    kinds = Counter()
    for fault in made.dirt[made.dirt["kind"] == "personal"].itertuples():
        role, listed = fault.detail.split(": ", 1)
        for item in listed.split(" | "):
            kind, text = item.split("=", 1)
            assert text in cells(made, codebook, role)[fault.raw_row - 1]
            kinds[kind] += 1
    assert set(kinds) == {"name", "phone", "email", "postcode", "plate", "reference"}
    assert min(kinds.values()) >= 3


RESERVED = {
    "phone": r"(\+44 |0)7700 ?900\d{3}|01632 960\d{3}|\(01632\) 960 \d{3}",
    "email": r"[\w.+]+@example\.org",
    "postcode": r"(?i)(SG|AL|EN)98 ?\d[A-Z]{2}",
    "plate": r"[A-Z]{2}01 ?[A-Z]{3}",
    "reference": r"99/\d+/23",
}


def test_personal_details_use_ranges_that_belong_to_nobody(made):
    for listed in made.dirt.loc[made.dirt["kind"] == "personal", "detail"]:
        for item in listed.split(": ", 1)[1].split(" | "):
            kind, text = item.split("=", 1)
            if kind in RESERVED:
                assert re.fullmatch(RESERVED[kind], text), text


def test_no_other_number_address_or_code_stands_in_an_open_answer(made, codebook):
    suspicious = r"\d{5,}|\b\d{3} \d{3,}|@(?!example\.org|SUM)|https?://(?!example\.org)"
    for role in ("change", "change_why"):
        for row, text in enumerate(cells(made, codebook, role), start=1):
            if row not in rows_of(made, "personal"):
                assert not re.search(suspicious, text), text


def test_html_and_formulas_stand_in_open_answers(made, codebook):
    both = cells(made, codebook, "change") + "\n" + cells(made, codebook, "change_why")
    html, formula = both.str.contains("<"), both.str.contains(r"(?m)^[=+@-].", regex=True)
    assert set(made.raw.index[html] + 1) == rows_of(made, "html")
    assert set(made.raw.index[formula] + 1) == rows_of(made, "formula")


# ---- Parameters and README --------------------------------------------------------------------


def tables(table, name="", source=None):
    """Walk the parameters: (name, source that covers it, whether it holds values of its own)."""
    source = table.get("source", source)
    inner = {key: value for key, value in table.items() if isinstance(value, dict)}
    effects = {key: value for key, value in table.items() if key == "effect"}
    yield name, source, table.get("source"), len(table) > len(inner) + len(effects)
    for key, value in inner.items():
        yield from tables(value, f"{name}.{key}".lstrip("."), source)
    for key, value in effects.items():
        for each in value:
            yield from tables(each, f"{name}.{key} by {each['by']}", source)


def test_every_table_of_parameters_has_a_source(made):
    for name, source, _, holds in tables(made.parameters):
        assert source or not holds, name
        assert not source or re.match("assumption|published|invented|places", source), name


def test_the_readme_lists_every_source_and_the_faults_planted(made):
    readme = (FOLDER / "README.md").read_text("utf-8")
    for name, _, own, _ in tables(made.parameters):
        if own:
            assert re.search(
                rf"^\| `{re.escape(name)}` \|.*\| {re.escape(own)} \|$", readme, re.M
            ), name
    for kind, n in Counter(made.dirt["kind"]).items():
        assert f"\n| {kind} | {n} | " in readme


# ---- Parts ------------------------------------------------------------------------------------


def test_draws_follow_their_probabilities():
    drawn = draws.choose(np.tile([0.2, 0.5, 0.3], (20_000, 1)), np.random.default_rng(3))
    for position, share in enumerate([0.2, 0.5, 0.3]):
        assert_near((drawn == position).mean(), share, 20_000)


def test_a_hair_in_the_probabilities_changes_no_draw():
    shares = np.tile([0.2, 0.5, 0.3], (5_000, 1))
    one, two = (draws.choose(each, np.random.default_rng(4)) for each in (shares, shares + 1e-15))
    assert (one == two).all()


def test_effects_tilt_the_shares_by_their_log_odds():
    people = pd.DataFrame({"age_group": ["older", "middle", None]})
    effects = [{"by": "age_group", "values": {"older": {"b": np.log(3)}}}]
    shares, of = draws.drawn_shares(people, {"a": 0.5, "b": 0.5}, effects, ["a", "b"])
    np.testing.assert_allclose(shares[of], [[0.25, 0.75], [0.5, 0.5], [0.5, 0.5]])


def test_a_row_of_probabilities_may_hold_for_several_people():
    shares, of = np.array([[0.2, 0.8], [0.9, 0.1]]), np.array([1, 0, 0, 1])
    one, each = (
        draws.choose(*how) for how in (
            (shares, np.random.default_rng(5), of), (shares[of], np.random.default_rng(5))
        )
    )  # fmt: skip
    assert (one == each).all()


def test_everybody_is_one_pattern_where_nothing_tells_people_apart():
    first, of = draws.patterns(pd.DataFrame({"age": ["old", None]}), [])
    assert len(first) == 1
    assert of.tolist() == [0, 0]


def test_people_without_an_answer_are_a_pattern_of_their_own():
    people = pd.DataFrame({"age": ["old", None, "old"], "sex": ["m", "m", "f"]})
    first, of = draws.patterns(people, ["age", "sex"])
    assert len(first) == len(set(of)) == 3


def test_a_calibration_from_others_is_kept_to(made, codebook):
    """Surveys of one population: not each of them meets the targets, all of them together do."""
    _, found = simulated_people.calibrate(codebook, made.parameters, np.random.default_rng(6))
    drawn = simulated_people.draw_people(codebook, made.parameters, np.random.default_rng(7), found)
    again = simulated_people.draw_people(codebook, made.parameters, np.random.default_rng(7))
    assert drawn["connection"].equals(again["connection"])
    table, asked = made.parameters["satisfaction"], drawn["asked"].to_numpy(dtype=bool)
    people = drawn[asked & (drawn["used_last"] == "phone_101")]
    predictor = ratings.rating_predictor(
        people, table, np.ones(len(people), dtype=bool), found.intercepts["satisfaction"]
    )
    expected = ratings.top_two(predictor, table["thresholds"]).mean()
    assert expected != pytest.approx(table["target"]["phone_101"], abs=1e-8)
    assert expected == pytest.approx(table["target"]["phone_101"], abs=0.03)


def test_ordered_probabilities_sum_to_one_and_end_in_the_top_two():
    predictor, thresholds = np.array([-1.0, 0.0, 2.0]), [-2.0, -1.0, 0.0, 1.5]
    shares = ratings.ordered_probabilities(predictor, thresholds)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    np.testing.assert_allclose(shares[:, 3:].sum(axis=1), ratings.top_two(predictor, thresholds))


def test_patterns_are_filled_with_digits_and_letters():
    text = simulated_text.filled("AB01 @@@ 07700 900###", np.random.default_rng(5))
    assert re.fullmatch(r"AB01 [A-Z]{3} 07700 900\d{3}", text)


def test_a_raw_file_that_the_seed_does_not_give_is_never_replaced_unasked(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "RAW", tmp_path)
    shutil.copytree(FOLDER, tmp_path / "herts_2023")
    real = tmp_path / "herts_2023" / "responses.csv"
    real.write_bytes(b"a real export")
    with pytest.raises(SurveyError, match="perhaps a real export; move it away"):
        simulation.make()
    assert real.read_bytes() == b"a real export"
    simulation.make(overwrite=True)
    assert real.read_bytes() == (FOLDER / "responses.csv").read_bytes()


def test_a_real_survey_is_not_simulated():
    with pytest.raises(SurveyError, match="ape11 is a real survey by its codebook"):
        simulation.make("ape11")

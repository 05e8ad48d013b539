"""What tables say is read as they mean it, and small counts that they tell are found."""

import argparse
from itertools import product

import numpy as np
import pandas as pd
import pytest

from analysis import paths, survey
from analysis.attack import findings, linked, registering, sentences, verdicts, worlds
from analysis.attack.labels import Labels
from analysis.attack.moves import Moves, movable, moves_of
from analysis.attack.other_numbers import RULES
from analysis.attack.profiles import Profiles, together
from analysis.attack.published import count_of, people_behind
from analysis.attack.registering import register_of
from analysis.attack.repeated import OTHERWISE
from analysis.attack.statements import Register, narrowing
from analysis.errors import SurveyError
from analysis.privacy import Rule
from analysis.publish import attack_command

RULE = Rule(10)

VALUES = {"place": ("north", "south", "no_answer"), "said": ("yes", "no", "no_answer")}


def people(*counts: int) -> Register:
    """Return the register of so many people of each place and answer, in the order of VALUES."""
    cells = list(product(*(range(len(each)) for each in VALUES.values())))
    codes = np.repeat(np.array(cells), counts, axis=0)
    return Register(
        Profiles(codes=pd.DataFrame(codes, columns=list(VALUES)), values=VALUES), RULE, RULE
    )


def of(**answers: str) -> dict[str, frozenset[str]]:
    return {name: frozenset([answer]) for name, answer in answers.items()}


@pytest.fixture(scope="module")
def herts() -> survey.Survey:
    """Return the default survey, with the responses that are committed."""
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def published(herts):
    """Return the register of the committed notebooks, and what of them is of no known kind."""
    return register_of(herts, paths.NOTEBOOKS)


@pytest.mark.parametrize(
    ("text", "rule", "span"),
    [
        ("1,072", None, (1072, 1072)),
        ("10", RULE, (10, 14)),
        ("250", RULE, (245, 254)),
        ("under 20", RULE, (0, 19)),
        ("10 to 29", None, (10, 29)),
        ("[c]", RULE, None),
        ("", None, None),
    ],
)
def test_a_count_stands_for_what_its_rounding_leaves(text, rule, span):
    assert count_of(text, rule=rule) == span


def test_a_cell_of_two_answers_that_is_rounded_at_random_stands_for_either_side():
    rule = Rule(10, key="of the replies")
    told = {text: count_of(text, rule=rule, crossed=True) for text in ("0", "10", "250", "[c]")}
    assert told == {"0": (0, 9), "10": (1, 19), "250": (241, 259), "[c]": None}
    assert count_of("250", rule=rule) == count_of("250", rule=RULE, crossed=True) == (245, 254)


@pytest.mark.parametrize(
    ("share", "n", "interval", "span"),
    [
        ("57%", (368, 368), "", (208, 211)),
        ("19.8%", (712, 712), "17.0% to 22.9%", (141, 141)),
        ("27% to 38%", (37, 37), "", (10, 14)),
        ("50%", (45, 45), "35% to 65%", (22, 23)),
        ("50%", (200, 200), "40% to 60%", (97, 103)),
        ("under 4%", (237, 237), "", (0, 9)),
        ("[c]", (16, 16), "", None),
    ],
)
def test_a_share_stands_for_the_people_that_round_to_it(share, n, interval, span):
    assert people_behind(share, n, interval) == span


def test_every_table_of_the_default_report_is_known_and_true(published):
    register, unread, by_rule = published
    assert [table.source for table in unread] == []
    said = {rule for *_, rule in sentences.OTHERWISE}
    assert set(by_rule) | set(OTHERWISE.values()) | said == set(RULES)
    assert register.wrong == []
    assert len(register.statements) > 600
    assert len(register.targets) > 200


def test_a_table_that_has_not_what_its_kind_has_is_named_and_stops_nothing(herts, monkeypatch):
    def stumbles(read, table, match):
        raise KeyError("pair")

    kinds = [("05", "Who was asked, and who answered", stumbles)]
    monkeypatch.setattr(registering, "KINDS", kinds)
    _, unread, _ = register_of(herts, paths.NOTEBOOKS)
    assert "05_visibility_and_access, Who was asked, and who answered" in {
        table.source for table in unread
    }


def test_a_table_of_which_no_cell_is_understood_is_named(herts, monkeypatch):
    kinds = [("05", "Who was asked, and who answered", lambda *_: None)]
    monkeypatch.setattr(registering, "KINDS", kinds)
    _, unread, _ = register_of(herts, paths.NOTEBOOKS)
    assert "05_visibility_and_access, Who was asked, and who answered" in {
        table.source for table in unread
    }


def test_headlines_of_everybody_are_read_to_the_person(herts, tmp_path):
    headlines = paths.PROCESSED / herts.name / "findings.csv"
    (tmp_path / "headlines.csv").write_bytes(headlines.read_bytes())
    register, *_ = register_of(herts, tmp_path)
    known = {each.source: (each.low, each.high) for each in register.statements}
    assert register.wrong == []
    assert len(known) >= 4
    same = next(span for source, span in known.items() if "same_answer" in source)
    assert same[0] == same[1]


def test_labels_mean_answers_groups_and_joined_ones(herts, published):
    labels = Labels(herts, published[0].profiles)
    used = labels.of("used_last", "Face to face and Other")["used_last"]
    assert "Front counter" in used
    assert "Other" in used
    assert labels.of("age", "16-34") == {"age": frozenset(["16-24", "25-34"])}
    assert labels.of("age", "75 and over") == {"age": frozenset(["75-84", "85 and over"])}
    assert labels.of("disability", "Disability: yes") == {"disability": frozenset(["Yes"])}
    assert labels.of("used_last", "Not asked about use") == {"used_last": frozenset(["not_asked"])}
    assert labels.of("district", "Atlantis") is None


def test_no_small_count_is_told_by_the_default_report(herts, published):
    register, *_ = published
    found = verdicts.judge(herts, register, search=False)
    assert [each.target for each in found if each.verdict == verdicts.TOLD] == []
    assert {each.verdict for each in found} == {verdicts.OPEN}


def test_the_attack_finds_a_group_that_is_everybody_less_the_others(herts):
    register, *_ = register_of(herts, paths.NOTEBOOKS)
    base = {"change": frozenset(["answered"])}
    groups = herts.codebook.question("used_last").groups
    labels = Labels(herts, register.profiles)
    for name in dict.fromkeys(groups.values()):
        each = together(base, labels.of("used_last", name))
        if name != "Other":
            count = register.profiles.count(each)
            register.know("a table of groups", each, (count, count))
    silent = together(base, labels.missing("used_last"))
    count = register.profiles.count(silent)
    register.know("a table of groups", silent, (count, count))
    told = [
        each for each in verdicts.judge(herts, register, search=False) if each.verdict == "told"
    ]
    other = together(base, labels.of("used_last", "Other"))
    assert [each.values for each in told if each.target.conditions == other] == [1]


def test_a_wrong_reading_is_kept_and_no_statement():
    register = people(20, 9, 0, 30, 40, 0, 0, 0, 0)
    register.know("a table", of(place="north"), (30, 40))
    assert register.statements == []
    assert register.wrong == ["a table: 29 people, read as 30 to 40"]


def test_statements_of_the_same_people_are_one_and_the_narrowest():
    register = people(20, 9, 0, 30, 40, 0, 0, 0, 0)
    register.know("one", of(place="north"), (20, 30))
    everybody = {"said": frozenset(VALUES["said"])}
    register.know("two", together(of(place="north"), everybody), (25, 34))
    assert [(each.low, each.high, each.source) for each in register.statements] == [
        (25, 30, "one; two")
    ]


def test_how_many_gave_no_answer_is_no_target_but_what_a_group_of_them_said_is():
    register = people(20, 9, 0, 30, 40, 0, 3, 2, 0)
    sides = [
        [of(place=each) for each in VALUES["place"]],
        [of(said=each) for each in ("yes", "no")],
    ]
    register.guard("a table", *sides)
    register.guard("alone", sides[0])
    found = {(*each.conditions["place"], *each.conditions.get("said", ())): each.wanted
             for each in register.targets}  # fmt: skip
    assert found == {("north", "no"): 10, ("no_answer", "yes"): 6, ("no_answer", "no"): 6}


def ways(register: Register, target: dict) -> set[int]:
    """Return every number that a target can be, by trying all tables of a few people."""
    counts, found = len(register.profiles.codes), set()
    for cells in product(range(counts + 1), repeat=4):
        if sum(cells) != counts:
            continue
        other = people(cells[0], cells[1], 0, cells[2], cells[3], 0, 0, 0, 0)
        true = all(
            each.low <= other.profiles.count(each.conditions) <= each.high
            for each in register.statements
        )
        if true:
            found.add(other.profiles.count(target))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_linear_programmes_hold_every_possible_table(seed):
    rng = np.random.default_rng(seed)
    cells = rng.integers(0, 4, 4)
    register = people(*cells[:2], 0, *cells[2:], 0, 0, 0, 0)
    told = [of(place="north"), of(said="yes"), of(place="south", said="no")]
    for each in told:
        count = register.profiles.count(each)
        register.know("a table", each, (max(count - int(rng.integers(2)), 0), count))
    target = of(place="north", said="yes")
    possible = ways(register, target)
    low, high = linked.Attack(register, ("place", "said"), [target]).bounds(0)
    assert low <= min(possible) + 1e-6
    assert high >= max(possible) - 1e-6


def test_other_replies_are_found_only_where_all_that_is_published_stays_true():
    register = people(5, 30, 0, 40, 25, 0, 0, 0, 0)
    for each in ("north", "south"):
        count = register.profiles.count(of(place=each))
        register.know("sizes", of(place=each), (count, count))
    register.know("answers", of(said="yes"), (45, 45))
    target = of(place="north", said="yes")
    register.guard("cells", [target])
    codes = register.profiles.codes.to_numpy()
    who, to = np.repeat(np.arange(len(codes)), 1), 1 - codes[:, 1]
    new = np.column_stack([codes[:, 0], to])

    def change(conditions):
        known = Profiles(codes=pd.DataFrame(new, columns=list(VALUES)), values=VALUES)
        after, before = known.those(conditions), register.profiles.those(conditions)
        return after.astype(np.int8) - before.astype(np.int8)

    def reach(down, up):
        statements = np.column_stack([change(each.conditions) for each in register.statements])
        moves = Moves(person=who, statements=statements, touched=np.arange(3),
                      targets=change(target)[:, None])  # fmt: skip
        search = worlds.Search(moves, down, up, np.random.default_rng(1))
        return search.reach(0, 5, wanted=10)

    assert reach(*register.spans()) == (5, 14)
    register.know("cells", of(place="south", said="yes"), (38, 41))
    down, up = register.spans()
    statements = len(register.statements)
    assert statements == 4
    columns = np.column_stack([change(each.conditions) for each in register.statements])
    moves = Moves(person=who, statements=columns, touched=np.arange(4),
                  targets=change(target)[:, None])  # fmt: skip
    found = worlds.Search(moves, down, up, np.random.default_rng(1)).reach(0, 5, wanted=10)
    assert found == (4, 7)


def test_moves_give_answers_on_offer_and_follow_what_hangs_on_them(herts, published):
    register, *_ = published
    names = movable(herts, register.profiles)
    assert "contacted" not in names
    moves = moves_of(herts, register, ["used_last"], range(len(register.targets)))
    assert len(moves.person) > 5000
    assert moves.statements.shape == (len(moves.person), len(moves.touched))
    sources = [register.statements[at] for at in moves.touched]
    assert any("used what they prefer" in each.conditions for each in sources)


def test_what_is_meant_of_a_question_is_some_answers_and_not_all(published):
    profiles = published[0].profiles
    assert narrowing({"age": profiles.said("age")}, profiles) == ()
    assert narrowing({"age": frozenset(["16-24"])}, profiles) == ("age",)


def test_the_outcome_names_tables_and_people_and_counts_all_verdicts(herts, tmp_path):
    outcome = findings.Outcome(
        statements=3,
        rule=RULE,
        verdicts=[
            verdicts.Verdict(
                target=next(iter(told_target().targets)), low=4.0, high=5.0, verdict=verdicts.TOLD
            )
        ],
        unread=["02, A new table"],
        by_rule={"test": 2},
        wrong=[],
    )
    assert not outcome.passed
    lines = outcome.lines()
    assert lines[0] == "not understood: 02, A new table"
    assert lines[1].startswith(
        "2 tables, figures, headlines or numbers of sentences by rule (test): "
    )
    assert lines[2].endswith("the people of place: north; said: no are known to be 4 to 5")
    assert "1 are known to within fewer than 10 values" in lines[-1]


def told_target() -> Register:
    register = people(20, 4, 0, 30, 40, 0, 0, 0, 0)
    register.guard("cells", [of(place="north", said="no")])
    return register


def test_a_survey_without_a_report_is_told_so(herts, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "REPORTS", tmp_path)
    options = argparse.Namespace(part="register")
    with pytest.raises(SurveyError, match="no report of herts_2023 to attack"):
        list(attack_command.run(herts, options))


def test_one_programme_tells_of_all_targets_what_each_own_one_tells(herts, published):
    register, *_ = published
    of_questions = {}
    for target in register.targets[:60]:
        about = narrowing(target.conditions, register.profiles)
        of_questions.setdefault(about, []).append(target.conditions)
    for about, targets in of_questions.items():
        bounds = [linked.Attack(register, about, targets).bounds(at) for at in range(len(targets))]
        everything = linked.Attack(register, about, targets).spans([10**6] * len(targets))
        assert np.allclose(everything, bounds, atol=1e-6)
        enough = linked.Attack(register, about, targets).spans([10] * len(targets))
        for found, exact in zip(enough, bounds, strict=True):
            assert (linked.whole_between(*found) >= 10) == (linked.whole_between(*exact) >= 10)
            assert found[0] >= exact[0] - 1e-6
            assert found[1] <= exact[1] + 1e-6


def test_a_report_tells_no_small_count_and_one_that_does_is_named(herts, monkeypatch):
    assert findings.attack(herts, paths.NOTEBOOKS, search=False, guarded=RULE).told_lines() == []
    verdict = verdicts.Verdict(
        target=told_target().targets[0], low=4.0, high=4.0, verdict=verdicts.TOLD
    )
    monkeypatch.setattr(findings, "judge", lambda *_, **__: [verdict])
    lines = findings.attack(herts, paths.NOTEBOOKS, search=False, guarded=RULE).told_lines()
    assert lines == ["cells: the people of place: north; said: no are known to be 4"]


def test_counts_are_small_by_the_codebook_and_rounded_by_the_report():
    register = people(40, 12, 0, 40, 40, 0, 0, 0, 0)
    strict = Register(register.profiles, Rule(15), RULE)
    strict.guard("cells", [of(place="north", said="no")])
    assert strict.targets == []
    by_report = Register(register.profiles, Rule(15), Rule(15))
    by_report.guard("cells", [of(place="north", said="no")])
    assert [each.count for each in by_report.targets] == [12]
    assert count_of("45", rule=strict.rule) == (38, 52)

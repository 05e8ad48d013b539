"""What the tables of notebooks 01 to 03 say: replies, the population, use and preference."""

import re
from collections.abc import Callable

from analysis.attack.profiles import FLAG, NO, SAME, WEIGHT, YES, together
from analysis.attack.published import Table, count_of, people_behind
from analysis.attack.reading import Reading, not_those

WEIGHTED = {WEIGHT: frozenset([YES])}
UNWEIGHTED = {WEIGHT: frozenset([NO])}


def _coverage(read: Reading, table: Table, match: re.Match) -> None:
    kinds = {"Don't know": "dont_know", "No answer": "no_answer", "Not asked": "not_asked"}
    for row in table.rows:
        role, cells = read.role(row[0]), dict(zip(table.heads, row, strict=True))
        if not role:
            continue
        question = read.survey.codebook.question(role)
        if not question.answers and question.kind != "text":
            continue
        said = read.answered(role) if question.kind == "text" else read.labels.said(role)
        read.register.know(table.source, said, count_of(cells["Answered"]))
        read.register.guard(table.source, [said])
        for heading, kind in kinds.items():
            (name,) = said
            missing = {name: frozenset([kind])}
            if heading in cells:
                read.register.know(table.source, missing, count_of(cells[heading]))
            read.register.guard(table.source, [missing])


def _flags(read: Reading, table: Table, match: re.Match) -> None:
    for row in table.rows:
        people = {FLAG + row[0]: frozenset([YES])}
        read.register.know(table.source, people, count_of(row[table.heads.index("Replies")]))
        read.register.guard(table.source, [people])


def _beside_population(read: Reading, table: Table, match: re.Match) -> None:
    roles = [each.replace(" ", "_") for each in match["margin"].split(" by ")]
    if not all(read.survey.has(role) for role in roles):
        return
    base = together(WEIGHTED, read.answered(*roles))
    n = read.register.profiles.count(base)

    def resolve(text: str):
        parts = text.rsplit(", ", len(roles) - 1)
        found = [read.labels.of(role, part) for role, part in zip(roles, parts, strict=False)]
        return None if None in found or len(parts) < len(roles) else together(*found)

    rows = read.rows(table, resolve)
    read.counts(table, "People, rounded", rows, base, rounded=True)
    ends = table.columns.get("95% interval")
    for at, people in rows:
        span = people_behind(table.columns["Answered"][at], (n, n), ends[at] if ends else "")
        read.register.know(table.source, together(base, people), span)
    read.register.guard(table.source, [base], *(read.told(role) for role in roles))


def _headlines(read: Reading, table: Table, match: re.Match) -> None:
    for row in table.rows:
        cells, found = dict(zip(table.heads, row, strict=True)), read.headline(row[0])
        if found is None:
            continue
        base, yes = together(WEIGHTED, found[0]), found[1]
        if n := count_of(cells["n"]):
            read.register.know(table.source, base, n)
            span = people_behind(cells.get("Unweighted", ""), n)
            read.register.know(table.source, together(base, yes), span)
        sides = [WEIGHTED, UNWEIGHTED]
        read.register.guard(
            table.source,
            sides,
            [together(found[0], yes), together(found[0], not_those(read.register.profiles, yes))],
        )


def _with_and_without(read: Reading, table: Table, match: re.Match) -> None:
    for row in table.rows:
        cells, found = dict(zip(table.heads, row, strict=True)), read.headline(row[0])
        if found is None:
            continue
        for heading, who in (("With", WEIGHTED), ("Without", UNWEIGHTED)):
            base = together(who, found[0])
            count = read.register.profiles.count(base)
            n = count_of(cells["n without"]) if heading == "Without" else (count, count)
            read.register.know(table.source, base, n)
            if n:
                read.register.know(
                    table.source, together(base, found[1]), people_behind(cells.get(heading, ""), n)
                )


def ledger_of(name: str) -> Callable:
    """Read a ledger that ends with the people of a base."""

    def read_ledger(read: Reading, table: Table, match: re.Match) -> None:
        base = read.bases[name]
        if table.rows:
            read.register.know(table.source, base, count_of(table.rows[-1][-1]))

    return read_ledger


def _base_and_others(read: Reading, table: Table, match: re.Match) -> None:
    outside = together(
        read.answered("preferred"), read.labels.missing(read.survey.used_role, "not_asked")
    )
    sides = {"Base": read.bases["pair"], "Not asked": outside}
    rows = read.rows(table, read.label("preferred"))
    for heading in table.heads:
        for name, base in sides.items():
            if heading.startswith(f"{name} ("):
                n = count_of(heading.split("(")[1].rstrip(")"))
                read.register.know(table.source, base, n)
                read.shares(
                    table, heading, rows, base, {}, n=dict.fromkeys(range(len(table.rows)), n)
                )
    read.register.guard(table.source, list(sides.values()), read.told("preferred"))


def _shifts(read: Reading, table: Table, match: re.Match) -> None:
    words, base = read.survey.words, read.bases["pair"]
    for role, head in (
        (read.survey.used_role, words.used_short),
        ("preferred", words.preferred_short),
    ):
        rows = read.rows(table, read.label(role))
        n = read.register.profiles.count(base)
        read.shares(table, head, rows, base, {}, n=dict.fromkeys(range(len(table.rows)), (n, n)))
    read.register.guard(table.source, [base], read.told(read.survey.used_role))
    read.register.guard(table.source, [base], read.told("preferred"))


def _moves(read: Reading, table: Table, match: re.Match) -> None:
    used, base = read.survey.used_role, read.bases["pair"]
    read.crossed(table, read.label(used), read.label("preferred"), base)
    groups = list(dict.fromkeys(read.survey.codebook.question("preferred").groups.values()))
    sides = [
        [each for name in groups if (each := read.labels.of(role, name))]
        for role in (used, "preferred")
    ]
    read.register.guard(table.source, [base], *sides)


def _by_groups(read: Reading, table: Table, match: re.Match) -> None:
    roles = {f"{read.survey.words.districts}": "district", "age groups": "age"}
    role = roles.get(match["grouping"])
    if role is None or not read.survey.has(role):
        return
    rows = read.rows(table, read.label(role))
    read.counts(table, "n", rows, read.bases["pair"])
    read.register.guard(table.source, [read.bases["pair"]], read.told(role))


def _of_preferring(read: Reading, table: Table, match: re.Match) -> None:
    words, used = read.survey.words, read.survey.used_role
    base, heading = read.bases["pair"], f"{words.preferred_short}, people"
    rows = read.rows(table, read.label("preferred"))
    read.counts(table, heading, rows, base)
    for at, people in rows:
        label, n = table.rows[at][0], count_of(table.columns[heading][at])
        both = read.labels.of(used, label)
        if both is None:
            continue
        if n:
            span = people_behind(table.columns["Share"][at], n)
            read.register.know(table.source, together(base, people, both), span)
        read.register.guard(table.source, [together(base, people)], [both])


def _said_twice(read: Reading, table: Table, match: re.Match) -> None:
    base = together(read.bases["pair"], read.answered("was_preferred"))
    columns = {
        "Same channel twice": {SAME: frozenset([YES])},
        "Another one preferred": {SAME: frozenset([NO])},
    }
    yes = next(iter(read.survey.codebook.question("was_preferred").labels.values()))
    rows = [
        {"was_preferred": frozenset([yes])},
        {"was_preferred": read.register.profiles.said("was_preferred") - {yes}},
    ]
    for at, people in enumerate(rows):
        for heading, also in columns.items():
            cell = table.columns.get(heading, [""] * 9)[at]
            span = count_of(cell, rule=read.rule, crossed=True)
            read.register.know(table.source, together(base, people, also), span)
    read.register.guard(table.source, [base], rows, list(columns.values()))


def _tests_of_pair(read: Reading, table: Table, match: re.Match) -> None:
    base = read.bases["pair"]
    if SAME in read.register.profiles.values and table.rows[0][0] == "Wald":
        other = together(base, {SAME: frozenset([NO])})
        read.register.know(
            table.source, other, count_of(table.columns["Gave different answers"][0])
        )


def _two_answers(read: Reading, table: Table, match: re.Match) -> None:
    words, base, used = read.survey.words, read.bases["pair"], read.survey.used_role
    for at, row in enumerate(table.rows):
        pair = [read.labels.of(role, row[0]) for role in (used, "preferred")]
        if None in pair:
            continue
        no = [{name: frozenset([NO]) for name in each} for each in pair]
        cells = {
            "Both": pair,
            f"{words.used_short} only": [pair[0], no[1]],
            f"{words.preferred_short} only": [no[0], pair[1]],
        }
        for heading, people in cells.items():
            span = count_of(table.columns[heading][at], rule=read.rule)
            read.register.know(table.source, together(base, *people), span)
        read.register.guard(table.source, [base], [pair[0], no[0]], [pair[1], no[1]])


def _grouped_tests(read: Reading, table: Table, match: re.Match) -> None:
    roles = {
        read.survey.words.districts: "district",
        "age groups": "age",
        "reasons for contact": "reason",
    }
    for at, row in enumerate(table.rows):
        role = roles.get(row[0])
        if role and read.survey.has(role):
            people = together(read.bases["pair"], read.answered(role))
            read.register.know(table.source, people, count_of(table.columns["n"][at]))


def _weighted_n(name: str) -> Callable:
    def read_n(read: Reading, table: Table, match: re.Match) -> None:
        found = re.findall(r"[\d,]*\d", table.caption.split("with, ")[-1])
        if found and "with, " in table.caption:
            read.register.know(
                table.source, together(WEIGHTED, read.bases[name]), count_of(found[-1])
            )

    return read_n


def _unlike(read: Reading, table: Table, match: re.Match) -> None:
    for at, row in enumerate(table.rows):
        roles = [each.replace(" ", "_") for each in row[0].split(" by ")]
        if all(read.survey.has(role) for role in roles):
            people = together(WEIGHTED, read.answered(*roles))
            read.register.know(table.source, people, count_of(table.columns["n"][at]))


KINDS = [
    ("01", r"Answers by question.*", _coverage),
    ("01", r"Flags among.*", _flags),
    ("02", r"People who answered and the population, by (?P<margin>.*)", _beside_population),
    ("02", r"Headlines without and with weights.*", _headlines),
    ("02", r"People with a weight \(.*", _with_and_without),
    ("03", r"From responses to people who answered both questions", ledger_of("pair")),
    (
        "03",
        r"Preferences of .* people: the base, and who was not asked about use",
        _base_and_others,
    ),
    ("02", r"How unlike the population .*", _unlike),
    ("03", r"Tests of the two answers.*", _tests_of_pair),
    ("03", r"People by their two answers, n = .*", _two_answers),
    ("03", r"Do shifts differ between groups of people.*", _grouped_tests),
    ("03", r"Shifts in points without weights, .*", _weighted_n("pair")),
    ("04", r"Adjusted shares without weights, .*", _weighted_n("satisfaction")),
    ("03", r".*: shares, and shifts in points, n = .*", _shifts),
    ("03", r".*: shares without weights, n = .*", _shifts),
    ("03", r"People by the group they .*", _moves),
    ("03", r"Shifts of .* by (?P<grouping>.*), points, drawn together", _by_groups),
    ("03", r"Of people who .*: the share that .*", _of_preferring),
    ("03", r"What .* people said \(rows\), and their two answers \(columns\)", _said_twice),
]

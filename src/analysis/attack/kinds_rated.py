"""What the tables of notebooks 04 and 05 say: satisfaction and ratings."""

import re

from analysis.attack.kinds_paired import WEIGHTED, ledger_of
from analysis.attack.profiles import Conditions, together
from analysis.attack.published import Table, count_of, people_behind
from analysis.attack.reading import Reading, not_those
from analysis.survey import measures


def best_or_not(read: Reading, role: str) -> list[Conditions]:
    """Return who gave one of the best answers to a question, and who another one."""
    yes = read.labels.top(role)
    return [yes, not_those(read.register.profiles, yes)]


def answers_of(read: Reading, table: Table, role: str, base: Conditions) -> None:
    """Read the answers of everybody in a base."""
    rows = read.rows(table, read.label(role))
    for at, people in rows:
        n = count_of(table.columns["n"][at]) if "n" in table.columns else None
        n = n or 2 * (read.register.profiles.count(base),)
        read.register.know(table.source, base, n)
        shares = table.columns["Estimate"][at], n, table.columns["95% interval"][at]
        read.register.know(table.source, together(base, people), people_behind(*shares))
    read.counts(table, "People", rows, base)
    read.counts(table, "People, rounded", rows, base, rounded=True)
    read.register.guard(table.source, [base], read.told(role))


def _satisfied(read: Reading, table: Table, match: re.Match) -> None:
    answers_of(read, table, "satisfaction", read.bases["satisfaction"])


def _by_used_group(read: Reading, table: Table, match: re.Match) -> None:
    used, base = read.survey.used_role, read.bases["satisfaction"]
    for row in table.rows:
        for heading, cell in zip(table.heads[1:], row[1:], strict=True):
            people, exact = read.labels.of(used, heading), row[0] == "n"
            said = {} if exact else read.labels.of("satisfaction", row[0])
            if people is not None and said is not None:
                span = count_of(cell, rule=None if exact else read.rule, crossed=True)
                read.register.know(table.source, together(base, people, said), span)
    groups = dict.fromkeys(read.survey.codebook.question(used).groups.values())
    sides = [each for name in groups if (each := read.labels.of(used, name))]
    read.register.guard(table.source, [base], sides, read.told("satisfaction"))


def _rated_by(role: str, name: str, heading: str, interval: str = ""):
    """Read a table of the share with a best answer, by the answers to another question."""

    def read_shares(read: Reading, table: Table, match: re.Match) -> None:
        base = read.bases[name]
        by = read.survey.used_role if role == "channel" else role
        rows = read.rows(table, read.label(by))
        read.counts(table, "n", rows, base)
        best = read.labels.top("satisfaction")
        read.shares(table, heading, rows, base, best, interval=interval)
        read.together(table, read.label(by), base, best)
        read.register.guard(table.source, [base], read.told(by), best_or_not(read, "satisfaction"))

    return read_shares


def _rating(read: Reading, text: str) -> str:
    """Return which question a caption speaks of."""
    nouns = {
        role: read.survey.codebook.noun(role).lower()
        for role in measures.RATED
        if read.survey.has(role)
    }
    return next((role for role, noun in nouns.items() if text.lower().startswith(noun)), "")


def _ratings_asked(read: Reading, table: Table, match: re.Match) -> None:
    kinds = {"Don't know": "dont_know", "No answer": "no_answer", "Not asked": "not_asked"}
    for at, row in enumerate(table.rows):
        if not (role := read.role(row[0])):
            continue
        read.register.know(
            table.source, read.answered(role), count_of(table.columns["Answered"][at])
        )
        for heading, kind in kinds.items():
            if heading in table.columns:
                people = {role: frozenset([kind])}
                read.register.know(table.source, people, count_of(table.columns[heading][at]))


def _rating_answers(read: Reading, table: Table, match: re.Match) -> None:
    if role := _rating(read, match["noun"]):
        answers_of(read, table, role, read.answered(role))


def _ratings_best(read: Reading, table: Table, match: re.Match) -> None:
    for row in table.rows:
        cells, role = dict(zip(table.heads, row, strict=True)), _rating(read, row[0])
        if role and cells["Of whom"] == "people who answered":
            span = people_behind(cells["Estimate"], count_of(cells["n"]), cells["95% interval"])
            read.register.know(
                table.source, together(read.answered(role), read.labels.top(role)), span
            )
        elif role:
            read.register.know(
                table.source, together(read.answered(role), WEIGHTED), count_of(cells["n"])
            )


def grouping_roles(read: Reading) -> list[str]:
    """Return the questions that people are grouped by, as far as the survey has them."""
    roles = ["contacted", "age", "disability", "district", read.survey.used_role, "preferred"]
    return [role for role in roles if read.survey.has(role)]


def _rating_groups(read: Reading, table: Table, match: re.Match) -> None:
    role = _rating(read, match["noun"])
    names = {"people with and without contact": "contacted", "age groups": "age"}
    by = names.get(match["grouping"], read.survey.used_role)
    if not role or not read.survey.has(by):
        return
    base, rows = read.answered(role), _contact_rows(read, table, by)
    read.counts(table, "n", rows, base)
    read.shares(table, "Estimate", rows, base, read.labels.top(role), interval="95% interval")
    read.register.guard(table.source, [base], read.told(by), best_or_not(read, role))


def _contact_rows(read: Reading, table: Table, by: str) -> list:
    """Return the rows of a grouping, "Contact: yes" among them."""

    def resolve(text: str):
        return read.labels.of(by, text.removeprefix("Contact: ") if by == "contacted" else text)

    return read.rows(table, resolve)


def _rating_by_contact(read: Reading, table: Table, match: re.Match) -> None:
    role = _rating(read, match["noun"])
    if not role:
        return
    base = read.answered(role)
    for heading in table.heads[1:]:
        people = read.labels.of("contacted", heading.removeprefix("Contact: "))
        for row in table.rows if people else ():
            cell, exact = row[table.heads.index(heading)], row[0] == "n"
            said = {} if exact else read.labels.of(role, row[0])
            if said is not None:
                span = count_of(cell, rule=None if exact else read.rule, crossed=True)
                read.register.know(table.source, together(base, people, said), span)
    read.register.guard(table.source, [base], read.told("contacted"), read.told(role))


def _rating_by_district(read: Reading, table: Table, match: re.Match) -> None:
    role = _rating(read, match["noun"])
    if not role:
        return
    base, rows = read.answered(role), read.rows(table, read.label("district"))
    read.counts(table, "n", rows, base)
    read.shares(table, "Unadjusted share", rows, base, read.labels.top(role))
    read.register.guard(table.source, [base], read.told("district"), best_or_not(read, role))


def _two_ratings(read: Reading, table: Table, match: re.Match) -> None:
    roles = [
        role for role in ("visibility", "accessibility", "satisfaction") if read.survey.has(role)
    ]
    first, second = (
        next((r for r in roles if read.survey.codebook.noun(r).lower() == match[part].lower()), "")
        for part in ("one", "two")
    )
    if first and second:
        base = read.answered(first, second)
        read.crossed(table, read.label(first), read.label(second), base)
        read.register.guard(table.source, [base], read.told(first), read.told(second))


KINDS = [
    ("04", r"From responses to the base.*", ledger_of("satisfaction")),
    ("04", r"Answers of .* people", _satisfied),
    ("04", r"People by group of .* and answer, rounded", _by_used_group),
    (
        "04",
        r"Odds ratios of a better answer(?P<by>, against .*)?",
        _rated_by("channel", "satisfaction", ""),
    ),
    ("04", r"Odds ratios of a better answer, .*", _rated_by("district", "satisfaction", "")),
    (
        "04",
        r"Share that .*, by {channel}; model of .* people",
        _rated_by("channel", "satisfaction", "Unadjusted"),
    ),
    (
        "04",
        r"Share that .*, by {district}; .* people",
        _rated_by("district", "satisfaction", "Unadjusted"),
    ),
    (
        "04",
        r"Share that .*, by {district}: with another mix of age and sex",
        _rated_by("district", "satisfaction", "Unadjusted"),
    ),
    ("05", r"Who was asked, and who answered", _ratings_asked),
    ("05", r"(?P<noun>.*): answers of .* people", _rating_answers),
    ("05", r"Rated .*", _ratings_best),
    ("05", r"(?P<noun>.*), by {district}", _rating_by_district),
    ("05", r"(?P<noun>.*) rated .*?, (?P<grouping>.*)", _rating_groups),
    ("05", r"(?P<noun>.*): people with and without contact, rounded", _rating_by_contact),
    ("05", r".* people by (?P<one>.*) \(rows\) and (?P<two>.*), rounded", _two_ratings),
]

"""What the tables of notebooks 07 and 08 say: themes of open answers, and districts."""

import re

from analysis.attack.kinds_paired import WEIGHTED
from analysis.attack.profiles import NO, UNCODED, YES, Conditions, option, together
from analysis.attack.published import Table, count_of, people_behind
from analysis.attack.reading import Reading
from analysis.privacy import outside_told
from analysis.survey.wording import in_sentence

_N = re.compile(r"(?P<name>.*) \(n = (?P<n>[\d,]+)\)")


def _themes(read: Reading) -> list[str]:
    rules = read.survey.codebook.themes
    return [theme.label for theme in rules.themes] if rules else []


def theme_of(read: Reading, role: str, text: str) -> Conditions | None:
    """Return who names a theme in the answers to a question; None if there is none such."""
    known = option(role, text) in read.register.profiles.values
    return {option(role, text): frozenset([YES])} if known else None


def _named_or_not(read: Reading, role: str) -> list[list[Conditions]]:
    """Return who names each theme, and who does not."""
    names = [option(role, each) for each in (*_themes(read), UNCODED)]
    return [[{name: frozenset([said])} for said in (YES, NO)] for name in names]


def _themes_of(role: str):
    """Read a table of the themes that everybody names."""

    def read_themes(read: Reading, table: Table, match: re.Match) -> None:
        base = read.answered(role)
        rows = read.rows(table, lambda text: theme_of(read, role, text))
        read.counts(table, "People", rows, base)
        read.counts(table, "n", [(at, {}) for at, _ in rows], base)
        n = read.register.profiles.count(base)
        told = {at: (n, n) for at, _ in rows}
        read.shares(table, "Estimate", rows, base, {}, interval="95% interval", n=told)
        for sides in _named_or_not(read, role):
            read.register.guard(table.source, sides)

    return read_themes


def _themes_by_channel(read: Reading, table: Table, match: re.Match) -> None:
    base, used = read.answered("change"), read.survey.used_role
    for heading in table.heads:
        if not (found := _N.fullmatch(heading)) or not read.labels.of(used, found["name"]):
            continue
        people, n = read.labels.of(used, found["name"]), count_of(found["n"])
        read.register.know(table.source, together(base, people), n)
        ends = table.columns.get(f"95% interval, {found['name']}")
        for at, said in read.rows(table, lambda text: theme_of(read, "change", text)):
            span = people_behind(table.columns[heading][at], n, ends[at] if ends else "")
            read.register.know(table.source, together(base, people, said), span)
    groups = dict.fromkeys(read.survey.codebook.question(used).groups.values())
    sides = [each for name in groups if (each := read.labels.of(used, name))]
    sides.append(read.labels.missing(used))
    read.register.guard(table.source, [base], sides)
    for said in _named_or_not(read, "change"):
        read.register.guard(table.source, sides, said)


def _themes_by_district(read: Reading, table: Table, match: re.Match) -> None:
    base = read.answered("change")
    rows = read.rows(table, read.label("district"))
    read.counts(table, "n", rows, base)
    for heading in table.heads:
        if said := theme_of(read, "change", heading):
            read.shares(table, heading, rows, base, said, interval=f"95% interval, {heading}")
    read.register.guard(table.source, [base], read.told("district"))
    for said in _named_or_not(read, "change"):
        read.register.guard(table.source, read.told("district"), said)


def _what_by_why(read: Reading, table: Table, match: re.Match) -> None:
    base = read.answered("change", "change_why")
    for at, row in enumerate(table.rows):
        what, reason = (theme_of(read, role, row[0]) for role in ("change", "change_why"))
        if what is None or reason is None:
            continue
        read.register.know(table.source, together(base, what), count_of(table.columns["n"][at]))
        cell = table.columns["Reason: the same"][at]
        span = count_of(cell, rule=read.rule, crossed=True)
        read.register.know(table.source, together(base, what, reason), span)
    sides = [
        [{option(role, each): frozenset([YES])} for each in _themes(read)]
        for role in ("change", "change_why")
    ]
    read.register.guard(table.source, [base], *sides)


def _measure(read: Reading, text: str) -> tuple[Conditions, Conditions | None] | None:
    """Return of whom districts are compared, and who counts as a yes; None there for shifts."""
    if text.endswith(": shift (prefer minus used)"):
        return read.bases["pair"], None
    if text.startswith("Would change: "):
        plain = text.removeprefix("Would change: ")
        for theme in _themes(read):
            if in_sentence(theme) == plain or theme.lower() == plain:
                return read.answered("change"), theme_of(read, "change", theme)
    found = read.headline(text)
    if found is not None and text.startswith(f"{read.survey.words.preferred_short}: "):
        return read.bases.get("preferred") or found[0], found[1]
    return found


def _measures(read: Reading, table: Table, match: re.Match) -> None:
    for at, row in enumerate(table.rows):
        if found := _measure(read, row[0]):
            base = together(found[0], read.answered("district"))
            if (
                row[0].startswith(read.survey.words.satisfied[:1].upper())
                and "satisfaction" in found[0]
            ):
                base = together(base, read.bases["satisfaction"])
            read.register.know(table.source, base, count_of(table.columns["n"][at]))


def _one_district(read: Reading, table: Table, match: re.Match) -> None:
    place = read.labels.of("district", match["place"])
    for at, row in enumerate(table.rows):
        if place and (found := _measure(read, row[0])):
            base = together(found[0], place)
            if "satisfaction" in found[0]:
                base = together(base, read.bases["satisfaction"])
            read.register.know(table.source, base, count_of(table.columns["n"][at]))
            everybody = _everybody(read, found)
            if found[1] is None or "Everybody" not in table.columns or "satisfaction" in found[0]:
                continue
            n = 2 * (read.register.profiles.count(everybody),)
            span = people_behind(table.columns["Everybody"][at], n)
            read.register.know(table.source, together(everybody, found[1]), span)


def _everybody(read: Reading, found: tuple[Conditions, Conditions | None]) -> Conditions:
    """Return whom a profile calls everybody: who named a district, or all if that tells of few."""
    inside = together(found[0], read.answered("district"))
    if found[1] is None:
        return inside
    count, outside = (
        read.register.profiles.count,
        together(found[0], read.labels.missing("district")),
    )
    yes = count(together(outside, found[1]))
    shares = [(count(together(inside, found[1])), count(inside))]
    told = outside_told(yes, count(outside) - yes, shares=shares, rule=read.rule)
    return found[0] if told else inside


def _people_by_district(read: Reading, table: Table, match: re.Match) -> None:
    base = WEIGHTED if match["who"] == "belong to the population" else {}
    rows = read.rows(table, read.label("district"))
    read.counts(table, "People, rounded", rows, base, rounded=True)
    read.register.guard(table.source, [base], read.told("district"))


def _base_of_change(read: Reading, table: Table, match: re.Match) -> None:
    read.register.know(table.source, read.answered("change"), count_of(table.rows[-1][-1]))


KINDS = [
    ("07", r"From responses to the base.*", _base_of_change),
    ("07", r"What .* people would change", _themes_of("change")),
    ("07", r"Why: .* people who gave a reason", _themes_of("change_why")),
    ("07", r"Share that names a theme, by group of .*", _themes_by_channel),
    ("07", r"Share that names a theme, by {district}.*", _themes_by_district),
    ("07", r"People by what they would change and by what the reason is about.*", _what_by_why),
    ("08", r"Do .* differ\? A test for each measure", _measures),
    ("08", r"People who (?P<who>.*), by {district}", _people_by_district),
    ("08", r"(?P<place>.*) beside everybody", _one_district),
]

"""What the tables of notebook 06 say: a video chat, where it would be used, digital channels."""

import re

from analysis.attack.kinds_paired import ledger_of
from analysis.attack.kinds_rated import answers_of, best_or_not, grouping_roles
from analysis.attack.profiles import Conditions, together
from analysis.attack.published import Span, Table, count_of, people_behind
from analysis.attack.reading import Reading, not_those
from analysis.survey.wording import in_sentence


def _video_answers(read: Reading, table: Table, match: re.Match) -> None:
    answers_of(read, table, "video_use", read.answered("video_use"))


def _video_crossed(read: Reading, table: Table, match: re.Match) -> None:
    base = read.bases["video"]
    read.crossed(table, read.label(*grouping_roles(read)), read.label("video_use"), base)
    if "age" in match["grouping"]:
        read.register.guard(table.source, [base], read.told("age"), read.told("video_use"))


def _video_shares(read: Reading, table: Table, match: re.Match) -> None:
    base = read.bases["video"]
    roles = [each for each in ("age", "disability", "district") if read.survey.has(each)]
    roles += [read.survey.used_role] if read.survey.has(read.survey.used_role) else []
    for heading, interval in (("Unweighted", "95% interval"), ("Unadjusted", "")):
        named = {"answers on disability": ["disability"]}.get(match["grouping"] or "", roles)
        rows = read.rows(table, read.label(*named))
        read.counts(table, "n", rows, base)
        read.shares(table, heading, rows, base, read.labels.top("video_use"), interval=interval)
    for by in roles:
        read.register.guard(table.source, [base], read.told(by), best_or_not(read, "video_use"))


def _preference_video(read: Reading, table: Table, match: re.Match) -> None:
    base, alone = read.bases["video"], set(read.survey.not_offered)

    def resolve(text: str) -> Conditions | None:
        people = read.labels.of("preferred", text)
        if people is None or text in alone:
            return people
        return {name: wanted - alone for name, wanted in people.items()}

    rows = read.rows(table, resolve)
    read.counts(table, "n", rows, base)
    read.shares(table, "Unadjusted", rows, base, read.labels.top("video_use"))
    groups = dict.fromkeys(read.survey.codebook.question("preferred").groups.values())
    sides = [each for name in groups if (each := read.labels.of("preferred", name))]
    read.register.guard(table.source, [base], sides, best_or_not(read, "video_use"))


def _video_left_out(read: Reading, table: Table, match: re.Match) -> None:
    """Read who is compared; and with who is left out, everybody who answered and told it."""
    for row in table.rows:
        cells = dict(zip(table.heads, row, strict=True))
        role, yes = _share_of(read, row[0])
        if not yes:
            continue
        sizes = [count_of(cells[each]) for each in ("People compared", "People left out")]
        spans = [
            people_behind(cells[each], n) if n else None
            for each, n in zip(("Compared", "Left out"), sizes, strict=True)
        ]
        kept, everybody = read.bases["video"], read.answered("video_use", role)
        read.register.know(table.source, kept, sizes[0])
        read.register.know(table.source, together(kept, yes), spans[0])
        read.register.know(table.source, everybody, _sum(sizes))
        read.register.know(table.source, together(everybody, yes), _sum(spans))


def _share_of(read: Reading, text: str) -> tuple[str, Conditions]:
    """Return the question that a row is about, and who counts as a yes; nobody if it is unknown."""
    if text == "Best answers":
        return "video_use", read.labels.top("video_use")
    noun, _, label = text.partition(": ")
    for role in (each for each in ("age", "disability") if read.survey.has(each)):
        if noun.lower() != read.survey.codebook.noun(role).lower():
            continue
        labels = list(read.survey.codebook.question(role).labels.values())
        plain = [in_sentence(each) for each in labels]
        first = label.removesuffix(" and above")
        if first in plain:
            at = plain.index(first)
            meant = labels[at:] if label != first else [labels[at]]
            return role, {role: frozenset(meant)}
    return "", {}


def _sum(spans: list[Span | None]) -> Span | None:
    if None in spans:
        return None
    return sum(low for low, _ in spans), sum(high for _, high in spans)


def _places(read: Reading, table: Table, match: re.Match) -> None:
    base, role = read.answered("video_place"), "video_place"
    rows = read.rows(table, read.label(role))
    read.counts(table, "People", rows, base)
    n = read.register.profiles.count(base)
    told = dict.fromkeys(range(len(table.rows)), (n, n))
    read.shares(table, "Share", rows, base, {}, interval="95% interval", n=told)
    read.register.guard(table.source, [base], read.told(role))


def digital_base(read: Reading, n: int) -> Conditions:
    """Return who said what they used and prefer, or of these who told their groups: n people."""
    base = read.bases["pair"]
    inside = together(base, _in_groups(read))
    return inside if read.register.profiles.count(inside) == n else base


def digital_answer(read: Reading, role: str) -> Conditions | None:
    """Return who gave a digital channel; None where several groups of several answers are meant."""
    found = [read.labels.of(role, name) for name in read.survey.words.digital_groups]
    if None in found or len({tuple(each) for each in found}) != 1:
        return None
    return {name: frozenset().union(*(each[name] for each in found)) for name in found[0]}


def _in_groups(read: Reading) -> Conditions:
    return read.answered("age", "disability") if read.survey.has("age", "disability") else {}


def _digital(read: Reading, table: Table, match: re.Match) -> None:
    survey, base = read.survey, read.bases["pair"]
    inside = _in_groups(read)
    everybody = {at: count_of(table.columns["n"][at])
                 for at, row in enumerate(table.rows) if row[0] == "Everybody"}  # fmt: skip
    for role, heading in (
        (survey.used_role, survey.words.used_short),
        ("preferred", survey.words.preferred_short),
    ):
        if (yes := digital_answer(read, role)) is None:
            continue
        rows = read.rows(table, read.label("age", "disability"))
        people = together(base, inside)
        read.counts(table, "n", rows, people)
        read.shares(table, heading, rows, people, yes)
        for at, n in everybody.items():
            if n:
                whole = digital_base(read, n[0])
                read.register.know(table.source, whole, n)
                read.shares(table, heading, [(at, {})], whole, yes, n={at: n})
        sides = [yes, not_those(read.register.profiles, yes)] if role in yes else [yes]
        read.register.guard(table.source, [people], read.told("age"), sides)


KINDS = [
    ("06", r"People who answered: those compared, .*", _video_left_out),
    ("06", r"From responses to .*", ledger_of("video")),
    ("06", r"Answers of .* people", _video_answers),
    ("06", r"People by (?P<grouping>.*) and answer, rounded", _video_crossed),
    ("06", r"Share that answered .*, by what people .*; .* people", _preference_video),
    (
        "06",
        r"Share that answered .*?, (?:by (?!whether )(?P<grouping>.*)|adjusted .*)",
        _video_shares,
    ),
    ("06", r".*Asked: .*", _places),
    ("06", r"Digital .*: used, and preferred", _digital),
]

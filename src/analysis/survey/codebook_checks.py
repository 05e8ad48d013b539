"""What the parts of a well-formed codebook say against each other."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from analysis.survey.bands import EXAMPLE
from analysis.survey.codebook import METHODS, MISSING, Codebook, Question
from analysis.survey.file_checks import file_contradictions, place_contradictions
from analysis.survey.respondent_checks import respondent_contradictions
from analysis.survey.shown_texts import shown_text_contradictions
from analysis.survey.text_checks import text_contradictions
from analysis.survey.wave_checks import wave_contradictions
from analysis.survey.word_checks import word_contradictions
from analysis.survey.wording import tidy

_CLOSED = ("single", "ordered")

#: The kinds of the questions that the notebooks ask for by their role; of any other role, any.
_KINDS_OF_ROLES = {
    "submitted": ("date",), "started": ("date",), "weight": ("weight",),
    "change": ("text",), "change_why": ("text",),
    "used": ("single", "multiple"), "used_last": ("single", "multiple"),
    "preferred": ("single", "multiple"), "video_place": ("single", "multiple"),
    "satisfaction": ("ordered",), "ease": ("ordered",), "visibility": ("ordered",),
    "accessibility": ("ordered",), "video_use": ("ordered",),
    "connection": _CLOSED, "district": _CLOSED, "contacted": _CLOSED, "reason": _CLOSED,
    "was_preferred": _CLOSED, "age": _CLOSED, "sex": _CLOSED, "disability": _CLOSED,
    "wave": _CLOSED,
}  # fmt: skip


def self_contradictions(codebook: Codebook) -> list[str]:
    """List the contradictions inside a codebook.

    Parameters
    ----------
    codebook : Codebook
        As read, every key known and of its type.

    Returns
    -------
    list of str
        One contradiction each, with what to do; empty if there is none.
    """
    problems = _repeated("[[question]]", "id", [question.id for question in codebook.questions])
    for role, count in Counter(question.role for question in codebook.questions).items():
        if count > 1:
            owners = [question.id for question in codebook.questions if question.role == role]
            problems.append(f"role {role!r} is given {count} times ({', '.join(owners)}); keep one")
    sources = [tidy(name) for question in codebook.questions for name in question.source_columns]
    problems += _repeated("[[question]]", "column", sources)
    named = [column for question in codebook.questions for column in question.columns]
    problems += _repeated("[[question]]", "role and code", named)
    for question in codebook.questions:
        problems += _question_contradictions(question, codebook)
        problems += _place_contradictions(question)
        problems += text_contradictions(question, codebook.cleaning.blank)
    problems += word_contradictions(codebook.words)
    problems += _order_clashes(codebook)
    problems += _rule_contradictions(codebook) + file_contradictions(codebook.file)
    problems += _population_contradictions(codebook)
    problems += respondent_contradictions(codebook) + wave_contradictions(codebook)
    problems += shown_text_contradictions(codebook)
    return problems


def _question_contradictions(question: Question, codebook: Codebook) -> list[str]:
    where = f"question {question.id!r}"
    problems = _repeated(where, "code", question.codes)
    problems += _repeated(where, "label", [answer.label for answer in question.answers])
    problems += _repeated(where, "tile", [each.tile for each in question.answers if each.tile])
    if not re.fullmatch(r"[a-z][a-z0-9_]*", question.role):
        problems.append(f"{where}: role {question.role!r}; use a-z, 0-9 and _ alone")
    if question.kind in ("single", "multiple", "ordered") and len(question.answers) < 2:
        problems.append(f"{where}: fewer than two answers; list them in order")
    if question.kind not in ("single", "multiple", "ordered") and question.answers:
        problems.append(f"{where}: answers given for kind {question.kind!r}; remove them")
    for kind in (*question.missing, *question.missing_columns):
        if kind not in MISSING:
            problems.append(f"{where}: missing {kind!r}; choose one of {', '.join(MISSING)}")
    problems += _best_contradictions(question, where)
    named = {*question.recode, *question.not_offered, question.other_code} - {""}
    for code in sorted(named - set(question.codes)):
        problems.append(f"{where}: {code!r} is not one of its answers; add it or remove the rule")
    if question.asked_if_question:
        filters = {each.id: each for each in codebook.questions}
        asked = filters.get(question.asked_if_question)
        wrong = set(question.asked_if_answers) - set(asked.codes if asked else ())
        if asked is None:
            problems.append(f"{where}: asked_if {question.asked_if_question!r}; no such question")
        elif asked.kind not in ("single", "ordered"):
            problems.append(
                f"{where}: asked_if {asked.id!r}, which has several answers; use another"
            )
        elif wrong:
            problems.append(f"{where}: asked_if has {sorted(wrong)}; not answers of {asked.id!r}")
    return problems


def _best_contradictions(question: Question, where: str) -> list[str]:
    best, offered = question.best, question.offered
    if not best:
        return []
    if question.kind != "ordered":
        return [f"{where}: best is for kind 'ordered', not {question.kind!r}; remove it"]
    ends = [offered[-size:] for size in range(1, len(offered))]
    if set(best) not in map(set, ends) or len(set(best)) < len(best):
        return [
            f"{where}: best = {list(best)}; name the last answers of the scale, from one to all "
            f"but the first: {', '.join(offered[1:])}"
        ]
    return []


def _place_contradictions(question: Question) -> list[str]:
    """List what is wrong with where a question stands in the export, and as what."""
    where, problems = f"question {question.id!r}", []
    if not question.source_columns:
        problems.append(f"{where}: no column; name the export's column or one an answer")
    if question.kind == "multiple" and question.column and not question.separator:
        problems.append(f"{where}: several answers in one column; give the separator")
    if question.kind != "multiple" and question.separator:
        problems.append(
            f"{where}: a separator, but kind {question.kind!r} has one answer; remove it, or make "
            "the kind 'multiple'"
        )
    placed = [answer.code for answer in question.answers if answer.column]
    if placed and (question.column or question.kind != "multiple"):
        problems.append(
            f"{where}: answer_columns are of a question of kind 'multiple' without a column; "
            "keep one of them"
        )
    offered = [answer for answer in question.answers if answer.code in question.offered]
    unplaced = [answer.code for answer in offered if not answer.column]
    if question.other_column:
        unplaced = [code for code in unplaced if code != question.other_code]
        problems += _free_text_contradictions(question, where)
    if not question.column and question.answers and unplaced:
        problems.append(f"{where}: no column for {', '.join(unplaced)}; add to answer_columns")
    kinds = _KINDS_OF_ROLES.get(question.role, (question.kind,))
    if question.kind not in kinds:
        several = (
            f"kind {question.kind!r}, but the role {question.role!r} needs {' or '.join(kinds)}"
        )
        to_do = "correct the kind, or give another role"
        if question.kind == "number" and "single" in kinds:
            to_do = f"group the numbers, such as {EXAMPLE}"
        problems.append(f"{where}: {several}; {to_do}")
    for column in question.columns:
        if column == "raw_row" or column.startswith("flag_"):
            problems.append(
                f"{where}: role {question.role!r} is a name of the project; use another"
            )
    return problems


def _free_text_contradictions(question: Question, where: str) -> list[str]:
    """List what is wrong with a column of free text behind the answer "Other"."""
    to_do = "keep it for a question of kind 'single', 'ordered' or 'multiple' with answers"
    if question.kind not in (*_CLOSED, "multiple") or question.bands:
        return [f"{where}: other has a column {question.other_column!r}; {to_do}"]
    if not question.other_code:
        return [
            f"{where}: other has a column {question.other_column!r} and no code; add the code of "
            "the answer that its texts are"
        ]
    return []


def _order_clashes(codebook: Codebook) -> list[str]:
    """List pairs of questions that share answers but not their order."""
    problems = []
    asked = [question for question in codebook.questions if len(question.answers) > 1]
    for one, two in combinations(asked, 2):
        shared = set(one.codes) & set(two.codes)
        first = [code for code in one.codes if code in shared]
        second = [code for code in two.codes if code in shared]
        if first != second:
            problems.append(
                f"questions {one.id!r} and {two.id!r}: answer order clash, "
                f"{', '.join(first)} against {', '.join(second)}; use one order or other codes"
            )
    pair = [each for each in asked if each.role in ("used", "used_last", "preferred")]
    for one, two in combinations(pair, 2):
        if one.labels != two.labels:
            problems.append(
                f"questions {one.id!r} and {two.id!r}: different answers; use one list for both"
            )
    return problems


def _population_contradictions(codebook: Codebook) -> list[str]:
    population, problems = codebook.population_counts, []
    if population is None:
        return problems
    kinds = {question.role: question for question in codebook.questions}
    roles = [role for margin in population.margins for role in margin]
    for role in roles:
        if role not in kinds or kinds[role].kind not in ("single", "ordered"):
            problems.append(f"[population]: margin {role!r} is no question with one answer")
    problems += place_contradictions("[population]: file", population.file)
    problems += _repeated("[population]", "role", roles)
    if not population.margins or any(len(margin) not in (1, 2) for margin in population.margins):
        problems.append("[population]: margins are lists of one role, or of two that are crossed")
    if population.among and population.among not in kinds:
        problems.append(f"[population]: among {population.among!r}; no question has that role")
    elif population.among:
        wrong = sorted(set(population.people_of) - set(kinds[population.among].codes))
        if wrong or not population.people_of:
            problems.append(f"[population]: among has {wrong}; not answers of {population.among!r}")
    for role, codes in population.outside.items():
        asked = kinds.get(role)
        wrong = sorted(set(codes) - set(asked.codes)) if asked else []
        if role not in roles:
            problems.append(f"[population]: outside {role!r}; that is no role of a margin")
        elif wrong:
            problems.append(f"[population]: outside has {wrong}; not answers of {role!r}")
    if population.largest_weight and not population.largest_weight > 1:
        problems.append(
            f"[population]: largest_weight {population.largest_weight}; give more than 1, or 0 to "
            "cut none"
        )
    return problems


def _rule_contradictions(codebook: Codebook) -> list[str]:
    rules, problems = codebook.cleaning, []
    roles = {question.role: question for question in codebook.questions}
    for rule in ("abandoned_without", "straight_line"):
        for role in getattr(rules, rule):
            if role not in roles:
                problems.append(f"[cleaning] {rule}: no question has the role {role!r}")
    for role, rule, codes in (
        ("connection", "no_connection", rules.no_connection),
        ("was_preferred", "was_preferred_yes", (rules.was_preferred_yes,)),
    ):
        known = roles[role].codes if role in roles else ()
        for code in codes:
            if code and code not in known:
                problems.append(f"[cleaning] {rule}: {code!r} is not an answer to {role!r}")
    asked = [roles[role] for role in ("used", "used_last", "preferred") if role in roles]
    groups = {group for question in asked for group in question.groups.values()}
    for group in codebook.words.digital_groups:
        if group not in groups:
            problems.append(f"[words] digital_groups: {group!r} is no group of channels")
    if codebook.opens and codebook.closes and codebook.opens > codebook.closes:
        problems.append(f"[survey]: opens {codebook.opens} after it closes {codebook.closes}")
    for key, day in (("opens", codebook.opens), ("closes", codebook.closes)):
        if day and not 1900 <= day.year <= 2200:
            problems.append(f"[survey]: {key} {day}; give a day of the fieldwork")
    if codebook.disclosure_threshold < 1:
        problems.append(
            f"[survey]: disclosure_threshold {codebook.disclosure_threshold}; use 1 or more"
        )
    if codebook.disclosure_method not in METHODS:
        problems.append(
            f"[survey]: disclosure_method {codebook.disclosure_method!r}; use "
            f"{' or '.join(map(repr, METHODS))}"
        )
    try:
        ZoneInfo(codebook.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones is none
        problems.append(f"[survey]: timezone {codebook.timezone!r} is unknown; use a name such as "
                        "'Europe/London'")  # fmt: skip
    return problems


def _repeated(where: str, what: str, values: Iterable[str]) -> list[str]:
    counts = Counter(values)
    return [
        f"{where}: {what} {value!r} stands {count} times; keep one"
        for value, count in counts.items()
        if count > 1
    ]

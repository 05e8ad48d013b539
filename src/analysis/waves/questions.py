"""Whether two waves asked the same question: what differs, what a map accepts, what is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from analysis.survey import Survey
from analysis.survey.codebook import Codebook, Question
from analysis.survey.wave_maps import WaveMap
from analysis.survey.wording import clipped, listed, match_key


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """A question of both waves: how it may be compared, or why it may not.

    `role` is that of the later codebook, `was` that of the earlier one. `refused` and `accepted`
    are kind of difference -> what differs. `codes` leads from the codes of the earlier answers to
    those of the later ones; `complete` says that it leaves none of either out.
    """

    role: str
    was: str
    wording: str
    refused: Mapping[str, str] = field(default_factory=dict)
    accepted: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    complete: bool = True

    @property
    def same(self) -> bool:
        """Whether the two waves may be compared on it."""
        return not self.refused


def agreements(first: Survey, second: Survey) -> dict[str, Agreement]:
    """Compare the questions of two surveys that have answers to choose from.

    Parameters
    ----------
    first, second : Survey
        The earlier and the later one.

    Returns
    -------
    dict
        Role in the later codebook -> agreement, of the questions that both asked. Where the later
        one speaks of what was used most recently, all that was used compares only with that.

    Examples
    --------
    >>> from analysis import survey
    >>> herts = survey.load("herts_2023")
    >>> found = agreements(herts, herts)
    >>> found["satisfaction"].same, [role for role, each in found.items() if not each.same]
    (True, [])
    """
    found = {}
    for question in second.codebook.questions:
        rule = second.codebook.waves.of(question.role, first.name)
        was = rule.earlier if rule else question.role
        if question.answers and question.role != "wave" and first.has(was):
            found[question.role] = _agreement(first, second, question.role, rule)
    last = found.get("used_last")
    if "used" in found and second.has("used_last") and not (last and last.same):
        why = {"together": "it goes with what was used most recently, which does not compare"}
        found["used"] = replace(found["used"], refused={**why, **found["used"].refused})
    return found


def _agreement(first: Survey, second: Survey, role: str, rule: WaveMap | None) -> Agreement:
    was = rule.earlier if rule else role
    old, new = first.codebook.question(was), second.codebook.question(role)
    found = differences(first, second, role)
    accepted = {kind: said for kind, said in found.items() if rule and kind in rule.accept}
    refused = {kind: said for kind, said in found.items() if kind not in accepted}
    codes = _codes(old, new, rule)
    complete = set(codes) >= set(old.offered) and set(codes.values()) >= set(new.offered)
    if rule and not refused:
        refused = _map_faults(old, new, rule, codes, complete=complete)
    return Agreement(
        role=role,
        was=was,
        wording=new.wording,
        refused=refused,
        accepted=accepted,
        reason=rule.reason if rule and accepted else "",
        codes=codes,
        complete=complete,
    )


def _codes(old: Question, new: Question, rule: WaveMap | None) -> dict[str, str]:
    """Lead from earlier codes to later ones: those that the map names, and those called alike."""
    alike = {
        code: code
        for code, label in old.labels.items()
        if match_key(new.labels.get(code, "")) == match_key(label)
    }
    named = dict(rule.answers) if rule else {}
    return {code: (alike | named)[code] for code in old.codes if code in alike | named}


def _map_faults(
    old: Question, new: Question, rule: WaveMap, codes: Mapping[str, str], *, complete: bool
) -> dict[str, str]:
    """Say what a map leads to that cannot be compared."""
    unknown = [code for code in rule.answers if code not in old.codes]
    if unknown:
        return {"map": f"its answers name {listed(unknown)}, no answers of {rule.earlier!r} before"}
    if new.kind != "ordered":
        return {} if codes else {"map": "no answer leads to one that is asked now"}
    places = [new.codes.index(codes[code]) for code in old.offered if code in codes]
    if not complete or places != sorted(places):
        said = "of a scale every answer has to be mapped, in its order"
        return {"map": said}
    return {}


def differences(first: Survey, second: Survey, role: str) -> dict[str, str]:
    """Say in what a question of two surveys differs.

    Parameters
    ----------
    first, second : Survey
        The earlier and the later one.
    role : str
        The question in the later codebook; a map says what it was called before.

    Returns
    -------
    dict
        "kind", "wording", "answers", "order", "base" -> what differs, as a clause.

    Notes
    -----
    Wordings, labels and bases are compared without regard to case, white space, quotes and
    dashes. The texts of the export count as far as they are words: a tool that writes 1 for "Very
    poor" has asked the same. The base is the codebook's words, who was asked by which earlier
    question, and whether that question is the same.

    Examples
    --------
    >>> from analysis import survey
    >>> herts = survey.load("herts_2023")
    >>> differences(herts, herts, "used_last")
    {}
    """
    rule = second.codebook.waves.of(role, first.name)
    old = first.codebook.question(rule.earlier if rule else role)
    new = second.codebook.question(role)
    found = {}
    if old.kind != new.kind:
        found["kind"] = f"{old.kind} before, {new.kind} now"
    if match_key(old.wording) != match_key(new.wording):
        found["wording"] = f"{clipped(old.wording, 160)} before, {clipped(new.wording, 160)} now"
    if answers := _answers_differ(old, new):
        found["answers"] = answers
    shared = [code for code in old.offered if code in new.offered]
    again = [code for code in new.offered if code in old.offered]
    if shared != again:
        found["order"] = f"{listed(shared)} before, {listed(again)} now"
    if base := _base_differs(first, second, old, new):
        found["base"] = base
    return found


def _answers_differ(old: Question, new: Question) -> str:
    """Say which answers were on offer in one wave alone, or are called otherwise."""
    gone = [old.labels[code] for code in old.offered if code not in new.offered]
    come = [new.labels[code] for code in new.offered if code not in old.offered]
    said = [f"{listed(gone)} no longer"] * bool(gone) + [f"{listed(come)} new"] * bool(come)
    texts = [
        {each.code: (each.label, each.text, each.exclusive) for each in question.answers}
        for question in (old, new)
    ]
    for code in (each for each in old.offered if each in new.offered):
        (label, text, alone), (label_now, text_now, alone_now) = texts[0][code], texts[1][code]
        if match_key(label) != match_key(label_now):
            said.append(f'"{label}" is "{label_now}" now')
        elif _words(text) and _words(text_now) and match_key(text) != match_key(text_now):
            said.append(f'"{text}" is "{text_now}" now')
        if alone != alone_now:
            said.append(f'"{label}" stands alone in one wave only')
    unsure = [
        "dont_know" in {*question.missing, *question.missing_columns} for question in (old, new)
    ]
    if unsure[0] != unsure[1]:
        said.append(f'"don\'t know" {"no longer" if unsure[0] else "newly"} on offer')
    if old.best != new.best:
        said.append("other answers count as the best ones")
    return "; ".join(said)


def _words(text: str) -> bool:
    """Tell an answer in words from a code that a tool writes."""
    return re.search(r"[^\W\d_]{2}", text) is not None


def _base_differs(first: Survey, second: Survey, old: Question, new: Question) -> str:
    """Say in what those who were asked differ."""
    if match_key(old.base) != match_key(new.base):
        return f'"{old.base}" before, "{new.base}" now'
    gates = [_gate(survey.codebook, question) for survey, question in ((first, old), (second, new))]
    if gates[0] is None and gates[1] is None:
        return ""
    if gates[0] is None or gates[1] is None:
        return f"asked of everybody {'before' if gates[0] is None else 'now'}"
    role = gates[1].role
    rule = second.codebook.waves.of(role, first.name)
    if gates[0].role != (rule.earlier if rule else role):
        return f'by "{gates[0].wording}" before, by "{gates[1].wording}" now'
    codes = _codes(gates[0], gates[1], rule)
    asked = {codes.get(code, f"{code} before") for code in old.asked_if_answers}
    if asked != set(new.asked_if_answers):
        return f'other answers to "{gates[1].wording}" led to it'
    below = differences(first, second, role) if gates[1].answers else {}
    left = [kind for kind in below if not (rule and kind in rule.accept)]
    return f'"{gates[1].wording}", which led to it, differs ({listed(left)})' if left else ""


def _gate(codebook: Codebook, question: Question) -> Question | None:
    """Return the question that decided who was asked."""
    asked = (each for each in codebook.questions if each.id == question.asked_if_question)
    return next(asked, None)

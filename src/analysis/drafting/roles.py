"""Which role a question has, by its wording and answers: guesses, each with its reason."""

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.drafting import known_answers
from analysis.drafting.drafted import Drafted
from analysis.survey.wording import match_key

_ONE = ("single", "ordered")
_ANY = ("single", "multiple")

#: Role, kinds that it can have, what its answers are, and words of its wording; the first that
#: fits a question is taken, so what is special stands before what is general.
_ROLES: tuple[tuple[str, Sequence[str], str, str], ...] = (
    ("submitted", ("date",), "", r"complet|submi|end ?(time|date)|timestamp|recorded ?date|"
     r"finish|ended|\bend\b"),
    ("started", ("date",), "", r"start|began|opened|created"),
    ("respondent", ("text",), "ids", r"\bid\b|respondent|serial|identifier|token|_id$|responseid"),
    ("weight", ("weight",), "", r""),
    ("wave", _ONE, "not yes or no", r"^(survey )?wave\b"),
    ("age", ("single", "number"), "", r"\bage\b|\bage group\b|how old|\bage band\b"),
    ("sex", _ONE, "", r"\b(sex|gender)\b(?!.*(registered|same as))"),
    ("disability", _ONE, "", r"disab|long[- ]term|impairment|health (condition|problem)|"
     r"(physical|mental) (health )?condition"),
    ("was_preferred", _ONE, "yes or no", r"prefer|choice|wanted to use|first choice"),
    ("contacted", _ONE, "yes or no",
     r"\b(contact|contacted|been in touch|got in touch|reported)\b"),
    ("connection", _ONE, "not yes or no", r"(live|work).*\bor\b.*(live|work|study)|"
     r"connection (to|with)"),
    ("district", _ONE, "not yes or no", r"district|borough|which (town|county|region|council|ward|"
     r"area|part)|local authority|where do you live|council area|^(ward|region|area|county|town)$"),
    ("video_place", _ANY, "not yes or no", r"\bwhere\b.*(video|use it|use this)"),
    ("video_use", ("ordered",), "", r"video"),
    ("preferred", _ANY, "not yes or no", r"\bprefer(red)?\b|would you (rather|like to|choose|most "
     r"like)|favourite"),
    ("reason", ("single",), "not yes or no", r"(what was|what were).*\babout\b|reason for (your )?"
     r"(last |most recent )?(contact|call)|why did you (contact|call|get in touch)"),
    ("used_last", ("single",), "not yes or no", r"(use|used|contact|contacted|method|channel|way).*"
     r"\b(most recent(ly)?|last time|last)\b|\b(most recent(ly)?|last time|last)\b.*(use|used|"
     r"contact|method|channel|way)"),
    ("used", _ANY, "not yes or no", r"(how|which|what|ways?).*\b(have|did|do|had) you.*"
     r"(use|used|contact|contacted|get in touch|got in touch)|methods? used|channels? used"),
    ("ease", ("ordered",), "", r"\beas(y|e|ily)\b|difficult"),
    ("visibility", ("ordered",), "", r"visib|how often do you see"),
    ("accessibility", ("ordered",), "", r"accessib|approachab"),
    ("satisfaction", ("ordered",), "", r"satisf|dissatisf|experience|how (well|good)|handled|"
     r"(rate|overall).*(service|contact|response)"),
    ("change_why", ("text",), "",
     r"^why\b|\bwhy\?$|why would|why (do you )?(say|think)|the reason"),
    ("change", ("text",), "", r"\bchange|improve|do better|better\b|suggest|differently"),
)  # fmt: skip

_NAMES = {role for role, *_ in _ROLES}


def with_roles(questions: Sequence[Drafted]) -> list[Drafted]:
    """Give questions their roles and ids.

    Parameters
    ----------
    questions : sequence of Drafted
        In the order of the export.

    Returns
    -------
    list of Drafted
        No role twice: of several questions that a role fits, the first has it and says which
        others there are, for the editor to decide.

    Examples
    --------
    >>> asked = Drafted(header="What is your age group?", kind="single", why=["bands"])
    >>> told = with_roles([asked])[0]
    >>> told.id, told.role, told.why[-1]
    ('age', 'age', 'role age: the wording has "age"')
    """
    found = [_role(question) for question in questions]
    taken: dict[str, int] = {}
    ids: set[str] = set()
    drafted = []
    for at, (question, (role, reason)) in enumerate(zip(questions, found, strict=True)):
        first = taken.setdefault(role, at) if role else -1
        mine = role and first == at
        rivals = [q.header for q, (r, _) in zip(questions, found, strict=True) if r == role]
        decide = list(question.decide)
        if mine and len(rivals) > 1:
            decide.append(
                f"{len(rivals) - 1} more could have the role {role} ({_short(rivals[1])}): keep it "
                "here, or move it there."
            )
        name = role if mine else _unused(_slug(question.header), ids | _NAMES)
        ids.add(name)
        drafted.append(
            replace(
                question,
                id=name,
                role=role if mine else "",
                why=[*question.why, *([f"role {role}: {reason}"] if mine else [])],
                decide=decide,
            )
        )
    return drafted


def _role(question: Drafted) -> tuple[str, str]:
    wording = match_key(question.wording or question.header)
    texts = {each.text: max(1, each.n) for each in question.answers}
    closed = known_answers.closed_list(texts)
    for role, kinds, answers, words in _ROLES:
        told = re.search(words, wording)
        if slug(question.header) == role:
            told = re.search(".+", match_key(question.header))
        if question.kind not in kinds or told is None:
            continue
        if role == "respondent" and "ids" not in question.why[0]:
            continue
        if answers == "yes or no" and closed != "yes or no":
            continue
        if answers == "not yes or no" and closed == "yes or no":
            continue
        if role == "age" and question.kind == "number" and not question.bands:
            continue
        if role == "sex" and closed != "sex" and not all(text.isdigit() for text in texts):
            continue
        reason = f'the wording has "{told[0][:40]}"' if told[0] else "its kind"
        return role, reason + (f", the answers are {answers}" if answers and texts else "")
    return "", ""


def slug(text: str) -> str:
    """Make a code of a text.

    Parameters
    ----------
    text : str
        An answer, or a header.

    Returns
    -------
    str
        a-z, 0-9 and _ alone, of at most 40 letters; "" if nothing is left.

    Examples
    --------
    >>> slug("E-mail (to the team)"), slug("16-24"), slug("?")
    ('e_mail_to_the_team', '16_24', '')
    """
    plain = re.sub(r"[^a-z0-9]+", "_", match_key(text).replace("'", "")).strip("_")
    return plain if len(plain) <= 40 else plain[:40].rpartition("_")[0] or plain[:40]


def _slug(header: str) -> str:
    name = slug(header)
    good = re.match(r"[a-z]", name) and not name.startswith("flag_") and name != "raw_row"
    return name if good else f"q_{name}".rstrip("_")


def _unused(name: str, taken: set[str]) -> str:
    """Return a name that is not taken, with a number after it if it must."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free


def _short(header: str) -> str:
    return repr(header if len(header) <= 60 else f"{header[:59]}…")

"""Which role a question has, by its wording and answers: guesses, each with its reason."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from analysis.drafting import known_answers
from analysis.drafting.drafted import Drafted
from analysis.drafting.known_roles import ROLES, WORDINGS, Wording
from analysis.survey.wording import match_key

#: Roles of ratings, which a question has once its answers stand in order.
_RATINGS = ("satisfaction", "ease", "visibility", "accessibility", "video_use")


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
    for at, (question, (role, reason, weak)) in enumerate(zip(questions, found, strict=True)):
        first = taken.setdefault(role, at) if role else -1
        mine = role and first == at
        rivals = [q.header for q, told in zip(questions, found, strict=True) if told[0] == role]
        decide = list(question.decide)
        if question.may_be_scale:
            decide.append(_scale_mark(question, taken))
        if mine and weak:
            decide.append(
                f"little tells that its role is {role} ({reason}): keep it, or give the question "
                "another id."
            )
        if mine and len(rivals) > 1:
            decide.append(
                f"{len(rivals) - 1} more could have the role {role} ({_short(rivals[1])}): keep it "
                "here, or move it there."
            )
        name = role if mine else _unused(_slug(question.header), ids | ROLES)
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


def _scale_mark(question: Drafted, taken: Collection[str]) -> str:
    role, _, _ = _role(replace(question, kind="ordered"))
    also = f" and the role {role}" if role in _RATINGS and role not in taken else ""
    return (
        "its wording asks for a rating, and its answers are of no scale that is known: if they are "
        f"a scale, put them in order from worst to best, and give it the kind ordered{also}."
    )


def _role(question: Drafted) -> tuple[str, str, bool]:
    """Find the role of a question, what tells it, and whether that is weak."""
    wording = match_key(question.wording or question.header)
    for known in WORDINGS:
        if question.kind not in known.kinds or not _fits(question, known):
            continue
        told = re.search(known.words, wording) or re.search(known.weak, wording)
        weak = told is not None and re.search(known.words, wording) is None
        if re.search(known.never, wording):
            told = None
        if slug(question.header) == known.role:
            told, weak = re.search(".+", match_key(question.header)), False
        if told is None:
            continue
        said = told[0][:40] if told[0] else ""
        reason = f'the wording has "{said}"' if said else "its kind"
        listed = known.answers and question.answers
        return known.role, reason + (f", the answers are {known.answers}" if listed else ""), weak
    return "", "", False


def _fits(question: Drafted, known: Wording) -> bool:
    """Tell whether the answers of a question are such as a role has."""
    texts = {each.text: max(1, each.n) for each in question.answers}
    closed = known_answers.closed_list(texts)
    if known.role == "age" and question.kind == "number":
        return bool(question.bands)
    if known.answers == "male or female":
        return closed == "sex"
    if known.role == "sex":
        return closed == "sex" or all(text.isdigit() for text in texts)
    if known.answers == "ids":
        return "ids" in question.why[0]
    wanted = {"yes or no": closed == "yes or no", "not yes or no": closed != "yes or no"}
    return wanted.get(known.answers, True)


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

"""What kind of question a column holds, with the evidence, and what is left to decide."""

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.drafting import known_answers, known_roles, times
from analysis.drafting.drafted import Drafted
from analysis.drafting.evidence import RULE, Evidence, about, closedness
from analysis.drafting.known_answers import missing_kind
from analysis.drafting.listing import as_text, drafted_answers, with_one_other
from analysis.drafting.partings import INSTRUCTION
from analysis.drafting.personal import WEIGHT, is_id
from analysis.drafting.several import cut_cells, find_separator, missing_pieces
from analysis.survey.wording import match_key, tidy

#: How many different whole numbers may be codes of answers.
_CODES = 12

#: A scale has at most so many answers.
_LONGEST_SCALE = 11

_BANDS = (16, 25, 35, 45, 55, 65, 75, 85)


def draft_column(found: Evidence, labels: Sequence[str] = ()) -> Drafted:
    """Draft the question that one column holds.

    Parameters
    ----------
    found : Evidence
        The column, with at least one answer.
    labels : sequence of str
        Its answers in order, where the file itself or its dictionary lists them.

    Returns
    -------
    Drafted
        Without a role. An open question lists no answer.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.drafting.evidence import look
    >>> question = draft_column(look(pd.Series(["Good", "Poor", "Good"] * 20, name="How was it?")))
    >>> question.kind, [each.text for each in question.answers]
    ('ordered', ['Poor', 'Good'])
    """
    if is_id(found) and 2 * len(found.answers) >= found.answered:
        return _plain(
            found,
            "text",
            f"{about(len(found.answers))} different ids in {about(found.answered)} rows",
            "some rows have the same id, and check-export refuses those whose answers differ: if "
            "that is one person who answered twice, keep the role respondent; else take this "
            "question out and ignore its column.",
        )
    if question := _labelled(found, labels):
        return _asking_for_rating(question)
    for kind in (_time, _number, _scale, _in_own_words, _several):
        if question := kind(found):
            return question
    return _asking_for_rating(_texts(found))


def _asking_for_rating(question: Drafted) -> Drafted:
    """Say that the answers of a question may be a scale, though none that is known."""
    asked = match_key(question.wording or question.header)
    texts = {each.text: max(1, each.n) for each in question.answers}
    few = question.kind == "single" and 3 <= len(texts) <= _LONGEST_SCALE
    closed = known_answers.closed_list(texts) or all(map(_is_number, texts))
    rating = few and not closed and re.search(known_roles.RATING, asked)
    return replace(question, may_be_scale=bool(rating))


def _plain(found: Evidence, kind: str, why: str, *decide: str, **more: object) -> Drafted:
    if kind == "text":
        return as_text(found, [why], *decide)
    return Drafted(
        header=found.header,
        wording=found.wording,
        kind=kind,
        why=[why],
        decide=decide,
        missing={} if kind == "date" else found.missing,
        answered=found.answered,
        rows=found.rows,
        **more,
    )


def _time(found: Evidence) -> Drafted | None:
    """Draft a question whose cells are times; how they are written is decided for the file."""
    told = sum(n for text, n in found.answers.items() if times.is_time(text))
    if not found.answered or told < 0.9 * found.answered:
        return None
    why = f"{about(told)} of {about(found.answered)} answers are times"
    others = found.answered - told
    decide = [f"{about(others)} cells hold something else, and check-export refuses them: correct "
              "them in the export."]  # fmt: skip
    return _plain(found, "date", why, *(decide if others else []))


def _number(found: Evidence) -> Drafted | None:
    """Draft a number, a weight, an age in years, or codes that stand for answers."""
    if found.numbers < 0.95 * found.answered:
        return None
    header = match_key(f"{found.header} {found.wording}")
    values = {text: float(text.replace(",", ".")) for text in found.answers if _is_number(text)}
    decide = []
    if found.numbers < found.answered:
        decide.append(
            f"{about(found.answered - found.numbers)} cells hold no number, and check-export "
            "refuses them: list them under missing, or correct them."
        )
    if any("," in text for text in values):
        decide.append("some numbers have a comma: is it decimal, and does the file say so?")
    mean = sum(value * found.answers[text] for text, value in values.items()) / found.numbers
    why = f"{about(found.numbers)} of {about(found.answered)} answers are numbers"
    if WEIGHT.search(header.replace("_", " ")):
        if not 0.9 <= mean <= 1.1:
            decide.append("its header says weight, but its mean is not near 1: is it one?")
        return _plain(found, "weight", why, *decide)
    whole = all(value.is_integer() for value in values.values())
    if whole and re.search(r"\bage\b|how old", header) and len(values) > _CODES:
        first = min(values.values())
        bands = _BANDS
        if first < _BANDS[0]:
            bands = (min(0, int(first)), *_BANDS)
            decide.append("some are younger than 16, and have a band: leave it, or correct them.")
        return _plain(found, "number", f"{why}, whole ones; grouped by bands", *decide, bands=bands)
    if whole and len(values) <= _CODES and closedness(found.answers) == "closed":
        decide.append(
            f"its answers are {len(values)} numbers: if they are codes, write what each stands for "
            "as its label, those of missing answers under missing, and the kind ordered if the "
            "last is the best; if it counts something, make it kind number without answers."
        )
        common = [values[text] for text, n in found.answers.items() if RULE.enough(n)]
        known = [t for t, value in values.items() if common and min(common) < value < max(common)]
        return drafted_answers(found, "single", [why], decide, known=known)
    return _plain(found, "number", why, *decide)


def _labelled(found: Evidence, labels: Sequence[str]) -> Drafted | None:
    """Draft a question whose answers the file or its dictionary lists: all may be shown."""
    listed = {match_key(text): tidy(text) for text in labels if not missing_kind(text)}
    told = {match_key(text): n for text, n in found.answers.items()}
    given = sum(n for key, n in told.items() if key in listed)
    if len(listed) < 2 or given < 0.5 * found.answered:
        return None
    counts = {text: told.get(key, 0) for key, text in listed.items()}
    scale, places = known_answers.best_scale(dict.fromkeys(counts, 1))
    ordered = bool(scale) and len(places) == len(counts)
    further = {text: n for text, n in found.answers.items() if match_key(text) not in listed}
    return drafted_answers(
        found,
        "ordered" if ordered else "single",
        [f"{len(counts)} answers are listed; {about(given)} of {about(found.answered)} are so"],
        [],
        places=places if ordered else {text: place for place, text in enumerate(counts)},
        counts=counts | further,
        known=list(counts),
    )


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?\d+([.,]\d+)?", text) is not None


def _several(found: Evidence) -> Drafted | None:
    """Draft a question whose cells hold several answers."""
    separator, certain = find_separator(found)
    if not separator:
        return None
    pieces = cut_cells(found, separator)
    decide = []
    if not certain:
        decide.append(
            f"its cells were cut at {separator!r}: join answers that hold it, such as 'Phone, 101'."
        )
    why = f"cells are lists cut at {separator!r}: {len(pieces)} different texts in them"
    drafted = drafted_answers(found, "multiple", [why], decide, separator=separator, counts=pieces)
    if drafted.kind != "multiple":
        return drafted
    return replace(drafted, missing=missing_pieces(found, separator))


def _scale(found: Evidence) -> Drafted | None:
    """Draft a question whose answers are a known scale, or bands of numbers."""
    counts, cells = found.answers, found.answered
    scale, places = known_answers.best_scale(counts)
    on_scale = sum(counts[text] for text in places)
    if scale and on_scale >= 0.9 * cells:
        why = f"{about(on_scale)} of {about(cells)} answers are of one scale, worst or least first"
        ends = sorted(places.values())
        decide = []
        if len(set(ends)) < len(ends):
            decide.append("two answers of its scale may stand for the same: put them in order.")
        if len(places) < 3 or (ends[0] < 0 < ends[-1] and ends[0] != -ends[-1]):
            decide.append("add the answers of the scale that nobody gave, from the questionnaire.")
        if scale in known_answers.AMOUNTS:
            decide.append(
                "it tells how often or how much, and its last answers count as the good ones: "
                "write best with the codes that do, or leave it."
            )
        return drafted_answers(found, "ordered", [why], decide, places=places)
    bands = {text: known_answers.band_start(text) for text in counts}
    in_bands = sum(counts[text] for text, start in bands.items() if start is not None)
    if in_bands >= 0.9 * cells:
        why = f"{about(in_bands)} of {about(cells)} answers are bands of numbers"
        places = {text: start for text, start in bands.items() if start is not None}
        return drafted_answers(found, "single", [why], [], places=places)
    return None


def _in_own_words(found: Evidence) -> Drafted | None:
    """Draft a question whose wording asks for people's own words, however alike these are."""
    asked, counts = match_key(found.asked), found.answers
    listed = re.search(known_roles.LISTED, asked) or INSTRUCTION.search(asked)
    if listed or not re.search(known_roles.OPEN, asked) or known_answers.closed_list(counts):
        return None
    told = closedness(counts)
    if re.match(known_roles.WHY_CONTACT, asked) and told == "closed":
        return None
    common = sum(1 for n in counts.values() if RULE.enough(n))
    why = f"{about(found.answered)} answers, {len(counts)} different texts, {common} of them common"
    decide = [
        "its wording asks for people's own words, but many wrote the same: if it has a list of "
        "answers, write them and correct the kind."
    ]
    return as_text(found, [why], *(decide if told != "open" else []))


def _texts(found: Evidence) -> Drafted:
    """Draft a question with one answer in words, or an open one."""
    counts = found.answers
    cells, different = found.answered, len(counts)
    told = closedness(with_one_other(counts))
    listed = sum(1 for n in counts.values() if RULE.enough(n))
    why = f"{about(cells)} answers, {different} different texts, {listed} of them common"
    if known_answers.closed_list(counts) or told == "closed":
        return drafted_answers(found, "single", [why], [])
    if told == "mostly":
        return drafted_answers(found, "single", [why], [])
    decide = ["about half of its texts stand once: if it has a list of answers, write them and "
              "make the kind single."]  # fmt: skip
    return _plain(found, "text", why, *(decide if told == "unclear" else []))

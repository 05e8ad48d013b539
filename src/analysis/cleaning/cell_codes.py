"""One cell of the export: what its text stands for in the codebook."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.cleaning.known_texts import KnownTexts
from analysis.cleaning.negation import named_answers
from analysis.survey import answer_texts
from analysis.survey.answer_texts import Pieces, cell_key, piece_keys
from analysis.survey.codebook import Answer, Question
from analysis.survey.wording import match_key, tidy


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one text stands for: codes, or a kind of missing, or texts that are unknown.

    `recoded` lists the codes that free text behind "Other" was brought back to, `other_left` the
    free texts that name no listed answer.
    """

    codes: frozenset[str] = frozenset()
    missing: str = ""
    recoded: tuple[str, ...] = ()
    other_left: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def code_text(text: str, known: KnownTexts) -> Cell:
    """Code one cell of a question with answers, or of an open question.

    Parameters
    ----------
    text : str
        The cell as exported.
    known : KnownTexts
        Of the question.

    Returns
    -------
    Cell
        Free text of an open question is reduced to the code "answered".

    Notes
    -----
    A cell with several answers is read by the answers that the codebook knows, the longest first,
    and not by cutting it at every separator: answers may hold the separator.
    """
    question, nothing, listed = known.question, known.nothing, known.listed
    keys = piece_keys(text, question)
    if keys in nothing:
        return Cell(missing=nothing[keys])
    if keys in known.blanks:
        return Cell(missing="no_answer")
    if question.kind == "text":
        return Cell(codes=frozenset({"answered"}))
    if keys in listed:
        return Cell(codes=frozenset({listed[keys]}))
    parts = _parts(text, question, known.parts)
    said = [(part, piece_keys(part, question)) for part in parts]
    said = [(part, key) for part, key in said if key not in known.blanks or key in listed]
    kinds = [nothing[key] for _, key in said if key in nothing]
    said = [(part, key) for part, key in said if key not in nothing]  # an answer outweighs it
    if not said:
        return Cell(missing=kinds[0] if kinds else "no_answer")
    codes, recoded, unknown, other_left = set(), [], [], []
    for part, key in said:
        if key in listed:
            codes.add(listed[key])
        elif _is_other(part, question):
            answer = recode(_free(part, question), known)
            codes.add(answer)
            recoded += [answer] if answer != question.other_code else []
            other_left += [part] if answer == question.other_code else []
        elif answer := known.respelt.get(cell_key(part, question), ""):
            codes.add(answer)
            recoded.append(answer)
        else:
            unknown.append(part)
    return Cell(
        codes=frozenset(codes),
        recoded=tuple(recoded),
        other_left=tuple(other_left),
        unknown=tuple(unknown),
    )


def _is_other(part: str, question: Question) -> bool:
    prefix = question.other_prefix
    free = bool(question.other_code) and prefix is not None
    return free and match_key(part).startswith(match_key(prefix))


def _parts(text: str, question: Question, known: Mapping[Pieces, str]) -> list[str]:
    """Split several answers; what follows "Other:" and is no answer belongs to its free text."""
    cut = answer_texts.pieces(text, question.separator)
    keys = tuple(cell_key(piece, question) for piece in cut)
    joint = question.separator if question.separator.endswith(" ") else f"{question.separator} "
    parts: list[str] = []
    free = False
    for start, end in answer_texts.read_parts(keys, known):
        part = joint.join(cut[start:end])
        answer = keys[start:end] in known
        if free and not answer:
            parts[-1] += f"{joint}{part}"
            continue
        parts.append(part)
        free = not answer and _is_other(part, question)
    return parts


def _free(part: str, question: Question) -> str:
    return tidy(part)[len(tidy(question.other_prefix)) :].strip()


def recode(free: str, known: KnownTexts) -> str:
    """Find the one listed answer that free text behind "Other" names.

    Parameters
    ----------
    free : str
        What somebody wrote.
    known : KnownTexts
        Of the question, with its recodes and the words that deny a phrase that follows.

    Returns
    -------
    str
        Its code, or that of "Other".

    Examples
    --------
    >>> from analysis.survey.cleaning_rules import CleaningRules
    >>> rang = Question(
    ...     id="q", role="q", kind="single", wording="?", base="All", other_code="other",
    ...     recode={"phone": ("rang",)},
    ... )
    >>> known = KnownTexts(question=rang, rules=CleaningRules(negators=("not",)))
    >>> recode("I rang", known), recode("by pigeon", known)
    ('phone', 'other')
    """
    question = known.question
    exact = known.listed.get(piece_keys(free, question))
    if exact:
        return exact
    named = named_answers(free, question.recode, known.rules.negators)
    return named.pop() if len(named) == 1 else question.other_code


def code_other(text: str, known: KnownTexts) -> str:
    """Code free text in the column of the answer "Other".

    Parameters
    ----------
    text : str
        The cell as exported.
    known : KnownTexts
        Of the question.

    Returns
    -------
    str
        The listed answer that the text names, else that of "Other"; "" if it begins otherwise than
        such text does.
    """
    question = known.question
    return recode(_free(text, question), known) if _is_other(text, question) else ""


def ticked(text: str, answer: Answer, question: Question) -> bool | None:
    """Tell whether a cell of an answer's own column is ticked.

    Parameters
    ----------
    text : str
        The cell as exported.
    answer : Answer
        The answer that the column is for.
    question : Question
        What was asked; its `not_ticked` go before what is ticked.

    Returns
    -------
    bool or None
        None if the text means neither, as an empty one does.

    Examples
    --------
    >>> web = Answer(code="web", label="Website", text="Website")
    >>> asked = Question(id="q", role="used", kind="multiple", wording="?", base="All")
    >>> [ticked(text, web, asked) for text in ("1", "website", "Not selected", "")]
    [True, True, False, None]
    """
    key = cell_key(text, question)
    if key in answer_texts.not_ticked_texts(question):
        return False
    return True if key in answer_texts.ticked_texts(answer, question) else None

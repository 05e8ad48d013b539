"""One cell of the export: what its text stands for in the codebook."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.cleaning.negation import named_answers
from analysis.survey import answer_texts
from analysis.survey.answer_texts import Pieces, cell_key, piece_keys
from analysis.survey.cleaning_rules import CleaningRules
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


def code_text(text: str, question: Question, rules: CleaningRules) -> Cell:
    """Code one cell of a question with answers, or of an open question.

    Parameters
    ----------
    text : str
        The cell as exported.
    question : Question
        What was asked.
    rules : CleaningRules
        Its blank texts count as nothing, unless the question lists them as missing.

    Returns
    -------
    Cell
        Free text of an open question is reduced to the code "answered".

    Notes
    -----
    A cell with several answers is read by the answers that the codebook knows, the longest first,
    and not by cutting it at every separator: answers may hold the separator.
    """
    nothing = answer_texts.missing_texts(question)
    keys = piece_keys(text, question)
    blanks = {piece_keys(each, question) for each in ("", *rules.blank)}
    if keys in nothing:
        return Cell(missing=nothing[keys])
    if keys in blanks:
        return Cell(missing="no_answer")
    if question.kind == "text":
        return Cell(codes=frozenset({"answered"}))
    listed = answer_texts.listed_texts(question)
    parts = _parts(text, question, {**nothing, **listed})
    said = [(part, piece_keys(part, question)) for part in parts]
    said = [(part, key) for part, key in said if key not in blanks or key in listed]
    kinds = [nothing[key] for _, key in said if key in nothing]
    said = [(part, key) for part, key in said if key not in nothing]  # an answer outweighs it
    if not said:
        return Cell(missing=kinds[0] if kinds else "no_answer")
    codes, recoded, unknown, other_left = set(), [], [], []
    for part, key in said:
        if key in listed:
            codes.add(listed[key])
        elif _is_other(part, question):
            answer = recode(_free(part, question), question, listed, rules.negators)
            codes.add(answer)
            recoded += [answer] if answer != question.other_code else []
            other_left += [part] if answer == question.other_code else []
        elif answer := _respelt(part, question):
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


def _respelt(part: str, question: Question) -> str:
    """Return the answer of which the codebook lists this text, whole, as a recode; "" if none."""
    key = cell_key(part, question)
    owners = (
        code
        for code, texts in question.recode.items()
        if key in {cell_key(each, question) for each in texts}
    )
    return next(owners, "")


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


def recode(
    free: str,
    question: Question,
    listed: Mapping[Pieces, str],
    negators: Iterable[str],
) -> str:
    """Find the one listed answer that free text behind "Other" names.

    Parameters
    ----------
    free : str
        What somebody wrote.
    question : Question
        What was asked, with its recodes.
    listed : mapping
        The texts of its answers, see `answer_texts.listed_texts`.
    negators : iterable of str
        Words that deny a phrase that follows.

    Returns
    -------
    str
        Its code, or that of "Other".

    Examples
    --------
    >>> rang = Question(
    ...     id="q", role="q", kind="single", wording="?", base="All", other_code="other",
    ...     recode={"phone": ("rang",)},
    ... )
    >>> recode("I rang", rang, {}, ["not"]), recode("by pigeon", rang, {}, ["not"])
    ('phone', 'other')
    """
    exact = listed.get(piece_keys(free, question))
    if exact:
        return exact
    named = named_answers(free, question.recode, negators)
    return named.pop() if len(named) == 1 else question.other_code


def code_other(text: str, question: Question, rules: CleaningRules) -> str:
    """Code free text in the column of the answer "Other".

    Parameters
    ----------
    text : str
        The cell as exported.
    question : Question
        What was asked.
    rules : CleaningRules
        Its negators.

    Returns
    -------
    str
        The listed answer that the text names, else that of "Other"; "" if it begins otherwise than
        such text does.
    """
    if not _is_other(text, question):
        return ""
    return recode(
        _free(text, question), question, answer_texts.listed_texts(question), rules.negators
    )


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

"""A drafted codebook as TOML, with the evidence as comments and what is open as `decide`."""

import re
from collections.abc import Mapping, Sequence

from analysis.drafting.codes import answer_codes
from analysis.drafting.drafted import Drafted, Listed
from analysis.drafting.evidence import about
from analysis.drafting.free_columns import is_other
from analysis.drafting.known_answers import NONE, missing_kind
from analysis.drafting.toml_lines import comment, decisions, listed_texts, quoted
from analysis.survey.bases import NOT_TOLD
from analysis.survey.shown_texts import showable
from analysis.survey.wording import match_key


def answer_lines(answers: Sequence[Listed], *, exclusive: bool, end: str = "") -> list[str]:
    """Write a list of answers, with how many gave each.

    Parameters
    ----------
    answers : sequence of Listed
        In order.
    exclusive : bool
        Whether "none of these" stands beside others, in a question with several answers.
    end : str
        See `answer_codes`.

    Returns
    -------
    list of str
        Lines of TOML. An answer without a letter or figure is called by its place.

    Examples
    --------
    >>> print(*answer_lines([Listed(text="Yes", n=31)], exclusive=False), sep="")
    answers = [    { code = "yes", label = "Yes" }, # about 30]
    """
    codes = answer_codes([each.text for each in answers], end)
    lines = []
    for at, each in enumerate(answers, start=1):
        none = ", exclusive = true" if exclusive and NONE.fullmatch(match_key(each.text)) else ""
        code, labels = quoted(codes[each.text]), ", ".join(_labels(each, at))
        lines.append(f"    {{ code = {code}, {labels}{none} }}, # {about(each.n)}")
    return ["answers = [", *lines, "]"]


def _labels(answer: Listed, at: int) -> list[str]:
    """Write what an answer is called, and what the export writes for it if that is not the same."""
    label = showable(answer.text).lstrip("= ")
    label = label if re.search(r"\w", label) and label != NOT_TOLD else f"Answer {at}"
    texts = list(answer.written)
    if not texts or (answer.column and label != answer.text):  # a tick is known by its label too
        texts.append(answer.text)
    own = quoted(texts[0]) if len(texts) == 1 else listed_texts(texts)
    return [f"label = {quoted(label)}", *([] if texts == [label] else [f"text = {own}"])]


def question_lines(question: Drafted, lists: Mapping[str, Sequence[Listed]]) -> list[str]:
    """Write one question.

    Parameters
    ----------
    question : Drafted
        With its id.
    lists : mapping
        Name -> answers that questions share.

    Returns
    -------
    list of str
        Lines of TOML.
    """
    offered = [each for each in question.answers if not missing_kind(each.text)]
    ticks = {each.text: each.column for each in offered if each.column}
    empty = question.rows - question.answered
    lines = [comment(each) for each in question.why]
    lines += [comment(f"without an answer: {about(empty)} of {about(question.rows)} rows")]
    lines += ["[[question]]", f"id = {quoted(question.id)}", f"kind = {quoted(question.kind)}"]
    if question.role and question.role != question.id:
        lines.append(f"role = {quoted(question.role)}")
    lines += [] if ticks else [f"column = {quoted(question.header)}"]
    wording = showable(question.wording or question.header)
    lines += [f"wording = {quoted(wording)}"] if ticks or wording != question.header else []
    lines += [f"base = {quoted(showable(question.base))}"] if question.base else []
    lines += _where(question, lists)
    shared, absent = lists.get(question.shared, ()), []
    if shared:
        held = {match_key(each.text) for each in offered}
        absent = [each.text for each in shared if match_key(each.text) not in held]
    open_ones = [*question.decide, *_unlisted_decisions(question)]
    if absent:
        open_ones.append(
            "nobody, or fewer than 10, gave the answers of not_offered: keep in it what the form "
            "did not offer here, and take out the others."
        )
    lines += decisions(open_ones)
    if shared:
        codes = answer_codes([each.text for each in shared])
        lines += [comment(f"{each.text}: {about(each.n)}") for each in offered]
        lines.append(f"answers = {quoted(question.shared)}")
        lines += [f"not_offered = {listed_texts([codes[t] for t in absent])}"] if absent else []
    elif offered and question.kind != "text":
        codes = answer_codes([each.text for each in offered], question.code_end)
        multiple = question.kind == "multiple"
        lines += answer_lines(offered, exclusive=multiple, end=question.code_end)
        absent = [codes[each.text] for each in offered if ticks and _has_no_place(each, question)]
        lines += [f"not_offered = {listed_texts(absent)}"] if absent else []
    if ticks:
        lines += ["[question.answer_columns]"]
        by_key = {match_key(text): code for text, code in codes.items()}
        lines += [f"{by_key[match_key(t)]} = {quoted(column)}" for t, column in ticks.items()]
    return lines


def _has_no_place(answer: Listed, question: Drafted) -> bool:
    """Tell whether an answer has neither a column of ticks nor one of texts."""
    return not answer.column and not (question.other_column and is_other(answer.text))


def _where(question: Drafted, lists: Mapping[str, Sequence[Listed]]) -> list[str]:
    """Write how cells are read, and of whom they are."""
    lines = []
    gate, asked = question.asked_if
    if gate:
        codes = listed_texts(asked)
        lines.append(f"asked_if = {{ question = {quoted(gate)}, answers = {codes} }}")
    if question.separator:
        lines.append(f"separator = {quoted(question.separator)}")
    if question.bands:
        lines.append(f"bands = {list(question.bands)}")
    if question.missing:
        inside = ", ".join(f"{kind} = {listed_texts(t)}" for kind, t in question.missing.items())
        lines.append(f"missing = {{ {inside} }}")
    if question.not_ticked:
        lines.append(f"not_ticked = {listed_texts(question.not_ticked)}")
    ticked = {missing_kind(each.text): each.column for each in question.answers if each.column}
    if ticked := {kind: column for kind, column in ticked.items() if kind}:
        inside = ", ".join(f"{kind} = {quoted(column)}" for kind, column in ticked.items())
        lines.append(f"missing_columns = {{ {inside} }}")
    if question.other_prefix or question.other_column:
        inside = [f"code = {quoted(_other_code(question, lists))}"]
        inside += [f"prefix = {quoted(question.other_prefix)}"] if question.other_prefix else []
        inside += [f"column = {quoted(question.other_column)}"] if question.other_column else []
        lines.append(f"other = {{ {', '.join(inside)} }}")
    elif question.further:
        lines.append('# other = { code = "other", prefix = "" }')
    return lines


def _other_code(question: Drafted, lists: Mapping[str, Sequence[Listed]]) -> str:
    """Return the code of the answer that free text stands for."""
    among = [each.text for each in lists.get(question.shared, question.answers)]
    codes = answer_codes([text for text in among if not missing_kind(text)], question.code_end)
    own = {match_key(each.text) for each in question.answers}
    mine = (code for text, code in codes.items() if is_other(text) and match_key(text) in own)
    return next(mine, "other")


def _unlisted_decisions(question: Drafted) -> list[str]:
    if not question.unlisted:
        return []
    texts = "1 text is" if question.unlisted == 1 else f"{question.unlisted} texts are"
    own = "" if question.other_prefix or question.other_column else (
        "; if people could write their own, add an answer with the code other and take the # from "
        "the line other"
    )  # fmt: skip
    return [
        f"{texts} not listed, of {about(question.further)} rows, and check-export refuses what is "
        f"not listed: add the answers of the questionnaire{own}."
    ]


def list_lines(name: str, answers: Sequence[Listed]) -> list[str]:
    """Write a list of answers that questions share.

    Parameters
    ----------
    name : str
        Of the list.
    answers : sequence of Listed
        In order.

    Returns
    -------
    list of str
        Lines of TOML.

    Examples
    --------
    >>> print(*list_lines("ways", [Listed(text="Phone", n=30)]), sep=" ")
    [[lists.ways]] code = "phone" label = "Phone"
    """
    lines = []
    codes = answer_codes([each.text for each in answers])
    for at, each in enumerate(answers, start=1):
        none = ["exclusive = true"] if NONE.fullmatch(match_key(each.text)) else []
        lines += [f"[[lists.{name}]]", f"code = {quoted(codes[each.text])}", *_labels(each, at)]
        lines += none
    return lines

"""A drafted codebook as TOML, with the evidence as comments and what is open as `decide`."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.drafting.drafted import Drafted, Listed
from analysis.drafting.evidence import about
from analysis.drafting.known_answers import NONE, OTHER, missing_kind
from analysis.drafting.listing import order
from analysis.drafting.roles import slug
from analysis.survey.wording import match_key, tidy


def quoted(text: str) -> str:
    r"""Write a text as TOML.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        In quotes, with what TOML does not take as it stands escaped.

    Examples
    --------
    >>> print(quoted('"So"\n'), quoted("\x7f"))
    "\"So\"\n" "\u007f"
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed_texts(texts: Sequence[str]) -> str:
    """Write a list of texts as TOML.

    Parameters
    ----------
    texts : sequence of str
        Texts.

    Returns
    -------
    str

    Examples
    --------
    >>> listed_texts(["a", "b"])
    '["a", "b"]'
    """
    return f"[{', '.join(map(quoted, texts))}]"


def comment(text: str) -> str:
    """Write a comment, on one line and without control characters.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str

    Examples
    --------
    >>> comment("so  many")
    '# so many'
    """
    plain = re.sub("[\x00-\x1f\x7f]", " ", tidy(text))
    return f"# {plain}"


def decisions(texts: Sequence[str]) -> list[str]:
    """Write what the editor must settle before the codebook is taken.

    Parameters
    ----------
    texts : sequence of str
        Sentences.

    Returns
    -------
    list of str
        Lines; none if nothing is open.

    Examples
    --------
    >>> decisions(["which one?"]), decisions(["a?", "b?"])
    (['decide = "which one?"'], ['decide = [', '    "a?",', '    "b?",', ']'])
    """
    if len(texts) < 2:
        return [f"decide = {quoted(text)}" for text in texts]
    return ["decide = [", *(f"    {quoted(text)}," for text in texts), "]"]


def answer_codes(texts: Sequence[str]) -> dict[str, str]:
    """Give each answer a code.

    Parameters
    ----------
    texts : sequence of str
        Answers of a question, or of a list.

    Returns
    -------
    dict
        Text -> code, all different.

    Examples
    --------
    >>> answer_codes(["Very good", "Other (please specify)", "?"])
    {'Very good': 'very_good', 'Other (please specify)': 'other', '?': 'answer'}
    """
    codes: dict[str, str] = {}
    for text in texts:
        other = OTHER.fullmatch(match_key(text)) and match_key(text).startswith("other")
        start = "other" if other else slug(text) or "answer"
        code, number = start, 1
        while code in codes.values():
            number += 1
            code = f"{start}_{number}"
        codes[text] = code
    return codes


def answer_lines(answers: Sequence[Listed], *, exclusive: bool) -> list[str]:
    """Write a list of answers, with how many gave each.

    Parameters
    ----------
    answers : sequence of Listed
        In order.
    exclusive : bool
        Whether "none of these" stands beside others, in a question with several answers.

    Returns
    -------
    list of str
        Lines of TOML.

    Examples
    --------
    >>> print(*answer_lines([Listed(text="Yes", n=31)], exclusive=False), sep="")
    answers = [    { code = "yes", label = "Yes" }, # about 30]
    """
    codes = answer_codes([each.text for each in answers])
    lines = []
    for each in answers:
        none = ", exclusive = true" if exclusive and NONE.fullmatch(match_key(each.text)) else ""
        code, label = quoted(codes[each.text]), quoted(each.text)
        text = f", text = {_written(each)}" if each.written else ""
        lines.append(f"    {{ code = {code}, label = {label}{text}{none} }}, # {about(each.n)}")
    return ["answers = [", *lines, "]"]


def _written(answer: Listed) -> str:
    """Write what the export writes for an answer, one text or a list."""
    return quoted(answer.written[0]) if len(answer.written) == 1 else listed_texts(answer.written)


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
    lines.append(f"{'wording' if ticks else 'column'} = {quoted(question.header)}")
    lines += [f"wording = {quoted(question.wording)}"] if question.wording else []
    lines += _where(question, lists)
    shared, absent = lists.get(question.shared, ()), []
    if shared:
        held = {match_key(each.text) for each in offered}
        absent = [each.text for each in shared if match_key(each.text) not in held]
    open_ones = list(question.decide)
    if absent:
        open_ones.append(
            "nobody gave the answers of not_offered: keep in it what the form did not offer here."
        )
    lines += decisions(open_ones)
    if shared:
        codes = answer_codes([each.text for each in shared])
        lines += [comment(f"{each.text}: {about(each.n)}") for each in offered]
        lines.append(f"answers = {quoted(question.shared)}")
        lines += [f"not_offered = {listed_texts([codes[t] for t in absent])}"] if absent else []
    elif offered and question.kind != "text":
        codes = answer_codes([each.text for each in offered])
        lines += answer_lines(offered, exclusive=question.kind == "multiple")
    if ticks:
        lines += ["[question.answer_columns]"]
        by_key = {match_key(text): code for text, code in codes.items()}
        lines += [f"{by_key[match_key(t)]} = {quoted(column)}" for t, column in ticks.items()]
    return lines


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
    if question.other_prefix:
        prefix = quoted(question.other_prefix)
        lines.append(f'other = {{ code = "other", prefix = {prefix} }}')
    elif question.further:
        lines.append('# other = { code = "other", prefix = "" }')
    return lines


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
    for each in answers:
        code, label = quoted(codes[each.text]), quoted(each.text)
        lines += [f"[[lists.{name}]]", f"code = {code}", f"label = {label}"]
        lines += [f"text = {_written(each)}"] if each.written else []
        lines += ["exclusive = true"] if NONE.fullmatch(match_key(each.text)) else []
    return lines


def joined_answers(questions: Sequence[Drafted]) -> list[Listed]:
    """Join the answers of questions that share them.

    Parameters
    ----------
    questions : sequence of Drafted
        The questions.

    Returns
    -------
    list of Listed
        Each once, in order.
    """
    found: dict[str, Listed] = {}
    for question in questions:
        for each in question.answers:
            if not missing_kind(each.text):
                key = match_key(each.text)
                before = found.setdefault(key, Listed(text=each.text, n=0))
                both = list(dict.fromkeys([*before.written, *each.written]))
                found[key] = replace(before, written=both)
    return sorted(found.values(), key=lambda each: order(each.text, {}))

"""Question and option of a column: as the header keeps them apart, or as one cell joins them."""

import re
from collections.abc import Iterator, Mapping

from analysis.drafting.evidence import Evidence
from analysis.exports import HeaderPart
from analysis.survey.answer_texts import NOT_TICKED
from analysis.survey.wording import match_key

#: Columns of one question: header -> option.
Options = dict[str, str]

_HOW_MANY = r"(all|any|as many|every|each|one or more|more than one|up to \w+)\b"

#: What tells how to answer: in brackets to their end, else as far as it goes on about answers.
INSTRUCTION = re.compile(
    r"[(\[] ?(please |you (can|may) )?(tick|select|choose|check|mark|pick|click|give) "
    rf"{_HOW_MANY}[^()\[\]]*[)\]]|"
    r"\b(please |you (can|may) )?(tick|select|choose|check|mark|pick|click|give) "
    rf"{_HOW_MANY}(( of)?( the| these| following| that| which| you)*( appl(y|ies)| boxes?| "
    r"options?| answers?| relevant| as appropriate| like| wish| need| have used| used))*\.?",
    re.I,
)

#: "Question [Option]", "Question - Option", "Question (Option)", "Question: Option".
_WORDED = (
    re.compile(r"(?P<question>.+?) ?\[(?P<option>[^\[\]]+)\]"),
    re.compile(r"(?P<question>.+) - (?P<option>.+)"),
    re.compile(r"(?P<question>.+?) ?\((?P<option>[^()]+)\)"),
    re.compile(r"(?P<question>.+[?:.]) ?[:|]? ?(?P<option>.+)"),
)

#: "Q5_1", "Q1ai", "used3": which answer it is, the header does not say.
_NUMBERED = (
    re.compile(r"(?P<question>[A-Za-z]+\d+[a-h])(?P<option>[ivx]{1,5})"),
    re.compile(r"(?P<question>[A-Za-z]+\d+)(?P<option>[a-z]|[ivx]{1,5})"),
    re.compile(r"(?P<question>\w+?)[_.](?P<option>\d{1,3})"),
    re.compile(r"(?P<question>[A-Za-z]{4,})(?P<option>\d{1,3})"),
)


def without_instruction(text: str) -> str:
    """Put a dash in the place of what tells how to answer.

    Parameters
    ----------
    text : str
        A header.

    Returns
    -------
    str
        As it was, if nothing in it does.

    Examples
    --------
    >>> without_instruction("Which did you use (tick all that apply)? Phone")
    'Which did you use? Phone'
    >>> without_instruction("Which did you use? Please tick all that apply. Phone")
    'Which did you use? - Phone'
    """
    if not INSTRUCTION.search(text):
        return text
    plain = re.sub(r"(\s*-\s+)+|\s+-$", " - ", INSTRUCTION.sub(" - ", text))
    return re.sub(r" - (?=[?:.\[(])", "", plain).strip(" -")


def worded(text: str) -> Iterator[tuple[str, str]]:
    """Take a header apart in every way in which words can be joined.

    Parameters
    ----------
    text : str
        A header.

    Yields
    ------
    tuple of str
        Question and option.

    Examples
    --------
    >>> list(worded("Which? [Other]"))
    [('Which?', 'Other'), ('Which?', '[Other]')]
    """
    plain = without_instruction(text)
    for pattern in _WORDED:
        if told := pattern.fullmatch(plain):
            yield told["question"], told["option"]


def groupings(
    columns: Mapping[str, Evidence], parts: Mapping[str, HeaderPart]
) -> Iterator[tuple[bool, dict[str, Options]]]:
    """Group the columns of an export by the question that they may be of.

    Parameters
    ----------
    columns : mapping
        Header -> column, in the order of the export.
    parts : mapping
        Column -> question and option, where the header keeps them apart.

    Yields
    ------
    tuple of bool and dict
        Whether it is certain that these are options of one question; question -> header -> option.
        What is surer comes first: of a column that stands in several groups the first counts.

    Examples
    --------
    >>> from analysis.drafting.evidence import look
    >>> import pandas as pd
    >>> cells = {"Which way Bus": ["Bus", ""], "Which way Tram": ["", "Tram"]}
    >>> columns = {name: look(pd.Series(texts, name=name)) for name, texts in cells.items()}
    >>> [groups for _, groups in groupings(columns, {}) if groups]
    [{'Which way': {'Which way Bus': 'Bus', 'Which way Tram': 'Tram'}}]
    """
    runs: dict[tuple[int, str], Options] = {}
    for header in columns:
        part = parts.get(header)
        if part and part.option and not part.text:
            runs.setdefault((part.run, part.question), {})[header] = part.option
    for (_, question), options in runs.items():
        yield True, {question: options}
    joined = {header: found.asked for header, found in columns.items() if header not in parts}
    for pattern in (*_WORDED, *_NUMBERED):
        groups: dict[str, Options] = {}
        for header, asked in joined.items():
            if told := pattern.fullmatch(without_instruction(asked)):
                groups.setdefault(told["question"], {})[header] = told["option"]
        yield False, groups
    yield False, _by_their_cells(columns, joined)


def _by_their_cells(
    columns: Mapping[str, Evidence], joined: Mapping[str, str]
) -> dict[str, Options]:
    """Group columns whose header ends with the one text that stands in them."""
    groups: dict[str, Options] = {}
    for header, asked in joined.items():
        texts = [text for text in columns[header].answers if match_key(text) not in NOT_TICKED]
        if len(texts) == 1 and match_key(asked).endswith(f" {match_key(texts[0])}"):
            question = asked[: -len(texts[0])].strip(" -:|")
            groups.setdefault(question, {})[header] = texts[0]
    for header, asked in joined.items():  # an answer that nobody ticked
        for question, options in groups.items():
            if not columns[header].answers and asked.startswith(f"{question} "):
                options.setdefault(header, asked.removeprefix(question).strip(" -:|"))
    return groups

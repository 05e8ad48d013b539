"""The draft of a whole codebook."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.drafting import times
from analysis.drafting.coded_cells import Codes, labelled, with_written
from analysis.drafting.codes import joined_answers, with_codes
from analysis.drafting.drafted import Drafted
from analysis.drafting.evidence import RULE, Evidence, look
from analysis.drafting.free_columns import with_free_columns
from analysis.drafting.kinds import draft_column
from analysis.drafting.personal import personal_reason
from analysis.drafting.roles import with_roles
from analysis.drafting.routing import with_routing
from analysis.drafting.several import grouped_columns, ticked_questions
from analysis.drafting.toml_lines import comment, decisions, listed_texts, quoted
from analysis.drafting.waves import draft_waves, serial_reason
from analysis.drafting.writing import list_lines, question_lines
from analysis.errors import SurveyError
from analysis.exports import HeaderPart, RawFile
from analysis.survey.shown_texts import showable
from analysis.survey.wording import match_key

_HEAD = """\
# Drafted by `python -m analysis new-survey`; docs/codebook.md explains every key. Counts are
# rounded to 10, and hidden below 10. An answer that fewer than 10 people gave is not listed, unless
# it is of a known scale or list; nor is one that may tell who they are. Lines of `decide` are
# refused until they are settled: change what they ask about, or leave it, and delete the line."""

_SURVEY = """\
synthetic = false
population = "people who answered"
source = "the replies as exported by whoever ran the survey"
licence = "not stated"
where_to_get = "put the export there"
limits = "The intervals describe sampling noise alone, as if the people were drawn at random."
# opens = 2023-10-02 and closes = 2023-10-15 would leave out what was sent before and after."""

#: Phrases of people who have nothing to say, for open questions.
_SAYS_NOTHING = """\
# Open answers get themes by [[theme]] (docs/codebook.md). One of these phrases alone has none:
# [theme_rules]
# says_nothing = ["no", "none", "nothing", "n a", "no comment", "do not know", "dont know"]"""

_SURVEY_OPEN = (
    "title: write what the survey is called in the report.",
    "population: write whom it is about, such as people who live in the county.",
    "source and licence: write who ran it, and under what terms its results are published.",
    "limits: could anyone answer? Then write that the people chose themselves.",
)


def draft(
    frame: pd.DataFrame,
    file: RawFile,
    *,
    name: str,
    wordings: Mapping[str, str] | None = None,
    labels: Mapping[str, Sequence[str]] | None = None,
    codes: Codes | None = None,
    parts: Mapping[str, HeaderPart] | None = None,
) -> str:
    """Draft the codebook of an export.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `exports.read_export` returns it: `raw_row`, then columns of text.
    file : RawFile
        How the export is written.
    name : str
        Of the survey.
    wordings, labels : mapping, optional
        Column -> what it asks, and column -> its answers in order, where the file says so.
    codes : mapping, optional
        Column -> code -> what it stands for, in order, where a dictionary says so.
    parts : mapping, optional
        Column -> question and option, where the header keeps them apart (`exports.parts`).

    Returns
    -------
    str
        A `codebook.toml`. Nothing that a person wrote is in it: an answer is listed only if enough
        people gave it, or as a text of a known scale or closed list (`drafting.listing`).

    Raises
    ------
    SurveyError
        If the first row looks like a reply, or no column holds a question.

    Examples
    --------
    >>> cells = {"raw_row": range(60), "How was it?": ["Good", "Poor", "Very good"] * 20}
    >>> text = draft(pd.DataFrame(cells), RawFile(name="replies.csv"), name="kent")
    >>> 'kind = "ordered"' in text, '{ code = "poor", label = "Poor" }, # about 20' in text
    (True, True)
    """
    wordings, parts, codes = wordings or {}, parts or {}, codes or {}
    labels = {**(labels or {}), **{each: tuple(said.values()) for each, said in codes.items()}}
    told = labelled(frame, codes)
    columns = {
        header: look(told[header], _wording(header, wordings, parts))
        for header in frame.columns
        if header != "raw_row" and not (file.wave_column and header == file.wave_column)
    }
    _refuse_reply_as_header(columns, file)
    personal = {h: personal_reason(found) if h else "no header" for h, found in columns.items()}
    if file.wave_column:
        files = frame[file.wave_column]
        personal |= {h: r or serial_reason(columns[h], files) for h, r in personal.items()}
    ticked = ticked_questions({h: columns[h] for h in personal if not personal[h]}, parts)
    several = {column for each in ticked.values() for column in grouped_columns(each)}
    unread = {
        header: reason or _tells_nothing(columns[header])
        for header, reason in personal.items()
        if header not in several
    }
    ignored = {header: reason for header, reason in unread.items() if reason}
    questions = [
        ticked.get(header) or draft_column(columns[header], labels.get(header, ()))
        for header in personal
        if header in ticked or not (header in several or header in ignored)
    ]
    questions = with_free_columns(questions, columns, parts)
    if not questions:
        raise SurveyError(
            f"no column of {file.name} holds answers to a question; export the replies again"
        )
    questions = [with_written(each, frame, codes) for each in questions]
    if file.wave_column:
        questions.insert(0, draft_waves(look(frame[file.wave_column])))
    questions = with_codes(with_routing(with_roles(questions), told))
    return _text(questions, _file_lines(file, questions, columns, ignored), name)


def _wording(header: str, wordings: Mapping[str, str], parts: Mapping[str, HeaderPart]) -> str:
    """Say what a column asks, question and option together; "" if the header says so."""
    part = parts.get(header)
    said = wordings.get(header, "")
    if part and not part.text:
        joint = " " if part.question.endswith(("?", ".", ":")) else ": "
        said = joint.join(filter(None, (part.question, part.option)))
    return "" if said == header else said


def _refuse_reply_as_header(columns: dict[str, Evidence], file: RawFile) -> None:
    """Refuse a first row that repeats what stands below it, without quoting it."""
    told = [
        header
        for header, found in columns.items()
        if match_key(header) in {match_key(text) for text in found.answers}
        or times.is_time(header)
        or "@" in header
    ]
    if len(told) >= max(2, 0.3 * len(columns)):
        raise SurveyError(
            f"{len(told)} of the {len(columns)} cells of the first row of {file.name} are times, "
            "addresses or answers that stand below them too, so that it may be a reply; put the "
            "questions into the first row"
        )


def _tells_nothing(found: Evidence) -> str:
    """Say that a column is the same in every row; "" if it is not."""
    if not found.answered:
        return "no cell holds an answer"
    same = list(found.answers.values()) == [found.rows] and RULE.enough(found.rows)
    return "every row says the same" if same else ""


def _file_lines(
    file: RawFile,
    questions: Sequence[Drafted],
    columns: dict[str, Evidence],
    ignored: dict[str, str],
) -> list[str]:
    name = listed_texts(file.names) if file.further_names else quoted(file.name)
    lines = ["[file]", f"name = {name}"]
    plain = RawFile(name=file.name, further_names=file.further_names)
    for key in RawFile.__dataclass_fields__:
        value = getattr(file, key)
        if value != getattr(plain, key) and key not in ("datetime_format", "ignored_columns"):
            written = listed_texts(value) if isinstance(value, tuple) else quoted(value)
            lines.append(f"{key} = {str(value).lower() if isinstance(value, bool) else written}")
    lines += _time_lines(file, [each.header for each in questions if each.kind == "date"], columns)
    lines += ["ignored_columns = ["]
    lines += [f"    {quoted(header)}, {comment(reason)}" for header, reason in ignored.items()]
    return [*lines, "]"]


def _time_lines(file: RawFile, headers: list[str], columns: dict[str, Evidence]) -> list[str]:
    """Write how times are written, if the file tells."""
    cells = [cell for header in headers for cell in columns[header].cells if times.is_time(cell)]
    if not headers:
        return []
    if file.datetime_format:
        return [f"datetime_format = {quoted(file.datetime_format)}"]
    formats = times.fitting_formats(cells)
    if not formats:
        return [
            'datetime_format = ""',
            *decisions([
                "datetime_format: no one way of writing fits all times, and check-export refuses "
                "those that it does not fit; write that of the times that matter, such as %d/%m/%Y "
                "%H:%M:%S, and take out or ignore other columns."
            ]),
        ]  # fmt: skip
    lines = [f"datetime_format = {quoted(formats[0])}"] if formats[0] else []
    if len(formats) > 1:
        told = [f"{each}: {times.months_told(cells, each)} months" for each in formats]
        lines = [comment(f"the times would fall in so many months: {', '.join(told)}"), *lines]
        lines += decisions([
            f"datetime_format: no cell tells day from month ({' or '.join(formats)}): look into "
            "the tool that wrote the export, and keep the one that it uses."
        ])  # fmt: skip
    return lines


def _text(questions: Sequence[Drafted], file_lines: list[str], name: str) -> str:
    pair = [each for each in questions if each.shared]
    lists = {"channels": joined_answers(pair)} if pair else {}
    parts = [
        [_HEAD],
        ["[survey]", f"id = {quoted(name)}", f"title = {quoted(name)}", _SURVEY,
         *decisions(_SURVEY_OPEN)],
        ["# How sentences speak of the survey; docs/codebook.md has all keys and what they mean.",
         "[words]", *_word_lines(questions)],
        file_lines,
        ["[cleaning]", 'blank = ["", "-", "n/a", "."]',
         '# test_texts = ["test", "testing"] would leave out trials of the form.',
         "# double_within_minutes = 60 would leave out replies that were sent twice, and",
         "# abandoned_without = [roles] people who broke off before they answered any of these."],
        *([list_lines(each, answers)] for each, answers in lists.items()),
        *(question_lines(question, lists) for question in questions),
        *([[_SAYS_NOTHING]] if any(_is_open(question) for question in questions) else []),
    ]  # fmt: skip
    parts = [part[0] if part and isinstance(part[0], list) else part for part in parts]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _is_open(question: Drafted) -> bool:
    return question.kind == "text" and question.role != "respondent"


def _word_lines(questions: Sequence[Drafted]) -> list[str]:
    """Write the words that the answers tell; all others have defaults."""
    lines = [
        '# Answers about channels may have group = "Digital"; digital_groups = ["Digital"] then',
        '# says which groups notebook 06 asks about. satisfaction = "experience" is what is rated.',
        'channel = "channel"',
        'channels = "channels"',
    ]
    roles = {question.role: question for question in questions}
    lines += ['district = "district"', 'districts = "districts"'] if "district" in roles else []
    if "used_last" in roles:
        lines += ['used = "used most recently"']
    if "satisfaction" in roles:
        labels = [each.text for each in roles["satisfaction"].answers]
        best = labels[-2:] if len(labels) >= 4 else labels[-1:]
        said = showable(" or ".join(f'"{label.lower()}"' for label in best))
        if not re.search(r"\bit\b", said):  # which sentences add themselves
            lines.append(f"satisfied = {quoted(f'answered {said}')}")
    return lines

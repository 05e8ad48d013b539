"""Questions with several answers: in one cell with a separator, or in a column for each answer."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.drafting.drafted import Drafted, Listed
from analysis.drafting.evidence import BLANK, RULE, Evidence, about, closedness
from analysis.drafting.known_answers import OTHER, missing_kind
from analysis.drafting.partings import INSTRUCTION, Options, groupings
from analysis.exports import HeaderPart
from analysis.survey.answer_texts import NOT_TICKED, TICKED, pieces
from analysis.survey.wording import match_key

_SEPARATORS = (";", "|", "\n", ", ")


def find_separator(found: Evidence) -> tuple[str, bool]:
    """Find what stands between several answers in a cell.

    Parameters
    ----------
    found : Evidence
        A column.

    Returns
    -------
    tuple of str and bool
        The separator, "" if cells hold one answer; and whether there is no doubt: a comma stands
        inside answers too.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.drafting.evidence import look
    >>> cells = ["Phone;", "Web;Phone;", "Web;", "Desk;Web;", "Desk;"] * 5
    >>> find_separator(look(pd.Series(cells, name="Which?")))
    (';', True)
    """
    for separator in _SEPARATORS:
        counts = cut_cells(found, separator)
        lists = found.cells[found.cells.map(lambda cell, s=separator: len(pieces(cell, s)) > 1)]
        ends = found.cells.str.rstrip().str.endswith(separator.strip() or "\n").mean()
        if separator == ";" and ends >= 0.8 and len(counts) > 1:
            return separator, True
        listed = closedness(counts) in ("closed", "mostly") and len(counts) >= 2
        often = RULE.enough(len(lists)) or len(lists) >= 0.2 * max(1, len(found.cells))
        common = [text for text, n in counts.items() if n > 1]
        if len(lists) and listed and often and len(found.answers) > len(common):
            return separator, separator != ", "
    return "", False


def cut_cells(found: Evidence, separator: str) -> dict[str, int]:
    """Count the texts in cells that hold several.

    Parameters
    ----------
    found : Evidence
        A column.
    separator : str
        What stands between them.

    Returns
    -------
    dict
        Text -> rows, by name; kinds of missing are left out.
    """
    spelling: dict[str, Counter] = {}
    for cell in found.cells:
        for key, text in {match_key(piece): piece for piece in pieces(cell, separator)}.items():
            if key not in BLANK and not missing_kind(text):
                spelling.setdefault(key, Counter())[text] += 1
    return {
        min(texts, key=lambda each, of=texts: (-of[each], each)): texts.total()
        for _, texts in sorted(spelling.items())
    }


def missing_pieces(found: Evidence, separator: str) -> dict[str, list[str]]:
    """Find the kinds of missing in cells that hold several texts.

    Parameters
    ----------
    found : Evidence
        A column.
    separator : str
        What stands between them.

    Returns
    -------
    dict
        Kind -> texts, by name.
    """
    texts: dict[str, str] = {}
    for cell in found.cells:
        texts |= {match_key(piece): piece for piece in pieces(cell, separator)}
    kinds: dict[str, list[str]] = {}
    for _, text in sorted(texts.items()):
        if kind := missing_kind(text):
            kinds.setdefault(kind, []).append(text)
    return kinds


def ticked_questions(
    columns: Mapping[str, Evidence], parts: Mapping[str, HeaderPart]
) -> dict[str, Drafted]:
    """Find the questions that have a column for each answer.

    Parameters
    ----------
    columns : mapping
        Header -> column, in the order of the export; an answer that nobody ticked may be empty.
    parts : mapping
        Column -> question and option, where the header keeps them apart.

    Returns
    -------
    dict
        Header of the first column of each -> the question; its answers name their columns. Columns
        that are a scale each, below one question, are no such question.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.drafting.evidence import look
    >>> cells = {"Used? - Phone": ["1", "0"], "Used? - Web": ["0", "1"], "Why?": ["a", "b"]}
    >>> found = ticked_questions({k: look(pd.Series(v, name=k)) for k, v in cells.items()}, {})
    >>> [(each.header, [answer.text for answer in each.answers]) for each in found.values()]
    [('Used?', ['Phone', 'Web'])]
    """
    drafted, taken = {}, set()
    for certain, groups in groupings(columns, parts):
        for question, group in groups.items():
            options = _ticked_options(
                {header: option for header, option in group.items() if header not in taken}, columns
            )
            yes_no = any(_says_yes_and_no(columns[header]) for header in options)
            if not options or (certain and yes_no and not INSTRUCTION.search(question)):
                continue  # the second: a grid of questions that are answered with yes or no
            taken |= set(options)
            drafted[next(iter(options))] = _ticked(question, options, columns)
    return drafted


def _ticked_options(group: Options, columns: Mapping[str, Evidence]) -> Options:
    """Choose the columns of a group that say what was ticked; none if it is no such question."""
    ticks = {h: option for h, option in group.items() if _is_tick(columns[h], option)}
    kinds = Counter(missing_kind(option) for option in ticks.values())
    if any(n > 1 for kind, n in kinds.items() if kind):  # of each kind of missing a column is read
        first = {kind: h for h, o in reversed(ticks.items()) if (kind := missing_kind(o))}
        ticks = {h: o for h, o in ticks.items() if first.get(missing_kind(o), h) == h}
    free = [h for h in group if h not in ticks and OTHER.fullmatch(match_key(group[h]))]
    filled = [header for header in ticks if columns[header].answers]
    offered = [option for option in ticks.values() if not missing_kind(option)]
    keys = {match_key(option) for option in ticks.values()}
    reserved = {*TICKED, *NOT_TICKED, *BLANK}
    if (
        len(filled) + len(free[:1]) < 2
        or len(offered) < 2
        or len(keys) < len(ticks)
        or (keys & reserved and not all(key.isdigit() or len(key) == 1 for key in keys))
        or 2 * (len(group) - len(ticks) - len(free)) >= len(group)
    ):
        return {}
    return ticks


def _is_tick(found: Evidence, option: str) -> bool:
    """Tell whether a column says of one answer alone whether it was ticked, if it says anything."""
    texts = {match_key(text) for text in found.answers} - NOT_TICKED
    return texts <= {match_key(option)} or texts <= TICKED


def _says_yes_and_no(found: Evidence) -> bool:
    return {"yes", "no"} <= {match_key(text) for text in found.answers}


def _ticked(question: str, options: Options, columns: Mapping[str, Evidence]) -> Drafted:
    answers = [
        Listed(
            text=header if match_key(option) in (*NOT_TICKED, *BLANK) else option,
            n=_ticks(columns[header]),
            column=header,
        )
        for header, option in options.items()
    ]
    answered = pd.concat([pd.Series(columns[header].cells) for header in options])
    rows = int(answered.index.nunique())
    decide = []
    if all(re.fullmatch(r"\d{1,3}|[a-z]{1,5}", option) for option in options.values()):
        decide.append("its columns do not say which answer each stands for: write the labels.")
    if any(_says_yes_and_no(columns[header]) for header in options):
        decide.append(
            "its columns say yes and no: if each is a question of its own, not one of several "
            "answers that could be ticked, make a question of each."
        )
    kinds = {missing_kind(option): [option] for option in options.values()}
    return Drafted(
        header=question,
        kind="multiple",
        missing={kind: texts for kind, texts in kinds.items() if kind},
        why=[f"{len(options)} columns that say of one answer each whether it was ticked; "
             f"{about(rows)} rows hold something"],
        decide=decide,
        answers=answers,
        answered=rows,
        rows=columns[next(iter(options))].rows,
    )  # fmt: skip


def _ticks(found: Evidence) -> int:
    return sum(n for text, n in found.answers.items() if match_key(text) not in NOT_TICKED)


def grouped_columns(question: Drafted) -> Sequence[str]:
    """List the columns of a question, one or one an answer.

    Parameters
    ----------
    question : Drafted
        The question.

    Returns
    -------
    sequence of str
        Headers, that of the free text behind "Other" last.
    """
    own = [each.column for each in question.answers if each.column] or [question.header]
    return [*own, question.other_column] if question.other_column else own

"""The sheets of the workbook: the topline, a banner for each way of grouping people, the tests."""

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis import files
from analysis.privacy import ABSENT, mark, rule_of
from analysis.survey import Survey
from analysis.survey.wording import at_start
from analysis.tables import workbook
from analysis.tables.book import Book
from analysis.tables.groupings import Grouping
from analysis.tables.workbook import gptables

#: Columns of the topline, as its sheet has them; those of weights only where there are some.
_TOPLINE = {
    "wording": "Question",
    "answer": "Answer",
    "asked": "Whose answers",
    "n": "People who answered",
    "people": "People who gave the answer, rounded",
    "estimate": "Share\n(percent)",
    "conf_low": "Share, lower limit\n(percent)",
    "conf_high": "Share, upper limit\n(percent)",
    "weighted": "Weighted share\n(percent)",
    "weighted_low": "Weighted share, lower limit\n(percent)",
    "weighted_high": "Weighted share, upper limit\n(percent)",
    "n_weighted": "People with a weight",
    "effective_n": "Effective number of people",
}

#: What the rows of a banner are in: shares in bold, and below each the limits of its interval.
SHARE = "percent"

_LIMITS = {"conf_low": "percent, lower limit", "conf_high": "percent, upper limit"}

_COUNTS = ("n", "people", "n_weighted", "effective_n")

_LONGEST_NAME = 31  # of a sheet


def lay_out(book: Book, survey: Survey) -> dict[str, gptables.GPTable]:
    """Lay the tables out, one a sheet.

    Parameters
    ----------
    book : Book
        The tables.
    survey : Survey
        The survey.

    Returns
    -------
    dict
        What a sheet is called -> its table.
    """
    made = {"Topline": _topline(book, survey)}
    for grouping in book.groupings:
        made[_sheet_name(grouping, survey, made)] = _banner(book, grouping, survey)
    if len(book.tests):
        made["Tests"] = _tests(book, survey)
    return made


def notes(survey: Survey) -> dict[str, str]:
    """Say how the numbers were made.

    Parameters
    ----------
    survey : Survey
        Its codebook has the threshold.

    Returns
    -------
    dict
        Key -> note, as `workbook.write` takes them.

    Examples
    --------
    >>> from analysis import survey
    >>> list(notes(survey.load("herts_2023")))
    ['people', 'shares', 'sums', 'weights', 'groups', 'overlap', 'tests']
    """
    rule = rule_of(survey.codebook)
    crossed = f"; those of a group who gave it are {rule.crossed_rounding}" * bool(rule.key)
    return {
        "people": f"People who gave an answer, and people of a group, are {rule.rounding}"
        f"{crossed}, so that nobody can be worked out by subtraction. Intervals are 95% intervals, "
        "rounded outwards.",
        "shares": "Where the report's notebooks show a share of the same people, it is theirs, in "
        "whole percent, or in steps of two or of five where they tell it so. Every other share is "
        "that of the rounded number of people, and its interval holds the intervals of all numbers "
        "that the rounded one may stand for.",
        "sums": "Of questions with several answers shares are of the people who answered; they do "
        "not add up to 100. Rounded shares of other questions need not add up to 100 either.",
        "weights": "Weighted shares are of the people who have a weight. The effective number of "
        "people is how many people of equal weights would tell as much (Kish).",
        "groups": "Shares of groups are not weighted. People who named no group are in no column. "
        "Where two questions both group people, only one of the two tables is made.",
        "overlap": "People could name several of these groups and are then in several columns, so "
        "columns do not add up to everybody. People who named none of them are in no column.",
        "tests": "Rao and Scott's test, whether the groups give the same answers, of the people "
        "who named one. Where groups overlap, each is tested against the other people who were "
        "asked and answered. All questions by the same groups are one family, adjusted by Holm. p "
        "is told by the next higher of 0.001, 0.01, 0.05 and 1, since an exact one would tell of "
        "hidden numbers. Tests with weights are a family of their own. The report's notebooks test "
        "other things, such as one share of a rating by district, in families of their own: so a "
        "question may differ here and not there, or the other way round.",
    }


def cover(survey: Survey) -> gptables.Cover:
    """Say on the first sheet what the workbook holds.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    gptables.Cover
        With the origin of the data, their limits and their licence.
    """
    codebook = survey.codebook
    intro = workbook.lines(codebook.title, workbook.origin(codebook), codebook.source)
    about = workbook.lines(
        f"Population: {codebook.population}. {codebook.limits}",
        f"Licence: {codebook.licence}",
        "Every closed question, of everybody and by groups of people. Methods: docs/tables.md",
    )
    return gptables.Cover(
        title="Data tables",
        intro=[files.safe_cell(each) for each in intro],
        about=[files.safe_cell(each) for each in about],
        contact=workbook.contact(codebook),
    )


def _topline(book: Book, survey: Survey) -> gptables.GPTable:
    rows = book.topline
    table = pd.DataFrame(
        {
            heading: [_cell(each, column) for each in rows[column]]
            for column, heading in _TOPLINE.items()
            if column in rows
        }
    )
    refers = ["people", "shares", "sums", *(["weights"] if "weighted" in rows else [])]
    return _sheet(table, "topline", "Answers of everybody", survey, refers=refers)


def _banner(book: Book, grouping: Grouping, survey: Survey) -> gptables.GPTable:
    """Lay one banner out: a column a group, and of each question its people, then its answers.

    Below an answer are the limits of its intervals, unless no group has one.
    """
    rows = book.banner[book.banner["by"] == grouping.name]
    groups = list(dict.fromkeys(rows["group"]))
    lines: list[list[object]] = []
    for _, part in rows.groupby("question", sort=False):
        wording = part["wording"].iloc[0]
        sizes = part.drop_duplicates("group").set_index("group")["n"].reindex(groups)
        lines.append([wording, "People who answered, rounded", "people", *_cells(sizes, "n")])
        for answer, each in part.groupby("answer", sort=False):
            told = each.set_index("group").reindex(groups)
            lines.append([wording, answer, SHARE, *_shares(told)])
            if told["conf_low"].notna().any():
                lines += [
                    [wording, answer, unit, *_cells(told[end], end)]
                    for end, unit in _LIMITS.items()
                ]
    headings = _distinct(["Question", "Answer", "Unit", *groups])
    table = pd.DataFrame(lines, columns=headings, dtype=object).map(files.safe_cell)
    name = f"by_{grouping.key}"
    return _sheet(
        table,
        name,
        f"Answers by {grouping.name}",
        survey,
        refers=["people", "shares", "sums", "groups", *["overlap"] * grouping.overlapping],
        bold=[at for at, line in enumerate(lines, start=1) if line[2] == SHARE],
    )


def _tests(book: Book, survey: Survey) -> gptables.GPTable:
    names = {
        "wording": "Question",
        "answer": "Answer",
        "by": "Groups",
        "group": "Group against the others",
        "p_adjusted": "p, adjusted",
        "p_weighted": "p with weights, adjusted",
    }
    rows = book.tests[[each for each in names if each in book.tests]]
    rows = rows.assign(by=rows["by"].map(at_start))
    rows["answer"] = rows["answer"].replace("", "All answers")
    if (rows["group"] == "").all():
        rows = rows.drop(columns="group")
    else:
        rows["group"] = rows["group"].replace("", "All groups compared")
    table = rows.rename(columns=names).replace("", ABSENT).map(files.safe_cell)
    return _sheet(
        table, "tests", "Tests whether groups give the same answers", survey, refers=["tests"]
    )


def _sheet(
    table: pd.DataFrame,
    name: str,
    title: str,
    survey: Survey,
    *,
    refers: Iterable[str],
    bold: Sequence[int] = (),
) -> gptables.GPTable:
    codebook = survey.codebook
    notes = " ".join(f"$${each}$$" for each in refers)
    cells = set(table.to_numpy().ravel().tolist())
    legends = [
        legend
        for legend in (workbook.HIDDEN_LEGEND, workbook.ABSENT_LEGEND, workbook.VAGUE_LEGEND)
        if legend.split()[0] in cells
    ]
    return gptables.GPTable(
        table=table,
        table_name=name,
        title=f"{title}: {codebook.title}",
        subtitles=[" ".join(filter(None, [workbook.origin(codebook), survey.remark, notes]))],
        scope=codebook.population,
        source=codebook.source,
        legend=legends,
        index_columns={2: 0},
        additional_formatting=[{"row": {"rows": list(bold), "format": {"bold": True}}}]
        if bold
        else [],
    )


def _sheet_name(grouping: Grouping, survey: Survey, taken: Iterable[str]) -> str:
    """Name a sheet: no marks that a sheet's name may not have, no longer than it may be."""
    words = survey.words
    names = {
        "district": words.district,
        "channel": f"{words.channel} used",
        "got": "preferred or not",
    }
    wanted = names.get(grouping.key, grouping.key)
    plain = "".join(" " if each in "[]:*?/\\'" else each for each in wanted)
    name = f"By {plain}"[:_LONGEST_NAME].strip()
    known = {each.casefold() for each in taken} | {"cover", "contents", "notes", "tests"}
    return f"By {grouping.key}" if name.casefold() in known else name


def _distinct(names: Iterable[str]) -> list[str]:
    """Make headings differ, whatever their case, as a table of a spreadsheet needs."""
    found: list[str] = []
    for name in names:
        heading = str(files.safe_cell(name))
        while heading.casefold() in {each.casefold() for each in found}:
            heading += " (group)"
        found.append(heading)
    return found


def _shares(told: pd.DataFrame) -> list[object]:
    """Write shares; one that has an interval alone is too vague for a number."""
    vague = told["estimate"].isna() & told["conf_low"].notna()
    return [
        workbook.VAGUE if rough else _cell(share, "estimate")
        for share, rough in zip(told["estimate"], vague, strict=True)
    ]


def _cells(values: pd.Series, column: str) -> list[object]:
    return [_cell(each, column) for each in values]


def _cell(value: object, column: str) -> object:
    if isinstance(value, str):
        return files.safe_cell(value)
    if pd.isna(value):
        return mark(value)
    return int(value) if column in _COUNTS else round(100 * value)

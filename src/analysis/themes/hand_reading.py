"""Read what two people have coded by hand, and refuse a sheet that is not the one drawn."""

import csv
import io
import re
from pathlib import Path

import pandas as pd

from analysis import files
from analysis.errors import SurveyError
from analysis.survey import Survey
from analysis.survey.wording import clipped, match_key, nearest
from analysis.themes import answers, theme_codes
from analysis.themes.hand_coding import CODERS, COLUMNS, NONE, HandCoded, sheet


def read_hand_codes(path: Path, survey: Survey, responses: pd.DataFrame) -> HandCoded:
    """Read a sheet that two people have filled in.

    Parameters
    ----------
    path : pathlib.Path
        As `write` made it; a spreadsheet program may have changed delimiter and encoding.
    survey, responses
        The survey that it was drawn from.

    Returns
    -------
    HandCoded
        The codes of both, and what the rules find in the same answers now.

    Raises
    ------
    SurveyError
        If a column, row or code is missing or unknown, or an answer is not the one drawn.
    """
    frame, name = _table(path), path.name
    missing = [column for column in COLUMNS if column not in frame]
    if missing:
        raise SurveyError(f"{name} has no column {', '.join(missing)}; write the sheet again")
    drawn = re.fullmatch(r"(\d+) answers, seed (\d+)", frame["sample"].iloc[0].strip())
    if drawn is None:
        raise SurveyError(
            f"{name}: the column sample does not say how the sheet was drawn; "
            "write the sheet again and copy the codes"
        )
    whole = sheet(survey, responses, sample=int(drawn[1]), seed=int(drawn[2]))
    _same_rows(frame, whole, name)
    codes = {coder: _codes(frame, coder, survey, name) for coder in CODERS}
    index = pd.MultiIndex.from_frame(whole[["raw_row", "question"]])
    ordered = {coder: each.loc[index] for coder, each in codes.items()}
    return HandCoded(**ordered, rules=_by_rules(survey, responses, index))


def _table(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise SurveyError(f"there is no file {path}; give the path of a filled-in sheet")
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise SurveyError(f"{path.name} is no text; save the sheet as CSV")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = [
            row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row
        ]
    except csv.Error as error:
        raise SurveyError(f"{path.name} is no CSV ({error}); save the sheet as CSV") from None
    if len(rows) < 2:
        raise SurveyError(f"{path.name} holds no answers; write the sheet again")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(rows[0]):
            raise SurveyError(
                f"{path.name}, line {number}: {len(row)} cells, the header has {len(rows[0])}; "
                "put a text with commas into quotes"
            )
    return pd.DataFrame(rows[1:], columns=[each.strip() for each in rows[0]], dtype="str")


def _same_rows(frame: pd.DataFrame, whole: pd.DataFrame, name: str) -> None:
    """Refuse a sheet whose answers are not those drawn; their order is free."""
    have = [(row.strip(), question.strip()) for row, question in
            zip(frame["raw_row"], frame["question"], strict=True)]  # fmt: skip
    want = {
        (str(row.raw_row), row.question): match_key(str(files.safe_cell(row.text)))
        for row in whole.itertuples()
    }
    lost, added = [key for key in want if key not in have], [key for key in have if key not in want]
    twice = sorted({key for key in have if have.count(key) > 1})
    for what, keys in (("lacks", lost), ("has, not drawn,", added), ("has twice", twice)):
        if keys:
            place = f"raw_row {keys[0][0]}, question {keys[0][1]}"
            if keys[0] not in want:  # it may be what a person wrote
                place = f"line {have.index(keys[0]) + 2}"
            raise SurveyError(
                f"{name} {what} {len(keys)} of the {len(want)} answers drawn, such as {place}; "
                "put the rows back as they were"
            )
    for key, text in zip(have, frame["text"], strict=True):
        if match_key(text) != want[key]:
            raise SurveyError(
                f"{name}: the text of raw_row {key[0]}, question {key[1]}, is not the one drawn; "
                "undo the change, or write the sheet again if the raw file is another one"
            )


def _codes(frame: pd.DataFrame, coder: str, survey: Survey, name: str) -> pd.DataFrame:
    labels = theme_codes.rules_of(survey.codebook).labels
    rows = []
    for place, (row, question, cell) in enumerate(
        zip(frame["raw_row"], frame["question"], frame[coder], strict=True), start=2
    ):
        given = {code for code in re.split(r"[;,\s]+", cell.strip().casefold()) if code}
        unknown = sorted(given - {*labels, NONE})
        where = f"{name}, line {place} (raw_row {row.strip()}), {coder}"
        if unknown:
            named = clipped(unknown[0]) if nearest(unknown[0], [*labels, NONE]) else "a text"
            raise SurveyError(
                f"{where}: {named} is no theme; choose from {', '.join(labels)} or {NONE}"
            )
        if not given:
            raise SurveyError(f"{where}: no code; write codes with ; between them, or {NONE}")
        if NONE in given and len(given) > 1:
            raise SurveyError(f"{where}: {NONE} and a theme; keep one of them")
        rows.append((int(row), question.strip(), *(code in given for code in labels)))
    table = pd.DataFrame(rows, columns=["raw_row", "question", *labels.values()])
    return table.set_index(["raw_row", "question"]).astype(bool)


def _by_rules(survey: Survey, responses: pd.DataFrame, index: pd.MultiIndex) -> pd.DataFrame:
    parts = []
    for role in index.get_level_values("question").unique():
        found = answers.coded_answers(survey, responses, role).indicators
        rows = responses.loc[found.index, "raw_row"]
        found.index = pd.MultiIndex.from_arrays([rows, [role] * len(rows)], names=index.names)
        parts.append(found)
    return pd.concat(parts).loc[index]

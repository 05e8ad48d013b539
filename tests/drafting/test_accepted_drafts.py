"""Deleting the marks of a draft accepts it, whatever stands in the export.

What the export holds and the draft does not know is refused by the check, as its mark says.
"""

import random
import re
import tomllib

import pandas as pd
import pytest
from settled_drafts import accepted

from analysis import cleaning, drafting
from analysis.errors import SurveyError
from analysis.exports import HeaderPart, RawFile, tidy

TEXTS = [
    "Yes", "No", "Good", "Poor", "Very good", "I liked it", "Other", "Other (please specify)",
    "None of these", "Don't know", "Can't say", "Never", "Always", "16-24", "65+", "1", "2", "0",
    "?", "\u2639", "-", "n/a", "No-answer", "not_asked", "Not asked", "$$ a", "[a](b)", "=1+1",
    "Phone", "Web", "Phone; Web", "Phone, Web", "A.", "Satisfied", "Dissatisfied", "\x07bell",
    "Other: zz", "44", "x", "1.5", "12/3/2025", "2025-03-01", "flag_x", "raw_row", "Not applicable",
]  # fmt: skip
HEADERS = [
    "How did you contact us?", "How would you prefer to contact us?", "Which ward?", "How easy?",
    "Overall, how happy?", "Why?", "Age", "Sex", "Have you contacted us?", "flag_x", "Start",
    "What would you change?", "Other (please specify)", "Please specify", "No", "$$", "[a](b)",
]  # fmt: skip
BOXES = ["Which? - {}", "Which? [{}]", "Which? {}", "Q1_{}", "How did you contact us? {}"]


def _boxes(rng: random.Random, rows: int) -> dict[str, list[str]]:
    header, style = rng.choice(BOXES), rng.choice(["text", "mark", "yes"])
    cells = {}
    for option in rng.sample(TEXTS, rng.randint(2, 5)):
        pair = {"text": (option, ""), "mark": ("1", "0"), "yes": ("Yes", "No")}[style]
        cells[tidy(header.format(option))] = [pair[rng.random() < 0.7] for _ in range(rows)]
    return cells


def _column(rng: random.Random, rows: int) -> list[str]:
    texts = rng.sample(TEXTS, rng.randint(1, 6))
    cells = [rng.choice(texts) for _ in range(rows)]
    if rng.random() < 0.3:
        cells = [cell if rng.random() < 0.8 else f"free {rng.random()}" for cell in cells]
    if rng.random() < 0.2:
        cells = [str(rng.randint(5, 90)) for _ in cells]
    if rng.random() < 0.3:
        cells = [";".join(rng.sample(texts, rng.randint(1, len(texts)))) for _ in cells]
    return cells


def _coded(
    rng: random.Random, cells: dict[str, list[str]]
) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
    """Write codes for texts in some columns, and the dictionary that says so."""
    written, codes, start = dict(cells), {}, rng.choice([0, 1, 1, 8])
    for header, column in cells.items():
        texts = sorted({*column} - {""})
        named = not any(re.fullmatch(r"[\d./-]+", text) for text in texts)
        if rng.random() < 0.6 and named and 0 < len(texts) <= 12:
            said = {text: str(at) for at, text in enumerate(texts, start=start)}
            written[header] = [
                said[text] if text and rng.random() < 0.95 else text for text in column
            ]
            codes[header] = {code: text for text, code in said.items()}
    return written, codes


def _made(
    seed: int, *, coded: bool = False
) -> tuple[pd.DataFrame, dict[str, HeaderPart], dict[str, dict[str, str]]]:
    rng = random.Random(seed)
    rows, cells, parts, run = rng.choice([12, 30, 60, 120]), {}, {}, 0
    for _ in range(rng.randint(1, 6)):
        one = {rng.choice(HEADERS): _column(rng, rows)}
        cells |= _boxes(rng, rows) if rng.random() < 0.4 else one
    for header in cells if rng.random() < 0.4 else ():
        run += rng.random() < 0.5
        option = header if rng.random() < 0.8 else ""
        parts[header] = HeaderPart(question=f"Which {run}", option=option, run=run)
    cells, codes = _coded(rng, cells) if coded else (cells, {})
    frame = pd.DataFrame(cells, dtype="str")
    frame.insert(0, "raw_row", range(1, rows + 1))
    return frame, parts, codes


def _marks(table: dict) -> str:
    marks = table.get("decide", [])
    return marks if isinstance(marks, str) else " ".join(marks)


@pytest.mark.parametrize("coded", [False, True])
@pytest.mark.parametrize("seed", range(60))
def test_a_draft_without_its_marks_is_a_codebook_and_what_is_refused_was_marked(seed, coded):
    frame, parts, codes = _made(seed, coded=coded)
    file = RawFile(name="a.csv")
    try:
        text = drafting.draft(frame, file, name="drafted", parts=parts, codes=codes)
    except SurveyError as refused:
        assert "first row" in str(refused) or "no column" in str(refused)  # noqa: PT017
        return
    codebook = accepted(text)
    try:
        cleaning.clean(frame, codebook)
    except SurveyError as refused:
        drafted = tomllib.loads(text)
        told = {each["id"]: each["kind"] + _marks(each) for each in drafted["question"]}
        for name in re.findall(r"question '(\w+)'", str(refused)):
            file = _marks(drafted["file"]) if told[name].startswith("date") else ""
            assert "check-export" in told[name] + file, name

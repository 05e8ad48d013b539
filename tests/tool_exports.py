"""The same made-up replies, written as each survey tool and program writes them.

`TOOLS` is name -> writer; a writer takes replies and a folder, writes the export and returns the
codebook that reads it.
"""

import csv
import io
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pyreadstat

USED = {"phone": "Phone, 101", "web": "Website", "desk": "Front desk", "none": "None of these"}
RATINGS = ("Very poor", "Poor", "Fair", "Good", "Very good")
AREAS = ("North", "South, with the port", "East")
UNSURE = "Don't know"

ASKED = {
    "submitted": "Completion time",
    "used": "Which have you used?",
    "satisfaction": "How was it?",
    "district": "Where do you live?",
    "age": "How old are you?",
    "weight": "Weight",
    "change": "What should change?",
}

_COMMENTS = (
    "More patrols, please", 'They said "no"', "a line\nand another", "café; naïve", "0123", "",
)  # fmt: skip


def make_replies(n: int = 200, seed: int = 13) -> list[dict]:
    """Make replies: role -> answer, "" for none; `used` is a list of codes, `submitted` a time."""
    rng, start = random.Random(seed), datetime(2023, 10, 2, 8, 0, 0)
    replies = []
    for at in range(n):
        used = [code for code in ("phone", "web", "desk") if rng.random() < 0.4]
        replies.append(
            {
                "submitted": start + timedelta(seconds=at * 13_579),  # over the end of summer time
                "used": [] if rng.random() < 0.1 else used or ["none"],
                "satisfaction": rng.choice((*RATINGS, UNSURE, "")),
                "district": rng.choice(AREAS),
                "age": rng.choice((*range(16, 90), "")),
                "weight": rng.randrange(200, 3000) / 1000,
                "change": rng.choice(_COMMENTS),
            }
        )
    return replies


def _codebook(
    file: str,
    columns: dict[str, str] = ASKED,
    ticks: dict[str, str] | None = None,
    texts: dict[str, str] | None = None,
    more: str = "",
) -> str:
    """Write a codebook: where the questions stand, and what the export writes for an answer."""
    texts = texts or {}

    def answers(listed: Sequence[tuple[str, str]], exclusive: str = "") -> str:
        each = [
            f'{{ code = "{code}", label = "{label}", text = "{texts.get(label, label)}"'
            f"{', exclusive = true' if code == exclusive else ''} }}"
            for code, label in listed
        ]
        return f"[{', '.join(each)}]"

    def coded(labels: Sequence[str]) -> list[tuple[str, str]]:
        return [(label.split(",")[0].lower().replace(" ", "_"), label) for label in labels]

    where = (
        f"answer_columns = {{ {', '.join(f'{c} = {name!r}' for c, name in ticks.items())} }}"
        if ticks
        else f"column = {columns['used']!r}\nseparator = ';'"
    )
    column = {role: f"column = {name!r}" for role, name in columns.items()}
    return f"""
[survey]
id = "demo"
title = "The same replies"
synthetic = true
population = "people in a test"
source = "written by a test"
licence = "CC0-1.0"
where_to_get = "run the tests"
limits = "Nobody answered."
timezone = "Europe/London"
opens = 2023-10-02
closes = 2023-12-31
disclosure_threshold = 10
[words]
channel = "channel"
channels = "channels"
district = "district"
districts = "districts"
used = "used"
preferred = "would prefer"
used_short = "Used"
preferred_short = "Prefer"
satisfied = "were content"
satisfaction = "experience"
preference = "Preference is not a promise."
[file]
ignore_other_columns = true
{file}
[cleaning]
blank = ["", "-"]
test_texts = ["test"]
abandoned_without = ["used", "satisfaction", "change"]
double_within_minutes = 60
negators = ["not", "instead of"]
[[question]]
id = "submitted"
kind = "date"
{column["submitted"]}
[[question]]
id = "used"
kind = "multiple"
{where}
answers = {answers(list(USED.items()), exclusive="none")}
{more}
[[question]]
id = "satisfaction"
kind = "ordered"
{column["satisfaction"]}
missing = {{ dont_know = ["{texts.get(UNSURE, UNSURE)}"] }}
answers = {answers(coded(RATINGS))}
[[question]]
id = "district"
kind = "single"
{column["district"]}
answers = {answers(coded(AREAS))}
[[question]]
id = "age"
kind = "number"
bands = [16, 35, 65]
{column["age"]}
[[question]]
id = "weight"
kind = "weight"
{column["weight"]}
[[question]]
id = "change"
kind = "text"
{column["change"]}
"""


def _several(codes: Sequence[str], end: str = "") -> str:
    return ";".join(USED[code] for code in codes) + (end if codes else "")


def _table(replies: list[dict], time: Callable, used: Callable) -> list[list]:
    """Lay the replies out with several answers in one cell, the header first."""
    rows = [
        [time(each["submitted"]), used(each["used"]), *list(each.values())[2:]] for each in replies
    ]
    return [list(ASKED.values()), *rows]


def as_csv(
    rows: Sequence[Sequence], *, delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL
) -> str:
    """Write rows as text."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)
    return text.getvalue()


def _workbook(path: Path, rows: Sequence[Sequence]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([None if cell == "" else cell for cell in row])
    book.save(path)


def _uk(time: datetime) -> str:
    return time.strftime("%d/%m/%Y %H:%M:%S")


def write_csv(replies: list[dict], folder: Path) -> str:
    """Write commas and UTF-8 with a mark."""
    rows = _table(replies, _uk, _several)
    (folder / "replies.csv").write_bytes(as_csv(rows).encode("utf-8-sig"))
    return _codebook('name = "replies.csv"\ndatetime_format = "%d/%m/%Y %H:%M:%S"')


def write_folder(replies: list[dict], folder: Path) -> str:
    """Write two files of the same columns into a folder."""
    (folder / "waves").mkdir()
    rows = _table(replies, _uk, _several)
    for name, some in (("1.csv", rows[:71]), ("2.csv", [rows[0], *rows[71:]])):
        (folder / "waves" / name).write_bytes(as_csv(some).encode())
    return _codebook('name = "waves"\ndatetime_format = "%d/%m/%Y %H:%M:%S"')


def write_excel_csv(replies: list[dict], folder: Path) -> str:
    """Write what a German Excel saves: a line `sep=;`, semicolons, cp1252, decimal commas."""
    rows = _table(replies, _uk, _several)
    at = rows[0].index(ASKED["weight"])
    decimal = [[*row[:at], str(row[at]).replace(".", ","), *row[at + 1 :]] for row in rows[1:]]
    text = "sep=;\r\n" + as_csv([rows[0], *decimal], delimiter=";")
    (folder / "replies.csv").write_bytes(text.encode("cp1252"))
    return _codebook(
        'name = "replies.csv"\nencodings = ["utf-8", "cp1252"]\n'
        'datetime_format = "%d/%m/%Y %H:%M:%S"'
    )


def write_unicode_text(replies: list[dict], folder: Path) -> str:
    """Write what Excel calls Unicode text: tabs and UTF-16 with a mark."""
    rows = _table(replies, _uk, _several)
    (folder / "replies.txt").write_bytes(as_csv(rows, delimiter="\t").encode("utf-16"))
    return _codebook('name = "replies.txt"\ndatetime_format = "%d/%m/%Y %H:%M:%S"')


def _forms(replies: list[dict], time: Callable) -> list[list]:
    rows = _table(replies, time, lambda codes: _several(codes, end=";"))
    header, *people = rows
    added = [[at, row[0], row[0], "anonymous", ""] for at, row in enumerate(people, start=1)]
    first = ["ID", "Start time", "Completion time", "Email", "Name"]
    return [
        [*first, *header[1:]],
        *([*add, *row[1:]] for add, row in zip(added, people, strict=True)),
    ]


def write_microsoft_forms(replies: list[dict], folder: Path) -> str:
    """Write a workbook of Microsoft Forms: times are times, several answers end in ";"."""
    _workbook(folder / "replies.xlsx", _forms(replies, lambda time: time))
    return _codebook('name = "replies.xlsx"\nformat = "microsoft_forms"')


def write_microsoft_forms_csv(replies: list[dict], folder: Path) -> str:
    """Write the text of Microsoft Forms."""
    (folder / "replies.csv").write_bytes(as_csv(_forms(replies, _uk)).encode("utf-8-sig"))
    return _codebook(
        'name = "replies.csv"\nformat = "microsoft_forms"\ndatetime_format = "%d/%m/%Y %H:%M:%S"'
    )


def write_google_forms(replies: list[dict], folder: Path) -> str:
    """Write Google Forms: the time first, with its hours from Greenwich."""

    def time(local: datetime) -> str:
        hours = local.replace(tzinfo=ZoneInfo("Europe/London")).utcoffset().seconds // 3600
        zone = f"GMT+{hours}" if hours else "GMT"
        return (
            f"{local:%Y/%m/%d} {int(local.strftime('%I'))}:{local:%M:%S} {local:%p} {zone}".replace(
                "AM", "am"
            ).replace("PM", "pm")
        )

    rows = _table(replies, time, _several)
    rows[0][0] = "Timestamp"
    (folder / "replies.csv").write_bytes(as_csv(rows, quoting=csv.QUOTE_ALL).encode())
    return _codebook(
        'name = "replies.csv"\nformat = "google_forms"\n'
        'datetime_format = "%Y/%m/%d %I:%M:%S %p %Z"',
        ASKED | {"submitted": "Timestamp"},
    )


def _ticked(replies: list[dict], time: Callable, tick: Callable) -> list[list]:
    """Lay the replies out with a column for each way of contact."""
    return [
        [
            time(each["submitted"]),
            *(tick(code, each["used"]) for code in USED),
            *list(each.values())[2:],
        ]
        for each in replies
    ]


def _own_text(code: str, codes: Sequence[str]) -> str:
    return USED[code] if code in codes else ""


def write_qualtrics(replies: list[dict], folder: Path, *, old: bool = False) -> str:
    """Write Qualtrics: codes, wording and ids of import above the replies; two rows of old."""
    codes = ["EndDate", *(f"Q1_{n}" for n in range(1, 5)), "Q2", "Q3", "Q4", "Q5", "Q6_TEXT"]
    said = list(ASKED.values())
    wording = [said[0], *(f"{said[1]} - {text}" for text in USED.values()), *said[2:]]
    head = [codes, wording, [f'{{"ImportId":"{code}"}}' for code in codes]]
    rows = _ticked(replies, lambda time: time.isoformat(sep=" "), _own_text)
    if old:
        head = [["V1", "V2", *codes], ["ResponseID", "ResponseSet", *wording]]
        rows = [[f"R_{at}", "Default", *row] for at, row in enumerate(rows)]
    (folder / "replies.csv").write_bytes(as_csv([*head, *rows]).encode("utf-8-sig"))
    columns = dict(zip(ASKED, ["EndDate", "", "Q2", "Q3", "Q4", "Q5", "Q6_TEXT"], strict=True))
    ticks = {code: f"Q1_{n}" for n, code in enumerate(USED, start=1)}
    return _codebook('name = "replies.csv"\nformat = "qualtrics"', columns, ticks)


def write_old_qualtrics(replies: list[dict], folder: Path) -> str:
    """Write Qualtrics as it was before 2017."""
    return write_qualtrics(replies, folder, old=True)


def _two_rows(replies: list[dict], time: Callable) -> list[list]:
    said = list(ASKED.values())
    above = [said[0], said[1], "", "", "", *said[2:]]
    below = ["", *USED.values(), *["Response"] * 4, "Open-Ended Response"]
    return [above, below, *_ticked(replies, time, _own_text)]


def write_surveymonkey(replies: list[dict], folder: Path, tool: str = "surveymonkey") -> str:
    """Write SurveyMonkey: the question, then its options below; times of the United States."""
    rows = _two_rows(replies, lambda time: time.strftime("%m/%d/%Y %I:%M:%S %p"))
    (folder / "replies.csv").write_bytes(as_csv(rows).encode("cp1252"))
    ticks = {code: f"{ASKED['used']} {text}" for code, text in USED.items()}
    return _codebook(
        f'name = "replies.csv"\nformat = "{tool}"\nencodings = ["utf-8", "cp1252"]\n'
        'datetime_format = "%m/%d/%Y %I:%M:%S %p"',
        ticks=ticks,
    )


def write_surveymonkey_xlsx(replies: list[dict], folder: Path) -> str:
    """Write SurveyMonkey's workbook."""
    _workbook(folder / "replies.xlsx", _two_rows(replies, lambda time: time))
    ticks = {code: f"{ASKED['used']} {text}" for code, text in USED.items()}
    return _codebook('name = "replies.xlsx"\nformat = "surveymonkey"', ticks=ticks)


def write_smartsurvey(replies: list[dict], folder: Path) -> str:
    """Write SmartSurvey with two header rows."""
    return write_surveymonkey(replies, folder, tool="smartsurvey")


def write_limesurvey(replies: list[dict], folder: Path) -> str:
    """Write LimeSurvey's full answers: options in brackets, Yes and No, everything quoted."""
    rows = _ticked(
        replies,
        lambda time: time.isoformat(sep=" "),
        lambda code, codes: ("Yes" if code in codes else "No") if codes else "N/A",
    )
    said = list(ASKED.values())
    header = ["Date submitted", *(f"{said[1]} [{text}]" for text in USED.values()), *said[2:]]
    numbered = [["Response ID", *header], *([n, *row] for n, row in enumerate(rows, start=1))]
    content = as_csv(numbered, quoting=csv.QUOTE_ALL).encode("utf-8-sig")
    (folder / "replies.csv").write_bytes(content)
    return _codebook(
        'name = "replies.csv"\nformat = "limesurvey"',
        ASKED | {"submitted": "Date submitted"},
        {code: f"{said[1]} [{text}]" for code, text in USED.items()},
        more='missing = { no_answer = ["N/A"] }',
    )


_CODES = {text: f"A{n}" for n, text in enumerate((*RATINGS, UNSURE, *AREAS), start=1)}


def write_limesurvey_codes(replies: list[dict], folder: Path) -> str:
    """Write LimeSurvey's codes: A1, A2 for answers, Y for what was ticked."""
    coded = [
        each | {role: _CODES.get(each[role], "") for role in ("satisfaction", "district")}
        for each in replies
    ]
    ticks = {code: f"used[{n}]" for n, code in enumerate(USED, start=1)}
    rows = _ticked(
        coded,
        lambda time: time.isoformat(sep=" "),
        lambda code, codes: "Y" if code in codes else "",
    )
    header = ["submitdate", *ticks.values(), *list(ASKED)[2:]]
    content = as_csv([["id", *header], *([n, *row] for n, row in enumerate(rows))])
    (folder / "replies.csv").write_bytes(content.encode("utf-8-sig"))
    columns = {role: role for role in ASKED} | {"submitted": "submitdate"}
    return _codebook('name = "replies.csv"\nformat = "limesurvey"', columns, ticks, _CODES)


def write_xlsx(replies: list[dict], folder: Path) -> str:
    """Write a workbook whose replies are on the second sheet."""
    path = folder / "replies.xlsx"
    _workbook(path, _table(replies, lambda time: time, _several))
    book = openpyxl.load_workbook(path)
    book.active.title = "Replies"
    book.create_sheet("About", 0).append(["Exported by hand"])
    book.save(path)
    return _codebook('name = "replies.xlsx"\nformat = "xlsx"\nsheet = "Replies"')


def write_spss(replies: list[dict], folder: Path) -> str:
    """Write SPSS: codes with value labels, a user-missing value, columns with variable labels."""
    numbers = {text: float(n) for n, text in enumerate((*RATINGS, UNSURE), start=1)}
    areas = {text: float(n) for n, text in enumerate(AREAS, start=1)}
    people = pd.DataFrame(
        {
            "submitted": [each["submitted"] for each in replies],
            **{
                f"used_{code}": [float(code in e["used"]) if e["used"] else None for e in replies]
                for code in USED
            },
            "satisfaction": [numbers.get(each["satisfaction"]) for each in replies],
            "district": [areas[each["district"]] for each in replies],
            "age": [each["age"] if each["age"] != "" else None for each in replies],
            "weight": [each["weight"] for each in replies],
            "change": [each["change"] for each in replies],
        }
    )
    selected = {0.0: "Not Selected", 1.0: "Selected"}
    pyreadstat.write_sav(
        people.astype({"age": float}),
        str(folder / "replies.sav"),
        column_labels={role: ASKED[role] for role in ("satisfaction", "district", "age")},
        variable_value_labels={f"used_{code}": selected for code in USED}
        | {
            "satisfaction": {n: text for text, n in numbers.items()},
            "district": {n: text for text, n in areas.items()},
        },
        missing_ranges={"satisfaction": [numbers[UNSURE]]},
    )
    columns = {role: role for role in ASKED}
    ticks = {code: f"used_{code}" for code in USED}
    return _codebook('name = "replies.sav"\nformat = "spss"', columns, ticks)


def write_parquet(replies: list[dict], folder: Path) -> str:
    """Write a table of typed columns, as pandas and R do."""
    header, *rows = _table(replies, lambda time: time, _several)
    people = pd.DataFrame(rows, columns=header)
    age = ASKED["age"]
    people[age] = pd.to_numeric(people[age])
    people.to_parquet(folder / "replies.parquet")
    return _codebook('name = "replies.parquet"\nformat = "parquet"')


TOOLS: dict[str, Callable[[list[dict], Path], str]] = {
    "csv": write_csv,
    "a folder": write_folder,
    "Excel, sep=;": write_excel_csv,
    "Excel, Unicode text": write_unicode_text,
    "Microsoft Forms, .xlsx": write_microsoft_forms,
    "Microsoft Forms, .csv": write_microsoft_forms_csv,
    "Google Forms": write_google_forms,
    "Qualtrics": write_qualtrics,
    "Qualtrics, old": write_old_qualtrics,
    "SurveyMonkey": write_surveymonkey,
    "SurveyMonkey, .xlsx": write_surveymonkey_xlsx,
    "SmartSurvey": write_smartsurvey,
    "LimeSurvey, full answers": write_limesurvey,
    "LimeSurvey, codes": write_limesurvey_codes,
    ".xlsx": write_xlsx,
    "SPSS": write_spss,
    "Parquet": write_parquet,
}

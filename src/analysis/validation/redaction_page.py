"""The page on how much of the personal details in open text redaction finds."""

from pathlib import Path

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis import files, paths
from analysis.report import percent
from analysis.validation import redaction

CSV, PAGE = "privacy-redaction.csv", "privacy-redaction.md"

PARTS = {
    "fourth": "It mended the last letters of postcodes (its own are none that a real one ends in), "
    "words of two letters with an ending, and any word after mr and mrs.",
    "third": 'It mended `(dot)` before a subdomain, "18 the avenue", and "born" after "my mum,".',
    "second": "It mended postcodes and telephone numbers parted by strokes, colons or underscores, "
    'handles with a hyphen, streets of one word and "p.c.".',
    "first": 'It mended names after "my son" and after verbs, flats with a street, plates in '
    "parts, handles that begin with an underscore.",
    "seen": "At hand while the rules were written.",
}

#: Details found, and details, of the parts that were held out, when each was first measured. The
#: measure then took names that recur in a part for ordinary words, in the first two of them.
FIRST = {
    "telephone": (171, 174), "email": (159, 162), "handle": (120, 129), "postcode": (135, 150),
    "plate": (135, 138), "reference": (150, 150), "date": (123, 123), "number": (81, 84),
    "street": (138, 150), "name_after_cue": (135, 161), "officer": (37, 39),
    "name_with_capital": (46, 52), "name_without_cue": (12, 34),
}  # fmt: skip

KINDS = {
    "telephone": "Telephone numbers, also spaced, spelt and with O for 0",
    "email": "Mail, also `(at)`, `dot` and spaces",
    "handle": "Names on social media",
    "postcode": "Postcodes, also split",
    "plate": "Number plates",
    "reference": "References of crimes, incidents and complaints",
    "date": "Days of birth, and whole dates",
    "number": "Numbers of national insurance and the health service",
    "street": "Houses and flats in streets",
    "name_after_cue": 'Names in small letters after "ask for", "mr", "my son" and such',
    "officer": "Officers with collar numbers",
    "name_with_capital": "Names with a capital",
    "name_without_cue": "Names in small letters without a cue",
    redaction.ORDINARY: "Ordinary answers, with traps",
    "all": "All together",
}

_INTRODUCTION = """# Redaction: how much of the personal details is found

Written by `python -m analysis themes --measure`; do not edit. Open answers are redacted before
their words are counted, and before two people code them by hand. Answers made up for this measure
(`tests/labelled_answers.toml`: {answers:,}, with {details:,} details marked) are redacted, and what
is left is compared with what was marked. **Recall** is the share of the details of which no letter
or figure is left but in words of the dictionary; **precision** the share of what was taken out that
is part of a detail. Figures other than public numbers (101, 999) become `#` wherever they stand;
that is not counted as taken out. 95% intervals are Wilson's. Each detail stands in three sentences
and many are alike, so the intervals are too short, and one author wrote rules and answers: real
answers will have forms that none of them thought of. `privacy-redaction.csv` has the numbers.
"""

_FIRST_MEASURED = """## As first measured: what to expect of new answers

Four parts were held out: written after the rules, one after the other, and measured before
anything was changed; then each mended some rules, and the next was written. These are all four
together when each was first measured. Of 360 ordinary answers two had a word taken out.

{table}

The tables below are of the rules as they are now, which have seen all parts: they hold the rules
in place, and flatter them.
"""

_LIMITS = """## What is not found

- **A name in small letters** that no cue stands before and that is not among some 900 common names:
  "zbigniew sells it". A nickname ("big vern"), and a name after words that are no cue ("get
  thandeka to ring", "i am ...", "this is ...", "from ...") unless it is in the list.
- A name that is an ordinary word too ("mark", "grace", "may", "green") without a cue; with a
  capital inside a sentence given names are found, surnames and months are not.
- Unknown words with a capital are taken for names: brands, foreign towns, slips of spelling at
  the start of a sentence. Towns in and near Hertfordshire stay, unless a title stands before
  them; most others become `[name]`. `src/analysis/privacy/names.txt` has both lists.
- Streets without a number stay if they are made of ordinary words ("live on station road"), and
  so do names of houses ("rose cottage"). First halves of postcodes keep their letters.
- References of letters alone, and numbers in words shorter than seven figures.
- What tells a person without a name: "the only chemist in our village". So a redacted answer is
  still not to be published.

## Groups of words

Notebook 07 prints groups of one to three words of answers without a theme. Answers are redacted
first. A group is printed if at least the disclosure threshold of people used it, counted once each
however often they replied, and rounded; and if each word of it

- is in the project's dictionary of ordinary words (`ordinary_words.txt`) or in the codebook, and in
  no list of names, or
- is used by at least **twice** the threshold of people, is in no list of names, and is taken out of
  no answer to the question as a name, handle or anything else. Nonsense and nicknames that ten
  people share are not printed; from twice as many on a word that all write in small letters, and
  nobody after a cue, cannot be told from one that the dictionary lacks, and is printed.

A word is what is written together: "she'll" is not counted as "shell", nor "zorblax99",
"@zorblax" or "zorblax-like" as "zorblax".

## Characters that cannot be seen

Control and format characters (overrides and isolates of direction, marks, zero widths, the byte
order mark, soft hyphens) are dropped by `files/_visible.py`, which the codebook's reader, the
comparison of texts, tables as shown, and every cell of a CSV file or spreadsheet use.
"""


def write_redaction() -> Path:
    """Measure redaction, and write docs/privacy-redaction.csv and docs/privacy-redaction.md.

    Returns
    -------
    pathlib.Path
        The page.
    """
    table = redaction.measure(redaction.read_labelled())[redaction.COLUMNS]
    files.write_csv(table, paths.DOCS / CSV, synthetic=True)
    page = paths.DOCS / PAGE
    files.replace_text(page, to_page(pd.read_csv(paths.DOCS / CSV)))
    return page


def to_page(table: pd.DataFrame) -> str:
    """Write the page about a table of recall and precision.

    Parameters
    ----------
    table : pandas.DataFrame
        As in docs/privacy-redaction.csv.

    Returns
    -------
    str
        Markdown.
    """
    every = table[table["kind"] == "all"]
    counts = {"answers": every["n_answers"].sum(), "details": every["n_details"].sum()}
    parts = [_INTRODUCTION.format(**counts), _FIRST_MEASURED.format(table=_first_lines())]
    for name, said in PARTS.items():
        rows = table[table["answers"] == name].set_index("kind")
        heading = name.replace("_", " ").capitalize()
        parts.append(f"## {heading}\n\n{said}\n\n{_lines(rows)}")
    return "\n".join([*parts, _LIMITS])


def _first_lines() -> str:
    lines = ["| kind | details | recall |", "| --- | --- | --- |"]
    for kind, (found, n) in FIRST.items():
        low, high = proportion_confint(found, n, method="wilson")
        shown = f"{percent(found / n)} ({percent(low)} to {percent(high)})"
        lines.append(f"| {KINDS[kind]} | {n} | {shown} |")
    return "\n".join(lines)


def _lines(rows: pd.DataFrame) -> str:
    lines = [
        "| kind | details | recall | taken out | precision |",
        "| --- | --- | --- | --- | --- |",
    ]
    for kind, label in KINDS.items():
        row = rows.loc[kind]
        shares = [_share(row, name) for name in ("recall", "precision")]
        lines.append(
            f"| {label} | {row['n_details']:.0f} | {shares[0]} | {row['n_taken_out']:.0f} | "
            f"{shares[1]} |"
        )
    ordinary = rows.loc[redaction.ORDINARY]
    return "\n".join(
        [*lines, "", f"Of {ordinary['n_answers']:.0f} ordinary answers {ordinary['n_clean']:.0f} "
         "stay as they are.", ""]
    )  # fmt: skip


def _share(row: pd.Series, name: str) -> str:
    if pd.isna(row[name]):
        return "none"
    low, high = percent(row[f"{name}_low"]), percent(row[f"{name}_high"])
    return f"{percent(row[name])} ({low} to {high})"

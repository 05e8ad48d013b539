"""The page on how well the rules find themes that are known."""

from pathlib import Path

import pandas as pd

from analysis import files, paths, survey
from analysis.report import percent
from analysis.themes import known_truth

#: Seeds that made none of the answers which the rules were written with.
SEEDS = (41, 42, 43, 44, 45)

#: Sentences for the same themes by somebody who did not know the rules.
HELD_OUT = paths.ROOT / "tests" / "held_out_phrases.toml"

SETS = {
    "new people": "Answers of people whom the generator makes from other seeds: its own sentences, "
    "which the rules were written with, in other combinations, with other slips of spelling.",
    "other sentences": "The same people, writing sentences that somebody else wrote for the same "
    "themes, and that neither the rules nor their author had seen. This is the measure that "
    "counts. It is a third set: the rules were mended by two earlier ones, of other authors. It "
    "was measured twice. Between, general phrases on meeting an officer were made to count only "
    "where no theme is found otherwise, without a look at the sentences; before, that theme's "
    "precision was 80%.",
}

_INTRODUCTION = """# Themes: how well the rules find them

Written by `python -m analysis themes --measure`; do not edit. Open answers are coded by the phrases
of the codebook (`docs/codebook.md`). Synthetic answers are made from themes, so what is right is
known. Precision is the share of the answers coded with a theme that are about it; recall the share
of the answers about it that are coded; F1 their harmonic mean. 95% intervals are Wilson's (of F1
through the share found and true of found or true); answers of one sentence are alike, so they are
too short. How well the rules do on real answers is open until two people have coded a sample of
them: `python -m analysis themes --sample 100`, then `--read`.
"""


def write_themes() -> Path:
    """Measure the rules of the default survey, and write docs/themes.csv and docs/themes.md.

    Returns
    -------
    pathlib.Path
        The page.
    """
    codebook = survey.load(survey.DEFAULT).codebook
    parts = [known_truth.measure(codebook, seeds=SEEDS).assign(answers="new people")]
    if HELD_OUT.is_file():
        phrases = known_truth.read_phrases(HELD_OUT)
        found = known_truth.measure(codebook, seeds=SEEDS, phrases=phrases)
        parts.append(found.assign(answers="other sentences"))
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[["answers", *frame.columns.drop("answers")]]
    files.write_csv(frame, paths.DOCS / "themes.csv", synthetic=True)
    page = paths.DOCS / "themes.md"
    files.replace_text(page, to_page(pd.read_csv(paths.DOCS / "themes.csv")))
    return page


def to_page(frame: pd.DataFrame) -> str:
    """Write the page about a table of agreement.

    Parameters
    ----------
    frame : pandas.DataFrame
        As in docs/themes.csv.

    Returns
    -------
    str
        Markdown.
    """
    codebook, parts = survey.load(survey.DEFAULT).codebook, [_INTRODUCTION]
    for answers, rows in frame.groupby("answers", sort=False):
        parts.append(f"## {answers.capitalize()}\n\n{SETS[answers]} {_least(rows)}\n")
        for role in (known_truth.BOTH, *known_truth.ROLES):
            mine = rows[rows["role"] == role]
            asked = "Both questions together:"
            if role != known_truth.BOTH:
                asked = f'"{codebook.question(role).wording}"'
            parts.append(f"{asked} {int(mine['n'].iloc[0]):,} answers.\n")
            parts.append(_table(mine))
    return "\n".join(parts)


def _least(rows: pd.DataFrame) -> str:
    """Say the lowest precision and recall of a theme, and what falls below 85%."""
    whole = rows[rows["role"] == known_truth.BOTH]
    low = [
        f"{measure} {percent(row[measure])} ({row['level'].lower()})"
        for measure in ("precision", "recall")
        for _, row in whole.loc[[whole[measure].idxmin()]].iterrows()
    ]
    return (
        f"The lowest of a theme, both questions together: {' and '.join(low)}. {_below(whole)} "
        f"Of one question alone: {_below(rows[rows['role'] != known_truth.BOTH])}"
    )


def _below(rows: pd.DataFrame) -> str:
    """Name what is below 85% in precision or recall."""
    few = rows[(rows["precision"] < 0.85) | (rows["recall"] < 0.85)]
    named = [
        row["level"] + (f" ({row['role']})" if row["role"] != known_truth.BOTH else "")
        for _, row in few.iterrows()
    ]
    return f"Below 85% in one of them: {', '.join(named)}." if named else "None is below 85%."


def _table(rows: pd.DataFrame) -> str:
    lines = [
        "| theme | true | found | precision | recall | F1 |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for _, row in rows.iterrows():
        cells = [
            f"{percent(row[name], 1)} ({percent(row[f'{name}_low'])} to "
            f"{percent(row[f'{name}_high'])})"
            for name in ("precision", "recall", "f1")
        ]
        counts = f"{int(row['n_true']):,} | {int(row['n_found']):,}"
        lines.append(f"| {row['level']} | {counts} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"

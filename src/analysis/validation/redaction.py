"""How much of the personal details in made-up answers redaction finds, kind by kind."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis import paths, privacy
from analysis.survey.wording import tidy

#: Made-up answers with their details marked.
LABELLED = paths.ROOT / "tests" / "labelled_answers.toml"

#: Answers without a detail.
ORDINARY = "ordinary"

#: In how many sentences each detail stands.
TIMES = 3

#: Numbers that anybody may ring.
PUBLIC = frozenset(("101", "999", "111"))

#: What redaction calls a kind of detail, where the words differ.
KINDS = {
    "email": "address", "name_after_cue": "name", "officer": "name", "name_with_capital": "name",
    "name_without_cue": "name",
}  # fmt: skip

COLUMNS = [
    "answers", "kind", "recall", "recall_low", "recall_high", "n_details", "precision",
    "precision_low", "precision_high", "n_taken_out", "n_clean", "n_answers",
]  # fmt: skip

_MARKED = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """An answer, the part of the set it is of, its kind, and where its details stand."""

    part: str
    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]


def read_labelled(path: Path = LABELLED) -> list[Labelled]:
    """Read answers with their details marked.

    Parameters
    ----------
    path : pathlib.Path
        A table of parts, of kinds, of `sentences` and `details`: each detail stands in three of
        the sentences, or is an answer itself with its details in braces.

    Returns
    -------
    list of Labelled
        In the order of the file.

    Raises
    ------
    ValueError
        If an answer is not tidy, or stands twice in a part.
    """
    rows = []
    for part, kinds in tomllib.loads(path.read_text("utf-8")).items():
        for kind, table in kinds.items():
            for number, detail in enumerate(table["details"]):
                for marked in _sentences(table["sentences"], detail, number):
                    rows.append(_labelled(part, kind, marked))
    twice = pd.Series([(row.part, row.text) for row in rows])
    if twice.duplicated().any():
        raise ValueError(f"{twice[twice.duplicated()].iloc[0]} is there twice; take one out")
    return rows


def _sentences(sentences: list[str], detail: str, number: int) -> list[str]:
    if not sentences:
        return [detail]
    chosen = {(number * TIMES + turn) % len(sentences) for turn in range(TIMES)}
    marked = detail if "{" in detail else f"{{{detail}}}"
    return [sentences[at].replace("{}", marked) for at in sorted(chosen)]


def _labelled(part: str, kind: str, marked: str) -> Labelled:
    spans, text, end = [], "", 0
    for found in () if kind == ORDINARY else _MARKED.finditer(marked):
        text += marked[end : found.start()]
        spans.append((len(text), len(text) + len(found[1])))
        text += found[1]
        end = found.end()
    text += marked[end:]
    if tidy(text) != text:
        raise ValueError(f"{text!r} is not tidy; write it as it is compared")
    return Labelled(part=part, kind=kind, text=text, spans=tuple(spans))


def measure(answers: list[Labelled]) -> pd.DataFrame:
    """Measure recall and precision of redaction.

    Parameters
    ----------
    answers : list of Labelled
        As `read_labelled` returns them.

    Returns
    -------
    pandas.DataFrame
        A row a part and kind of answer: `recall` is the share of its details of which nothing is
        left but words of the dictionary; `precision` the share of what was taken out of its
        answers, but for figures, that is part of a detail; Wilson's 95% intervals. Of answers
        without a detail, and of all together (`all`), there are no details or no one kind.

    Notes
    -----
    Answers made of one detail or one sentence are alike, so that the intervals are too short.
    """
    ordinary = privacy.ordinary_words(each.text for each in answers if each.kind == ORDINARY)
    rows = []
    for each in answers:
        found = privacy.find_details(each.text, ordinary=ordinary, numbers=PUBLIC)
        taken = [one for one in found if one.kind != "figure"]
        rows.append(
            {"answers": each.part, "kind": each.kind, "n_details": len(each.spans),
             "n_found": sum(_is_gone(each.text, span, found) for span in each.spans),
             "n_taken_out": len(taken), "n_true": sum(_is_true(one, each.spans) for one in taken),
             "n_clean": not taken, "n_answers": 1}
        )  # fmt: skip
    table = pd.DataFrame(rows)
    sums = table.groupby(["answers", "kind"], sort=False).sum().reset_index()
    every = table.drop(columns="kind").groupby("answers", sort=False).sum().reset_index()
    sums = pd.concat([sums, every.assign(kind="all")], ignore_index=True)
    sums = sums.join(_shares(sums, "recall", "n_found", "n_details"))
    return sums.join(_shares(sums, "precision", "n_true", "n_taken_out"))


def _is_gone(text: str, span: tuple[int, int], found: list[privacy.Detail]) -> bool:
    """Tell whether no letter or figure of a detail is left but in words of the dictionary."""
    left = [text[at] for at in range(*span)]
    for each in found:
        for at in range(max(each.start, span[0]), min(each.end, span[1])):
            left[at - span[0]] = " "
    words = re.findall(r"\w+", "".join(left).casefold())
    touched = any(each.start < span[1] and each.end > span[0] for each in found)
    return touched and all(privacy.is_ordinary(word) and not word.isdigit() for word in words)


def _is_true(one: privacy.Detail, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(one.start < end and one.end > start for start, end in spans)


def _shares(table: pd.DataFrame, name: str, yes: str, n: str) -> pd.DataFrame:
    some = table[table[n] > 0]
    low, high = proportion_confint(some[yes], some[n], method="wilson")
    shares = {name: some[yes] / some[n], f"{name}_low": low, f"{name}_high": high}
    return pd.DataFrame(shares, index=some.index).reindex(table.index)

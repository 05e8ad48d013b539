"""Plant marks of persons in a copy of a survey's replies, and look for them in all that is written.

What is planted is unique and made up. A mark that is found has come through whatever should have
kept it back, at a place that is known.
"""

import json
import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import paths
from analysis.attack.planted_marks import KINDS, MOST, Inventor, Mark
from analysis.attack.planted_places import places
from analysis.attack.planted_search import search
from analysis.errors import SurveyError
from analysis.survey import DEFAULT, Survey
from analysis.survey.codebook import Codebook
from analysis.survey.raw_places import inside

#: One person in so many writes what up to eight others write, too; one in so many chooses "Other".
_SHARED, _OTHER = 7, 4


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A copy of a survey with marks in it: the folder of surveys, its name there, and the marks."""

    surveys: Path
    name: str
    marks: Sequence[Mark]
    replies: int


def plant(
    survey: Survey, folder: Path, *, persons: int = 300, seed: int = 1, replies: int | None = None
) -> Planted:
    """Write a copy of a survey in which persons have left what tells who they are.

    Parameters
    ----------
    survey : Survey
        The survey; its files are read.
    folder : pathlib.Path
        An empty folder, for the copy.
    persons : int
        How many replies get marks: one in each place where text can stand.
    seed : int
        Of who they are, and of the marks.
    replies : int, optional
        How many replies are drawn; all by default.

    Returns
    -------
    Planted
        The copy has the survey's codebook, but for its name and its `[file]`. The default survey
        lies beside it: what is simulated for the next survey is read there.

    Raises
    ------
    SurveyError
        If there are too many persons, or too few replies, or raw file or codebook are wrong.
    """
    if not 1 <= persons <= MOST:
        raise SurveyError(f"{persons} persons cannot be planted; plant 1 to {MOST:,}")
    rng = np.random.default_rng(seed)
    raw = survey.read_raw().drop(columns="raw_row").astype(object)
    if replies is not None:
        if not 1 <= replies <= len(raw):
            raise SurveyError(f"{replies} replies cannot be drawn; there are {len(raw):,}")
        raw = raw.iloc[np.sort(rng.permutation(len(raw))[:replies])].reset_index(drop=True)
    inventor = Inventor(seed)
    marks = _in_cells(raw, survey.codebook, inventor, persons, rng)
    headed = [inventor.mark(kind, "the header of a column") for kind in KINDS]
    raw = raw.assign(**{f"For {mark.text}": mark.core for mark in headed})
    named = [inventor.mark("name", "the name of a raw file") for _ in range(2)]
    name = f"{survey.name}_planted"
    _write(survey, raw, folder / name, [mark.core for mark in named])
    if (paths.RAW / DEFAULT).is_dir():
        shutil.copytree(paths.RAW / DEFAULT, folder / DEFAULT)
    marks += [*headed, *named]
    return Planted(surveys=folder, name=name, marks=marks, replies=len(raw))


def _in_cells(
    raw: pd.DataFrame,
    codebook: Codebook,
    inventor: Inventor,
    persons: int,
    rng: np.random.Generator,
) -> list[Mark]:
    """Write marks into the cells of some replies, and return those written."""
    every = list(places(raw, codebook))
    kinds, marks, taken = list(KINDS), [], set()
    for person, row in enumerate(np.resize(rng.permutation(len(raw)), persons)):
        for at, place in enumerate(every):
            mark = inventor.mark(kinds[(person + at) % len(kinds)], place.name)
            others = place.shared and person % _SHARED == at % _SHARED
            alike = rng.choice(len(raw), size=int(rng.integers(1, 9)) if others else 0)
            if "Other" in place.name and person % _OTHER != at % _OTHER and not others:
                continue
            written = False
            for each in dict.fromkeys([int(row), *map(int, alike)]):
                cell = place.write(str(raw.loc[each, place.column]), mark.text)
                where = (each, place.column)
                if cell is not None and (place.adds or where not in taken):
                    raw.loc[where], written = cell, True
                    taken.add(where)
            marks += [mark] * written
    return marks


def _write(survey: Survey, raw: pd.DataFrame, folder: Path, names: Sequence[str]) -> None:
    """Write the replies as a folder of files, and the codebook and the population beside it."""
    folder.mkdir(parents=True)
    (folder / "replies").mkdir()
    halves = np.array_split(np.arange(len(raw)), len(names))
    for name, rows in zip(names, halves, strict=True):
        raw.iloc[rows].to_csv(folder / "replies" / f"{name}.csv", index=False)
    origin = paths.RAW / survey.name
    text = (origin / "codebook.toml").read_text(encoding="utf-8-sig")
    (folder / "codebook.toml").write_text(_with_file(text, survey, folder.name), encoding="utf-8")
    if survey.codebook.population_counts is not None:
        counts = inside(origin / survey.codebook.population_counts.file, origin)
        target = folder / counts.relative_to(origin)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(counts, target)


def _with_file(text: str, survey: Survey, name: str) -> str:
    """Let a codebook name the copy and its files, and say nothing else than it said."""
    file = survey.codebook.file
    told = {
        "name": "replies",
        "encodings": ["utf-8"],
        "datetime_format": file.datetime_format,
        "decimal_comma": file.decimal_comma,
        "ignored_columns": list(file.ignored_columns),
        "ignore_other_columns": True,
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in told.items()]
    before, _, rest = text.partition("\n[file]")
    below = re.search(r"^\[", rest, flags=re.M)
    own = "\n".join(["", "[file]", *lines, "", ""])
    made = before + own + (rest[below.start() :] if below else "")
    made = re.sub(
        rf'^id\s*=\s*["\']{survey.name}["\']', f'id = "{name}"', made, count=1, flags=re.M
    )
    old, new = tomllib.loads(text), tomllib.loads(made)
    kept = {"file": 0, "survey": {**old["survey"], "id": name}}
    if {**old, **kept} != {**new, "file": 0}:
        raise SurveyError(
            f"the codebook of {survey.name} cannot be copied with another [file]; write [survey] "
            "and [file] as tables of their own, a line a key below their headings"
        )
    return made


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the attack found: a row a file and mark, and how many files were searched."""

    planted: Planted
    found: Sequence[tuple[str, Mark]]
    files: int

    def lines(self) -> list[str]:
        """Say it in lines: one a kind, and one for each place where something was found."""
        sown = Counter(mark.kind for mark in self.planted.marks)
        reaped = Counter(mark.kind for mark in {mark: 0 for _, mark in self.found})
        told = [f"{kind}: {sown[kind]:,} planted, {reaped[kind]:,} found" for kind in KINDS]
        told += [
            f"found in {file}: {mark.kind} {mark.core!r}, planted in {mark.place}"
            for file, mark in self.found
        ]
        every = len({mark: 0 for _, mark in self.found})
        return [
            *told,
            f"{len(self.planted.marks):,} marks in {self.planted.replies:,} replies, {every:,} "
            f"found in {self.files:,} files",
        ]


def attack(
    survey: Survey,
    folder: Path,
    *,
    report: Callable[[str, Path, Path], None],
    persons: int = 300,
    seed: int = 1,
    replies: int | None = None,
    progress: bool = False,
) -> Outcome:
    """Plant persons, run the whole report, and search every file that it writes.

    Parameters
    ----------
    survey : Survey
        The survey.
    folder : pathlib.Path
        An empty folder, for the copy and the report.
    report : callable
        Runs the report of the copy: takes its name, the folder of surveys, and where to write.
    persons, seed, replies
        As for `plant`.
    progress : bool
        Whether a bar shows how much is left to search.

    Returns
    -------
    Outcome
        What was planted, and what was found of it.

    Raises
    ------
    SurveyError
        As `plant` does, or if the report wrote nothing.
    """
    made = plant(survey, folder / "surveys", persons=persons, seed=seed, replies=replies)
    out = folder / "out"
    report(made.name, made.surveys, out)
    files = sum(path.is_file() for path in out.rglob("*")) if out.is_dir() else 0
    if not files:
        raise SurveyError(f"the report of the copy of {survey.name} wrote no file to be searched")
    return Outcome(planted=made, found=search(out, made.marks, progress=progress), files=files)

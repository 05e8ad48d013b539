"""The same report by each method of keeping small counts: what becomes of headlines and tables."""

import math
import re
import shutil
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.attack.published import tables_of
from analysis.errors import SurveyError
from analysis.privacy import HIDDEN, Rule, rule_of
from analysis.survey import DEFAULT, Survey
from analysis.survey.codebook import METHODS
from analysis.survey.raw_places import inside

#: Counts of people told as a range, in a table.
_RANGE = re.compile(r"(?:under|fewer than) \d[\d,]*|\d[\d,]* to \d[\d,]*")


@dataclass(frozen=True, kw_only=True)
class Made:
    """A report by one method: its headlines, how many cells it has, and what the attack says.

    `cells` is how many cells its tables have, `hidden` and `ranges` how many of them are hidden and
    told as ranges of people; `book` and `book_hidden` the same of the banner book.
    """

    method: str
    headlines: pd.DataFrame
    cells: int
    hidden: int
    ranges: int
    book: int
    book_hidden: int
    attacked: str

    def line(self) -> str:
        """Say what the method costs, and what can be worked out."""
        book = f"; of {self.book:,} rows of the banner book {self.book_hidden:,}" * bool(self.book)
        return (
            f"{self.method}: of {self.cells:,} cells of tables {self.hidden:,} are hidden and "
            f"{self.ranges:,} ranges of people{book} are hidden. {self.attacked}"
        )


def write_copy(survey: Survey, method: str, folder: Path) -> None:
    """Write a survey's codebook with another method, and its population, to another folder.

    Parameters
    ----------
    survey : Survey
        The survey; its raw files stay where they are.
    method : str
        One of `codebook.METHODS`.
    folder : pathlib.Path
        A new folder of surveys. The default survey lies beside it: what is simulated for the next
        survey is read there.

    Raises
    ------
    SurveyError
        If the codebook's text cannot be changed so that only the method is another.
    """
    origin, target = paths.RAW / survey.name, folder / survey.name
    target.mkdir(parents=True)
    text = (origin / "codebook.toml").read_text(encoding="utf-8-sig")
    made = _with_method(text, method, survey.name)
    (target / "codebook.toml").write_text(made, encoding="utf-8")
    if survey.codebook.population_counts is not None:
        counts = inside(origin / survey.codebook.population_counts.file, origin)
        place = target / counts.relative_to(origin)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(counts, place)
    if survey.name == DEFAULT:
        shutil.copyfile(origin / "simulation.toml", target / "simulation.toml")
    elif (paths.RAW / DEFAULT).is_dir():
        shutil.copytree(paths.RAW / DEFAULT, folder / DEFAULT)


def _with_method(text: str, method: str, name: str) -> str:
    """Let the text of a codebook name a method, and say nothing else than it said."""
    without = re.sub(r"^disclosure_method\s*=.*\n", "", text, flags=re.M)
    made = re.sub(
        r"^\[survey\][ \t]*(#.*)?$", f'[survey]\ndisclosure_method = "{method}"', without,
        count=1, flags=re.M,
    )  # fmt: skip
    old, new = tomllib.loads(text), tomllib.loads(made)
    if new != {**old, "survey": {**old["survey"], "disclosure_method": method}}:
        raise SurveyError(
            f"the codebook of {name} cannot be copied with another disclosure_method; write "
            "[survey] as a table of its own, a line a key below its heading"
        )
    return made


def compare(
    survey: Survey, folder: Path, *, report: Callable[[str, Path, Path], str]
) -> list[Made]:
    """Make the report of a survey by each method.

    Parameters
    ----------
    survey : Survey
        The survey.
    folder : pathlib.Path
        An empty folder, for copies and reports.
    report : callable
        Makes the report of a copy and attacks it: takes its name, the folder of surveys, and where
        to write; returns what the attack says.

    Returns
    -------
    list of Made
        In the order of `codebook.METHODS`.

    Raises
    ------
    SurveyError
        As `write_copy` does, or if a report stops.
    """
    found = []
    for method in METHODS:
        surveys, out = folder / method / "surveys", folder / method / "out"
        write_copy(survey, method, surveys)
        attacked = report(survey.name, surveys, out)
        found.append(_read(method, out / "reports" / survey.name, attacked))
    return found


def _read(method: str, pages: Path, attacked: str) -> Made:
    """Read what a report tells, and count what it does not."""
    cells = [cell for table in tables_of(pages) for row in table.rows for cell in row]
    book = pd.DataFrame({"people": []})
    if (pages / "banner.csv").is_file():
        book = pd.read_csv(pages / "banner.csv", usecols=["people"])
    return Made(
        method=method,
        headlines=pd.read_csv(pages / "headlines.csv", dtype={"sentence": "str"}),
        cells=len(cells),
        hidden=sum(HIDDEN in cell for cell in cells),
        ranges=sum(_RANGE.fullmatch(cell) is not None for cell in cells),
        book=len(book),
        book_hidden=int(book["people"].isna().sum()),
        attacked=attacked,
    )


def effects(made: Sequence[Made], *, rule: Rule) -> pd.DataFrame:
    """Set each headline by one method beside the same by another.

    Parameters
    ----------
    made : sequence of Made
        Two, as `compare` returns them.
    rule : Rule
        What counts are rounded to.

    Returns
    -------
    pandas.DataFrame
        A row a headline: `finding`, its numbers by each method as text, whether the sentence is
        the `same`, the half `width` of its interval and what rounding its `own` counts would add,
        both in points and NaN where it is no share.

    Notes
    -----
    Rounded at random to a multiple of t, a count errs by t / 2 at most, as a root mean square. To
    the first order a share p of n people then errs by t / 2 times the square root of 1 + p^2, over
    n, by the delta method.
    """
    one, two = (each.headlines.set_index("finding") for each in made)
    rows = []
    for finding in one.index.union(two.index, sort=False):
        told = [each.loc[finding] if finding in each.index else None for each in (one, two)]
        row = next(each for each in told if each is not None)
        both = all(each is not None for each in told)
        rows.append(
            {
                "finding": finding,
                **{each.method: _said(of) for each, of in zip(made, told, strict=True)},
                "same": both and told[0]["sentence"] == told[1]["sentence"],
                "width": _points(row, (row["conf_high"] - row["conf_low"]) / 2),
                "own": _points(row, _own(row, rule)),
            }
        )
    return pd.DataFrame(rows)


def _said(row: pd.Series | None) -> str:
    """Write the numbers of a headline."""
    if row is None:
        return "no such headline"
    estimate, low, high = (
        "" if pd.isna(row[each]) else f"{row[each]:.3g}"
        for each in ("estimate", "conf_low", "conf_high")
    )
    return f"{estimate} ({low} to {high})".strip() if low else estimate


def _points(row: pd.Series, value: float) -> float:
    return 100 * value if row["unit"] == "share" else math.nan


def _own(row: pd.Series, rule: Rule) -> float:
    """Return how far a share would err, were its own counts rounded."""
    middle = row["estimate"] if pd.notna(row["estimate"]) else row[["conf_low", "conf_high"]].mean()
    return rule.people() / 2 * math.sqrt(1 + float(middle) ** 2) / float(row["n"])


def lines(survey: Survey, made: Sequence[Made]) -> list[str]:
    """Say what each method does to the headlines, and what it costs.

    Parameters
    ----------
    survey : Survey
        The survey.
    made : sequence of Made
        As `compare` returns them.

    Returns
    -------
    list of str
        A line a headline, then one a method.
    """
    found = effects(made, rule=rule_of(survey.codebook))
    first, second = (each.method for each in made)
    told = []
    for row in found.to_dict("records"):
        other = "the same" if row["same"] else f"{row[second]}, in other words"
        if not row["same"] and row[first] == row[second]:
            other = "the same numbers in other words"
        own = (
            f"; rounding its own counts would add {row['own']:.1f} points to ±{row['width']:.1f}"
            if pd.notna(row["own"]) and pd.notna(row["width"])
            else ""
        )
        told.append(f"{row['finding']}: {row[first]} by {first}, by {second} {other}{own}")
    same = int(found["same"].sum())
    return [
        *told,
        *(each.line() for each in made),
        f"{same} of {len(found)} headlines are the same by both methods. Publish the report of one "
        "of them: two together tell more than each.",
    ]

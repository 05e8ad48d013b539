"""What is published, as whoever downloads it has it: tables, and what their cells say."""

import html
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from statsmodels.stats.proportion import proportion_confint

from analysis.privacy import Rule, behind_cell, behind_rounded

_TABLE = re.compile(r"<table.*?</table>(?:\s*<p class=\"note\">(?P<note>.*?)</p>)?", re.S)
_CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.S)
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.S)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.S)
_COUNT = re.compile(r"(\d[\d,]*)")
_SPAN = re.compile(r"(\d[\d,]*) to (\d[\d,]*)")
_UNDER = re.compile(r"(?:under|fewer than) (\d[\d,]*)")
_SHARE = re.compile(r"(\d+(?:\.(\d+))?)%")
_SHARES = re.compile(r"(\d+(?:\.(\d+))?)% to (\d+(?:\.\d+)?)%")
_SHARE_UNDER = re.compile(r"under (\d+(?:\.(\d+))?)%")

_STEP = re.compile(r"Shares and their intervals in steps of (two|five)")

#: The fewest and the most people that a cell may stand for.
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of a page: where it stands, its caption, its headings, its rows as text, its note."""

    notebook: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str

    @property
    def source(self) -> str:
        """Where it stands, in words."""
        return f"{self.notebook}, {self.caption}"

    @property
    def step(self) -> float:
        """What the note says that shares and intervals are rounded to; 0 where it does not."""
        found = _STEP.search(self.note)
        return {"two": 0.02, "five": 0.05}[found[1]] if found else 0.0

    @cached_property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """Heading -> cells, in the order of the rows; the last of two that are called alike.

        A column that the table has not says nothing: its cells are empty.
        """
        found = defaultdict(lambda: ("",) * len(self.rows))
        found |= {name: tuple(row[at] for row in self.rows) for at, name in enumerate(self.heads)}
        return found


@dataclass(frozen=True, kw_only=True)
class Text:
    """Sentences of a page, or the text that stands for a figure where it cannot be seen."""

    notebook: str
    text: str


def texts_of(folder: Path) -> list[Text]:
    """Read what executed notebooks say besides tables: sentences, and figures in words.

    Parameters
    ----------
    folder : pathlib.Path
        Has `NN_name.ipynb`.

    Returns
    -------
    list of Text
        In the order of notebooks and cells; a figure's from its metadata.
    """
    found = []
    for notebook, output in _outputs(folder):
        about, marked = output.get("metadata", {}).values(), _shown(output, "text/html")
        said = [each["alt"] for each in about if isinstance(each, dict) and "alt" in each]
        said += [_shown(output, "text/markdown")]
        said += [_plain(marked)] if "<table" not in marked else []
        found += [Text(notebook=notebook, text=each) for each in dict.fromkeys(said) if each]
    return found


def tables_of(folder: Path) -> list[Table]:
    """Read all tables of the executed notebooks in a folder.

    Parameters
    ----------
    folder : pathlib.Path
        Has `NN_name.ipynb`.

    Returns
    -------
    list of Table
        In the order of notebooks and cells.
    """
    found = []
    for notebook, output in _outputs(folder):
        text = _shown(output, "text/html")
        found += _tables(text, notebook) if "<table" in text else []
    return found


def _outputs(folder: Path) -> Iterator[tuple[str, dict]]:
    """Give the outputs of executed notebooks in order, each with the name of its notebook."""
    for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")):
        book = json.loads(path.read_text(encoding="utf-8"))
        for cell in book["cells"]:
            for output in cell.get("outputs", []):
                yield path.stem, output


def _shown(output: dict, kind: str) -> str:
    return "".join(output.get("data", {}).get(kind, ""))


def _tables(text: str, notebook: str) -> Iterator[Table]:
    for match in _TABLE.finditer(text):
        lines = [tuple(map(_plain, _CELL.findall(row))) for row in _ROW.findall(match.group())]
        caption = _CAPTION.search(match.group())
        yield Table(
            notebook=notebook,
            caption=_plain(caption.group(1)) if caption else "",
            heads=lines[0],
            rows=tuple(lines[1:]),
            note=_plain(match["note"] or ""),
        )


def _plain(text: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", text)).strip()


def count_of(text: str, *, rule: Rule | None = None, crossed: bool = False) -> Span | None:
    """Return how many people a cell may stand for.

    Parameters
    ----------
    text : str
        Such as "250", "under 10", "10 to 29" or a mark.
    rule : Rule, optional
        What counts are rounded by; none for exact ones.
    crossed : bool
        Whether it is a cell of a table of two answers, which may be rounded at random.

    Returns
    -------
    tuple of int or None
        The fewest and the most; None if the cell says nothing.

    Examples
    --------
    >>> count_of("1,072"), count_of("250", rule=Rule(10)), count_of("under 10"), count_of("[c]")
    ((1072, 1072), (245, 254), (0, 9), None)
    """
    if found := _UNDER.fullmatch(text):
        return 0, _whole(found[1]) - 1
    if found := _SPAN.fullmatch(text):
        return _whole(found[1]), _whole(found[2])
    if not (found := _COUNT.fullmatch(text)):
        return None
    return behind(_whole(found[1]), rule=rule, crossed=crossed)


def behind(value: float, *, rule: Rule | None, crossed: bool = False) -> Span:
    """Return the fewest and the most people that a number stands for, itself if it is exact."""
    rounded = behind_cell if crossed else behind_rounded
    ends = (value, value) if rule is None else rounded(float(value), rule=rule)
    return int(ends[0]), int(ends[1])


def _whole(text: str) -> int:
    return int(text.replace(",", ""))


def people_behind(share: str, n: Span, interval: str = "", *, step: float = 0.0) -> Span | None:
    """Return how many people of a known base a share may stand for.

    Parameters
    ----------
    share : str
        Such as "37%", "36.4%", "27% to 38%" or a mark.
    n : tuple of int
        The fewest and the most people of the base.
    interval : str
        Wilson's 95% interval beside it, such as "34% to 41%"; "" if it is of another kind.
    step : float
        What share and interval are rounded to, the interval outwards, where a note says so.

    Returns
    -------
    tuple of int or None
        The fewest and the most; None if the cell says nothing.

    Examples
    --------
    >>> people_behind("57%", (368, 368)), people_behind("57%", (368, 368), "52% to 62%")
    ((208, 211), (209, 211))
    >>> people_behind("[c]", (16, 16)) is None
    True
    """
    if (ends := _ends(share)) is None:
        return None
    told = _SHARES.fullmatch(interval)
    step = step or (0.05 if _in_fives(share, told) else 0.0)
    if step and (found := _SHARE.fullmatch(share)):
        ends = tuple(max(0.0, float(found[1]) / 100 + way * step / 2) for way in (-1, 1))
    fewest = max(0, math.ceil(ends[0] * n[0] - 1e-9))
    most = min(n[1], math.floor(ends[1] * n[1] + 1e-9))
    if n[0] == n[1] and told and _SHARE.fullmatch(share):
        people = np.arange(fewest, most + 1)
        low, high = proportion_confint(people, n[0], alpha=0.05, method="wilson")
        unit, slack = step or 10.0 ** -len(told[2] or "") / 100, 0.01 if step else 0.51
        below, above = (low - float(told[1]) / 100) / unit, (float(told[3]) / 100 - high) / unit
        alike = people[(below > -slack) & (below < 1.01) & (above > -slack) & (above < 1.01)]
        if len(alike):
            return int(alike[0]), int(alike[-1])
    return fewest, most


def _in_fives(share: str, told: re.Match | None) -> bool:
    """Tell whether share and interval are in steps of five, as those of few people are."""
    found = _SHARE.fullmatch(share)
    if not (found and told) or found[2] or told[2]:
        return False
    return all(int(float(each)) % 5 == 0 for each in (found[1], told[1], told[3]))


def _ends(share: str) -> tuple[float, float] | None:
    """Return between which shares one lies that is written so."""
    if found := _SHARE_UNDER.fullmatch(share):
        return 0.0, float(found[1]) / 100
    if found := _SHARES.fullmatch(share):
        half = 0.5 * 10.0 ** -len(found[2] or "")
        return (float(found[1]) - half) / 100, (float(found[3]) + half) / 100
    if not (found := _SHARE.fullmatch(share)):
        return None
    half = 0.5 * 10.0 ** -len(found[2] or "")
    return (float(found[1]) - half) / 100, (float(found[1]) + half) / 100

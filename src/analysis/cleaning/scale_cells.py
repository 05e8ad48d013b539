"""One cell of a time, a number or a weight."""

import math
import re
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.cleaning.cell_codes import Cell
from analysis.cleaning.fixed_width import fixed_times
from analysis.cleaning.known_texts import KnownTexts
from analysis.exports import tidied
from analysis.survey.answer_texts import piece_keys
from analysis.survey.wording import tidy

#: A zone at the end of a time, as hours from Greenwich.
_OFFSET = re.compile(r"(?:GMT|UTC)(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$")

#: The same as hours and minutes, by how many figures it has.
_OFFSET_HOURS = (
    (r"(?:GMT|UTC)$", "+0000"),
    (r"(?:GMT|UTC)([+-])(\d)$", r"\10\200"),
    (r"(?:GMT|UTC)([+-])(\d{2})$", r"\1\200"),
    (r"(?:GMT|UTC)([+-])(\d):?(\d{2})$", r"\10\2\3"),
    (r"(?:GMT|UTC)([+-])(\d{2}):?(\d{2})$", r"\1\2\3"),
)

#: A time of ISO 8601 with an offset from Greenwich at its end.
_AHEAD = r"(?:T\d{2}|:\d{2}).*(?:Z|[+-]\d{2}(?::?\d{2})?)$"

#: A number that needs no closer look.
_PLAIN = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$"


def code_scale(
    text: str,
    kind: str,
    *,
    datetime_format: str = "",
    timezone: str = "",
    decimal_comma: bool = False,
) -> object:
    """Code one cell of a question of kind date, number or weight.

    Parameters
    ----------
    text : str
        The cell as exported.
    kind : str
        "date", "number" or "weight"; a weight is finite and not negative.
    datetime_format : str
        How times are written; "" for ISO 8601. A zone at the end is `%Z`: "GMT+1" is an hour
        ahead of Greenwich, as Google writes it (POSIX has the sign the other way), and a name of
        the survey's own zone, such as "BST", is its clock.
    timezone : str
        Times with an offset are brought to the clock of this zone.
    decimal_comma : bool
        Whether a comma in a number stands before its decimals; then no point may stand in it.

    Returns
    -------
    object
        A Timestamp without offset or a float, NaT for what is neither.

    Examples
    --------
    >>> code_scale("1.25", "weight"), code_scale("heavy", "weight")
    (1.25, NaT)
    >>> form = "%Y/%m/%d %I:%M:%S %p %Z"
    >>> time = "2023/10/02 9:03:11 am GMT+1"
    >>> code_scale(time, "date", datetime_format=form, timezone="Europe/London")
    Timestamp('2023-10-02 09:03:11')
    """
    if kind == "date":
        return _time(tidy(text), datetime_format or "ISO8601", timezone)
    plain = tidy(text)
    if decimal_comma and "," in plain:
        plain = "" if "." in plain else plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return pd.NaT
    usable = math.isfinite(value) and (kind != "weight" or value >= 0)
    return value if usable else pd.NaT


def code_scales(
    texts: pa.Array,
    kind: str,
    *,
    datetime_format: str = "",
    timezone: str = "",
    decimal_comma: bool = False,
) -> pd.Series:
    """Code very many cells of a question of kind date, number or weight.

    Parameters
    ----------
    texts : pyarrow.Array
        The cells as exported.
    kind, datetime_format, timezone, decimal_comma
        As for `code_scale`.

    Returns
    -------
    pandas.Series
        What `code_scale` returns for each: times, or numbers with NA for what is none.

    Examples
    --------
    >>> code_scales(pa.array(["1.25", "heavy"]), "weight").tolist()
    [1.25, nan]
    """
    texts = tidied(texts)
    if kind == "date":
        return _times(texts, datetime_format or "ISO8601", timezone)
    told = {"decimal_comma": decimal_comma}
    plain = pc.match_substring_regex(texts, _PLAIN)
    values = np.full(len(texts), np.nan)
    found = pc.cast(texts.filter(plain), pa.float64()).to_numpy(zero_copy_only=False)
    values[plain.to_numpy(zero_copy_only=False)] = found
    others = np.flatnonzero(~plain.to_numpy(zero_copy_only=False))
    for at, text in zip(others, texts.take(others).to_pylist(), strict=True):
        values[at] = pd.to_numeric(code_scale(text, kind, **told), errors="coerce")
    usable = np.isfinite(values) & ((kind != "weight") | (values >= 0))
    return pd.Series(values).where(usable)


def _times(texts: pa.Array, form: str, timezone: str) -> pd.Series:
    """Read tidy times at once; those with a zone by its name one by one."""
    found = pd.Series(pd.NaT, index=range(len(texts)), dtype="datetime64[us]")
    ahead, named = np.full(len(texts), "%z" in form), np.zeros(len(texts), dtype=bool)
    if form == "ISO8601":
        ahead = pc.match_substring_regex(texts, _AHEAD).to_numpy(zero_copy_only=False)
    elif form.endswith("%Z"):
        ahead = pc.match_substring_regex(texts, _OFFSET.pattern).to_numpy(zero_copy_only=False)
        named = ~ahead
        found[named] = [_time(text, form, timezone) for text in texts.filter(named).to_pylist()]
        form = f"{form[:-1]}z"
        for pattern, hours in _OFFSET_HOURS:
            texts = pc.replace_substring_regex(texts, pattern, hours)
    local = ~ahead & ~named
    if local.any():
        found[local] = _local_times(texts.filter(local), form)
    if ahead.any():
        times = pd.to_datetime(
            texts.filter(ahead).to_pylist(), format=form, errors="coerce", utc=True
        )
        found[ahead] = times.tz_convert(timezone or None).tz_localize(None)
    return found


def _local_times(texts: pa.Array, form: str) -> np.ndarray:
    found = fixed_times(texts, form)
    others = np.flatnonzero(np.isnat(found))
    if len(others):
        found[others] = pd.to_datetime(
            texts.take(others).to_pylist(), format=form, errors="coerce"
        ).to_numpy()
    return found


def _time(text: str, form: str, timezone: str) -> pd.Timestamp:
    if form.endswith("%Z"):
        offset = _OFFSET.search(text)
        if offset:
            sign, hours, minutes = (offset[1] or "+", int(offset[2] or 0), int(offset[3] or 0))
            text = f"{text[: offset.start()]}{sign}{hours:02}{minutes:02}"
            form = f"{form[:-1]}z"
        else:
            head, _, name = text.rpartition(" ")
            local = pd.to_datetime(head, format=form[:-2].rstrip(), errors="coerce")
            if local is not pd.NaT and name in _zone_names(local, timezone):
                return local
    time = pd.to_datetime(text, format=form, errors="coerce")
    return time.tz_convert(timezone or None).tz_localize(None) if time.tzinfo else time


def _zone_names(local: pd.Timestamp, timezone: str) -> set[str | None]:
    """Name what the clock of a zone is called at a time, of which there are two in autumn."""
    if not timezone or local.tzinfo:
        return set()
    clock = local.to_pydatetime().replace(tzinfo=ZoneInfo(timezone))
    return {clock.replace(fold=fold).tzname() for fold in (0, 1)}


@dataclass(frozen=True, kw_only=True)
class NumberForms:
    """What the numbers of a column show: a decimal point, or a comma that none of thousands is.

    Examples
    --------
    >>> NumberForms.of(["1,204", "0,844"]).decimal_commas
    True
    >>> NumberForms.of(["1,204"]).decimal_commas
    False
    """

    points: bool = False
    commas: bool = False

    @classmethod
    def of(cls, texts: Iterable[str]) -> "NumberForms":
        """Look at the cells of a column, or of a part of it."""
        numbers = [tidy(text) for text in texts]
        commas = [text for text in numbers if re.fullmatch(r"[+-]?\d*,\d+", text)]
        return cls(
            points=any(re.fullmatch(r"[+-]?[\d,]*\.\d+", text) for text in numbers),
            commas=any(not re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", text) for text in commas),
        )

    def __or__(self, other: "NumberForms") -> "NumberForms":
        """Tell what two parts of a column show together."""
        return NumberForms(points=self.points or other.points, commas=self.commas or other.commas)

    @property
    def decimal_commas(self) -> bool:
        """Whether commas stand before decimals.

        So they do where one cannot stand before thousands ("0,734", "2,5") and no number has a
        decimal point. "1,204" alone does not tell.
        """
        return self.commas and not self.points


def code_band(text: str, known: KnownTexts, *, decimal_comma: bool = False) -> Cell:
    """Code one cell of a number that is grouped into bands.

    Parameters
    ----------
    text : str
        The cell as exported.
    known : KnownTexts
        Of the question: its `bands` are where each band begins, and its answers are the bands.
    decimal_comma : bool
        As of `code_scale`.

    Returns
    -------
    Cell
        Unknown if it is no number, or lies below the first band.
    """
    question, nothing = known.question, known.nothing
    key = piece_keys(text, question)
    if key in nothing:
        return Cell(missing=nothing[key])
    if key in known.blanks:
        return Cell(missing="no_answer")
    value = code_scale(text, "number", decimal_comma=decimal_comma)
    if value is pd.NaT or value < question.bands[0]:
        return Cell(unknown=(tidy(text),))
    return Cell(codes=frozenset({question.codes[bisect(question.bands, value) - 1]}))

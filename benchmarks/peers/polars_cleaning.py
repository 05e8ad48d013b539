"""Clean an export with polars: `python benchmarks/peers/polars_cleaning.py FILE [PARQUET]`.

Reading, coding, the exclusions in order, and doubles by the same rule; the replies left are written
to the Parquet file, if one is named. Prints JSON. What is simpler than in our cleaning: a phrase
behind "Other" counts though a word denies it or it stands inside a longer one; nothing is flagged.
"""

import re
import sys
from pathlib import Path

import numpy as np
import polars as pl
from common import Clock, codebook, report
from polars_doubles import find_doubles

_MARKS = dict(zip("‘’“”–—", "''\"\"--", strict=True))


def plain(texts: pl.Expr) -> pl.Expr:
    """Write texts without regard to case, white space and the sort of quotation mark."""
    texts = texts.str.normalize("NFKC").str.replace_many(_MARKS)
    return texts.str.replace_all(r"\s+", " ").str.strip_chars().str.to_lowercase()


def same(texts: list[str]) -> list[str]:
    """Write texts of the codebook as those of the file."""
    return pl.select(plain(pl.Series(texts, dtype=pl.String))).to_series().to_list()


class Question:
    """A question and what its texts stand for: a code from 1, 0 for none, -1 for "don't know"."""

    def __init__(self, question: dict, blank: list[str]) -> None:
        self.role, self.kind, self.separator = (
            question[name] for name in ("role", "kind", "separator")
        )
        self.prefix, self.other = same([question["prefix"]])[0], question["other"]
        self.code = {code: place for place, code in enumerate(question["codes"], start=1)}
        listed = question["texts"]
        keys = same([each["text"] for each in listed])
        self.listed = {key: self.code[each["code"]] for key, each in zip(keys, listed, strict=True)}
        missing = zip(
            same([m["text"] for m in question["missing"]]), question["missing"], strict=True
        )
        self.known = dict.fromkeys(blank, 0) | self.listed
        self.known |= {key: -int(each["kind"] == "dont_know") for key, each in missing}
        self.recode = {
            code: re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in same(phrases)))
            for code, phrases in question["recode"].items()
        }

    def piece(self, text: str) -> int:
        """Code one piece of a cell."""
        if text in self.known:
            return self.known[text]
        if not self.prefix or not text.startswith(self.prefix):
            raise ValueError(f"{self.role}: unknown answer {text!r}")
        free = text[len(self.prefix) :].strip()
        named = [code for code, phrases in self.recode.items() if phrases.search(free)]
        return self.listed.get(free) or self.code[named[0] if len(named) == 1 else self.other]

    def cell(self, text: str) -> int:
        """Code a cell; several answers are a bit each."""
        if not self.separator:
            return self.piece(text)
        found = {self.piece(each.strip()) for each in text.split(self.separator) if each.strip()}
        return sum(1 << (code - 1) for code in found if code > 0) or min(found, default=0)


def codes(keys: pl.Series, question: Question, blank: list[str]) -> pl.Series:
    """Code a column, each distinct text once."""
    if question.kind == "text":
        return (~keys.is_in(blank)).cast(pl.Int32)
    texts = keys.unique()
    values = [question.cell(text) for text in texts]
    return keys.replace_strict(texts, pl.Series(values, dtype=pl.Int32))


def keyed(column: pl.Series) -> pl.Series:
    """Bring a column to the form in which texts compare, each distinct text once."""
    texts = column.unique()
    return column.replace_strict(texts, pl.select(plain(texts)).to_series())


def clean(
    raw: pl.DataFrame, asked: list[Question], book: dict
) -> tuple[pl.DataFrame, pl.DataFrame, dict[str, int]]:
    """Code all questions, take out in order what is no reply; also return texts as compared."""
    blank, by_role = same(book["blank"]), {each.role: each for each in asked}
    keys = raw.select([keyed(raw[role]).alias(role) for role in by_role])
    people = pl.DataFrame([codes(keys[q.role], q, blank).alias(q.role) for q in asked])
    moment = pl.col("started", "submitted").str.to_datetime(book["datetime_format"])
    people = people.with_columns(raw.select(moment)).with_row_index("row")
    texts = pl.col([each.role for each in asked if each.kind == "text"])
    is_test = pl.any_horizontal(texts.str.strip_chars(".! ").is_in(same(book["test_texts"])))
    opens, closes = (pl.lit(book[each]).str.to_datetime() for each in ("opens", "closes"))
    without = [by_role["connection"].code[code] for code in book["no_connection"]]
    gone = {
        "blank": keys.select(pl.all_horizontal(pl.all().is_in(blank))).to_series(),
        "test": keys.select(is_test).to_series() | (pl.col("submitted") < opens),
        "late": pl.col("submitted") > closes,
        "no_connection": pl.col("connection").is_in(without),
        "abandoned": pl.all_horizontal(pl.col("contacted", "used", "preferred") == 0),
    }
    people, left = people.with_columns(**{f"is_{step}": rule for step, rule in gone.items()}), {}
    for step in gone:
        people = people.filter(~pl.col(f"is_{step}"))
        left[step] = len(people)
    return people.drop(f"is_{step}" for step in gone), keys[people["row"]], left


def main() -> None:
    """Read, clean, find doubles, and count used by preferred."""
    book, clock = codebook(), Clock()
    names = {each["column"]: each["role"] for each in book["questions"]}
    raw = pl.read_csv(
        sys.argv[1], infer_schema=False, empty_string_is_null=False, columns=list(names)
    ).rename(names)
    clock.stage("read")
    blank = same(book["blank"])
    asked = [Question(each, blank) for each in book["questions"] if each["kind"] != "date"]
    people, keys, left = clean(raw, asked, book)
    clock.stage("clean")
    number = pl.all().cast(pl.Categorical).to_physical() + 1
    cells = keys.select(pl.when(~pl.all().is_in(blank)).then(number).otherwise(0))
    cells = cells.with_columns(row=people["row"], moment=people["submitted"].dt.epoch("s"))
    choices = [len(each.code) or book["open_choices"] for each in asked]
    twice = find_doubles(cells, choices, book["double_seconds"], book["chance_allowed"])
    people = people.filter(~pl.col("row").is_in(twice.implode()))
    left["double"] = len(people)
    clock.stage("doubles")
    both = people.filter((pl.col("used_last") > 0) & (pl.col("preferred") > 0))
    k = len(next(each for each in asked if each.role == "preferred").code)
    square, counted = np.zeros((k, k), dtype=int), both.group_by("used_last", "preferred").len()
    square[counted["used_last"] - 1, counted["preferred"] - 1] = counted["len"]
    clock.stage("count")
    if sys.argv[2:]:
        people.write_parquet(Path(sys.argv[2]))
    report(clock, ["polars"], {"replies": len(raw), "left": left, "square": square})


if __name__ == "__main__":
    main()

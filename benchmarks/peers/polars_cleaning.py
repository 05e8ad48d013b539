"""Clean an export with polars: `python benchmarks/peers/polars_cleaning.py FILE [PARQUET]`.

Reading, coding, the exclusions in order, and doubles by the same rule; the replies left are written
to the Parquet file, if one is named. Prints JSON.
"""

import re
import sys
from pathlib import Path

import numpy as np
import polars as pl
from common import Clock, codebook, report

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


def near(moments: np.ndarray, within: int) -> np.ndarray:
    """Count for each of sorted times those after it that are close."""
    return np.searchsorted(moments, moments + within, side="right") - np.arange(1, len(moments) + 1)


def pairs(n: pl.Expr | int) -> pl.Expr | int:
    """Count the pairs of so many."""
    return n * (n - 1) // 2


def find_doubles(cells: pl.DataFrame, choices: list[int], within: int, allowed: float) -> pl.Series:
    """Return the `row` of the replies that leave; `cells` also has `row` and `moment`.

    Replies that begin alike are grouped, a column more each time; who is alone in a group leaves
    it for good, so little is left after a few columns.
    """
    names = [name for name in cells.columns if name not in ("row", "moment")]
    last = pl.max_horizontal(
        pl.when(pl.col(name) > 0).then(place).otherwise(0) for place, name in enumerate(names, 1)
    )
    filled = pl.sum_horizontal(pl.col(name) > 0 for name in names)
    every = cells.with_columns(last=last, filled=filled).sort("moment", maintain_order=True)
    order = every.select(pl.struct(-pl.col("filled").cast(pl.Int32), "row").rank("ordinal"))
    every = every.with_columns(
        rank=order.to_series(), moment=pl.col("moment") - pl.col("moment").min()
    )
    moments, ends = every["moment"].to_numpy(), every["last"].to_numpy()
    n, long = len(every), int(moments[-1]) + within + 1
    all_near = now = int(near(moments, within).sum())
    live = every.select(
        "row", "rank", "last", "moment", *names, g=pl.lit(0, pl.UInt32), told=pl.lit(0.0)
    )
    groups, found, lengths = [], [], 0
    for place, (name, choice) in enumerate(zip(names, choices, strict=True), 1):
        counts = every[name].filter(every[name] > 0).value_counts(name="count")
        among = max(int(counts["count"].sum()) - 2 + choice, 1)
        told = counts.select(name, more=-((pl.col("count") - 1).clip(1) / among).log())
        live = live.filter(pl.col("last") >= place).join(told, on=name, how="left")
        live = live.with_columns(
            told=pl.col("told") + pl.col("more").fill_null(0.0),
            g=(pl.col("g").cast(pl.Int64) * (every[name].max() + 1) + pl.col(name)).rank("dense"),
        ).drop("more", name)
        live = live.filter(pl.len().over("g") > 1)
        if not (ends == place).any():
            continue
        after = int(near(moments[ends > place], within).sum())
        close, size = now - after, int((ends >= place).sum())
        apart, now = pairs(size) - pairs(int((ends > place).sum())) - close, after
        if not close:
            continue
        lengths += 1
        live = live.sort("g", "moment", maintain_order=True)
        key, short = (
            (live["g"].cast(pl.Int64) * long + live["moment"]).to_numpy(),
            (live["last"] == place).to_numpy(),
        )
        beside = near(key, within)
        beside[~short] -= near(key[~short], within)
        live = live.with_columns(
            beside=beside,
            short=short,
            new=(pl.col("g") != pl.col("g").shift(1, fill_value=0))
            | (pl.col("moment").diff().fill_null(0) > within),
        )
        size_of, short_of = pl.len().cast(pl.Int64), pl.col("short").sum().cast(pl.Int64)
        here = pl.col("beside").sum()
        chance, times = (-pl.col("told").first()).exp(), pl.col("new").sum().cast(pl.Int64)
        made = live.group_by("g", maintain_order=True).agg(
            here=here,
            further=pairs(size_of) - pairs(size_of - short_of) - here,
            low=close * pl.max_horizontal(chance, (times - 2) / size),
            expected=close * pl.max_horizontal(chance, (times - 1) / size),
        )
        groups.append(
            made.filter(pl.col("further") > 0).select(
                expected="low", alike=pl.col("further") * close / max(apart, 1)
            )
        )
        wanted = made.filter((pl.col("here") > 0) & (pl.col("expected") <= allowed * n))
        one = live.join(wanted.select("g", "expected"), on="g", maintain_order="left")
        key = (one["g"].cast(pl.Int64) * long + one["moment"]).to_numpy()
        here = near(key, within)
        a = np.repeat(np.arange(len(here)), here)
        b = a + 1 + np.arange(len(a)) - np.repeat(np.cumsum(here) - here, here)
        one = one.select("row", "rank", "short", "expected")
        two = one[b].select(pl.col("row", "rank", "short").name.suffix("_2"))
        two = pl.concat([one[a], two], how="horizontal").filter(pl.col("short") | pl.col("short_2"))
        first = pl.col("rank") < pl.col("rank_2")
        found.append(
            two.select(
                leaves=pl.when(first).then("row_2").otherwise("row"),
                stays=pl.when(first).then("row").otherwise("row_2"),
                rank=pl.max_horizontal("rank", "rank_2"),
                expected="expected",
            )
        )
    return leaving(
        pl.concat(found),
        pl.concat(groups),
        lengths,
        all_near / max(pairs(n) - all_near, 1),
        allowed,
    )


def leaving(
    found: pl.DataFrame, groups: pl.DataFrame, lengths: int, one: float, allowed: float
) -> pl.Series:
    """Take pairs, the most improbable first, as far as chance accounts for few of them."""
    best = found.group_by("leaves").agg(pl.col("expected").min())["expected"].sort().to_numpy()
    groups = groups.sort("expected")
    alike = np.concatenate([[0.0], groups["alike"].cum_sum().to_numpy()])
    by_chance = alike[np.searchsorted(groups["expected"].to_numpy(), best, side="right")]
    by_chance = by_chance + np.minimum(one, lengths * best)
    fine = np.flatnonzero(by_chance <= allowed * np.searchsorted(best, best, side="right"))
    if not len(fine):
        return pl.Series([], dtype=pl.UInt32)
    gone: set[int] = set()
    taken = found.filter(pl.col("expected") <= best[fine[-1]])
    beside = taken.group_by("leaves", "rank").agg("stays").sort("rank")
    for reply, stays in zip(beside["leaves"], beside["stays"], strict=True):
        if not gone.issuperset(stays):
            gone.add(reply)
    return pl.Series(sorted(gone), dtype=pl.UInt32)


def main() -> None:
    """Read, clean, find doubles, and count used by preferred."""
    book, clock = codebook(), Clock()
    names = {each["column"]: each["role"] for each in book["questions"]}
    raw = pl.read_csv(
        sys.argv[1], infer_schema=False, empty_string_is_null=False, columns=list(names)
    )
    raw = raw.rename(names)
    clock.stage("read")
    blank = same(book["blank"])
    asked = [Question(each, blank) for each in book["questions"] if each["kind"] != "date"]
    keys = raw.select([keyed(raw[each.role]).alias(each.role) for each in asked])
    people = pl.DataFrame([codes(keys[q.role], q, blank).alias(q.role) for q in asked])
    moment = pl.col("started", "submitted").str.to_datetime(book["datetime_format"])
    people = people.with_columns(raw.select(moment)).with_row_index("row")
    texts = [each.role for each in asked if each.kind == "text"]
    opens, closes = (pl.lit(book[each]).str.to_datetime() for each in ("opens", "closes"))
    is_test = keys.select(
        pl.any_horizontal(pl.col(texts).str.strip_chars(".! ").is_in(same(book["test_texts"])))
    ).to_series()
    none_of = [
        next(q for q in asked if q.role == "connection").code[c] for c in book["no_connection"]
    ]
    is_blank = pl.col(keys.columns).is_in(blank)
    gone = {
        "blank": keys.select(pl.all_horizontal(is_blank)).to_series(),
        "test": is_test | (pl.col("submitted") < opens),
        "late": pl.col("submitted") > closes,
        "no_connection": pl.col("connection").is_in(none_of),
        "abandoned": pl.all_horizontal(pl.col("contacted", "used", "preferred") == 0),
    }
    people = people.with_columns(**{f"is_{step}": rule for step, rule in gone.items()})
    left = {}
    for step in gone:
        people = people.filter(~pl.col(f"is_{step}"))
        left[step] = len(people)
    people = people.drop(f"is_{step}" for step in gone)
    clock.stage("clean")
    number = pl.when(~is_blank).then(pl.all().cast(pl.Categorical).to_physical() + 1).otherwise(0)
    cells = (
        keys[people["row"]]
        .select(number)
        .with_columns(row=people["row"], moment=people["submitted"].dt.epoch("s"))
    )
    choices = [len(each.code) or book["open_choices"] for each in asked]
    twice = find_doubles(cells, choices, book["double_seconds"], book["chance_allowed"])
    people = people.filter(~pl.col("row").is_in(twice.implode()))
    left["double"] = len(people)
    clock.stage("doubles")
    k = len(next(q for q in asked if q.role == "preferred").code)
    both = people.filter((pl.col("used_last") > 0) & (pl.col("preferred") > 0))
    square = np.zeros((k, k), dtype=int)
    counted = both.group_by("used_last", "preferred").len()
    square[counted["used_last"] - 1, counted["preferred"] - 1] = counted["len"]
    clock.stage("count")
    if sys.argv[2:]:
        people.write_parquet(Path(sys.argv[2]))
    report(clock, ["polars"], {"replies": len(raw), "left": left, "square": square})


if __name__ == "__main__":
    main()

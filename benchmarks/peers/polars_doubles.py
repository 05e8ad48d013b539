"""Find replies sent twice with polars, by the rule of `analysis.cleaning.same_replies`."""

import close_pairs
import numpy as np
import polars as pl


def find_doubles(cells: pl.DataFrame, choices: list[int], within: int, allowed: float) -> pl.Series:
    """Return the `row` of the replies that leave.

    `cells` has `row`, `moment` in seconds, and numbers of the texts, 0 for a blank cell. Replies
    that begin alike are grouped, a column more each time; who is alone in a group leaves it for
    good, so little is left after a few columns.
    """
    names = [name for name in cells.columns if name not in ("row", "moment")]
    every = _in_order(cells, names)
    moments, ends = every["moment"].to_numpy(), every["last"].to_numpy()
    n, long = len(every), int(moments[-1]) + within + 1
    all_near = now = int(close_pairs.near(moments, within).sum())
    live = every.with_columns(g=pl.lit(0, pl.UInt32), told=pl.lit(0.0))
    groups, found, lengths = [], [], 0
    for place, (name, choice) in enumerate(zip(names, choices, strict=True), 1):
        live = _longer(live, every[name], choice, place)
        if not (ends == place).any():
            continue
        after = int(close_pairs.near(moments[ends > place], within).sum())
        close, now = now - after, after
        if not close:
            continue
        lengths += 1
        size, longer = int((ends >= place).sum()), int((ends > place).sum())
        apart = close_pairs.of(size) - close_pairs.of(longer) - close
        live = live.sort("g", "moment", maintain_order=True)
        made = _groups(live, place, long, within, close, size)
        groups.append(
            made.filter(pl.col("further") > 0).select(
                expected="low", alike=pl.col("further") * close / max(apart, 1)
            )
        )
        wanted = made.filter((pl.col("here") > 0) & (pl.col("expected") <= allowed * n))
        found.append(_pairs(live.join(wanted, on="g", maintain_order="left"), place, long, within))
    one = all_near / max(close_pairs.of(n) - all_near, 1)
    return _leaving(pl.concat(found), pl.concat(groups), lengths, one, allowed)


def _in_order(cells: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Sort by time; add where the last answer stands, and who stays of two that are the same."""
    last = [pl.when(pl.col(name) > 0).then(at).otherwise(0) for at, name in enumerate(names, 1)]
    filled = pl.sum_horizontal(pl.col(name) > 0 for name in names).cast(pl.Int32)
    return cells.with_columns(
        last=pl.max_horizontal(last),
        rank=pl.struct(-filled, "row").rank("ordinal"),
        moment=pl.col("moment") - pl.col("moment").min(),
    ).sort("moment", maintain_order=True)


def _longer(live: pl.DataFrame, column: pl.Series, choice: int, place: int) -> pl.DataFrame:
    """Part the groups by a column more, and leave out who is alone in one."""
    counts = column.filter(column > 0).value_counts(name="count")
    among = max(int(counts["count"].sum()) - 2 + choice, 1)
    more = -((pl.col("count") - 1).clip(1) / among).log()
    live = live.filter(pl.col("last") >= place)
    live = live.join(counts.select(column.name, more=more), on=column.name, how="left")
    answer = pl.col("g").cast(pl.Int64) * (column.max() + 1) + pl.col(column.name)
    told = pl.col("told") + pl.col("more").fill_null(0.0)
    live = live.with_columns(told=told, g=answer.rank("dense")).drop("more", column.name)
    return live.filter(pl.len().over("g") > 1)


def _groups(
    live: pl.DataFrame, place: int, long: int, within: int, close: int, size: int
) -> pl.DataFrame:
    """Count of each group the close pairs of which one ends here, and what chance explains."""
    key, short = _keys(live, long), (live["last"] == place).to_numpy()
    beside = close_pairs.near(key, within)
    beside[~short] -= close_pairs.near(key[~short], within)
    later = pl.col("moment").diff().fill_null(0) > within
    live = live.with_columns(
        beside=beside, short=short, new=(pl.col("g") != pl.col("g").shift(1, fill_value=0)) | later
    )
    n, ends, here = pl.len().cast(pl.Int64), pl.col("short").sum().cast(pl.Int64), pl.sum("beside")
    chance, times = (-pl.col("told").first()).exp(), pl.col("new").sum().cast(pl.Int64)
    return live.group_by("g").agg(
        here=here,
        further=close_pairs.of(n) - close_pairs.of(n - ends) - here,
        low=close * pl.max_horizontal(chance, (times - 2) / size),
        expected=close * pl.max_horizontal(chance, (times - 1) / size),
    )


def _pairs(live: pl.DataFrame, place: int, long: int, within: int) -> pl.DataFrame:
    """List the close pairs of which one ends here: who leaves, and who stays."""
    one, two = close_pairs.each_pair(_keys(live, long), within)
    live = live.select("row", "rank", "expected", short=pl.col("last") == place)
    both = pl.concat([live[one], live[two].select(pl.all().name.suffix("_2"))], how="horizontal")
    first = pl.col("rank") < pl.col("rank_2")
    return both.filter(pl.col("short") | pl.col("short_2")).select(
        leaves=pl.when(first).then("row_2").otherwise("row"),
        stays=pl.when(first).then("row").otherwise("row_2"),
        rank=pl.max_horizontal("rank", "rank_2"),
        expected="expected",
    )


def _keys(live: pl.DataFrame, long: int) -> np.ndarray:
    """Return times so far apart from group to group that no pair of two groups is close."""
    return (live["g"].cast(pl.Int64) * long + live["moment"]).to_numpy()


def _leaving(
    found: pl.DataFrame, groups: pl.DataFrame, lengths: int, one: float, allowed: float
) -> pl.Series:
    """Take pairs, the most improbable first, as far as chance accounts for few of them."""
    best = found.group_by("leaves").agg(pl.min("expected"))["expected"].sort().to_numpy()
    groups = groups.sort("expected")
    expected, alike = (groups[name].to_numpy() for name in ("expected", "alike"))
    most = close_pairs.limit(best, expected, alike, np.minimum(one, lengths * best), allowed)
    taken, gone = found.filter(pl.col("expected") <= most), set()
    beside = taken.group_by("leaves", "rank").agg("stays").sort("rank")
    for reply, stays in zip(beside["leaves"], beside["stays"], strict=True):
        if not gone.issuperset(stays):
            gone.add(reply)
    return pl.Series(sorted(gone), dtype=pl.UInt32)

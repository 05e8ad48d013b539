"""Find replies sent twice with pandas, by the rule of `analysis.cleaning.same_replies`."""

import close_pairs
import numpy as np
import pandas as pd


def find_doubles(
    cells: pd.DataFrame, moments: pd.Series, choices: list[int], within: int, allowed: float
) -> set:
    """Return the index of the replies that leave.

    `cells` are numbers of texts, 0 for a blank one, `moments` seconds. Replies that begin alike
    are grouped, a column more each time; who is alone in a group leaves it for good.
    """
    live = _in_order(cells, moments)
    times, ends = live["moment"].to_numpy(), live["last"].to_numpy()
    n, long, all_near = len(live), times[-1] + within + 1, close_pairs.near(times, within).sum()
    now, lengths, groups, found = all_near, 0, [], []
    for place, (name, choice) in enumerate(zip(cells, choices, strict=True), start=1):
        live = _longer(live, cells[name], choice, place)
        if not (ends == place).any():
            continue
        after = close_pairs.near(times[ends > place], within).sum()
        close, now = now - after, after
        if not close:
            continue
        lengths += 1
        size, longer = (ends >= place).sum(), (ends > place).sum()
        apart = close_pairs.of(size) - close_pairs.of(longer) - close
        live = live.sort_values(["g", "moment"], kind="stable")
        made = _groups(live, place, long, within, close, size)
        alike = made["further"] * close / max(apart, 1)
        rows = pd.DataFrame({"expected": made["low"], "alike": alike})
        groups.append(rows[made["further"] > 0])
        wanted = made.loc[(made["here"] > 0) & (made["expected"] <= allowed * n), "expected"]
        found.append(_pairs(live[live["g"].isin(wanted.index)], wanted, place, long, within))
    one = all_near / max(close_pairs.of(n) - all_near, 1)
    return _leaving(pd.concat(found), pd.concat(groups), lengths, one, allowed)


def _in_order(cells: pd.DataFrame, moments: pd.Series) -> pd.DataFrame:
    """Sort by time; add where the last answer stands, and who stays of two that are the same."""
    filled = cells > 0
    order = filled.sum(axis=1).sort_values(ascending=False, kind="stable").index
    live = pd.DataFrame({"moment": moments - moments.min(), "g": 0, "told": 0.0})
    live["rank"] = pd.Series(range(len(order)), index=order)
    live["last"] = np.where(filled, np.arange(1, cells.shape[1] + 1), 0).max(axis=1)
    return live.sort_values("moment", kind="stable")


def _longer(live: pd.DataFrame, column: pd.Series, choice: int, place: int) -> pd.DataFrame:
    """Part the groups by a column more, and leave out who is alone in one."""
    counts = column[column > 0].value_counts()
    told = -np.log((counts - 1).clip(1) / max(counts.sum() - 2 + choice, 1))
    live = live[live["last"] >= place]
    code = column.reindex(live.index)
    told = live["told"] + code.map(told).fillna(0.0)
    live = live.assign(told=told, g=live.groupby(["g", code]).ngroup())
    return live[live["g"].duplicated(keep=False)]


def _groups(
    live: pd.DataFrame, place: int, long: int, within: int, close: int, size: int
) -> pd.DataFrame:
    """Count of each group the close pairs of which one ends here, and what chance explains."""
    key, short = (live["g"] * long + live["moment"]).to_numpy(), live["last"] == place
    beside = close_pairs.near(key, within)
    beside[~short] -= close_pairs.near(key[~short], within)
    new = live["g"].ne(live["g"].shift()) | live["moment"].diff().gt(within)
    by = live.assign(here=beside, short=short, new=new).groupby("g")
    made = by.agg(
        size=("short", "size"), short=("short", "sum"), here=("here", "sum"),
        told=("told", "first"), times=("new", "sum"),
    )  # fmt: skip
    rest, chance = made["size"] - made["short"], np.exp(-made["told"])
    return made.assign(
        further=close_pairs.of(made["size"]) - close_pairs.of(rest) - made["here"],
        low=close * np.maximum(chance, (made["times"] - 2) / size),
        expected=close * np.maximum(chance, (made["times"] - 1) / size),
    )


def _pairs(
    live: pd.DataFrame, expected: pd.Series, place: int, long: int, within: int
) -> pd.DataFrame:
    """List the close pairs of which one ends here: who leaves, and who stays."""
    one, two = close_pairs.each_pair((live["g"] * long + live["moment"]).to_numpy(), within)
    one, two = live.iloc[one].reset_index(), live.iloc[two].reset_index()
    first = one["rank"] < two["rank"]
    found = pd.DataFrame({
        "leaves": np.where(first, two["index"], one["index"]),
        "stays": np.where(first, one["index"], two["index"]),
        "rank": np.maximum(one["rank"], two["rank"]),
        "expected": one["g"].map(expected),
    })  # fmt: skip
    return found[(one["last"] == place) | (two["last"] == place)]


def _leaving(
    found: pd.DataFrame, groups: pd.DataFrame, lengths: int, one: float, allowed: float
) -> set:
    """Take pairs, the most improbable first, as far as chance accounts for few of them."""
    best = np.sort(found.groupby("leaves")["expected"].min().to_numpy())
    groups = groups.sort_values("expected")
    expected, alike = (groups[name].to_numpy() for name in ("expected", "alike"))
    most = close_pairs.limit(best, expected, alike, np.minimum(one, lengths * best), allowed)
    taken, gone = found[found["expected"] <= most].sort_values("rank", kind="stable"), set()
    for reply, stays in taken.groupby("leaves", sort=False)["stays"]:
        if not gone.issuperset(stays):
            gone.add(reply)
    return gone

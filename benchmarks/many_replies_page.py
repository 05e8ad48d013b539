"""The page of `benchmarks/many_replies.py`: docs/scale-measured.md and its figure."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.ticker import FuncFormatter

from analysis import files

#: What was asked for at a million replies: what, of which program, how it is measured, the mark.
OURS = "this project"
ASKED = (
    ("seconds, file to results", None, 20.0),
    ("peak of memory, MB", None, 2_000.0),
    ("times as fast as", "R: data.table, ordinal and survey", 5.0),
    ("times as fast as", "pandas and statsmodels, as usually written", 30.0),
    ("times as long as", "polars, cleaning and counting alone", 3.0),
)


def write_page(table: pd.DataFrame, folder: Path) -> None:
    """Write the page and draw its figure.

    Parameters
    ----------
    table : pandas.DataFrame
        `program, replies, stage, seconds, processor_seconds, peak_mb`.
    folder : pathlib.Path
        Where they are written.
    """
    whole = table[table["stage"] == "all"]
    largest = int(whole["replies"].max())
    text = f"""# How long a survey of very many replies takes

Made by `python benchmarks/many_replies.py`; do not edit. Replies are simulated: the generator of
the default survey, 26 columns, its faults included. Seconds depend on the machine and on what else
it does: compare ratios in one run. Python {platform.python_version()} with
{", ".join(f"{name} {version(name)}" for name in ("numpy", "pandas", "pyarrow", "duckdb"))};
{len(os.sched_getaffinity(0))} processors.

## What was asked for, at {largest:,} replies

{_markdown(asked(whole, largest))}

## By number of replies

From the file to all results of notebooks 03 and 04, which run side by side. Memory is the most that
all processes hold at one time, pages that they share counted once.

{_markdown(_by_size(whole))}

![Seconds and megabytes against the number of replies](scale.svg)

A straight line, seconds = fixed + replies x slope, with standard errors:

{_markdown(lines(whole))}

## Stage by stage, at {largest:,} replies

Seconds, those of all processors in brackets. Their answers agree with ours where they answer: the
replies left after each step, the square table, the estimates of the ordinal model
(`benchmarks/peers/agreement.py`). Each peer says at its head where it does less than we do.

{_markdown(_by_stage(table[table["replies"] == largest]))}
"""
    files.replace_text(folder / "scale-measured.md", text)
    _draw(whole, folder / "scale.svg")


def asked(whole: pd.DataFrame, largest: int) -> pd.DataFrame:
    """Say what was asked for, and what was found."""
    by_program = whole[whole["replies"] == largest].set_index("program")
    if OURS not in by_program.index:
        return pd.DataFrame()
    mine, rows = by_program.loc[OURS], []
    for what, peer, mark in ASKED:
        if peer is None:
            found = mine["peak_mb"] if "memory" in what else mine["seconds"]
            reached = found < mark
        elif peer not in set(whole["program"]):
            continue
        else:
            ratio, size = _ratio(whole, peer)
            peer = f"{peer} ({size:,} replies)"
            found = 1 / ratio if what == "times as long as" else ratio
            reached = found <= mark if what == "times as long as" else found >= mark
        limit = "at least" if what == "times as fast as" else "at most"
        rows.append(
            {
                "What": f"{what} {peer}" if peer else what,
                "Found": f"{found:,.1f}",
                "Asked for": f"{limit} {mark:,.0f}",
                "Reached": "yes" if reached else "no",
            }
        )
    return pd.DataFrame(rows)


def _ratio(whole: pd.DataFrame, peer: str) -> tuple[float, int]:
    """Say how many times as long a peer takes, at the most replies that it was timed with."""
    theirs = whole[whole["program"] == peer].sort_values("replies").iloc[-1]
    mine = whole[(whole["program"] == OURS) & (whole["replies"] == theirs["replies"])]
    mine = mine["seconds"].iloc[0]
    return float(theirs["seconds"] / mine), int(theirs["replies"])


def lines(whole: pd.DataFrame) -> pd.DataFrame:
    """Fit seconds and megabytes by number of replies, with the errors of both."""
    rows = []
    for program, each in whole.groupby("program", sort=False):
        if len(each) < 3:
            continue
        x = np.column_stack([np.ones(len(each)), each["replies"] / 1e6])
        inverse = np.linalg.inv(x.T @ x)
        for name, unit in (("seconds", "s"), ("peak_mb", "MB")):
            y = each[name].to_numpy()
            found = inverse @ x.T @ y
            rest = y - x @ found
            errors = np.sqrt(np.diag(inverse) * (rest @ rest) / (len(y) - 2))
            rows.append(
                {
                    "Program": program,
                    "What": name.replace("peak_mb", "memory"),
                    "Fixed": f"{found[0]:.1f} ± {errors[0]:.1f} {unit}",
                    "A million replies": f"{found[1]:.1f} ± {errors[1]:.1f} {unit}",
                }
            )
    return pd.DataFrame(rows)


def _by_size(whole: pd.DataFrame) -> pd.DataFrame:
    mine = whole[whole["program"].str.startswith("this project")]
    return pd.DataFrame(
        {
            "Program": mine["program"],
            "Replies": [f"{n:,}" for n in mine["replies"]],
            "Seconds": mine["seconds"].map("{:.1f}".format),
            "Of the processors": mine["processor_seconds"].map("{:.1f}".format),
            "Peak, MB": mine["peak_mb"].map("{:,.0f}".format),
        }
    )


def _by_stage(table: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for program, each in table.groupby("program", sort=False):
        stages = {
            row.stage: f"{row.seconds:.1f} ({row.processor_seconds:.1f})"
            for row in each.itertuples()
        }
        said = "; ".join(f"{stage} {spent}" for stage, spent in stages.items() if stage != "all")
        rows.append(
            {
                "Program": program,
                "All": stages["all"],
                "Stages": said,
                "Peak, MB": f"{each['peak_mb'].max():,.0f}",
            }
        )
    return pd.DataFrame(rows)


def _markdown(table: pd.DataFrame) -> str:
    if table.empty:
        return "Not measured in this run."
    rows = [table.columns, ["---"] * len(table.columns), *table.to_numpy()]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


def _draw(whole: pd.DataFrame, path: Path) -> None:
    """Draw us as a line, and what else was timed as points with their names."""
    figure, axes = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
    ours = whole[whole["program"] == OURS]
    plain = FuncFormatter(lambda value, _: f"{value:,.0f}")
    titles = {"seconds": "Seconds", "peak_mb": "Peak of memory, MB"}
    for axis, (name, title) in zip(axes, titles.items(), strict=True):
        for program, each in whole.groupby("program", sort=False):
            last, mine = each.iloc[-1], program == OURS
            axis.plot(each["replies"], each[name], marker="o", markersize=5 if mine else 3,
                      color="#12436D" if mine else "#801650")  # fmt: skip
            near = abs(np.log(last[name] / ours[name].max())) < 0.2 and not mine
            if mine or (name == "seconds" and not program.startswith(OURS)):
                label = program.split(",")[0].split(":")[0]
                axis.annotate(f"{label}   " if near else f"   {label}",
                              (last["replies"], last[name]), fontsize=7, va="center",
                              ha="right" if near else "left")  # fmt: skip
        axis.set(xscale="log", yscale="log", xlabel="Replies")
        axis.set_xlim(right=whole["replies"].max() * (30 if name == "seconds" else 4))
        axis.xaxis.set_major_formatter(plain)
        for each in (axis.yaxis.set_major_formatter, axis.yaxis.set_minor_formatter):
            each(plain)
        axis.tick_params(which="both", labelsize=7)
        axis.set_title(title, loc="left")
        axis.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)

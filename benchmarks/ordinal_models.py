"""Time `ordinal.fit` against R and statsmodels: `python benchmarks/ordinal_models.py`.

Prints seconds, ratios and memory, and writes docs/benchmarks.md, .csv, .svg and .png. R's `ordinal`
takes part if `Rscript` is on the PATH. Answers are compared before times are: where they differ, it
raises. No test looks at these numbers, which depend on the machine. Everybody has one thread.
"""

import gc
import os
import platform
import shutil
import subprocess
import tempfile
import time
import tracemalloc
import warnings
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from statsmodels.miscmodels.ordinal_model import OrderedModel

from analysis import ordinal
from analysis.figures import style

DOCS = Path(__file__).parents[1] / "docs"
SCRIPT = Path(__file__).with_suffix(".R")

#: Predictors of the large model with how many categories; of the model with groups.
PREDICTORS = {"channel": 10, "district": 10, "age": 8, "reason": 6}
GROUPED = {"channel": 9, "age": 6, "district": 10}

#: How many replies; up to which one clm with all rows and OrderedModel are run.
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
MOST = {"rows": 1_000_000, "grouped": 10_000_000, "OrderedModel": 100_000}

#: How many runs a median is of: ours, before and after, and short ones of R; others run once.
RUNS, SHORT = 11, 5

#: How far log-likelihoods and estimates may be apart.
AGREE = {
    "rows": (1e-9, 1e-6),
    "grouped": (1e-9, 1e-6),
    "groups": (1e-5, 1e-3),
    "OrderedModel": (1e-6, 1e-2),
}

NAMES = {
    "fit": "`ordinal.fit`",
    "rows": "R `clm`, a row a reply",
    "grouped": "R `clm`, rows counted by hand",
    "groups": "R `clmm`",
    "OrderedModel": "statsmodels `OrderedModel`",
}

#: How many times as fast as another program the fit should be, and memory next to the frame's.
GOALS = {
    ("no groups", 1_000_000, "rows"): 200,
    ("no groups", 1_000_000, "grouped"): 2,
    ("no groups", 100_000, "OrderedModel"): 1_000,
    ("groups, 10 nodes", 2_500, "groups"): 50,
}
MEMORY_GOAL = 1.5

PAGE = """# How long the ordinal models take

Made by `python benchmarks/ordinal_models.py`; do not edit. Replies are drawn at random. Seconds \
depend on the machine and on what else it does: compare ratios in one run. {}.

## What was asked for

{}

## Seconds

A cumulative logit model of 5 ordered answers: without groups, 4 categorical predictors of 10, 10, \
8 and 6 categories; with groups, 9 and 6 categories and a random intercept of 10 groups. \
docs/benchmarks.csv has the unrounded numbers.

{}

![Seconds to fit against the number of replies, a line for each program](benchmarks.svg)

Medians of some runs, ours half before and half after the others and after one that does not \
count; a single run where a run is long. The last column is how many times as long as \
`ordinal.fit` it took. What is timed:

- `ordinal.fit`: from a pandas frame of Categoricals to estimates, standard errors and \
the checks for separation and convergence. People are counted by pattern inside the time.
- R `clm` and `clmm`: from a data frame of factors to the fit with its standard errors. Starting R \
and reading the data are not timed. "Counted by hand" combines the codes of the factors into one \
number, counts with `tabulate` and passes the counts as weights; the counting is timed. \
With groups, 10 nodes of adaptive quadrature, or Laplace's approximation.
- statsmodels `OrderedModel(distr="logit").fit(method="bfgs")`: the search and standard errors. \
Making columns of zeros and ones is not timed.

Times are kept only if the answers agree, the estimates relative to the largest: with `clm` \
log-likelihoods to 1e-9 and estimates to 1e-6; with `clmm` to 1e-5 and 1e-3, and with \
`OrderedModel` to 1e-6 and 1e-2, since their searches stop earlier. BLAS has one thread everywhere.

## Memory

The most that `tracemalloc` sees at one time during a fit without groups, in a run of its own, \
besides the frame. Part of it does not grow with the replies: the arrays of up to 4,800 patterns. \
That is why 1,000,000 replies miss the mark: their frame is 5 MB, and 4,800 patterns by 29 columns \
take 1.1 MB for each copy, of which formulaic and Newton's method hold two or three at a time.

{}

## Run it again

`python benchmarks/ordinal_models.py` takes some minutes. It needs `Rscript` on the PATH with \
the package `ordinal`; without, the rows of R are left out.
"""


def draw(n: int, sizes: dict[str, int], spread: float, rng: np.random.Generator) -> pd.DataFrame:
    """Draw replies: effects rise evenly over the categories, the last predictor's at random."""
    frame, latent = {}, rng.logistic(size=n).astype(np.float32)
    for name, size in sizes.items():
        effects = np.linspace(-0.6, 0.6, size)
        if spread and name == list(sizes)[-1]:
            effects = rng.normal(0, spread, size)
        codes = rng.integers(0, size, n, dtype=np.int8)
        latent += effects.astype(np.float32)[codes]
        frame[name] = pd.Categorical.from_codes(codes, [f"{name} {at + 1}" for at in range(size)])
    codes = np.digitize(latent, [-2.0, -1.0, 0.5, 2.0]).astype(np.int8)
    answers = ["very poor", "poor", "fair", "good", "very good"]
    frame["answer"] = pd.Categorical.from_codes(codes, answers, ordered=True)
    return pd.DataFrame(frame, copy=False)


def timed(call: Callable[[], object], runs: int) -> tuple[list[float], object]:
    """Return the seconds of each run, and the result of the last."""
    seconds = []
    for _ in range(runs):
        gc.collect()
        started = time.perf_counter()
        result = call()
        seconds.append(time.perf_counter() - started)
    return seconds, result


def peak(call: Callable[[], object]) -> int:
    """Return the most bytes that a call has at one time."""
    gc.collect()
    tracemalloc.start()
    call()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def run_r(data: pd.DataFrame, how: str, formula: str, nodes: int = 1, runs: int = 1) -> dict:
    """Fit in R, and return seconds, log-likelihood and estimates."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        codes = [data[column].cat.codes.to_numpy() for column in data]
        (folder / "codes.bin").write_bytes(np.concatenate(codes).astype(np.int8).tobytes())
        kinds = [data[column].cat for column in data]
        pd.DataFrame(
            {
                "name": list(data.columns),
                "levels": [len(kind.categories) for kind in kinds],
                "ordered": [int(kind.ordered) for kind in kinds],
                "rows": len(data),
            }
        ).to_csv(folder / "columns.csv", index=False)
        call = ["Rscript", str(SCRIPT), name, how, formula, str(nodes), str(runs)]
        subprocess.run(call, check=True)
        value = pd.read_csv(folder / "result.csv")["value"].to_numpy(dtype=float)
    return {"seconds": value[0], "value": value[1], "estimates": value[2:]}


def r_versions() -> str:
    """Return what R says of itself."""
    call = ["Rscript", str(SCRIPT)]
    return subprocess.run(call, check=True, capture_output=True, text=True).stdout.strip()


def run_statsmodels(data: pd.DataFrame) -> dict:
    """Fit OrderedModel; making the columns of zeros and ones is not timed."""
    exog = pd.get_dummies(data.drop(columns="answer"), drop_first=True, dtype=float)
    model = OrderedModel(data["answer"], exog, distr="logit")
    seconds, found = timed(lambda: model.fit(method="bfgs", disp=False), 1)
    gaps = np.asarray(found.params)
    thresholds = model.transform_threshold_params(gaps)[1:-1]
    estimates = np.r_[gaps[: exog.shape[1]], thresholds]
    return {"seconds": seconds[0], "value": found.llf, "estimates": estimates}


def check(fitted: ordinal.OrdinalFit, other: dict, name: str) -> None:
    """Raise unless log-likelihoods and estimates agree, relative to the largest estimate."""
    value, within = AGREE[name]
    ours = np.r_[fitted.coefficients["estimate"], fitted.thresholds["estimate"]]
    apart = {
        "log-likelihood": (abs(fitted.log_likelihood / other["value"] - 1), value),
        "estimates": (np.abs(ours - other["estimates"]).max() / np.abs(ours).max(), within),
    }
    print(f"    {name} agrees to", ", ".join(f"{k} {far:.1e}" for k, (far, _) in apart.items()))
    for what, (far, allowed) in apart.items():
        if not far <= allowed:
            raise ValueError(f"{name}: {what} differs by {far:.1e}, more than {allowed:.0e}")


def race(kept: dict, fit: Callable, others: dict[str, tuple[Callable, int]]) -> list[dict]:
    """Time our fit before and after the others, so that a busy minute does not favour one."""
    fit()
    before, fitted = timed(fit, RUNS)
    kept = kept | {"n": fitted.n, "log_likelihood": fitted.log_likelihood}
    rows = []
    for name, (run, runs) in others.items():
        other = run(runs)
        check(fitted, other, name)
        rows.append(kept | {"program": name, "seconds": other["seconds"], "runs": runs})
    seconds = float(np.median([*before, *timed(fit, RUNS)[0]]))
    return [kept | {"program": "fit", "seconds": seconds, "runs": 2 * RUNS}, *rows]


def race_large(n: int, has_r: bool) -> tuple[list[dict], dict]:
    """Return the times of the model without groups for n replies, and the memory it takes."""
    data = draw(n, PREDICTORS, 0.0, np.random.default_rng(n))
    formula = "answer ~ " + " + ".join(PREDICTORS)
    others = {}
    for how in ("rows", "grouped") if has_r else ():
        runs = SHORT if how == "grouped" or n <= 10_000 else 1
        others[how] = (lambda runs, how=how: run_r(data, how, formula, runs=runs), runs)
    others["OrderedModel"] = (lambda runs: run_statsmodels(data), 1)
    others = {name: other for name, other in others.items() if n <= MOST[name]}
    rows = race({"model": "no groups"}, lambda: ordinal.fit(formula, data), others)
    frame = int(data.memory_usage(deep=True).sum())
    return rows, {"n": n, "frame": frame, "fit": peak(lambda: ordinal.fit(formula, data))}


def race_groups(nodes: int, has_r: bool) -> list[dict]:
    """Return the times of the model with a random intercept."""
    data = draw(2_500, GROUPED, 0.5, np.random.default_rng(6))
    formula = "answer ~ channel + age"
    others = {}
    if has_r:
        full = f"{formula} + (1 | district)"
        others["groups"] = (lambda runs: run_r(data, "groups", full, nodes, runs), 3)
    model = f"groups, {nodes} nodes" if nodes > 1 else "groups, Laplace"
    call = {"random": "district", "nodes": nodes}
    return race({"model": model}, lambda: ordinal.fit(formula, data, **call), others)


def with_ratios(rows: list[dict]) -> pd.DataFrame:
    """Return the times, and how many times as long as ours each is."""
    times = pd.DataFrame(rows)
    ours = times[times["program"] == "fit"].set_index(["model", "n"])["seconds"]
    keys = pd.MultiIndex.from_frame(times[["model", "n"]])
    times["times_as_long"] = times["seconds"].to_numpy() / ours[keys].to_numpy()
    return times.sort_values(["model", "n"], ascending=[False, True], kind="stable")


def plot(times: pd.DataFrame) -> None:
    """Draw seconds against replies, each line with its name at its end."""
    lines = times[times["model"] == "no groups"].set_index("n")
    ours = lines.loc[lines["program"] == "fit", "seconds"]
    more, grows = max(SIZES) / min(SIZES), ours[max(SIZES)] / ours[min(SIZES)]
    title = f"With {more:,.0f} times as many replies, the fit takes {grows:.0f} times as long"
    under = "Seconds for an ordered answer and four categorical predictors; both axes logarithmic"
    labels = {
        "fit": (9, "left", style.PALETTE[0]),
        "grouped": (9, "left", style.PALETTE[1]),
        "OrderedModel": (-9, "right", style.PALETTE[2]),
        "rows": (9, "left", style.PALETTE[3]),
    }
    with style.apply():
        figure = Figure(figsize=(8, 5))
        axes = figure.add_axes((0.1, 0.13, 0.64, 0.68))
        figure.text(0.02, 0.95, title, size=13, weight="bold", va="top")
        figure.text(0.02, 0.885, under, va="top", color=style.PALETTE[4])
        for name, (right, side, colour) in labels.items():
            line = lines.loc[lines["program"] == name, "seconds"]
            if len(line):
                axes.loglog(line.index, line, "o-", color=colour, markersize=4)
                label = NAMES[name].replace("`", "").replace(", ", ",\n")
                place = {"xytext": (right, 0), "textcoords": "offset points", "ha": side}
                end = (line.index[-1], line.iloc[-1])
                axes.annotate(label, end, color=colour, va="center", **place)
        axes.grid(axis="y")
        axes.grid(visible=False, axis="x")
        axes.set_xticks(SIZES, [f"{n:,}" for n in SIZES])
        axes.minorticks_off()
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.set(xlabel="replies", ylabel="seconds")
        figure.savefig(DOCS / "benchmarks.svg", metadata={"Date": None, "Creator": None})
        figure.savefig(DOCS / "benchmarks.png", dpi=200, metadata={"Software": None})


def times_text(ratio: float) -> str:
    """Write a ratio with three digits or none behind the point."""
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.3g}"


def goals(times: pd.DataFrame, memory: pd.DataFrame) -> list[str]:
    """Return rows of what was asked for: how many times as fast, and how much memory."""
    found = times.set_index(["model", "n", "program"])["times_as_long"]
    rows = []
    for (model, n, program), goal in GOALS.items():
        if (model, n, program) in found:
            ratio = found[model, n, program]
            met = "yes" if ratio >= goal else "no"
            what = f"{model}, {n:,} replies, against {NAMES[program]}"
            rows.append(f"| {what} | {times_text(ratio)} times as fast | {goal:,} times | {met} |")
    for row in memory[memory["n"] >= 1_000_000].itertuples():
        ratio = (row.frame + row.fit) / row.frame
        met = "yes" if ratio < MEMORY_GOAL else "no"
        what = f"frame and fit in memory, {row.n:,} replies"
        rows.append(f"| {what} | {ratio:.2f} times the frame | under {MEMORY_GOAL} times | {met} |")
    return rows


def to_page(times: pd.DataFrame, memory: pd.DataFrame, versions: str) -> str:
    """Write the page."""
    seconds = [
        f"| {row.model} | {row.n:,} | {NAMES[row.program]} | {row.seconds:.3g} | {row.runs} | "
        f"{times_text(row.times_as_long)} |"
        for row in times.itertuples()
    ]
    taken = [
        f"| {row.n:,} | {row.frame / 1e6:.3g} | {row.fit / 1e6:.3g} |"
        for row in memory.itertuples()
    ]
    packages = ("numpy", "scipy", "pandas", "formulaic", "statsmodels")
    used = ", ".join(f"{name} {metadata.version(name)}" for name in packages)
    used = f"Python {platform.python_version()} with {used}; {versions}; {os.cpu_count()} cores"
    summary = ["| What | Found | Asked for | Reached |", "| --- | --- | --- | --- |"]
    summary += goals(times, memory)
    head = ["| Model | Replies | Program | Seconds | Runs | Times as long |"]
    head += ["| --- | ---: | --- | ---: | ---: | ---: |"]
    size = ["| Replies | Frame, MB | Fit, MB |", "| ---: | ---: | ---: |"]
    blocks = (summary, [*head, *seconds], [*size, *taken])
    return PAGE.format(used, *("\n".join(block) for block in blocks))


def main() -> None:
    """Measure, print and write."""
    warnings.simplefilter("ignore")
    has_r = shutil.which("Rscript") is not None
    rows, memory = [], []
    for n in SIZES:
        found, taken = race_large(n, has_r)
        rows += found
        memory.append(taken)
    for nodes in (10, 1):
        rows += race_groups(nodes, has_r)
    times, memory = with_ratios(rows), pd.DataFrame(memory)
    page = to_page(times, memory, r_versions() if has_r else "R was not there")
    print(page)
    (DOCS / "benchmarks.md").write_text(page, encoding="utf-8")
    kept = times.merge(memory.assign(model="no groups", program="fit"), how="left")
    kept.to_csv(DOCS / "benchmarks.csv", index=False)
    plot(times)


if __name__ == "__main__":
    main()

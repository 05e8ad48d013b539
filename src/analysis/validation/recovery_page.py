"""The page on what the models of satisfaction recover of a known population."""

from collections.abc import Callable

import pandas as pd

from analysis.report import listed, percent
from analysis.validation import recovery_sentences
from analysis.validation.recovery_population import PEOPLE, SCALES, SELECTED, describe
from analysis.validation.recovery_weights import BOTH, MEANS

#: Coverage of a 95% interval outside these is named on the page.
LOWEST, HIGHEST = 0.93, 0.97

#: The row of the table that tells of `ordinal.spread_interval`.
PROFILE = "coverage of the profile interval"


def to_page(frame: pd.DataFrame) -> str:
    """Write the page about a table of recovery.

    Parameters
    ----------
    frame : pandas.DataFrame
        As in docs/recovery.csv.

    Returns
    -------
    str
        Markdown.
    """
    sections = (
        ("Effects of the channels", _channels(frame)),
        ("The spread between districts", _spread(frame)),
        ("Does a spread show", _test(frame)),
        ("Intervals of single districts", _districts(frame)),
        ("Laplace's approximation", _laplace(frame)),
        ("Survey weights and a random intercept together", _both(frame)),
    )
    lines = ["# What the models of satisfaction recover", "", *_population(frame)]
    for title, text in sections:
        lines += ["", f"## {title}", "", *text]
    return "\n".join(lines) + "\n"


def _population(frame: pd.DataFrame) -> list[str]:
    parts = (frame["table"] == "channels") & (frame["term"] == "average")
    parts |= (frame["table"] == "laplace") & (frame["term"] == "spread")
    parts &= frame["method"] != "largest"
    return [
        "Made by `python -m analysis coverage` (some minutes); do not edit. **Simulated**, from a "
        "made-up population:",
        "",
        *describe(),
        "",
        "Under another link, effects and spread are multiplied by "
        + " and ".join(f"{SCALES[name]:.3f} ({name})" for name in ("probit", "cloglog"))
        + ", so that they are as large beside the noise, and the shares of the answers stay. "
        + recovery_sentences.failures(frame[parts], "fit")
        + " "
        + recovery_sentences.failures(frame[frame["method"] == PROFILE], "profile interval")
        + " docs/recovery.csv has the Monte Carlo error and the runs of each number.",
    ]


def _channels(frame: pd.DataFrame) -> list[str]:
    rows = frame[frame["table"] == "channels"]
    spans = []
    for names, kept in (("without weights", rows["method"] != "weighted"),
                        ("with survey weights", rows["method"] == "weighted")):  # fmt: skip
        one = rows["term"] != "average"
        spans.append(
            f"{names} {_span(rows.loc[kept & ~one, 'estimate'])} on average over the channels and "
            f"{_span(rows.loc[kept & one, 'estimate'])} one by one"
        )
    outside = (rows["term"] != "average") & ~rows["estimate"].between(LOWEST, HIGHEST)
    counts = rows.loc[outside, "method"].value_counts(sort=False)
    named = [f"{count} {method}" for method, count in counts.items()]
    errors = frame[frame["table"] == "errors"]
    worst = errors.loc[errors["estimate"].abs().idxmax()]
    return [
        "Share of runs whose 95% interval holds the true effect of a channel, against the first "
        "one. In *district fixed* each district has a coefficient of its own "
        "(`satisfaction ~ channel + district`), in *weighted* the same with survey weights and "
        "linearised standard errors; in *district random* districts have a random intercept.",
        "",
        f"Intervals cover {'; '.join(spans)}. Of {(rows['term'] != 'average').sum()} rates one by "
        f"one, outside {percent(LOWEST)} to {percent(HIGHEST)}: {listed(named)}."
        f"{recovery_sentences.weighted_sentence(rows)} The largest mean error of an effect is "
        f"{worst['estimate']:+.3f} ({worst['term']} in {worst['method']}, {worst['link']}, spread "
        f"{worst['spread']:g}; Monte Carlo error {worst['mc_error']:.3f}).",
        "",
        *_markdown(_wide(rows, ["method", "link", "spread"], "term", lambda x: percent(x, 1))),
    ]


def _spread(frame: pd.DataFrame) -> list[str]:
    rows = frame[frame["table"] == "spread"]
    ratio, coverage = recovery_sentences.known_limits(len(PEOPLE))
    found = rows.set_index(["spread", "method"])
    sentences = [
        recovery_sentences.bias(spread, *found.loc[(spread, "bias"), ["estimate", "mc_error"]])
        for spread in dict.fromkeys(rows["spread"])
    ]
    shares = rows["method"].isin(["share of runs at 0", PROFILE])
    text = rows.assign(shown=[
        percent(value, 1) if share else f"{value:.3f}"
        for value, share in zip(rows["estimate"], shares, strict=True)
    ])  # fmt: skip
    wide = text.pivot_table(
        index="spread", columns="method", values="shown", aggfunc="first", sort=False
    )
    return [
        "The maximum-likelihood standard deviation between ten districts, and its "
        f"profile-likelihood interval. {' '.join(sentences)} {recovery_sentences.zeros(rows)}",
        "",
        *_markdown(wide),
        "",
        "Where there is no spread, the interval can err on one side only, and so holds 0 more "
        "often than 95% of the time. Were ten districts' effects known without error, the estimate "
        f"would be {percent(ratio, 1)} of the true spread on average and the interval would hold "
        f"it {percent(coverage, 1)} of the time: ten districts are few, however many people they "
        "have, and their mean is estimated along with the spread.",
    ]


def _test(frame: pd.DataFrame) -> list[str]:
    rows = frame[frame["table"] == "test"]
    return [
        "Share of runs in which p is below 0.05 when the model with a random intercept is compared "
        "with the one without: the size of the test where the spread is 0, else its power. "
        "`ordinal.compare` uses the 50:50 mixture.",
        "",
        *_markdown(_wide(rows, ["method"], "spread", lambda x: percent(x, 1))),
    ]


def _districts(frame: pd.DataFrame) -> list[str]:
    rows = frame[frame["table"] == "districts"]
    every = rows[rows["term"] == "all districts"]
    sentences = [
        f"{percent(row.estimate, 1)} where the true spread is {row.spread:g}"
        for row in every.itertuples()
    ]
    verdict = "fewer than 95%" if (every["estimate"] < 0.95).all() else "95% or more in some"
    return [
        "`random.effects` gives the most likely intercept of each district with a conditional 95% "
        "interval, as if the spread, the thresholds and the effects of the channels were known. "
        f"Of the true effects they hold {listed(sentences)}: {verdict}. Where the spread is "
        "estimated as 0, intervals have no width and miss every district. The thresholds also take "
        "up the average of the ten districts in a sample, which large districts with narrow "
        "intervals feel most; *less their mean* compares effects and estimates after each set's "
        "own mean is taken off.",
        "",
        *_markdown(_wide(rows, ["term"], "spread", lambda x: percent(x, 1))),
    ]


def _laplace(frame: pd.DataFrame) -> list[str]:
    rows = frame[frame["table"] == "laplace"]
    runs = int(rows["runs"].max())
    return [
        f"One node (Laplace) less ten nodes, in {runs} runs of each spread: the difference of the "
        "estimated spread and of the largest log-likelihood.",
        "",
        *_markdown(_wide(rows, ["term", "method"], "spread", lambda x: f"{x:+.1e}")),
    ]


def _both(frame: pd.DataFrame) -> list[str]:
    rows = frame[frame["table"] == BOTH]
    means = rows["term"].isin(MEANS)
    shown = rows.assign(
        shown=[
            f"{value:.3f}" if mean else percent(value, 1)
            for value, mean in zip(rows["estimate"], means, strict=True)
        ]
    )
    keys = ["method", "spread"]
    held, sizes = (
        shown[part].pivot_table(
            index=keys, columns="term", values="shown", aggfunc="first", sort=False
        )
        for part in (~means, means)
    )
    return [
        "`satisfaction ~ channel` with a random intercept of the ten districts and survey weights, "
        "scaled to the size of each district (pseudo-likelihood, sandwich over districts). Weights "
        "that say nothing are those above; weights that undo a selection are the inverse of the "
        f"chance to be in the sample, {percent(SELECTED[0])} for the two best answers and "
        f"{percent(SELECTED[1])} for others, of four times the people. "
        f"{recovery_sentences.failures(rows[rows['term'] == MEANS[0]], 'fit')}",
        "",
        "Share of runs whose 95% interval holds the true effects, thresholds and spread, on "
        "average over the channels and over the thresholds, with quantiles of t on nine degrees of "
        "freedom, which `ordinal` uses, and of the normal; of the spread among runs whose estimate "
        f"is above 0. {recovery_sentences.few_groups(rows)}",
        "",
        *_markdown(held),
        "",
        "Means over the runs, of the spread and of the error of the thresholds:",
        "",
        *_markdown(sizes),
    ]


def _span(values: pd.Series) -> str:
    return f"{percent(values.min(), 1)} to {percent(values.max(), 1)}"


def _wide(rows: pd.DataFrame, keys: list[str], across: str, form: Callable) -> pd.DataFrame:
    shown = rows.assign(shown=[form(value) for value in rows["estimate"]])
    return shown.pivot_table(
        index=keys, columns=across, values="shown", aggfunc="first", sort=False
    )


def _markdown(wide: pd.DataFrame) -> list[str]:
    name = "Spread " if wide.columns.name == "spread" else ""
    heads = [*(key.capitalize() for key in wide.index.names)]
    heads += [
        f"{name}{each:g}" if name else str(each)[0].upper() + str(each)[1:] for each in wide.columns
    ]
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for index, row in zip(wide.index, wide.to_numpy(), strict=True):
        names = index if isinstance(index, tuple) else (index,)
        shown = [f"{each:g}" if isinstance(each, float) else each for each in names]
        lines.append("| " + " | ".join([*shown, *row]) + " |")
    return lines

"""The page on how well a district's residents are told of by those who answered."""

import pandas as pd

from analysis.report import listed, percent
from analysis.validation.recovery_population import PEOPLE
from analysis.validation.residents_population import (
    AGES,
    APART,
    KEENER,
    OF_AGE,
    OF_SEX,
    OLDER,
    SEXES,
)

#: What the page calls the three estimates.
MODELLED, OWN, POOLED = "Modelled, of residents", "Own share", "Drawn towards everybody's"

METHODS = (MODELLED, OWN, POOLED)

#: The coverage that is wanted of a 95% interval, averaged over districts.
WANTED = (0.935, 0.965)

#: The three tables: title, what stands in it, terms of its rows, and how they are written.
SECTIONS = {
    "Coverage": (
        "Share of samples whose 95% interval holds the share of a district's residents, averaged "
        "over the ten districts, and of the smallest and the largest.",
        ("all districts", f"{PEOPLE[0]} people", f"{PEOPLE[-1]} people"),
    ),
    "Bias and error": (
        "In percentage points: the mean error of a district, whatever its sign (bias), averaged "
        "over districts, and the root of the mean squared error.",
        ("bias", "RMSE"),
    ),
    "Width": ("Mean width of the interval, in percentage points.", ("width",)),
}


def to_page(frame: pd.DataFrame) -> str:
    """Write the page about a table of the simulation.

    Parameters
    ----------
    frame : pandas.DataFrame
        As in docs/residents.csv.

    Returns
    -------
    str
        Markdown.
    """
    lines = [
        "# How well a district's residents are told of by those who answered",
        "",
        *_population(frame),
    ]
    for title, (text, terms) in SECTIONS.items():
        lines += ["", f"## {title}", "", text]
        lines += ["", _verdict(frame)] if title == "Coverage" else []
        lines += ["", *_markdown(frame, terms)]
    return "\n".join(lines) + "\n"


def _population(frame: pd.DataFrame) -> list[str]:
    runs, pooled = (int(frame.loc[frame["method"] == each, "runs"].max()) for each in (OWN, POOLED))
    every = frame[frame["term"] == "all districts"]
    return [
        "Made by `python -m analysis coverage` (some minutes); do not edit. **Simulated**, from a "
        "made-up population:",
        "",
        f"- {len(PEOPLE)} districts, of which {listed([str(each) for each in PEOPLE], most=12)} "
        "people answer",
        f"- {len(AGES)} bands of age and {len(SEXES)} sexes; effects of the bands on the logit "
        f"scale {OF_AGE[0]:g} to {OF_AGE[-1]:g}, of sex {OF_SEX[0]:+g} and {OF_SEX[1]:+g}",
        "- from one band to the next residents are more numerous by log odds of "
        f"{OLDER.min():g} to {OLDER.max():g}, another number in each district, and likelier to "
        f"answer by {KEENER.min():g} to {KEENER.max():g}: mostly older people answer",
        "- effects of districts are drawn anew for each sample, with the spread that heads a "
        "column; under *ages apart* each band of each district has besides an effect of its own "
        f"(standard deviation {APART:g}), against what the model supposes",
        "",
        f"*{MODELLED}* is `groups.multilevel`, with age and sex, averaged over the residents by "
        f"district, age and sex; *{OWN}* is that of the people who answered, with Wilson's "
        f"interval; *{POOLED}* is `groups.pooled_shares` (in {pooled} samples, the others in "
        f"{runs:,}). The last two tell of the people who answered, so that here they are measured "
        "against what they do not claim. The Monte Carlo error of a coverage averaged over "
        f"districts is {percent(every['mc_error'].max(), 1)} at most; docs/residents.csv has it "
        "for each number.",
    ]


def _verdict(frame: pd.DataFrame) -> str:
    """Say where the modelled interval covers as it should, and where not."""
    rows = frame[(frame["method"] == MODELLED) & (frame["term"] == "all districts")]
    held = rows[rows["apart"] == 0]
    wanted = f"{percent(WANTED[0], 1)} to {percent(WANTED[1], 1)}"
    mean = held["estimate"].mean()
    error = ((held["mc_error"] ** 2).sum() ** 0.5) / len(held)
    told = [
        f"{percent(row.estimate, 1)} where the spread is {row.spread:g}"
        for row in held.itertuples()
    ]
    off = held[~held["estimate"].between(*WANTED)]
    failed = [
        f"at {row.spread:g} it holds too {'often' if row.estimate > WANTED[1] else 'seldom'}"
        for row in off.itertuples()
    ]
    said = f"Wanted are {wanted}: {'; '.join(failed) or 'that is met at each spread'}."
    if (off["spread"] == 0).any():
        said += (
            " Without any spread the truth lies at the edge of what the model takes for possible, "
            "and the interval is wider than it need be."
        )
    apart = rows[rows["apart"] > 0].iloc[0]
    return (
        f"The modelled interval holds {listed(told)}; over these {percent(mean, 1)} (Monte Carlo "
        f"error {percent(error, 1)}). {said} Where ages differ from district to district in their "
        f"own way, it holds {percent(apart['estimate'], 1)}."
    )


def _markdown(frame: pd.DataFrame, terms: tuple[str, ...]) -> list[str]:
    rows = frame[frame["term"].isin(terms)]
    heads = list(rows[["spread", "apart"]].drop_duplicates().itertuples(index=False, name=None))
    titles = [f"Spread {spread:g}" + ", ages apart" * (apart > 0) for spread, apart in heads]
    found = rows.set_index(["method", "term", "spread", "apart"])["estimate"]
    covers = terms == SECTIONS["Coverage"][1]
    lines = ["| Method | Of | " + " | ".join(titles) + " |", "|" + " --- |" * (len(heads) + 2)]
    for method in METHODS:
        for term in terms:
            cells = [found[method, term, *each] for each in heads]
            told = [percent(each, 1) if covers else f"{100 * each:.1f}" for each in cells]
            lines.append("| " + " | ".join([method, term, *told]) + " |")
    return lines

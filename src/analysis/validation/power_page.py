"""The page on whether planned power is the power that tests have."""

import pandas as pd

from analysis.report import listed, percent

#: Shift, share of discordant people, people. The last four rows are the effects of one district
#: that were known beforehand, and a shift that is not there.
SHIFTS = (
    (0.05, 0.20, 658), (0.10, 0.40, 250), (0.05, 0.10, 200), (0.10, 0.20, 168),
    (0.21, 0.25, 45), (0.14, 0.25, 100), (0.11, 0.25, 150), (0.0, 0.25, 100),
)  # fmt: skip

#: Shares of everybody else and of a group, people of each.
GROUPS = (
    (0.50, 0.60, 392, 392), (0.55, 0.45, 1926, 214), (0.55, 0.34, 690, 44),
    (0.10, 0.16, 500, 500), (0.50, 0.50, 200, 200),
)  # fmt: skip

#: People of ten districts: all alike, and as unequal as those of the synthetic survey.
SIZES = ((84,) * 10, (44, 96, 99, 47, 90, 109, 63, 43, 45, 51))

#: Standard deviations between districts on the logit scale.
SPREADS = (0.0, 0.2, 0.3, 0.4)

#: Shares of the five answers in a middling district.
ANSWERS = (0.13, 0.15, 0.15, 0.37, 0.20)

#: The level of the tests.
LEVEL = 0.05

#: How far planned and simulated power may lie apart.
WANTED = 0.02

#: The test that is simulated beside the others and not planned with.
NOT_PLANNED = "Fisher, exact"

TITLES = {
    "shift": (
        "A shift of paired shares",
        "Planned power adds up all samples there can be; the closed form is Connor's (1987), of "
        "the test without continuity correction.",
        ("Shift", "Discordant"),
    ),
    "groups": (
        "The shares of two groups",
        "One district and everybody else, two groups, or two waves. Planned power of Newcombe's "
        "interval adds up all samples; the closed form is that of statsmodels for the z test with "
        "pooled variance. Nothing is planned with Fisher's exact test: its rows have the power of "
        "Newcombe's interval as the planned one.",
        ("Difference", "Others' share"),
    ),
    "spread": (
        "The spread between districts",
        "The likelihood ratio of a random intercept by district in a cumulative logit model of "
        f"five answers ({listed([percent(each) for each in ANSWERS], most=9)}), each model fitted "
        "in each sample. Planned power draws the effects found as normal, with Whitehead's (1993) "
        "information; the closed form is for districts of one size.",
        ("Spread", "Districts"),
    ),
    "width": (
        "How wide an interval is",
        "In percentage points: the width at the expected counts, and the mean width of simulated "
        "samples.",
        ("Shift", "Discordant"),
    ),
}


def to_page(frame: pd.DataFrame) -> str:
    """Write the page about a table of the simulation.

    Parameters
    ----------
    frame : pandas.DataFrame
        As in docs/power.csv.

    Returns
    -------
    str
        Markdown.
    """
    lines = [
        "# Is planned power the power that tests have",
        "",
        "Made by `python -m analysis coverage` (some minutes); do not edit. **Simulated** samples "
        "of made-up populations; `src/analysis/validation/power_page.py` has what they are, "
        f"seed {int(frame['seed'].iloc[0])}. Level 5%, two-sided. The Monte Carlo error is "
        f"{_errors(frame)}.",
        "",
        *_verdicts(frame),
    ]
    for name, (title, text, heads) in TITLES.items():
        here = frame[frame["table"] == name]
        lines += ["", f"## {title}", "", text, "", *_markdown(here, heads, width=name == "width")]
    return "\n".join(lines) + "\n"


def _errors(frame: pd.DataFrame) -> str:
    powers = frame[frame["table"] != "width"]
    spread = powers["table"] == "spread"
    most = [powers.loc[mask, "mc_error"].max() for mask in (~spread, spread)]
    return f"{percent(most[0], 1)} at most, and of models {percent(most[1], 1)}"


def _verdicts(frame: pd.DataFrame) -> list[str]:
    """Say how far planned and simulated power lie apart, table by table."""
    planned = frame[frame["test"] != NOT_PLANNED]
    lines = []
    for name in ("shift", "groups", "spread"):
        here = planned[planned["table"] == name]
        apart = (here["planned"] - here["simulated"]).abs()
        most = here.loc[apart.idxmax()]
        met = "within" if apart.max() <= WANTED else "NOT within"
        lines.append(
            f"- {TITLES[name][0]}: planned and simulated power are {_points(apart.max())} points "
            f"apart at most ({met} the {_points(WANTED)} wanted), where the Monte Carlo error is "
            f"{_points(most['mc_error'])}{_closed(here)}."
        )
    lines += _null(frame)
    fisher = frame[frame["test"] == NOT_PLANNED]
    less = fisher["planned"] - fisher["simulated"]
    lines.append(
        f"- Fisher's exact test, which stands beside Newcombe's interval in the notebooks, has "
        f"{_points(less.min())} to {_points(less.max())} points less power than the interval: who "
        "wants p below 0.05 and not only an interval that leaves out 0 needs some more people."
    )
    return lines


def _null(frame: pd.DataFrame) -> list[str]:
    """Say how often the test of the spread errs where there is none."""
    here = frame[(frame["table"] == "spread") & (frame["effect"] == 0)]
    if here.empty:
        return []
    upper = here["simulated"] + 1.96 * here["mc_error"]
    lower = here["simulated"] - 1.96 * here["mc_error"]
    if (upper < LEVEL).all():
        said = "it is conservative, and errs less often than its level"
    elif (lower > LEVEL).any():
        said = "it errs MORE often than its level"
    else:
        said = "that is its level, within the Monte Carlo error"
    found = [
        f"{percent(row.simulated, 1)} ({row.test.rpartition(', ')[2]}; planned "
        f"{percent(row.planned, 1)})"
        for row in here.itertuples()
    ]
    return [
        f"- Where districts do not differ, the test of the spread finds that they do in "
        f"{listed(found)} of samples, at a level of {percent(LEVEL)}; {said}."
    ]


def _closed(here: pd.DataFrame) -> str:
    known = here.dropna(subset=["closed_form"])
    apart = (known["closed_form"] - known["planned"]).abs().max()
    return f"; the closed form and planned power {_points(apart)} points at most"


def _points(share: float) -> str:
    return f"{100 * share:.1f}"


def _markdown(frame: pd.DataFrame, heads: tuple[str, str], *, width: bool) -> list[str]:
    others = bool(frame["n_others"].notna().any())
    names = ["Test", *heads, "n", *["Others"] * others, "Planned", "Closed form", "Simulated",
             "Monte Carlo error"]  # fmt: skip
    if width:
        names.remove("Closed form")
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    for row in frame.itertuples():
        cells = [row.test, f"{row.effect:g}", f"{row.other:g}", f"{row.n:,.0f}"]
        cells += [f"{row.n_others:,.0f}"] * others
        digits = 2 if width else 1
        told = [row.planned, *([] if width else [row.closed_form]), row.simulated, row.mc_error]
        cells += ["" if pd.isna(each) else f"{100 * each:.{digits}f}" for each in told]
        lines.append("| " + " | ".join(cells) + " |")
    return lines

"""The outcome of the comparison, kept in verify-r.csv and verify-r.md."""

from pathlib import Path

import pandas as pd

from analysis import files, paths
from analysis.report import findings
from analysis.survey import DEFAULT, Survey
from analysis.verification.comparison import AGREED, COLUMNS, DIFFERS, LISTED, compare
from analysis.verification.recomputed import recompute

_INTRODUCTION = """# A second program: the headlines recomputed in R

Written by `python -m analysis verify-r`; do not edit. An R script, written apart from the Python
code and in other ways, starts from the replies as notebook 01 wrote them (`responses.csv`) and a
description of the codebook, and recomputes every headline of `findings.csv`: estimate, interval,
people, and the same with weights. No number that Python estimated is given to it; where a headline
is about one of several, it chooses by itself, and a row differs if another one is ahead.

| | by Python | by R |
| --- | --- | --- |
| weights | iterative proportional fitting | `survey::calibrate`, raking distance (Newton) |
| weighted errors | influences less a fit on margins | `survey::svymean`, a calibrated design |
| ordinal models | own Newton's method | `ordinal::clm`; derivatives of shares by `numDeriv` |
| spread between districts | adaptive quadrature | trapezoid rule, from `ordinal::clmm` on |
| intervals that hold together | a union counted once, on a Sobol sequence | `mvtnorm` |
| shares of districts together | quadrature in panels, draws in steps | an even grid, other draws |
| do shifts of districts differ | moments over all ways of dealing people | people dealt at random |
| tau-b | Brown and Benedetti's formula | derivatives by the cells of the table |

A row **agreed** if all its numbers do: to 0.00001; or, where a published number is rounded by the
rules on disclosure, if R's own is one that is rounded to it. Ends of intervals that are simulated
may lie apart by the error that the method has: 0.001 standard errors of an interval that holds
together with others, and of shares of districts three times the error of 20,000 draws (together
0.06 standard deviations). A row is **listed**, with the reason, if it could not be recomputed, or
if numbers say that there are two answers to one question. All its other numbers agree then:

- **tie**: R names another first, and both are equal in the steps by which the headline sorts (to
  0.00001 where it has none); or they are of two measures whose simulated tests are nearer than
  the simulation errs (three standard errors of each).
- **boundary**: a spread next to 0 is published where R's is 0, and the log-likelihood, maximised
  over all else, is flat to 0.00000001 between them.

Headlines made from other replies, another codebook or another raw file than are here now are not
compared: the command says so and ends with status 2 (`findings_from.json` beside `findings.csv` has
the SHA-256 of what each notebook's headlines were made from). It ends with 1 if a row differs.

Open answers are coded from the raw file by the phrases of the codebook, for R in a table that is
removed afterwards: which person named which theme is not published, since few people name some of
them. So those rows verify the shares, not the coding (docs/themes.md does). Whether a headline may
be shown at all is not recomputed.
"""


#: Surveys whose outcome the project carries.
CARRIED = (DEFAULT, "ape11")


def verify(survey: Survey) -> pd.DataFrame:
    """Recompute the headlines of a survey with R, and keep the outcome.

    That of the surveys that the project speaks of is in docs/, that of any other one beside its
    other tables.

    Parameters
    ----------
    survey : Survey
        With its results written.

    Returns
    -------
    pandas.DataFrame
        As `comparison.compare` returns it.

    Raises
    ------
    SurveyError
        As `recomputed.recompute`.
    """
    table = compare(findings.read_findings(survey), recompute(survey))
    folder = paths.DOCS if survey.name in CARRIED else survey.processed
    keep(survey.name, table, synthetic=survey.codebook.synthetic, folder=folder)
    return table


def keep(name: str, table: pd.DataFrame, *, synthetic: bool, folder: Path = paths.DOCS) -> Path:
    """Replace the rows of one survey in the table of outcomes, and write the page again.

    Parameters
    ----------
    name : str
        Of the survey.
    table : pandas.DataFrame
        As `comparison.compare` returns it.
    synthetic : bool
        Whether its data are synthetic.
    folder : pathlib.Path
        Where the table and the page are.

    Returns
    -------
    pathlib.Path
        The page.
    """
    path, kind = folder / "verify-r.csv", "synthetic" if synthetic else "real"
    mine = table.assign(survey=name, data=kind)[["survey", *COLUMNS, "data"]]
    known = pd.read_csv(path, keep_default_na=False) if path.is_file() else mine.iloc[:0]
    parts = [each for each in (known[known["survey"] != name], mine) if len(each)]
    both = pd.concat(parts, ignore_index=True)
    both = both.sort_values("survey", key=lambda each: each != DEFAULT, kind="stable")
    files.replace_text(path, both.to_csv(index=False, lineterminator="\n"))
    page = folder / "verify-r.md"
    files.replace_text(page, to_page(both))
    return page


def to_page(table: pd.DataFrame) -> str:
    """Write the page about the outcomes.

    Parameters
    ----------
    table : pandas.DataFrame
        `survey`, the columns of `comparison.compare`, and `data`.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> row = {"survey": "demo", "finding": "satisfied", "outcome": "agreed", "compared": 4,
    ...        "how": "n: the same", "data": "real"}
    >>> for line in to_page(pd.DataFrame([row])).splitlines()[-7:-1]:
    ...     print(line or "-")
    ## demo (real data)
    -
    1 of 1 rows agreed.
    -
    | headline | outcome | numbers | how |
    | --- | --- | --- | --- |
    """
    lines = [_INTRODUCTION]
    for name, rows in table.groupby("survey", sort=False):
        lines += [f"## {name} ({rows['data'].iloc[0]} data)", "", tally(rows), ""]
        lines += ["| headline | outcome | numbers | how |", "| --- | --- | --- | --- |"]
        lines += [
            f"| {row.finding} | {row.outcome} | {row.compared} | {row.how} |"
            for row in rows.itertuples()
        ]
        lines.append("")
    return "\n".join(lines)


def tally(table: pd.DataFrame) -> str:
    """Say how many rows agreed, are listed, and differ.

    Parameters
    ----------
    table : pandas.DataFrame
        As `comparison.compare` returns it.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> tally(pd.DataFrame({"outcome": ["agreed", "agreed", "differs"]}))
    '2 of 3 rows agreed, 1 differs.'
    """
    count = table["outcome"].value_counts()
    said = f"{count.get(AGREED, 0)} of {len(table)} rows agreed"
    if count.get(LISTED, 0):
        said += f", {count[LISTED]} listed with a reason"
    if count.get(DIFFERS, 0):
        said += f", {count[DIFFERS]} {'differs' if count[DIFFERS] == 1 else 'differ'}"
    return f"{said}."


def lines_of(table: pd.DataFrame) -> list[str]:
    """Write the outcome for a terminal: a line a row, and a last one that counts them.

    Parameters
    ----------
    table : pandas.DataFrame
        As `comparison.compare` returns it.

    Returns
    -------
    list of str
        The lines.

    Examples
    --------
    >>> lines_of(pd.DataFrame({"finding": ["satisfied"], "outcome": ["agreed"], "how": ["to 1"]}))
    ['agreed   satisfied: to 1', '1 of 1 rows agreed.']
    """
    told = [f"{row.outcome:8} {row.finding}: {row.how}" for row in table.itertuples()]
    return [*told, tally(table)]


def differ(table: pd.DataFrame) -> bool:
    """Tell whether any row differs.

    Examples
    --------
    >>> differ(pd.DataFrame({"outcome": ["agreed", "listed"]}))
    False
    """
    return bool((table["outcome"] == DIFFERS).any())

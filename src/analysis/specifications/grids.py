"""Every headline of a survey over its specifications, worked out in several processes."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.specifications import arrays, choices, claims
from analysis.specifications.claims import Claim
from analysis.specifications.estimates import Estimate
from analysis.specifications.people import Cleanings
from analysis.survey import Survey

#: All combinations of choices are tried if there are no more of them; else a balanced part.
AT_MOST = 256

#: So many specifications of the same people are a process's work at a time.
PART = 24

#: The choices of people, by which specifications are dealt out to processes.
_OF_PEOPLE = [each.name for each in choices.OF_PEOPLE]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The claims of a survey, and each over its specifications.

    `specifications` has a column a choice; `estimates` a row for each of its rows: `estimate,
    conf_low, conf_high, p_value, n, failed`; both by claim, the report's own specification first.
    `single` names the choice that alone is taken otherwise than in the report, "" in all other
    rows, and `crossed` says which rows are the balanced combinations. `made` holds the whole
    results, for permutations.
    """

    claims: list[Claim]
    absent: dict[str, str]
    specifications: dict[str, pd.DataFrame]
    estimates: dict[str, pd.DataFrame]
    single: dict[str, np.ndarray]
    crossed: dict[str, np.ndarray]
    made: dict[str, list[Estimate]]


def specifications_of(claim: Claim) -> pd.DataFrame:
    """List the specifications of a claim.

    Parameters
    ----------
    claim : Claim
        With its choices.

    Returns
    -------
    pandas.DataFrame
        A column a choice with the level, and `single` and `crossed` as in `Grid`: first the
        report's, then the balanced combinations, then each choice alone taken otherwise.
    """
    levels = {each.name: each.levels for each in claim.choices}
    report = choices.report_of(claim.choices)
    sizes = {name: len(each) for name, each in levels.items()}
    found = arrays.combinations(sizes, at_most=AT_MOST, bits=claim.bits)
    rows = [{name: levels[name][at] for name, at in each.items()} for each in found]
    crossed = [True] * len(rows)
    for name, each in levels.items():
        for level in each[1:]:
            row = report | {name: level}
            if row not in rows:
                rows, crossed = [*rows, row], [*crossed, False]
    unlike = [[name for name in levels if row[name] != report[name]] for row in rows]
    single = [each[0] if len(each) == 1 else "" for each in unlike]
    return pd.DataFrame(rows, columns=list(levels)).assign(single=single, crossed=crossed)


def make_grid(
    survey: Survey,
    raw: pd.DataFrame,
    *,
    only: Sequence[str] = (),
    processes: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Grid:
    """Work out every headline of a survey over its specifications.

    Parameters
    ----------
    survey : Survey
        The survey.
    raw : pandas.DataFrame
        As `Survey.read_raw` returns it.
    only : sequence of str
        Names of claims; all by default.
    processes : int, optional
        One a core by default; 1 works in this process alone. The result is the same.
    progress : callable, optional
        Told after each part how many specifications are done, and of how many.

    Returns
    -------
    Grid
        A specification without finite estimates stays, with NaN and the reason.
    """
    cleanings = Cleanings(survey, raw)
    found, absent = claims.claims_of(cleanings)
    found = [each for each in found if not only or each.name in only]
    tables = {each.name: specifications_of(each) for each in found}
    tasks = _tasks(found, tables)
    total, done = sum(map(len, tables.values())), 0
    made: dict[str, dict[int, Estimate]] = {each.name: {} for each in found}
    for part in _worked(found, tables, tasks, cleanings, processes):
        for name, number, estimate in part:
            made[name][number] = estimate
        done += len(part)
        if progress is not None:
            progress(done, total)
    listed = {name: [some[at] for at in range(len(some))] for name, some in made.items()}
    return Grid(
        claims=found,
        absent=absent,
        specifications={
            name: table.drop(columns=["single", "crossed"]) for name, table in tables.items()
        },
        estimates={name: _frame(some) for name, some in listed.items()},
        single={name: table["single"].to_numpy() for name, table in tables.items()},
        crossed={name: table["crossed"].to_numpy() for name, table in tables.items()},
        made=listed,
    )


def _frame(some: Sequence[Estimate]) -> pd.DataFrame:
    columns = ("estimate", "conf_low", "conf_high", "p_value", "n", "failed")
    return pd.DataFrame({name: [getattr(each, name) for each in some] for name in columns})


def _tasks(
    found: Sequence[Claim], tables: dict[str, pd.DataFrame]
) -> list[tuple[tuple, list[tuple[str, int]]]]:
    """Deal out the specifications: those of the same people together, alike cleanings in a row."""
    groups: dict[tuple, list[tuple[str, int]]] = {}
    reports = {each.name: each.report for each in choices.OF_PEOPLE}
    for claim in found:
        table = tables[claim.name]
        for number, row in enumerate(table.to_dict("records")):
            key = tuple(row.get(name, reports[name]) == reports[name] for name in _OF_PEOPLE)
            groups.setdefault(key, []).append((claim.name, number))
    return sorted(groups.items(), reverse=True)


def _worked(
    found: Sequence[Claim],
    tables: dict[str, pd.DataFrame],
    tasks: list,
    cleanings: Cleanings,
    processes: int | None,
) -> Iterator[list[tuple[str, int, Estimate]]]:
    records = {name: table.to_dict("records") for name, table in tables.items()}
    jobs = [
        [(name, number, records[name][number]) for name, number in some[first : first + PART]]
        for _, some in tasks
        for first in range(0, len(some), PART)
    ]
    wanted = min(processes or os.cpu_count() or 1, len(jobs))
    if wanted <= 1:
        by_name = {each.name: each for each in found}
        yield from (_part(by_name, cleanings, job) for job in jobs)
        return
    with ProcessPoolExecutor(wanted, initializer=_start, initargs=(found, cleanings)) as pool:
        yield from pool.map(_in_process, jobs)


#: What a process works with: the claims by name, and the cleanings that it has made.
_here: dict[str, object] = {}


def _start(found: Sequence[Claim], cleanings: Cleanings) -> None:
    _here.update(cleanings=cleanings, claims={each.name: each for each in found})


def _in_process(job: list) -> list[tuple[str, int, Estimate]]:
    return _part(_here["claims"], _here["cleanings"], job)


def worked_out(
    claim: Claim, cleanings: Cleanings, rows: Sequence[dict[str, str]]
) -> list[Estimate]:
    """Work out some specifications of a claim in this process.

    Parameters
    ----------
    claim : Claim
        The headline.
    cleanings : Cleanings
        The replies.
    rows : sequence of dict
        Choice -> level.

    Returns
    -------
    list of Estimate
        One a row.
    """
    return [_worked_out(claim, cleanings, row) for row in rows]


def _part(
    by_name: dict[str, Claim], cleanings: Cleanings, job: list
) -> list[tuple[str, int, Estimate]]:
    return [(name, number, _worked_out(by_name[name], cleanings, row)) for name, number, row in job]


def _worked_out(claim: Claim, cleanings: Cleanings, row: dict[str, str]) -> Estimate:
    """Estimate a claim under a specification; what has no finite estimates says why."""
    try:
        return claim.estimate(cleanings.people(row), row)
    except ValueError as error:
        return Estimate(failed=str(error))

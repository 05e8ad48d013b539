"""`python -m analysis attack`: look for persons, and for small counts, in all that is published."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis import paths
from analysis.attack import findings, methods, planted, uniques
from analysis.errors import SurveyError
from analysis.options import whole_number
from analysis.publish import protection
from analysis.survey import Survey

#: The parts of the command, in the order in which all of them run; and what runs when asked for.
PARTS, ASKED = ("register", "planted"), ("methods",)


def add_options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command.

    Parameters
    ----------
    command : argparse.ArgumentParser
        Has `--survey` already.
    """
    command.add_argument(
        "part", nargs="?", choices=[*PARTS, *ASKED],
        help="register and planted by default; methods makes the report by each disclosure method",
    )  # fmt: skip
    command.add_argument(
        "--persons", type=whole_number, default=300, metavar="N", help="planted in a copy (300)"
    )
    command.add_argument("--seed", type=whole_number, default=1, help="of who they are (1)")
    command.add_argument(
        "--replies", type=whole_number, metavar="N", help="drawn for the copy (all of them)"
    )
    command.add_argument(
        "--progress", action="store_true", help="show a bar, though this is no terminal"
    )


def run(survey: Survey, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    """Run the parts that were asked for.

    Parameters
    ----------
    survey : Survey
        The survey.
    options : argparse.Namespace
        As `add_options` describes them.

    Yields
    ------
    tuple of str and bool
        A line, and whether the part that it closes found nothing; each line but the last of a part
        says True.

    Raises
    ------
    SurveyError
        If raw file or codebook are wrong, or the report of a copy stopped.
    """
    for part in PARTS if options.part is None else [options.part]:
        yield from _PARTS[part](survey, options)


def _planted(survey: Survey, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    with tempfile.TemporaryDirectory() as folder:
        outcome = planted.attack(
            survey,
            Path(folder),
            report=report_of,
            persons=options.persons,
            seed=options.seed,
            replies=options.replies,
            progress=options.progress or sys.stderr.isatty(),
        )
    *lines, last = outcome.lines()
    yield from ((line, True) for line in lines)
    yield last, not outcome.found


def _register(survey: Survey, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    folder = paths.REPORTS / survey.name
    if not any(folder.glob("*.ipynb")):
        raise SurveyError(f"there is no report of {survey.name} to attack; make one: make report")
    made_by, rule = protection.of_report(survey, folder)
    outcome = findings.attack(made_by, folder, guarded=rule)
    *lines, last = [*uniques.alone_lines(survey), *outcome.lines()]
    yield from ((line, True) for line in lines)
    yield last, outcome.passed


def _methods(survey: Survey, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    here = (
        paths.RAW
        if all(path.is_relative_to(paths.RAW) for path in survey.raw_paths)
        else paths.RAW_ELSEWHERE
    )

    def report(name: str, surveys: Path, out: Path) -> str:
        report_of(name, surveys, out, raw=here)
        command = ("attack", "register", "--survey", name)
        said = _run(command, surveys, out, raw=here).stdout.decode().splitlines()
        if not said:
            raise SurveyError(f"the report of the copy of {name} could not be attacked")
        return f"{protection.made_by(out / 'reports' / name)}{said[-1]}"

    with tempfile.TemporaryDirectory() as folder:
        made = methods.compare(survey, Path(folder), report=report)
    yield from ((line, True) for line in methods.lines(survey, made))


_PARTS = {"register": _register, "planted": _planted, "methods": _methods}


def report_of(name: str, surveys: Path, out: Path, *, raw: Path | None = None) -> None:
    """Run the whole report of a copy of a survey, in a process of its own.

    Parameters
    ----------
    name : str
        Of the survey.
    surveys : pathlib.Path
        The folder of surveys that holds the copy.
    out : pathlib.Path
        Where everything is written.
    raw : pathlib.Path, optional
        Where raw files lie besides; nowhere by default.

    Raises
    ------
    SurveyError
        If it stopped; it has said why.
    """
    if _run(("report", "--survey", name), surveys, out, raw=raw).returncode:
        raise SurveyError(f"the report of the copy of {name} stopped; nothing was searched")


def _run(
    command: Sequence[str], surveys: Path, out: Path, *, raw: Path | None
) -> subprocess.CompletedProcess:
    """Run a command of this program on a folder of surveys, and keep what it prints."""
    environment = {
        **os.environ,
        "ANALYSIS_SURVEYS": str(surveys),
        "ANALYSIS_RAW": str(raw or ""),
        "ANALYSIS_OUT": str(out),
    }
    every = [sys.executable, "-m", "analysis", *command]
    return subprocess.run(every, env=environment, stdout=subprocess.PIPE, check=False)

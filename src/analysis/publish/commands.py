"""The commands: what `python -m analysis` understands, and what each of them runs."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import IO

from analysis import paths, survey, verification
from analysis.errors import SurveyError
from analysis.files import placing
from analysis.options import Parser
from analysis.publish import (
    attack_command,
    checking,
    lab,
    new_survey,
    pdf,
    power_command,
    readme,
    results,
    robustness_command,
    runs,
    signals,
    themes_command,
    threads,
    waves_command,
)
from analysis.synthetic import simulation
from analysis.validation import (
    coverage,
    known_command,
    power,
    recovery,
    residents,
)

#: A process a core; a module stays on one, for its fixtures, in the order of tests/conftest.py.
PARALLEL = ["-n", str(os.cpu_count() or 1), "--dist", "loadscope", "--no-loadscope-reorder"]

NBVAL = [
    "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", "-p", "no:cacheprovider",
    "notebooks",
]  # fmt: skip


#: What there is, and what it does.
COMMANDS = (
    ("report", "run the notebooks of a survey and render its report"),
    ("notebooks", "run the default survey's notebooks and keep them, executed, in notebooks/"),
    ("test", "run every check: unit tests, doctests, notebooks"),
    ("lab", "open JupyterLab on the notebook to look around, and on 01"),
    ("tables", "make the data tables of a survey: a topline and a banner book"),
    ("compare-waves", "compare two surveys of one instrument, or two waves of one survey"),
    ("readme", "write the headlines of the default survey into README.md"),
    ("simulate", "write the synthetic survey's raw file again from its seed"),
    ("new-survey", "draft the codebook of exports in data/raw/NAME, to be edited"),
    ("check-export", "compare a raw file with its codebook, without running anything"),
    ("robustness", "try the headlines of a survey under other reasonable choices"),
    ("themes", "measure the rules that code open answers, or have answers coded by hand"),
    ("power", "say how many replies would be enough, and what this survey could see"),
    ("validate", "simulate surveys of known truth and store what the methods find of it"),
    ("attack", "try to work out small counts, and to find planted persons, in what is published"),
    ("verify-r", "recompute every headline with R, and compare; write docs/verify-r.md"),
    ("coverage", "simulate how intervals, tests and models hold; write four pages in docs/"),
)

#: Commands that write, but for those that put a whole run in place, which `results` guards.
WRITING = (
    "coverage",
    "new-survey",
    "power",
    "readme",
    "robustness",
    "simulate",
    "themes",
    "validate",
    "verify-r",
)

#: What else a command takes, of those whose options are told elsewhere.
OPTIONS = {
    "attack": attack_command.add_options,
    "compare-waves": waves_command.add_options,
    "power": power_command.add_options,
    "themes": themes_command.add_options,
    "validate": known_command.add_options,
}

#: Commands that change nothing, or everything at once at their end.
WHOLE = ("check-export", "compare-waves", "notebooks", "report", "tables")


def run(arguments: list[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments : list of str, optional
        Words of the command line; those of this process by default.

    Returns
    -------
    int
        0 if all went well, 1 if a notebook or test failed or a number differs, 2 if the input is
        wrong or a file cannot be written.

    Raises
    ------
    Stopped
        If a signal stopped it; what was unfinished has been removed.
    """
    options = _parser().parse_args(arguments)
    threads.one_thread()
    try:
        with placing.writing() if options.command in WRITING else nullcontext():
            return _run(options)
    except SurveyError as error:
        return _say(2, str(error))
    except runs.NotebookError as error:
        return _say(1, f"{error}; what was there before is unchanged{_kept(error)}")
    except OSError as error:
        return _say(2, f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except signals.Stopped as stop:
        stop.unchanged = options.command in WHOLE
        with suppress(OSError, SurveyError), placing.writing():
            pass  # where the signal came between making something and guarding it
        raise


def _say(status: int, text: str) -> int:
    print(f"analysis: {text}", file=sys.stderr)
    return status


def _kept(error: runs.NotebookError) -> str:
    if error.kept is None:
        return ""
    return f"; what it showed until then: {_relative(error.kept)}"


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m analysis",
        description="Analyse a survey: from the raw export to a rendered report.",
        epilog="The survey is named by --survey or by the environment variable SURVEY.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in COMMANDS:
        command = commands.add_parser(name, help=text, description=text)
        if name == "test":
            command.add_argument("--notebooks-only", action="store_true", help="strict nbval alone")
        elif name == "new-survey":
            command.add_argument("name", metavar="NAME", help="of the survey, such as kent_2025")
            command.add_argument(
                "exports",
                metavar="EXPORT",
                type=Path,
                nargs="+",
                help="the file of replies, or several files and folders of them",
            )
            command.add_argument(
                "--dictionary",
                metavar="FILE",
                type=Path,
                help="a table that says what the columns ask and what their codes stand for",
            )
        elif name not in ("compare-waves", "coverage", "readme", "validate"):
            command.add_argument("--survey", help=f"a folder of data/raw ({survey.DEFAULT})")
        OPTIONS.get(name, lambda _: None)(command)
        if name == "report":
            command.add_argument(
                "--pdf", action="store_true", help=f"print it too, as {pdf.NAME}, with a browser"
            )
        if name == "simulate":
            command.add_argument(
                "--overwrite", action="store_true", help="replace a raw file that differs"
            )
    return parser


def _run(options: argparse.Namespace) -> int:
    if options.command == "test":
        return _test(options.notebooks_only)
    if options.command == "lab":
        survey.load(options.survey)
        return lab.open_lab(options.survey)
    if options.command == "attack":
        told = []
        for line, passed in attack_command.run(survey.load(options.survey), options):
            print(line, flush=True)
            told.append(passed)
        return 0 if all(told) else 1
    if options.command == "verify-r":
        table = verification.verify(survey.load(options.survey))
        print(*verification.lines_of(table), sep="\n")
        return 1 if verification.differ(table) else 0
    for line in _made(options):
        print(f"wrote {_relative(line)}" if isinstance(line, Path) else line)
    return 0


def _made(options: argparse.Namespace) -> Iterator[Path | str]:
    """Run a command that makes files or texts, and give them."""
    if options.command == "readme":
        yield readme.write_findings()
    elif options.command == "new-survey":
        yield from new_survey.make(options.name, options.exports, dictionary=options.dictionary)
    elif options.command == "compare-waves":
        yield from waves_command.run(options)
    elif options.command == "validate":
        how = {"runs": options.runs, "sizes": options.sizes, "workers": options.workers}
        yield from known_command.validate(**how, overwrite=options.overwrite)
    elif options.command == "coverage":
        yield coverage.write_coverage()
        yield recovery.write_recovery()
        yield residents.write_residents()
        yield power.write_power()
    else:
        chosen = survey.load(options.survey)
        if options.command == "simulate":
            yield simulation.make(chosen.name, overwrite=options.overwrite)
        elif options.command == "themes":
            yield from themes_command.run(chosen, options)
        elif options.command == "check-export":
            yield from checking.check_lines(chosen)
        elif options.command == "robustness":
            yield from robustness_command.run(chosen)
        elif options.command == "power":
            yield from power_command.run(checking.check(chosen).held, options)
        elif options.command == "tables":
            yield from results.data_tables(chosen)
        elif options.command == "report":
            yield from results.report(chosen, printed=options.pdf)
        else:
            yield from results.refresh_notebooks(chosen)


def _relative(path: object) -> object:
    return path.relative_to(paths.ROOT) if path.is_relative_to(paths.ROOT) else path


def _test(notebooks_only: bool = False) -> int:
    """Check style, then run pytest on the code and strict nbval on the notebooks.

    Each in a process of its own; all of them run, whatever the others say. The notebooks run one
    after another, beside the tests, so that no core waits for them.
    """
    chosen = ("SURVEY", "ANALYSIS_SURVEYS")
    environment = {key: value for key, value in os.environ.items() if key not in chosen}
    if paths.RAW_ELSEWHERE:
        environment["ANALYSIS_RAW"] = str(paths.RAW_ELSEWHERE)

    def start(*check: str, output: IO[str] | None = None) -> subprocess.Popen:
        command = [sys.executable, "-m", *check]
        return subprocess.Popen(command, cwd=paths.ROOT, env=environment, stdout=output)

    checks = [
        ["ruff", "check", "--quiet", "."],
        ["ruff", "format", "--check", "--quiet", "."],
        ["pytest", "-q", "-rs", *PARALLEL],
    ]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        started = [start("pytest", "-q", *NBVAL, output=said)]
        try:
            for check in [] if notebooks_only else checks:
                started.append(start(*check))
                started[-1].wait()
            started[0].wait()
        finally:
            for each in started:
                each.kill()
        said.seek(0)
        print(said.read(), end="", flush=True)
    failed = [" ".join(each.args[2:]) for each in started if each.returncode]
    for each in failed:
        print(f"analysis: failed: {each}", file=sys.stderr)
    return 1 if failed else 0

"""The command line: `python -m analysis COMMAND`, such as `report`, `notebooks` or `test`."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from analysis import paths, survey
from analysis.errors import SurveyError
from analysis.publish import readme, results, runs, themes_command, threads
from analysis.survey import word_checks
from analysis.synthetic import simulation
from analysis.validation import coverage, recovery

#: A process a core; a module stays on one, for its fixtures, in the order of tests/conftest.py.
PARALLEL = ["-n", str(os.cpu_count() or 1), "--dist", "loadscope", "--no-loadscope-reorder"]

NBVAL = [
    "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", "-p", "no:cacheprovider",
    "notebooks",
]  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments : list of str, optional
        Words of the command line; those of this process by default.

    Returns
    -------
    int
        0 if all went well, 1 if a notebook or test failed, 2 if the input is wrong, 130 if
        stopped from the keyboard.
    """
    options = _parser().parse_args(arguments)
    threads.one_thread()
    try:
        if options.command == "test":
            return _test(options.notebooks_only)
        if options.command == "lab":
            return _lab(options.survey)
        if options.command == "readme":
            print(f"wrote {_relative(readme.write_findings())}")
            return 0
        if options.command == "coverage":
            for write in (coverage.write_coverage, recovery.write_recovery):
                print(f"wrote {_relative(write())}")
            return 0
        return _run(options)
    except SurveyError as error:
        print(f"analysis: {error}", file=sys.stderr)
        return 2
    except runs.NotebookError as error:
        print(f"analysis: {error}; what was there before is unchanged", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"analysis: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("analysis: stopped; what was there before is unchanged", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Analyse a survey: from the raw export to a rendered report.",
        epilog="The survey is named by --survey or by the environment variable SURVEY.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in (
        ("report", "run the notebooks of a survey and render its report"),
        ("notebooks", "run the default survey's notebooks and keep them, executed, in notebooks/"),
        ("test", "run every check: unit tests, doctests, notebooks"),
        ("lab", "open JupyterLab on the notebooks"),
        ("readme", "write the headlines of the default survey into README.md"),
        ("simulate", "write the synthetic survey's raw file again from its seed"),
        ("check-export", "compare a raw file with its codebook, without running anything"),
        ("themes", "measure the rules that code open answers, or have answers coded by hand"),
        ("coverage", "simulate how intervals, tests and models hold; write two pages in docs/"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        if name == "test":
            command.add_argument("--notebooks-only", action="store_true", help="strict nbval alone")
        elif name not in ("coverage", "readme"):
            command.add_argument("--survey", help=f"a folder of data/raw ({survey.DEFAULT})")
        if name == "themes":
            themes_command.add_options(command)
        if name == "simulate":
            command.add_argument(
                "--overwrite", action="store_true", help="replace a raw file that differs"
            )
    return parser


def _run(options: argparse.Namespace) -> int:
    chosen = survey.load(options.survey)
    if options.command == "simulate":
        print(f"wrote {_relative(simulation.make(chosen.name, overwrite=options.overwrite))}")
    elif options.command == "themes":
        for made in themes_command.run(chosen, options):
            print(f"wrote {_relative(made)}" if isinstance(made, Path) else made)
    elif options.command == "check-export":
        checked = results.check(chosen)
        for fact, text in checked.facts.items():
            print(f"{fact}: {text}")
        print("The raw file agrees with the codebook. The report will have:")
        for line in runs.planned_lines(checked.runs):
            print(line)
        print("Its words, in sentences with made-up numbers; do they read well?")
        for sentence in word_checks.sample_sentences(chosen.words):
            print(f"  {sentence}")
    elif options.command == "report":
        print(f"wrote {_relative(results.report(chosen))}")
    else:
        for path in (*results.refresh_notebooks(chosen), readme.write_findings()):
            print(f"wrote {_relative(path)}")
    return 0


def _relative(path: object) -> object:
    return path.relative_to(paths.ROOT) if path.is_relative_to(paths.ROOT) else path


def _lab(survey_name: str | None) -> int:
    survey.load(survey_name)
    environment = os.environ | ({"SURVEY": survey_name} if survey_name else {})
    command = [sys.executable, "-m", "jupyter", "lab", str(paths.NOTEBOOKS)]
    return subprocess.run(command, cwd=paths.ROOT, env=environment, check=False).returncode


def _test(notebooks_only: bool = False) -> int:
    """Check style, then run pytest on the code and strict nbval on the notebooks.

    Each in a process of its own; all of them run, whatever the others say. The notebooks run one
    after another, beside the tests, so that no core waits for them.
    """
    environment = {key: value for key, value in os.environ.items() if key != "SURVEY"}
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


if __name__ == "__main__":
    sys.exit(main())

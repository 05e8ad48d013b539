"""`python -m analysis compare-waves`: two waves of one instrument beside each other."""

import argparse
import tempfile
from pathlib import Path

from analysis import files, paths, survey, waves
from analysis.errors import SurveyError
from analysis.files import placing
from analysis.publish import signals, waves_page
from analysis.waves import Comparison, Pair, drawn


def add_options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command.

    Parameters
    ----------
    command : argparse.ArgumentParser
        Has none yet.
    """
    command.add_argument(
        "surveys",
        metavar="SURVEY",
        nargs="+",
        help="the earlier and the later survey; or one with a question of role wave",
    )
    command.add_argument(
        "--waves",
        nargs=2,
        metavar=("FIRST", "SECOND"),
        default=[],
        help="of one survey: which two waves (its first and its last one)",
    )


def run(options: argparse.Namespace) -> list[Path]:
    """Compare two waves, and write a table, figures and a page, all of them or none.

    Parameters
    ----------
    options : argparse.Namespace
        As `add_options` describes them.

    Returns
    -------
    list of pathlib.Path
        The page, the table and the figures.

    Raises
    ------
    SurveyError
        If the names are wrong, a file is, nothing compares, or the same people answered both;
        nothing has been written then.
    """
    found = waves.compare(_pair(options))
    if found.rows.empty:
        first, second = found.waves.labels
        raise SurveyError(
            f"nothing of {first} and {second} compares: no channel, rating or headline was asked "
            "alike of enough people in both; are they waves of one survey?"
        )
    with placing.writing():
        paths.REPORTS.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=files.UNFINISHED, dir=paths.REPORTS))
        changes = _files(found, folder)
        prepared = placing.prepare(changes)
        signals.last_step()
        placing.commit(prepared)
    return [target for target in changes if target.exists()]


def _files(found: Comparison, folder: Path) -> dict[Path, Path]:
    """Write everything into a folder, and say what it replaces; figures that are not made go."""
    name, stem = found.waves.later.name, found.waves.stem
    inside = folder / "figures"
    shown = drawn.draw(found, inside)
    svgs = [(each, (inside / f"{each.name}.svg").read_text("utf-8")) for each in shown]
    table, page = folder / f"{stem}.csv", folder / f"{stem}.html"
    _write_rows(found, table)
    files.replace_text(page, waves_page.waves_html(found, svgs))
    changes = {
        paths.REPORTS / name / page.name: page,
        paths.REPORTS / name / table.name: table,
        paths.PROCESSED / name / table.name: table,
    }
    drawings = [f"{stem}{end}.{kind}" for end in drawn.ENDINGS for kind in ("png", "svg", "csv")]
    return changes | {paths.FIGURES / name / each: inside / each for each in drawings}


def _pair(options: argparse.Namespace) -> Pair:
    if len(options.surveys) > 2:
        raise SurveyError(
            f"{len(options.surveys)} surveys are named; compare two, or two waves of one"
        )
    chosen = [survey.load(name) for name in options.surveys]
    if len(chosen) == 1:
        return waves.two_waves(chosen[0], options.waves)
    if options.waves:
        raise SurveyError("--waves chooses waves of one survey; name one survey, or leave it out")
    return waves.two_surveys(*chosen, in_order=True)


def _write_rows(found: Comparison, path: Path) -> None:
    first, second = found.waves.labels
    table = found.rows.drop(columns="rough")
    table.insert(0, "wave_first", first)
    table.insert(1, "wave_second", second)
    files.write_csv(table, path, synthetic=any(found.waves.synthetic))

"""`python -m analysis compare-waves`: two waves of one instrument beside each other."""

import argparse
import tempfile
from pathlib import Path

from analysis import files, paths, survey, waves
from analysis.errors import SurveyError
from analysis.files import placing
from analysis.publish import first_page, protection, signals, waves_page
from analysis.survey import Survey, made_from
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
        The page, the table and the figures; and the first page of a report, which links to them.

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
        changes = _files(found, folder, options)
        prepared = placing.prepare(changes)
        signals.last_step()
        placing.commit(prepared)
    return [each for each in changes if each.exists() and each.name != made_from.RECORD]


def _files(
    found: Comparison, folder: Path, options: argparse.Namespace
) -> dict[Path, Path | bytes]:
    """Write everything into a folder, and say what it replaces; figures that are not made go."""
    name, stem = found.waves.later.name, found.waves.stem
    inside = folder / "figures"
    shown = drawn.draw(found, inside)
    svgs = [(each, (inside / f"{each.name}.svg").read_text("utf-8")) for each in shown]
    title = waves_page.title_of(found)
    table, page = folder / f"{stem}.csv", folder / f"{stem}.html"
    _write_rows(found, table)
    index = _first_page(found.waves.later, (page.name, title))
    files.replace_text(page, waves_page.waves_html(found, svgs, home=bool(index)))
    drawings = [f"{stem}{end}.{kind}" for end in drawn.ENDINGS for kind in ("png", "svg", "csv")]
    record = made_from.record(
        {each.own.name: each.own for each in found.waves.waves}.values(),
        {
            "processed": [table.name],
            "figures": [each for each in drawings if (inside / each).exists()],
            "reports": [page.name, table.name],
        },
        command=_again(options),
        page=(page.name, title),
    )
    return {
        paths.REPORTS / name / page.name: page,
        paths.REPORTS / name / table.name: table,
        paths.PROCESSED / name / table.name: table,
        **{paths.FIGURES / name / each: inside / each for each in drawings},
        paths.PROCESSED / name / stem / made_from.RECORD: record.encode("utf-8"),
        **index,
    }


def _first_page(survey: Survey, page: tuple[str, str]) -> dict[Path, bytes]:
    """Link the first page of the survey's report to a page, if there is a report."""
    index = paths.REPORTS / survey.name / "index.html"
    if not index.is_file():
        return {}
    pages = dict(each.page for each in made_from.kept(survey) if each.page) | dict([page])
    html = first_page.with_compared(index.read_text("utf-8"), list(pages.items()))
    return {index: html.encode("utf-8")}


def _again(options: argparse.Namespace) -> str:
    """Write the command with its options."""
    said = f"python -m analysis compare-waves {' '.join(options.surveys)}"
    return f"{said} --waves {' '.join(options.waves)}" if options.waves else said


def _pair(options: argparse.Namespace) -> Pair:
    if len(options.surveys) > 2:
        raise SurveyError(
            f"{len(options.surveys)} surveys are named; compare two, or two waves of one"
        )
    chosen = [
        protection.of_report(survey.load(name), paths.REPORTS / name)[0] for name in options.surveys
    ]
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

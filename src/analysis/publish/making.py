"""The files of a report, by a rule by which its tables together tell of nobody."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from analysis import paths, tables
from analysis.attack import findings
from analysis.errors import SurveyError
from analysis.files import placing
from analysis.privacy import Rule, rule_of
from analysis.publish import changes, pdf, protection, rendering
from analysis.publish.checking import Checked
from analysis.publish.runs import NotebookError, execute, planned
from analysis.survey import Survey, made_from
from analysis.survey.wording import at_start


def make(
    checked: Checked, folder: Path, others: Sequence[made_from.Kept], browser: str = ""
) -> tuple[Path, list[str]]:
    """Make a report by stricter and stricter rules until its tables tell of nobody.

    Parameters
    ----------
    checked : Checked
        What is known of the survey.
    folder : pathlib.Path
        A scratch folder.
    others : sequence of Kept
        What commands made besides, as `made_from.kept` returns it.
    browser : str
        Prints the report as one PDF, too; "" if none does.

    Returns
    -------
    tuple of pathlib.Path and list of str
        Where it was written, below the scratch folder; and a line if the rule is not the
        codebook's.

    Raises
    ------
    SurveyError
        If the tables tell of few people by the strictest rule (`protection.TIMES`).
    NotebookError
        If a cell fails; the pages of the notebooks that finished are put beside the last report.
    """
    survey, told = checked.held, []
    for number, made_by in enumerate(protection.by_stricter_rules(survey)):
        out = folder / f"{number}" if number else folder
        pages_of = out / "reports" / survey.name
        pages_of.mkdir(parents=True, exist_ok=True)
        rule = protection.write_rule(made_by, survey, pages_of)
        facts = {**checked.facts, **protection.method_facts(made_by)}
        facts |= {"Disclosure rule": rule} if rule else {}
        runs = planned(made_by) if rule else checked.runs
        tried = replace(checked, facts=facts, runs=runs, held=made_by)
        _write(tried, out, pages_of, others, browser)
        told, unknown = _attacked(made_by, pages_of, rule_of(survey.codebook))
        if not told:
            return out, [*([f"{at_start(rule)}."] if rule else []), *unknown]
    few = rule_of(made_by.codebook).people()
    raise SurveyError(
        "\n".join(
            [
                f"small counts of {survey.name} can be worked out from several tables together, "
                f"even where no number rests on fewer than {few} people; join answers in "
                "codebook.toml, or leave a question out:",
                *told,
            ]
        )
    )


def _attacked(survey: Survey, pages_of: Path, own: Rule) -> tuple[list[str], list[str]]:
    """Return which small counts the tables tell, and lines on what the attack does not know.

    A survey of a shape that the attack cannot read has its report, which says so.
    """
    try:
        found = findings.attack(survey, pages_of, search=False, guarded=own)
    except (KeyError, IndexError, ValueError, TypeError, RuntimeError) as error:
        why = f"{type(error).__name__}: {error}"
        return [], [f"Not attacked, what the tables tell together is not known ({why})."]
    n = len(found.unread) + len(found.wrong)
    one, several = "table, figure, headline or sentence", "tables, figures, headlines or sentences"
    what = f"{one} was" if n == 1 else f"{several} were"
    unknown = (
        f"{n} {what} not understood by the attack on small counts; python -m analysis attack "
        "register names them."
    )
    return found.told_lines(), [unknown] if n else []


def _write(
    checked: Checked,
    out: Path,
    pages_of: Path,
    others: Sequence[made_from.Kept],
    browser: str,
) -> None:
    """Run the notebooks, make the data tables and render the pages; print them with a browser."""
    survey = checked.held
    try:
        execute(survey, checked.runs, out)
    except NotebookError as error:
        unfinished = paths.REPORTS / f"{survey.name}.unfinished"
        with suppress(OSError, ValueError):  # the notebook's error matters more than its page
            if error.finished:
                rendering.render_unfinished(survey, error, out, pages_of)
                placing.commit(placing.prepare({unfinished: pages_of}))
                error.kept = unfinished / "index.html"
        raise
    made = [path.name for path in tables.write_tables(survey, pages_of)]
    made += [pdf.NAME] if browser else []
    changes.write_log(survey, out / "data" / "processed" / survey.name)
    compared = [each.page for each in others if each.page]
    order = rendering.render(
        survey, checked.runs, checked.facts, out, pages_of, made=made, compared=compared
    )
    if browser:
        pdf.write_pdf(pages_of, order, browser)

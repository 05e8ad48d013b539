"""`python -m analysis themes`: measure the rules, and have answers coded by hand."""

import argparse
from pathlib import Path

from analysis import privacy, report
from analysis.chapters.changes_wanted import tables
from analysis.errors import SurveyError
from analysis.options import whole_number
from analysis.privacy import Rule
from analysis.survey import Survey
from analysis.themes import hand_coding, hand_reading
from analysis.validation import redaction_page, themes_page


def add_options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command.

    Parameters
    ----------
    command : argparse.ArgumentParser
        Has `--survey` already.
    """
    how = command.add_mutually_exclusive_group(required=True)
    how.add_argument(
        "--sample", type=whole_number, metavar="N", help="write N answers for two coders"
    )
    how.add_argument("--read", type=Path, metavar="FILE", help="compare two coders and the rules")
    how.add_argument(
        "--measure", action="store_true", help="write docs/themes.md and docs/privacy-redaction.md"
    )
    command.add_argument(
        "--seed", type=whole_number, default=hand_coding.SEED, help="of the sample"
    )
    command.add_argument("--overwrite", action="store_true", help="replace a sheet that is there")


def run(survey: Survey, options: argparse.Namespace) -> list[object]:
    """Run the command.

    Parameters
    ----------
    survey : Survey
        The survey.
    options : argparse.Namespace
        As `add_options` describes them.

    Returns
    -------
    list
        Files that were written, or texts to be printed.

    Raises
    ------
    SurveyError
        If the survey has no open question or no themes, or the sheet is wrong.
    """
    if options.measure:
        return [themes_page.write_themes(), redaction_page.write_redaction()]
    if not any(question.kind == "text" for question in survey.codebook.questions):
        raise SurveyError(f"{survey.name} has no open question; there is nothing to code")
    if survey.codebook.themes is None:
        raise SurveyError(
            f"codebook.toml of {survey.name} has no [[theme]]; write the themes (docs/codebook.md)"
        )
    responses = survey.responses()
    if options.sample is not None:
        how = {"sample": options.sample, "seed": options.seed, "overwrite": options.overwrite}
        return list(hand_coding.write_sheets(survey, responses, **how))
    coded = hand_reading.read_hand_codes(options.read, survey, responses)
    kappas, rules = hand_coding.compare_coders(coded)
    return [
        report.show(
            kappas,
            caption="Two coders: Cohen's kappa, and answers coded with the theme by each",
            names={"level": "Theme", "estimate": "Kappa", "n_first": "First", "n_second": "Second"},
            kinds={"n_first": "count", "n_second": "count"},
            note="A theme that a coder found in no answer, or in all, has no kappa.",
        ).frame.replace(privacy.HIDDEN, "-").to_string(index=False),
        report.show(
            tables.shown_agreement(rules, rule=Rule(1)),
            caption="Rules against the answers on which both coders agree",
        ),
    ]  # fmt: skip

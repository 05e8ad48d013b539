"""What is known of a survey before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis import cleaning, engine, exports, population
from analysis.errors import SurveyError
from analysis.publish import answer_check, ledger_facts
from analysis.publish.runs import Run, planned, planned_lines
from analysis.survey import Survey, word_checks


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What is known of a survey before anything is written: facts, answers, what will run.

    `held` is the survey with its cleaned responses.
    """

    facts: Mapping[str, str]
    answers: Sequence[str]
    runs: Sequence[Run]
    held: Survey


def check(survey: Survey) -> Checked:
    """Compare the raw file and the population's table with the codebook; nothing is written.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    Checked
        `facts` about the raw file, name -> text, with a line a step of the ledger, `answers` as
        `answer_check` lists them, and a run a notebook, none executed yet.

    Raises
    ------
    SurveyError
        If a file is missing or damaged, contradicts the codebook, or no reply is kept.
    """
    problems = []
    if survey.codebook.population_counts:
        try:
            population.read_population(survey)
        except SurveyError as error:
            problems.append(str(error))
    try:
        cleaned = cleaned_of(survey)
    except SurveyError as error:
        problems.append(str(error))
    if problems:
        raise SurveyError("\n".join(problems))
    other = cleaned.noted
    facts = {
        "Survey": survey.codebook.title,
        "Source": survey.codebook.source,
        "Raw file": f"{', '.join(survey.codebook.file.names)}, SHA-256 {survey.raw_sha256()}",
        "Read as": exports.described(survey.raw_paths, survey.codebook.file),
        **ledger_facts.facts_of(cleaned, survey),
        'Texts behind "Other"': f"{int(other.recoded['n'].sum()):,} brought back to a listed "
        f"answer, {sum(other.other_left.values()):,} left",
        "Limits": survey.codebook.limits,
    }
    held = survey.holding(cleaned.responses)
    answers = answer_check.answer_lines(cleaned, survey.codebook)
    return Checked(facts=facts, answers=answers, runs=planned(held), held=held)


def cleaned_of(survey: Survey) -> cleaning.Cleaned:
    """Clean the replies of a survey.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    Cleaned
        As `engine.clean` returns it.

    Raises
    ------
    SurveyError
        If a file is missing or damaged, contradicts the codebook, or no reply is kept.
    """
    cleaned = engine.clean(survey)
    if cleaned.responses.empty:
        last = next(each for each in cleaned.ledger.steps if not each.rows_after)
        raise SurveyError(
            f"no reply of {survey.name} is kept: the step {last.step!r} took out the last "
            f"{last.rows_before} ({last.reason}); check the dates and rules of codebook.toml"
        )
    return cleaned


def check_lines(survey: Survey) -> list[str]:
    """Say what `check` finds, what the report will have, and how the survey's words read.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    list of str
        Lines.
    """
    checked = check(survey)
    return [
        *(f"{fact}: {text}" for fact, text in checked.facts.items()),
        "The answers of the replies kept, in the codebook's order, for whoever holds the raw file "
        "and not to be published. Does each scale run the right way, was what nobody gave offered?",
        *(f"  {line}" for line in checked.answers),
        "The raw file agrees with the codebook. The report will have:",
        *planned_lines(checked.runs),
        "Its words, in sentences with made-up numbers; do they read well?",
        *(f"  {sentence}" for sentence in word_checks.sample_sentences(survey.codebook)),
    ]

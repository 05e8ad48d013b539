"""The table of the population: a CSV beside the codebook."""

import csv
import io
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.errors import SurveyError
from analysis.population._without_people import contradictions
from analysis.survey import raw_places
from analysis.survey.codebook import Population
from analysis.survey.surveys import Survey

_SHOWN = 3


def population_of(survey: Survey) -> Population:
    """Return what the codebook says of the population.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    Population
        The file, its count and the margins.

    Raises
    ------
    SurveyError
        If the codebook names no population.

    Examples
    --------
    >>> from analysis import survey
    >>> population_of(survey.load("herts_2023")).count
    'adults'
    """
    found = survey.codebook.population_counts
    if found is None:
        raise SurveyError(f"{survey.name} names no population; add [population] to its codebook")
    return found


def read_population(survey: Survey) -> pd.DataFrame:
    """Read the table of the population.

    Parameters
    ----------
    survey : Survey
        With a `[population]` in its codebook.

    Returns
    -------
    pandas.DataFrame
        A Categorical column a role, in the codebook's labels, and `people`.

    Raises
    ------
    SurveyError
        If the file is missing, empty, not in UTF-8 or no CSV; or with everything that is wrong in
        it: columns it lacks, codes that the codebook does not know, rows that stand twice, and
        counts that are no numbers of people, or none above 0; or answers that have no people,
        though the codebook does not put them outside the population.

    Examples
    --------
    >>> from analysis import survey
    >>> int(read_population(survey.load("herts_2023"))["people"].sum())
    959098
    """
    folder = paths.RAW / survey.name
    path = raw_places.inside(folder / population_of(survey).file, folder)
    files = [path] if path.is_file() else []
    table = survey.memory.of(files, "population", lambda: _checked(survey, path))
    return table.copy(deep=False)  # whoever changes it changes a copy


def _checked(survey: Survey, path: Path) -> pd.DataFrame:
    """Read the table and compare it with the codebook."""
    wanted = population_of(survey)
    where = f"{wanted.file} of {survey.name}"
    roles = [role for margin in wanted.margins for role in margin]
    table = _read(path, where, survey.name)
    lacking = [name for name in [*roles, wanted.count] if name not in table]
    if lacking:
        raise SurveyError(
            f"{where} has no column {', '.join(lacking)}; it has {', '.join(table)} (columns are "
            "separated by commas)"
        )
    problems, frame = [], pd.DataFrame(index=table.index)
    for role in roles:
        labels = survey.codebook.question(role).labels
        unknown = sorted(set(table[role]) - set(labels))
        if unknown:
            problems.append(f"{role} {unknown[:_SHOWN]} is not in the codebook; use its codes")
        frame[role] = pd.Categorical(table[role].map(labels), categories=list(labels.values()))
    people = pd.to_numeric(table[wanted.count], errors="coerce")
    wrong = table.loc[~((people >= 0) & (people < float("inf"))), wanted.count].tolist()
    if wrong:
        problems.append(f"{wanted.count} {wrong[:_SHOWN]}; counts are numbers, 0 or more")
    elif not people.sum() > 0:
        problems.append(f"{wanted.count} is 0 in every row; give the counts")
    for twice in table.loc[table.duplicated(roles), roles].to_numpy()[:_SHOWN]:
        problems.append(f"the row of {', '.join(twice)} stands twice; keep one")
    frame = frame.assign(people=people.astype(float))
    problems = problems or contradictions(survey.codebook, wanted, frame)
    if problems:
        raise SurveyError(f"{where}: " + "; ".join(problems))
    return frame


def _read(path: Path, where: str, survey: str) -> pd.DataFrame:
    """Read a CSV as text, every cell without white space around it."""
    if not path.is_file():
        raise SurveyError(f"{where} is not in data/raw/{survey}; put the counts there")
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except UnicodeDecodeError as error:
        raise SurveyError(
            f"{where} is not in UTF-8 (byte {error.start}); save it again as CSV UTF-8"
        ) from None
    except csv.Error as error:
        raise SurveyError(f"{where} is no CSV ({error}); save it again") from None
    if len(rows) < 2:
        raise SurveyError(f"{where} is empty; give a header and a row a group of people")
    header, *body = [[cell.strip() for cell in row] for row in rows]
    odd = [number for number, row in enumerate(body, start=2) if len(row) != len(header)]
    if odd or len(set(header)) < len(header):
        raise SurveyError(
            f"{where}: {f'row {odd[0]} has not {len(header)} cells' if odd else 'two columns'}"
            f"{'' if odd else ' have the same name'}; save it again as a CSV with commas"
        )
    return pd.DataFrame(body, columns=header, dtype="str")

"""Replies counted: the distinct combinations of some answers, by DuckDB or in memory."""

from collections.abc import Sequence
from pathlib import Path

from analysis import patterns
from analysis.cleaning.flags import FLAGS
from analysis.engine._cleaning import clean
from analysis.patterns import Patterns
from analysis.survey import coded_frames
from analysis.survey.codebook import Codebook
from analysis.survey.surveys import Survey


def collect(
    survey: Survey,
    columns: Sequence[str],
    *,
    weights: str | None = None,
    engine: str = "",
    workers: int = 0,
) -> Patterns:
    """Clean the raw files of a survey, and count the people with each combination of answers.

    Parameters
    ----------
    survey : Survey
        Its raw files are cleaned, unless it holds responses (`Survey.holding`).
    columns : sequence of str
        Columns of `Survey.responses`, such as "used_last" and "preferred".
    weights : str, optional
        The column of survey weights, "weight": their sums are taken in one order, so that they
        do not depend on the engine.
    engine, workers
        What the parts are cleaned on, see `clean`.

    Returns
    -------
    patterns.Patterns
        Equal to `patterns.count` of the responses, to the last digit.

    Raises
    ------
    SurveyError
        See `clean`.
    ValueError
        If a column is none of the survey's.

    Examples
    --------
    >>> from analysis import engine, paired, survey
    >>> found = engine.collect(survey.load("herts_2023"), ["used_last", "preferred"])
    >>> both = found.where(found.frame.notna().all(axis=1))
    >>> both.n, len(both) < 100
    (734, True)
    """
    named = _named(columns, weights, survey.codebook)
    if survey.cleaned is None:
        survey = survey.holding(clean(survey, engine=engine, workers=workers).responses)
    people = coded_frames.decoded_columns(survey.cleaned[named], survey.codebook)
    return patterns.count(people, list(columns), weights=weights)


def count_file(
    path: Path, columns: Sequence[str], codebook: Codebook, *, weights: str | None = None
) -> Patterns:
    """Count the people of a file of responses, which need not fit into memory.

    Parameters
    ----------
    path : pathlib.Path
        responses.csv as notebook 01 writes it, a Parquet file of the same columns, or a pattern
        that several files match.
    columns, weights
        As for `collect`.
    codebook : Codebook
        Of the survey.

    Returns
    -------
    patterns.Patterns
        As `collect`.

    Raises
    ------
    ValueError
        If a column is none of the survey's.
    """
    import duckdb  # takes long, and most surveys are counted in memory

    named = ", ".join(f'"{name}"' for name in _named(columns, weights, codebook))
    with duckdb.connect() as connection:
        if path.suffix == ".parquet":
            rows = connection.read_parquet(str(path))
        else:
            rows = connection.read_csv(str(path), header=True, all_varchar=True)
        counted = rows.aggregate(f"{named}, count(*) AS people", named).df()
    coded = counted.drop(columns="people").astype("str").fillna("")
    people = coded_frames.decoded_columns(coded, codebook).assign(people=counted["people"])
    return patterns.count(people, list(columns), weights=weights, frequency="people")


def _named(columns: Sequence[str], weights: str | None, codebook: Codebook) -> list[str]:
    """List the columns of responses that are read, each once."""
    flags = [f"flag_{name}" for name in FLAGS]
    known = [*(column for each in codebook.questions for column in each.columns), *flags]
    named = list(dict.fromkeys([*columns, *([weights] if weights else [])]))
    unknown = [name for name in named if name not in known]
    if unknown:
        raise ValueError(
            f"{codebook.id} has no column {unknown[0]!r}; its columns are {', '.join(known)}"
        )
    return named

"""What is said of districts with the age and sex of everybody, and of their residents."""

import pandas as pd

from analysis.numerics import interval, percent
from analysis.primary.residents import Standardised
from analysis.report import estimate
from analysis.survey import Survey


def shown_standardised(found: Standardised) -> pd.DataFrame:
    """Write the shares of districts with another mix, each with its interval in one cell.

    Parameters
    ----------
    found : Standardised
        As `standardised` returns it.

    Returns
    -------
    pandas.DataFrame
        `level, raw_share`, and `adjusted, residents` as text, as far as these are to be had.
    """
    rows = found.rows[["level", "raw_share"]].copy()
    for name in found.people:
        numbers = found.rows[[name, f"{name}_low", f"{name}_high"]]
        rows[name] = [estimate(*each) for each in numbers.to_numpy(dtype=float)]
    return rows if found.people else rows.iloc[:0]


def resident_texts(survey: Survey, found: Standardised) -> pd.Series:
    """Say of each district what is estimated of its residents.

    Parameters
    ----------
    survey : Survey
        The survey.
    found : Standardised
        As `standardised` returns it.

    Returns
    -------
    pandas.Series
        A sentence, by district; no rows where residents are left out.
    """
    if "residents" not in found.people:
        return pd.Series(dtype=object)
    label, rows = population_label(survey), found.rows
    texts = [
        f"Estimated of its {label}: "
        f"{percent(row.residents)} {survey.words.satisfied} "
        f"({interval(row.residents_low, row.residents_high, 'whole percent')}, 95% interval)."
        if not pd.isna(row.residents)
        else f"How many of its {label} {survey.words.satisfied} is not estimated: that would rest "
        "on too few people."
        for row in rows.itertuples()
    ]
    return pd.Series(texts, index=rows["level"].astype("str"), dtype=object)


def assumed(survey: Survey) -> str:
    """Say what an estimate of residents supposes.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    str
        A sentence, and one more where not everybody was asked.
    """
    word, question = survey.words.district, survey.codebook.question("satisfaction")
    said = (
        f"It supposes that of one {word}, age and sex those who answered are like the others, and "
        f"that age and sex matter alike in every {word}."
    )
    if not question.asked_if_question:
        return said
    asked = question.base[:1].lower() + question.base[1:]
    return f"{said} Asked were {asked}: they are given the age and sex of all residents."


def population_label(survey: Survey) -> str:
    """Name the population, as its codebook does."""
    counted = survey.codebook.population_counts
    return counted.label if counted else "residents"


def mixes_note(survey: Survey, found: Standardised, untold: str) -> str:
    """Say below the table of districts with another mix what its columns are.

    Parameters
    ----------
    survey : Survey
        The survey.
    found : Standardised
        As `standardised` returns it.
    untold : str
        Why there are no residents, a sentence; "" if there are.

    Returns
    -------
    str
        A sentence a column.
    """
    if not found.people:
        return ""
    told = (
        f"Same mix: everybody's age and sex in each {survey.words.district}; "
        f"{found.people['adjusted']:,} people who told both."
    )
    if "residents" not in found.people:
        return f"{told} Residents: {untold[:1].lower()}{untold[1:]}"
    return (
        f"{told} Residents: the age and sex of the {population_label(survey)}, from "
        f"{found.people['residents']:,} of these who belong to them. {assumed(survey)}"
    )

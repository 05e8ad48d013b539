"""Answers of people outside the population, and answers without people inside it."""

import pandas as pd

from analysis.survey.codebook import Codebook, Population


def outside(codebook: Codebook, population: Population, role: str) -> list[str]:
    """Return the answers to a role that the codebook puts outside the population.

    Parameters
    ----------
    codebook : Codebook
        The codebook.
    population : Population
        Its `[population]`.
    role : str
        A role of a margin.

    Returns
    -------
    list of str
        Codes: those of `outside`, those that `among` leaves out, and those of people whom
        cleaning takes out for want of a connection.

    Examples
    --------
    >>> from analysis import survey
    >>> codebook = survey.load("herts_2023").codebook
    >>> outside(codebook, codebook.population_counts, "district")
    ['outside']
    """
    codes = [*population.outside.get(role, ())]
    if role == "connection":
        codes += codebook.cleaning.no_connection
    if role == population.among:
        every = codebook.question(role).codes
        codes += [code for code in every if code not in population.people_of]
    return list(dict.fromkeys(codes))


def contradictions(codebook: Codebook, population: Population, table: pd.DataFrame) -> list[str]:
    """List the answers that have no people, and those that have some but are outside.

    Parameters
    ----------
    codebook : Codebook
        The codebook.
    population : Population
        Its `[population]`.
    table : pandas.DataFrame
        A Categorical column a role, in labels, and `people`.

    Returns
    -------
    list of str
        A clause each, naming the codes: who gives such an answer would lose the weight without a
        word. Empty if every answer inside has people, and every two of a crossed margin a row.
    """
    problems = []
    for roles in population.margins:
        rows = table.groupby(list(roles), observed=False).size()
        for role in roles:
            people = table.groupby(role, observed=False)["people"].sum()
            labels, left_out = codebook.question(role).labels, outside(codebook, population, role)
            counted = [code for code, label in labels.items() if people[label] > 0]
            both = [code for code in counted if code in left_out]
            lacking = [code for code in labels if code not in {*counted, *left_out}]
            if both:
                problems.append(
                    f"{role} {both} has people, and the codebook puts who answers that outside "
                    "the population; keep one"
                )
            if lacking:
                problems.append(
                    f"{role} {lacking} has no people, so nobody who answers that could have a "
                    "weight; give the count, or name the codes in `outside` of [population]"
                )
            if len(roles) > 1:
                rows = rows.drop([labels[code] for code in [*left_out, *lacking]], level=role)
        empty = [", ".join(map(str, cell)) for cell in rows.index[rows == 0] if len(roles) > 1]
        if empty:
            problems.append(
                f"{' by '.join(roles)} has no row for {'; '.join(empty[:3])}; add the counts, or "
                "make the two roles margins of their own"
            )
    return problems

"""Sentences on ratings of everybody: how many rate something well, and who differs."""

import pandas as pd

from analysis.report import in_sentence, interval, listed, p_text, percent


def rated_sentence(row: pd.Series, best: str) -> str:
    """Say how many rate something well, without and with weights.

    Parameters
    ----------
    row : pandas.Series
        A row of `tables.overall_shares`.
    best : str
        As `best_answers` returns it.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> row = pd.Series({"question": "Visibility", "estimate": 0.75, "conf_low": 0.3,
    ...                  "conf_high": 0.95, "n": 4})
    >>> rated_sentence(row, "good or very good")
    'Visibility: 75% of 4 people say good or very good (95% interval 30% to 95%).'
    """
    said = (
        f"{row['question']}: {percent(row['estimate'])} of {int(row['n']):,} people say {best} "
        f"(95% interval {interval(row['conf_low'], row['conf_high'], 'whole percent')})"
    )
    if "weighted" not in row:
        return f"{said}."
    ends = interval(row["weighted_low"], row["weighted_high"], "whole percent")
    people = f"{int(row['n_weighted']):,} people, effective n {int(row['effective_n']):,}"
    return f"{said}; weighted to the population {percent(row['weighted'])} ({ends}; {people})."


def differing_sentence(tests: pd.DataFrame, what: str) -> str:
    """Say which tests of a family found a difference.

    Parameters
    ----------
    tests : pandas.DataFrame
        `test, p_adjusted`; the names of the tests follow "between".
    what : str
        What is compared.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> tests = pd.DataFrame({"test": ["districts", "ages"], "p_adjusted": [0.2, 0.01]})
    >>> print(differing_sentence(tests, "Visibility"))
    Visibility differs between ages (Holm-adjusted p = 0.010); these data do not show that it \
differs between districts (p = 0.200).
    """
    parts = [
        [f"{row.test} ({{}}{p_text(row.p_adjusted)})" for row in part.itertuples()]
        for part in (tests[tests["p_adjusted"] < 0.05], tests[tests["p_adjusted"] >= 0.05])
    ]
    sure, rest = (
        listed(
            [name.format("Holm-adjusted " if at == 0 else "") for at, name in enumerate(part)], 9
        )
        for part in parts
    )
    if not parts[0]:
        return f"These data do not show that {in_sentence(what)} differs between {rest}."
    said = f"{what} differs between {sure}"
    if not parts[1]:
        return f"{said}."
    rest = rest.replace("Holm-adjusted ", "")
    return f"{said}; these data do not show that it differs between {rest}."


def differing_title(what: str, test: pd.Series) -> str:
    """Head a figure of a rating by groups.

    Parameters
    ----------
    what : str
        What is rated.
    test : pandas.Series
        `test` (what stands after "between") and `p_adjusted`.

    Returns
    -------
    str
        The finding.

    Examples
    --------
    >>> differing_title("visibility", pd.Series({"test": "ages", "p_adjusted": 0.2}))
    'Visibility: no difference between ages that these data can show'
    """
    if test["p_adjusted"] < 0.05:
        return f"{what.capitalize()} differs between {test['test']} ({p_text(test['p_adjusted'])})"
    return f"{what.capitalize()}: no difference between {test['test']} that these data can show"


def prefixed(what: str, answers: pd.Series) -> pd.Series:
    """Put what was asked before short answers, so that they can stand alone in a table.

    Parameters
    ----------
    what : str
        What was asked.
    answers : pandas.Series
        Categorical.

    Returns
    -------
    pandas.Series
        The same answers with longer names.

    Examples
    --------
    >>> prefixed("Contact", pd.Series(["Yes"], dtype="category")).tolist()
    ['Contact: yes']
    """
    names = {each: f"{what}: {in_sentence(each)}" for each in answers.cat.categories}
    return answers.cat.rename_categories(names)

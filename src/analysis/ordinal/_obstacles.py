"""What keeps a cumulative link model from having finite estimates, known before it is fitted."""

import formulaic
import pandas as pd

from analysis.ordinal._design import named_columns, read_terms
from analysis.ordinal._patterns import to_patterns
from analysis.ordinal._separation import separated_terms
from analysis.patterns import named_people


def obstacle(
    formula: str,
    data: pd.DataFrame,
    *,
    weights: str | None = None,
    frequency: str | None = None,
    random: str | None = None,
) -> str:
    """Say why a model cannot be fitted to these people, without fitting it.

    Parameters
    ----------
    formula : str
        As in `fit`: "outcome ~ predictors".
    data : pandas.DataFrame
        A row a person, as in `fit`.
    weights, frequency, random : str, optional
        As in `fit`.

    Returns
    -------
    str
        "" if the likelihood has a finite maximum. Else a clause that names columns and no
        category: that all people of a category gave one answer is itself something about them.

    Raises
    ------
    ValueError
        If the data are not what a fit takes, such as a predictor that is text.

    Notes
    -----
    The maximum is finite unless the answers are separated (Albert and Anderson 1984, Biometrika
    71; see `separated_terms`); it is unique unless predictors repeat each other.

    Examples
    --------
    >>> rating = pd.Categorical([*"aabbcc"], ordered=True)
    >>> apart = pd.DataFrame({"rating": rating, "group": pd.Categorical([*"pppqqq"])})
    >>> obstacle("rating ~ 1", apart)
    ''
    >>> obstacle("rating ~ group", apart)  # doctest: +NORMALIZE_WHITESPACE
    'in some category of group all answers lie at one side of the others, so that estimates would
    be infinite'
    >>> obstacle("rating ~ group", apart.assign(group=pd.Categorical(["p"] * 6)))
    'everybody is in one category of group'
    """
    outcome, _, right = (part.strip() for part in formula.partition("~"))
    terms = read_terms(right, formula)
    named = named_columns(formulaic.Formula(["1", *map(str, terms)]), data) if terms else set()
    people, _ = named_people(data, frequency)
    people = people if weights is None else people[people[weights] > 0]
    if people.empty:
        return "nobody answered"
    if people[outcome].nunique() < 2:
        return "everybody gave the same answer"
    every = sorted(named | ({random} if random else set()))
    constant = [name for name in every if people[name].nunique() < 2]
    if constant:
        return f"everybody is in one category of {constant[0]}"
    try:
        patterns = to_patterns(formula, people, weights=weights, frequency=frequency, group=random)
    except ValueError as error:
        if "repeat others" not in str(error):
            raise
        return "two of its groupings put people into the same groups"
    owner = {name: term for term, names in patterns.terms.items() for name in names}
    apart = [owner[name] for name in separated_terms(patterns) if name in owner]
    if apart:
        return (
            f"in some category of {apart[0]} all answers lie at one side of the others, "
            "so that estimates would be infinite"
        )
    return ""

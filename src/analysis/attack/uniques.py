"""How alone people are by what they say of themselves: k-anonymity and uniques of the responses."""

from collections.abc import Sequence

import pandas as pd

from analysis.privacy import Rule, rule_of
from analysis.survey import Survey

#: Questions on people themselves, in the order in which they are put together.
ROLES = ("age", "sex", "district", "disability")


def alone(people: pd.DataFrame, columns: Sequence[str], *, rule: Rule) -> tuple[int, int]:
    """Count the people who share their answers with few, and those who share them with nobody.

    Parameters
    ----------
    people : pandas.DataFrame
        A row a person.
    columns : sequence of str
        Their answers; not having answered is one.
    rule : Rule
        How few people are too few.

    Returns
    -------
    tuple of int
        In cells of fewer people than the threshold, and alone in their cell.

    Examples
    --------
    >>> made = pd.DataFrame({"age": list("aaab"), "sex": list("fffm")})
    >>> alone(made, ["age", "sex"], rule=Rule(2)), alone(made, ["sex"], rule=Rule(4))
    ((1, 1), (4, 1))
    """
    sizes = people.groupby(list(columns), dropna=False, observed=True)[columns[0]].transform("size")
    return int(rule.few(sizes).sum()), int((sizes == 1).sum())


def alone_lines(survey: Survey) -> list[str]:
    """Say how alone people are by one more question each.

    Parameters
    ----------
    survey : Survey
        The survey, with its responses.

    Returns
    -------
    list of str
        A line each from two questions on; the responses themselves are never published.
    """
    responses, rule = survey.responses(), rule_of(survey.codebook)
    asked = [each for each in ROLES if survey.has(each) and each in responses]
    lines = []
    for last in range(2, len(asked) + 1):
        few, single = alone(responses, asked[:last], rule=rule)
        lines.append(
            f"By {', '.join(asked[:last])}: {few:,} of {len(responses):,} people share their "
            f"answers with fewer than {rule.people() - 1} others, {single:,} with nobody."
        )
    return lines

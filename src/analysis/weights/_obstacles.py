"""What keeps people from being raked to margins, known before it is tried."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.patterns import distinct, named_people, people_of
from analysis.weights._newton_raking import impossible
from analysis.weights._patterns import codes_in


def obstacle(
    responses: pd.DataFrame, margins: Mapping[str, pd.Series], *, frequency: str | None = None
) -> str:
    """Say why people cannot be raked to margins.

    Parameters
    ----------
    responses : pandas.DataFrame
        As `rake` takes it: a row a person, the category of each in a column a margin.
    margins : mapping of str to pandas.Series
        As `rake` takes it: population by category, of equal totals.
    frequency : str, optional
        As `rake` takes it.

    Returns
    -------
    str
        A clause; "" if some weights above 0 meet all margins.

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["f", "f", "m"]})
    >>> obstacle(people, {"sex": pd.Series({"f": 60, "m": 40})})
    ''
    >>> obstacle(people, {"sex": pd.Series({"f": 60, "m": 40, "x": 3})})
    'nobody answered from x (sex), for whom no weight can stand'
    """
    if responses.empty:
        return "nobody belongs to the population"
    responses, times = named_people(responses, frequency)
    people = people_of(times, responses)
    inside, wanted, counts = [], [], {}
    for name, population in margins.items():
        known = population[population > 0].astype(float)
        codes = codes_in(responses[name], known.index)
        there = np.isin(np.arange(len(known)), codes)
        nobody = [str(each) for each in known.index[~there]]
        if nobody:
            more = f" and {len(nobody) - 3} more" if len(nobody) > 3 else ""
            who = ", ".join(nobody[:3]) + more
            return f"nobody answered from {who} ({name}), for whom no weight can stand"
        inside.append(codes)
        wanted.append(known.to_numpy() / known.sum() * people.sum())
        counts[name] = known
    sizes = [len(known) for known in counts.values()]
    cells = distinct([np.ravel_multi_index(inside, sizes, mode="wrap")], people=people)
    kinds = np.hstack(
        [np.eye(n)[code[cells.first] % n] for n, code in zip(sizes, inside, strict=True)]
    )
    if impossible(kinds, np.concatenate(wanted), cells.people, counts):
        return f"no weights above 0 meet all of {', '.join(counts)} with the people who answered"
    return ""

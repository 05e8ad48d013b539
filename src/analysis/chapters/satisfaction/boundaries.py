"""Whether groups of channels move every boundary between answers alike: Brant's test."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import assumptions, ordinal
from analysis.assumptions import Brant
from analysis.survey import Survey, bases

#: Brant's test leans on small categories, so it is made with groups of at least so many people.
ENOUGH = 50


@dataclass(frozen=True, kw_only=True)
class GroupBrant:
    """Brant's test of groups of channels, None where it cannot be made.

    `names` leads from the columns of its model to the groups; `against` is the group compared
    with, "" where people could name several and each group is compared with who did not name it.
    """

    test: Brant | None
    names: Mapping[str, str]
    against: str


def group_brant(survey: Survey, frame: pd.DataFrame, used: pd.Series | pd.DataFrame) -> GroupBrant:
    """Make Brant's test of groups of channels with enough people.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        `satisfaction` of each person.
    used : pandas.Series or pandas.DataFrame
        As `bases.channels` returns it.

    Returns
    -------
    GroupBrant
        Without a test where there are not two groups of `ENOUGH` people or it has no finite
        estimates. Who is left out depends on the size of groups alone, never on their answers.
    """
    groups = bases.grouped(survey, used)
    if isinstance(groups, pd.DataFrame):
        names = {f"group_{at}": name for at, name in enumerate(groups.columns)}
        columns = groups.set_axis(list(names), axis=1).astype(float)
        large = [name for name in columns if columns[name].sum() >= ENOUGH]
        formula, against, people = " + ".join(large), "", frame[["satisfaction"]].join(columns)
    else:
        sizes = groups.value_counts()
        kept = [each for each in groups.cat.categories if sizes[each] >= ENOUGH]
        names = {f"group[T.{each}]": each for each in kept[1:]}
        large, formula, against = kept[1:], "group", (kept or [""])[0]
        people = frame[["satisfaction"]].assign(group=groups.cat.set_categories(kept))
        people = people[people["group"].notna()]
    if not large:
        return GroupBrant(test=None, names=names, against=against)
    model, given = f"satisfaction ~ {formula}", people["satisfaction"].cat.codes
    above = [pd.Categorical(given > cut, ordered=True) for cut in sorted(given.unique())[:-1]]
    if not above or any(ordinal.obstacle(model, people.assign(satisfaction=b)) for b in above):
        return GroupBrant(test=None, names=names, against=against)
    test = assumptions.brant(ordinal.fit(model, people))
    return GroupBrant(test=test, names=names, against=against)

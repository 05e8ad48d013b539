"""The measures that districts are compared on: answers of people, and which of them count."""

from collections.abc import Mapping

import pandas as pd

from analysis import figures
from analysis.primary import DistrictVerdict, pair
from analysis.privacy import kept_parts, outside_told, rule_of
from analysis.report import few_groups, in_sentence, not_between_districts
from analysis.survey import Survey, bases
from analysis.survey.measures import RATED, channel_groups, headline_answers, top_answers
from analysis.themes import answers


def changes_wanted(
    survey: Survey, responses: pd.DataFrame, *, most: int = 5
) -> dict[str, pd.Series]:
    """Say of the changes that people want most often who wants them.

    Parameters
    ----------
    survey : Survey
        With its raw file, if it asked what people would change.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.
    most : int
        How many themes are measures.

    Returns
    -------
    dict
        Name -> boolean Series, a value a person who answered, the most frequent first; empty if
        the survey did not ask, or its codebook has no themes.
    """
    if not survey.has("change") or survey.codebook.themes is None:
        return {}
    told = responses.dropna(subset=["change"])
    if told.empty:
        return {}
    return _frequent(
        answers.coded_answers(survey, told, "change").indicators, "Would change", most=most
    )


def _frequent(indicators: pd.DataFrame, what: str, *, most: int) -> dict[str, pd.Series]:
    """Pick the indicators that are true most often, of equal ones those that stand first.

    Examples
    --------
    >>> indicators = pd.DataFrame({"a": [True, False], "b": [True, True], "c": [False, False]})
    >>> list(_frequent(indicators, "Would change", most=2))
    ['Would change: b', 'Would change: a']
    """
    order = indicators.sum().sort_values(ascending=False, kind="stable").index[:most]
    return {f"{what}: {in_sentence(name)}": indicators[name] for name in order}


def measured_answers(
    survey: Survey,
    responses: pd.DataFrame,
    more: Mapping[str, pd.Series],
    verdict: DistrictVerdict | None = None,
) -> list[tuple[str, pd.Series, list[str]]]:
    """Gather the answers that districts are compared on.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.
    more : mapping of str to pandas.Series
        Further measures: name -> boolean, a value a person.
    verdict : DistrictVerdict, optional
        As `primary.district_verdict` returns it; with it satisfaction is not gathered again.

    Returns
    -------
    list of tuple
        Name, ordered answers and which of them count, measure by measure, of those on which
        districts can be compared.
    """
    found = headline_answers(survey, responses)
    rated = [role for role in RATED if survey.has(role)]
    names = list(found)[-len(rated) :] if rated else []
    gathered = [
        (name, yes_no(yes), ["yes"]) for name, yes in channels_compared(survey, responses).items()
    ]
    used_preferred = f"{survey.words.used_short} what they {survey.words.preferred}"
    if used_preferred in found:
        gathered.append((used_preferred, yes_no(found[used_preferred]), ["yes"]))
    for role, name in zip(rated, names, strict=True):
        if role == "satisfaction" and verdict is not None:
            continue
        gathered.append((name, responses[role].dropna(), top_answers(survey, role)))
    gathered += [(name, yes_no(yes), ["yes"]) for name, yes in more.items()]
    districts = responses["district"]
    return [
        (name, answers, named)
        for name, answers, named in gathered
        if not not_between_districts(survey, answers, districts, named)
    ]


def channels_compared(survey: Survey, responses: pd.DataFrame) -> dict[str, pd.Series]:
    """Say of the groups of channels that districts are compared on who uses, and who prefers them.

    Parameters
    ----------
    survey : Survey
        The survey; it has districts.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.

    Returns
    -------
    dict
        Name -> boolean Series, a value a person who answered. Neither "Other" is compared, nor a
        group whose shift is hidden, or that few prefer who were not asked what they use: its shares
        would give that away. Where few of these prefer all such groups together, and whole percent
        would tell it, no group is compared by preference. Of one answer a person, neither are the
        smallest groups that would tell how few of a district gave what is left
        (`privacy.kept_parts`).
    """
    found, words = {}, survey.words
    profiled = list(figures.places(survey.codebook)) or responses["district"].cat.categories
    districts = responses["district"].where(responses["district"].isin(profiled))
    told = {survey.used_role: words.used_short, "preferred": words.preferred_short}
    rule = rule_of(survey.codebook)
    asked, secret = pair.asked_people(survey, responses), {survey.other_channel}
    if len(asked) > 1 and len(asked[survey.used_role]):
        secret |= pair.hidden_shifts(survey, *pair.compared(survey, responses)[1:])[1]
    for role, people in asked.items():
        groups = channel_groups(survey, people, role)
        asked_use = people.index.isin(asked.get(survey.used_role, people).index)
        outside = groups[~asked_use].sum()
        few = set(outside.index[rule.few(outside)]) if outside.any() else set()
        rest = int(outside[outside.index.isin(secret | few)].sum())
        kinds, base = (rest, int(outside.sum()) - rest), groups[asked_use]
        inside, whole = ((int(each.sum().max()), len(each)) for each in (base, groups))
        if few and outside_told(*kinds, shares=[inside], everybody=whole, rule=rule):
            continue
        named = [each for each in groups.columns if each not in secret | few]
        if (groups.sum(axis=1) == 1).all():
            named = kept_parts(groups, districts.loc[groups.index], named, survey.codebook)
        found |= {f"{told[role]}: {in_sentence(each)}": groups[each] for each in named}
    return found


def shifts_compared(survey: Survey, responses: pd.DataFrame) -> pd.DataFrame | None:
    """Select the people whose shifts are compared between districts.

    Parameters
    ----------
    survey : Survey
        The survey; it has districts.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.

    Returns
    -------
    pandas.DataFrame or None
        Who answered on use, preference and district; None if the survey did not ask, or fewer
        than three districts have enough of them.
    """
    if not survey.has(survey.used_role, "preferred"):
        return None
    base = bases.answered(survey, responses, [survey.used_role, "preferred", "district"]).frame
    few = few_groups(survey, base["district"], survey.words.districts, least=3)
    return None if few else base


def yes_no(yes: pd.Series) -> pd.Series:
    """Make ordered answers of booleans, "yes" the higher.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.

    Returns
    -------
    pandas.Series
        Ordered Categorical.

    Examples
    --------
    >>> yes_no(pd.Series([True, False])).max()
    'yes'
    """
    kind = pd.CategoricalDtype(["no", "yes"], ordered=True)
    return yes.map({True: "yes", False: "no"}).astype(kind)

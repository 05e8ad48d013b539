"""The people who said whether they would use a video chat, and the groups they are compared by."""

import math

import pandas as pd

from analysis import bases, categories
from analysis.bases import Base
from analysis.exclusions import exclude
from analysis.sentences import in_sentence
from analysis.survey import Survey

#: The group of people who were not asked which channel they used, and of who named several.
NOT_ASKED, SEVERAL, NONE = "Not asked about use", "Several", "None"


def best_answers(survey: Survey, role: str, *, top: int = 2) -> list[str]:
    """Return the labels of the highest answers of an ordered question.

    Parameters
    ----------
    survey : Survey
        The survey.
    role : str
        The question.
    top : int
        How many of its answers.

    Returns
    -------
    list of str
        In the order of the codebook.

    Examples
    --------
    >>> from analysis import survey
    >>> best_answers(survey.load("herts_2023"), "video_use")
    ['Likely', 'Very likely']
    """
    return list(survey.codebook.question(role).labels.values())[-top:]


def channel_group(survey: Survey, frame: pd.DataFrame, role: str) -> pd.Series:
    """Bring each person's answer on channels to one group of channels.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        Rows of `survey.responses()`.
    role : str
        "used", "used_last" or "preferred".

    Returns
    -------
    pandas.Series
        Categorical: the codebook's groups, a channel that was not on offer on its own; then
        `SEVERAL` for who named channels of more groups than one, `NONE` for who named none, and
        `NOT_ASKED`. NA for who did not answer.
    """
    question = survey.codebook.question(role)
    alone = set(survey.not_offered) if survey.has(survey.used_role) else set()
    groups = {label: label if label in alone else group for label, group in question.groups.items()}
    order = [*dict.fromkeys(groups.values()), SEVERAL, NONE, NOT_ASKED]
    if question.kind == "multiple":
        named = frame[list(question.columns)].rename(columns=survey.labels(role))
        exclusive = [each.label for each in question.answers if each.exclusive]
        by_group = named.drop(columns=exclusive).T.groupby(groups).max().T
        count = by_group.sum(axis=1)
        own = by_group.fillna(0.0).idxmax(axis=1).where(count == 1, SEVERAL).where(count > 0, NONE)
        own = own.where(named.notna().all(axis=1))
    else:
        own = frame[role].astype("str").map(groups)
    own = own.mask(bases.not_asked(survey, frame, role), NOT_ASKED)
    return own.astype(pd.CategoricalDtype(order))


def joined(groups: pd.Series, fewest: int) -> pd.Series:
    """Join neighbouring groups of people in order until none holds too few.

    Parameters
    ----------
    groups : pandas.Series
        Categorical, the group of each person, none missing.
    fewest : int
        The fewest people a group may hold.

    Returns
    -------
    pandas.Series
        Categorical with the joined groups in order, those with people alone.

    Raises
    ------
    ValueError
        If even all together are fewer.

    Examples
    --------
    >>> ages = pd.Series(pd.Categorical(["young"] + ["middle"] * 5 + ["old"] * 9,
    ...                                 categories=["young", "middle", "old"]))
    >>> joined(ages, 3).value_counts(sort=False).to_dict()
    {'young and middle': 6, 'old': 9}
    """
    names = categories.collapse(groups, groups.value_counts(), fewest=fewest)
    order = list(dict.fromkeys(names.values()))
    return groups.astype("str").map(names).astype(pd.CategoricalDtype(order))


def enough(threshold: int, share: float) -> int:
    """Say how many people a group needs for both kinds of answer to reach the threshold.

    Parameters
    ----------
    threshold : int
        The fewest people that a shown number may rest on.
    share : float
        The share of everybody who says yes.

    Returns
    -------
    int
        People of whom, at that share, the threshold is expected to say yes, and to say no. It
        rests on everybody's answers and not on those of a group.

    Examples
    --------
    >>> enough(10, 0.25), enough(10, 0.5)
    (40, 20)
    """
    rarer = min(share, 1 - share)
    return math.ceil(threshold / max(rarer, 0.01))


def told(survey: Survey, responses: pd.DataFrame, *, role: str = "video_use") -> Base:
    """Select the people who also told what groups they belong to, and name the groups.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.
    role : str
        The ordered question that they answered.

    Returns
    -------
    Base
        With columns `likely` (boolean, one of the two highest answers), and `age` and `channel`,
        the group of channels used, joined with a neighbour where they hold too few people
        (`enough`). One base for all groups: with one base a grouping, those who did not tell
        could be worked out.

    Notes
    -----
    Age, disability, district and the channel used count as far as the survey asks them.
    """
    roles = [each for each in ("age", "disability", "district") if survey.has(each)]
    base = bases.answered(survey, responses, [role, *roles])
    frame, ledger = base.frame, base.ledger
    if survey.has(survey.used_role):
        frame = frame.assign(channel=channel_group(survey, frame, survey.used_role))
        silent = frame["channel"].isna()
        reason = f"did not say which {survey.words.channel} they used"
        frame, ledger = exclude(frame, ledger, silent, step="no channel", reason=reason)
        ledger.reconcile(len(frame))
    threshold = survey.codebook.disclosure_threshold
    if len(frame) < 4 * threshold:
        raise ValueError(
            f"{len(frame)} people answered {role} and told their groups; {4 * threshold} are "
            "needed: leave out this notebook, or a role that few answered"
        )
    likely = frame[role].isin(best_answers(survey, role))
    frame = frame.assign(likely=likely)
    fewest = enough(threshold, float(likely.mean()))
    for each in ("age", "channel"):
        if each in frame:
            frame[each] = joined(frame[each], fewest)
    return Base(frame=frame, ledger=ledger)


def by_preference(survey: Survey, frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Select the people whose preferred channel is known, and those who could have used it.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        As `told` returns it.

    Returns
    -------
    tuple of pandas.DataFrame
        Those who said what they prefer, with `prefers`, their group of channels (a channel that
        was not on offer on its own; joined below the threshold). And those of them who were
        asked what they used and prefer a channel that was on offer, with `against`: 1.0 if they
        used another one, else 0.0. Both are empty where the survey asks no preference.
    """
    if not survey.has("preferred"):
        return (frame.iloc[:0].assign(prefers=[], against=[]),) * 2
    threshold = survey.codebook.disclosure_threshold
    prefers = channel_group(survey, frame, "preferred")
    known = frame.assign(prefers=prefers)[prefers.notna() & ~prefers.isin([NOT_ASKED, NONE])]
    known = known.assign(prefers=joined(known["prefers"], threshold))
    if "channel" not in frame:
        return known, known.iloc[:0].assign(against=[])
    asked = known[~bases.not_asked(survey, known, survey.used_role)]
    answers = [bases.channels(survey, asked, role) for role in (survey.used_role, "preferred")]
    used, preferred = (
        pd.get_dummies(each, dtype=float) if isinstance(each, pd.Series) else each
        for each in answers
    )
    on_offer = [each for each in preferred if each not in survey.not_offered]
    got = bases.got_preferred(used[on_offer], preferred[on_offer])
    return known, asked.assign(against=1.0 - got).dropna(subset=["against"])


def groupings(survey: Survey, frame: pd.DataFrame) -> dict[str, str]:
    """Name the groupings of people that have two groups or more.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        As `told` returns it.

    Returns
    -------
    dict
        Column -> what its groups are called in the plural, in the order of the tables.

    Raises
    ------
    ValueError
        If there are no two groups of age, disability or channel.
    """
    words = survey.words
    names = {
        "age": "age groups",
        "disability": "answers on disability",
        "channel": f"groups of {words.channels} used",
        "district": words.districts,
    }
    found = {key: name for key, name in names.items() if key in frame and several(frame[key])}
    if not set(found) - {"district"}:
        raise ValueError(
            f"{survey.name} has no two groups of age, disability or {words.channel} with enough "
            "people; this notebook compares such groups: leave it out"
        )
    return found


def several(groups: pd.Series) -> bool:
    """Tell whether people are in two groups or more."""
    return len(groups.dropna().unique()) > 1


def labelled(rows: pd.DataFrame, column: str = "variable") -> pd.Series:
    """Make the levels of a table of several groupings clear without their heading.

    Parameters
    ----------
    rows : pandas.DataFrame
        `level`, and the grouping in `column`.
    column : str
        Where the grouping stands.

    Returns
    -------
    pandas.Series
        Levels of a question answered by yes or no, or so short, follow the question's name.

    Examples
    --------
    >>> rows = pd.DataFrame({"variable": ["age", "disability"], "level": ["16-24", "Yes"]})
    >>> labelled(rows).tolist()
    ['16-24', 'Disability: yes']
    """
    level, of = rows["level"].astype("str"), rows[column].astype("str")
    named = of.str.replace("_", " ").str.capitalize() + ": " + level.map(in_sentence)
    return level.where(level.str.len() > 3, named)

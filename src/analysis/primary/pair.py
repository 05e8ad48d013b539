"""The two answers of the same people, on use and on preference, and the plan's test of them."""

import numpy as np
import pandas as pd

from analysis import paired, report
from analysis.paired import PermutationTest
from analysis.privacy import rule_of, shown_shifts
from analysis.survey import Survey, bases
from analysis.survey.bases import Base

_Answers = pd.Series | pd.DataFrame


def compared(survey: Survey, responses: pd.DataFrame) -> tuple[Base, _Answers, _Answers]:
    """Select the people who answered both questions, and their answers.

    Parameters
    ----------
    survey : Survey
        A survey that asked both.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    tuple
        The people, what they used, and what they prefer: each as `bases.channels` returns it.
    """
    roles = [survey.used_role, "preferred"]
    base = bases.answered(survey, responses, roles)
    used, preferred = (bases.channels(survey, base.frame, role) for role in roles)
    return base, used, preferred


def asked_people(survey: Survey, responses: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Say whose answers on what they use, and on what they prefer, are counted each by itself.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    dict
        The role of the question on use and "preferred", as far as asked: the people who answered
        both, and of the second also those who were not asked the first. Other people would make a
        second base, from which the few who are in one alone could be worked out.
    """
    roles = [each for each in (survey.used_role, "preferred") if survey.has(each)]
    if len(roles) < 2:
        return {each: bases.answered(survey, responses, [each]).frame for each in roles}
    base = bases.answered(survey, responses, roles)
    everyone, _ = bases.with_not_asked(
        survey, responses, base, role=roles[0], answered_role="preferred"
    )
    return {roles[0]: base.frame, "preferred": everyone}


def hidden_shifts(
    survey: Survey, used: _Answers, preferred: _Answers
) -> tuple[frozenset[str], frozenset[str]]:
    """Name the channels, and the groups of channels, whose shift may not be shown.

    Parameters
    ----------
    survey : Survey
        The survey.
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.

    Returns
    -------
    tuple of frozenset
        Channels and groups: another number of one of them would give away what is hidden.
    """
    in_groups = [bases.grouped(survey, each) for each in (used, preferred)]
    shown = shown_shifts(
        paired.shifts(used, preferred), paired.shifts(*in_groups), survey.codebook, survey.used_role
    )
    channels, groups = (
        frozenset(rows.loc[rows["estimate"].isna(), "channel"].astype("str")) for rows in shown
    )
    return channels, groups


def largest_shown(survey: Survey, used: _Answers, preferred: _Answers) -> tuple[str, bool] | None:
    """Name the channel on offer that shifts most, up or down, among those that may be shown.

    Parameters
    ----------
    survey : Survey
        The survey.
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.

    Returns
    -------
    tuple of str and bool, or None
        Its label, and whether it is a group of channels, which it is where fewer than two channels
        may be shown and a group may; None if none may. Neither what nobody can have used nor the
        one that gathers all others is among them. As notebook 03 names it.
    """
    in_groups = [bases.grouped(survey, each) for each in (used, preferred)]
    channels, groups = shown_shifts(
        paired.shifts(used, preferred), paired.shifts(*in_groups), survey.codebook, survey.used_role
    )
    group_of = survey.codebook.question("preferred").groups
    offered = ~channels["channel"].isin(survey.not_offered)
    reached = {group_of[each] for each in channels.loc[offered, "channel"]}
    rows = channels[offered & channels["estimate"].notna()]
    alike = groups[groups["channel"].isin(reached) & groups["estimate"].notna()]
    grouped = len(rows) < 2 and groups["estimate"].notna().any()
    rows = alike if grouped else rows
    rows = rows[rows["channel"] != survey.other_channel]
    if rows.empty:
        return None
    sizes = rows["estimate"].abs().sort_values(ascending=False, kind="stable")
    return str(rows.loc[sizes.index[0], "channel"]), bool(grouped)


def swap_test(used: _Answers, preferred: _Answers, *, rng: np.random.Generator) -> PermutationTest:
    """Test all channels at once by swapping each person's answers, some ten thousand times.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.
    rng : numpy.random.Generator
        Where the random numbers come from.

    Returns
    -------
    PermutationTest
        As `paired.permutation_test` returns it.
    """
    return paired.permutation_test(used, preferred, n_permutations=9999, rng=rng)


def no_pair(survey: Survey, responses: pd.DataFrame) -> str:
    """Say why the two answers cannot be compared at all.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    str
        A clause; "" if they can.
    """
    reason = report.not_asked(survey, survey.used_role, "preferred")
    return reason or few_answered(survey, compared(survey, responses)[0])


def few_answered(survey: Survey, base: Base) -> str:
    """Say why the two answers cannot be compared where both were asked.

    Parameters
    ----------
    survey : Survey
        The survey.
    base : Base
        Who answered both, as `compared` returns it.

    Returns
    -------
    str
        A clause; "" if they can.
    """
    return report.few_people(survey, base.n, "answered both questions")


def few_moved(survey: Survey, used: _Answers, preferred: _Answers) -> str:
    """Say why tests of the two answers would tell of few people.

    Parameters
    ----------
    survey : Survey
        The survey.
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.

    Returns
    -------
    str
        A clause; "" if enough people gave two different answers. Where all of these moved along
        one line, such as between the only two channels, the statistic is made of the two numbers
        of people who moved one way and the other: both must be large enough.
    """
    rule, words = rule_of(survey.codebook), survey.words
    steps = paired.read_pairs(used, preferred).difference
    steps = steps[(steps != 0).any(axis=1)]
    if rule.few(len(steps)):
        return f"fewer than {rule.people()} people gave two different answers"
    if np.linalg.matrix_rank(steps) == 1:
        first = steps[:, (steps != 0).any(axis=0)][:, 0]
        if not rule.enough(int((first > 0).sum()), int((first < 0).sum())):
            return (
                f"all who gave two different answers moved between the same {words.channels}, "
                f"and fewer than {rule.people()} in one of the two directions"
            )
    return ""

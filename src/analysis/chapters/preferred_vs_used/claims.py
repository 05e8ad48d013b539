"""What people say of their two answers, compared with the answers themselves."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import paired
from analysis.paired import Kappa
from analysis.privacy import round_people, rule_of
from analysis.proportions import Share, share
from analysis.survey import Survey
from analysis.survey.codebook import Codebook

_COLUMNS = ["Same channel twice", "Another one preferred"]


@dataclass(frozen=True, kw_only=True)
class Claims:
    """People by what they said and by their two answers, as far as it may be shown.

    `contradict` is the share of those who said that the channel was the preferred one but prefer
    another, made from rounded counts if `rounded`; `near` the share of these whose other channel
    is of the same group. What rests on too few people is None.
    """

    shown: pd.DataFrame
    n: int
    kappa: Kappa | None
    contradict: Share | None
    near: Share | None
    rounded: bool


def claims_of(
    survey: Survey,
    frame: pd.DataFrame,
    used: pd.Series | pd.DataFrame,
    preferred: pd.Series | pd.DataFrame,
) -> Claims:
    """Compare what people said of their two answers with the answers, if they were asked.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        Rows of `survey.responses()`.
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them, the same people.

    Returns
    -------
    Claims
        As `compare_claims`, of the people who said; of nobody if they were not asked, or could
        name several channels.
    """
    if (
        isinstance(used, pd.DataFrame)
        or isinstance(preferred, pd.DataFrame)
        or not survey.has("was_preferred")
    ):
        return Claims(
            shown=pd.DataFrame(), n=0, kappa=None, contradict=None, near=None, rounded=False
        )
    said = frame["was_preferred"].dropna()
    here = said.index
    return compare_claims(said, used.loc[here], preferred.loc[here], survey.codebook)


def compare_claims(
    said: pd.Series, used: pd.Series, preferred: pd.Series, codebook: Codebook
) -> Claims:
    """Compare what people say of their two answers with the answers.

    Parameters
    ----------
    said : pandas.Series
        Categorical, the answers to the role `was_preferred`, none missing.
    used, preferred : pandas.Series
        Categorical, channels, the same people.
    codebook : Codebook
        Its `was_preferred_yes`, its groups of channels and its threshold.

    Returns
    -------
    Claims
        A table of yes and of everything else; rounded to the threshold if a cell is below it.

    Raises
    ------
    ValueError
        As `paired.counts`; or if the codebook does not say which answer means yes.
    """
    question, rule = codebook.question("was_preferred"), rule_of(codebook)
    yes = question.labels.get(codebook.cleaning.was_preferred_yes)
    if yes is None:
        raise ValueError(
            "the codebook has no was_preferred_yes among the answers of was_preferred; add it to "
            "[cleaning]"
        )
    kinds = pd.CategoricalDtype([yes, "Not so"])
    claimed = pd.Series(np.where(said == yes, yes, "Not so"), index=said.index, dtype=kinds)
    same = used.astype("str") == preferred.astype("str")
    true = pd.Series(np.where(same, yes, "Not so"), index=said.index, dtype=kinds)
    table = paired.counts(claimed, true)
    small = bool(rule.few(table).any(axis=None))
    counts = round_people(table, rule=rule) if small else table.astype(float)
    against = (claimed == yes) & ~same
    groups = codebook.question("preferred").groups
    near = used[against].astype("str").map(groups) == preferred[against].astype("str").map(groups)
    agree, differ = counts.loc[yes]
    sides = pd.Series([(~near).sum(), near.sum()])
    if small:
        sides = round_people(sides, rule=rule)
    contradict = None
    if not np.isnan(agree + differ):
        contradict = share(np.repeat([False, True], [int(agree), int(differ)]))
    return Claims(
        shown=counts.set_axis(_COLUMNS, axis=1).set_axis([f'"{yes}"', "Any other answer"], axis=0),
        n=len(said),
        kappa=paired.kappa(table) if min(table.sum().min(), table.sum(axis=1).min()) else None,
        contradict=contradict,
        near=None
        if sides.isna().any() or rule.few(sides.min())
        else share(np.repeat([False, True], sides.astype(int))),
        rounded=small,
    )

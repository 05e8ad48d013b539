"""What people say of their two answers, compared with the answers themselves."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import paired
from analysis.numerics import outwards
from analysis.paired import Kappa
from analysis.privacy import ToldShare, ranged_table, round_people, rule_of, told_split
from analysis.report import interval, told_interval, told_text
from analysis.survey import Survey
from analysis.survey.codebook import Codebook

_COLUMNS = ["Same channel twice", "Another one preferred"]


@dataclass(frozen=True, kw_only=True)
class Claims:
    """People by what they said and by their two answers, as far as it may be shown.

    `contradict` is the share of those who said that the channel was the preferred one but prefer
    another; `near` the share of these whose other channel is of the same group. What rests on too
    few people is None. `yes` is how many said so, `rounded` whether counts are.
    """

    shown: pd.DataFrame
    n: int
    yes: int
    kappa: Kappa | None
    contradict: ToldShare | None
    near: ToldShare | None
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
        As `compare_claims`, of the people who said; of nobody if they were not asked, could name
        several channels, or the codebook does not say which answer means yes.
    """
    several = isinstance(used, pd.DataFrame) or isinstance(preferred, pd.DataFrame)
    if several or not survey.has("was_preferred") or not survey.codebook.cleaning.was_preferred_yes:
        nothing = {"kappa": None, "contradict": None, "near": None, "rounded": False}
        return Claims(shown=pd.DataFrame(), n=0, yes=0, **nothing)
    said = survey.responses()["was_preferred"].dropna()
    return compare_claims(said, used, preferred, survey.codebook)


def compare_claims(
    said: pd.Series, used: pd.Series, preferred: pd.Series, codebook: Codebook
) -> Claims:
    """Compare what people say of their two answers with the answers.

    Parameters
    ----------
    said : pandas.Series
        Categorical, the answers to the role `was_preferred`, none missing.
    used, preferred : pandas.Series
        Categorical, channels: of people who need not be the same. Who is in both is compared;
        readers know of each how many people gave which answer.
    codebook : Codebook
        Its `was_preferred_yes`, its groups of channels and its threshold.

    Returns
    -------
    Claims
        A table of yes and of everything else, as text; rounded to the threshold if a cell is
        below it, and that cell a range.

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
    claims = pd.Series(np.where(said == yes, yes, "Not so"), index=said.index, dtype=kinds)
    same = used.astype("str") == preferred.astype("str")
    truths = pd.Series(np.where(same, yes, "Not so"), index=same.index, dtype=kinds)
    here = said.index[said.index.isin(same.index)]
    said, same, used, preferred = (each.loc[here] for each in (said, same, used, preferred))
    claimed, true = claims.loc[here], truths.loc[here]
    table = paired.counts(claimed, true)
    small = bool(rule.few(table).any(axis=None))
    totals = {
        name: _known(whole, len(here))
        for name, whole in (("row_totals", claims), ("column_totals", truths))
    }
    sums = [(np.ones(table.shape, dtype=bool), len(here), len(here))]
    told = ranged_table(table, rule=rule, sums=sums, exact=not small, **totals)
    against = (claimed == yes) & ~same
    groups = codebook.question("preferred").groups
    near = used[against].astype("str").map(groups) == preferred[against].astype("str").map(groups)
    agree, differ = table.loc[yes]
    yeses = int(table.loc[yes].sum())
    how = {"rule": rule, "exact": not small}
    agreeing, differing = zip(told.low.loc[yes], told.high.loc[yes], strict=True)
    return Claims(
        shown=told.text.set_axis(_COLUMNS, axis=1).set_axis(
            [f'"{yes}"', "Any other answer"], axis=0
        ),
        n=len(said),
        yes=int(round_people(yeses, rule=rule)) if small else yeses,
        kappa=paired.kappa(table) if min(table.sum().min(), table.sum(axis=1).min()) else None,
        contradict=told_split(int(differ), int(agree), spans=(differing, agreeing), **how),
        near=told_split(int(near.sum()), int((~near).sum()), **how),
        rounded=small,
    )


def _known(answers: pd.Series, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return between which numbers n of some people gave each answer, for who knows all people's.

    Examples
    --------
    >>> answers = pd.Series(pd.Categorical(["yes"] * 8 + ["no"] * 5, ["yes", "no"]))
    >>> [ends.tolist() for ends in _known(answers, 11)]
    [[6, 3], [8, 5]]
    """
    counts = answers.value_counts().reindex(answers.cat.categories).to_numpy()
    return np.maximum(counts - (len(answers) - n), 0), counts


def claim_paragraphs(claim: Claims) -> list[str]:
    """Say how far what people said and answered agree, and what contradictions look like.

    Parameters
    ----------
    claim : Claims
        As `claims_of` returns it.

    Returns
    -------
    list of str
        One paragraph; none if people were not asked.
    """
    if not claim.n:
        return []
    said, about = [kappa_sentence(claim)], "about " * claim.rounded
    if claim.contradict is not None:
        said.append(
            f"Of {about}{claim.yes:,} people who said yes, {_share_text(claim.contradict)} "
            "prefer another channel all the same."
        )
    if claim.near is None:
        said.append("Which channels they prefer instead rests on too few people to be shown.")
    else:
        near = _share_text(claim.near)
        said.append(f"Of these, {near} prefer another channel of the same group.")
    return [" ".join(each for each in said if each)]


def kappa_sentence(claim: Claims) -> str:
    """Say how far what people said and their two answers agree, as kappa.

    Parameters
    ----------
    claim : Claims
        As `claims_of` returns it.

    Returns
    -------
    str
        One sentence; "" without kappa. Of rounded counts, to a tenth and widened.
    """
    if claim.kappa is None:
        return ""
    estimate, low, high = claim.kappa.estimate, claim.kappa.conf_low, claim.kappa.conf_high
    told = f"{estimate:.2f} ({interval(low, high, 'number')})"
    if claim.rounded:
        low, high = outwards(low, high, step=0.1)
        told = f"about {estimate:.1f} ({low:.1f} to {high:.1f})"
    return f"Agreement of what {claim.n:,} people said and answered: kappa {told}."


def _share_text(share: ToldShare) -> str:
    rounded = "" if share.exact else "counts are rounded; 95% interval "
    return f"{told_text(share)} ({rounded}{told_interval(share)})"


def claim_note(codebook: Codebook, claim: Claims) -> str:
    """Quote what people were asked of their two answers, and say if counts are rounded.

    Parameters
    ----------
    codebook : Codebook
        Its wording and its threshold.
    claim : Claims
        As `claims_of` returns it.

    Returns
    -------
    str
        The wording, and a sentence if needed; "" if people were not asked.
    """
    if not claim.n:
        return ""
    wording = codebook.question("was_preferred").wording
    return f'"{wording}"' + f" {rule_of(codebook).crossed_rounding.capitalize()}." * claim.rounded

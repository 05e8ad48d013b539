"""What may be shown of shares that a model predicts."""

import numpy as np
import pandas as pd

from analysis.numerics import interval, outwards, points
from analysis.privacy._bounds import bounded_p
from analysis.privacy._marks import HIDDEN, hide
from analysis.privacy._rounding import behind_rounded, rough_sizes, round_people
from analysis.privacy._rule import Rule, rule_of
from analysis.privacy._shares import COARSE, FINE
from analysis.privacy._suppression import hide_small
from analysis.survey.codebook import Codebook

#: What the hidden categories hold together.
_REST = ("rest_n", "rest_low", "rest_high")


def shown_margins(shares: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Hide the categories of predicted shares that hold too few people.

    Parameters
    ----------
    shares : pandas.DataFrame
        As `Margins.frame` returns it: `variable, level, estimate, n, n_top, raw_share` and more.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        The same rows. Where a category is small, all its numbers are NA; where few of its
        people gave a top answer, or few another, the unadjusted share is. Categories add up to
        everybody: then the smallest other unadjusted shares are hidden too, until the people of
        the hidden ones together, which a reader works out, leave every small count all values
        below the threshold; and of answers in groups, of which the answers of groups are shown
        too, none is hidden alone in its group. Where a category is small, the sizes of the
        others are rough, from `n_low` to `n_high` (`rough_sizes`); else these two are NA. `rest_n`
        has the people of the hidden ones together, `rest_low` and `rest_high` between which numbers
        their top answers are, rounded to the threshold, in each of their rows, where two or more
        are hidden and none is small; else NA.
    """
    rule = rule_of(codebook)
    complete = len(shares) > shares["variable"].nunique()
    counted = shares.assign(n_rest=shares["n"] - shares["n_top"])
    raw = hide_small(
        counted.drop(columns="n"),
        counts=["n_top", "n_rest"],
        values=["raw_share", "n_top"],
        rule=rule,
        complete=complete,
    )
    if complete:
        _hide_more(raw, counted, rule)
        _hide_beside(raw, counted, codebook)
    whole = hide_small(
        shares.assign(raw_share=raw["raw_share"], n_top=raw["n_top"]),
        counts=["n"],
        values=["estimate", "std_error", "conf_low", "conf_high", "n", "n_top", "raw_share"],
        rule=rule,
        complete=complete,
    )
    if not complete:
        return whole.assign(**dict.fromkeys(["n_low", "n_high", *_REST], np.nan))
    groups = shares.groupby("variable", observed=True, sort=False)["n"]
    sizes = pd.concat([rough_sizes(each, rule=rule) for _, each in groups]).loc[whole.index]
    whole[list(sizes)] = hide(sizes, whole["n"].isna())
    return _with_rest(whole, shares, rule)


def _hide_more(raw: pd.DataFrame, counted: pd.DataFrame, rule: Rule) -> None:
    """Hide further unadjusted shares until the total of the hidden ones gives none away."""
    people = counted[["n_top", "n_rest"]].to_numpy(dtype=float)
    hidden = raw["raw_share"].isna().to_numpy(copy=True)
    for row in np.argsort(people.min(axis=1), kind="stable"):
        if not hidden.any() or _has_room(people[hidden], rule):
            break
        hidden[row] = True
    raw[["raw_share", "n_top"]] = hide(raw[["raw_share", "n_top"]], hidden)


def _hide_beside(raw: pd.DataFrame, counted: pd.DataFrame, codebook: Codebook) -> None:
    """Hide another unadjusted share of a group of answers in which one alone is hidden."""
    if "level" not in counted:
        return
    roles = {each.role: each.groups for each in codebook.questions}
    names = zip(counted["variable"].astype("str"), counted["level"].astype("str"), strict=True)
    groups = np.array([roles.get(role, {}).get(level, "") for role, level in names])
    people = counted[["n_top", "n_rest"]].min(axis=1).to_numpy(dtype=float)
    hidden = raw["raw_share"].isna().to_numpy(copy=True)
    for group in dict.fromkeys(groups[hidden & (groups != "")]):
        others = np.flatnonzero((groups == group) & ~hidden)
        if hidden[groups == group].sum() == 1 and len(others):
            hidden[others[np.argmin(people[others])]] = True
    raw[["raw_share", "n_top"]] = hide(raw[["raw_share", "n_top"]], hidden)


def _has_room(people: np.ndarray, rule: Rule) -> bool:
    """Tell whether each small count can be any, for who knows the sizes and their sums.

    Parameters
    ----------
    people : numpy.ndarray
        Shape (categories, 2): who gave a top answer and who another, of the hidden categories.
    rule : Rule
        How few people are too few.
    """
    n, together = people.sum(axis=1), people.sum(axis=0)
    small = rule.few(people)
    most = np.minimum(n, rule.fewest - 1)[:, None]
    room = (together <= (n.sum() - n)[:, None]) & (together >= most)
    return bool(room[small].all()) and len(people) > 1


def _with_rest(shown: pd.DataFrame, shares: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Add what the hidden categories of each variable hold together, rounded."""
    secret = shown["raw_share"].isna()
    exact = shares.assign(n_rest=shares["n"] - shares["n_top"])[secret]
    groups = exact.groupby("variable", observed=True)
    sums = (
        groups[["n", "n_top", "n_rest"]].transform("sum").assign(rows=groups["n"].transform("size"))
    )
    rough = rule.few(shares["n"]).groupby(shares["variable"], observed=True).transform("any")
    told = (sums["rows"] > 1) & ~rule.few(sums[["n_top", "n_rest"]]).any(axis=1) & ~rough[secret]
    sums = sums[told].reindex(shown.index)
    low, high = behind_rounded(round_people(sums["n_top"], rule=rule).to_numpy(), rule=rule)
    return shown.assign(rest_n=sums["n"], rest_low=low, rest_high=np.minimum(high, sums["n"]))


def shown_predictions(
    shares: pd.DataFrame, codebook: Codebook, *, differences: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Hide categories that are too small, and round what would tell small counts.

    Parameters
    ----------
    shares : pandas.DataFrame
        As `Margins.frame` returns it, or `Pooled.groups`.
    codebook : Codebook
        Its threshold.
    differences : pandas.DataFrame, optional
        As `margins.differences` returns it, a row a row of `shares`.

    Returns
    -------
    pandas.DataFrame
        `level, n, raw_share, estimate, conf_low, conf_high, few`, and with differences, as text,
        `difference, p_shown`, and `apart`: whether the simultaneous interval leaves out 0. Shares
        are rounded to whole percent, differences to whole points, their intervals outwards. Where
        few people of a category gave a top answer or few another (and where the unadjusted share
        is hidden besides): shares to five, p to the next higher of 0.001, 0.01, 0.05 and 1, and
        no difference. Of a category so small that a step of five is a person or two, whose model
        follows the people counted, they are NA; of groups drawn together if the group's own
        answers make up more than half of its estimate.
    """
    rule = rule_of(codebook)
    pooled = "weight" in shares
    known = shares.assign(variable="group") if pooled else shares
    small = rule.few(known["n_top"]) | rule.few(known["n"] - known["n_top"])
    shown = shown_margins(known, codebook)
    few = small | shown["raw_share"].isna()
    shown["few"], shown["raw_share"] = few, shown["raw_share"].round(2)
    step = np.where(few, COARSE, FINE)
    shown["estimate"] = (np.round(shown["estimate"] / step) * step).round(2)
    low, high = outwards(shown["conf_low"], shown["conf_high"], step=step)
    shown["conf_low"], shown["conf_high"] = low.clip(0.0, 1.0), high.clip(0.0, 1.0)
    if not pooled:
        own = few & (known["n"] * COARSE < rule.fewest / 2)
        names = ["estimate", "conf_low", "conf_high"]
        shown[names] = hide(shown[names], own)
    else:
        own = small & (known["weight"] > 0.5)
        ranks = ["chance_lowest", "chance_highest"]
        names = ["estimate", "conf_low", "conf_high", *ranks]
        shown[names] = hide(shown[names], own | shown["n"].isna())
        shown[ranks] = shown[ranks].round(2)
    if differences is not None:
        secret = shown["estimate"].isna()
        shown["difference"] = _difference_text(differences, secret | few)
        shown["p_shown"] = [
            HIDDEN if hidden else bounded_p(p, coarse=coarse)
            for hidden, p, coarse in zip(secret, differences["p_adjusted"], few, strict=True)
        ]
        apart = (differences["conf_low"] > 0) | (differences["conf_high"] < 0)
        shown["apart"] = apart.to_numpy() & ~secret
    return shown


def may_show(counts: pd.DataFrame, codebook: Codebook) -> pd.Series:
    """Tell which categories `shown_predictions` will show a share of, whatever the model says.

    Parameters
    ----------
    counts : pandas.DataFrame
        `variable, level, n, n_top`: the people of each category, and of them with a top answer.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.Series
        Boolean, the index of `counts`.

    Examples
    --------
    >>> from analysis import survey
    >>> counts = pd.DataFrame({"variable": "channel", "level": ["web", "phone", "desk"],
    ...                        "n": [400, 300, 8], "n_top": [200, 150, 4]})
    >>> may_show(counts, survey.load("herts_2023").codebook).tolist()
    [True, False, False]
    """
    made = dict.fromkeys(["estimate", "std_error", "conf_low", "conf_high"], 0.5)
    shares = counts.assign(**made, raw_share=counts["n_top"] / counts["n"])
    return shown_predictions(shares, codebook)["estimate"].notna()


def _difference_text(differences: pd.DataFrame, hidden: pd.Series) -> list[str]:
    return [
        HIDDEN
        if secret
        else f"{points(row.estimate, 0)} ({interval(row.conf_low, row.conf_high, 'whole points')})"
        for row, secret in zip(differences.itertuples(), hidden, strict=True)
    ]

"""The tables of satisfaction by channel and district, as far as they may be shown.

The functions of `margins`, `pooling` and `assumptions` are exact. What readers see goes through
here: counts below the codebook's threshold are hidden, and numbers from which they could be worked
out are rounded.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis import ordinal
from analysis.codebook import Codebook
from analysis.margins import Margins, differences
from analysis.ordinal import ModelTest, OrdinalFit
from analysis.privacy import shown_margins
from analysis.report import HIDDEN, interval, points
from analysis.survey import Survey

#: Shares are shown in hundredths, and in twentieths where few people gave one kind of answer.
FINE, COARSE = 0.01, 0.05


def shown_shares(
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
        are rounded to whole percent, differences to whole points. Where few people of a category
        gave a top answer or few another (and where the unadjusted share is hidden besides):
        shares to five, intervals outwards, p to the next higher of 0.001, 0.01, 0.05 and 1, and
        no difference. Of a category so small that a step of five is a person or two, whose model
        follows the people counted, they are NA; of groups drawn together if the group's own
        answers make up more than half of its estimate.
    """
    threshold = codebook.disclosure_threshold
    pooled = "weight" in shares
    known = shares.assign(variable="group") if pooled else shares
    small = (known["n_top"] < threshold) | (known["n"] - known["n_top"] < threshold)
    shown = shown_margins(known, codebook)
    few = small | shown["raw_share"].isna()
    shown["few"], shown["raw_share"] = few, shown["raw_share"].round(2)
    step = np.where(few, COARSE, FINE)
    shown["estimate"] = _to(shown["estimate"], step, np.round)
    shown["conf_low"] = _to(shown["conf_low"], step, np.floor, few)
    shown["conf_high"] = _to(shown["conf_high"], step, np.ceil, few)
    if not pooled:
        own = few & (known["n"] * COARSE < threshold / 2)
        names = ["estimate", "conf_low", "conf_high"]
        shown[names] = shown[names].mask(own)
    else:
        own = small & (known["weight"] > 0.5)
        names = ["estimate", "conf_low", "conf_high", "chance_lowest"]
        shown[names] = shown[names].mask(own | shown["n"].isna())
        shown["chance_lowest"] = shown["chance_lowest"].round(2)
    if differences is not None:
        secret = shown["estimate"].isna()
        shown["difference"] = _difference_text(differences, secret | few)
        shown["p_shown"] = [
            HIDDEN if hidden else _p_text(p, coarse)
            for hidden, p, coarse in zip(secret, differences["p_adjusted"], few, strict=True)
        ]
        apart = (differences["conf_low"] > 0) | (differences["conf_high"] < 0)
        shown["apart"] = apart.to_numpy() & ~secret
    return shown


def named_rows(shown: pd.DataFrame, *, aside: str) -> pd.DataFrame:
    """Sort the categories that sentences may name, from the lowest share to the highest.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `shown_shares` returns it.
    aside : str
        A category that is not named, since it gathers different things.

    Returns
    -------
    pandas.DataFrame
        Rows whose share is in whole percent; equal ones stay in order.
    """
    rows = shown[(shown["level"] != aside) & ~shown["few"] & shown["estimate"].notna()]
    return rows.sort_values("estimate", kind="stable")


def _to(
    values: pd.Series, step: np.ndarray, how: np.ufunc, outwards: pd.Series | None = None
) -> pd.Series:
    """Round to multiples of a step; `how` only where `outwards` is true, else to the nearest."""
    nearest = np.round(values / step)
    units = nearest if outwards is None else np.where(outwards, how(values / step), nearest)
    return pd.Series(np.clip((units * step).round(2), 0.0, 1.0), index=values.index)


def _difference_text(differences: pd.DataFrame, hidden: pd.Series) -> list[str]:
    return [
        HIDDEN
        if secret
        else f"{points(row.estimate, 0)} ({interval(row.conf_low, row.conf_high, 'whole points')})"
        for row, secret in zip(differences.itertuples(), hidden, strict=True)
    ]


def _p_text(p: float, coarse: bool) -> str:
    if coarse:
        return next((f"< {each}" for each in (0.001, 0.01, 0.05) if p < each), "0.05 or more")
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def without_other(survey: Survey, frame: pd.DataFrame) -> ModelTest | None:
    """Test channels without the people of the answer that gathers all other channels.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        `satisfaction`, `district` and the channel of each person.

    Returns
    -------
    ModelTest or None
        The likelihood ratio; None where there is no such answer, people could name several, or
        nobody is left.
    """
    role, other = survey.used_role, survey.other_channel
    if role not in frame or not other:
        return None
    rest = frame[frame[role] != other]
    if len(rest) == len(frame) or rest[role].nunique() < 2:
        return None
    full = ordinal.fit(f"satisfaction ~ {role} + district", rest)
    return ordinal.compare(full, ordinal.fit("satisfaction ~ district", rest))


def with_and_without(found: Mapping[str, Margins], people: pd.Series) -> pd.DataFrame:
    """Compare the people for whom something is true with the others, in one or more models.

    Parameters
    ----------
    found : mapping of str to Margins
        As `margins.indicators` returns it for one indicator, by what the model is called.
    people : pandas.Series
        The indicator of each person.

    Returns
    -------
    pandas.DataFrame
        A row a model: `model, share_yes, share_no, estimate, conf_low, conf_high, p_value, n,
        n_yes`; shares in whole percent and differences in whole points.
    """
    rows = []
    for name, each in found.items():
        row = differences(each).iloc[0]
        shares = {"share_yes": each.estimate[0, -1], "share_no": each.reference[0, -1]}
        numbers = shares | row[["estimate", "conf_low", "conf_high"]].to_dict()
        rounded = {key: round(float(value), 2) + 0.0 for key, value in numbers.items()}
        rows.append({"model": name} | rounded | {"p_value": row["p_value"]})
    return pd.DataFrame(rows).assign(n=len(people), n_yes=int(people.sum()))


def shown_odds(
    fitted: OrdinalFit,
    terms: Sequence[str],
    levels: Mapping[str, str],
    few: Sequence[str],
) -> pd.DataFrame:
    """Give the odds ratios of a better answer, to two digits.

    Parameters
    ----------
    fitted : OrdinalFit
        A model with the logit link.
    terms : sequence of str
        Terms of the formula.
    levels : mapping of str to str
        What the columns of the model are called; others by their category.
    few : sequence of str
        Levels whose odds are hidden.

    Returns
    -------
    pandas.DataFrame
        `level, odds_ratio, interval, n`, text but for `n`, the people of the level.
    """
    columns = [name for term in terms for name in fitted.data.terms[term]]
    table = fitted.coefficients.set_index("term").loc[columns]
    people = fitted.data.people.sum(axis=1)
    at = [fitted.data.names.index(name) for name in columns]
    plain = pd.Series(columns).str.replace(r"^.*\[T\.(.*)\]$", r"\1", regex=True)
    named = plain.replace(dict(levels))
    rows = pd.DataFrame(
        {
            "level": named,
            "odds_ratio": [f"{np.exp(each):.2g}" for each in table["estimate"]],
            "interval": [
                f"{np.exp(low):.2g} to {np.exp(high):.2g}"
                for low, high in zip(table["conf_low"], table["conf_high"], strict=True)
            ],
            "n": (people @ (fitted.data.exog[:, at] != 0)).astype(float),
        }
    )
    hidden = rows["level"].isin(few)
    rows.loc[hidden, ["odds_ratio", "interval"]] = HIDDEN
    return rows

"""The tables of satisfaction by channel and district, as far as they may be shown.

The functions of `margins`, `pooling` and `assumptions` are exact. What readers see goes through
here: counts below the codebook's threshold are hidden, and numbers from which they could be worked
out are rounded.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis import assumptions, bases, ordinal
from analysis.codebook import Codebook
from analysis.margins import Margins, differences
from analysis.ordinal import OrdinalFit
from analysis.privacy import hide_small, require_shown, round_table, shown_margins
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
        `level, n, raw_share, estimate, conf_low, conf_high, few`, and as text `difference,
        p_shown`. Shares are rounded to whole percent, differences to whole points. Where few
        people of a category gave a top answer or few another: to five of them, intervals
        outwards, and p to the next higher of 0.001, 0.01, 0.05 and 1. Of groups drawn together
        such numbers are NA if the group's own answers make up more than half of its estimate.
    """
    threshold = codebook.disclosure_threshold
    pooled = "weight" in shares
    known = shares.assign(variable="group") if pooled else shares
    few = (known["n_top"] < threshold) | (known["n"] - known["n_top"] < threshold)
    shown = shown_margins(known, codebook)
    shown["few"] = few
    step = np.where(few, COARSE, FINE)
    shown["estimate"] = _to(shown["estimate"], step, np.round)
    shown["conf_low"] = _to(shown["conf_low"], step, np.floor, few)
    shown["conf_high"] = _to(shown["conf_high"], step, np.ceil, few)
    if pooled:
        own = few & (known["weight"] > 0.5)
        names = ["estimate", "conf_low", "conf_high", "chance_lowest"]
        shown[names] = shown[names].mask(own | shown["n"].isna())
        shown["chance_lowest"] = shown["chance_lowest"].round(2)
    if differences is not None:
        shown["difference"] = _difference_text(differences, shown["estimate"].isna(), few)
        shown["p_shown"] = [
            HIDDEN if pd.isna(estimate) else _p_text(p, coarse)
            for estimate, p, coarse in zip(
                shown["estimate"], differences["p_adjusted"], few, strict=True
            )
        ]
    return shown


def named_rows(shown: pd.DataFrame, exact: pd.DataFrame, *, aside: str, what: str) -> pd.DataFrame:
    """Sort the categories that sentences may name, from the lowest share to the highest.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `shown_shares` returns it.
    exact : pandas.DataFrame
        What it was made from, by which equal rounded shares are sorted.
    aside : str
        A category that is not named, since it gathers different things.
    what : str
        What the categories are.

    Returns
    -------
    pandas.DataFrame
        The rows with an estimate.

    Raises
    ------
    ValueError
        If there are fewer than two.
    """
    rows = shown.loc[exact["estimate"].sort_values(kind="stable").index]
    rows = rows[rows["level"] != aside]
    require_shown(rows, 2, what)
    return rows.dropna(subset=["estimate"])


def _to(
    values: pd.Series, step: np.ndarray, how: np.ufunc, outwards: pd.Series | None = None
) -> pd.Series:
    """Round to multiples of a step; `how` only where `outwards` is true, else to the nearest."""
    nearest = np.round(values / step)
    units = nearest if outwards is None else np.where(outwards, how(values / step), nearest)
    return pd.Series(np.clip((units * step).round(2), 0.0, 1.0), index=values.index)


def _difference_text(differences: pd.DataFrame, hidden: pd.Series, few: pd.Series) -> list[str]:
    cells = []
    for row, secret, coarse in zip(differences.itertuples(), hidden, few, strict=True):
        step = COARSE if coarse else FINE
        low, high = row.conf_low / step, row.conf_high / step
        low, high = (np.floor(low), np.ceil(high)) if coarse else (np.round(low), np.round(high))
        text = f"{points(round(row.estimate / step) * step, 0)} "
        text += f"({interval(low * step, high * step, 'whole points')})"
        cells.append(HIDDEN if secret else text)
    return cells


def _p_text(p: float, coarse: bool) -> str:
    if coarse:
        return next((f"< {each}" for each in (0.001, 0.01, 0.05) if p < each), "0.05 or more")
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


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


def shown_answers(
    groups: pd.Series | pd.DataFrame, answers: pd.Series, codebook: Codebook
) -> pd.DataFrame:
    """Count the answers of each group of people, rounded so that no small count shows.

    Parameters
    ----------
    groups : pandas.Series or pandas.DataFrame
        The group of each person, Categorical, or indicators of several groups.
    answers : pandas.Series
        Ordered Categorical.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `level, n`, then a column an answer with people as `privacy.round_table` rounds them;
        NA where hidden. Groups below the threshold are left out.
    """
    counts = answer_counts(groups, answers)
    n = counts.sum(axis=1)
    large = n >= codebook.disclosure_threshold
    rounded = round_table(counts[large], threshold=codebook.disclosure_threshold)
    rounded.insert(0, "n", n[large])
    return rounded.rename_axis(index="level", columns=None).reset_index()


def answer_counts(groups: pd.Series | pd.DataFrame, answers: pd.Series) -> pd.DataFrame:
    """Count the answers of each group of people, exactly.

    Parameters
    ----------
    groups, answers
        As for `shown_answers`.

    Returns
    -------
    pandas.DataFrame
        A row a group, a column an answer; not to be shown.
    """
    frame = pd.get_dummies(groups) if isinstance(groups, pd.Series) else groups
    given = pd.get_dummies(answers).to_numpy(dtype=float)
    counts = frame.to_numpy(dtype=float).T @ given
    return pd.DataFrame(counts, index=list(frame.columns), columns=list(answers.cat.categories))


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


def shown_cuts(
    survey: Survey, frame: pd.DataFrame, used: pd.Series | pd.DataFrame
) -> tuple[pd.DataFrame, pd.Series]:
    """Compare groups of channels at each boundary between answers, where enough people stand.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        `satisfaction` and `district` of each person.
    used : pandas.Series or pandas.DataFrame
        As `bases.channels` returns it.

    Returns
    -------
    tuple of pandas.DataFrame and pandas.Series
        Rows of `level` (the boundary), `channel` (the group), `estimate, conf_low, conf_high,
        raw_estimate`: log odds of an answer above it, against the first group or against not
        having used the group, from `assumptions.brant`, rounded to a tenth; groups with few
        people at one of the answers are left out. And the log odds of each group in the model
        with proportional odds.
    """
    columns, names = bases.group_terms(survey, used)
    people = frame[["satisfaction", "district"]].join(columns)
    fitted = ordinal.fit(f"satisfaction ~ {' + '.join(columns)} + district", people)
    counts = answer_counts(bases.grouped(survey, used), people["satisfaction"])
    enough = counts.ge(survey.codebook.disclosure_threshold).all(axis=1)
    rows = assumptions.brant(fitted).cuts
    rows = rows[rows["term"].isin(names)].assign(
        channel=lambda each: each["term"].map(names), level=lambda each: each["cut"]
    )
    rows = rows[rows["channel"].map(enough)].reset_index(drop=True)
    numbers = ["estimate", "conf_low", "conf_high", "proportional"]
    rows[numbers] = rows[numbers].round(1) + 0.0
    means = rows.drop_duplicates("channel").set_index("channel")["proportional"].iloc[:4]
    rows = rows[rows["channel"].isin(means.index)].assign(raw_estimate=np.nan)
    columns = ["level", "channel", "estimate", "conf_low", "conf_high", "raw_estimate"]
    return rows[columns], means


def moved(first: pd.DataFrame, second: pd.DataFrame, aside: str) -> tuple[float, bool]:
    """Tell how far the shares of two models are apart.

    Parameters
    ----------
    first, second : pandas.DataFrame
        As `shown_shares` returns them, the same levels.
    aside : str
        A level that does not count among highest and lowest.

    Returns
    -------
    tuple of float and bool
        The largest difference of a share, and whether highest and lowest level are the same.
    """
    known = first["estimate"].notna() & second["estimate"].notna()
    before, after = first.loc[known], second.loc[known]
    apart = float((before["estimate"] - after["estimate"]).abs().max())
    named = before["level"] != aside
    ends = [
        (frame.loc[named, "estimate"].idxmax(), frame.loc[named, "estimate"].idxmin())
        for frame in (before, after)
    ]
    return apart, ends[0] == ends[1]


def beside(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Put the shares of two models side by side.

    Parameters
    ----------
    first, second : pandas.DataFrame
        As `shown_shares` returns them, the same levels.

    Returns
    -------
    pandas.DataFrame
        `level, first, first_interval, second, second_interval`, shares as text.
    """
    rows = {"level": first["level"]}
    for name, frame in (("first", first), ("second", second)):
        rows[name] = [HIDDEN if pd.isna(v) else f"{100 * v:.0f}%" for v in frame["estimate"]]
        rows[f"{name}_interval"] = [
            HIDDEN if pd.isna(low) else f"{100 * low:.0f}% to {100 * high:.0f}%"
            for low, high in zip(frame["conf_low"], frame["conf_high"], strict=True)
        ]
    return pd.DataFrame(rows)


def shown_distribution(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Hide the answers that few people gave.

    Parameters
    ----------
    answers : pandas.DataFrame
        As `proportions.distribution` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        The same rows; hidden numbers are NA.
    """
    return hide_small(
        answers,
        counts=["n_yes"],
        values=["estimate", "conf_low", "conf_high", "n_yes"],
        threshold=codebook.disclosure_threshold,
        complete=True,
    )


def assumption_table(
    brant: pd.DataFrame, freed: pd.DataFrame, names: Mapping[str, str]
) -> pd.DataFrame:
    """Put the two tests of proportional odds side by side, a row a term.

    Parameters
    ----------
    brant : pandas.DataFrame
        `Brant.table`.
    freed : pandas.DataFrame
        As `assumptions.freed_terms` returns it.
    names : mapping of str to str
        What the terms are called.

    Returns
    -------
    pandas.DataFrame
        `term, brant, p_brant, freed, p_freed, test`, as text; a dash for a term that Brant's test
        left out.
    """
    both = brant.merge(freed, on="term", how="outer", suffixes=("_brant", ""), sort=False)
    order = [*brant["term"], *(term for term in freed["term"] if term not in set(brant["term"]))]
    both = both.set_index("term").loc[order].reset_index()
    cells = {
        "term": both["term"].replace(dict(names)).str.capitalize(),
        "brant": [_number(v, df) for v, df in zip(both["statistic_brant"], both["df_brant"],
                                                  strict=True)],
        "p_brant": [_p_or_dash(p) for p in both["p_adjusted_brant"]],
        "freed": [_number(v, df) for v, df in zip(both["statistic"], both["df"], strict=True)],
        "p_freed": [_p_or_dash(p) for p in both["p_adjusted"]],
        "test": both["test"].fillna("-"),
    }  # fmt: skip
    return pd.DataFrame(cells)


def _number(value: float, df: float) -> str:
    return "-" if pd.isna(value) else f"{value:.2f} ({int(df)})"


def _p_or_dash(p: float) -> str:
    return "-" if pd.isna(p) else _p_text(p, coarse=False)

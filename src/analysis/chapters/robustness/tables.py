"""The tables of specifications as readers see them."""

import pandas as pd

from analysis.numerics import percent, points
from analysis.report import in_sentence
from analysis.specifications import choices
from analysis.specifications.curves import INCONCLUSIVE, ROBUST, SENSITIVE
from analysis.specifications.stored import Stored

#: What a claim concludes, in words.
_SAID = {
    "more": "more than half",
    "fewer": "fewer than half",
    "half": "half, or near it",
    "up": "up",
    "down": "down",
    "differ": "differ",
    "none": "no difference shown",
}


#: Headings of the table of verdicts; what a headline is sensitive to is said in the answer.
VERDICTS = {
    "about": "Headline",
    "said": "The report says",
    "verdict": "Verdict",
    "same": "Conclude the same",
    "report": "Estimate",
    "median": "Median",
    "span": "Lowest to highest",
}


def verdicts(stored: Stored) -> pd.DataFrame:
    """Say of each headline whether it holds.

    Parameters
    ----------
    stored : Stored
        The specifications.

    Returns
    -------
    pandas.DataFrame
        `about, said, verdict, same, sign, report, median, span, sensitive_to`, a row a headline:
        what it concludes in the report, whether other choices conclude the same, how many do of how
        many, and have an estimate of the same sign, the report's estimate, the median of all, and
        from the lowest to the highest.
    """
    rows = stored.claims
    return pd.DataFrame(
        {
            "about": rows["about"],
            "said": rows["conclusion"].map(_SAID),
            "verdict": rows["verdict"],
            "same": [_of(row) for row in rows.itertuples()],
            "sign": [
                "-" if pd.isna(row.same_sign) else _count(row.same_sign, row.specifications)
                for row in rows.itertuples()
            ],
            "report": [written(row.estimate, row.unit) for row in rows.itertuples()],
            "median": [written(row.median, row.unit) for row in rows.itertuples()],
            "span": [
                f"{written(row.lowest, row.unit)} to {written(row.highest, row.unit)}"
                for row in rows.itertuples()
            ],
            "sensitive_to": [each or "-" for each in rows["sensitive_to"].str.lower()],
        }
    )


def curve_tests(stored: Stored) -> pd.DataFrame:
    """Give the tests of whole curves.

    Parameters
    ----------
    stored : Stored
        The specifications.

    Returns
    -------
    pandas.DataFrame
        `about, found` (share of specifications that find a difference as the report does, or any),
        `sign` (share whose estimate has the report's sign), `p_median, p_share`, a row a headline
        that is tested.
    """
    rows = stored.claims.dropna(subset=["p_median"])
    table = rows[["about", "same_conclusion", "same_sign", "p_median", "p_share"]]
    names = {"same_conclusion": "found", "same_sign": "sign"}
    return table.rename(columns=names).reset_index(drop=True)


def movers(stored: Stored, *, most: int = 3) -> pd.DataFrame:
    """Say which choices move the estimate of each headline most.

    Parameters
    ----------
    stored : Stored
        The specifications.
    most : int
        How many choices of each headline.

    Returns
    -------
    pandas.DataFrame
        `about, label, variance, levels, flips`, the largest share of the variance first within a
        headline: `levels` says where the same conclusion is rarest and most frequent.
    """
    about = stored.claims.set_index("claim")["about"]
    found = []
    for claim in stored.claims["claim"]:
        mine = stored.choices[stored.choices["claim"] == claim]
        found.append(mine[mine["variance"] >= 0.005].head(most))
    rows = pd.concat(found) if found else stored.choices
    return pd.DataFrame(
        {
            "about": rows["claim"].map(about),
            "label": rows["label"],
            "variance": rows["variance"],
            "levels": [_levels(row) for row in rows.itertuples()],
            "flips": ["yes" if each else "no" for each in rows["flips"]],
        }
    ).reset_index(drop=True)


def tried(stored: Stored) -> pd.DataFrame:
    """List the choices with their levels, the report's first, and the headlines they bear on.

    Parameters
    ----------
    stored : Stored
        The specifications.

    Returns
    -------
    pandas.DataFrame
        `label, report, others, headlines`, a row a choice.
    """
    labels = stored.choices.drop_duplicates("choice").set_index("choice")["label"]
    specifications, rows = stored.specifications.sort_values("number", kind="stable"), []
    for name in (each for each in specifications if each in labels.index):
        levels = specifications.loc[specifications[name].fillna("") != "", ["number", name]]
        report = list(dict.fromkeys(levels.loc[levels["number"] == 1, name]))
        others = [each for each in dict.fromkeys(levels[name]) if each not in report]
        rows.append(
            {
                "label": labels[name],
                "report": "; ".join(report),
                "others": "; ".join(others),
                "headlines": int((stored.choices["choice"] == name).sum()),
            }
        )
    return pd.DataFrame(rows, columns=["label", "report", "others", "headlines"])


def not_tried(stored: Stored) -> str:
    """Say which choices this survey does not have, and why; "" if it has all.

    Parameters
    ----------
    stored : Stored
        The specifications.

    Returns
    -------
    str
        One sentence.
    """
    labels = {each.name: each.label for each in choices.OF_PEOPLE}
    by_reason: dict[str, list[str]] = {}
    for name, reason in stored.absent.items():
        by_reason.setdefault(reason, []).append(in_sentence(labels[name]))
    said = [f"{', '.join(names)} ({reason})" for reason, names in by_reason.items()]
    return f"Not tried: {'; '.join(said)}." if said else ""


def drawn_curves(stored: Stored) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what the figure draws: the balanced specifications, and the headlines.

    Parameters
    ----------
    stored : Stored
        The specifications.

    Returns
    -------
    tuple of pandas.DataFrame
        As `figures.specification_curves` takes them; headlines that do not hold first.
    """
    rows = stored.specifications[stored.specifications["crossed"].astype(bool)]
    columns = ["claim", "estimate", "conf_low", "conf_high", "same"]
    half = stored.claims["kind"] == "share"
    claims = stored.claims.assign(comparison=half.map({True: 0.5, False: 0.0}))
    order = claims["verdict"].map({INCONCLUSIVE: 3, ROBUST: 2, SENSITIVE: 1}).fillna(0)
    names = {"share": "percent", "difference of shares": "points"}
    units = claims["unit"].map(names).fillna("logit scale")
    claims["about"] = claims["about"] + ", " + units
    claims = claims.assign(order=order).sort_values("order", kind="stable")
    return rows[columns].reset_index(drop=True), claims.drop(columns="order")


def _of(row: object) -> str:
    return _count(row.same_conclusion, row.specifications)


def _count(share: float, of: int) -> str:
    return f"{round(share * of):,} of {of:,}"


def _levels(row: object) -> str:
    if row.same_high - row.same_low < 0.005:
        return f"at every level {percent(row.same_low)}"
    low, high = (percent(each) for each in (row.same_low, row.same_high))
    return f"{row.level_low}: {low}; {row.level_high}: {high}"


def written(value: float, unit: str) -> str:
    """Write an estimate in its unit.

    Parameters
    ----------
    value : float
        The estimate.
    unit : str
        As `claims.Claim` has it.

    Returns
    -------
    str
        Percent, points, or a number.

    Examples
    --------
    >>> written(0.56, "share"), written(-0.157, "difference of shares"), written(0.3, "logit")
    ('56%', '-16', '0.30')
    """
    if unit == "share":
        return percent(value)
    return points(value, 0) if unit == "difference of shares" else f"{value:.2f}"

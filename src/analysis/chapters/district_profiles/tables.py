"""Tables of districts: who answered there, and each beside the whole."""

from collections.abc import Sequence

import pandas as pd

from analysis.chapters.district_profiles.sentences import district_clause
from analysis.population import Weighing
from analysis.privacy import ABSENT, HIDDEN, mark
from analysis.report import (
    at_start,
    composition,
    estimate,
    interval,
    percent,
    points,
    shown_composition,
)
from analysis.survey.codebook import Codebook


def people_by_district(
    people: pd.Series, weighing: Weighing | None, responses: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Count the people of each district, beside its population where that is counted.

    Parameters
    ----------
    people : pandas.Series
        District -> people who answered, rounded.
    weighing : Weighing, optional
        As `population.weigh` returns it.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `level, n_rounded`; where the survey is raked to its population, of the people who belong
        to that, and with `population_share, rate` (people per 1,000).
    """
    margins = () if weighing is None or weighing.full is None else weighing.full.margins["margin"]
    if "district" not in set(margins):
        return people.rename_axis("level").rename("n_rounded").reset_index()
    rows = shown_composition(composition(weighing, responses), codebook)
    rows = rows[rows["margin"] == "district"].rename(columns={"category": "level"})
    return rows[["level", "n_rounded", "population_share", "rate"]]


def said_of_districts(
    gaps: pd.DataFrame,
    people: pd.Series,
    levels: list[str],
    whole: str,
    untold: Sequence[str] = (),
    residents: pd.Series | None = None,
) -> pd.DataFrame:
    """Give what is said of each district, for the page of each.

    Parameters
    ----------
    gaps : pandas.DataFrame
        As `profiles.largest_gaps` returns it.
    people : pandas.Series
        District -> people who answered, rounded.
    levels : list of str
        All districts, in order.
    whole : str
        What they are compared with.
    untold : sequence of str
        As `profiles.untold` returns them.
    residents : pandas.Series, optional
        District -> what is estimated of its residents, as `primary.resident_texts` returns it.

    Returns
    -------
    pandas.DataFrame
        `level, people, sentence, residents`, a row a district; "" where nothing is estimated.
    """
    said = [at_start(f"{district_clause(gaps, level, whole, untold)}.") for level in levels]
    counts = people.reindex(levels).to_numpy()
    of_residents = pd.Series(dtype=object) if residents is None else residents
    told = of_residents.reindex(levels).fillna("").to_numpy()
    return pd.DataFrame({"level": levels, "people": counts, "sentence": said, "residents": told})


def as_text(rows: pd.DataFrame) -> pd.DataFrame:
    """Write the numbers of profiles as they are read: shares in percent, shifts in points.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `Profiles.rows`.

    Returns
    -------
    pandas.DataFrame
        `level, measure, estimate, overall, gap` as text, and `n, n_low, n_high`; where something
        is estimated of residents, `residents`.

    Examples
    --------
    >>> row = {"level": "North", "measure": "Digital: shift", "unit": "points", "estimate": 0.05,
    ...        "conf_low": -0.01, "conf_high": 0.1, "overall": 0.04, "gap": 0.01,
    ...        "gap_low": -0.05, "gap_high": 0.07, "n": 80, "n_low": None, "n_high": None,
    ...        "residents": None}
    >>> as_text(pd.DataFrame([row])).iloc[0].tolist()[2:5]
    ['+5 (-1 to +10)', '+4', '+1 (-5 to +7)']
    """
    write = {"percent": percent, "points": lambda share: points(share, 0)}
    estimates, overall, gaps = [], [], []
    for row in rows.itertuples():
        ends = interval(row.conf_low, row.conf_high, f"whole {row.unit}")
        hidden = pd.isna(row.estimate)
        estimates.append(HIDDEN if hidden else f"{write[row.unit](row.estimate)} ({ends})")
        overall.append(write[row.unit](row.overall))
        gaps.append(mark(row.gap) if pd.isna(row.gap) else _span(row))
    texts = {"estimate": estimates, "overall": overall, "gap": gaps}
    shown = rows[["level", "measure"]].assign(**texts, **rows[["n", "n_low", "n_high"]])
    if rows["residents"].notna().any():
        numbers = rows[["residents", "residents_low", "residents_high"]].to_numpy(dtype=float)
        shown["residents"] = [estimate(*each) for each in numbers]
    return shown


def profile_tables(rows: pd.DataFrame, levels: Sequence[str]) -> list[tuple[str, pd.DataFrame]]:
    """Lay profiles out district by district, what is estimated of residents apart.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `as_text` returns it.
    levels : sequence of str
        The districts, in order.

    Returns
    -------
    list of tuple of str and pandas.DataFrame
        Captions and rows: of each district a table of the people who answered and, where some
        may be shown, one of its residents. Measures of which nothing can be estimated of
        residents, such as shifts, are not in the second.

    Examples
    --------
    >>> rows = pd.DataFrame({"level": "North", "measure": ["Ease", "Digital: shift"],
    ...                      "estimate": ["50%", "+5"], "overall": ["40%", "+4"],
    ...                      "residents": ["52%", "[x]"]})
    >>> for caption, table in profile_tables(rows, ["North"]):
    ...     print(caption, table.to_numpy().tolist())
    North beside everybody [['Ease', '50%', '40%'], ['Digital: shift', '+5', '+4']]
    Residents of North, estimated [['Ease', '52%']]
    """
    found = []
    for level in levels:
        mine = rows[rows["level"].astype("str") == level].drop(columns="level")
        found.append((f"{level} beside everybody", mine.drop(columns="residents", errors="ignore")))
        if "residents" in mine and not mine["residents"].isin([HIDDEN, ABSENT]).all():
            theirs = mine.loc[mine["residents"] != ABSENT, ["measure", "residents"]]
            found.append((f"Residents of {level}, estimated", theirs))
    return found


def _span(row: object) -> str:
    return f"{points(row.gap, 0)} ({interval(row.gap_low, row.gap_high, 'whole points')})"

"""The small public tables that golden numbers are about, as frames.

Their counts are published figures, typed in here: no data file of another project is carried.
"""

import itertools

import pandas as pd

#: Madsen (1976), Scand. J. Statist. 3: satisfaction of 1,681 residents of Copenhagen with their
#: housing; the table `housing` of R's MASS. A line a type of housing and contact with neighbours,
#: in it low, medium and high satisfaction at low, medium and high influence.
HOUSING = {
    ("Tower", "Low"): (21, 21, 28, 34, 22, 36, 10, 11, 36),
    ("Apartment", "Low"): (61, 23, 17, 43, 35, 40, 26, 18, 54),
    ("Atrium", "Low"): (13, 9, 10, 8, 8, 12, 6, 7, 9),
    ("Terrace", "Low"): (18, 6, 7, 15, 13, 13, 7, 5, 11),
    ("Tower", "High"): (14, 19, 37, 17, 23, 40, 3, 5, 23),
    ("Apartment", "High"): (78, 46, 43, 48, 45, 86, 15, 25, 62),
    ("Atrium", "High"): (20, 23, 20, 10, 22, 24, 7, 10, 21),
    ("Terrace", "High"): (57, 23, 13, 31, 21, 13, 5, 6, 13),
}

#: Randall (1989), Biom. J. 31: bitterness from 1 to 5 of eight wines by nine judges; the table
#: `wine` of R's ordinal. A line a judge; the wines are cold and warm, each without contact of
#: juice and skins twice, then with contact twice.
WINE = (
    "23344455", "12132354", "23325544", "32323253", "23433333",
    "32322454", "11222323", "22233334", "12323244",
)  # fmt: skip


def housing() -> pd.DataFrame:
    """Return `Sat, Infl, Type, Cont, Freq`, a row a cell, in R's order."""
    levels = ["Low", "Medium", "High"]
    rows = [
        (sat, infl, kind, contact, count)
        for (kind, contact), counts in HOUSING.items()
        for (infl, sat), count in zip(itertools.product(levels, levels), counts, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["Sat", "Infl", "Type", "Cont", "Freq"])
    assert frame["Freq"].sum() == 1681
    return frame.astype(
        {
            "Sat": pd.CategoricalDtype(levels, ordered=True),
            "Infl": pd.CategoricalDtype(levels),
            "Type": pd.CategoricalDtype(["Tower", "Apartment", "Atrium", "Terrace"]),
            "Cont": pd.CategoricalDtype(["Low", "High"]),
        }
    )


def wine() -> pd.DataFrame:
    """Return `rating, temp, contact, judge`, a row a judge and wine."""
    wines = list(itertools.product(["cold", "warm"], ["no", "yes"], range(2)))
    rows = [
        (int(rating), temp, contact, judge)
        for judge, ratings in enumerate(WINE, start=1)
        for rating, (temp, contact, _) in zip(ratings, wines, strict=True)
    ]
    return pd.DataFrame(rows, columns=["rating", "temp", "contact", "judge"]).astype(
        {
            "rating": pd.CategoricalDtype([1, 2, 3, 4, 5], ordered=True),
            "temp": pd.CategoricalDtype(["cold", "warm"]),
            "contact": pd.CategoricalDtype(["no", "yes"]),
            "judge": "category",
        }
    )

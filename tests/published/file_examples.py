"""Examples of Stata's manuals, whose data are not carried: read where somebody put them.

A file stands in `published/` of the folder that ANALYSIS_RAW names, as CSV with a header and
Stata's codes: `fullauto.csv` (rep77, foreign, length, mpg) and `tvsfpors.csv` (school, thk,
prethk, cc, tv), saved in Stata by `webuse` and `export delimited, nolabel`.
"""

from collections.abc import Callable

import pandas as pd
from published.comparison import RECALLED, Example, Figure, figures

from analysis import ordinal, paths

#: What reads each file.
FILES: dict[str, Callable[[pd.DataFrame], Example]] = {}


def read(name: str) -> pd.DataFrame | None:
    """Return the rows of a file that somebody put in place, or None."""
    path = paths.RAW_ELSEWHERE and paths.RAW_ELSEWHERE / "published" / name
    return pd.read_csv(path) if path and path.exists() else None


def _ordered(column: pd.Series) -> pd.Categorical:
    return pd.Categorical(column, sorted(column.unique()), ordered=True)


def cars(data: pd.DataFrame) -> Example:
    """Compare `ologit rep77 foreign length mpg`."""
    data = data[["rep77", "foreign", "length", "mpg"]].dropna()
    data = data.assign(rep77=_ordered(data["rep77"]))
    fit = ordinal.fit("rep77 ~ foreign + length + mpg", data)
    names = ["foreign", "length", "mpg"]
    cuts = [f"cut {at}" for at in range(1, 5)]
    return Example(
        room="ordinal",
        name="Repair records of cars",
        source="Stata Base Reference Manual, ologit, example 1",
        kind=RECALLED,
        figures=[
            *figures(names, "2.896807 .0828275 .2307677", fit.coefficients["estimate"]),
            *figures(
                [f"{name}, standard error" for name in names],
                ".7906411 .02272 .0704548",
                fit.coefficients["std_error"],
            ),
            *figures(cuts, "17.92748 19.86506 22.10331 24.69213", fit.thresholds["estimate"]),
            Figure("log-likelihood", "-78.250719", fit.log_likelihood),
        ],
    )


def pupils(data: pd.DataFrame) -> Example:
    """Compare `meologit thk prethk cc##tv || school:`."""
    data = data[["school", "thk", "prethk", "cc", "tv"]].dropna()
    data = data.assign(
        thk=_ordered(data["thk"]),
        school=data["school"].astype("category"),
        both=data["cc"] * data["tv"],
    )
    fit = ordinal.fit("thk ~ prethk + cc + tv + both", data, random="school", nodes=7)
    names = ["prethk", "1.cc", "1.tv", "cc#tv"]
    return Example(
        room="ordinal",
        name="Knowledge of tobacco by school",
        source="Stata Multilevel Mixed-Effects Reference Manual, meologit, example 1",
        kind=RECALLED,
        figures=[
            *figures(names, ".4032892 .9237904 .2749937 -.4659256", fit.coefficients["estimate"]),
            *figures(
                [f"{name}, standard error" for name in names],
                ".03886 .204074 .1977424 .2845963",
                fit.coefficients["std_error"],
            ),
            *figures(
                ["cut 1", "cut 2", "cut 3"],
                "-.0884493 1.153364 2.33195",
                fit.thresholds["estimate"],
            ),
            Figure("variance between schools", ".0735112", fit.random.sd**2),
            Figure("log-likelihood", "-2119.7428", fit.log_likelihood),
        ],
    )


FILES |= {"fullauto.csv": cars, "tvsfpors.csv": pupils}

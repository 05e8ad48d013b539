"""Paired shares, agreement and rank correlation of two answers of the same people."""

import numpy as np
import pandas as pd
from published import tables
from published.comparison import KEPT, RECALLED, Example, Figure, figures
from published.square_examples import BOOK
from scipy import stats

from analysis import paired
from analysis.paired import difference


def examples() -> list[Example]:
    """Return the examples of the room `paired` that are not about square tables."""
    return [
        *_kappas(), _sas_kappa(), _two_shares(), _therapy(), _cabinet(), _approval(), _tau(),
        _pain(),
    ]  # fmt: skip


def _kappas() -> list[Example]:
    manual = "reference manual of R's vcdExtra, print.Kappa (friendly.github.io/vcdExtra)"
    fun = paired.kappa(tables.square(tables.SEXUAL_FUN))
    cities = {name: paired.kappa(tables.square(rows)) for name, rows in tables.PATIENTS.items()}
    printed = {"Winnipeg": ("0.2079", "0.05046"), "New Orleans": ("0.2965", "0.07850")}
    return [
        Example(
            room="paired",
            name="Husbands and wives on sex: kappa",
            source=manual,
            figures=[
                Figure("kappa", "0.1293", fun.estimate),
                Figure("standard error", "0.06860", fun.std_error),
                Figure("lower end", "-0.00512", fun.conf_low),
                Figure("upper end", "0.2638", fun.conf_high),
            ],
        ),
        *(
            Example(
                room="paired",
                name=f"Two neurologists on patients of {city}: kappa",
                source=f"{manual}, after Landis and Koch (1977)",
                figures=[
                    Figure("kappa", printed[city][0], found.estimate),
                    Figure("standard error", printed[city][1], found.std_error),
                ],
            )
            for city, found in cities.items()
        ),
    ]


def _sas_kappa() -> Example:
    found = paired.kappa(tables.square(((0, 4, 1), (0, 8, 0), (0, 1, 5))))
    return Example(
        room="paired",
        name="A small table of two raters: kappa",
        source="statsmodels 0.15, stats/tests/test_inter_rater.py: printout of SAS",
        kind=KEPT,
        figures=figures(
            ["kappa", "standard error", "lower end", "upper end"],
            "0.4842 0.1380 0.2137 0.7547",
            [found.estimate, found.std_error, found.conf_low, found.conf_high],
        ),
    )


def _two_shares() -> Example:
    first, second = tables.pairs(both=6, first_only=4, second_only=26, neither=12)
    row = paired.shifts(first, second).iloc[0]
    return Example(
        room="paired",
        name="Two shares of the same people: Bonett and Price's interval",
        source="Bonett, reference manual of R's statpsych 1.7, ci.prop.ps",
        figures=[
            Figure("lower end", "0.2548067", row["conf_low"]),
            Figure("upper end", "0.6251933", row["conf_high"]),
        ],
    )


def _therapy() -> Example:
    both, used, preferred, neither = 59, 16, 6, 80
    n, z = both + used + preferred + neither, stats.norm.ppf(0.975)
    first, second = tables.pairs(both, used, preferred, neither)
    row = paired.shifts(first, second).iloc[0]
    mid = paired.shifts(first, second, mid_p=True).iloc[0]
    counts = [np.array([float(each)]) for each in (both, used, preferred)]
    printed = {
        "Wald": "-0.1184 -0.0058",
        "Bonett-Price": "-0.1195 -0.0032",
        "Newcombe 10": "-0.1186 -0.0046",
        "Tango score": "-0.1240 -0.0054",
    }
    ends = {name: difference.METHODS[name](*counts, n, z) for name in printed}
    return Example(
        room="paired",
        name="Complete response before and after therapy: four intervals, three p-values",
        source=f"{BOOK}, tests/testthat/test-ch8.R",
        kind=KEPT,
        figures=[
            Figure("difference", "-0.0621", row["estimate"]),
            *(
                figure
                for name, text in printed.items()
                for figure in figures(
                    [f"{name}, lower end", f"{name}, upper end"], text, [e[0] for e in ends[name]]
                )
            ),
            Figure("p of McNemar, asymptotic", "0.033006", stats.chi2.sf(row["statistic"], 1)),
            Figure("p of McNemar, exact", "0.052479", row["p_value"]),
            Figure("p of McNemar, mid-p", "0.034690", mid["p_value"]),
        ],
        note="The package takes the second share from the first; so do its two answers here.",
    )


def _cabinet() -> Example:
    first, second = tables.pairs(both=48, first_only=35, second_only=28, neither=53)
    row = paired.shifts(first, second).iloc[0]
    return Example(
        room="paired",
        name="Support of a cabinet in January and April: McNemar",
        source="Aoki, aoki2.si.gunma-u.ac.jp/lecture/Hiritu/McNemar-test-r.html: output of R",
        figures=[
            Figure("chi-squared without correction", "0.7778", row["statistic"]),
            Figure("its p", "0.3778", stats.chi2.sf(row["statistic"], 1)),
            Figure("exact p", "0.45", row["p_value"]),
        ],
    )


def _approval() -> Example:
    first, second = tables.pairs(both=794, first_only=150, second_only=86, neither=570)
    row = paired.shifts(first, second).iloc[0]
    wald = [
        end.item()
        for end in difference.wald_interval(*(np.array([x]) for x in (794, 150, 86)), 1600, 1.96)
    ]
    return Example(
        room="paired",
        name="Approval of the prime minister in two surveys: McNemar and Wald's interval",
        source="Agresti (2002), Categorical Data Analysis, section 10.1.1",
        kind=RECALLED,
        figures=[
            Figure("McNemar's chi-squared", "17.36", row["statistic"]),
            Figure("Wald's interval, lower end", "-0.06", wald[0]),
            Figure("Wald's interval, upper end", "-0.02", wald[1]),
        ],
    )


def _ranked(values: list[float]) -> pd.Series:
    return pd.Series(pd.Categorical(values, ordered=True))


def _tau() -> Example:
    light = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
    panel = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]
    found = paired.tau_b(_ranked(light), _ranked(panel))
    return Example(
        room="paired",
        name="Lightness and quality of tuna: Kendall's tau",
        source="Hollander and Wolfe (1973), p. 185, the example of R's cor.test: printed output",
        figures=[
            Figure("tau", "0.4444444", found.estimate),
            Figure("exact p, half of ours", "0.05972", found.p_value / 2),
        ],
        note="The source asks for one side; its distribution is symmetric.",
    )


def _pain() -> Example:
    table = np.array([(26, 26, 23, 18, 9), (6, 7, 9, 14, 23)])
    first = np.repeat(np.repeat([0, 1], 5), table.ravel())
    second = np.repeat(np.tile(range(5), 2), table.ravel())
    found = paired.tau_b(_ranked(first), _ranked(second))
    return Example(
        room="paired",
        name="Adverse response by dose: Kendall's tau-b",
        source="SAS/STAT User's Guide, FREQ, example Cochran-Armitage Trend Test: measures",
        kind=RECALLED,
        figures=[
            Figure("tau-b", "0.3373", found.estimate),
            Figure("standard error", "0.0642", found.std_error),
        ],
    )

"""Shares with intervals, raked weights, simultaneous critical values."""

import numpy as np
import pandas as pd
from published import tables
from published.comparison import KEPT, RECALLED, Example, Figure, figures

from analysis import numerics, proportions, weights


def examples() -> list[Example]:
    """Return the examples of the rooms `proportions`, `weights` and `numerics`."""
    return [
        _correction(), _wide(), _wilson(), _newcombe(), _schools(), _raked(), _line(), _dunnett(),
        _four(),
    ]  # fmt: skip


def _share(yes: int, n: int, conf_level: float = 0.95) -> proportions.Share:
    return proportions.share(np.arange(n) < yes, conf_level=conf_level)


def _correction() -> Example:
    found = _share(6, 52)
    return Example(
        room="proportions",
        name="6 of 52: Wilson's interval",
        source="R bug report 2794 (Baer, 2003), output of prop.test(6, 52, correct = FALSE)",
        figures=figures(
            ["share", "lower end", "upper end"],
            "0.1153846 0.05396969 0.22971664",
            [found.estimate, found.conf_low, found.conf_high],
        ),
    )


def _wide() -> Example:
    found = _share(319, 1100, 0.99)
    return Example(
        room="proportions",
        name="319 of 1,100: Wilson's interval of 99%",
        source="stats.stackexchange.com, question 183225, output of prop.test without correction",
        figures=figures(
            ["lower end", "upper end"], "0.2561 0.3264", [found.conf_low, found.conf_high]
        ),
    )


def _wilson() -> Example:
    found = _share(13, 16)
    return Example(
        room="proportions",
        name="A share of 16: Wilson's interval",
        source="R package contingencytables (of Fagerland, Lydersen and Laake 2017), "
        "tests/testthat/test-ch2.R",
        kind=KEPT,
        figures=figures(
            ["share", "lower end", "upper end"],
            "0.8125 0.5699 0.9341",
            [found.estimate, found.conf_low, found.conf_high],
        ),
    )


def _newcombe() -> Example:
    shares = [(81, 263), (15, 148), (0, 20), (1, 29)]
    found = [_share(*each) for each in shares]
    printed = "0.2553 0.0624 0.0000 0.0061", "0.3662 0.1605 0.1611 0.1718"
    return Example(
        room="proportions",
        name="Four shares: Wilson's interval",
        source="Newcombe (1998), Stat. Med. 17, 857-872, table I, method 3",
        kind=RECALLED,
        figures=[
            *figures(
                [f"{a}/{b}, lower end" for a, b in shares], printed[0], [s.conf_low for s in found]
            ),
            *figures(
                [f"{a}/{b}, upper end" for a, b in shares], printed[1], [s.conf_high for s in found]
            ),
        ],
    )


def _schools() -> Example:
    kinds = np.repeat(["E", "H", "M"], [142, 25, 33])
    population = 6194
    values = np.array([kinds == each for each in "EHM"], dtype=float).T
    found = proportions.linearised_means(pd.DataFrame(values, columns=list("EHM")))
    errors = np.sqrt(np.diag(found.cov)) * population * np.sqrt(1 - len(kinds) / population)
    return Example(
        room="proportions",
        name="Schools of California: totals of three kinds in a simple random sample",
        source="Lumley, survey analysis in R (r-survey.r-forge.r-project.org), estimates",
        kind=RECALLED,
        figures=[
            *figures(["E", "H", "M"], "4397.74 774.25 1022.01", found.estimates * population),
            *figures(
                ["E, standard error", "H, standard error", "M, standard error"],
                "196.00 142.85 160.33",
                errors,
            ),
        ],
        note="The finite population correction, which the project has no use for, is put on.",
    )


def _raked() -> Example:
    women, margins = tables.weighed_women()
    raked = weights.rake(women, margins).weights.groupby([women["age"], women["status"]]).sum()
    printed = (
        "1325.27 86.73 615.56 783.39 3.05 253.94 1187.18 8.88 165.13 1348.55 27.32 "
        "173.41 1454.71 52.87 147.21 1308.12 76.67 202.33 1352.28 107.40 1105.16 4181.04 2357.81"
    )
    return Example(
        room="weights",
        name="Women by age and marital status, raked to the next year",
        source="SAS/IML User's Guide, General Statistics Examples, Iterative Proportional Fitting "
        "(Bishop, Fienberg and Holland 1975, p. 98)",
        kind=RECALLED,
        figures=figures([f"age {a}, status {s}" for a, s in raked.index], printed, list(raked)),
    )


def _line() -> Example:
    n, total, squares = 50, 770, 13228
    r = -total / np.sqrt(n * squares)
    bound = numerics.critical_value([np.array([[1, r], [r, 1]])], 0.95, df=n - 2)
    return Example(
        room="numerics",
        name="Stopping distances of cars: both coefficients of a line together",
        source="Hothorn, Bretz and Westfall, vignette multcomp-examples of R's multcomp, p. 2",
        figures=[
            Figure(
                "critical value",
                "2.131",
                bound,
                digits=3,
                reason="both are from random points; 2.1304 is exact (R's mvtnorm, TVPACK)",
            )
        ],
        note="The correlation of the coefficients is that of 50 speeds that add up to 770, their "
        "squares to 13,228.",
    )


def _dunnett() -> Example:
    sizes = (2, 3, 4, 5, 6)
    bounds = [numerics.critical_value([np.full((k, k), 0.5) + np.eye(k) / 2], 0.95) for k in sizes]
    return Example(
        room="numerics",
        name="Groups against one control: two-sided critical values",
        source="Dunnett (1964), Biometrics 20, table II, 5%, infinite degrees of freedom",
        kind=RECALLED,
        figures=figures([f"{k} comparisons" for k in sizes], "2.21 2.35 2.44 2.51 2.57", bounds),
    )


def _four() -> Example:
    return Example(
        room="numerics",
        name="Four hypotheses: Holm's adjusted p-values",
        source="Wikipedia, Holm-Bonferroni method, Example",
        kind=RECALLED,
        figures=figures(
            ["H1", "H2", "H3", "H4"],
            "0.03 0.06 0.06 0.02",
            numerics.holm([0.01, 0.04, 0.03, 0.005]),
        ),
    )

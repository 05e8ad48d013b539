"""Square tables of two answers: equal margins, symmetry, quasi-symmetry."""

import numpy as np
from published import tables
from published.comparison import KEPT, RECALLED, Example, Figure, figures
from scipy import stats

from analysis import paired

#: The book whose R package has many of the examples.
BOOK = "R package contingencytables 3.0 (of Fagerland, Lydersen and Laake 2017, Statistical "
BOOK += "Analysis of Contingency Tables)"


def examples() -> list[Example]:
    """Return the examples that are about square tables."""
    return [
        _vision(), _vision_margins(), _quasi_symmetry(), _migration(), _opinions(),
        _zero_cells(), _pathogens(), _diagnoses(),
    ]  # fmt: skip


def _vision() -> Example:
    table = tables.square(tables.VISION)
    tests = [paired.bowker(table), paired.stuart_maxwell(table), paired.bhapkar(table)]
    return Example(
        room="paired",
        name="Vision of women: symmetry and equal margins",
        source="vignette Models to Fit to Square Tables of R's ordinalTables 1.0 (after Agresti "
        "1984, chapter 11); Stuart (1955), Biometrika 42, quoted in the manual of R's coin",
        figures=[
            *figures(
                ["Bowker", "Stuart-Maxwell", "Bhapkar"],
                "19.1065502 11.9565696 11.9757202",
                [test.statistic for test in tests],
            ),
            Figure("Stuart-Maxwell, as in Stuart (1955)", "11.96", tests[1].statistic),
            *figures(
                ["Bowker, df", "Stuart-Maxwell, df", "Bhapkar, df"],
                "6 3 3",
                [test.df for test in tests],
            ),
        ],
    )


def _vision_margins() -> Example:
    right, left = tables.people(tables.VISION)
    rows = paired.shifts(left, right)
    n = len(right)
    moments = rows[["n_used_only", "n_preferred_only"]].to_numpy() / n
    change = moments[:, 1] - moments[:, 0]
    errors = np.sqrt((moments.sum(axis=1) - change**2) / n)
    return Example(
        room="paired",
        name="Vision of women: margins of the two eyes",
        source="SAS/STAT User's Guide (12.3 and 13.1), CATMOD, Repeated Measures, 4 Response "
        "Levels, 1 Population: weighted least squares",
        figures=[
            *figures(
                [f"half the shift of grade {at}" for at in (1, 2, 3)],
                "0.00461 0.00227 -0.00341",
                rows["estimate"].iloc[:3] / 2,
            ),
            *figures(
                [f"half the shift of grade {at}, standard error" for at in (1, 2, 3)],
                "0.00194 0.00255 0.00252",
                errors[:3] / 2,
            ),
            *figures(
                [f"mean share of grade {at}" for at in (1, 2, 3)],
                "0.2597 0.2995 0.3319",
                (rows["share_used"] + rows["share_preferred"]).iloc[:3] / 2,
            ),
        ],
        note="Standard errors are those of Wald's interval, from the counts that `shifts` gives.",
    )


def _quasi_symmetry() -> Example:
    found = paired.quasi_symmetry(tables.square(tables.VISION))
    return Example(
        room="paired",
        name="Vision of women: quasi-symmetry",
        source="Agresti (2002), Categorical Data Analysis, problem 10.15 and section 10.4",
        kind=RECALLED,
        figures=[
            Figure("G2 of quasi-symmetry", "7.3", found.statistic),
            Figure("G2 of symmetry", "19.2", found.statistic + found.symmetry_statistic),
        ],
    )


def _migration() -> Example:
    table = tables.square(tables.MIGRATION)
    found = paired.quasi_symmetry(table)
    return Example(
        room="paired",
        name="Migration between four regions: symmetry, quasi-symmetry, equal margins",
        source="Agresti (2002), Categorical Data Analysis, section 10.4 and table 10.6",
        kind=RECALLED,
        figures=[
            Figure("G2 of quasi-symmetry", "3.0", found.statistic),
            Figure("G2 of symmetry", "243.6", found.statistic + found.symmetry_statistic),
            Figure("G2 of equal margins given quasi-symmetry", "240.6", found.symmetry_statistic),
            Figure("Bhapkar", "236.5", paired.bhapkar(table).statistic),
        ],
    )


def _opinions() -> Example:
    table = tables.square(tables.OPINIONS)
    test = paired.stuart_maxwell(table)
    return Example(
        room="paired",
        name="Opinions on sex before and outside marriage: equal margins",
        source="statsmodels 0.15, stats/tests/results/contingency_table_r_results.csv (R)",
        kind=KEPT,
        figures=[
            Figure("Stuart-Maxwell", "271.922246968262", test.statistic),
            Figure("Bowker", "297.610989010989", paired.bowker(table).statistic),
        ],
    )


def _zero_cells() -> Example:
    table = tables.square(tables.ZERO_CELLS)
    tests = [paired.bhapkar(table), paired.stuart_maxwell(table), paired.bowker(table)]
    left_out = "definition: MH leaves out the 30 people of the category; with 24 it is 0.686"
    return Example(
        room="paired",
        name="A category in which both agree: equal margins",
        source="sample output mt-zero of Uebersax's program MH 1.2 (minato.sip21c.org/swtips)",
        figures=[
            Figure("Bhapkar", "0.686", tests[0].statistic, digits=1, reason=left_out),
            *figures(["Stuart-Maxwell", "Bowker"], "0.667 0.667", [t.statistic for t in tests[1:]]),
            *figures(
                ["Bhapkar, nonconservative df", "Stuart-Maxwell, nonconservative df"],
                "1 1",
                [test.df for test in tests[:2]],
            ),
            Figure(
                "p of Bhapkar, nonconservative df",
                "0.408",
                stats.chi2.sf(tests[0].statistic, 1),
                digits=2,
                reason=left_out,
            ),
            Figure("p of Stuart-Maxwell, nonconservative df", "0.414", tests[1].p_value),
            Figure(
                "Bowker, df",
                "3",
                tests[2].df,
                digits=0,
                reason="definition: MH counts all pairs of categories, this project those in use",
            ),
        ],
        note="Bhapkar's own p is not below that of all swaps here.",
    )


def _pathogens() -> Example:
    table = tables.square(tables.PATHOGENS)
    bhapkar, stuart, bowker = (
        getattr(paired, name)(table) for name in ("bhapkar", "stuart_maxwell", "bowker")
    )
    return Example(
        room="paired",
        name="Pathogens before therapy: equal margins and symmetry with empty cells",
        source=f"{BOOK}, tests/testthat/test-ch9.R",
        kind=KEPT,
        figures=[
            Figure("Bhapkar", "27.304", bhapkar.statistic),
            Figure("p of Bhapkar", "0.000005", bhapkar.p_value),
            Figure("Stuart-Maxwell", "26.250", stuart.statistic),
            Figure("p of Stuart-Maxwell", "0.000008", stuart.p_value),
            Figure("Bowker", "26.250", bowker.statistic),
            Figure(
                "p of Bowker",
                "0.000200",
                bowker.p_value,
                digits=0,
                reason="definition: the package counts 6 pairs of categories, this project the 3 "
                "with people",
            ),
        ],
    )


def _diagnoses() -> Example:
    test = paired.stuart_maxwell(tables.square(tables.DIAGNOSES))
    return Example(
        room="paired",
        name="Two diagnoses of the same patients: equal margins",
        source=f"{BOOK}, tests/testthat/test-ch9.R, after Fleiss, Levin and Paik (2003), p. 382",
        kind=KEPT,
        figures=[
            Figure("chi-squared", "14.000", test.statistic),
            Figure("p", "0.000912", test.p_value),
        ],
    )

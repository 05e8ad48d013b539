"""Other ordered answers without groups: soup, arteries, housing, cheese, graduate school."""

from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.miscmodels
from golden.public_tables import housing
from published import tables
from published.comparison import KEPT, RECALLED, Example, Figure, fewer, figures
from published.wine_examples import CLM, column

from analysis import ordinal

#: 400 invented students of a page of UCLA, as statsmodels carries them.
STUDENTS = Path(statsmodels.miscmodels.__file__).parent / "tests/results/ologit_ucla.csv"


def examples() -> list[Example]:
    """Return the examples of cumulative link models that are not about wine."""
    return [
        _soup(), _soup_links(), _artery(), _artery_freed(), _housing(), *_cheese(), _students(),
    ]  # fmt: skip


def _soup() -> Example:
    data = tables.answers(tables.SOUP, ["day", "product"])
    late = data["day"] == "2"
    for product in "2456":
        data[f"both_{product}"] = ((data["product"] == product) & late).astype(float)
    late_terms = " + ".join(f"both_{product}" for product in "2456")
    fit = ordinal.fit(f"answer ~ product + day + {late_terms}", data, frequency="count")
    names = [f"PRODID{at}" for at in "23456"] + ["DAY2", *(f"PRODID{at}:DAY2" for at in "2456")]
    return Example(
        room="ordinal",
        name="Soup: products by days, one not tasted on day 2",
        source=f"{CLM}, section 4.9, p. 36-37",
        figures=[
            *figures(
                names,
                "0.6665 1.2418 0.6678 1.1194 1.3503 -0.4134 0.4390 0.3308 0.3871 0.5067",
                fit.coefficients["estimate"],
            ),
            *figures(
                [f"{name}, standard error" for name in names],
                "0.2146 0.1784 0.2197 0.2400 0.2337 0.1298 0.2590 0.3056 0.3248 0.3350",
                fit.coefficients["std_error"],
            ),
            *figures(
                ["1|2", "2|3", "3|4", "4|5", "5|6"],
                "-1.63086 -0.64177 -0.31295 -0.05644 0.61692",
                fit.thresholds["estimate"],
            ),
            Figure("log-likelihood", "-2672.08", fit.log_likelihood),
            Figure("AIC", "5374.16", fit.aic),
        ],
        note="R leaves out the column without an estimate; here the four others are named.",
    )


def _soup_links() -> Example:
    data = tables.answers(tables.SOUP, ["day", "product"])
    data["test"] = (data["product"] != "1").astype(float)
    fits = {
        link: ordinal.fit("answer ~ product", data, frequency="count", link=link)
        for link in ("probit", "cloglog")
    }
    others = " + ".join(f"other_{at}" for at in "3456")
    for at in "3456":
        data[f"other_{at}"] = (data["product"] == at).astype(float)
    freed = ordinal.fit(
        f"answer ~ {others}", data, frequency="count", nominal="test", link="probit"
    )
    probit, cloglog = fits["probit"], fits["cloglog"]
    return Example(
        room="ordinal",
        name="Soup: probit and complementary log-log links, test products freed",
        source=f"{CLM}, section 4.5, p. 27",
        figures=[
            Figure("probit, log-likelihood", "-2682.5", probit.log_likelihood),
            Figure("probit, AIC", "5384.9", probit.aic),
            Figure("complementary log-log, log-likelihood", "-2677.4", cloglog.log_likelihood),
            Figure("complementary log-log, AIC", "5374.8", cloglog.aic),
            Figure("probit freed, log-likelihood", "-2673.2", freed.log_likelihood),
            Figure("probit freed, AIC", "5374.3", freed.aic),
            Figure(
                "likelihood ratio of both steps",
                "18.5929",
                2 * (freed.log_likelihood - probit.log_likelihood),
            ),
        ],
        note="The source goes from one to the other in two steps, which are added up here.",
    )


def _artery() -> Example:
    data = tables.answers(tables.ARTERY, ["smoker"])
    fit = ordinal.fit("answer ~ smoker", data, frequency="count")
    ratio = float(np.exp(fit.coefficients["estimate"].iloc[0]))
    return Example(
        room="ordinal",
        name="Disease of the arteries: odds ratio of smokers",
        source=f"{CLM}, section 4.10, p. 40",
        figures=[Figure("odds ratio", "2.090131", ratio)],
    )


def _artery_freed() -> Example:
    data = tables.answers(tables.ARTERY, ["smoker"])
    fit = ordinal.fit("answer ~ 1", data, frequency="count", nominal="smoker")
    return Example(
        room="ordinal",
        name="Disease of the arteries: log odds ratios at each cut",
        source=f"{CLM}, section 4.10, p. 40",
        figures=figures(
            ["0|1", "1|2", "2|3", "3|4"],
            "1.03939761 0.65405519 0.46469327 0.06552842",
            -fit.thresholds["estimate"].iloc[4:],
        ),
    )


def _housing() -> Example:
    fit = ordinal.fit("Sat ~ Infl + Type + Cont", housing(), frequency="Freq")
    names = ["InflMedium", "InflHigh", "TypeApartment", "TypeAtrium", "TypeTerrace", "ContHigh"]
    names += ["Low|Medium", "Medium|High"]
    printed = "0.5663937 1.2888191 -0.5723501 -0.3661866 -1.0910149 0.3602841 -0.4961353 0.6907083"
    return Example(
        room="ordinal",
        name="Satisfaction with housing: proportional odds",
        source="Venables and Ripley, reference manual of R's MASS, polr, first example and its "
        "summary with three digits",
        figures=[
            *fewer(
                figures(names, printed, column(fit, "estimate")),
                "polr's search ends earlier: clm gives ours (tests/golden/clm.csv)",
                **dict.fromkeys(["TypeApartment", "TypeAtrium", "ContHigh", "Low|Medium"], 6),
                TypeTerrace=7,
            ),
            *figures(
                [f"{name}, standard error" for name in names],
                "0.1047 0.1272 0.1192 0.1552 0.1515 0.0955 0.125 0.125",
                column(fit, "std_error"),
            ),
            Figure("residual deviance", "3479.149", -2 * fit.log_likelihood),
        ],
    )


def _cheese() -> list[Example]:
    data = tables.answers(tables.CHEESE, ["cheese"])
    data["cheese"] = data["cheese"].cat.reorder_categories(list("4123"))
    fit = ordinal.fit("answer ~ cheese", data, frequency="count")
    ours = -fit.coefficients["estimate"]
    additives = [f"Additive {at}" for at in (1, 2, 3)]
    errors = [f"{name}, standard error" for name in additives]
    early = "SAS stops earlier: the fifth step of Fisher's scoring gives what it prints"
    manual = "SAS/STAT 15.1 User's Guide, LOGISTIC, example Ordinal Logistic Regression"
    return [
        Example(
            room="ordinal",
            name="Taste of cheese: the estimate that the text quotes",
            source="SAS High-Performance Procedures (13.2 and 14.1), HPLOGISTIC, Ordinal Logistic "
            "Regression, text below the estimates",
            figures=[Figure("Additive 1", "1.6128", ours.iloc[0])],
            note="SAS models the lower ratings: its signs are turned.",
        ),
        Example(
            room="ordinal",
            name="Taste of cheese: all estimates",
            source=manual,
            kind=RECALLED,
            figures=[
                *fewer(
                    figures(additives, "1.6128 4.9645 3.3227", ours), early, **{"Additive 2": 4}
                ),
                *fewer(
                    figures(errors, "0.3778 0.4741 0.4251", fit.coefficients["std_error"]),
                    "definition: SAS takes the expected information, this project the observed",
                    **dict.fromkeys(errors, 2),
                ),
                *fewer(
                    figures(
                        [f"intercept {at}" for at in range(1, 9)],
                        "-7.0801 -6.0249 -4.9254 -3.8568 -2.5205 -1.5685 -0.0669 1.4930",
                        fit.thresholds["estimate"],
                    ),
                    early,
                    **{"intercept 1": 4, "intercept 2": 4, "intercept 5": 4},
                ),
            ],
        ),
    ]  # fmt: skip


def _students() -> Example:
    data = pd.read_csv(STUDENTS)
    scale = ["unlikely", "somewhat likely", "very likely"]
    data["apply"] = pd.Categorical(data["apply"], scale, ordered=True)
    names = ["pared", "public", "gpa"]
    printed = {
        "logit": ("1.04769011 -0.05878572 0.61594057", "0.2658 0.2979 0.2606", "2.203915 4.299363"),
        "probit": ("0.59811 0.01016 0.35815", "0.1579 0.1728 0.1568", "1.2968 2.5028"),
    }
    compared = []
    for link, (estimates, errors, thresholds) in printed.items():
        fit = ordinal.fit("apply ~ pared + public + gpa", data, link=link)
        rows = fit.coefficients
        compared += figures([f"{link}, {n}" for n in names], estimates, rows["estimate"])
        compared += figures(
            [f"{link}, {n}, standard error" for n in names], errors, rows["std_error"]
        )
        compared += figures(
            [f"{link}, unlikely|somewhat", f"{link}, somewhat|very"],
            thresholds,
            fit.thresholds["estimate"],
        )
    return Example(
        room="ordinal",
        name="Applying to graduate school: logit and probit",
        source="statsmodels 0.15, miscmodels/tests/results/results_ordinal_model.py (polr of R "
        "3.4.4), after the page Ordinal Logistic Regression of UCLA",
        kind=KEPT,
        figures=fewer(
            compared,
            "polr's search ends earlier: clm of R's ordinal gives ours",
            **{"logit, pared": 5, "logit, public": 2, "logit, gpa": 3, "probit, gpa": 4},
            **{
                "logit, unlikely|somewhat": 3,
                "logit, somewhat|very": 3,
                "probit, somewhat|very": 4,
            },
        ),
    )

"""Models with random intercepts, and groups drawn together."""

import numpy as np
from golden.public_tables import wine
from published import tables
from published.comparison import Example, Figure, fewer, figures
from scipy import stats

from analysis import groups, ordinal

CLMM = "Christensen, vignette clmm2_tutorial of R's ordinal 2022.11-16"
SEARCH = "clmm2's search ends earlier; clmm of the same package differs from it as much"
LME4 = "lme4's search ends earlier: with a finer one (bobyqa, rhoend 1e-10) it gives ours"


def examples() -> list[Example]:
    """Return the examples of random intercepts and of the room `groups`."""
    fits = {
        nodes: ordinal.fit("rating ~ temp + contact", wine(), random="judge", nodes=nodes)
        for nodes in (1, 10)
    }
    return [
        _laplace(fits[1]), _quadrature(fits[10]), _ratios(fits[10]), _profile(fits[10]),
        _judges(fits[10]), _average_judge(fits[10]), _herds(), _tuberculosis(),
    ]  # fmt: skip


def _laplace(fit: ordinal.OrdinalFit) -> Example:
    return Example(
        room="ordinal",
        name="Bitterness of wine: judges at random, Laplace's approximation",
        source=f"{CLMM}, p. 2",
        figures=fewer(
            [
                Figure("variance of judges", "1.279455", fit.random.sd**2),
                Figure("standard deviation of judges", "1.13113", fit.random.sd),
                *figures(
                    ["tempwarm", "contactyes"], "3.062993 1.834883", fit.coefficients["estimate"]
                ),
                *figures(
                    ["1|2", "2|3", "3|4", "4|5"],
                    "-1.623664 1.513364 4.228525 6.088770",
                    fit.thresholds["estimate"],
                ),
                Figure("log-likelihood", "-81.56541", fit.log_likelihood),
                Figure("AIC", "177.1308", fit.aic),
            ],
            SEARCH,
            **{
                "variance of judges": 5,
                "standard deviation of judges": 5,
                "tempwarm": 5,
                "contactyes": 5,
                "1|2": 5,
                "2|3": 5,
                "3|4": 6,
                "4|5": 6,
            },
        ),
    )


def _quadrature(fit: ordinal.OrdinalFit) -> Example:
    names = ["tempwarm", "contactyes", "1|2", "2|3", "3|4", "4|5"]
    estimates = [*fit.coefficients["estimate"], *fit.thresholds["estimate"]]
    errors = [*fit.coefficients["std_error"], *fit.thresholds["std_error"]]
    return Example(
        room="ordinal",
        name="Bitterness of wine: judges at random, adaptive quadrature with ten nodes",
        source=f"{CLMM}, p. 3",
        figures=fewer(
            [
                Figure("variance of judges", "1.287741", fit.random.sd**2),
                Figure("standard deviation of judges", "1.134787", fit.random.sd),
                *figures(names, "3.0619 1.8334 -1.6235 1.5128 4.2271 6.0862", estimates),
                *figures(
                    [f"{name}, standard error" for name in names],
                    "0.5951 0.5122 0.6834 0.6044 0.8090 0.9719",
                    errors,
                ),
                Figure("log-likelihood", "-81.53246", fit.log_likelihood),
                Figure("AIC", "177.0649", fit.aic),
            ],
            SEARCH,
            **{"variance of judges": 6},
        ),
    )


def _ratios(fit: ordinal.OrdinalFit) -> Example:
    without_contact = ordinal.fit("rating ~ temp", wine(), random="judge", nodes=10)
    without_judges = ordinal.fit("rating ~ temp + contact", wine())
    contact = ordinal.compare(fit, without_contact)
    judges = ordinal.compare(fit, without_judges)
    return Example(
        room="ordinal",
        name="Bitterness of wine: judges at random, likelihood ratios",
        source=f"{CLMM}, p. 4",
        figures=[
            Figure("likelihood ratio of contact", "14.34409", contact.statistic),
            Figure("p of contact", "0.0001522572", contact.p_value),
            Figure("likelihood ratio of judges", "9.918925", judges.statistic),
            Figure("p of judges, twice ours", "0.001635879", 2 * judges.p_value),
        ],
        note="A spread cannot be negative: ours is half the printed p, as the source advises.",
    )


def _profile(fit: ordinal.OrdinalFit) -> Example:
    ends = ordinal.spread_interval(fit)
    return Example(
        room="ordinal",
        name="Bitterness of wine: judges at random, profile interval of the spread",
        source=f"{CLMM}, p. 4",
        figures=fewer(
            figures(
                ["lower end", "upper end"],
                "0.5048597 2.272327",
                [ends["conf_low"], ends["conf_high"]],
            ),
            "clmm2 draws a spline through 30 points; through 300 it gives 0.504877 and 2.272238",
            **{"lower end": 4, "upper end": 4},
        ),
    )


def _judges(fit: ordinal.OrdinalFit) -> Example:
    data = wine().query("judge == 1")
    chances = fit.predict(data).to_numpy()
    picked = chances[np.arange(len(data)), data["rating"].cat.codes]
    odds = [np.exp(2 * stats.norm.ppf(share) * fit.random.sd) for share in (0.95, 0.75)]
    return Example(
        room="ordinal",
        name="Bitterness of wine: judges at random, fitted chances, and judges compared",
        source=f"{CLMM}, p. 3, 5 and 7",
        figures=fewer(
            [
                *figures(
                    [f"first judge, wine {at}" for at in range(1, 7)],
                    "0.4188998 0.4723982 0.5499191 0.2607227 0.4203948 0.4203948",
                    picked[:6],
                ),
                Figure(
                    "odds ratio of warm and cold",
                    "21.36805",
                    np.exp(fit.coefficients["estimate"].iloc[0]),
                ),
                Figure("odds ratio of judges at 95% and 5%", "41.80921", odds[0]),
                Figure("odds ratio of judges at 75% and 25%", "4.621893", odds[1]),
            ],
            SEARCH,
            **{
                "first judge, wine 1": 4,
                "first judge, wine 2": 4,
                "first judge, wine 3": 4,
                "first judge, wine 4": 4,
                "first judge, wine 5": 5,
                "first judge, wine 6": 5,
                "odds ratio of warm and cold": 6,
                "odds ratio of judges at 95% and 5%": 5,
                "odds ratio of judges at 75% and 25%": 6,
            },
        ),
    )


def _average_judge(fit: ordinal.OrdinalFit) -> Example:
    data = wine().query("judge == 1")
    link = ordinal.find_link("logit")
    picked = [
        ordinal.answer_shares(link, edges[None, :])[0, code]
        for edges, code in zip(fit.edges(data), data["rating"].cat.codes, strict=True)
    ]
    harsh = ordinal.answer_shares(link, fit.edges(data)[:1] - stats.norm.ppf(0.05) * fit.random.sd)[
        0
    ]
    return Example(
        room="ordinal",
        name="Bitterness of wine: judges at random, chances of an average and of a harsh judge",
        source=f"{CLMM}, p. 6-7",
        figures=fewer(
            [
                *figures(
                    [f"average judge, wine {at}" for at in range(1, 7)],
                    "0.6547512 0.1661397 0.4958192 0.0696343 0.1913894 0.1913894",
                    picked[:6],
                ),
                *figures(
                    [f"judge at 5%, rating {at}" for at in range(1, 6)],
                    "0.5604689972 0.4065839967 0.0306948517 0.0019005715 0.0003515829",
                    harsh,
                ),
            ],
            SEARCH,
            **{
                "average judge, wine 1": 6,
                "average judge, wine 3": 6,
                "average judge, wine 5": 6,
                "average judge, wine 6": 6,
                "judge at 5%, rating 1": 7,
                "judge at 5%, rating 2": 7,
                "judge at 5%, rating 3": 6,
                "judge at 5%, rating 4": 6,
                "judge at 5%, rating 5": 6,
            },
        ),
    )


def _herds() -> Example:
    fit = ordinal.fit("answer ~ period", tables.cbpp(), frequency="count", random="herd", nodes=1)
    threshold = fit.thresholds.iloc[0]
    names = ["(Intercept)", "period2", "period3", "period4"]
    return Example(
        room="ordinal",
        name="Disease of cattle: two answers, herds at random, Laplace's approximation",
        source="Nguyen, A Guide on Data Analysis (bookdown.org/mike/data_analysis), Nonlinear and "
        "Generalized Linear Mixed Models, data cbpp: output of R's lme4",
        figures=fewer(
            [
                Figure("variance of herds", "0.4123", fit.random.sd**2),
                Figure("standard deviation of herds", "0.6421", fit.random.sd),
                *figures(
                    names,
                    "-1.3983 -0.9919 -1.1282 -1.5797",
                    [-threshold["estimate"], *fit.coefficients["estimate"]],
                ),
                *figures(
                    [f"{name}, standard error" for name in names],
                    "0.2312 0.3032 0.3228 0.4220",
                    [threshold["std_error"], *fit.coefficients["std_error"]],
                ),
            ],
            LME4,
            **{
                "variance of herds": 3,
                "standard deviation of herds": 3,
                "(Intercept)": 4,
                "period2": 3,
                "period3": 4,
                "period4": 3,
                "(Intercept), standard error": 2,
                "period2, standard error": 2,
                "period3, standard error": 2,
                "period4, standard error": 1,
            },
        ),
        note="A model of two answers is one with a single threshold, the intercept turned round.",
    )


def _tuberculosis() -> Example:
    a, b, c, d = np.array(tables.BCG, dtype=float).T
    ratio = np.log(a / (a + b)) - np.log(c / (c + d))
    found = groups.normal_normal(ratio, 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
    spread = found.spread["estimate"]
    return Example(
        room="groups",
        name="Vaccine against tuberculosis: spread between 13 trials",
        source="Viechtbauer (2010), J. Stat. Softw. 36(3), section 3.4, p. 14",
        figures=[
            Figure("REML variance between trials", "0.3132", spread**2),
            Figure("its root", "0.5597", spread),
        ],
        note="The mean of the trials is not compared: this project averages it over the spread.",
    )

"""The bitterness of wine, without judges: printed estimates, tests and predictions."""

from golden.public_tables import wine
from published.comparison import Example, Figure, figures

from analysis import assumptions, margins, ordinal

#: The article on cumulative link models that R's ordinal brings along.
CLM = "Christensen, vignette clm_article of R's ordinal 2022.11-16"
THRESHOLDS = ["1|2", "2|3", "3|4", "4|5"]


def examples() -> list[Example]:
    """Return the examples that are about wine."""
    fit = ordinal.fit("rating ~ temp + contact", wine())
    return [
        _wine(fit), _wald(fit), _likelihood_ratio(fit), _freed(fit), _proportional(fit),
        _predicted(fit),
    ]  # fmt: skip


def column(fit: ordinal.OrdinalFit, column: str) -> list[float]:
    """Return estimates or errors of the coefficients, then of the thresholds."""
    return [*fit.coefficients[column], *fit.thresholds[column]]


def _wine(fit: ordinal.OrdinalFit) -> Example:
    names = ["tempwarm", "contactyes", *THRESHOLDS]
    return Example(
        room="ordinal",
        name="Bitterness of wine: proportional odds",
        source=f"{CLM}, section 4.1, p. 15",
        figures=[
            *figures(names, "2.5031 1.5278 -1.3444 1.2508 3.4669 5.0064", column(fit, "estimate")),
            *figures(
                [f"{name}, standard error" for name in names],
                "0.5287 0.4766 0.5171 0.4379 0.5978 0.7309",
                column(fit, "std_error"),
            ),
            Figure("log-likelihood", "-86.492", fit.log_likelihood),
            Figure("AIC", "184.98", fit.aic),
        ],
    )


def _wald(fit: ordinal.OrdinalFit) -> Example:
    tests = [ordinal.wald(fit, term) for term in ("temp", "contact")]
    return Example(
        room="ordinal",
        name="Bitterness of wine: Wald's tests",
        source=f"{CLM}, section 4.1, p. 17",
        figures=[
            *figures(
                ["chi-squared of temp", "of contact"], "22.417 10.275", [t.statistic for t in tests]
            ),
            *figures(["p of temp", "of contact"], "2.195e-06 0.001348", [t.p_value for t in tests]),
        ],
    )


def _likelihood_ratio(fit: ordinal.OrdinalFit) -> Example:
    temp, contact, nothing = (
        ordinal.fit(f"rating ~ {each}", wine()) for each in ("temp", "contact", "1")
    )
    tests = [
        ordinal.compare(fit, contact),
        ordinal.compare(fit, temp),
        ordinal.compare(temp, nothing),
        ordinal.compare(contact, nothing),
    ]
    names = ["temp given contact", "contact given temp", "temp alone", "contact alone"]
    return Example(
        room="ordinal",
        name="Bitterness of wine: likelihood ratios",
        source=f"{CLM}, section 4.1, p. 17-18",
        figures=[
            *figures(names, "26.928 11.043 23.4113 7.5263", [t.statistic for t in tests]),
            *figures(
                [f"p of {name}" for name in names],
                "2.112e-07 0.0008902 1.308e-06 0.00608",
                [t.p_value for t in tests],
            ),
        ],
    )


def _freed(fit: ordinal.OrdinalFit) -> Example:
    freed = ordinal.free(fit, "contact")
    rows = freed.thresholds
    theta = rows["estimate"].to_numpy().reshape(2, 4)
    return Example(
        room="ordinal",
        name="Bitterness of wine: contact freed from proportional odds",
        source=f"{CLM}, section 4.2, p. 19",
        figures=[
            Figure("tempwarm", "2.519", freed.coefficients["estimate"].iloc[0]),
            Figure("tempwarm, standard error", "0.535", freed.coefficients["std_error"].iloc[0]),
            *figures(
                [f"{name}, no contact" for name in THRESHOLDS],
                "-1.323043 1.2464435 3.550044 4.660247",
                theta[0],
            ),
            *figures(
                [f"{name}, contact" for name in THRESHOLDS],
                "-2.938103 -0.2651238 1.875288 3.609624",
                theta.sum(axis=0),
            ),
            *figures(
                [f"{name}, moved by contact, standard error" for name in THRESHOLDS],
                "1.1618 0.5906 0.6488 0.8965",
                rows["std_error"].iloc[4:],
            ),
        ],
    )


def _proportional(fit: ordinal.OrdinalFit) -> Example:
    test = ordinal.compare(ordinal.free(fit, "contact"), fit)
    rows = assumptions.freed_terms(fit).set_index("term")
    return Example(
        room="assumptions",
        name="Bitterness of wine: proportional odds of contact",
        source=f"{CLM}, section 4.2, p. 20-21",
        figures=[
            Figure("likelihood ratio", "0.5667", test.statistic),
            Figure(
                "likelihood ratio beside the score",
                "0.5667",
                rows.loc["contact", "likelihood_ratio"],
            ),
            Figure("p", "0.9040", test.p_value),
        ],
        note="The source also tests temp, 3.1750, by a model with infinite estimates; this "
        "project refuses it and says so.",
    )


def _predicted(fit: ordinal.OrdinalFit) -> Example:
    shares = margins.predicted_shares(fit, ["temp", "contact"], answers=["5"])
    settings = {"2": ["cold, no"], "3": ["cold, no", "cold, yes"], "4": ["cold, yes", "warm, no"]}
    order = [("2", "cold, no"), ("3", "cold, no"), ("3", "cold, yes"), ("4", "cold, yes")]
    order += [("4", "warm, no")]
    rows = {name: shares.frame(name).set_index("level") for name in settings}
    picked = [rows[answer].loc[level] for answer, level in order]
    named = [f"rating {answer}, {level}" for answer, level in order]
    printed = {
        "estimate": "0.57064970 0.19229094 0.44305990 0.09582084 0.20049402",
        "std_error": "0.08683884 0.06388672 0.07939754 0.04257593 0.06761012",
        "conf_low": "0.39887109 0.09609419 0.29746543 0.03887676 0.09886604",
        "conf_high": "0.7269447 0.3477399 0.5991420 0.2173139 0.3643505",
    }
    words = {"estimate": "", "std_error": ", standard error", "conf_low": ", lower end",
             "conf_high": ", upper end"}  # fmt: skip
    return Example(
        room="margins",
        name="Bitterness of wine: predicted shares with intervals",
        source=f"{CLM}, section 4.8, p. 33",
        figures=[
            figure
            for column, text in printed.items()
            for figure in figures(
                [name + words[column] for name in named], text, [row[column] for row in picked]
            )
        ],
    )

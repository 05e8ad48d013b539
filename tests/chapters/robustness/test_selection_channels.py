"""E-values of channels: ratios, and intervals that hold for all pairs, by other routes."""

import numpy as np
import pandas as pd
import pytest

from analysis import margins, ordinal, survey
from analysis.chapters.robustness import selection_channels
from analysis.primary.designs import design_of
from analysis.sensitivity import e_value
from analysis.survey import measures

HERTS = survey.load("herts_2023")


@pytest.fixture(scope="module")
def made():
    return design_of(HERTS, HERTS.responses())


@pytest.fixture(scope="module")
def found(made):
    return selection_channels.e_values(HERTS, made, rare=False)


@pytest.fixture(scope="module")
def shares(made):
    """Return adjusted shares of the channels told, and their covariance out of differences."""
    fitted = ordinal.fit(made.formula, made.people)
    best = measures.top_answers(HERTS, "satisfaction")
    all_of = margins.by_terms(fitted, made.terms, answers=best)
    rows = all_of.frame().set_index("level")
    apart = margins.differences(all_of, against="pairs").set_index(["level", "against"])
    error = {frozenset(pair): row["std_error"] for pair, row in apart.iterrows()}
    people = made.people.assign(
        best=made.people["satisfaction"].isin(best), used=made.people["used_last"].astype("str")
    )
    counts = people.groupby("used")["best"].agg(["size", "sum"])
    told = counts.index[(counts["sum"] >= 10) & (counts["size"] - counts["sum"] >= 10)]
    # Webchat is hidden beside social media, which few used: both are digital channels.
    aside = (HERTS.other_channel, "Webchat")
    names = [each for each in rows.index if each in told and each not in aside]
    cov = pd.DataFrame(0.0, index=names, columns=names)
    for one in names:
        for other in names:
            a, b = rows.loc[one, "std_error"] ** 2, rows.loc[other, "std_error"] ** 2
            twice = a + b - error.get(frozenset((one, other)), 0.0) ** 2
            cov.loc[one, other] = a if one == other else twice / 2
    return rows.loc[names, "estimate"], cov


def test_the_ratio_is_that_of_the_highest_and_lowest_share(found, shares):
    estimate, _ = shares
    ends = estimate.idxmax(), estimate.idxmin()
    (name, ratio), *_ = found.items()
    assert name.startswith(f"{ends[0]} against {ends[1][:1].lower()}{ends[1][1:]}")
    assert ratio.ratio == pytest.approx(estimate[ends[0]] / estimate[ends[1]])
    assert ratio == e_value(ratio.ratio, ratio.conf_low, ratio.conf_high)


def test_its_interval_holds_for_all_pairs(found, shares):
    """The critical value is simulated: the largest of all pairs' log ratios by their errors."""
    estimate, cov = shares
    logs = cov.to_numpy() / np.outer(estimate, estimate)
    draws = np.random.default_rng(3).multivariate_normal(np.zeros(len(logs)), logs, size=200_000)
    one, other = np.triu_indices(len(logs), 1)
    errors = np.sqrt(np.diag(logs)[one] + np.diag(logs)[other] - 2 * logs[one, other])
    critical = np.quantile(np.max(np.abs(draws[:, one] - draws[:, other]) / errors, axis=1), 0.95)
    high, low = (
        list(estimate.index).index(each) for each in (estimate.idxmax(), estimate.idxmin())
    )
    mine = np.sqrt(logs[high, high] + logs[low, low] - 2 * logs[high, low])
    ratio = next(iter(found.values()))
    half = np.log(ratio.conf_high / ratio.conf_low) / 2
    assert half / mine == pytest.approx(critical, rel=0.004)


def test_the_odds_ratio_is_the_coefficient_with_the_other_channel_first(made, found, shares):
    estimate, _ = shares
    high, low = estimate.idxmax(), estimate.idxmin()
    used = made.people["used_last"]
    order = [low, *(each for each in used.cat.categories if each != low)]
    people = made.people.assign(used_last=used.cat.reorder_categories(order))
    fitted = ordinal.fit(made.formula, people)
    row = fitted.coefficients.set_index("term").loc[f"used_last[T.{high}]"]
    ratio = list(found.values())[1]
    assert ratio.ratio == pytest.approx(np.exp(row["estimate"] / 2), rel=1e-6)
    half = np.log(ratio.conf_high / ratio.conf_low)
    assert 1.959 < half / row["std_error"] < 3.5
    assert ratio.conf_low < ratio.ratio < ratio.conf_high


def test_a_rare_outcome_keeps_its_odds_ratio(made, found):
    rare = list(selection_channels.e_values(HERTS, made, rare=True).values())[1]
    assert rare.ratio == pytest.approx(list(found.values())[1].ratio ** 2)

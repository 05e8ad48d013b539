"""The comparisons of satisfaction under a specification: channels, districts, got preferred."""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import stats

from analysis import margins, ordinal
from analysis.margins import NAMED
from analysis.ordinal import OrdinalFit
from analysis.specifications import choices, models
from analysis.specifications.choices import Specification
from analysis.specifications.estimates import Estimate, Scores
from analysis.specifications.imputed import pooled, pooled_p
from analysis.specifications.models import GOT, Prepared
from analysis.specifications.people import People
from analysis.specifications.spreads import between_fixed


def got_preferred(
    people: People, specification: Specification, *, roles: tuple[str, ...]
) -> Estimate:
    """Compare the satisfaction of people who used what they prefer with that of the others.

    Parameters
    ----------
    people : People
        Whose answers.
    specification : mapping of str to str
        The choices of `claims`.
    roles : tuple of str
        What is compared in the model besides, as `models.prepare` takes it.

    Returns
    -------
    Estimate
        A difference of adjusted shares; Wald's test.
    """
    made = models.prepare(people, specification, roles=roles, got=True)
    top = models.top_answers(people.survey, specification)
    fits = made.fits(GOT)
    rows = [
        margins.differences(margins.indicators(each, [GOT], answers=top)).iloc[0] for each in fits
    ]
    null = made.fits()[:1]
    frame = made.frames[0]
    return _of_difference(
        [row["estimate"] for row in rows],
        [row["std_error"] for row in rows],
        df=fits[0].df,
        n=fits[0].n,
        scores=_scores(made, null, frame[GOT].to_numpy(dtype=int)),
    )


def channels(
    people: People, specification: Specification, *, roles: tuple[str, ...], channel: str
) -> Estimate:
    """Compare the satisfaction of people by channel.

    Parameters
    ----------
    people : People
        Whose answers.
    specification : mapping of str to str
        The choices of `claims`.
    roles : tuple of str
        As `models.prepare` takes it.
    channel : str
        The channel whose difference from everybody is the estimate.

    Returns
    -------
    Estimate
        The difference of one channel from everybody, adjusted; the test is that of all channels:
        likelihood ratio, with weights Wald's F.
    """
    made = models.prepare(people, specification, roles=roles)
    top = models.top_answers(people.survey, specification)
    fits = made.fits()
    null = made.fits(without=made.terms)
    if made.weighted:
        tests = [ordinal.wald(each, " + ".join(made.terms)).p_value for each in fits]
    else:
        tests = [ordinal.compare(*each).p_value for each in zip(fits, null, strict=True)]
    label = models.label_of(people.survey, specification, channel)
    found = [_from_everybody(each, made.terms, label, top) for each in fits]
    labels = _labels(made.frames[0], made.terms)
    scores = _scores(made, null[:1], labels)
    if any(each is None for each in found):
        return Estimate(p_value=pooled_p(tests), n=fits[0].n, scores=scores)
    values, errors = zip(*found, strict=True)
    how = {"df": fits[0].df, "n": fits[0].n, "scores": scores}
    return replace(_of_difference(values, errors, **how), p_value=pooled_p(tests))


def districts(people: People, specification: Specification, *, roles: tuple[str, ...]) -> Estimate:
    """Estimate the spread of satisfaction between districts, and test whether there is any.

    Parameters
    ----------
    people : People
        Whose answers.
    specification : mapping of str to str
        The choices of `claims`.
    roles : tuple of str
        As `models.prepare` takes it, "district" among them.

    Returns
    -------
    Estimate
        The standard deviation on the logit scale (that of another link times the ratio of the
        standard deviations of their errors). Random districts without weights:
        likelihood ratio, half the p-value, profile interval. Fixed ones, or with weights: the
        spread that explains the districts' effects (`spreads.between_fixed`), tested by likelihood
        ratio, with weights by Wald's F.
    """
    made = models.prepare(people, specification, roles=roles)
    plain = made.fits(without=["district"])
    labels = made.frames[0]["district"].cat.codes.to_numpy()
    scores = _scores(made, plain[:1], labels)
    if made.random and not made.weighted:
        fits = made.fits()
        tests = [ordinal.compare(*each).p_value for each in zip(fits, plain, strict=True)]
        rows = [ordinal.spread_interval(each) for each in fits]
    else:
        fits = _fixed(made)
        if made.weighted:
            tests = [ordinal.wald(each, "district").p_value for each in fits]
        else:
            tests = [ordinal.compare(*each).p_value for each in zip(fits, plain, strict=True)]
        rows = [between_fixed(each, "district") for each in fits]
    ends = pd.DataFrame(rows)[["estimate", "conf_low", "conf_high"]].mean()
    ends *= choices.ERROR_SD[choices.LOGIT] / choices.ERROR_SD[made.link]
    return Estimate(
        estimate=float(ends["estimate"]),
        conf_low=float(ends["conf_low"]),
        conf_high=float(ends["conf_high"]),
        p_value=pooled_p(tests),
        n=fits[0].n,
        scores=scores,
    )


def _fixed(made: Prepared) -> list[OrdinalFit]:
    """Fit districts as terms, whether or not they are random in the specification."""
    return replace(made, beside=[*made.beside, "district"], random=None).fits()


def _from_everybody(
    fitted: OrdinalFit, terms: list[str], label: str, top: list[str]
) -> tuple[float, float] | None:
    """Return the difference of one channel from everybody and its error; None if it has none."""
    found = margins.by_terms(fitted, terms, answers=top)
    names = list(found.levels["level"])
    if label not in names:
        return None
    row, at = names.index(label), found.position(NAMED)
    slopes = found.gradient[row, at] - found.reference_gradient[row, at]
    error = float(np.sqrt(slopes @ found.cov @ slopes))
    return float(found.estimate[row, at] - found.reference[row, at]), error


def _labels(frame: pd.DataFrame, terms: list[str]) -> np.ndarray:
    """Give people a number by what they used, one for each combination of channels."""
    return frame.groupby(terms, observed=True).ngroup().to_numpy()


def _scores(made: Prepared, null: list[OrdinalFit], labels: np.ndarray) -> Scores:
    rows = made.frames[0]["raw_row"].to_numpy()
    return Scores(rows=rows, values=models.ridits(made, null), labels=labels)


def _of_difference(
    values: list[float], errors: list[float], *, df: float, n: int, scores: Scores
) -> Estimate:
    """Pool differences of shares; interval on Fisher's scale and test as `margins.differences`."""
    mean, error = pooled(values, errors)
    inside = float(np.clip(mean, -1 + 1e-12, 1 - 1e-12))
    reach = stats.t.isf(0.025, df) * error / (1 - inside**2)
    return Estimate(
        estimate=mean,
        conf_low=float(np.tanh(np.arctanh(inside) - reach)),
        conf_high=float(np.tanh(np.arctanh(inside) + reach)),
        p_value=float(2 * stats.t.sf(abs(mean / error), df)),
        n=n,
        scores=scores,
    )

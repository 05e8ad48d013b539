"""What is said of how strong selection would have to be, in plain words."""

from collections.abc import Mapping, Sequence

import numpy as np

from analysis.chapters.robustness.selection import Selection
from analysis.chapters.robustness.selection_benchmark import Benchmark
from analysis.chapters.robustness.selection_factors import factor_text, likely_text, measured_text
from analysis.chapters.robustness.selection_headline import Headline
from analysis.chapters.robustness.selection_tables import span, told
from analysis.numerics import outwards, percent
from analysis.report import at_start, listed
from analysis.sensitivity import EValue
from analysis.survey import Survey

#: What is said of selection by having two answers that differ.
MOVED = (
    "That people prefer something else than they used may itself be why they answered. As long as "
    "those who moved either way answer equally readily, this makes a shift smaller or larger and "
    "cannot turn its direction; if those who moved one way answer more readily, it can."
)


def selection_texts(survey: Survey, found: Selection, known: Benchmark | None) -> list[str]:
    """Say of each headline what would overturn it, and what is known of such factors.

    Parameters
    ----------
    survey : Survey
        The survey.
    found : Selection
        As `selection.gather` returns it.
    known : Benchmark or None
        As `selection_benchmark.strongest` returns it.

    Returns
    -------
    list of str
        Texts, a sentence a headline first; "" for what cannot be said.
    """
    shifts = any(each.key in ("largest_shift", "digital_gap") for each in found.headlines)
    return [
        *(headline_sentence(each) for each in found.headlines),
        MOVED * shifts,
        benchmark_sentence(survey, found, known),
        left_out_sentence(found),
    ]


def headline_sentence(headline: Headline) -> str:
    """Say how much more likely to answer which people would have to be to overturn a headline.

    Parameters
    ----------
    headline : Headline
        One that may be shown.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from functools import partial
    >>> from analysis.sensitivity import shifted_share
    >>> share = partial(shifted_share, estimate=0.75, conf_low=0.6, conf_high=0.9)
    >>> made = Headline(key="x", name="Web", who="people who prefer web", n=99, shifted=share,
    ...                 difference=False)
    >>> print(headline_sentence(made))
    Web, 75%: people who prefer web would have to be 3.0 times as likely to answer as all others \
for it to be a half; from 1.50 upwards its interval includes a half.
    """
    start = f"{headline.name}, {told(headline, headline.plain.estimate)}"
    tipping = headline.tipping
    if not headline.claims:
        return f"{start}: {_no_claim(headline)}{_with_weights(headline)}."
    change = "vanish" if headline.difference else "be a half"
    if not np.isfinite(tipping.estimate):
        most = (
            f"no factor up to {tipping.largest:.0f} between chances of answering makes it {change}"
        )
        return f"{start}: {most}{_with_weights(headline)}."
    size, _, exact = likely_text(tipping.estimate).partition(" ")
    others = f"all others {exact}".rstrip()
    return (
        f"{start}: {headline.who} would have to be {size} times as likely to answer as {others} "
        f"for it to {change}; {_from(tipping.interval)} its interval "
        f"includes {headline.compared}{_with_weights(headline)}."
    )


def benchmark_sentence(survey: Survey, found: Selection, known: Benchmark | None) -> str:
    """Say how strong the measured factors are, beside those that would overturn a headline.

    Parameters
    ----------
    survey, found, known
        As for `selection_texts`.

    Returns
    -------
    str
        What the strongest measured one is, how far weights move the headlines, and which claims
        stay shown against selection as strong as either; that nothing is measured without weights.
    """
    claims = [each for each in found.headlines if each.claims]
    if known is None:
        return "How unlike others those who answered are is not measured: there are no weights."
    said = (
        f"To compare with: the strongest measured factor is that of {known.category}, "
        f"{measured_text(known.gamma)} times as likely to answer as all others "
        f"({percent(known.estimate)} of those who answered, {percent(known.population_share)} of "
        f"the population{_by_own(known)}). A characteristic moves a headline by its whole factor "
        "only if all who have it answer one way and all others the other."
    )
    moved = [each for each in found.headlines if np.isfinite(each.by_weights)]
    if moved:
        most = max(moved, key=lambda each: abs(np.log(each.by_weights)))
        said += (
            f" Whatever the weights know of, they move the headlines at most by a "
            f'factor of {_both(most.by_weights)} ("{most.name}").'
        )
    if not claims:
        return said
    compared = [most.by_weights] * bool(moved), [known.gamma]
    names = "as strong as that of the weights", "as strong as the strongest measured"
    told = [
        f"{name} ({_both(gamma)}) leaves {_staying(claims, gamma)}"
        for name, gammas in zip(names, compared, strict=True)
        for gamma in gammas
    ]
    return f"{said} Against each claim, selection {'; '.join(told)}."


def bounds_sentence(found: Selection) -> str:
    """Say which claims stay whatever the answers to skipped questions would have been.

    Parameters
    ----------
    found : Selection
        As `selection.gather` returns it.

    Returns
    -------
    str
        One or two sentences; "" if there are no claims with bounds.
    """
    claims = [each for each in found.headlines if each.claims and each.bounds is not None]
    if not claims:
        return ""
    gone = [
        each for each in claims if each.bounds.conf_low <= each.comparison <= each.bounds.conf_high
    ]
    start = (
        "Had all who returned a reply, were asked and gave no answer, or did not know, said the "
        f"one thing or the other, {len(claims) - len(gone)} of {len(claims)} claims would stay"
    )
    replied = "Of people who returned no reply the bounds say nothing."
    if not gone:
        return f"{start}. {replied}"
    parts = [f'"{each.name}" ({span(each, each.bounds)})' for each in gone]
    return f"{start}; not {listed(parts)}, by the interval of the bounds. {replied}"


def e_value_texts(e_values: Mapping[str, EValue]) -> list[str]:
    """Say how strong an unmeasured characteristic would have to be to make each association.

    Parameters
    ----------
    e_values : mapping of str to EValue
        As `Selection` has them.

    Returns
    -------
    list of str
        A sentence for each ratio of adjusted shares.
    """
    texts = []
    for name, each in e_values.items():
        what, _, how = name.rpartition(": ")
        if not how.startswith("ratio"):
            continue
        start = f"{at_start(what)}: the share satisfied is {each.ratio:.2f} times as large"
        if each.limit == 1:
            low, high = outwards(each.conf_low, each.conf_high)
            texts.append(
                f"{start}, but the interval ({low:.2f} to {high:.2f}) includes 1: no difference is "
                "shown, and nothing that is not measured is needed to explain one (E-value of the "
                "interval 1.00)."
            )
            continue
        texts.append(
            f"{start}. A characteristic that is not measured would have to go with both by a "
            f"ratio of {each.estimate:.2f} each, beyond what is held equal, to make that alone; "
            f"for its interval to include 1, by {each.limit:.2f}."
        )
    return texts


def left_out_sentence(found: Selection) -> str:
    """Say which headlines are left out, and why.

    Parameters
    ----------
    found : Selection
        As `selection.gather` returns it.

    Returns
    -------
    str
        One sentence; "" if none is.
    """
    parts = [f"{_KEYS[key]} ({reason})" for key, reason in found.left_out.items()]
    return f"Left out: {'; '.join(parts)}." if parts else ""


#: What headlines are called of which there is no row.
_KEYS = {
    "largest_shift": "the largest shift", "satisfied": "the share satisfied",
    "got_preferred": "satisfaction by having used what one prefers",
    "visibility_good": "the rating of visibility",
    "accessibility_good": "the rating of accessibility", "video_likely": "the video chat",
    "digital_gap": "the shift of digital ways",
}  # fmt: skip


def _no_claim(headline: Headline) -> str:
    noise = headline.tipping.noise
    size = f"; a factor of {factor_text(noise)} moves it by more than chance" * bool(
        np.isfinite(noise)
    )
    what = "difference" if headline.difference else "majority"
    return f"its interval {headline.held}, so no {what} is claimed that could be overturned{size}"


def _with_weights(headline: Headline) -> str:
    heavy = headline.heavy_tipping
    if heavy is None:
        return ""
    n = f"effective n {headline.weighted.effective_n:,.0f}"
    if heavy.interval == 1.0:
        return f"; with weights the interval {headline.held} as it is ({n})" * headline.claims
    if not np.isfinite(heavy.interval):
        return f"; with weights no factor does ({n})"
    return f"; with weights {_from(heavy.interval)} ({n})"


def _from(gamma: float) -> str:
    return f"from {likely_text(gamma)} {'upwards' if gamma > 1 else 'downwards'}"


def _both(gamma: float) -> str:
    """Write a measured factor in both directions, since selection may be either way."""
    return f"{measured_text(gamma)}, or {measured_text(1 / gamma)} the other way"


def _staying(claims: Sequence[Headline], gamma: float) -> str:
    """Say which claims a factor leaves, whichever way it goes against them."""
    size = abs(np.log(gamma))
    stay = [f'"{each.name}"' for each in claims if abs(np.log(each.tipping.interval)) > size]
    said = f"{len(stay)} of {len(claims)} claims shown"
    return f"{said}: {listed(stay)}" if stay else said


def _by_own(known: Benchmark) -> str:
    return "" if known.counted else " by the survey's own weights, which also undo its design"

"""What is said of how strong selection would have to be, in plain words."""

from collections.abc import Mapping

import numpy as np

from analysis.chapters.robustness.selection import Selection
from analysis.chapters.robustness.selection_benchmark import Benchmark
from analysis.chapters.robustness.selection_headline import Headline
from analysis.chapters.robustness.selection_tables import size_text, span, told
from analysis.numerics import percent
from analysis.report import at_start, listed
from analysis.sensitivity import EValue
from analysis.survey import Survey

#: What is said of selection by having two answers that differ.
MOVED = (
    "That people prefer something else than they used may itself be why they answered. This "
    "alone makes a shift smaller or larger, and cannot turn its direction."
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
for it to be a half; from 1.50 times on its interval holds that.
    """
    start = f"{headline.name}, {told(headline, headline.plain.estimate)}"
    tipping = headline.tipping
    if not headline.claims:
        return f"{start}: {_no_claim(headline)}{_with_weights(headline)}."
    change = "vanish" if headline.difference else "be a half"
    if not np.isfinite(tipping.estimate):
        most = f"no factor up to {tipping.largest:.0f} between odds of answering makes it {change}"
        return f"{start}: {most}{_with_weights(headline)}."
    more, less = headline.who, "all others"
    if tipping.estimate < 1:
        more, less = less, more
    size = size_text(tipping.estimate)
    holds = f"from {size_text(tipping.interval)} times on its interval holds "
    holds += "0" if headline.difference else "that"
    return (
        f"{start}: {more} would have to be {size} times as likely to answer as {less} for it to "
        f"{change}; {holds}{_with_weights(headline)}."
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
        a weaker factor would overturn; that nothing is measured without weights.
    """
    claims = [each for each in found.headlines if each.claims]
    if known is None:
        return "How unlike others those who answered are is not measured: there are no weights."
    way = "more" if known.gamma > 1 else "less"
    said = (
        f"To compare with: the strongest measured factor is that of {known.category}, "
        f"{size_text(known.gamma)} times {way} likely to answer than all others "
        f"({percent(known.estimate)} of those who answered, {percent(known.population_share)} of "
        f"the population{_by_own(known)}). A characteristic moves a headline by its whole factor "
        "only if all who have it answer one way and all others the other."
    )
    moved = [each for each in found.headlines if not np.isnan(each.by_weights)]
    if not moved:
        return said
    most = max(moved, key=lambda each: abs(np.log(each.by_weights)))
    size = float(np.exp(abs(np.log(most.by_weights))))
    said += (
        " Whatever the weights know of, they move the headlines as a factor of "
        f'{size_text(size)} or less would (the most: "{most.name}").'
    )
    weak = [each for each in claims if abs(np.log(each.tipping.interval)) < np.log(size)]
    if not claims:
        return said
    if not weak:
        return f"{said} Each claim would need a stronger one."
    names = listed([f'"{each.name}"' for each in weak])
    some = f"{len(weak)} of {len(claims)} claims would no longer be shown: {names}"
    return f"{said} With one as strong that is not measured, against them, {some}."


def bounds_sentence(found: Selection) -> str:
    """Say which claims stay whatever those without an answer would have said.

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
        "Had all who were asked and gave no answer, or did not know, said the one thing or the "
        f"other, {len(claims) - len(gone)} of {len(claims)} claims would stay"
    )
    if not gone:
        return f"{start}."
    parts = [f'"{each.name}" ({span(each, each.bounds)})' for each in gone]
    return f"{start}; not {listed(parts)}, by the interval of the bounds."


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
        rest = (
            "its interval holds 1 as it is"
            if each.limit == 1
            else f"for its interval to hold 1, by {each.limit:.2f}"
        )
        texts.append(
            f"{at_start(what)}: the share satisfied is {each.ratio:.2f} times as large. "
            "A characteristic that is not measured would have to go with both by a ratio of "
            f"{each.estimate:.2f} each, beyond what is held equal, to make that alone; {rest}."
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
    size = f"; a factor of {size_text(noise)} moves it by more than chance" * bool(
        np.isfinite(noise)
    )
    if headline.difference:
        return f"its interval holds 0, so no difference is claimed that could be overturned{size}"
    return f"its interval holds a half, so no majority is claimed that could be overturned{size}"


def _with_weights(headline: Headline) -> str:
    heavy = headline.heavy_tipping
    if heavy is None:
        return ""
    n = f"effective n {headline.weighted.effective_n:,.0f}"
    if heavy.interval == 1.0:
        return f"; with weights it {headline.held} as it is ({n})" * headline.claims
    if not np.isfinite(heavy.interval):
        return f"; with weights no factor does ({n})"
    return f"; with weights from {size_text(heavy.interval)} ({n})"


def _by_own(known: Benchmark) -> str:
    return "" if known.counted else " by the survey's own weights, which also undo its design"

"""The headlines whose answer could depend on choices."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from analysis import margins, ordinal, primary, privacy
from analysis.primary import got, pair
from analysis.primary.designs import Design, design_of, people_by
from analysis.specifications import bearing, choices, comparisons, shares, shifts
from analysis.specifications import people as peoples
from analysis.specifications.choices import Choice, Specification
from analysis.specifications.estimates import Estimate
from analysis.specifications.people import Cleanings, People
from analysis.survey import Survey, measures
from analysis.survey.wording import at_start, in_sentence

#: What a claim says of its estimate: which side of a half a share lies on; that a difference is
#: up or down; that there are differences.
SHARE, DIFFERENCE, DIFFER = "share", "difference", "differ"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One headline: what it is about, what bears on it, and how a specification estimates it.

    `name` is its id in findings.csv where it has a row there. `unit` is that of the estimate.
    `bits` is how finely the choices of two levels are combined (`arrays.combinations`).
    """

    name: str
    about: str
    kind: str
    unit: str
    choices: tuple[Choice, ...]
    estimate: Callable[[People, Specification], Estimate] = field(repr=False)
    bits: int = 5


def claims_of(cleanings: Cleanings) -> tuple[list[Claim], dict[str, str]]:
    """List the claims of a survey, and the choices of people that it does not have.

    Parameters
    ----------
    cleanings : Cleanings
        Its replies.

    Returns
    -------
    tuple
        The claims in the order of the notebooks, as far as any choice bears on them; and for each
        choice of people that is none here the reason, as `people.choices_of` returns them.
    """
    people = cleanings.people({})
    mine, absent = peoples.choices_of(cleanings)
    ways = peoples.ways_of_weighting(people.survey)
    mine = (*mine, ways) if len(ways.levels) > 1 else mine
    found = [*_shifts(people), *_satisfaction(people), *_ratings(people)]
    found = [replace(each, choices=(*mine, *each.choices)) for each in found]
    return [each for each in found if each.choices], absent


def _shifts(people: People) -> list[Claim]:
    survey, responses = people.survey, people.responses
    if pair.no_pair(survey, responses):
        return []
    _, used, preferred = pair.compared(survey, responses)
    if pair.few_moved(survey, used, preferred):
        return []
    words, found = survey.words, []
    ways = (*bearing.ways_of_shift(survey), *bearing.not_offered(survey, preferred))
    how = {"kind": DIFFERENCE, "unit": "difference of shares", "bits": 6}
    largest = pair.largest_shown(survey, used, preferred)
    if largest is not None:
        channel, grouped = largest
        finer = () if grouped else bearing.coarse(survey, channel)
        found.append(
            Claim(
                name="largest_shift",
                about=f"Shift of {in_sentence(channel)}",
                choices=(*ways, *finer),
                estimate=partial(shifts.shift, channel=channel),
                **how,
            )
        )
    if words.digital_groups and bearing.digital_told(people):
        found.append(
            Claim(
                name="digital_gap",
                about=f"Shift of the digital {words.channels}",
                choices=ways,
                estimate=shifts.digital_gap,
                **how,
            )
        )
    return found


def _satisfaction(people: People) -> list[Claim]:
    survey, responses = people.survey, people.responses
    if primary.no_satisfaction(survey, responses):
        return []
    made = design_of(survey, responses)
    beside = [survey.used_role] if made.terms else []
    beside += [] if "districts" in made.left_out else ["district"]
    base = bearing.whole_base(survey, responses, beside)
    found = [_share(people, "satisfied", "satisfaction", base, tuple(beside))]
    channel = _furthest(survey, made) if made.terms else ""
    if channel:
        found.append(_channels(people, made, channel))
    if "districts" not in made.left_out:
        found.append(_districts(people, made))
    if not got.no_comparison(survey, made):
        found.append(_got(people, made))
    return found


def _channels(people: People, made: Design, channel: str) -> Claim:
    survey, told = people.survey, bearing.told(people)
    about = f"{survey.codebook.noun('satisfaction')} by {survey.words.channel}"
    some = [each for each in ("age", "sex") if each in told]
    levels = [", ".join(each) or choices.NONE for each in (some, told)]
    held = bearing.districts(made, choices.FIXED, choices.WITHOUT)
    return Claim(
        name="channels",
        about=at_start(f"{about} (drawn: {in_sentence(channel)} against everybody)"),
        kind=DIFFER,
        unit="difference of shares",
        choices=(
            *bearing.ways_of_use(survey),
            *bearing.coarse(survey),
            *held,
            *bearing.covariates(people, choices.NONE, *levels, held=held),
            choices.LINK,
            *bearing.one_more(survey),
        ),
        estimate=partial(comparisons.channels, roles=(survey.used_role,), channel=channel),
    )


def _districts(people: People, made: Design) -> Claim:
    survey, use = people.survey, [choices.CHANNEL] if made.terms else []
    every = [*use, *bearing.told(people)]
    levels = [", ".join(each) or choices.NONE for each in (use, [], every)]
    return Claim(
        name="districts",
        about=at_start(f"{survey.codebook.noun('satisfaction')} by {survey.words.district}"),
        kind=DIFFER,
        unit="standard deviation, logit",
        choices=(choices.SPREAD, *bearing.covariates(people, *levels), choices.LINK),
        estimate=partial(comparisons.districts, roles=("district",)),
    )


def _got(people: People, made: Design) -> Claim:
    survey, told = people.survey, bearing.told(people)
    reason = ["reason"] if survey.has("reason") else []
    every = [*reason, *(each for each in told if each not in reason)]
    levels = [", ".join(each) or choices.NONE for each in (reason, [], every)]
    held = bearing.districts(made, choices.FIXED, choices.RANDOM, choices.WITHOUT)
    noun = survey.codebook.noun("satisfaction")
    return Claim(
        name="got_preferred",
        about=at_start(f"{noun} by whether people used what they prefer"),
        kind=DIFFERENCE,
        unit="difference of shares",
        choices=(
            *bearing.ways_of_use(survey),
            *bearing.as_said(survey),
            *held,
            *bearing.covariates(people, *levels, held=held),
            choices.LINK,
            *bearing.one_more(survey),
        ),
        estimate=partial(
            comparisons.got_preferred, roles=(survey.used_role,) if made.terms else ()
        ),
    )


def _ratings(people: People) -> list[Claim]:
    return [
        _share(people, name, role)
        for role, name in measures.RATING_IDS.items()
        if people.survey.has(role) and bearing.is_split(people, role)
    ]


def _share(
    people: People,
    name: str,
    role: str,
    base: tuple[Choice, ...] = (),
    beside: tuple[str, ...] = (),
) -> Claim:
    survey = people.survey
    about = f"{survey.codebook.noun(role)}: {measures.best_answers(survey, role)}"
    return Claim(
        name=name,
        about=at_start(survey.words.satisfied if role == "satisfaction" else about),
        kind=SHARE,
        unit="share",
        choices=(*base, *bearing.dont_know(people, role)),
        estimate=partial(shares.best_share, role=role, beside=beside),
        bits=6,
    )


def _furthest(survey: Survey, made: Design) -> str:
    """Name the channel most clearly unlike everybody, of those whose share may be shown."""
    fitted = ordinal.fit(made.formula, made.people)
    top = measures.top_answers(survey, "satisfaction")
    found = margins.differences(margins.by_terms(fitted, made.terms, answers=top))
    counts = people_by(survey, made.people, made.terms)
    shown = set(counts.loc[privacy.may_show(counts, survey.codebook), "level"].astype("str"))
    labels = survey.labels(survey.used_role)
    found["label"] = [labels.get(each, each) for each in found["level"]]
    named = found[found["label"].isin(labels.values()) & (found["label"] != survey.other_channel)]
    named = named[named["level"].astype("str").isin(shown)]
    return "" if named.empty else str(named.loc[named["statistic"].abs().idxmax(), "label"])

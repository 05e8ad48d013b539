"""Answers that many surveys offer: kinds of missing, scales from worst to best, bands, yes and no.

A text that is one of them is of the questionnaire, and not the words of who ticked it.
"""

import re
from collections.abc import Mapping

from analysis.survey.wording import match_key

_MISSING = {
    "dont_know": r"(i )?(do not|don't|dont|didn't|did not) (know|remember)|(i'm )?not sure|unsure|"
    r"no opinion|(i )?(can't|cannot|can not) (say|remember|recall)|no view",
    "no_answer": r"(i )?(would |'d )?(prefer|rather) not( to)? (say|answer|disclose|state)|"
    r"(i'd|i would) (prefer|rather) not( to)? (say|answer)|refused|not stated|no answer|"
    r"not answered|did not answer|no response|skipped|rather not say",
    "not_asked": r"not applicable( to me)?|n/a|n\.a\.|does not apply|doesn't apply|not asked|"
    r"not relevant|question not asked",
}
_ANY_MISSING = "|".join(_MISSING.values())

_STRENGTHS = {
    "extremely": 4, "completely": 4, "totally": 4, "entirely": 4, "fully": 4, "strongly": 4,
    "very": 3, "really": 3, "much": 3, "definitely": 3, "": 2, "mostly": 1.8, "probably": 1.6,
    "fairly": 1.5, "quite": 1.5, "rather": 1.5, "somewhat": 1.5, "moderately": 1.5,
    "reasonably": 1.5, "tend to": 1.5, "generally": 1.5, "slightly": 1, "a little": 1, "a bit": 1,
}  # fmt: skip

#: Words for the good and for the bad end of a scale.
_ENDS = {
    "satisfaction": ("satisfied|happy", "dissatisfied|unsatisfied|unhappy"),
    "agreement": ("agree", "disagree"),
    "likelihood": ("likely", "unlikely"),
    "quality": ("good", "poor|bad"),
    "ease": ("easy", "difficult|hard"),
    "safety": ("safe", "unsafe"),
    "confidence": ("confident", "unconfident"),
    "importance": ("important", "unimportant"),
    "help": ("helpful", "unhelpful"),
    "use": ("useful", "useless"),
    "sight": ("visible", "invisible"),
    "access": ("accessible", "inaccessible"),
    "comfort": ("comfortable", "uncomfortable"),
    "interest": ("interested", "uninterested"),
    "awareness": ("aware", "unaware"),
    "familiarity": ("familiar", "unfamiliar"),
    "information": ("informed", "uninformed"),
    "effect": ("effective", "ineffective"),
    "attitude": ("positive", "negative"),
    "change": ("better|improved", "worse"),
}

_NEUTRAL = {"neither", "neutral", "undecided", "mixed", "about the same", "the same", "no change"}

#: Scales that no adverb makes; texts between bars stand at one place.
_LADDERS = {
    "quality": {
        "awful|terrible": -5, "unacceptable": -3, "fair|average|ok|okay|acceptable|adequate": 0,
        "excellent|outstanding": 5,
    },
    "frequency": {
        "never": 0, "almost never|hardly ever": 1, "rarely|seldom": 2,
        "occasionally|once or twice|once in a while": 3, "sometimes": 4,
        "often|frequently|usually|regularly": 5, "very often|most of the time|almost always": 6,
        "always|all the time": 7,
    },
    "times": {
        "never": 0, "less often|less than once a year": 1, "once a year|about once a year": 2,
        "a few times a year|several times a year": 3,
        "less than once a month": 3.5, "monthly|once a month|about once a month": 4,
        "a few times a month": 5, "weekly|once a week|about once a week": 6,
        "a few times a week|several times a week": 7, "daily|every day|most days": 8,
    },
    "amount": {
        "not at all": 0, "very little": 1, "a little|not much": 2,
        "somewhat|to some extent|moderately|a moderate amount": 3,
        "a lot|quite a lot|to a large extent": 4, "a great deal|very much|completely": 5,
    },
}  # fmt: skip

#: Scales of which the end is the most, and not always the best.
AMOUNTS = ("frequency", "times", "amount")

_LISTS = {
    "yes or no": ("yes", "no"),
    "sex": ("female", "male", "woman", "man", "non-binary", "nonbinary", "other"),
}

#: What gathers all other answers, and what stands for none of them.
OTHER = re.compile(
    r"((any ?thing |something |some ?where |another )?other( way)?|something else)"
    r"( ?\(.*\)|[ ,:;-]+(please )?(specify|state|describe|explain|say|give|tell|write)\b.*)?[:.]?|"
    r"somewhere else|elsewhere"
)
NONE = re.compile(r"none( of (these|them|the above))?|nothing|neither of these")

_BAND = re.compile(
    r"(under|below|less than|up to|over|above|more than)? ?(\d{1,3})( ?(-|to|and) ?"
    r"(\d{1,3}|over|above|older|under|younger)| ?\+| or (over|older|above|under|younger|more|less)"
    r"| plus)?( ?years?)?( old| of age| and over| or over)?"
)


def missing_kind(text: str) -> str:
    """Tell which kind of missing a text stands for.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    str
        "dont_know", "no_answer" or "not_asked"; "" if it is an answer.

    Examples
    --------
    >>> missing_kind("Prefer not to say"), missing_kind("Don’t know / not sure"), missing_kind("No")
    ('no_answer', 'dont_know', '')
    """
    key = match_key(text).rstrip(".")
    for kind, pattern in _MISSING.items():
        if re.fullmatch(rf"({pattern})( ?(/|or|,) ?({_ANY_MISSING}))?", key):
            return kind
    return ""


def scale_places(text: str) -> dict[str, float]:
    """Say at which place of which known scales a text stands.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    dict
        Scale -> place, the higher the better, or the more; the scale "*" is the middle of any.

    Examples
    --------
    >>> scale_places("Very dissatisfied"), scale_places("Tend to agree")
    ({'satisfaction': -3}, {'agreement': 1.5})
    >>> scale_places("Neither good nor poor"), scale_places("A purple car")
    ({'*': 0}, {})
    """
    key = re.sub(r"^\d+ ?[-.:)=] ?|^\d+ (?=\()|[()]", "", match_key(text)).rstrip(".")
    if key in _NEUTRAL or re.fullmatch(r"neither [a-z]+ n?or [a-z]+", key):
        return {"*": 0} if key in _NEUTRAL or _of_one_scale(key) else {}
    found = {}
    for scale, ladder in _LADDERS.items():
        for texts, place in ladder.items():
            if key in texts.split("|"):
                found[scale] = place
    strengths = "|".join(each for each in _STRENGTHS if each)
    for scale, (good, bad) in _ENDS.items():
        if told := re.fullmatch(rf"(?:({strengths}) )?(?:({good})|({bad}))", key):
            size = _STRENGTHS[told[1] or ""]
            found[scale] = size if told[2] else -size
        elif told := re.fullmatch(rf"not( at all| very| so| particularly| that)? ({good})", key):
            found[scale] = {" at all": -4, None: -2}.get(told[1], -1.5)
    return found


def _of_one_scale(key: str) -> bool:
    """Tell whether "neither ... nor ..." names the two ends of a scale."""
    words = set(key.split())
    return any(
        words & set(good.split("|")) and words & set(bad.split("|")) for good, bad in _ENDS.values()
    )


def best_scale(counts: Mapping[str, int]) -> tuple[str, dict[str, float]]:
    """Find the scale to which most answers to a question belong.

    Parameters
    ----------
    counts : mapping
        Text -> people.

    Returns
    -------
    tuple of str and dict
        The scale and text -> place; "" and nothing if not even two texts that are not its middle
        belong to one.

    Examples
    --------
    >>> best_scale({"Good": 5, "Neither good nor poor": 2, "Poor": 1})
    ('quality', {'Good': 2, 'Neither good nor poor': 0, 'Poor': -2})
    """
    places = {text: scale_places(text) for text in counts}
    scales = list(
        dict.fromkeys(scale for each in places.values() for scale in each if scale != "*")
    )
    found = {
        scale: {
            t: at.get(scale, at.get("*")) for t, at in places.items() if at.keys() & {scale, "*"}
        }
        for scale in scales
    }
    found = {
        scale: held
        for scale, held in found.items()
        if sum("*" not in places[text] for text in held) >= 2
    }
    if not found:
        return "", {}
    best = max(found, key=lambda scale: sum(counts[text] for text in found[scale]))
    return best, found[best]


def band_start(text: str) -> float | None:
    """Say where a band of numbers begins; None if a text is no band.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    float or None
        A band without a lower end begins half a unit below the number that it names, and one that
        lies over a number half a unit above.

    Examples
    --------
    >>> band_start("16-24"), band_start("Under 18"), band_start("75 and over"), band_start("12 May")
    (16.0, 17.5, 75.0, None)
    """
    told = _BAND.fullmatch(match_key(text).removeprefix("aged "))
    if told is None or not any(told.group(1, 3)):
        return None
    below = told[1] in ("under", "below", "less than", "up to") or (told[3] or "").endswith(
        ("under", "younger", "less")
    )
    above = told[1] in ("over", "above", "more than")
    return float(told[2]) + (0.5 if above else -0.5 if below else 0)


def closed_list(counts: Mapping[str, int]) -> str:
    """Name the closed list to which most answers to a question belong.

    Parameters
    ----------
    counts : mapping
        Text -> people.

    Returns
    -------
    str
        "yes or no", "sex", or "" if at least a tenth of the people say something else.

    Examples
    --------
    >>> closed_list({"Yes": 3, "no": 2}), closed_list({"Yes": 3, "Perhaps": 2})
    ('yes or no', '')
    """
    for name, texts in _LISTS.items():
        held = {text: n for text, n in counts.items() if match_key(text) in texts}
        if len(held) >= 2 and sum(held.values()) >= 0.9 * sum(counts.values()):
            return name
    return ""


def in_list(text: str, name: str) -> bool:
    """Tell whether a text is on one of the closed lists.

    Parameters
    ----------
    text : str
        A cell.
    name : str
        As `closed_list` returns it; nothing is on the list "".

    Returns
    -------
    bool

    Examples
    --------
    >>> in_list("YES", "yes or no"), in_list("yes", "")
    (True, False)
    """
    return match_key(text) in _LISTS.get(name, ())

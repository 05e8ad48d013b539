"""Which answers a draft may list, and in which order.

An answer is listed if as many people gave it as the disclosure threshold, or if it belongs to a
known scale, band or closed list to which nearly all answers of its question belong: a text of those
is of the questionnaire. Whatever else people gave is counted.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from analysis.drafting import known_answers
from analysis.drafting.drafted import Drafted, Listed
from analysis.drafting.evidence import RULE, Evidence
from analysis.survey.wording import match_key

_FEW = (
    "fewer than two of its texts may be listed, so it stands as an open question: if it has a list "
    "of answers, write them and correct the kind."
)

#: An answer of a list is shorter than this.
_LONGEST = 200

#: What no answer of a questionnaire holds: an address, or figures of a telephone or a reference.
_TELLING = re.compile(r"@|\d{5}|(?:\d[ -]?){8}")


def drafted_answers(
    found: Evidence,
    kind: str,
    why: Sequence[str],
    decide: Sequence[str],
    *,
    places: Mapping[str, float] | None = None,
    separator: str = "",
    counts: Mapping[str, int] | None = None,
    known: Collection[str] = (),
) -> Drafted:
    """Draft a question with a list of answers.

    Parameters
    ----------
    found : Evidence
        Its column.
    kind : str
        "single", "ordered" or "multiple".
    why, decide : sequence of str
        Evidence, and what is left to decide.
    places : mapping, optional
        Text -> place, of texts that belong to a known scale or are bands.
    separator : str
        Between several answers.
    counts : mapping, optional
        Text -> rows, where a cell holds several; those of the column by default.
    known : collection of str
        Further texts that are of the questionnaire, such as numbers that stand for answers.

    Returns
    -------
    Drafted
        Its answers in order: by their place; else by name, so that questions that share answers
        share their order, with "yes" before "no" and "other" and "none" last.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.drafting.evidence import look
    >>> cells = ["Ware"] * 12 + ["Hitchin"] * 11 + ["My aunt's house"]
    >>> question = drafted_answers(look(pd.Series(cells, name="Where?")), "single", [], [])
    >>> [each.text for each in question.answers], question.further
    (['Hitchin', 'Ware'], 1)
    """
    counts, places = found.answers if counts is None else counts, places or {}
    closed = known_answers.closed_list(counts)
    prefix = _other_prefix(counts)
    listed = [
        Listed(text=text, n=n)
        for text, n in counts.items()
        if text in places
        or text in known
        or known_answers.in_list(text, closed)
        or _common(text, n)
    ]
    told = {each.text for each in listed}
    free = {
        text: n
        for text, n in counts.items()
        if prefix and text not in told and match_key(text).startswith(match_key(prefix))
    }
    if free and "other" not in {match_key(each.text) for each in listed}:
        listed.append(Listed(text="Other", n=sum(free.values())))
    further = {t: n for t, n in counts.items() if t not in told and t not in free}
    if len(listed) < 2:
        return as_text(found, why, *decide, _FEW)
    return Drafted(
        header=found.header,
        wording=found.wording,
        kind=kind,
        why=why,
        decide=decide,
        answers=sorted(listed, key=lambda each: order(each.text, places)),
        missing=found.missing,
        separator=separator,
        other_prefix=prefix if free else "",
        further=sum(further.values()),
        unlisted=len(further),
        answered=found.answered,
        rows=found.rows,
    )


def as_text(found: Evidence, why: Sequence[str], *decide: str) -> Drafted:
    """Draft an open question.

    Parameters
    ----------
    found : Evidence
        Its column.
    why : sequence of str
        Evidence.
    *decide : str
        What is left to decide.

    Returns
    -------
    Drafted
        Without answers.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.drafting.evidence import look
    >>> as_text(look(pd.Series(["A long day"], name="Why?")), ["one text"]).kind
    'text'
    """
    return Drafted(
        header=found.header,
        wording=found.wording,
        kind="text",
        why=why,
        decide=decide,
        answered=found.answered,
        rows=found.rows,
    )


def _common(text: str, n: int) -> bool:
    return RULE.enough(n) and len(text) < _LONGEST and not _TELLING.search(text)


def with_one_other(counts: Mapping[str, int]) -> dict[str, int]:
    """Count the free texts that the export writes behind "Other" as one answer.

    Parameters
    ----------
    counts : mapping
        Text -> rows.

    Returns
    -------
    dict
        Text -> rows.

    Examples
    --------
    >>> with_one_other({"Phone": 9, "Other: by owl": 1, "Other: by pigeon": 1})
    {'Phone': 9, 'Other:': 2}
    """
    prefix, joined = _other_prefix(counts), {}
    for text, n in counts.items():
        behind = prefix and match_key(text).startswith(match_key(prefix))
        key = prefix if behind else text
        joined[key] = joined.get(key, 0) + n
    return joined


def _other_prefix(counts: Mapping[str, int]) -> str:
    """Return what free text begins with that the export writes behind "Other"."""
    for prefix in ("Other:", "Other (please specify):", "Other -", "Other (please specify)"):
        if sum(match_key(text).startswith(match_key(prefix)) for text in counts) >= 2:
            return prefix
    return ""


def order(text: str, places: Mapping[str, float]) -> tuple:
    """Return what answers are sorted by.

    Parameters
    ----------
    text : str
        An answer.
    places : mapping
        Text -> place on a scale.

    Returns
    -------
    tuple
        The place, then "other" and "none" last, yes before no, numbers by size, names.

    Examples
    --------
    >>> sorted(["Other", "10", "9", "No", "Yes"], key=lambda text: order(text, {}))
    ['Yes', 'No', '9', '10', 'Other']
    """
    key = match_key(text)
    number = re.fullmatch(r"[+-]?\d{1,18}", key)  # a longer one is no number of anything
    last = (
        2 if known_answers.NONE.fullmatch(key) else 1 if known_answers.OTHER.fullmatch(key) else 0
    )
    first = {"yes": 0, "no": 1}.get(key, 2)
    return places.get(text, 0), last, first, int(number[0]) if number else 0, key

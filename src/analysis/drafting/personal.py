"""Columns that tell who a person is, or how the tool served the form: nothing of them is read."""

import re

from analysis.drafting.evidence import RULE, Evidence
from analysis.survey.wording import match_key

#: What a column of coordinates is, which a column of weights may look like.
_PLACE = "a place on the map"

#: What a header says of weights.
WEIGHT = re.compile(r"\b(weight|weights|weighting|wts?|wgt|w8)\b")

#: What a header says, and what the column is then.
_HEADERS = (
    (r"(your |full |first |last |fore|sur|middle |respondent |recipient ?(first|last)? ?)?"
     r"name ?\d?|what is your (full |first |last )?name.*|title and name.*|"
     r".*\b(give|write|enter|add|tell us|provide|state) (us )?(your|a) "
     r"(full |first |last )?name\b.*|.*\byour (full |first |last )?name( and .*)?|"
     r".*\bname and (contact|e-?mail|phone).*", "a name"),
    (r"(your |recipient ?)?e-?mail( ?address)? ?\d?|.*\byour e-?mail\b.*", "an e-mail address"),
    (r"(your |contact )?(tele|mobile |home )?phone( ?number)? ?\d?|mobile( number)?|"
     r".*\byour (tele|mobile )?phone number\b.*", "a telephone number"),
    (r".*\b(contact|your|personal) details\b.*|.*\bleave your (name|contact|e-?mail)\b.*",
     "personal details"),
    (r"(?!.*\bage\b).*\b(date of birth|d\.?o\.?b|birth ?date|birthday|born)\b.*",
     "a date of birth"),
    (r"ip ?(address|addr)?|.*\bip address\b.*", "an address on the internet"),
    (r"(location)?(latitude|longitude)|.*\b(coordinates|geo ?location)\b.*", _PLACE),
    (r"(home |your |full )?address( ?line ?\d| ?\d)?|.*\bpost ?code\b.*|"
     r".*\b(your|home|postal) address\b.*", "an address"),
    (r".*\b(user ?agent|referrer|referer|ref ?url|url|tracking( link)?|custom ?data ?\d?|seed|"
     r"collector( id)?|external ?(data ?)?(reference|ref)|panel ?id|last ?page|start ?language|"
     r"user ?language|distribution ?channel)\b.*", "what the tool notes of the form"),
    (r"progress|finished|status|duration.*|time taken.*|total points|quiz feedback|"
     r"last modified time|response type|points - .*|feedback - .*",
     "what the tool notes of the form"),
)  # fmt: skip

#: What most cells hold, and what the column is then.
_CELLS = (
    (r".*[\w.+-]+@[\w-]+\.[\w.-]+.*", "an e-mail address"),
    (r"\d{1,3}(\.\d{1,3}){3}|([0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}", "an address on the internet"),
    (r"\(?(\+|0)[\d ().-]{8,}\d", "a telephone number"),
    (r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}", "a postcode"),
    (r"-?\d{1,3}\.\d{4,}( ?, ?-?\d{1,3}\.\d{4,})?", _PLACE),
    (r"\{?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\}?", "an id of the tool"),
    (r"https?://\S+|mozilla/.*", "what the tool notes of the form"),
)

#: Whom or what an id is of.
_WHO = r"(resp|respondent|case|person|user|record|row|entry|participant|client|member|membership|" \
    r"patient|customer|survey|form|reply|submission|sample|panelist|interview)"  # fmt: skip

_ID = re.compile(
    r".*\b(id|identifier|serial|token|reference|ref|respondent|guid|uuid|submission)\b.*|"
    r"#|response ?(id|set)|unique ?id|user ?no|.*(user|respondent|record)_?id|"
    rf".*\b{_WHO}[ _-]?(id|no|nr|num|number|code|key)|{_WHO}s? ?#"
)


def personal_reason(found: Evidence) -> str:
    """Say why a column is not to be read.

    Parameters
    ----------
    found : Evidence
        The column.

    Returns
    -------
    str
        What it holds; "" if it may be a question.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.drafting.evidence import look
    >>> personal_reason(look(pd.Series(["anonymous"], name="Email")))
    'an e-mail address'
    >>> personal_reason(look(pd.Series(["Yes", "No"], name="Do you know the name of your PCSO?")))
    ''
    """
    headers = [match_key(each).strip(" ?:*.") for each in (found.header, found.wording)]
    for pattern, what in _HEADERS:
        if any(re.fullmatch(pattern, header) for header in headers if header):
            return what
    if found.answered:
        weight = any(WEIGHT.search(header.replace("_", " ")) for header in headers)
        for pattern, what in _CELLS:
            if weight and what == _PLACE:  # its decimals look like a longitude
                continue
            if found.share(pattern) >= 0.5:
                return what
    return "an id, another in every row" if is_id(found) and _all_differ(found) else ""


def is_id(found: Evidence) -> bool:
    """Tell whether a column holds ids of replies or people.

    Parameters
    ----------
    found : Evidence
        The column.

    Returns
    -------
    bool
        True if the header says so, or if nearly every cell is another word with figures.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.drafting.evidence import look
    >>> [is_id(look(pd.Series(["1", "2"], name=header))) for header in ("ID", "Age")]
    [True, False]
    """
    if _ID.fullmatch(match_key(found.header)):
        return found.share(r"\S*\d\S*|[\w-]{12,}") >= 0.9
    words = found.share(r"(?=\S*\d)(?=\S*[a-z])[\w-]{8,}") >= 0.9
    return words and RULE.enough(found.answered) and _all_differ(found)


def _all_differ(found: Evidence) -> bool:
    return len(found.answers) == found.answered

"""The codes that a draft gives to answers."""

from collections.abc import Sequence

from analysis.drafting.free_columns import is_other
from analysis.drafting.roles import slug
from analysis.survey.codebook import MISSING
from analysis.survey.wording import match_key


def answer_codes(texts: Sequence[str], end: str = "") -> dict[str, str]:
    """Give each answer a code.

    Parameters
    ----------
    texts : sequence of str
        Answers of a question, or of a list.
    end : str
        What codes end in, if other questions have the same answers in another order.

    Returns
    -------
    dict
        Text -> code, all different.

    Examples
    --------
    >>> answer_codes(["Very good", "Other (please specify)", "?"])
    {'Very good': 'very_good', 'Other (please specify)': 'other', '?': 'answer'}
    """
    codes: dict[str, str] = {}
    for text in texts:
        other = is_other(text) and match_key(text).startswith("other")
        start = ("other" if other else slug(text) or "answer") + end
        code, number = start, 1
        while code in codes.values() or code in MISSING:
            number += 1
            code = f"{start}_{number}"
        codes[text] = code
    return codes

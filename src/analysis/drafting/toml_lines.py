"""Lines of TOML: texts, lists of texts, comments, and what is left to decide."""

import json
import re
from collections.abc import Sequence

from analysis.survey.wording import tidy


def quoted(text: str) -> str:
    r"""Write a text as TOML.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        In quotes, with what TOML does not take as it stands escaped.

    Examples
    --------
    >>> print(quoted('"So"\n'), quoted("\x7f"))
    "\"So\"\n" "\u007f"
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed_texts(texts: Sequence[str]) -> str:
    """Write a list of texts as TOML.

    Parameters
    ----------
    texts : sequence of str
        Texts.

    Returns
    -------
    str

    Examples
    --------
    >>> listed_texts(["a", "b"])
    '["a", "b"]'
    """
    return f"[{', '.join(map(quoted, texts))}]"


def comment(text: str) -> str:
    """Write a comment, on one line and without control characters.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str

    Examples
    --------
    >>> comment("so  many")
    '# so many'
    """
    plain = re.sub("[\x00-\x1f\x7f]", " ", tidy(text))
    return f"# {plain}"


def decisions(texts: Sequence[str]) -> list[str]:
    """Write what the editor must settle before the codebook is taken.

    Parameters
    ----------
    texts : sequence of str
        Sentences.

    Returns
    -------
    list of str
        Lines; none if nothing is open.

    Examples
    --------
    >>> decisions(["which one?"]), decisions(["a?", "b?"])
    (['decide = "which one?"'], ['decide = [', '    "a?",', '    "b?",', ']'])
    """
    if len(texts) < 2:
        return [f"decide = {quoted(text)}" for text in texts]
    return ["decide = [", *(f"    {quoted(text)}," for text in texts), "]"]

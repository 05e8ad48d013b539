"""The texts that a question knows, in the form in which cells of the export are compared with them.

What reads the cells (`cleaning`) and what checks the codebook use these functions alike.
"""

from collections.abc import Iterable, Mapping

from analysis.exports import straightened, tidy
from analysis.survey.codebook import Answer, Question
from analysis.survey.wording import match_key

#: What a cell of an answer's own column says if it was ticked, besides the answer itself.
TICKED = {"1", "yes", "y", "true", "x", "checked", "selected", "quoted"}

#: What it says if it was not.
NOT_TICKED = {"0", "no", "n", "false", "unchecked", "not selected", "unselected", "not quoted"}

#: A text as its pieces between separators, each as `match_key` returns it; () is an empty cell.
Pieces = tuple[str, ...]


def pieces(text: str, separator: str) -> list[str]:
    """Cut a text at the separator.

    Parameters
    ----------
    text : str
        A cell, or a text of the codebook.
    separator : str
        What stands between answers; "" cuts nowhere.

    Returns
    -------
    list of str
        Tidy pieces, empty ones left out.

    Examples
    --------
    >>> pieces("Phone, 101;  Desk;", ";"), pieces("Phone, 101, ", ", "), pieces(" ", "")
    (['Phone, 101', 'Desk'], ['Phone', '101'], [])
    """
    mark = straightened(separator)
    if not mark:
        cut = [text]
    elif mark.isspace():  # such as a line break, which a tidy text has no more
        cut = straightened(text).split(mark)
    else:
        start, end = " " * mark[:1].isspace(), " " * mark[-1:].isspace()
        cut = f"{tidy(text)} ".split(f"{start}{tidy(mark)}{end}")
    return [piece for piece in map(tidy, cut) if piece]


def piece_keys(text: str, separator: str) -> Pieces:
    """Return the form in which a text is compared with others.

    Parameters
    ----------
    text : str
        A cell, or a text of the codebook.
    separator : str
        What stands between answers; "" if there is one alone.

    Returns
    -------
    tuple of str
        Equal for texts that differ in case, width, white space, quotes or dashes alone.

    Examples
    --------
    >>> piece_keys("Phone, 101", ", ") == piece_keys("PHONE,  101,", ", ")
    True
    """
    return tuple(match_key(piece) for piece in pieces(text, separator))


def listed_texts(question: Question) -> dict[Pieces, str]:
    """Return the answers that a cell of a question's one column can hold.

    Parameters
    ----------
    question : Question
        Its answers.

    Returns
    -------
    dict
        Pieces -> code.
    """
    return {piece_keys(each.text, question.separator): each.code for each in question.answers}


def missing_texts(question: Question) -> dict[Pieces, str]:
    """Return the texts that a question lists as missing.

    Parameters
    ----------
    question : Question
        Its `missing`.

    Returns
    -------
    dict
        Pieces -> kind of missing.
    """
    return {
        piece_keys(text, question.separator): kind
        for kind, texts in question.missing.items()
        for text in texts
    }


def ticked_texts(answer: Answer) -> set[str]:
    """Return what a cell of an answer's own column says if it was ticked.

    Parameters
    ----------
    answer : Answer
        The answer that the column is for.

    Returns
    -------
    set of str
        Match keys.
    """
    return TICKED | {match_key(answer.text), match_key(answer.label)}


def not_ticked_texts(question: Question) -> set[str]:
    """Return what a cell of an answer's own column says if it was not ticked.

    Parameters
    ----------
    question : Question
        Its `not_ticked` are added to the usual ones.

    Returns
    -------
    set of str
        Match keys.
    """
    return NOT_TICKED | {match_key(text) for text in question.not_ticked}


def two_readings(known: Iterable[Pieces]) -> tuple[list[Pieces], list[Pieces]] | None:
    """Find a cell that can be read as two different lists of known texts.

    Parameters
    ----------
    known : iterable of tuple of str
        Texts by their pieces, all different.

    Returns
    -------
    tuple of list, or None
        Two lists that make the same cell; None if every cell has one reading at most.

    Notes
    -----
    The test of Sardinas and Patterson (1953): two readings that start with different texts are
    carried on, always the shorter one, until they end together or no text fits any more. What
    the longer one is ahead by decides how they go on, so each such rest is looked at once.

    Examples
    --------
    >>> two_readings([("cars",), ("vans",), ("cars", "vans")])
    ([('cars',), ('vans',)], [('cars', 'vans')])
    >>> two_readings([("email",), ("email", "web form"), ("desk",)])
    """
    words = [word for word in known if word]
    waiting = [
        ([short], [long], long[len(short) :])
        for short in words
        for long in words
        if long != short and long[: len(short)] == short
    ]
    seen: set[Pieces] = set()
    for behind, ahead, rest in waiting:  # grows while it is gone through
        if rest in seen:
            continue
        seen.add(rest)
        for word in words:
            if word == rest:
                return [*behind, word], ahead
            if rest[: len(word)] == word:
                waiting.append(([*behind, word], ahead, rest[len(word) :]))
            elif word[: len(rest)] == rest:
                waiting.append((ahead, [*behind, word], word[len(rest) :]))
    return None


def read_parts(keys: Pieces, known: Mapping[Pieces, str]) -> list[tuple[int, int]]:
    """Group the pieces of a cell into known texts and single pieces that are none.

    Parameters
    ----------
    keys : tuple of str
        The cell.
    known : mapping
        Known texts by their pieces.

    Returns
    -------
    list of tuple of int
        First and last (exclusive) piece of each part, in order: with as few pieces outside known
        texts as can be, then with as few parts, so that a longer text goes before a shorter one.

    Examples
    --------
    >>> read_parts(("email", "web form", "desk"), {("email",): "a", ("email", "web form"): "b"})
    [(0, 2), (2, 3)]
    """
    best: dict[int, tuple[int, list[tuple[int, int]]]] = {len(keys): (0, [])}
    for start in range(len(keys) - 1, -1, -1):
        ways = [
            (best[end][0] + (keys[start:end] not in known), [(start, end), *best[end][1]])
            for end in range(len(keys), start, -1)
            if end == start + 1 or keys[start:end] in known
        ]
        best[start] = min(ways, key=lambda way: (way[0], len(way[1])))
    return best[0][1]

"""The texts that a question knows, in the form in which cells of the export are compared with them.

What reads the cells (`cleaning`) and what checks the codebook use these functions alike.
"""

from collections.abc import Iterable, Mapping

from analysis.exports import straightened, tidy
from analysis.survey.codebook import Answer, Question
from analysis.survey.spellings import spelling

#: What a cell of an answer's own column says if it was ticked, besides the answer itself.
TICKED = {"1", "yes", "y", "true", "x", "checked", "selected", "quoted"}

#: What it says if it was not.
NOT_TICKED = {"0", "no", "n", "false", "unchecked", "not selected", "unselected", "not quoted"}

#: A text as its pieces between separators, each as `cell_key` returns it; () is an empty cell.
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


def cell_key(text: str, question: Question) -> str:
    """Return the form in which a cell that holds one text is compared with others.

    Parameters
    ----------
    text : str
        A cell, or a text of the codebook.
    question : Question
        What was asked.

    Returns
    -------
    str
        See `spellings.spelling`: the one rule on which ways of writing are the same.

    Examples
    --------
    >>> asked = Question(id="q", role="q", kind="single", wording="?", base="All")
    >>> cell_key("1.0", asked) == cell_key(" 1", asked)
    True
    """
    return spelling(text, decimal_comma=question.decimal_comma, apart=question.apart)


def piece_keys(text: str, question: Question) -> Pieces:
    """Return the form in which a text is compared with others.

    Parameters
    ----------
    text : str
        A cell, or a text of the codebook.
    question : Question
        What was asked, with its separator, if cells hold several answers.

    Returns
    -------
    tuple of str
        Equal for texts whose pieces are the same, see `cell_key`.

    Examples
    --------
    >>> asked = Question(id="q", role="q", kind="multiple", wording="?", base="All", separator=", ")
    >>> piece_keys("Phone, 101", asked) == piece_keys("PHONE,  101,", asked)
    True
    """
    return tuple(cell_key(piece, question) for piece in pieces(text, question.separator))


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
    return {
        piece_keys(text, question): each.code for each in question.answers for text in each.texts
    }


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
        piece_keys(text, question): kind
        for kind, texts in question.missing.items()
        for text in texts
    }


def ticked_texts(answer: Answer, question: Question) -> set[str]:
    """Return what a cell of an answer's own column says if it was ticked.

    Parameters
    ----------
    answer : Answer
        The answer that the column is for.
    question : Question
        What was asked.

    Returns
    -------
    set of str
        As `cell_key` returns them.
    """
    return TICKED | {cell_key(text, question) for text in (*answer.texts, answer.label)}


def not_ticked_texts(question: Question) -> set[str]:
    """Return what a cell of an answer's own column says if it was not ticked.

    Parameters
    ----------
    question : Question
        Its `not_ticked` are added to the usual ones.

    Returns
    -------
    set of str
        As `cell_key` returns them.
    """
    return NOT_TICKED | {cell_key(text, question) for text in question.not_ticked}


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

"""Sentences, answers and quotations as notebooks display them."""

from collections.abc import Sequence
from datetime import date

from analysis.report._display import Line, Prose

#: How the short answer of a notebook begins.
IN_SHORT = "**In short"


def days(first: date | None, last: date | None) -> str:
    """Write a span of days.

    Parameters
    ----------
    first, last : datetime.date or None
        Its ends.

    Returns
    -------
    str
        Such as ``"2 October 2023 to 15 October 2023"``.

    Examples
    --------
    >>> days(date(2023, 10, 2), date(2023, 10, 15))
    '2 October 2023 to 15 October 2023'
    >>> days(None, None)
    'not stated'
    """
    known = [f"{day.day} {day:%B %Y}" for day in (first, last) if day is not None]
    return " to ".join(known) or "not stated"


def line(*sentences: str) -> Line:
    """Display a remark that is no result, such as how many rows were read.

    Parameters
    ----------
    *sentences : str
        Whole sentences; empty ones are left out.

    Returns
    -------
    Line
        Plain text.

    Examples
    --------
    >>> line("12 rows read.", "")
    12 rows read.
    """
    return Line(text=" ".join(sentence for sentence in sentences if sentence))


def prose(*sentences: str) -> Prose:
    """Display sentences.

    Parameters
    ----------
    *sentences : str
        Whole sentences; empty ones are left out.

    Returns
    -------
    Prose
        One paragraph.

    Examples
    --------
    >>> prose("One.", "", "Two.")
    One. Two.
    """
    return Prose(text=" ".join(sentence for sentence in sentences if sentence))


def answer(*sentences: str, synthetic: bool, short: Sequence[str] = ()) -> Prose:
    """Display the answer of a notebook.

    Parameters
    ----------
    *sentences : str
        Two to four paragraphs made from the numbers, with base and interval; empty ones are
        left out.
    synthetic : bool
        True puts in front that the data are synthetic.
    short : sequence of str
        The answer in a few plain sentences, which the first page of the report gives too; empty
        ones are left out.

    Returns
    -------
    Prose
        A paragraph each, `short` before them.

    Examples
    --------
    >>> answer("Of 10 people, 4 agree.", synthetic=True)
    **Synthetic data.** Of 10 people, 4 agree.
    >>> answer("Of 10 people, 4 agree (p = 0.8).", synthetic=True, short=["4 of 10 agree."])
    **In short, from synthetic data.** 4 of 10 agree.
    <BLANKLINE>
    Of 10 people, 4 agree (p = 0.8).
    """
    plain = " ".join(each for each in short if each)
    told = "\n\n".join(sentence for sentence in sentences if sentence)
    if not plain:
        return Prose(text="**Synthetic data.** " * synthetic + told)
    return Prose(text=f"{IN_SHORT}{', from synthetic data' * synthetic}.** {plain}\n\n{told}")


def quote(*wordings: str) -> Prose:
    """Display the wording of questions as block quotes.

    Parameters
    ----------
    *wordings : str
        As the survey asked.

    Returns
    -------
    Prose
        A block quote a question.

    Examples
    --------
    >>> quote("Which one?")
    > Which one?
    """
    return Prose(text="\n\n".join(f"> {wording}" for wording in wordings))


def because(otherwise: str, what: str) -> str:
    """Return why a part of a notebook does not apply, and refuse to leave it out in silence.

    Parameters
    ----------
    otherwise : str
        The sentence that stands in the place of a table or figure.
    what : str
        What is not there, for the error.

    Returns
    -------
    str
        `otherwise`.

    Raises
    ------
    ValueError
        If it is empty.

    Examples
    --------
    >>> because("There are no weights.", "table 'Weights'")
    'There are no weights.'
    """
    if not otherwise:
        raise ValueError(f"{what} has no rows; say with `otherwise` why it is not shown")
    return otherwise


def several(shown: Sequence, *, otherwise: str) -> list:
    """Return several tables or figures to display, or a sentence where there is none.

    Parameters
    ----------
    shown : sequence
        What is to be displayed, in order; perhaps nothing.
    otherwise : str
        Why there is nothing, shown in its place.

    Returns
    -------
    list
        For ``display(*...)``.

    Raises
    ------
    ValueError
        If there is nothing, and no reason for it.

    Examples
    --------
    >>> several([], otherwise="There are no weights.")
    [There are no weights.]
    >>> several(["a table"], otherwise="There are no weights.")
    ['a table']
    """
    return list(shown) or [prose(because(otherwise, "a list of tables"))]

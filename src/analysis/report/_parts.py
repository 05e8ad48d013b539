"""The parts of a notebook that a survey allows, and why others are left out."""

import re
from collections.abc import Mapping

from IPython import get_ipython

from analysis.errors import SurveyError
from analysis.report._display import Prose
from analysis.report._prose import prose

#: The part that stands for a whole notebook.
NOTEBOOK = "notebook"

#: How a reason begins.
LEFT_OUT = "Left out: "

_CALL = re.compile(r'^parts\.needs\("(?P<part>\w+)"\)\s*$')


class Parts:
    """What of a notebook is left out, known before anything of it is computed.

    A cell that belongs to a part begins with ``parts.needs("the part")``. Where the part is left
    out nothing else of the cell runs; it displays the reason.
    """

    def __init__(self, left_out: Mapping[str, str]) -> None:
        self.left_out = dict(left_out)

    def has(self, *parts: str) -> bool:
        """Tell whether none of some parts is left out.

        Examples
        --------
        >>> Parts({"districts": "nobody named one"}).has("districts")
        False
        """
        return not any(part in self.left_out for part in parts)

    def reason(self, part: str) -> str:
        """Say in one sentence why a part is left out; "" if it is not.

        Examples
        --------
        >>> Parts({"districts": "nobody named one"}).reason("districts")
        'Left out: nobody named one.'
        """
        return f"{LEFT_OUT}{self.left_out[part]}." if part in self.left_out else ""

    def needs(self, part: str) -> Prose | None:
        """Let the rest of a cell run only if the survey allows the part that it belongs to.

        Parameters
        ----------
        part : str
            As the room of the notebook names it in `needs`.

        Returns
        -------
        Prose or None
            Why the part is left out; None if it is not.

        Raises
        ------
        SurveyError
            If the part is left out and no notebook is there to pass over the rest of the cell.
        """
        if self.has(part):
            return None
        if get_ipython() is None:
            raise SurveyError(self.reason(part))
        return prose(self.reason(part))

    def transform(self, lines: list[str]) -> list[str]:
        r"""Cut a cell of a part that is left out; IPython calls this before it runs a cell.

        Parameters
        ----------
        lines : list of str
            The cell.

        Returns
        -------
        list of str
            The same; or the call of `needs` alone if the cell is of a part that is left out.

        Examples
        --------
        >>> parts = Parts({"districts": "nobody named one"})
        >>> parts.transform(['parts.needs("districts")\n', "fail()\n"])
        ['parts.needs("districts")\n']
        >>> parts.transform(['parts.needs("channels")\n', "print(1)"])
        ['parts.needs("channels")\n', 'print(1)']
        """
        called = _CALL.match(lines[0]) if lines else None
        if called is None or self.has(called["part"]):
            return lines
        return lines[:1]


def leave_out(left_out: Mapping[str, str]) -> Parts:
    """Leave parts of the notebook that is running out.

    Parameters
    ----------
    left_out : mapping of str to str
        Part -> reason, as `needs.left_out` of the notebook's room returns it.

    Returns
    -------
    Parts
        To be called `parts` in the notebook, whose cells begin with ``parts.needs(...)``.

    Raises
    ------
    SurveyError
        If the notebook as a whole is left out.

    Examples
    --------
    >>> leave_out({}).has("districts")
    True
    """
    if NOTEBOOK in left_out:
        raise SurveyError(f"this survey has no use for this notebook: {left_out[NOTEBOOK]}")
    made, shell = Parts(left_out), get_ipython()
    if shell is not None:
        transformers = shell.input_transformers_cleanup
        others = [
            each for each in transformers if not isinstance(getattr(each, "__self__", None), Parts)
        ]
        transformers[:] = [*others, made.transform]
    return made


def parts_needed(source: str) -> str:
    r"""Name the part that a cell belongs to.

    Parameters
    ----------
    source : str
        The cell.

    Returns
    -------
    str
        "" if it belongs to none.

    Examples
    --------
    >>> parts_needed('parts.needs("districts")\nprint(1)')
    'districts'
    """
    called = _CALL.match(source.partition("\n")[0])
    return called["part"] if called else ""

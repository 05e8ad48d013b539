"""What notebooks display: tables, paragraphs and lines, each with a plain text of its own."""

import re
from dataclasses import dataclass
from html import escape

import pandas as pd

from analysis.files import visible

#: What begins an element, a comment or an entity, where no backslash stands before it.
_HTML = re.compile(r"(?<!\\)(?:<(?=[A-Za-z/!?])|&(?=#?\w{1,32};))")


def _safe(value: object) -> str:
    """Write a cell as HTML in which nothing is hidden."""
    return escape(visible(str(value)))


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A table as it is displayed: HTML with caption and scopes, or plain text."""

    frame: pd.DataFrame
    numeric: tuple[bool, ...]
    caption: str
    note: str
    folded: bool = False

    def __repr__(self) -> str:
        body = self.frame.to_string(index=False)
        return f"{self.caption}\n{body}" + (f"\n{self.note}" if self.note else "")

    def _repr_html_(self) -> str:
        kinds = [' class="number"' if number else "" for number in self.numeric]
        heads = "".join(
            f'<th scope="col"{kind}>{_safe(name)}</th>'
            for name, kind in zip(self.frame.columns, kinds, strict=True)
        )
        rows = []
        for cells in self.frame.itertuples(index=False):
            first, *rest = (_safe(cell) for cell in cells)
            data = "".join(
                f"<td{kind}>{cell}</td>" for cell, kind in zip(rest, kinds[1:], strict=True)
            )
            rows.append(f'<tr><th scope="row">{first}</th>{data}</tr>')
        note = f'\n<p class="note">{_safe(self.note)}</p>' if self.note else ""
        body = "\n".join(rows)
        table = (
            f'<table class="estimates">\n<caption>{_safe(self.caption)}</caption>\n'
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>{note}"
        )
        if not self.folded:
            return table
        return f"<details><summary>{_safe(self.caption)}</summary>\n{table}\n</details>"


def literal(text: str) -> str:
    r"""Let Markdown show what HTML in a text would be, and not do it.

    Parameters
    ----------
    text : str
        Markdown, which holds names and wordings of a codebook.

    Returns
    -------
    str
        With a backslash before what begins an element, a comment or an entity.

    Examples
    --------
    >>> print(literal("<b>Bold</b> &amp; **strong**, p < 0.001"))
    \<b>Bold\</b> \&amp; **strong**, p < 0.001
    """
    return _HTML.sub(r"\\\g<0>", text)


@dataclass(frozen=True, kw_only=True)
class Prose:
    """Sentences made from numbers, displayed as Markdown."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return literal(visible(self.text))


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of plain text, displayed as it is."""

    text: str

    def __repr__(self) -> str:
        return self.text

"""How many replies the next survey needs, and what this one could see: a section of a notebook.

The notebook that it stands in has a room of its own; from here it takes `next_survey.tables` and
the other modules below by the name of this one.
"""

from analysis.chapters.next_survey import (
    assumed,
    invitations,
    lines,
    needs,
    notes,
    sentences,
    shown,
    tables,
    titles,
    written,
)

__all__ = [
    "assumed",
    "invitations",
    "lines",
    "needs",
    "notes",
    "sentences",
    "shown",
    "tables",
    "titles",
    "written",
]

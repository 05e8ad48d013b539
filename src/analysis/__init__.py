"""Analysis of a survey of how people contact the police, and how they would rather.

From the ground up; a room imports only rooms before it (docs/architecture.md):

- the library, which knows no survey: `numerics patterns groups weights proportions paired ordinal
  margins assumptions sensitivity planning`
- `exports`: the files of survey tools, read as text
- the survey: `survey` (codebook, bases), `cleaning`, `synthetic` (the generator)
- what may be shown: `privacy`; and `population` (weights), `themes` (open answers)
- how it is shown: `report` (tables, sentences, headlines), `figures`
- `chapters`, a room for each notebook; `validation`, simulation studies; `publish`, runs and pages
"""

from importlib import import_module
from types import ModuleType

#: Modules that can be imported from here by their names, besides the rooms.
_DOORS = {
    "bases": "survey.bases",
    "codebook": "survey.codebook",
    "exclusions": "survey.exclusions",
    "findings": "report.findings",
    "flags": "cleaning.flags",
    "simulate": "synthetic.simulation",
    "style": "figures.style",
}


def __getattr__(name: str) -> ModuleType:
    """Open a door: `from analysis import bases` is `analysis.survey.bases`."""
    if name in _DOORS:
        return import_module(f"analysis.{_DOORS[name]}")
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")

"""The widgets: what is chosen in them is shown below."""

import base64
from html import escape

import ipywidgets as widgets
from IPython.core.formatters import DisplayFormatter

from analysis import report, tables
from analysis.explore import choices
from analysis.explore.choices import EVERYBODY, NO_GROUPS, Choice
from analysis.explore.views import view
from analysis.figures import SavedFigure
from analysis.report import Prose, Shown
from analysis.survey import Survey
from analysis.tables import Book

#: Which menus close each other.
_EITHER = "Choose groups to compare, or one group as the base, not both; each closes the other."

_WEIGHTS = "With weights"

_WIDE = {"width": "100%", "max_width": "60em"}


def panel(survey: Survey) -> "Panel | Prose":
    """Make a panel to look around in a survey.

    Parameters
    ----------
    survey : Survey
        The survey, of everybody, with its responses written or held.

    Returns
    -------
    Panel or Prose
        To be displayed by a notebook; a sentence, if no question can be told of.

    Raises
    ------
    ValueError
        For a part of the people (`Survey.where`). Its tables, laid beside those of everybody, would
        tell of the few who are in one of them alone.
    """
    if survey.subset:
        raise ValueError(
            "the panel is about everybody; choose a group as its base in the place of `where`. "
            "Numbers of other parts of the people, beside everybody's, would tell of the few who "
            "are left out"
        )
    book = tables.gather(survey)
    if book.topline.empty:
        return report.prose("There is nothing to look at: few people answered each question.")
    return Panel(book, survey)


class Panel(widgets.VBox):
    """Widgets for a choice, and what it shows.

    `question`, `by`, `base`, `answer` and `weighted` may be set by code as well; `shown` is an
    Output widget, `choice` what is chosen.
    """

    def __init__(self, book: Book, survey: Survey) -> None:
        self._book, self._survey, self._settling = book, survey, False
        self.question = _menu("Question", choices.questions(book))
        self.by = _menu("Groups", [])
        self.base = _menu("Base", [])
        self.answer = _menu("Answer", [])
        self.weighted = widgets.Checkbox(description=_WEIGHTS, indent=False, layout=_WIDE)
        self.shown = widgets.Output()
        chosen = [self.question, self.by, self.base, self.answer, self.weighted]
        super().__init__([*chosen, widgets.Label(_EITHER), self.shown])
        self._ask()
        self.question.observe(self._ask, "value")
        for each in chosen[1:]:
            each.observe(self._show, "value")

    @property
    def choice(self) -> Choice:
        """What is chosen."""
        by = self.by.value
        return Choice(
            question=self.question.value,
            by=by,
            base=self.base.value,
            answer=self.answer.value if by != NO_GROUPS else "",
            weighted=self.weighted.value,
        )

    def _ask(self, change: object = None) -> None:
        """Offer what the data tables have of the question, and keep what was chosen if they do."""
        book, role = self._book, self.question.value
        self._settling = True
        names = choices.groupings(book, role)
        _offer(self.by, [("No groups", NO_GROUPS), *((each, each) for each in names)])
        bases = [(f"{group} ({by})", (by, group)) for by, group in choices.bases(book, role)]
        _offer(self.base, [("Everybody who answered", EVERYBODY), *bases])
        answers = choices.answers(book, role)
        usual = choices.usual_answer(book, self._survey, role)
        _offer(self.answer, [(each, each) for each in answers], usual)
        self._settling = False
        self._show()

    def _show(self, change: object = None) -> None:
        """Show the choice; groups and a base of one group close each other."""
        if self._settling:
            return
        choice = self.choice
        self.by.disabled = choice.base != EVERYBODY
        self.base.disabled = choice.by != NO_GROUPS
        self.answer.disabled = choice.by == NO_GROUPS
        why_not = choices.no_weights(self._book, choice)
        self.weighted.disabled = bool(why_not)
        self.weighted.description = f"With weights (not here: {why_not})" if why_not else _WEIGHTS
        self.shown.outputs = tuple(map(_output, view(self._book, self._survey, choice)))


def _output(each: Prose | SavedFigure | Shown) -> dict[str, object]:
    """Write what is shown as the output of a cell; a figure as HTML, which keeps its alternative.

    JupyterLab gives a picture none.
    """
    data, metadata = DisplayFormatter().format(each)
    if isinstance(each, SavedFigure):
        picture = base64.b64encode(each.png).decode("ascii")
        html = f'<img src="data:image/png;base64,{picture}" alt="{escape(each.alt)}" width="720">'
        data, metadata = {"text/html": html, "text/plain": repr(each)}, {}
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def _menu(name: str, options: list) -> widgets.Dropdown:
    return widgets.Dropdown(description=name, options=options, layout=_WIDE)


def _offer(menu: widgets.Dropdown, options: list[tuple[str, object]], usual: object = None) -> None:
    """Offer other options; what was chosen stays if it is among them, else the usual one is."""
    values = [value for _, value in options]
    kept = menu.value if menu.value in values else usual
    menu.options = options
    menu.value = kept if kept in values else values[0]

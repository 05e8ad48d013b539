"""The room of notebook 09: whether other reasonable choices would change the answers.

Other choices are in `tables`, `sentences`, `titles` and `headlines`; how strong selection would
have to be in the modules `selection...`. Each function below is in the module that the import
names.
"""

from analysis.chapters.robustness.headlines import headline_rows
from analysis.chapters.robustness.needs import left_out
from analysis.chapters.robustness.selection import gather
from analysis.chapters.robustness.selection_benchmark import measured, strongest
from analysis.chapters.robustness.selection_sentences import (
    bounds_sentence,
    e_value_texts,
    selection_texts,
)
from analysis.chapters.robustness.selection_tables import (
    NAMES,
    association_table,
    bounds_table,
    curve_table,
    tipping_table,
    weights_table,
)
from analysis.chapters.robustness.selection_titles import (
    BOUNDS_NOTE,
    E_VALUE_NOTE,
    NOTE,
    curve_words,
    drawn,
)
from analysis.chapters.robustness.sentences import again_sentence, answer_texts, short_texts
from analysis.chapters.robustness.tables import (
    VERDICTS,
    curve_tests,
    drawn_curves,
    movers,
    not_tried,
    tried,
    verdicts,
)
from analysis.chapters.robustness.titles import curves_title

__all__ = [
    "BOUNDS_NOTE",
    "E_VALUE_NOTE",
    "NAMES",
    "NOTE",
    "VERDICTS",
    "again_sentence",
    "answer_texts",
    "association_table",
    "bounds_sentence",
    "bounds_table",
    "curve_table",
    "curve_tests",
    "curve_words",
    "curves_title",
    "drawn",
    "drawn_curves",
    "e_value_texts",
    "gather",
    "headline_rows",
    "left_out",
    "measured",
    "movers",
    "not_tried",
    "selection_texts",
    "short_texts",
    "strongest",
    "tipping_table",
    "tried",
    "verdicts",
    "weights_table",
]

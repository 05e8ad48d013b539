"""The convention that every function of people's rows takes `frequency`, written down once."""

import inspect
from importlib import import_module

from analysis import patterns

ROOMS = ["groups", "weights", "proportions", "paired", "ordinal", "margins", "assumptions"]

#: Functions whose frame is a table of counts, which says itself how many people there are.
OF_TABLES = {"stuart_maxwell", "bhapkar", "bowker", "kappa", "quasi_symmetry", "exchanged"}


def _functions():
    for room in ROOMS:
        front = import_module(f"analysis.{room}")
        for name in front.__all__:
            if inspect.isfunction(getattr(front, name)):
                yield f"{room}.{name}", getattr(front, name)


def _takes_rows(function):
    given = [str(each.annotation) for each in inspect.signature(function).parameters.values()]
    return any("Series" in each or "DataFrame" in each for each in given)


def test_every_function_of_rows_takes_a_frequency_and_documents_it():
    found = {name: each for name, each in _functions() if _takes_rows(each)}
    of_rows = {name: each for name, each in found.items() if name.split(".")[1] not in OF_TABLES}
    assert len(of_rows) > 25
    without = [name for name, each in of_rows.items()
               if "frequency" not in inspect.signature(each).parameters]  # fmt: skip
    assert without == []
    for name, each in of_rows.items():
        kind = inspect.signature(each).parameters["frequency"].kind
        assert kind is inspect.Parameter.KEYWORD_ONLY, name
        said = inspect.getdoc(each).split("Returns\n")[0]
        assert "frequency" in said, name


def test_the_convention_is_written_down_in_the_front_of_the_room():
    said = " ".join(patterns.__doc__.split())
    assert "how many people each row stands for, 1 without it" in said
    assert "A row with 0 is not there" in said

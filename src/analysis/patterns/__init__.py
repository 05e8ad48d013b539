"""People counted by their answers: a row a distinct combination, and how many people have it.

A survey of many people has few distinct rows. Every function of the library that takes a row a
person therefore takes `frequency` as well: how many people each row stands for, 1 without it. It
is a Series with the index of the rows (an array beside an array); where a function takes a frame
and names of columns it is the name of a column. A row with 0 is not there. Numbers are the same
to the last digit as from a row a person, in whatever order: sums are taken over the distinct rows
(`distinct`), each times its people, in one order, and so are those of a row a person. So
with `found = patterns.count(responses, ["used", "preferred"])` the shifts are
`paired.shifts(found.frame["used"], found.frame["preferred"], frequency=found.people)`, and a
model is fitted to `found.frame.assign(people=found.people)` with `frequency="people"`. Each
function below is in the module that the import names.
"""

from analysis.patterns._counting import Patterns, count, merge
from analysis.patterns._distinct import Distinct, distinct
from analysis.patterns._frequencies import named_people, people_of, with_people

__all__ = [
    "Distinct",
    "Patterns",
    "count",
    "distinct",
    "merge",
    "named_people",
    "people_of",
    "with_people",
]

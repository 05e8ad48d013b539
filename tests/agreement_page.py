"""Published examples beside this project: `python tests/agreement_page.py`.

Writes docs/agreement.md from the examples in `published/`; `published/test_published.py` holds the
page to them.
"""

from functools import cache

from published import (
    answer_examples,
    group_examples,
    paired_examples,
    share_examples,
    square_examples,
    wine_examples,
)
from published.comparison import (
    KEPT,
    PRINTED,
    RECALLED,
    Example,
    Figure,
    agreeing,
    shown,
    significant,
)

from analysis import files, paths

#: Where the page stands.
PAGE = paths.DOCS / "agreement.md"

#: What is said of each kind of source.
KINDS = {
    PRINTED: "printed in documentation, an article or a book, and seen there",
    KEPT: "kept as expected output in the tests of another package, and seen there",
    RECALLED: "printed in a manual or a book that was not at hand when this page was made",
}


@cache
def examples() -> tuple[Example, ...]:
    """Return all examples whose data are here, by room."""
    modules = (wine_examples, answer_examples, group_examples, square_examples)
    modules += (paired_examples, share_examples)
    found = [example for module in modules for example in module.examples()]
    rooms = ("ordinal", "assumptions", "margins", "groups", "paired", "proportions", "weights")
    rooms += ("numerics",)
    return tuple(
        sorted(found, key=lambda each: (rooms.index(each.room), list(KINDS).index(each.kind)))
    )


def page() -> str:
    """Return the text of the page."""
    found = examples()
    rows = "".join(_row(number, example) for number, example in enumerate(found, start=1))
    details = "".join(_detail(number, example) for number, example in enumerate(found, start=1))
    return f"{_top(found)}{rows}\n{_elsewhere()}\n## Every figure\n{details}"


def _top(found: tuple[Example, ...]) -> str:
    kinds = {kind: [each for each in found if each.kind == kind] for kind in KINDS}
    compared = [figure for each in found for figure in each.figures]
    short = [figure for figure in compared if figure.reason]
    sets = len({each.name.partition(":")[0] for each in kinds[PRINTED]})
    whole = len(compared) - len(short)
    printed = [figure for each in kinds[PRINTED] for figure in each.figures]
    same = sum(not figure.reason for figure in printed)
    told = "\n".join(
        f"- **{kind}**: {words}; {len(kinds[kind])} examples, "
        f"{sum(len(each.figures) for each in kinds[kind])} figures."
        for kind, words in KINDS.items()
    )
    return f"""# Published examples

Made by `python tests/agreement_page.py`; do not edit. Here are
**{len(kinds[PRINTED])} published examples** from {sets} sets of data: analyses whose data and
results somebody else printed. Of their {len(printed)} figures the library gives **{same} in every
printed digit**; of each of the other {len(printed) - same} it is said below how many digits agree,
and why no more do. The data are typed in from printed tables and public data
(`tests/published/tables.py`). Where a value was seen:

{told}

Only the first kind counts as published. Of all {len(compared)} figures {whole} agree in every digit
that is printed; of the other {len(short)} the last column below says why not. A digit agrees if
ours lies within half a unit of it. `tests/published/test_published.py` fails if a digit is lost or
the page is not what the code gives. What R gives where this project is made is no published
number: that is in `tests/golden/`.

## Examples

| | room | example | source | seen | figures | digits printed | digits that agree |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


def _span(numbers: list[int]) -> str:
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low} to {high}"


def _row(number: int, example: Example) -> str:
    printed = [significant(figure.printed) for figure in example.figures]
    agree = [agreeing(figure.printed, figure.ours) for figure in example.figures]
    reasons = list(dict.fromkeys(figure.reason for figure in example.figures if figure.reason))
    short = sum(bool(figure.reason) for figure in example.figures)
    said = "all" if not short else f"all but in {short}: {'; '.join(reasons)}"
    return (
        f"| {number} | `{example.room}` | {example.name} | {example.source} | {example.kind} "
        f"| {len(example.figures)} | {_span(printed)} | {said} ({_span(agree)}) |\n"
    )


def _elsewhere() -> str:
    return """Two more are compared where their data are: `ologit` of Stata's Base Reference Manual
(`fullauto`, 66 cars) and `meologit` of its Multilevel Mixed-Effects Reference Manual (`tvsfpors`,
1,600 pupils of 28 schools). The data are Stata's and not carried; where this page was made they
were not at hand, so neither has been compared yet. `tests/published/file_examples.py` says where
to put them.
"""


def _detail(number: int, example: Example) -> str:
    note = f"\n{example.note}\n" if example.note else ""
    rows = "".join(_figure(figure) for figure in example.figures)
    return f"""
### {number}. {example.name}

{example.source} ({example.kind}).
{note}
| compared | published | ours | digits that agree |
| --- | --- | --- | --- |
{rows}"""


def _figure(figure: Figure) -> str:
    count, agree = significant(figure.printed), agreeing(figure.printed, figure.ours)
    said = f"{agree}" if agree == count else f"{agree} of {count}"
    name = figure.what.replace("|", "\\|")
    return f"| {name} | {figure.printed} | {shown(figure.printed, figure.ours)} | {said} |\n"


def main() -> None:
    """Write the page."""
    files.replace_text(PAGE, page())
    print(PAGE.relative_to(paths.ROOT))


if __name__ == "__main__":
    main()

"""What can be said of the committed notebooks without running them."""

import ast
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from analysis import paths, report, survey
from analysis.publish import plan, runs

LINES, CELLS = 15, 30

#: The most lines of code up to and with the answer.
TO_THE_ANSWER = 20


def notebook_problems(stem: str, notebook: nbformat.NotebookNode) -> list[str]:
    """List how a notebook differs from one that was run in order and reads well."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    problems = []
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        problems.append("was not run from top to bottom")
    title = notebook.cells[0].source.splitlines()[0]
    if not (title.startswith("# ") and title.endswith("?")):
        problems.append(f"title {title!r} is no question")
    if len(notebook.cells) > CELLS:
        problems.append(f"has {len(notebook.cells)} cells")
    problems += part_problems(code)
    if notebook.cells[-1].cell_type != "markdown" or "](" not in notebook.cells[-1].source:
        problems.append("does not end in a link")
    for number, cell in enumerate(code, 1):
        problems += [f"cell {number} {problem}" for problem in _cell_problems(cell)]
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target and not (paths.NOTEBOOKS / target).exists():
            problems.append(f"links to {target}, which is not there")
    if not any("text/markdown" in _kinds(cell) for cell in code[:4]):
        problems.append("has no answer among its first outputs")
    lines = _lines_to_the_answer(code)
    if lines > TO_THE_ANSWER:
        problems.append(f"has {lines} lines of code up to the answer")
    return [f"{stem}: {problem}" for problem in problems]


def part_problems(code: list) -> list[str]:
    """List names that a cell uses and that are missing where another part is left out.

    A cell without part, or of another part, may use only what cells without part define. Cells
    without part define their names in every run.
    """
    made: dict[str, set[str]] = {}
    problems = []
    for number, cell in enumerate(code, 1):
        part = report.parts_needed(cell.source)
        nodes = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name)]
        stored = {node.id for node in nodes if isinstance(node.ctx, ast.Store)}
        used = {node.id for node in nodes if isinstance(node.ctx, ast.Load)} - stored
        for name in sorted(used & set(made)):
            if not made[name] & {"", part}:
                owner = sorted(made[name])[0]
                problems.append(f"cell {number} uses {name} of the part {owner!r}")
        for name in stored:
            made.setdefault(name, set()).add(part)
    return problems


def _lines_to_the_answer(code: list) -> int:
    """Count the lines of code, imports and all, through the cell that shows the answer."""
    lines = 0
    for cell in code:
        written = (line.strip() for line in cell.source.splitlines())
        lines += sum(bool(line) and not line.startswith("#") for line in written)
        if "report.answer(" in cell.source:
            break
    return lines


def _kinds(cell) -> set[str]:
    return {kind for output in cell.outputs for kind in output.get("data", {})}


def _cell_problems(cell) -> list[str]:
    tree, problems = ast.parse(cell.source), []
    forbidden = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While)
    problems += [
        f"holds a {type(node).__name__}" for node in ast.walk(tree) if isinstance(node, forbidden)
    ]
    imports = all(isinstance(node, ast.Import | ast.ImportFrom) for node in tree.body)
    if len(cell.source.splitlines()) > LINES and not imports:
        problems.append(f"has {len(cell.source.splitlines())} lines")
    if re.search(r"^\s*[!%]", cell.source, re.M) or not cell.source.strip():
        problems.append("is empty or uses magic")
    if re.search(r"^shown = report\.prose\(", cell.source, re.M):
        problems.append("makes a fallback by hand; pass `otherwise`")
    shows = isinstance(tree.body[-1], ast.Expr)
    if shows and not cell.outputs:
        problems.append("ends in an expression but has no output; run it")
    for output in cell.outputs:
        if output.output_type == "error" or output.get("name") == "stderr":
            problems.append("has an error or something on stderr")
        if "image/png" in output.get("data", {}):
            alt = output.metadata.get("image/png", {}).get("alt", "")
            if not 100 <= len(alt) <= 600 or re.search(r"\babove\b.*table|table.*\babove\b", alt):
                problems.append(f"has an image with the text alternative {alt!r}")
    return problems


def _read(path):
    return nbformat.read(path, as_version=4)


@pytest.mark.parametrize("path", runs.notebook_paths(), ids=lambda path: path.stem)
def test_a_committed_notebook_was_run_in_order_and_reads_well(path):
    assert notebook_problems(path.stem, _read(path)) == []


def test_every_image_has_a_text_alternative_of_its_own():
    alts = [
        output.metadata["image/png"]["alt"]
        for path in runs.notebook_paths()
        for cell in _read(path).cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert len(alts) >= 3
    assert len(set(alts)) == len(alts)


def test_a_cleared_output_is_noticed():
    notebook = _read(runs.notebook_paths()[1])
    shown = [cell for cell in notebook.cells if cell.get("outputs")]
    shown[3].outputs = []
    assert any("has no output; run it" in each for each in notebook_problems("x", notebook))


def test_a_cleared_execution_count_is_noticed():
    notebook = _read(runs.notebook_paths()[0])
    next(cell for cell in notebook.cells if cell.cell_type == "code").execution_count = None
    assert any("not run from top to bottom" in each for each in notebook_problems("x", notebook))


def test_a_long_way_to_the_answer_and_a_fallback_by_hand_are_noticed():
    notebook = _read(runs.notebook_paths()[2])
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    code[1].source += "\nx = 1" * TO_THE_ANSWER
    code[5].source = f'shown = report.prose("There is none.")\n{code[5].source}'
    said = notebook_problems("x", notebook)
    assert any("lines of code up to the answer" in each for each in said)
    assert any("makes a fallback by hand" in each for each in said)


def test_a_function_in_a_notebook_is_noticed():
    notebook = _read(runs.notebook_paths()[0])
    notebook.cells[1].source += "\n\n\ndef helper():\n    return 1"
    assert any("holds a FunctionDef" in each for each in notebook_problems("x", notebook))


def test_no_district_channel_or_answer_is_named_in_code():
    named = set()
    for name in survey.survey_names():
        for question in survey.load(name).codebook.questions:
            if question.role in ("used", "preferred", "district"):
                named |= {label for label in question.labels.values() if label != "Other"}
    code = [path.read_text("utf-8") for path in (paths.ROOT / "src").rglob("*.py")]
    for path in runs.notebook_paths():
        code += [cell.source for cell in _read(path).cells if cell.cell_type == "code"]
    docstring = re.compile(r'""".*?"""', re.S)
    for text in code:
        plain = docstring.sub("", text)
        assert not [label for label in named if re.search(rf"[\"']{re.escape(label)}\b", plain)]


def test_a_cell_that_uses_what_another_part_makes_is_found():
    cells = [
        new_code_cell("rows = 1"),
        new_code_cell('parts.needs("wards")\nshares = rows'),
        new_code_cell('parts.needs("channels")\nprint(shares)'),
    ]
    assert part_problems(cells) == ["cell 3 uses shares of the part 'wards'"]


def test_what_every_cell_makes_may_be_used_in_a_part():
    cells = [new_code_cell("rows = 1"), new_code_cell('parts.needs("wards")\nprint(rows)')]
    assert part_problems(cells) == []


@pytest.mark.parametrize("stem", sorted(plan.NEEDS))
def test_nothing_of_the_default_survey_is_left_out(stem):
    assert plan.left_out(stem, survey.load("herts_2023")) == {}

"""A quantity that stands in several places is the same number in all of them."""

import json
import re

import pytest

from analysis import paths, primary, survey
from analysis.primary.district_sentences import verdict_short, verdict_texts
from analysis.report import IN_SHORT, findings
from analysis.report import p_text as p_written

STEMS = [path.stem for path in sorted(paths.NOTEBOOKS.glob("0*.ipynb"))]


def _texts(stem: str) -> list[str]:
    """Return what a committed notebook shows, an output each."""
    notebook = json.loads((paths.NOTEBOOKS / f"{stem}.ipynb").read_text("utf-8"))
    outputs = [each for cell in notebook["cells"] for each in cell.get("outputs", [])]
    data = [each.get("data", {}) for each in outputs]
    return ["".join(each.get("text/markdown") or each.get("text/plain", "")) for each in data]


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def plan(herts):
    return primary.primary(herts, herts.responses())


@pytest.fixture(scope="module")
def verdict(herts, plan):
    return primary.district_verdict(herts, plan)


def test_the_verdict_on_districts_is_the_same_in_both_notebooks_and_the_readme(herts, verdict):
    said = " ".join(verdict_texts(herts.words, verdict))
    assert any(said in text for text in _texts("04_satisfaction"))
    assert any(said in text for text in _texts("08_district_profiles"))
    first = " ".join(verdict_texts(herts.words, verdict)[:2])
    told = findings.read_findings(herts).set_index("finding")["sentence"]
    assert told["districts"] == first
    assert f"- {first}\n" in (paths.ROOT / "README.md").read_text("utf-8")
    assert any(verdict_short(herts.words, verdict) in text for text in _texts(STEMS[7]))


def test_districts_have_the_same_share_in_both_notebooks(verdict):
    table = next(text for text in _texts("04_satisfaction") if "Among lowest" in text)
    for row in verdict.shares.rows.itertuples():
        line = next(each for each in table.splitlines() if each.strip().startswith(row.level))
        assert f" {row.estimate:.0%} " in line
    eight = [text for text in _texts("08_district_profiles") if " beside everybody" in text]
    told = 0
    for row in verdict.shares.rows.itertuples():
        mine = [text for text in eight if text.startswith(f"{row.level} beside everybody")]
        lines = [each for text in mine for each in text.splitlines() if "experience" in each]
        span = rf" {row.estimate:.0%} +{row.conf_low:.0%} to {row.conf_high:.0%} "
        assert all(re.search(span, each) for each in lines)
        told += len(lines)
    assert told >= len(verdict.shares.rows) - 1  # who has no place on the map has no profile


@pytest.mark.parametrize(
    ("stem", "term", "before"),
    [
        ("03_preferred_vs_used", "shift", "all at once (primary comparison): Holm-adjusted "),
        ("04_satisfaction", "channels", "differs between channels (Holm-adjusted "),
        ("04_satisfaction", "districts", "by more than chance explains (Holm-adjusted "),
        ("04_satisfaction", "got", "is the primary comparison: Holm-adjusted "),
        ("08_district_profiles", "districts", "by more than chance explains (Holm-adjusted "),
    ],
)
def test_a_primary_comparison_has_one_adjusted_p_value(plan, stem, term, before):
    p_value = p_written(plan.p_adjusted(term))
    told = [text for text in _texts(stem) if before in text]
    assert told
    assert all(f"{before}{p_value}" in text for text in told)


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?%", text))


@pytest.mark.parametrize("stem", STEMS)
def test_every_share_of_a_short_answer_stands_in_the_notebook_too(stem):
    answer, *others = [text for text in _texts(stem) if text][1:]
    short = next(text for text in [answer, *others] if text.startswith(IN_SHORT))
    plain = short.partition("\n\n")[0]
    rest = " ".join([short.partition("\n\n")[2], *(each for each in others if each != short)])
    shown = {float(each[:-1]) for each in _numbers(rest)}
    sums = {round(a + b) for a in shown for b in shown}
    for each in _numbers(plain):
        share = float(each[:-1])
        near = any(abs(share - other) <= 0.51 for other in shown)
        assert near or ("answered" in plain and share in sums), (each, plain)


def test_headlines_with_weights_are_those_of_their_columns(herts):
    rows = findings.read_findings(herts).dropna(subset=["weighted"])
    assert {"same_answer", "largest_shift", "satisfied", "got_preferred"} <= set(rows["finding"])
    for row in rows.itertuples():
        wanted = (
            f"{100 * row.weighted:.0f}%" if row.unit == "share" else f"{100 * row.weighted:+.1f}"
        )
        assert f"weighted {wanted}" in row.sentence or f"{wanted} (" in row.sentence
        assert f"{int(row.n_weighted):,} people" in row.sentence

"""The population of a survey: its table, and who is weighted to it."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import variants

from analysis import cleaning, paths, population, survey
from analysis.errors import SurveyError
from analysis.population import read_population
from analysis.publish import checking

TABLE = """
[population]
file = "counts.csv"
count = "adults"
label = "grown-ups"
source = "a test"
margins = [["connection"], ["contacted"]]
"""
PLACE = ("[file]", f"{TABLE}\n[file]")


def _demo(demo, text, *changes):
    folder = paths.RAW / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    if text is not None:
        (folder / "counts.csv").write_text(text, encoding="utf-8")
    return demo(None, PLACE, *changes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "counts.csv of demo is not in data/raw/demo"),
        ("", "counts.csv of demo is empty; give a header"),
        (" \n\n", "counts.csv of demo is empty; give a header"),
        ("connection,contacted,adults\n", "counts.csv of demo is empty; give a header"),
        ("connection,adults\nlives,5\n", "has no column contacted"),
        ("connection;contacted;adults\nlives;yes;5\n", "columns are separated by commas"),
        ("connection,contacted,adults\nlives,yes,1,234\n", "row 2 has not 3 cells"),
        ("connection,contacted,contacted\nlives,yes,no\n", "two columns have the same name"),
        ('connection,contacted,adults\nlives,yes,"5\n', "is no CSV"),
        ("connection,contacted,adults\nlives,yes,\n", r"adults \[''\]; counts are numbers"),
        ("connection,contacted,adults\nlives,yes,0\n", "adults is 0 in every row"),
        ("connection,contacted,adults\nmoon,yes,5\n", r"connection \['moon'\] is not in the"),
        ("connection,contacted,adults\nlives,yes,-5\n", r"adults \['-5'\]; counts are numbers"),
        ("connection,contacted,adults\nlives,yes,x\n", r"adults \['x'\]; counts are numbers"),
        ("connection,contacted,adults\nlives,yes,inf\n", r"adults \['inf'\]; counts are numbers"),
        (
            "connection,contacted,adults\nlives,yes,5\nlives,yes,6\n",
            "the row of lives, yes stands twice",
        ),
        ("connection,contacted,adults\nlives,yes,5\n", r"contacted \['no'\] has no people, so"),
        (
            "connection,contacted,adults\nlives,yes,5\nlives,no,0\n",
            r"contacted \['no'\] has no people, so nobody who answers that could have a weight",
        ),
        (
            "connection,contacted,adults\nlives,yes,5\nneither,no,6\n",
            r"connection \['neither'\] has people, and the codebook puts who answers that",
        ),
    ],
)
def test_a_wrong_table_is_refused_in_words(demo, text, said):
    with pytest.raises(SurveyError, match=said):
        read_population(_demo(demo, text))


def test_everything_wrong_with_a_table_is_said_at_once(demo):
    text = "connection,contacted,adults\nmoon,maybe,x\nlives,yes,5\nlives,yes,-6\n"
    with pytest.raises(SurveyError) as error:
        read_population(_demo(demo, text))
    for said in (
        "connection ['moon']",
        "contacted ['maybe']",
        "adults ['x', '-6']",
        "stands twice",
    ):
        assert said in str(error.value)


def test_a_table_in_another_encoding_is_refused_and_a_mark_or_spaces_are_not(demo):
    made = _demo(demo, None)
    path = paths.RAW / "demo" / "counts.csv"
    path.write_bytes("connection,contacted,adults\nlives,yes,5\n# caf\u00e9,,\n".encode("cp1252"))
    with pytest.raises(SurveyError, match=r"not in UTF-8 \(byte 45\)"):
        read_population(made)
    path.write_text(
        "\ufeffconnection, contacted ,adults\r\n lives,yes, 5\r\nlives,no,6\r\n", encoding="utf-8"
    )
    assert read_population(made)["people"].tolist() == [5.0, 6.0]


OUTSIDE = ('source = "a test"', 'source = "a test"\noutside = { contacted = ["no"] }')
CROSSED = ('[["connection"], ["contacted"]]', '[["connection", "contacted"]]')


def test_an_answer_that_the_codebook_puts_outside_needs_no_people(demo):
    made = _demo(demo, "connection,contacted,adults\nlives,yes,5\n", OUTSIDE)
    assert read_population(made)["people"].tolist() == [5]
    both = _demo(demo, "connection,contacted,adults\nlives,yes,5\nlives,no,5\n", OUTSIDE)
    with pytest.raises(SurveyError, match=r"contacted \['no'\] has people, and"):
        read_population(both)


def test_two_answers_that_a_margin_crosses_need_a_row(demo):
    text = "connection,contacted,adults\nlives,yes,5\n{},no,5\n"
    known = ('no_connection = ["neither"]', "no_connection = []")
    made = _demo(demo, text.format("neither"), CROSSED, known)
    with pytest.raises(SurveyError, match="has no row for Lives, No; Neither, Yes; add the"):
        read_population(made)
    assert len(read_population(_demo(demo, text.format("lives"), CROSSED))) == 2


def test_the_check_of_an_export_refuses_a_population_without_an_answer(demo):
    rows = ["03/10/2023 10:00:00,03/10/2023 10:02:00,Lives,No,,Website,Fine"]
    made = _demo(demo, "connection,contacted,adults\nlives,yes,5\n")
    with pytest.raises(SurveyError, match=r"contacted \['no'\] has no people"):
        checking.check(demo(rows, PLACE))
    assert made.can_weigh


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ('source = "a test"', 'source = "a test"\noutside = { used = ["web"] }'),
            "outside 'used'; that is no role of a margin",
        ),
        (
            ('source = "a test"', 'source = "a test"\noutside = { contacted = ["x"] }'),
            r"outside has \['x'\]; not answers of 'contacted'",
        ),
        (('margins = [["connection"]', 'margins = [["moon"]'), "margin 'moon' is no question"),
        (('["contacted"]]', '["connection"]]'), "role 'connection' stands 2 times"),
        (('[["connection"], ["contacted"]]', "[]"), "margins are lists of one role, or of two"),
        (('[["connection"], ["contacted"]]', '"connection"'), "margins = 'connection' is not list"),
        (('[["connection"], ["contacted"]]', "[[1]]"), "write lists of roles"),
        (
            ('source = "a test"', 'source = "a test"\namong = { role = "x", answers = ["y"] }'),
            "no question has that role",
        ),
        (
            (
                'source = "a test"',
                'source = "a test"\namong = { role = "contacted", answers = ["y"] }',
            ),
            r"among has \['y'\]; not answers of 'contacted'",
        ),
        (('source = "a test"', 'source = "a test"\nlargest_weight = 0.5'), "largest_weight 0.5"),
        (('label = "Lives" }', 'label = "Lives", tile = [1] }'), r"tile = \[1\]; write \[row"),
    ],
)
def test_a_contradiction_in_the_codebook_is_refused(demo, change, said):
    with pytest.raises(SurveyError, match=said):
        _demo(demo, "", change)


def test_without_weights_and_population_nobody_is_weighed(demo):
    made = demo()
    assert not made.can_weigh
    assert population.weigh(made, pd.DataFrame({"raw_row": [1]})) is None


@pytest.fixture(scope="module")
def herts():
    return survey.load("herts_2023")


@pytest.fixture(scope="module")
def weighing(herts):
    return population.weigh(herts, herts.responses())


def test_people_who_only_work_in_the_county_have_no_weight(herts, weighing):
    people = herts.responses()
    weighed = weighing.people(people)
    labels = herts.codebook.question("connection").labels
    assert set(weighed["connection"].dropna().unique()) == {labels["lives"], labels["both"]}
    weighing.ledger.reconcile(len(weighed))
    assert weighing.ledger.rows_in == len(people)


def test_people_none_of_whom_belong_to_the_population_have_no_weights(herts):
    responses = herts.responses()
    works = herts.codebook.question("connection").labels["works"]
    assert population.weigh(herts, responses[responses["connection"] == works]) is None


def test_a_district_nobody_answered_from_leaves_no_weights_and_is_named(herts):
    coded = herts.coded_responses()
    rest = herts.holding(coded[coded["district"] != "watford"])
    assert population.weigh(rest, rest.responses()) is None
    said = "nobody answered from Watford (district), for whom no weight can stand"
    assert population.no_weights(rest) == said
    assert population.no_weights(herts) == ""


def test_crossed_categories_of_few_people_leave_the_second_characteristic(tmp_path, monkeypatch):
    variants.write_variant("herts_2023", tmp_path, "made", without=["district"])
    monkeypatch.setattr(paths, "RAW", tmp_path)
    made = survey.load("made")
    coded = cleaning.clean(made.read_raw(), made.codebook).responses
    men = coded["sex"] == "male"
    few = made.holding(pd.concat([coded[~men], coded[men].head(9)]).sort_index())
    found = population.weigh(few, few.responses())
    assert set(found.full.categories["age by sex"]) == {"Female", "Male", "Not told"}


def test_people_from_a_place_outside_have_no_weight_and_the_ledger_says_so(herts):
    people = herts.responses().head(400)
    outside = herts.codebook.question("district").labels["outside"]
    elsewhere = people.assign(district=people["district"].where(people.index != 3, outside))
    elsewhere["connection"] = people["connection"].where(
        people.index != 3, herts.codebook.question("connection").labels["lives"]
    )
    found = population.weigh(herts, elsewhere)
    assert 3 not in found.weights.weights.index
    assert [step.step for step in found.ledger.steps][-1] == "district_outside"


def test_who_did_not_tell_keeps_their_share(herts, weighing):
    people = weighing.people(herts.responses())
    silent = people["district"].isna()
    share = weighing.weights.weights[silent].sum() / weighing.weights.weights.sum()
    assert share == pytest.approx(silent.mean())


def test_who_told_meets_the_shares_of_the_census(herts, weighing):
    people = weighing.people(herts.responses())
    counts = read_population(herts)
    mine = weighing.weights.weights.groupby(people["district"], observed=True).sum()
    county = counts.groupby("district", observed=True)["people"].sum()
    assert (mine / mine.sum())[county.index[county > 0]].to_numpy() == pytest.approx(
        (county / county.sum())[county > 0].to_numpy(), rel=1e-8
    )


def test_weights_above_the_codebooks_limit_are_cut(demo):
    rows = [
        f"03/10/2023 1{n % 10}:{n:02d}:00,03/10/2023 1{n % 10}:{n:02d}:50,Lives,"
        f"{'Yes' if n < 56 else 'No'},By telephone;,Website,Fine {n}"
        for n in range(60)
    ]
    folder = paths.RAW / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    text = "connection,contacted,adults\nlives,yes,50\nlives,no,50\n"
    (folder / "counts.csv").write_text(text, encoding="utf-8")
    own = ('source = "a test"', 'source = "a test"\nlargest_weight = 3')
    made = demo(rows, PLACE, own)
    cleaned = cleaning.clean(made.read_raw(), made.codebook)
    cleaned_people = pd.DataFrame(
        {
            "raw_row": cleaned.responses["raw_row"].astype(int),
            "connection": "Lives",
            "contacted": cleaned.responses["contacted"].map({"yes": "Yes", "no": "No"}),
        }
    )
    for name in ("connection", "contacted"):
        labels = list(made.codebook.question(name).labels.values())
        cleaned_people[name] = pd.Categorical(cleaned_people[name], categories=labels)
    found = population.weigh(made, cleaned_people)
    assert found.full.largest > 3
    assert found.weights.largest == pytest.approx(3)


def test_the_table_is_the_census_table_it_says_it_is(herts):
    if paths.RAW_ELSEWHERE is None:
        pytest.skip("ANALYSIS_RAW names no folder")
    path = Path(paths.RAW_ELSEWHERE).parent / "reference" / "census2021_herts_adult16_bands.csv"
    if not path.is_file():
        pytest.skip("the Census file is not here")
    census = pd.read_csv(path)
    census["age"] = census["age_band"].replace({"85+": "85 and over"})
    known = census.groupby(["lad_name", "age", "sex"])["usual_residents"].sum()
    mine = read_population(herts).set_index(["district", "age", "sex"])["people"]
    assert len(mine) == len(known) == 160
    assert np.array_equal(mine.to_numpy(), known.loc[list(mine.index)].to_numpy())

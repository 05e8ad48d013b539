import json

import matplotlib.image
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis import cleaning, figures, files, report, survey
from analysis.figures import style
from analysis.privacy import HIDDEN_NUMBER
from analysis.publish import datapackage

SHARES = pd.DataFrame(
    {"channel": ["a", "b"], "share_used": [0.6, 0.0], "share_preferred": [0.4, 0.3]}
)
LEVELS = pd.DataFrame(
    {"level": ["a", "b"], "estimate": [0.6, 0.2], "conf_low": [0.5, 0.1],
     "conf_high": [0.7, 0.4], "n": [30, 12]}
)  # fmt: skip


def _dumbbell():
    return figures.dumbbell(
        SHARES,
        {"share_used": "U", "share_preferred": "P"},
        title="A finding",
        subtitle="n = 10",
    )


def _saved(made, name="03_x"):
    return figures.save(_dumbbell(), made, name, numbers=SHARES, alt="Two rows of two dots.")


def test_a_saved_figure_has_picture_vector_and_numbers(demo):
    made = demo()
    _saved(made)
    assert {path.suffix for path in made.figures.iterdir()} == {".png", ".svg", ".csv"}
    assert matplotlib.image.imread(made.figures / "03_x.png").shape[1] == 1600


def test_the_same_figure_is_the_same_bytes(demo):
    made = demo()
    for name in ("one", "two"):
        _saved(made, name)
    for kind in ("png", "svg"):
        one, two = ((made.figures / f"{name}.{kind}").read_bytes() for name in ("one", "two"))
        assert one == two


def test_the_text_alternative_goes_with_the_picture(demo):
    shown = _saved(demo())
    data, metadata = shown._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == "Two rows of two dots. Synthetic data."
    assert data["text/plain"] == "Figure: Two rows of two dots. Synthetic data."


def test_a_figure_has_a_text_alternative_of_its_own(demo):
    shown = figures.save(_dumbbell(), demo(), "03_x", numbers=SHARES)
    assert shown.alt == (
        "A finding. Two dots for each of 2 rows, U and P; across: share of people. n = 10. "
        "Synthetic data."
    )


def test_a_figure_without_a_text_alternative_is_refused(demo):
    with pytest.raises(ValueError, match="'03_x' has no text alternative"):
        figures.save(Figure(), demo(), "03_x", numbers=SHARES, alt=" ")


@pytest.mark.parametrize(("synthetic", "mark"), [("true", "Synthetic data"), ("false", "Source: ")])
def test_a_synthetic_survey_is_named_on_the_figure(demo, synthetic, mark):
    figure = _dumbbell()
    made = demo(None, ("synthetic = true", f"synthetic = {synthetic}"))
    figures.save(figure, made, "03_x", numbers=SHARES, alt="Dots.")
    assert any(text.get_text().startswith(mark) for text in figure.texts)


def test_intervals_name_the_base_of_every_row():
    figure = figures.intervals(
        LEVELS, title="t", subtitle="s", overall=0.5, overall_label="Everybody"
    )
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["a (n\u00a0=\u00a030)", "b (n\u00a0=\u00a012)"]


def test_no_word_of_a_figure_is_cut_however_long_a_label_is():
    long = "A channel with an uncommonly long name, longer than any that the codebook has"
    figure = figures.intervals(
        LEVELS.assign(level=[long, "b"]), title=long, subtitle=long * 2, overall=0.5,
        overall_label="Everybody",
    )  # fmt: skip
    texts = [*figure.axes[0].get_yticklabels(), *figure.axes[0].get_xticklabels(), *figure.texts]
    for text in texts:
        box = text.get_window_extent()
        assert box.x0 >= 0, text.get_text()
        assert box.x1 <= figure.bbox.width, text.get_text()


def test_a_table_has_caption_and_scopes_and_escapes_what_it_shows():
    frame = pd.DataFrame({"step": ["<b>x</b>"], "n": [1200]})
    html = report.show(frame, caption="A & B")._repr_html_()
    assert "<caption>A &amp; B</caption>" in html
    assert '<th scope="row">&lt;b&gt;x&lt;/b&gt;</th><td class="number">1,200</td>' in html


def test_a_hidden_number_is_shown_as_such_and_explained():
    frame = pd.DataFrame({"channel": ["a"], "n_used": [HIDDEN_NUMBER]})
    shown = report.show(frame, caption="c")
    assert "[c]" in repr(shown)
    assert "[c] rests on too few people" in shown.note


def test_a_column_without_a_heading_is_refused():
    with pytest.raises(ValueError, match="column 'mystery' has no heading"):
        report.show(pd.DataFrame({"mystery": [1]}), caption="c")


def test_the_data_package_describes_every_column_of_the_responses(demo):
    made = demo()
    responses = cleaning.clean(made.read_raw(), made.codebook).responses
    files.write_csv(responses, made.processed / "responses.csv", synthetic=True)
    datapackage.write_datapackage(made, responses)
    package = json.loads((made.processed / "datapackage.json").read_text("utf-8"))
    fields = [field["name"] for field in package["resources"][0]["schema"]["fields"]]
    header = (made.processed / "responses.csv").read_text("utf-8").splitlines()[0]
    assert fields == header.split(",")


MOVES = pd.DataFrame(
    {"channel": ["Telephone", "A group with a long name"], "n": [80, 40], "Telephone": [60.0, None],
     "A group with a long name": [20.0, 30.0]}
)  # fmt: skip
GROUPS = pd.DataFrame(
    {"level": ["North", "A district with quite a long name"] * 2,
     "channel": ["Telephone"] * 2 + ["Digital"] * 2, "raw_estimate": [-0.2, None, 0.1, 0.0],
     "estimate": [-0.15, -0.1, 0.08, 0.05], "conf_low": [-0.2, -0.3, 0.0, -0.1],
     "conf_high": [-0.1, 0.1, 0.2, 0.2], "n": [60, 30] * 2}
)  # fmt: skip


def _cut(figure) -> list[str]:
    """List the texts of a figure that reach beyond its edge."""
    texts = list(figure.texts)
    for axes in figure.axes:
        texts += [*axes.get_yticklabels(), *axes.get_xticklabels(), *axes.texts, axes.title]
    boxes = [(text, text.get_window_extent()) for text in texts if text.get_text()]
    return [text.get_text() for text, box in boxes if box.x0 < 0 or box.x1 > figure.bbox.width]


def test_a_heat_map_shows_the_people_of_each_cell_and_what_is_hidden():
    figure = figures.heat_map(MOVES, title="t", subtitle="s")
    assert [text.get_text() for text in figure.axes[0].texts] == ["60", "20", "[c]", "30"]
    assert _cut(figure) == []


def test_panels_have_one_scale_and_are_sorted_by_the_first():
    means = pd.Series({"Telephone": -0.14, "Digital": 0.06})
    figure = figures.panels(GROUPS, means, title="t", subtitle="s")
    first, second = figure.axes
    assert first.get_xlim() == second.get_xlim()
    assert [label.get_text() for label in first.get_yticklabels()] == [
        "North (n\u00a0=\u00a060)", "A district with quite a long name\n(n\u00a0=\u00a030)",
    ]  # fmt: skip
    assert first.get_title() == "Telephone"
    assert _cut(figure) == []


def test_a_level_that_is_hidden_in_the_first_panel_comes_last():
    means = pd.Series({"Telephone": -0.14, "Digital": 0.06})
    hidden = GROUPS.assign(estimate=[None, -0.1, 0.08, 0.05])
    figure = figures.panels(hidden, means, title="t", subtitle="s")
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels[-1].startswith("North")


@pytest.mark.parametrize("labelled", [1, 2])
def test_percentages_are_written_into_the_first_rows(labelled):
    table = pd.DataFrame({"level": ["a", "b"], "n": [100, 100], "Poor": [40, 30], "Good": [60, 70]})
    figure = figures.diverging(table, title="A finding", subtitle="People", labelled=labelled)
    written = [text.get_text() for text in figure.axes[0].texts]
    assert written == ["40%", "60%", "30%", "70%"][: 2 * labelled]


def test_letters_of_a_cell_can_be_read_on_its_shade():
    table = pd.DataFrame({"channel": ["a", "b"], "n": [100, 100], "a": [45, 5], "b": [55, 95]})
    figure = figures.heat_map(table, title="A finding", subtitle="People")
    ink = {text.get_text(): text.get_color() for text in figure.axes[0].texts}
    assert ink == {"45": "#000000", "55": "#000000", "5": "#000000", "95": "#FFFFFF"}


@given(colour=st.tuples(*[st.floats(0.0, 1.0)] * 3))
def test_letters_can_be_read_on_any_colour(colour):
    light, dark = sorted((style.luminance(colour), style.luminance(style.ink(colour))))[::-1]
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _tiles(values):
    codebook = survey.load("herts_2023").codebook
    figure = figures.tile_map(values, codebook, title="t", subtitle="s", digits=0)
    return figure.axes[0].patches, [text.get_text() for text in figure.findobj(Text)]


def test_a_tile_in_steps_of_five_has_no_shade_and_moves_no_other():
    named = list(figures.places(survey.load("herts_2023").codebook))[:4]
    values = pd.DataFrame({"level": named, "value": [20.0, 30.0, 35.0, None]})
    tiles, texts = _tiles(values.assign(coarse=[False, False, True, False]))
    assert [each.get_hatch() for each in tiles] == [None, None, "////", None]
    assert tiles[2].get_facecolor() == (1.0, 1.0, 1.0, 1.0)
    assert "about 35" in texts
    assert any("Hatched, without a shade" in each for each in texts)
    lower, _ = _tiles(
        values.assign(value=[20.0, 30.0, 5.0, None], coarse=[False, False, True, False])
    )
    assert [each.get_facecolor() for each in lower] == [each.get_facecolor() for each in tiles]
    plain, without = _tiles(values)
    assert plain[2].get_hatch() is None
    assert not any("Hatched" in each for each in without)

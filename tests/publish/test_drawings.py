import re

import matplotlib.pyplot as plt
import pytest

from analysis.figures import style
from analysis.publish import drawings
from analysis.publish.pages import TEMPLATES


def drawn(tmp_path, *, letters: str = "") -> str:
    """Draw bars as the project draws them, and return the file."""
    with style.apply():
        figure, axes = plt.subplots()
        axes.barh(["a", "b"], [1, 2], color=style.PALETTE[0], edgecolor="white")
        axes.text(0.5, 0, "10%", color=letters or style.INK)
        figure.savefig(tmp_path / "bars.svg", metadata={"Date": None})
        plt.close(figure)
    return (tmp_path / "bars.svg").read_text("utf-8")


def of_scheme(scheme: str) -> dict[str, str]:
    """Read the colours of a scheme from the stylesheet."""
    css = (TEMPLATES / "style.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, flags=re.S)
    return dict(re.findall(r"--(\w+): (#\w+);", {"light": light, "dark": dark}[scheme]))


def contrast(one: str, other: str) -> float:
    low, high = sorted((style.luminance(one), style.luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_letters_are_letters_and_colours_follow_the_page(tmp_path):
    svg = drawings.inline_svg(drawn(tmp_path), name="bars", alt='"Bars" & more')
    assert ">10%</text>" in svg
    assert svg.startswith("<svg viewBox=")
    assert 'aria-label="&#34;Bars&#34; &amp; more"' in svg
    assert "fill: var(--navy)" in svg
    assert "#12436d" not in svg
    assert "DejaVu" not in svg
    assert "<style" not in svg
    assert "Matplotlib" not in svg


def test_what_letters_stand_on_keeps_its_colour(tmp_path):
    for letters in style.INKS:
        svg = drawings.inline_svg(drawn(tmp_path, letters=letters), name="bars", alt="Bars")
        assert "fill: #12436d" in svg
        assert "stroke: #ffffff" in svg
        assert 'fill: var(--paper)"' in svg
        assert "fill: var(--ink)" in svg


def test_a_ground_behind_letters_stays_white(tmp_path):
    with style.apply():
        figure, axes = plt.subplots()
        axes.text(0.5, 0.5, "about 30", color="#000000", bbox={"fc": "white", "ec": "none"})
        figure.savefig(tmp_path / "bars.svg", metadata={"Date": None})
        plt.close(figure)
    drawing = (tmp_path / "bars.svg").read_text("utf-8")
    svg = drawings.inline_svg(drawing, name="bars", alt="Bars")
    assert svg.count('fill: var(--paper)"') == 2
    assert svg.count('fill: #ffffff"') == 1


def test_two_figures_of_a_page_share_no_name(tmp_path):
    one, two = (
        drawings.inline_svg(drawn(tmp_path), name=name, alt="Bars") for name in ("one", "two")
    )
    names = [set(re.findall(r'\bid="([^"]*)"', svg)) for svg in (one, two)]
    assert names[0]
    assert names[0].isdisjoint(names[1])
    for svg, own in zip((one, two), names, strict=True):
        used = set(re.findall(r'(?:href="#|url\(#)([^")]*)', svg))
        assert used
        assert used <= own


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_and_marks_can_be_told_from_the_page(scheme):
    colours = of_scheme(scheme)
    assert set(drawings.COLOURS.values()) <= set(colours)
    for name in ("ink", "soft", "navy", "plum", "green", "rust", "grey"):
        assert contrast(colours[name], colours["paper"]) >= 4.5, name
        if name != "grey":
            assert contrast(colours[name], colours["panel"]) >= 4.5, name
    for mark in (style.PALETTE[3], "#28A197"):
        if scheme == "dark":
            assert contrast(mark, colours["paper"]) >= 3

"""Figures as parts of a page: their own letters, the page's colours, nothing that is fetched."""

import re
from pathlib import Path

from markupsafe import Markup, escape

from analysis.figures import style

#: Colour of a figure -> the variable of the stylesheet that stands for it. What is not here, such
#: as the shades of a map and the letters on them, is the same in a light and in a dark scheme.
COLOURS = {
    style.INK: "ink",
    "#FFFFFF": "paper",
    style.PALETTE[0]: "navy",
    style.PALETTE[2]: "plum",
    style.PALETTE[4]: "soft",
    style.GREY: "grey",
    style.GRID: "grid",
    style.RUST: "rust",
    style.AXIS: "ink",
}

#: What follows the page in every figure: its ground, its grid, its axes; a shape that letters may
#: stand on is written otherwise.
_ALWAYS = (
    (
        r'<g id="[^"]*(?:figure|axes)_\d+">\s*<g id="[^"]*patch_\d+">\s*'
        r'<path d="[^"]*" style="fill: #ffffff"',
        "#FFFFFF",
    ),
    (rf"stroke: {style.GRID}; stroke-width: 0.8; stroke-linecap", style.GRID),
    (rf"stroke: {style.PALETTE[4]}", style.PALETTE[4]),
    (rf"stroke: {style.AXIS}", style.AXIS),
    (rf"(?:stroke|fill): {style.GREY}", style.GREY),
)


def inline_svg(drawing: str, *, name: str, alt: str) -> Markup:
    """Make a saved figure a part of a page.

    Parameters
    ----------
    drawing : str
        An SVG file as `figures.save` writes it.
    name : str
        The figure's name, which no other figure of the page has: its parts are named after it.
    alt : str
        Its text alternative.

    Returns
    -------
    markupsafe.Markup
        The drawing, as wide as there is room, with colours that follow the page's scheme.

    Examples
    --------
    >>> svg = '<svg width="9pt" viewBox="0 0 9 9"><path style="fill: #12436d"/></svg>'
    >>> print(inline_svg(svg, name="demo", alt="A square"))
    <svg viewBox="0 0 9 9" role="img" aria-label="A square"><path style="fill: var(--navy)"/></svg>
    """
    drawing = drawing[drawing.index("<svg") :].strip()
    drawing = re.sub(
        r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", drawing, flags=re.S
    )
    drawing = re.sub(r"font-family: [^;\"]*; ", "", re.sub(r"\n\s*", "\n", drawing))
    head = re.match(r"<svg[^>]*>", drawing)[0]
    body = re.sub(r'\bid="([^"]*)"', rf'id="{name}-\g<1>"', drawing[len(head) :])
    body = re.sub(r'((?:xlink:)?href="#|url\(#)', rf"\g<1>{name}-", body)
    body = body.replace("xlink:href", "href")
    body = re.sub(rf'(<g) id="{name}-(?!(?:clip|image))[^"]*"', r"\1", _with_variables(body))
    box = re.search(r'viewBox="([^"]*)"', head)[1]
    start = f'<svg viewBox="{box}" role="img" aria-label="{escape(alt)}">'
    return Markup(f"{start}{body}")


def figure_html(folder: Path, *, name: str, alt: str) -> Markup:
    """Show a saved figure with links to its numbers and to the figure alone.

    Parameters
    ----------
    folder : pathlib.Path
        The figures of the survey.
    name : str
        The figure's name.
    alt : str
        Its text alternative.

    Returns
    -------
    markupsafe.Markup
        What stands inside a `figure` of a page: on a narrow screen the drawing scrolls in a region
        of its own.
    """
    drawing = inline_svg((folder / f"{name}.svg").read_text("utf-8"), name=name, alt=alt)
    region = Markup('<div class="drawing" role="region" tabindex="0" aria-label="{}">{}</div>')
    said = Markup(
        '<figcaption><a href="figures/{0}.csv">Numbers of this figure (CSV)</a> '
        '<a href="figures/{0}.svg">The figure alone, to enlarge (SVG)</a></figcaption>'
    )
    return region.format(f"Figure {name}", drawing) + said.format(name)


def _with_variables(body: str) -> str:
    """Let the colours of a drawing follow the page; shapes that letters stand on keep theirs.

    Letters on a colour are white or black, and black is what a letter without a colour is.
    """
    parts = re.split(r"(<text\b.*?</text>)", body, flags=re.S)
    letters = {_fill(part) for part in parts if part.startswith("<text")}
    shapes = _ALWAYS if letters & {"", "#ffffff"} else [(rf"{each}\b", each) for each in COLOURS]
    for at, part in enumerate(parts):
        if not part.startswith("<text"):
            for pattern, colour in shapes:
                part = re.sub(pattern, lambda m, c=colour: _variable(m[0], c), part, flags=re.I)
        elif _fill(part) != "#ffffff":
            for colour in COLOURS:
                part = _variable(part, colour)
        parts[at] = part
    return "".join(parts)


def _variable(text: str, colour: str) -> str:
    return re.sub(rf"{colour}\b", f"var(--{COLOURS[colour]})", text, flags=re.I)


def _fill(text: str) -> str:
    found = re.search(r"fill: (#\w{6})", text[: text.index(">")])
    return found[1] if found else ""

"""How the figures look: Government Analysis Function palette, few lines, text outside the data."""

from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.colors import to_rgb

#: In the order of use; the first and fourth make a pair.
PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")

#: The two colours of a comparison.
PAIR = ("#12436D", "#F46A25")

GREY = "#6F777B"

#: Letters, and lines that are read as letters are; not black, which stands on a colour (`ink`).
INK = "#1F1F1F"

GRID = "#D9DCDE"

#: Orange as letters need it, and the lines of an axis at 0.
RUST, AXIS = "#B34700", "#262626"

#: What stands on a colour.
INKS = ("#FFFFFF", "#000000")

FAMILY = "DejaVu Sans"

SETTINGS = {
    "font.family": FAMILY,
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": "#3D3D3D",
    "axes.grid": True,
    "axes.grid.axis": "x",
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.bottom": False,
    "ytick.left": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.hashsalt": "police-contact-survey",
    "svg.fonttype": "none",
    "text.parse_math": False,  # two prices in one text are no formula
}


def ink(colour: tuple[float, ...] | str) -> str:
    """Choose the letters that read better on a colour, white or black.

    Parameters
    ----------
    colour : tuple of float or str
        As matplotlib takes it.

    Returns
    -------
    str
        A colour whose contrast to this one is 4.5 to 1 or more, whatever it is.

    Notes
    -----
    Contrast is (L1 + 0.05) / (L2 + 0.05) of the relative luminances (WCAG 2.2, section 1.4.3).

    Examples
    --------
    >>> ink("#12436D"), ink("#D9DCDE")
    ('#FFFFFF', '#000000')
    """
    return INKS[0] if 1.05 / (luminance(colour) + 0.05) > 4.58 else INKS[1]


def luminance(colour: tuple[float, ...] | str) -> float:
    """Return the relative luminance of a colour.

    Parameters
    ----------
    colour : tuple of float or str
        As matplotlib takes it.

    Returns
    -------
    float
        0 of black, 1 of white (WCAG 2.2).

    Examples
    --------
    >>> luminance("#000000"), luminance("#FFFFFF")
    (0.0, 1.0)
    """
    parts = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in to_rgb(colour)
    ]
    return round(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2], 12)


def apply() -> mpl.rc_context:
    """Return a context in which figures are drawn in the project's style.

    Returns
    -------
    matplotlib.RcParams context
        For a ``with`` statement.

    Notes
    -----
    Letters are those of the font that comes with matplotlib: a DejaVu Sans of the system is
    forgotten, since its letters are numbered otherwise and the same figure would be other bytes.
    """
    own, manager = Path(mpl.get_data_path()) / "fonts" / "ttf", font_manager.fontManager
    if any(f.name == FAMILY and Path(f.fname).parent != own for f in manager.ttflist):
        manager.ttflist[:] = [f for f in manager.ttflist if f.name != FAMILY]
        for path in sorted(own.glob("DejaVuSans*.ttf")):
            manager.addfont(path)
    return mpl.rc_context(SETTINGS)

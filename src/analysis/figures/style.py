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

FAMILY = "DejaVu Sans"

SETTINGS = {
    "font.family": FAMILY,
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": "#3D3D3D",
    "axes.grid": True,
    "axes.grid.axis": "x",
    "axes.axisbelow": True,
    "grid.color": "#D9DCDE",
    "grid.linewidth": 0.8,
    "xtick.bottom": False,
    "ytick.left": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.hashsalt": "police-contact-survey",
    "svg.fonttype": "path",
    "text.parse_math": False,  # two prices in one text are no formula
}


def dark(colour: tuple[float, ...] | str) -> bool:
    """Tell whether white letters read better on a colour than dark ones.

    Parameters
    ----------
    colour : tuple of float or str
        As matplotlib takes it.

    Returns
    -------
    bool
        By its luminance.

    Examples
    --------
    >>> dark("#12436D"), dark("#D9DCDE")
    (True, False)
    """
    red, green, blue = to_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5


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

"""How the figures look: Government Analysis Function palette, few lines, text outside the data."""

import matplotlib as mpl

#: In the order of use; the first and fourth make a pair.
PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")

#: The two colours of a comparison.
PAIR = ("#12436D", "#F46A25")

GREY = "#6F777B"

SETTINGS = {
    "font.family": "DejaVu Sans",
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
}


def apply() -> mpl.rc_context:
    """Return a context in which figures are drawn in the project's style.

    Returns
    -------
    matplotlib.RcParams context
        For a ``with`` statement.
    """
    return mpl.rc_context(SETTINGS)

"""Names written beside points, where they cover no point and no other name."""

from collections.abc import Iterable, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

#: Places tried for a name, the nearest first: points to the right and up, and how it is set there.
#: From those farther off a thin line leads to the point.
_PLACES = [
    (across * near, up * near * (1 if across == 0 else 0.8), across, up)
    for near in (7, 18, 30, 44, 60, 80)
    for across, up in ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))
]

_ACROSS, _ALONG = {0: "center", 1: "left", -1: "right"}, {0: "center", 1: "bottom", -1: "top"}


def name_points(
    axes: mpl.axes.Axes,
    x: Iterable[float],
    y: Iterable[float],
    names: Iterable[str],
    *,
    beside: Sequence[Annotation] = (),
) -> None:
    """Write names beside points, where they cover no point and no other name if that can be.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With its limits and place set; the points are drawn.
    x, y : iterable of float
        Where the points are.
    names : iterable of str
        Of the points; "" leaves a point without one.
    beside : sequence of matplotlib.text.Annotation
        What stands in the axes already, or whatever else has a `get_window_extent`.
    """
    figure = axes.figure
    points = axes.transData.transform(np.column_stack([list(x), list(y)]))
    reach = 5 * figure.dpi / 72
    marks = np.hstack([points - reach, points + reach])
    taken = [each.get_window_extent().extents for each in beside]
    room = axes.get_window_extent()
    for number, name in enumerate(names):
        if not name:
            continue
        others = np.vstack([*taken, np.delete(marks, number, axis=0)])
        best = None
        for right, up, across, along in _PLACES:
            written = axes.annotate(
                name, points[number], xycoords="figure pixels", xytext=(right, up),
                textcoords="offset points", ha=_ACROSS[across], va=_ALONG[along], size=9,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.3, "alpha": 0.8},
            )  # fmt: skip
            box = written.get_window_extent().padded(1)
            covered = _covered(box, others) + _outside(box, room)
            if best is None or covered < best[0]:
                if best is not None:
                    best[1].remove()
                best = covered, written, box, np.hypot(right, up)
            else:
                written.remove()
            if covered == 0:
                break
        _, written, box, far = best
        written.xy, written.xycoords = axes.transData.inverted().transform(points[number]), "data"
        taken.append(box.extents)
        if far > 8:
            axes.plot(
                *np.transpose([written.xy, _nearest(axes, box, points[number])]), lw=0.6,
                color=written.get_color(), zorder=2,
            )  # fmt: skip


def _covered(box: Bbox, others: np.ndarray) -> float:
    """Add up what a box has in common with others, a row of x0, y0, x1, y1 each."""
    low = np.maximum(box.extents[:2], others[:, :2])
    sides = np.maximum(np.minimum(box.extents[2:], others[:, 2:]) - low, 0.0)
    return sum(sides.prod(axis=1).tolist())  # in their order, as they were written


def _common(one: Bbox, other: Bbox) -> float:
    both = Bbox.intersection(one, other)
    return both.width * both.height if both else 0.0


def _outside(box: Bbox, room: Bbox) -> float:
    return box.width * box.height - _common(box, room)


def _nearest(axes: mpl.axes.Axes, box: Bbox, point: np.ndarray) -> np.ndarray:
    """Return the place of a box that is nearest to a point, in the data's units."""
    return axes.transData.inverted().transform(np.clip(point, box.min, box.max))

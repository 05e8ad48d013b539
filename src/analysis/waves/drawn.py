"""The figures of two waves beside each other."""

from pathlib import Path

from analysis import figures
from analysis.figures import SavedFigure
from analysis.waves.comparison import Comparison

#: What is drawn: the end of a figure's name -> families and what they are called.
_DRAWN = {
    "": (("headlines",), "Headline measures"),
    "_channels": (("channels used", "channels preferred"), "What people used and prefer"),
}

#: The ends of the names of all figures that there may be.
ENDINGS = tuple(_DRAWN)


def draw(found: Comparison, folder: Path) -> list[SavedFigure]:
    """Draw the shares of both waves, and save the figures with their numbers.

    Parameters
    ----------
    found : Comparison
        The two waves compared.
    folder : pathlib.Path
        Where the files go.

    Returns
    -------
    list of SavedFigure
        The figures that there is something to draw for.
    """
    made = []
    for ending, (families, name) in _DRAWN.items():
        rows = found.rows[found.rows["family"].isin(families) & found.rows["estimate"].notna()]
        if rows.empty:
            continue
        first, second = found.waves.labels
        moved = int(rows["changed"].sum())
        title = f"{name}: {moved or 'none'} of {len(rows)} changed by more than chance explains"
        shown = rows[["measure", "first", "second"]].reset_index(drop=True)
        drawing = figures.dumbbell(
            shown,
            {"first": str(first), "second": str(second)},
            title=title,
            subtitle=f"Share of the people who answered, {first} and {second}, without weights",
        )
        saved = figures.save(
            drawing, found.waves.later, f"{found.waves.stem}{ending}", numbers=shown, folder=folder
        )
        if isinstance(saved, SavedFigure):
            made.append(saved)
    return made

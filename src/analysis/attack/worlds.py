"""Other replies that would print the same report: the proof that a small count cannot be known."""

import numpy as np

from analysis.attack.moves import Moves

#: How many sets of moves are looked at for a step; how many of three and more are drawn for it.
LOOKED_AT, DRAWN = 128, 4000

#: The most moves of a step, and how often in a row none may be found.
MOST_MOVES, FAILURES = 4, 2


class Search:
    """A search among moves for sets of them that agree with everything published.

    Each step adds one person to a target, or takes one away, by one to four moves of different
    people. Numbers told exactly must stay: moves have a random sum of the exact numbers that they
    change, and only moves whose sums cancel are put together. All others are compared with what
    rounding leaves them. What is found is whole people, and true; what is not found may exist.

    Parameters
    ----------
    moves : Moves
        Of everybody.
    down, up : numpy.ndarray
        By how many each statement in `moves.touched` may become fewer (0 or less), and more.
    rng : numpy.random.Generator
        Source of the draws.
    """

    def __init__(
        self, moves: Moves, down: np.ndarray, up: np.ndarray, rng: np.random.Generator
    ) -> None:
        exact = down == up
        weights = rng.integers(-(2**55), 2**55, size=int(exact.sum()))
        self._moves, self._rng = moves, rng
        self._sums = moves.statements[:, exact].astype(np.int64) @ weights
        self._free = np.ascontiguousarray(moves.statements[:, ~exact])
        self._down, self._up = down[~exact], up[~exact]
        self._order = np.argsort(self._sums, kind="stable")

    def reach(self, target: int, count: int, *, wanted: int) -> tuple[int, int]:
        """Find how few and how many people a target may be, in replies that print the same report.

        Parameters
        ----------
        target : int
            Its place in `moves.targets`.
        count : int
            The people that there are.
        wanted : int
            How many values are enough.

        Returns
        -------
        tuple of int
            The fewest and the most that were found, `count` among them.
        """
        change = self._moves.targets[:, target]
        others = self._order[change[self._order] == 0]
        more = self._steps(np.flatnonzero(change == 1), others, most=wanted - 1)
        fewer = 0
        if more < wanted - 1:
            most = min(count, wanted - 1 - more)
            fewer = self._steps(np.flatnonzero(change == -1), others, most=most)
        return count - fewer, count + more

    def _steps(self, gains: np.ndarray, others: np.ndarray, *, most: int) -> int:
        """Take steps, one after the other from what the others left, and return how many."""
        if not len(gains):
            return 0
        used = np.zeros(int(self._moves.person.max()) + 1, dtype=bool)
        now, sums = np.zeros(len(self._down), dtype=np.int32), self._sums[others]
        taken = failed = 0
        while failed < FAILURES and taken < most:
            left = gains[~used[self._moves.person[gains]]]
            if not len(left):
                break
            chosen = self._step(left, others, sums, now, used)
            if chosen is None:
                failed += 1
                continue
            now = now + self._free[chosen].sum(axis=0, dtype=np.int32)
            used[self._moves.person[chosen]] = True
            failed, taken = 0, taken + 1
        return taken

    def _step(
        self, gains: np.ndarray, others: np.ndarray, sums: np.ndarray, now: np.ndarray,
        used: np.ndarray,
    ) -> np.ndarray | None:  # fmt: skip
        """Find the fewest moves, one of them a gain, after which all statements are still true."""
        for size in range(1, MOST_MOVES + 1):
            sets = self._cancelling(gains, others, sums, size)
            people = self._moves.person[sets]
            ranked = np.sort(people, axis=1)
            fine = ~used[people].any(axis=1) & (ranked[:, 1:] != ranked[:, :-1]).all(axis=1)
            sets = sets[fine][:LOOKED_AT]
            then = now + self._free[sets].sum(axis=1, dtype=np.int32)
            true = np.flatnonzero(((then >= self._down) & (then <= self._up)).all(axis=1))
            if len(true):
                return sets[true[0]]
        return None

    def _cancelling(
        self, gains: np.ndarray, others: np.ndarray, sums: np.ndarray, size: int
    ) -> np.ndarray:
        """Draw sets of moves that together change no exact number, shape (sets, size)."""
        if size == 1:
            return gains[self._sums[gains] == 0][:LOOKED_AT, None]
        if not len(others):
            return np.zeros((0, size), dtype=np.int64)
        draws = LOOKED_AT if size == 2 else DRAWN
        sets = [gains[self._rng.integers(len(gains), size=draws)]]
        sets += [others[self._rng.integers(len(others), size=draws)] for _ in range(size - 2)]
        need = -sum(self._sums[each] for each in sets)
        start, end = (np.searchsorted(sums, need, side) for side in ("left", "right"))
        there = np.flatnonzero(end > start)
        last = start[there] + (self._rng.random(len(there)) * (end - start)[there]).astype(np.int64)
        return np.column_stack([*(each[there] for each in sets), others[last]])

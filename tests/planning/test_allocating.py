"""Invitations spread over strata: they add up, and each way does best what it is for."""

import numpy as np
import pytest

from analysis import planning

PEOPLE = [79_429, 123_783, 121_161, 86_190, 107_745, 116_085, 71_241, 75_013, 80_963, 97_488]
RATES = [0.08, 0.1, 0.11, 0.09, 0.12, 0.12, 0.11, 0.09, 0.07, 0.08]


def _told(method: str, **how) -> tuple[float, float]:
    """Return the widest interval of a stratum and the width of the whole."""
    invited = planning.allocate(8000, PEOPLE, method=method, response=RATES, **how)
    rows, whole = planning.precision(invited, PEOPLE, response=RATES)
    return rows["width"].max(), whole["width"]


@pytest.mark.parametrize("method", planning.ALLOCATIONS)
@pytest.mark.parametrize("invitations", [10, 11, 997, 8000])
def test_invitations_are_whole_and_add_up(method, invitations):
    found = planning.allocate(invitations, PEOPLE, method=method, response=RATES)
    assert found.sum() == invitations
    assert (found >= 0).all()
    assert found.dtype == int


def test_each_way_does_best_what_it_is_for():
    told = {method: _told(method) for method in planning.ALLOCATIONS}
    assert min(told, key=lambda method: told[method][0]) == "widest"
    assert min(told, key=lambda method: told[method][1]) == "neyman"
    widest, neyman, power = (told[each] for each in ("widest", "neyman", "power"))
    assert widest[0] < power[0] < neyman[0]
    assert neyman[1] < power[1] < widest[1]


def test_no_other_allocation_beats_neyman_or_the_widest():
    rng = np.random.default_rng(5)
    best, whole = _told("widest")[0], _told("neyman")[1]
    for _ in range(200):
        shares = rng.dirichlet(np.ones(10) * 20)
        other, total = planning.precision(np.maximum(shares * 8000, 1), PEOPLE, response=RATES)
        assert other["width"].max() >= best - 1e-3
        assert total["width"] >= whole - 1e-5


def test_the_exponent_leads_from_alike_to_neyman():
    alike = planning.allocate(900, PEOPLE, method="power", exponent=0.0)
    assert alike.tolist() == planning.allocate(900, PEOPLE, method="equal").tolist()
    full = planning.allocate(900, PEOPLE, method="power", exponent=1.0)
    assert full.tolist() == planning.allocate(900, PEOPLE, method="neyman").tolist()
    assert full.tolist() == planning.allocate(900, PEOPLE, method="proportional").tolist()


def test_nobody_is_invited_twice():
    found = planning.allocate(1000, [50, 10_000, 10_000], method="equal")
    assert found.tolist() == [50, 475, 475]


def test_the_variance_of_the_whole_is_that_of_drawn_samples():
    rng, invited = np.random.default_rng(11), [3000, 1000]
    people, shares, rates = [60_000, 40_000], np.array([0.4, 0.7]), 0.1
    _, whole = planning.precision(invited, people, share=shares, response=rates)
    n = np.array(invited) * rates
    drawn = (rng.binomial(n.astype(int), shares, (40_000, 2)) / n) @ [0.6, 0.4]
    mean = 0.6 * 0.4 + 0.4 * 0.7
    assert mean * (1 - mean) / whole["effective_n"] == pytest.approx(drawn.var(), rel=0.03)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"invitations": 5}, "one a stratum"),
        ({"invitations": 10**9}, "no more than there are people"),
        ({"response": 0.0}, "above 0"),
        ({"method": "guess"}, "use one of"),
    ],
)
def test_what_cannot_be_spread_is_refused(how, said):
    settled = {"invitations": 100, "method": "equal"} | how
    with pytest.raises(ValueError, match=said):
        planning.allocate(settled.pop("invitations"), PEOPLE, **settled)
    with pytest.raises(ValueError, match="each stratum needs some"):
        planning.precision([0, 5], [10, 10])

"""Figures that move together have the rank correlation that was asked for."""

from __future__ import annotations

import pytest
from scipy.stats import spearmanr

from carescale.uncertainty.normal import normal_quantiles
from carescale.uncertainty.points import design, points
from carescale.uncertainty.together import Impossible, together

MADE = design(65_536, 3)
NORMALS = {key: normal_quantiles(points(MADE, key)) for key in "abc"}


@pytest.mark.parametrize("asked", [-0.8, -0.3, 0.0, 0.3, 0.5, 0.8, 1.0])
def test_two_figures_move_together_as_asked(asked: float) -> None:
    mixed = together("ab", {("a", "b"): asked}).mixed(NORMALS)
    assert spearmanr(mixed["a"], mixed["b"])[0] == pytest.approx(asked, abs=0.01)


def test_the_order_of_a_pair_does_not_matter_and_the_first_figure_keeps_its_draws() -> None:
    one, other = together("abc", {("c", "b"): 0.5}), together("abc", {("b", "c"): 0.5})
    assert one == other
    assert (one.mixed(NORMALS)["a"] == NORMALS["a"]).all()
    assert (one.mixed(NORMALS)["b"] == NORMALS["b"]).all()


def test_what_cannot_hold_at_once_is_refused_with_its_pair() -> None:
    with pytest.raises(Impossible, match="b and c") as refused:
        together("abc", {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9})
    assert refused.value.pair == ("b", "c")

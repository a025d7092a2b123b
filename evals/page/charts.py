"""Charts: reliability and risk over coverage as inline SVG, in the colours of the page around them."""

from collections.abc import Iterable, Sequence
from html import escape

from evals.scorers.reliability import Bin
from evals.scorers.risk_coverage import Point

WIDTH, HEIGHT = 340.0, 260.0
LEFT, RIGHT, TOP, BOTTOM = 54.0, 20.0, 12.0, 38.0
POINTS = 160
"""Points of a curve at most."""


class Plane:
    """Where shares in [0, 1] (``most`` upwards) lie on the drawing."""

    def __init__(self, across: str, up: str, most: float = 1.0) -> None:
        self._across, self._up, self._most = across, up, most
        self._parts: list[str] = []

    def x(self, value: float) -> float:
        return LEFT + value * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - min(value / self._most, 1.0) * (HEIGHT - TOP - BOTTOM)

    def line(self, points: Iterable[tuple[float, float]], name: str) -> None:
        """Straight lines between points, styled by the class ``name``."""
        said = " ".join(f"{self.x(a):.1f},{self.y(b):.1f}" for a, b in points)
        self._parts.append(f'<polyline class="{name}" points="{said}"/>')

    def dot(self, a: float, b: float, radius: float, name: str, title: str) -> None:
        """A disc that says ``title`` when pointed at."""
        self._parts.append(
            f'<circle class="{name}" cx="{self.x(a):.1f}" cy="{self.y(b):.1f}" r="{radius:.1f}">'
            f"<title>{escape(title)}</title></circle>"
        )

    def words(self, a: float, b: float, said: str, anchor: str = "start") -> None:
        """Text beside a point."""
        self._parts.append(
            f'<text x="{self.x(a):.1f}" y="{self.y(b):.1f}" dx="{8 if anchor == "start" else -8}" dy="4" '
            f'text-anchor="{anchor}">{escape(said)}</text>'
        )

    def svg(self, title: str) -> str:
        """The whole drawing."""
        grid: list[str] = []
        for part in (0.0, 0.25, 0.5, 0.75, 1.0):
            height, across = self.y(part * self._most), self.x(part)
            grid.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{height:.1f}" y2="{height:.1f}"/>')
            grid.append(f'<text x="{LEFT - 6}" y="{height + 4:.1f}" text-anchor="end">{part * self._most:.0%}</text>')
            grid.append(f'<text x="{across:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{part:.0%}</text>')
        middle = (LEFT + WIDTH - RIGHT) / 2
        grid.append(f'<text x="{middle}" y="{HEIGHT - 5}" text-anchor="middle">{escape(self._across)}</text>')
        turned = f"translate(11 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)"
        grid.append(f'<text transform="{turned}" text-anchor="middle">{escape(self._up)}</text>')
        inner = "".join([*grid, *self._parts])
        return f'<svg viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" aria-label="{escape(title)}">{inner}</svg>'


def reliability_diagram(bins: Sequence[Bin], title: str) -> str:
    """A dot a bin, with its interval; on the diagonal confidence is what it says."""
    plane = Plane("confidence", "right")
    plane.line([(0, 0), (1, 1)], "ideal")
    total = max(sum(one.right.n for one in bins), 1)
    for one in bins:
        plane.line([(one.confidence, one.right.low), (one.confidence, one.right.high)], "bar")
        said = f"confidence {one.confidence:.2f}, right {one.right.value:.2f}, {one.right.n} questions"
        plane.dot(one.confidence, one.right.value, 2.5 + 9 * (one.right.n / total) ** 0.5, "dot", said)
    return plane.svg(title)


def risk_coverage_curve(
    points: Sequence[Point], title: str, alpha: float, marked: Sequence[tuple[str, float, float]] = ()
) -> str:
    """Risk over coverage; ``marked`` are thresholds in words with their coverage and risk."""
    most = min(max([point.risk for point in points[len(points) // 20 :]] + [2 * alpha]) * 1.1, 1.0)
    plane = Plane("share of questions answered", "wrong of those answered", most)
    plane.line([(0, alpha), (1, alpha)], "ideal")
    plane.words(0, alpha, f"{alpha:.0%}")
    kept = points[:: max(len(points) // POINTS, 1)]
    plane.line([(point.coverage, point.risk) for point in (*kept, *points[-1:])], "curve")
    for name, coverage, risk in marked:
        plane.dot(coverage, risk, 5, "marked", f"{name}: {coverage:.1%} answered, {risk:.1%} of them wrong")
        plane.words(coverage, risk, name, "start" if coverage < 0.6 else "end")
    return plane.svg(title)

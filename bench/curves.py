"""Draws growth curves as SVG: one small panel a curve, axes from zero, a dashed line where growth would be even."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, LEFT, TOP, ACROSS, DOWN = 300, 240, 48, 34, 230, 150


@dataclass(frozen=True, slots=True)
class Curve:
    """Milliseconds at each size; `even` is what the last would be if growth were as hoped."""

    title: str
    sizes: Sequence[int]
    times: Sequence[float]
    even: float


def drawn(curves: Sequence[Curve]) -> str:
    panels = "".join(_panel(curve, i * WIDTH) for i, curve in enumerate(curves))
    size = f'width="{WIDTH * len(curves)}" height="{HEIGHT}" viewBox="0 0 {WIDTH * len(curves)} {HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="sans-serif" font-size="12">'
        f"<title>Time of one screening as charges, answers and packs grow</title>"
        f'<rect width="100%" height="100%" fill="#fff"/>{panels}</svg>\n'
    )


def _panel(curve: Curve, x: int) -> str:
    most = max(*curve.times, curve.even) * 1.05

    def at(size: float, time: float) -> str:
        return f"{LEFT + ACROSS * size / curve.sizes[-1]:.1f},{TOP + DOWN * (1 - time / most):.1f}"

    points = [at(size, time) for size, time in zip(curve.sizes, curve.times, strict=True)]
    dots = "".join('<circle cx="{}" cy="{}" r="3" fill="#005ea2"/>'.format(*one.split(",")) for one in points)
    start = at(curve.sizes[0], curve.times[0])
    end = at(curve.sizes[-1], curve.even)
    base = TOP + DOWN
    return (
        f'<g transform="translate({x})"><text x="{LEFT}" y="20">{escape(curve.title)}</text>'
        f'<path d="M{LEFT} {TOP}V{base}H{LEFT + ACROSS}" fill="none" stroke="#71767a"/>'
        f'<polyline points="{start} {end}" fill="none" stroke="#71767a" stroke-dasharray="4 4"/>'
        f'<polyline points="{" ".join(points)}" fill="none" stroke="#005ea2" stroke-width="2"/>{dots}'
        f'<text x="{LEFT - 6}" y="{TOP + 8}" text-anchor="end">{most:.0f}</text>'
        f'<text x="{LEFT - 6}" y="{base}" text-anchor="end">0 ms</text>'
        f'<text x="{LEFT + ACROSS}" y="{base + 18}" text-anchor="end">{curve.sizes[-1]}</text>'
        f'<text x="{LEFT}" y="{base + 18}">0</text></g>'
    )

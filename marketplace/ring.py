"""The ring of forty: geometry of the progress ring and of the mark."""

from math import cos, pi, sin

SEGMENTS = 40
_STEP = 10.0  # one segment with its gap; the whole ring is 400 long
_DASH = 6.0
_GAP = _STEP - _DASH
_RADIUS = 45.0


def reach(minutes: int, target_minutes: int) -> tuple[int, float]:
    """Whole segments filled, and the filled part of the next one. Rounded down, never up."""
    target = max(target_minutes, 1)
    inside = min(max(minutes, 0), target)
    whole, rest = divmod(inside * SEGMENTS, target)
    return whole, (rest * 60 // target) / 60


def position(minutes: int, target_minutes: int) -> float:
    """Where on the ring (0..400 from the top) the line for these minutes ends."""
    whole, part = reach(minutes, target_minutes)
    return min(whole * _STEP + _GAP / 2 + part * _DASH, SEGMENTS * _STEP - _GAP / 2)


def arc(start: float, end: float, css_class: str, width: float) -> str:
    """A dashed arc between two positions, its dashes on the grid of forty; nothing when empty."""
    if end <= start:
        return ""
    (x1, y1), (x2, y2) = _point(start), _point(end)
    large = int(end - start > SEGMENTS * _STEP / 2)
    offset = (start - _GAP / 2) % _STEP
    return (
        f'<path class="{css_class}" d="M{x1} {y1}A{_RADIUS:g} {_RADIUS:g} 0 {large} 1 {x2} {y2}"'
        f' pathLength="{end - start:.2f}" stroke-dasharray="{_DASH:g} {_GAP:g}"'
        f' stroke-dashoffset="{offset:.2f}" stroke-width="{width:g}"/>'
    )


def _point(position_on_ring: float) -> tuple[str, str]:
    angle = position_on_ring / (SEGMENTS * _STEP) * 2 * pi
    return f"{50 + _RADIUS * sin(angle):.2f}", f"{50 - _RADIUS * cos(angle):.2f}"


def drawing(counted_minutes: int, waiting_minutes: int, target_minutes: int, width: float) -> str:
    """The three arcs: counted, waiting, and what is still to come.

    Waiting is drawn thinner as well: green and amber are one colour to some eyes.
    """
    counted = position(counted_minutes, target_minutes)
    waiting = position(counted_minutes + max(waiting_minutes, 0), target_minutes)
    start, end = _GAP / 2, SEGMENTS * _STEP - _GAP / 2
    return (
        arc(waiting, end, "ring-rest", width)
        + arc(counted, waiting, "ring-waiting", width * 0.55)
        + arc(start, counted, "ring-counted", width)
    )

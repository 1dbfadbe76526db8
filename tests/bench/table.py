"""What was measured, each beside its floor and its bar."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    name: str
    value: float
    unit: str
    floor: float
    floor_name: str
    ratio: float
    bar: float
    ok: bool


def against(
    name: str, value: float, floor: float, bar: float, *, unit: str, floor_name: str
) -> Line:
    """A figure as a ratio to a floor; `bar` is the highest ratio that is good enough."""
    ratio = value / floor
    return Line(name, value, unit, floor, floor_name, ratio, bar, ratio <= bar)


def at_most(name: str, value: float, bar: float, *, unit: str) -> Line:
    """A figure that has a bar of its own (bytes, statements): the floor is the bar."""
    return Line(name, value, unit, bar, "bar", value / bar if bar else value, 1.0, value <= bar)


def print_table(lines: list[Line]) -> None:
    print(f"{'':2} {'what':58} {'value':>12} {'floor':>14} {'ratio':>8} {'bar':>7}")
    for line in lines:
        mark = "ok" if line.ok else "NO"
        value, floor = f"{line.value:.4g} {line.unit}", f"{line.floor:.4g} {line.floor_name}"
        print(
            f"{mark:2} {line.name:58} {value:>12} {floor:>14} {line.ratio:>8.2f} {line.bar:>7.4g}"
        )


def write(lines: list[Line], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(line) for line in lines], indent=1) + "\n")

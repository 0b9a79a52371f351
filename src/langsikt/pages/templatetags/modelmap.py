"""The map of the model: seven stops on a line, shortcuts above it and ways back below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template

from langsikt.model.method import Step
from langsikt.pages.templatetags.langsikt import words

register = template.Library()

WIDTH = 1160
COLUMN = WIDTH / 7
HALF = 17
LANE = 42
FIRST_LANE = 58
BEND = 12
PORT = 28
STUB = 90


@dataclass(frozen=True)
class Stop:
    """A step on the line."""

    name: str
    x: float
    width: float
    middle: float


@dataclass(frozen=True)
class Road:
    """One arrow, or the road that ends in a bar."""

    kind: str
    path: str
    label: str
    label_x: float
    label_y: float
    anchor: str


@dataclass
class Way:
    """An arrow while it gets its lane and its ports."""

    start: int
    end: int
    kind: str
    label: str
    lane: int = 0

    @property
    def above(self) -> bool:
        """Ways back lie below the line, everything else above."""
        return self.kind != "loop"

    def reach(self) -> tuple[float, float]:
        """The stretch of line that it runs over; ends that merely meet do not collide."""
        if self.kind == "none":
            return (self.start + 0.05, self.start + 1.9)
        return (min(self.start, self.end), max(self.start, self.end))


@register.simple_tag
def model_map(steps: Sequence[Step], arrows: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Where everything in the drawing lies."""
    ways = [Way(a["from_number"], a["to_number"], a["kind"], words(a["label"])) for a in arrows]
    lay(ways)
    top = FIRST_LANE + LANE * max((w.lane for w in ways if w.above), default=0)
    bottom = FIRST_LANE + LANE * max((w.lane for w in ways if not w.above), default=0)
    line = top + 14
    stops = [stop(s) for s in steps]
    roads = [road(w, ways, stops, line) for w in ways]
    return {
        "stops": stops,
        "roads": roads,
        "line": line,
        "last": stops[-1].x,
        "width": WIDTH,
        "height": line + bottom + 16,
    }


def stop(step: Step) -> Stop:
    """A step's box, as wide as its words."""
    name = f"{step.number} {words(step.short)}"
    width = round(8.6 * len(name) + 30, 1)
    x = COLUMN * (step.number - 1)
    return Stop(name, round(x + 1, 1), width, round(x + 1 + width / 2, 1))


def lay(ways: list[Way]) -> None:
    """Give each way the lane nearest to the line that is free; the one without an end comes last."""
    for above in (True, False):
        laid: list[Way] = []
        order = {"shortcut": 0, "loop": 0, "acute": 1, "none": 2}
        side = [w for w in ways if w.above is above]
        for way in sorted(side, key=lambda w: (order[w.kind], abs(w.end - w.start))):
            taken = {w.lane for w in laid if collide(w.reach(), way.reach())}
            way.lane = next(n for n in range(len(ways)) if n not in taken)
            laid.append(way)


def collide(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two stretches share more than a point."""
    return one[0] < other[1] and other[0] < one[1]


def port(way: Way, at: int, ways: list[Way], stops: list[Stop]) -> float:
    """Where on a step's box a way starts or ends: side by side, so that roads do not cross needlessly."""

    def order(other: Way) -> tuple[int, int]:
        far = other.end if other.start == at else other.start
        return (0, other.lane) if far < at else (1, -other.lane)

    here = sorted((w for w in ways if w.above is way.above and at in ends(w)), key=order)
    offset = (here.index(way) - (len(here) - 1) / 2) * PORT
    return round(stops[at - 1].middle + offset, 1)


def ends(way: Way) -> tuple[int, ...]:
    """The steps that a way touches."""
    return (way.start,) if way.kind == "none" else (way.start, way.end)


def road(way: Way, ways: list[Way], stops: list[Stop], line: float) -> Road:
    """The path, from box to lane to box, with rounded corners."""
    sign = -1 if way.above else 1
    edge = line + sign * HALF
    lane = line + sign * (FIRST_LANE + LANE * way.lane)
    start = port(way, way.start, ways, stops)
    length = 7.4 * len(way.label) + 16
    if way.kind == "none":
        path = f"M{start} {edge}V{lane + BEND}Q{start} {lane} {start + BEND} {lane}H{start + STUB}"
        bar = f"M{start + STUB} {lane - 10}V{lane + 10}"
        return Road(way.kind, path + bar, way.label, start + STUB + 12, lane + 5, "start")
    end = port(way, way.end, ways, stops)
    turn = BEND if end > start else -BEND
    path = (
        f"M{start} {edge}V{lane - sign * BEND}Q{start} {lane} {start + turn} {lane}"
        f"H{end - turn}Q{end} {lane} {end} {lane - sign * BEND}V{edge + sign * 7}"
    )
    crossings = [port(w, at, ways, stops) for w in ways if w.above is way.above and w.lane > way.lane for at in ends(w)]
    tight = length > abs(end - start) - 2 * BEND
    return Road(
        way.kind,
        path,
        way.label,
        clear(start, end, length, crossings),
        lane + (sign * 12 + 5 if tight else 5),
        "middle",
    )


def clear(start: float, end: float, length: float, crossings: Sequence[float]) -> float:
    """The place nearest to the middle where no other road crosses the words; the middle if there is none."""
    for share in (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7):
        x = start + (end - start) * share
        if all(abs(crossing - x) > length / 2 for crossing in crossings):
            return round(x, 1)
    return round((start + end) / 2, 1)

"""Somebody's week: when lessons and work take their time, and what fits in between.

All in minutes of Brussels clock time since Monday 0.00. What starts on Sunday evening may end on
Monday morning, so a stretch runs on to at most a day after the week.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from aanbod.models import Moment
from aanbod.sessies import BRUSSELS, is_school_holiday

DAY = 24 * 60
WEEK = 7 * DAY
SATURDAY = 5
#: The blocks of a day as moments_of has them; the night is nobody's block.
PARTS = {
    Moment.OCHTEND.value: (6 * 60, 12 * 60),
    Moment.NAMIDDAG.value: (12 * 60, 17 * 60 + 30),
    Moment.AVOND.value: (17 * 60 + 30, DAY),
}
#: Nobody makes an appointment before or after these.
WAKING = (8 * 60, 22 * 60)


@dataclass(frozen=True, order=True)
class Taken:
    """A stretch of the week that is taken; `lesson` when it stops in school holidays."""

    start: int
    end: int
    lesson: bool = False


def taken(weekday: int, start: int, end: int, *, lesson: bool = False) -> Taken:
    """From `start` to `end` minutes of the day on `weekday` (0 is Monday); an end at or before the
    start is on the next day."""
    first = weekday * DAY
    return Taken(first + start, first + (end if end > start else end + DAY), lesson)


@dataclass(frozen=True)
class Week:
    """Free but for what is taken."""

    taken: tuple[Taken, ...] = ()
    #: Lessons stop in school holidays (R14: who studies has the holidays).
    lessons_stop: bool = True

    def free(self, *, holiday: bool) -> tuple[tuple[int, int], ...]:
        """The free stretches from Monday 0.00 to a day after the week, in order."""
        return _free(self, holiday)

    def fits(self, van: datetime, tot: datetime) -> bool:
        """Is all of it free? A school holiday is judged by the day on which it starts."""
        start, length = clock_stretch(van, tot)
        stretches = self.free(holiday=is_school_holiday(van.astimezone(BRUSSELS).date()))
        return any(low <= start and start + length <= high for low, high in stretches)

    def weekday_for(self, moments: tuple[str, ...], minutes: int) -> int | None:
        """The first weekday with room for `minutes` by agreement in one of `moments` (none: any),
        or None. `schoolvakantie` alone: in the holidays."""
        holiday = bool(moments) and set(moments) <= {Moment.SCHOOLVAKANTIE}
        wanted = () if holiday else moments
        for weekday in range(7):
            for part, (start, end) in PARTS.items():
                asked = part in wanted or (Moment.WEEKEND in wanted and weekday >= SATURDAY)
                if (asked or not wanted) and self._room(weekday, start, end, minutes, holiday):
                    return weekday
        return None

    def _room(self, weekday: int, start: int, end: int, minutes: int, holiday: bool) -> bool:
        """It begins in this part of the day, and may run on until people go home."""
        low, high = weekday * DAY + max(start, WAKING[0]), weekday * DAY + WAKING[1]
        last = weekday * DAY + min(end, WAKING[1])
        return any(
            min(high, stop) - max(low, begin) >= minutes and max(low, begin) < last
            for begin, stop in self.free(holiday=holiday)
        )


#: Nothing is taken.
FREE = Week()


def clock_stretch(van: datetime, tot: datetime) -> tuple[int, int]:
    """Start in the week by the clock on the wall, that lessons follow too, and real length."""
    first = van.astimezone(BRUSSELS)
    start = first.weekday() * DAY + first.hour * 60 + first.minute
    return start, int((tot - van).total_seconds()) // 60


@lru_cache(maxsize=64)
def _free(week: Week, holiday: bool) -> tuple[tuple[int, int], ...]:
    busy = sorted(
        (stretch.start + shift, stretch.end + shift)
        for stretch in week.taken
        if not (holiday and stretch.lesson and week.lessons_stop)
        for shift in (-WEEK, 0, WEEK)
    )
    found, at = [], 0
    for start, end in busy:
        if start > at:
            found.append((at, min(start, WEEK + DAY)))
        at = max(at, end)
        if at >= WEEK + DAY:
            break
    if at < WEEK + DAY:
        found.append((at, WEEK + DAY))
    return tuple(found)

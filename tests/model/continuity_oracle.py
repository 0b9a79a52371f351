"""A naive oracle of continuity: lives through a plan one night at a time and asks of each what rules C say.

It knows the shapes of the plan and nothing else of the house: no interval is ever added to another here, every
answer is found by walking over days. Slow, and meant to be.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from langsikt.model.spans import NeedState, Plan, Span

ONE = timedelta(days=1)
FAR = date(2100, 1, 1)  # beyond every plan; stands for a span without end
HELD = "carried_out"
PROMISED = ("decided", "agreed")

Run = tuple[date, date, str | None, str | None, str | None]  # from, until, waiting, before, after


def days(first: date, last: date) -> Iterator[date]:
    """Each day from one to another, both included."""
    day = first
    while day <= last:
        yield day
        day += ONE


def end_of(span: Span) -> date:
    return FAR if span.end in ("further_notice", "unknown") or span.until_on is None else span.until_on


def reaches(span: Span, day: date) -> bool:
    return span.from_on <= day <= end_of(span)


def between(day: date, most: int, ends: set[date], starts: set[date]) -> bool:
    """Walks back to the nearest end and on to the nearest start, counting the days passed."""
    if not ends or not starts:
        return False
    passed, back, on = 1, day - ONE, day + ONE
    while passed <= most and back not in ends:
        passed, back = passed + 1, back - ONE
    while passed <= most and on not in starts:
        passed, on = passed + 1, on + ONE
    return passed <= most


class Life:
    """One need of one plan, lived through night by night."""

    def __init__(self, plan: Plan, need: str) -> None:
        self.plan, self.need = plan, need
        self.home = need == "housing"
        self.spans = [s for s in plan.spans if s.need == need]
        self.ends: dict[date, list[Span]] = defaultdict(list)
        self.starts: dict[date, list[Span]] = defaultdict(list)
        for span in (s for s in self.spans if s.covers == "covers" and s.status in (HELD, *PROMISED)):
            if self.holds(span, end_of(span)):
                self.ends[end_of(span)].append(span)
            first = next((d for d in days(span.from_on, end_of(span)) if self.holds(span, d)), None)
            if first is not None:
                self.starts[first].append(span)
        self.term_days = self.marked(lambda span: span.term)
        self.meeting_days = self.marked(lambda span: span.meetings)
        self.seen: dict[date, tuple[str, str]] = {}

    # --- C2.1: what holds on a day ---

    def holds(self, span: Span, day: date) -> bool:
        """Past and today: carried out. Ahead: also decided or agreed."""
        if not reaches(span, day):
            return False
        return span.status == HELD or (day > self.plan.today and span.status in PROMISED)

    def holding(self, day: date, covers: str) -> list[Span]:
        return [s for s in self.spans if s.covers == covers and self.holds(s, day)]

    # --- C1: the state of the need ---

    def state(self, day: date) -> str:
        """The latest state said, the later given of two from one day; a need again once its silence is over."""
        latest: NeedState | None = None
        for said in self.plan.states:
            if said.need == self.need and said.from_on <= day and (latest is None or said.from_on >= latest.from_on):
                latest = said
        if latest is None:
            return "not_assessed"
        if latest.until_on is not None and day > latest.until_on:
            return "need"
        if latest.until_on is None and latest.state == "pause" and (day - latest.from_on).days > 184:
            return "need"
        return latest.state

    # --- the answer of one day ---

    def answer(self, day: date) -> tuple[str, str]:
        """Status and why, remembered."""
        if day not in self.seen:
            self.seen[day] = self._answer(day)
        return self.seen[day]

    def _answer(self, day: date) -> tuple[str, str]:
        state = self.state(day)
        if state in ("need", "could_not_accept") or (self.home and state == "not_assessed"):
            return self.covered(day)
        if self.home and state == "declines" and day == self.plan.today and self.covered(day)[0] == "gap":
            return "gap", ""
        return state, state

    def covered(self, day: date) -> tuple[str, str]:
        """C2 to C5 for a day on which there is a need."""
        found = self.holding(day, "covers")
        sure = [s for s in found if not self.doubtful(s, day)]
        if sure:
            return "covered", sure[0].kind
        if found:
            return "unconfirmed", found[0].kind
        for covers in ("temporary", "neither"):
            if self.holding(day, covers):
                return covers, self.holding(day, covers)[0].kind
        for why, excused in (("one_day", self.single), ("break", self.term_break), ("between_meetings", self.meetings)):
            if excused(day):
                return "bridged", why
        ahead = (day - self.plan.today).days
        return ("not_planned" if ahead > (90 if self.home else 30) else "gap"), ""

    def doubtful(self, span: Span, day: date) -> bool:
        """C2.3, C3: no word of an unknown end for more than 14 days (a home), 90 (others, a sublet or a room)."""
        if span.end not in ("unknown", "passed"):
            return False
        said = span.from_on
        if span.confirmed_on is not None and span.confirmed_on > said:
            said = span.confirmed_on
        lent = span.kind in ("sublet", "room") and span.end == "unknown"
        return (day - said).days > (14 if self.home and not lent else 90)

    # --- C2.5: what is no gap ---

    def single(self, day: date) -> bool:
        return day - ONE in self.ends and day + ONE in self.starts

    def term_break(self, day: date) -> bool:
        return between(day, 70, *self.term_days)

    def meetings(self, day: date) -> bool:
        return between(day, 30, *self.meeting_days)

    def marked(self, how: Callable[[Span], bool]) -> tuple[set[date], set[date]]:
        """The days on which a term (or a meeting) ends, and those on which one begins."""
        return {d for d in self.ends if any(map(how, self.ends[d]))}, {
            d for d in self.starts if any(map(how, self.starts[d]))
        }

    # --- gaps as runs of days ---

    def runs(self, first: date, last: date, status: str) -> list[Run]:
        """Unbroken rows of days with one status, with what ends before, begins after, and is waited for."""
        rows: list[list[date]] = []
        for day in days(first, last):
            if self.answer(day)[0] != status:
                continue
            if rows and rows[-1][-1] == day - ONE:
                rows[-1].append(day)
            else:
                rows.append([day])
        return [self.run(row) for row in rows]

    def run(self, row: list[date]) -> Run:
        asked = [s for s in self.spans if s.status in ("proposed", "applied") and any(reaches(s, d) for d in row)]
        ended = [s for s in self.ends.get(row[0] - ONE, []) if s.end != "passed"]  # it has not been said to end
        begun = self.starts.get(row[-1] + ONE)
        kinds = [found[0].kind if found else None for found in (asked, ended, begun)]
        return row[0], row[-1], kinds[0], kinds[1], kinds[2]


# --- the answers of the engine, walked ---------------------------------------------------------------


def drawn(plan: Plan) -> tuple[date, date]:
    """The days drawn: from the first that anything is known of to the horizon, nothing after closure."""
    first = min([plan.today, *(s.from_on for s in plan.states), *(s.from_on for s in plan.spans)])
    last = plan.today + timedelta(days=plan.horizon_days)
    if plan.closed_on is not None and plan.closed_on < last:
        last = plan.closed_on
    return plan.from_on or first, last


def open_on(plan: Plan, day: date) -> bool:
    return plan.closed_on is None or day <= plan.closed_on


def ahead(life: Life) -> list[Run]:
    """Gaps from today on, within the days that are counted."""
    most = 90 if life.home else 30
    counted = [d for d in days(life.plan.today, life.plan.today + most * ONE) if open_on(life.plan, d)]
    return life.runs(counted[0], counted[-1], "gap") if counted else []


def past(life: Life) -> int:
    """Gap-days before today since the need was first assessed."""
    plan = life.plan
    said = [s.from_on for s in plan.states if s.need == life.need and s.state != "not_assessed"]
    if not said:
        return 0
    lived = [d for d in days(min(said), plan.today - ONE) if open_on(plan, d)]
    return sum(life.answer(d)[0] == "gap" for d in lived)


def afterwards(plan: Plan, lives: dict[str, Life]) -> list[tuple[Span, date, str, str | None]]:
    """What applies the day after each support that ends within the days drawn."""
    first, last = drawn(plan)
    found = []
    for span in plan.spans:
        life, end = lives[span.need], end_of(span)
        if span.covers not in ("covers", "temporary") or not life.holds(span, end) or not first <= end < last:
            continue
        status, why = life.answer(end + ONE)
        successor = why if status in ("covered", "unconfirmed", "temporary") else None
        if status == "bridged":
            day = next(d for d in days(end + ONE, FAR) if life.holding(d, "covers"))
            successor = life.holding(day, "covers")[0].kind
        found.append((span, end + ONE, status, successor))
    return found


def moved_with(plan: Plan, lives: dict[str, Life]) -> list[Span]:
    """Support that ends with a move and does not go on after it."""
    found = []
    for span in plan.spans:
        if span.need == "housing" or span.covers != "covers" or not lives[span.need].holds(span, end_of(span)):
            continue
        if (end_of(span) in plan.moves or end_of(span) + ONE in plan.moves) and not goes_on(span, lives[span.need]):
            found.append(span)
    return found


def goes_on(span: Span, life: Life) -> bool:
    """The next day, or after one day between, the same support holds and reaches further."""
    end = end_of(span)
    nearby = [*life.holding(end + ONE, "covers"), *life.starts.get(end + 2 * ONE, [])]
    further = [s for s in nearby if end_of(s) > end]
    return any(s.kind == span.kind or (s.thing and s.thing == span.thing) for s in further)


def unfollowed(plan: Plan, lives: dict[str, Life]) -> list[Span]:
    """Contacts whose day after is uncovered."""
    return [
        span
        for span, _, status, _ in afterwards(plan, lives)
        if span.need == "social_support" and span.covers == "covers" and status in ("gap", "not_planned")
    ]


def roof_until(plan: Plan, closing_on: date, lives: dict[str, Life]) -> date | None:
    """The last day of the home held on closing, when it comes within 90 days; walked night by night."""
    life = lives.get("housing") or Life(plan, "housing")
    if not life.holding(closing_on, "covers"):
        return None
    last = closing_on
    for day in days(closing_on, closing_on + 92 * ONE):
        if life.holding(day, "covers"):
            last = day
        elif not life.single(day):
            break
    return last if last <= closing_on + 90 * ONE else None


def rows_of(plan: Plan) -> list[tuple[str, int, int, list[int]]]:
    """Chains: per thing the days that some link covers, cut where two days in a row are bare."""
    linked: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for span in plan.spans:
        if end_of(span) != FAR and span.status in (HELD, *PROMISED):
            linked[span.need, span.thing or span.kind].append(span)
    found = []
    for spans in linked.values():
        left = sorted(spans, key=lambda s: s.from_on)
        while left:
            row, left = first_row(left)
            together = {d for s in row for d in days(s.from_on, end_of(s))}
            lengths = sorted(len(list(days(s.from_on, end_of(s)))) for s in row)
            found.append((row[0].kind, len(row), len(together), lengths))
    return found


def first_row(spans: list[Span]) -> tuple[list[Span], list[Span]]:
    """The spans met before two days in a row are bare, and the rest."""
    day, bare = spans[0].from_on, 0
    while bare < 2:
        bare = 0 if any(reaches(s, day) for s in spans) else bare + 1
        day += ONE
    return [s for s in spans if s.from_on < day], [s for s in spans if s.from_on >= day]


def together(life: Life, one: Span, other: Span) -> int:
    """Days within the days drawn on which both hold."""
    last = drawn(life.plan)[1]
    return sum(life.holds(one, d) and life.holds(other, d) for d in days(max(one.from_on, other.from_on), last))

"""The goals of a case as they are read: the person's own words, the five steps, and where each goal stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from langsikt.access.sheets import Actor, CaseHeader, GoalSheet, Masked
from langsikt.access.window.case import Sight, header, look
from langsikt.model.goals import MOST_AT_A_TIME, Score, SkillsMap, in_order, scores_of, skills_map
from langsikt.model.load import METHOD
from langsikt.model.state import Goal
from langsikt.model.texts import Text

LEVELS = ((-2, "goal_minus_two"), (-1, "goal_minus_one"), (0, "goal_zero"), (1, "goal_plus_one"), (2, "goal_plus_two"))
GROUPS = (
    ("now", Text("Nu", "Now"), ("under_way", "not_begun")),
    ("next", Text("Nästa, eller paus", "Next, or paused"), ("paused",)),
    ("done", Text("Klart", "Done"), ("reached",)),
)
Shown = str | Masked | None


@dataclass(frozen=True)
class Stop:
    """One step of a goal's scale: its words, whether the goal is here now, and the days on which it was."""

    level: int
    words: Shown
    here: bool
    days: tuple[date, ...]


@dataclass(frozen=True)
class Told:
    """What was said of a goal on a day; only the day for whoever sees dates alone."""

    on: date
    level: int | None
    status: Text | None
    note: Shown


@dataclass(frozen=True)
class GoalCard:
    """A goal with its scale and its history; need, status and scale are None and empty for whoever sees dates only.

    ``earlier`` and ``later``: the goal that it would come before, one place up or down among those that stand alike;
    None where it is first or last already, and empty where it would come last of all.
    """

    id: UUID
    words: Shown
    set_on: date
    need: Text | None = None
    status: str = ""
    status_word: Text | None = None
    level: int | None = None
    scale: tuple[Stop, ...] = ()
    history: tuple[Told, ...] = ()
    earlier: str | None = None
    later: str | None = None

    @property
    def on_scale(self) -> bool:
        """Whether there is anything to draw: a step that is written, or a place where the goal has stood."""
        return any(stop.words or stop.here or stop.days for stop in self.scale)


@dataclass(frozen=True)
class GoalGroup:
    """Goals that stand alike: now, next or done."""

    key: str
    title: Text
    goals: tuple[GoalCard, ...]


@dataclass(frozen=True)
class SkillMark:
    """A skill in the map: ``fresh`` when the answer is another one than last time, ``before`` what it was."""

    name: Text
    fresh: bool
    before: Text | None


@dataclass(frozen=True)
class Ability:
    """A row of the skills map: everything that the person does alone, with support, wants to learn, or not now."""

    key: str
    name: Text
    skills: tuple[SkillMark, ...]


@dataclass(frozen=True)
class SkillsSheet:
    """The skills map; ``on`` None while nobody has written one, the rows empty for whoever sees dates only."""

    on: date | None
    before_on: date | None = None
    rows: tuple[Ability, ...] = ()
    unsaid: tuple[Text, ...] = ()
    own_words: Shown = None


@dataclass(frozen=True)
class GoalsSheet:
    """The page *Mål*."""

    header: CaseHeader
    groups: tuple[GoalGroup, ...]
    active: int
    crowded: bool
    skills: SkillsSheet


def goals(actor: Actor, reference: str, now: datetime) -> GoalsSheet:
    """The goals and the skills map of a case. Raises NotFound."""
    return look(actor, reference, now, "look_goals", _sheet)


def _sheet(sight: Sight) -> GoalsSheet:
    scores = scores_of(sight.record.happenings)
    cards = [_card(sight, goal, scores.get(goal.id, ())) for goal in in_order(sight.state.goals)]
    if sight.sees_text:
        groups = [GoalGroup(key, name, _placed(c for c in cards if c.status in within)) for key, name, within in GROUPS]
    else:
        groups = [GoalGroup("dates", Text("Målen", "The goals"), tuple(cards))]
    active = len(sight.state.active_goals)
    shown = tuple(group for group in groups if group.goals)
    return GoalsSheet(header(sight), shown, active, active > MOST_AT_A_TIME, _skills(sight))


def _placed(cards: Iterable[GoalCard]) -> tuple[GoalCard, ...]:
    """The cards of one group, each with what it would come before if it was moved one place."""
    found = list(cards)
    ids = [str(card.id) for card in found]
    ways = [(ids[n - 1] if n else None, [*ids[n + 2 :], ""][0] if n + 1 < len(ids) else None) for n in range(len(ids))]
    return tuple(replace(card, earlier=up, later=down) for card, (up, down) in zip(found, ways, strict=True))


def _card(sight: Sight, goal: Goal, scores: tuple[Score, ...]) -> GoalCard:
    noun = sight.record.standing(goal.id)
    words = sight.value(noun, "goal_line", 2)
    if not sight.sees_text:
        return GoalCard(goal.id, words, goal.set_on, history=tuple(Told(s.on, None, None, None) for s in scores))
    scale = tuple(
        Stop(level, sight.value(noun, field, 2), level == goal.level, _days(scores, level)) for level, field in LEVELS
    )
    status = {option.value: option.text for option in METHOD.fields["goal_status"].options}
    history = tuple(Told(s.on, s.level, status.get(s.status or ""), _note(sight, s)) for s in reversed(scores))
    need = METHOD.needs[goal.need].name
    return GoalCard(goal.id, words, goal.set_on, need, goal.status, status[goal.status], goal.level, scale, history)


def _days(scores: tuple[Score, ...], level: int) -> tuple[date, ...]:
    """The days on which the goal came to this step; a step confirmed again and again is one day, the first."""
    said = [score for score in scores if score.level is not None]
    return tuple(s.on for n, s in enumerate(said) if s.level == level and (n == 0 or said[n - 1].level != level))


def _note(sight: Sight, score: Score) -> Shown:
    """The few words that came with the score; a follow-up's own note belongs to the follow-up."""
    noun = sight.record.standing(score.event)
    return sight.value(noun, "note", 2) if noun is not None and hasattr(noun, "goal_level") else None


def _skills(sight: Sight) -> SkillsSheet:
    found = skills_map(sight.record.happenings)
    if found is None:
        return SkillsSheet(None)
    if not sight.sees_text:
        return SkillsSheet(found.on, found.before_on)
    rows = tuple(Ability(key, name, _marks(found, key)) for key, name in METHOD.abilities.items())
    unsaid = tuple(name for skill, name in METHOD.skills.items() if skill not in found.now)
    own_words = sight.value(sight.record.latest("record_skills"), "own_words", 2)
    return SkillsSheet(found.on, found.before_on, rows, unsaid, own_words)


def _marks(found: SkillsMap, ability: str) -> tuple[SkillMark, ...]:
    here = [skill for skill in METHOD.skills if found.now.get(skill) == ability]
    return tuple(SkillMark(METHOD.skills[s], found.changed(s), _before(found.before, s)) for s in here)


def _before(before: Mapping[str, str], skill: str) -> Text | None:
    return METHOD.abilities[before[skill]] if skill in before else None


def goals_of(sight: Sight, every: bool = False) -> tuple[GoalSheet, ...]:
    """The goals that the person works on, or ``every`` goal there has been, in the person's own order."""
    return tuple(_goal(sight, goal) for goal in in_order(sight.state.goals) if every or goal.status != "reached")


def _goal(sight: Sight, goal: Goal) -> GoalSheet:
    noun = sight.record.standing(goal.id)
    levels: tuple[tuple[int, str | Masked | None], ...] = tuple(
        (level, sight.value(noun, field, 2)) for level, field in LEVELS
    )
    return GoalSheet(
        goal.id,
        sight.value(noun, "goal_line", 2),
        METHOD.needs[goal.need].name,
        goal.status,
        goal.level,
        goal.set_on,
        goal.scored_on,
        levels,
    )

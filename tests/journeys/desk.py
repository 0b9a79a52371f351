"""A desk: one browser, and whoever sits at it; it knows the words on the screen and nothing else."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 700}
DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURES = DOCS / "handbok" / "bilder"
FRONT = DOCS / "bilder" / "arende.png"
LATER = r"( \(kan fyllas i senare\)| \(can be filled in later\))?"
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober")
MONTHS += ("november", "december")
Answers = dict[str, str | tuple[str, ...]]


def now() -> str:
    """This minute, as the field for date and time takes it."""
    return datetime.now(STOCKHOLM).strftime("%Y-%m-%dT%H:%M")


def day(days: int = 0) -> str:
    """A day from today, as the field for a date takes it."""
    return (datetime.now(STOCKHOLM).date() + timedelta(days=days)).isoformat()


def spoken(days: int = 0) -> str:
    """The same day as the pages write it: 12 mars 2026."""
    found = date.fromisoformat(day(days))
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def exactly(words: str) -> "re.Pattern[str]":
    """These words and no others, with or without the note that they may wait."""
    return re.compile(rf"^\s*{re.escape(words)}{LATER}\s*$")


@dataclass
class Desk:
    """What somebody does at the screen, by visible labels and roles."""

    page: Any
    axe: Callable[[Any], None]
    began: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(30_000)  # a busy machine is slow, not wrong

    # --- who sits here ---------------------------------------------------------------------

    def sits(self, who: str) -> None:
        """Somebody signs in: the first one opens the browser, the next one takes over the desk."""
        if self.began:
            self.press("Lås")
        else:
            self.page.goto("/")  # the one address that a journey types
            self.began = True
        self.follow("Välj en roll")
        self.press(who)
        self.page.get_by_role("button", name="Lås").wait_for()

    # --- where ------------------------------------------------------------------------------

    def follow(self, words: str, within: str | None = None) -> None:
        """Follows a link, in a list the first of its kind; ``within`` is the section of the page that it stands in."""
        scope = self.page.get_by_role("region", name=within) if within else self.page
        self.open(scope.get_by_role("link", name=re.compile(rf"^{re.escape(words)}( [A-Z0-9]{{6}})?$")))

    def menu(self, words: str) -> None:
        """A page of the main menu."""
        self.open(self.page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name=words, exact=True))

    def press(self, words: str) -> None:
        """Presses a button by the words it begins with."""
        self.open(self.page.get_by_role("button", name=re.compile(f"^{re.escape(words)}")))

    def press_link(self, words: str) -> None:
        """The first link that begins with these words."""
        self.open(self.page.get_by_role("link", name=re.compile(f"^{re.escape(words)}")))

    def open(self, control: Any) -> None:
        """Clicks the first of these, and stays until the page that it leads to is there."""
        with self.page.expect_navigation():
            control.first.click()

    def go_to_case(self, reference: str) -> None:
        """*Gå till ärende*, the field on every page: the case opens at once."""
        field = self.page.get_by_label("Gå till ärende, skriv referensen")
        field.fill(reference)
        with self.page.expect_navigation():
            field.press("Enter")
        self.heading(reference)

    def find_by_name(self, name: str) -> str:
        """The one exact search among one's own cases; opens the only hit and returns its reference."""
        self.menu("Ärenden")
        self.page.get_by_label("Namn, exakt").fill(name)
        self.open(self.page.get_by_role("region", name="Sök").get_by_role("button", name="Sök"))
        hit = self.hit()
        reference: str = hit.inner_text().strip()
        self.open(hit)
        self.heading(reference)
        return reference

    def hit(self) -> Any:
        """The link of the only hit of a search."""
        return self.page.get_by_role("status").filter(has_text="1 träff").get_by_role("link").first

    def step(self, words: str) -> None:
        """A stop of the step strip, by its number and name: ``4 Placering``."""
        number, name = words.split(" ", 1)
        self.open(self.page.get_by_role("link", name=re.compile(rf"^{number}\s*{name}")))
        self.page.get_by_text(f"Steg {number} av 7", exact=True).wait_for()

    def begin(self, words: str) -> None:
        """An event of the case, under *Ny händelse* where it is not a button of its own."""
        self.page.locator("summary", has_text="Ny händelse").click()
        self.open(self.page.get_by_role("group").get_by_role("link", name=words, exact=True))
        self.heading(words)

    # --- what is written --------------------------------------------------------------------

    def write(self, answers: Answers) -> None:
        """Answers each question of the form by its visible words."""
        for question, answer in answers.items():
            self.answer(question, answer)

    def answer(self, question: str, answer: str | tuple[str, ...]) -> None:
        """One question: typed, chosen, ticked."""
        group = self.page.get_by_role("group", name=exactly(question))
        if group.count():
            for words in (answer,) if isinstance(answer, str) else answer:
                group.first.get_by_label(words, exact=True).check()
            return
        control = self.page.get_by_role("main").get_by_label(exactly(question)).first
        assert isinstance(answer, str)
        kind = control.evaluate("control => control.type")
        if kind == "select-one":
            control.select_option(label=answer)
        elif kind == "checkbox":
            control.set_checked(answer == "Ja")
        else:
            control.fill(answer)

    def save(self, words: str, said: str | None = None) -> None:
        """Presses the filled button of the form; ``said`` is what the next page says was done."""
        self.open(self.page.get_by_role("main").get_by_role("button", name=words, exact=True))
        if said:
            self.page.get_by_role("status").get_by_text(said).wait_for()

    def record(self, event: str, answers: Answers, said: str) -> None:
        """From the case: begins an event, answers, saves, and is told that it is done."""
        self.begin(event)
        self.write(answers)
        self.save(event, said)

    def follow_up(self, answers: Answers) -> None:
        """From the case: the follow-up, part by part; it is saved, and one is back at the case."""
        self.begin("Följ upp")
        self.write_parts(answers)
        self.save("Spara uppföljningen", "Uppföljningen är sparad")
        self.open(self.page.get_by_role("main").get_by_role("link", name="Till ärendet"))

    def write_parts(self, answers: Answers) -> None:
        """Answers what each part of a form asks, from the part that is shown to the last one."""
        left = dict(answers)
        while True:
            for question in [question for question in left if self.asked(question)]:
                self.answer(question, left.pop(question))
            for question in [question for question in left if self.asked(question)]:  # asked because of an answer
                self.answer(question, left.pop(question))
            if not self.page.get_by_role("button", name="Fortsätt", exact=True).count():
                break
            self.go_on()
        assert not left, f"nobody asked {list(left)}"

    def asked(self, question: str) -> bool:
        """Whether a question can be seen now."""
        main = self.page.get_by_role("main")
        found = self.page.get_by_role("group", name=exactly(question)), main.get_by_label(exactly(question))
        return any(one.locator("visible=true").count() for one in found)

    def go_on(self) -> None:
        """*Fortsätt*: the heading of the next part has the focus."""
        self.page.get_by_role("button", name="Fortsätt", exact=True).click()
        self.page.locator(".part-title:focus").wait_for()

    def part(self, words: str) -> None:
        """One of the parts of the form, by its name."""
        self.page.get_by_role("navigation", name="Delarna").get_by_role("link", name=words).click()
        self.page.get_by_role("heading", level=2, name=words, exact=True).wait_for()

    # --- what is read -----------------------------------------------------------------------

    def heading(self, words: str) -> None:
        """The page is the one with this main heading."""
        self.page.get_by_role("heading", level=1, name=words, exact=True).wait_for()

    def sees(self, words: str, within: str | None = None) -> None:
        """The words are on the screen."""
        scope = self.page.get_by_role("region", name=within) if within else self.page.get_by_role("main")
        scope.get_by_text(words).locator("visible=true").first.wait_for()

    def does_not_see(self, words: str) -> None:
        """The words are nowhere on the page that is open."""
        assert words not in self.page.locator("body").inner_text()

    def status_of(self, step: str) -> str:
        """What the step strip says about a step: ``Pågår, sedan 3 nov``."""
        number, name = step.split(" ", 1)
        stop = self.page.get_by_role("link", name=re.compile(rf"^{number}\s*{name}"))
        words: str = stop.first.inner_text()
        return words.rsplit("\n", 1)[-1]

    def reference(self) -> str:
        """The reference of the case that is open."""
        words: str = self.page.get_by_role("heading", level=1).inner_text()
        assert re.fullmatch("[A-Z0-9]{6}", words), words
        return words

    def complains(self, *complaints: str) -> None:
        """The form comes back: the summary has the focus and links to each field."""
        summary = self.page.get_by_role("alert")
        summary.wait_for()
        assert summary.evaluate("box => box.contains(document.activeElement)"), "the summary has the focus"
        for words in complaints:
            link = summary.get_by_role("link", name=words)
            link.wait_for()
            target = link.get_attribute("href")[1:]
            assert self.page.locator(f'[id="{target}"]').count() == 1, f"{words}: links to {target}, which is not there"

    # --- how it is made ---------------------------------------------------------------------

    def examine(self, dark: bool = False) -> None:
        """Axe and no sideways scrolling, narrow and wide; ``dark`` adds the dark colours."""
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)
            width = self.page.evaluate("document.scrollingElement.scrollWidth")
            assert width <= size["width"], f"{self.page.url} is {width} wide at {size['width']}"
            self.axe(self.page)
        if dark:
            self.page.emulate_media(color_scheme="dark")
            self.axe(self.page)
            self.page.emulate_media(color_scheme="light")

    def picture(self, name: str) -> None:
        """Pictures for the handbook, narrow and wide."""
        for size in (NARROW, WIDE):
            self.take(PICTURES / f"{name}-{size['width']}.png", size)
        self.page.set_viewport_size(WIDE)

    def take(self, path: Path, size: dict[str, int], whole: bool = False) -> None:
        """A picture of the page as it stands: taken when it is missing or asked for, so that test runs change none."""
        if path.exists() and not os.environ.get("LANGSIKT_PICTURES"):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.set_viewport_size(size)
        self.page.mouse.move(0, 0)
        self.page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
        self.page.screenshot(path=path, full_page=whole)

"""Step 2: the investigation of acute and long-term needs, and what is known of the person."""

from langsikt.access.search import name_tokens, number_token
from langsikt.actions.identity import link
from langsikt.actions.register import verb
from langsikt.actions.risk_assessment import check_review
from langsikt.actions.work import Work
from langsikt.model.of_age import months_of
from langsikt.records.models import SafeContact

# Hidden in the form: left empty they stay as they were, so that nobody copies a number to write it again (rules D1).
KEPT_WHEN_EMPTY = ("phone", "code_word", "danger_signal")


@verb
def answer_acute_safety(work: Work) -> None:
    """The acute safety questions are asked at once after an acute placement (rules B2.4)."""
    work.write()


@verb
def assess_risk(work: Work) -> None:
    """En strukturerad hot- och riskbedömning görs i varje ärende (stadens program 2021–2025).

    Raises Invalid when the next review is not after the assessment.
    """
    check_review(work)
    work.write()


@verb
def assess_needs(work: Work) -> None:
    """Utredning som beaktar både akuta och långsiktiga behov (step 2); states as in rules C1."""
    work.write()


@verb
def record_person(work: Work) -> None:
    """Names and numbers, found again only by exact token (SoLPuL 7 a §; förordning 2001:637 15 §).

    Raises Invalid when nothing was filled in.
    """
    if not any(work.values.get(name) for name in work.rule.offers):
        work.complain("person_name", "Fyll i minst en uppgift", "Fill in at least one detail")
    index(work)
    work.write()
    link(work, "record_person", work.event_id)


def index(work: Work) -> None:
    """The tokens by which a person is found again, and the months of 18 and 21 (ADR 0014), also after a correction."""
    words = [work.values[f] for f in ("person_name", "called") if work.values.get(f)]
    work.values["name_tokens"] = tuple(name_tokens(" ".join(words)))
    if work.values.get("personal_number"):
        work.values["number_token"] = number_token(work.values["personal_number"])
        months = months_of(work.values["personal_number"])
        work.values |= {"turns_18_in": months["turns_18"], "turns_21_in": months["turns_21"]}


@verb
def record_safe_contact(work: Work) -> None:
    """Så når du personen säkert: the channel, what never to do, and when it was confirmed (domain 6).

    What the form hides and nobody types again stays as it was. Raises Invalid for what is both allowed and never.
    """
    both = set(work.values.get("allowed") or ()) & set(work.values.get("never") or ())
    if both:
        work.complain(
            "allowed", "Samma sak står under Aldrig. Ta bort den ena", "The same stands under Never. Remove one"
        )
    card = work.record.latest("record_safe_contact") if work.record else None
    for name in KEPT_WHEN_EMPTY if isinstance(card, SafeContact) else ():
        if not work.values.get(name) and work.record and card is not None:
            work.values[name] = work.record.text(card, name)
    work.write()


@verb
def conclude_investigation(work: Work) -> None:
    """The investigation is concluded: shelter, support without shelter (rules B1.4), or no support."""
    work.write()

"""*Bevakningar*: everything that expires in the actor's cases, in bands and by type; one look, one journal row."""

from datetime import datetime

from langsikt.access import policy
from langsikt.access.errors import NotFound
from langsikt.access.list_sheets import WatchBand, WatchKind, WatchRow, WatchSheet
from langsikt.access.look import acting
from langsikt.access.record import Record, Root
from langsikt.access.sheets import Actor
from langsikt.access.vault import token
from langsikt.access.window.worklist import OWN, Listing, read
from langsikt.model.expiry import BAND_NAMES, Expiry, band_of, expiring
from langsikt.model.load import METHOD
from langsikt.model.texts import Text

MARK = 32
KINDS = {
    "placement": Text("Placeringar", "Placements"),
    "intervention": Text("Insatser", "Supports"),
    "decision": Text("Beslut", "Decisions"),
    "follow_up": Text("Uppföljningar", "Follow-ups"),
    "risk_assessment": Text("Riskbedömningar", "Risk assessments"),
    "offer": Text("Erbjudanden om bostad", "Offers of a home"),
    "referral": Text("Svar från andra", "Answers from others"),
    "safe_contact": Text("Säker kontakt", "Safe contact"),
}
# Whose cases: the filter, its name, the look that allows it, and the relations that it means.
FILTERS = {
    "mina": (Text("Mina", "Mine"), "own_list", OWN),
    "teamet": (Text("Teamet", "The team"), "unit_list", frozenset({"unit_manager"})),
}


def watches(actor: Actor, which: str, now: datetime) -> WatchSheet:
    """Everything that expires in the actor's own cases, or the team's where the role allows. Raises NotFound."""
    return _seen(actor, which, now, "look_watches")


def calendar_rows(actor: Actor, which: str, now: datetime) -> list[WatchRow]:
    """The same rows from today on, for a calendar file; written in the journal as a download. Raises NotFound."""
    sheet = _seen(actor, which, now, "download_watches")
    ahead = [band for band in sheet.bands if band.key != "passed"]
    return sorted((row for band in ahead for kind in band.kinds for row in kind.rows), key=lambda row: row.on)


def _seen(actor: Actor, which: str, now: datetime, action: str) -> WatchSheet:
    available = [key for key, (_, allowed, _) in FILTERS.items() if policy.may(actor.roles, allowed)]
    which = which or (available[-1] if available else "")  # whoever has a team begins with it
    if which not in available:
        raise NotFound
    with acting(actor, now):
        listing = read(actor, now, action)
    found = {key: _rows(actor, listing, FILTERS[key][2]) for key in available}
    filters = tuple((key, FILTERS[key][0], key == which, len(found[key])) for key in available)
    return WatchSheet(filters, tuple(_bands(found[which], listing)), len(found[which]))


def _rows(actor: Actor, listing: Listing, relations: frozenset[str]) -> list[tuple[Expiry, WatchRow]]:
    rows = [(e, _row(actor, e, r)) for r in listing.records if r.root.relations & relations for e in expiring(r.state)]
    return sorted(rows, key=lambda row: row[0].on)


def _bands(rows: list[tuple[Expiry, WatchRow]], listing: Listing) -> list[WatchBand]:
    found = []
    for band, title in BAND_NAMES.items():
        inside = [(e, row) for e, row in rows if band_of(e.on, listing.today) == band]
        kinds = {key: tuple(row for e, row in inside if e.kind == key) for key in KINDS}
        by_kind = tuple(WatchKind(key, KINDS[key], kinds[key]) for key in KINDS if kinds[key])
        found.append(WatchBand(band, title, by_kind, len(inside)))
    return found


def _row(actor: Actor, expiry: Expiry, record: Record) -> WatchRow:
    rule = METHOD.events[expiry.event]
    path = rule.path if policy.acting_role(record.root.relations, rule.name) in rule.who else ""
    mark = _mark(actor, expiry, record.root)
    meeting = expiry.kind == "follow_up"
    return WatchRow(record.root.reference, expiry.what, expiry.on, rule.step, path, rule.label, meeting, mark)


def _mark(actor: Actor, expiry: Expiry, root: Root) -> str:
    """Blind: whoever knows the reference cannot work it out, nor can two people find that theirs are the same."""
    return token("calendar", f"{actor.id}|{root.id}|{expiry.kind}|{expiry.thing}").hex()[:MARK]

"""The journal in words: what its keys are called on a screen."""

from django import template

from langsikt.model.emergency import REASONS as EMERGENCY
from langsikt.model.load import METHOD
from langsikt.model.log_review import ASSESSED, OUTCOMES
from langsikt.model.texts import Text
from langsikt.pages.templatetags.langsikt import words

register = template.Library()

ACTIONS = {
    "look_case": Text("Såg översikten", "Saw the overview"),
    "look_history": Text("Såg händelserna", "Saw the events"),
    "look_log": Text("Såg loggen", "Saw the log"),
    "look_my_day": Text("Såg Min dag", "Saw My day"),
    "look_cases": Text("Såg Ärenden", "Saw Cases"),
    "look_team": Text("Såg Team", "Saw Team"),
    "look_city": Text("Såg Staden", "Saw The city"),
    "look_exclusions": Text("Såg spärrarna", "Saw the exclusions"),
    "look_dwellings": Text("Såg boendena", "Saw the places"),
    "look_journal": Text("Såg hela loggen", "Saw the whole log"),
    "look_staff": Text("Såg personalen", "Saw the staff"),
    "look_plan": Text("Såg planen", "Saw the plan"),
    "look_safety": Text("Såg Trygghet", "Saw Safety"),
    "look_unsafe_nights": Text("Fick veta om osäkra nätter", "Was told of unsafe nights"),
    "look_follow_up": Text("Såg den sparade uppföljningen", "Saw the saved follow-up"),
    "suppose_follow_up": Text("Prövade en uppföljning mot planen", "Tried a follow-up on the plan"),
    "look_leaflet": Text("Såg Min plan", "Saw My plan"),
    "look_goals": Text("Såg målen", "Saw the goals"),
    "look_responsibility": Text("Såg vem som gör vad", "Saw who does what"),
    "look_waiting": Text("Såg vad vi väntar på", "Saw what we wait for"),
    "look_whereabouts": Text("Såg vilka uppgifter som är dolda", "Saw which details are hidden"),
    "reveal_whereabouts": Text("Visade en dold uppgift", "Showed a hidden detail"),
    "look_address_log": Text("Såg vem som har sett en adress", "Saw who has seen an address"),
    "burnt_address": Text("Sade att en adress är röjd", "Said that an address is burnt"),
    "cleared_address": Text("Sade att en adress inte är röjd", "Said that an address is not burnt"),
    "look_watches": Text("Såg Bevakningar", "Saw Watches"),
    "sign_in": Text("Loggade in", "Signed in"),
    "sign_out": Text("Loggade ut", "Signed out"),
    "confirm": Text("Bekräftade sin inloggning", "Confirmed the sign-in"),
    "new_app": Text("Bytte app", "Changed the app"),
    "new_password": Text("Bytte lösenord", "Changed the password"),
    "new_recovery_codes": Text("Skapade nya reservkoder", "Made new recovery codes"),
    "add_passkey": Text("Lade till en passnyckel", "Added a passkey"),
    "remove_passkey": Text("Tog bort en passnyckel", "Removed a passkey"),
    "end_session": Text("Loggade ut på en annan enhet", "Signed out on another device"),
    "end_sessions": Text("Loggade ut någon överallt", "Signed somebody out everywhere"),
    "reset_second_factor": Text("Tog bort någons app", "Removed somebody's app"),
    "search": Text("Sökte", "Searched"),
    "open_emergency": Text("Nödöppnade", "Opened in an emergency"),
    "continue_emergency": Text("Fortsatte nödöppningen", "Went on in an emergency"),
    "look_readers": Text("Såg vem som har läst", "Saw who has read"),
    "assess_readers": Text("Prövade om namn kan lämnas ut", "Examined whether names may be told"),
    "end_call": Text("Samtalet slut", "The call is over"),
    "copy_name": Text("Kopierade namn", "Copied the name"),
    "copy_personal_number": Text("Kopierade personnummer", "Copied the personal number"),
    "copy_code_word": Text("Kopierade kodord", "Copied the code word"),
    "copy_phone": Text("Kopierade telefon", "Copied the telephone number"),
    "copy_card": Text("Kopierade från kontaktkortet", "Copied from the contact card"),
    "copy_address": Text("Kopierade en adress", "Copied an address"),
    "copy_identity_papers": Text("Kopierade var pass finns", "Copied where the papers are"),
    "look_log_review": Text("Såg loggkontrollen", "Saw the log review"),
    "look_finding": Text("Såg en granskning", "Saw a review"),
    "sign_off_finding": Text("Avslutade en granskning", "Closed a review"),
    "draw_sample": Text("Drog ett stickprov", "Drew a sample"),
    "look_emergencies": Text("Såg sina nödöppningar", "Saw own emergencies"),
    "open_form": Text("Öppnade formulär", "Opened a form"),
    "begin_draft": Text("Började ett utkast", "Began a draft"),
    "call": Text("Ringde, såg kortet", "Called, saw the card"),
    "reveal_name": Text("Visade namn", "Showed the name"),
    "reveal_personal_number": Text("Visade personnummer", "Showed the personal number"),
    "reveal_code_word": Text("Visade kodord", "Showed the code word"),
    "reveal_danger_signal": Text("Visade vad som betyder fara", "Showed what means danger"),
    "reveal_safety_signal": Text("Visade vad som betyder fara", "Showed what means danger"),
    "look_texts_without_names": Text("Såg text utan namn", "Saw a text without names"),
    "reveal_text": Text("Visade texterna", "Showed the texts"),
    "reveal_phone": Text("Visade telefon", "Showed the telephone number"),
    "reveal_card": Text("Visade kontaktkortet", "Showed the contact card"),
    "reveal_identity_papers": Text("Visade var pass och id-handling finns", "Showed where the papers are"),
    "reveal_safety": Text("Visade texterna om trygghet", "Showed the texts on safety"),
    "reveal_address": Text("Visade en adress", "Showed an address"),
    "give_role": Text("Gav en roll", "Gave a role"),
    "set_absence": Text("Lade in frånvaro", "Recorded absence"),
    "look_conflicts": Text("Såg jäv att pröva", "Saw conflicts to examine"),
    "write_into": Text("Skrev till ett ärende", "Wrote to a case"),
    "look_network": Text("Såg Nätverk, med namnen dolda", "Saw Network, with the names hidden"),
    "reveal_network": Text("Visade nätverket", "Showed the network"),
    "link_cases": Text("Kopplade ärendet till ett annat", "Linked the case to another"),
    "look_matches": Text("Såg dubbletter och krockar", "Saw duplicates and collisions"),
    "answer_match": Text("Besvarade en dubblett eller krock", "Answered a duplicate or collision"),
    "identify_staff": Text("Sparade någons egen identitet", "Kept somebody's own identity"),
    "uphold_conflict": Text("Prövade jäv: det består", "Examined a conflict: it stands"),
    "lift_conflict": Text("Prövade jäv: hävt", "Examined a conflict: lifted"),
    "lift_exclusion": Text("Hävde en spärr", "Lifted an exclusion"),
    "add_staff": Text("Lade till en medarbetare", "Added a staff member"),
    "add_dwelling": Text("Lade till ett boende", "Added a place"),
    "describe_place": Text("Skrev vad ett boende passar", "Recorded what a place suits"),
    "find_place": Text("Sökte en plats", "Looked for a place"),
    "add_district": Text("Lade till ett stadsdelsområde", "Added a district"),
    "add_unit": Text("Lade till en enhet", "Added a unit"),
    "set_fallback": Text("Valde reserv", "Chose the fallback"),
    "make_key": Text("Servern: ny nyckel", "The server: a new key"),
    "take_key_into_use": Text("Servern: bytte nyckel", "The server: changed the key"),
    "retire_key": Text("Servern: förstörde en gammal nyckel", "The server: destroyed an old key"),
    "ask_erasure": Text("Bad om gallring", "Asked for an erasure"),
    "agree_to_erasure": Text("Godkände gallring, allt raderades", "Agreed to an erasure, all was erased"),
    "look_erasures": Text("Såg vad som ska gallras", "Saw what is to be erased"),
    "erase_again": Text("Servern: raderade igen efter en återläsning", "The server: erased again after a restore"),
    "attest_keys": Text("Servern: kopia av nycklarna prövad", "The server: a copy of the keys was tested"),
}
RESULTS = {
    "done": Text("Gjort", "Done"),
    "ok": Text("Gjort", "Done"),
    "failed": Text("Misslyckades", "Failed"),
    "recovery_code": Text("Gjort, med reservkod", "Done, by recovery code"),
    "inactive": Text("Kontot är stängt", "The account is closed"),
    "idle": Text("Efter 15 minuter", "After 15 minutes"),
    "whole": Text("Efter 10 timmar", "After 10 hours"),
    "unproved": Text("Utan andra faktor", "Without a second factor"),
    "locked": Text("Spärrad en stund", "Locked for a while"),
    "NotFound": Text("Svarades: finns inte", "Answered: does not exist"),
    "RefusedByRight": Text("Nekat, fel behörighet", "Refused, no right"),
    "RefusedByStep": Text("Nekat, fel steg", "Refused, wrong step"),
    "HardStop": Text("Stoppat", "Stopped"),
    "Invalid": Text("Fel i formuläret", "Faults in the form"),
    "Conflict": Text("Någon annan hann före", "Somebody else came first"),
}


@register.filter
def action_word(key: str) -> str:
    """What was done: an event by its label, a look or an errand in words."""
    if key in METHOD.events:
        return words(METHOD.events[key].label)
    step = METHOD.steps.get(key.removeprefix("look_"))
    if step:
        return words(Text("Såg steg {n}", "Saw step {n}").filled(n=f"{step.number} {words(step.short)}"))
    if key.startswith("page_"):
        return words(Text("Ville öppna en sida", "Wanted to open a page"))
    return words(ACTIONS[key]) if key in ACTIONS else key.replace("_", " ")


@register.filter
def result_word(key: str) -> str:
    """How it went."""
    return words(RESULTS[key]) if key in RESULTS else key


@register.filter
def role_word(key: str) -> str:
    """In which role."""
    return words(METHOD.roles[key].name) if key in METHOD.roles else ""


@register.filter
def reason_word(key: str) -> str:
    """Why, or about which event."""
    reasons = {option.value: option.text for option in METHOD.fields["reason"].options}
    said = reasons.get(key) or EMERGENCY.get(key) or OUTCOMES.get(key) or ASSESSED.get(key)
    if said:
        return words(said)
    if key in METHOD.events:
        return words(METHOD.events[key].label)
    return role_word(key) or key.replace("_", " ")

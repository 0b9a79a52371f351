"""Every address of the app: Swedish nouns, opaque references; a route not listed here does not exist."""

from django.urls import include, path, register_converter

from langsikt.pages import (
    case,
    case_link,
    closing,
    conflict_of_interest,
    dwelling,
    emergency,
    erasure,
    event,
    follow_up,
    goals,
    leaflet,
    lists,
    log_review,
    match,
    network,
    notice,
    office,
    outside_note,
    places,
    reading,
    responsibility,
    safety,
    session,
    team,
    texts_without_names,
    waiting,
    whereabouts,
)


class Reference:
    """A case reference: six letters and digits that cannot be misheard."""

    regex = "[A-Z0-9]{6}"

    def to_python(self, value: str) -> str:
        """As written."""
        return value

    def to_url(self, value: str) -> str:
        """As written."""
        return value


register_converter(Reference, "reference")

urlpatterns = [
    path("", lists.home, name="home"),
    path("min-dag/", lists.my_day, name="my_day"),
    path("min-dag/senare/<reference:reference>/<slug:kind>/", lists.postpone, name="postpone"),
    path("min-dag/senare/<reference:reference>/<slug:kind>/tillbaka/", lists.take_back, name="take_back"),
    path("bevakningar/", lists.watches, name="watches"),
    path("bevakningar/bevakningar.ics", lists.watches_file, name="watches_file"),
    path("team/", team.team, name="team"),
    path("arenden/", lists.cases, name="cases"),
    path("arenden/sok/", lists.search, name="search"),
    path("nodoppna/", emergency.emergency, name="emergency"),
    path("arenden/<reference:reference>/nodoppna/fortsatt/", emergency.go_on, name="continue_emergency"),
    path("arenden/skriv/", outside_note.write_into, name="write_into"),
    path("arenden/ny/", event.new_contact, name="new_contact"),
    path("arenden/utkast/receive_contact/", event.draft_new, name="draft_new"),
    path("arenden/<reference:reference>/", case.case, name="case"),
    path("arenden/<reference:reference>/steg/<slug:slug>/", case.step, name="step"),
    path("arenden/<reference:reference>/plan/", case.plan, name="plan"),
    path("arenden/<reference:reference>/min-plan/", leaflet.leaflet, name="leaflet"),
    path("arenden/<reference:reference>/trygghet/", safety.safety, name="safety"),
    path("arenden/<reference:reference>/trygghet/visa/", safety.reveal, name="reveal_safety"),
    path("arenden/<reference:reference>/natverk/", network.network, name="network"),
    path("arenden/<reference:reference>/natverk/visa/", network.reveal, name="reveal_network"),
    path("arenden/<reference:reference>/dolda-uppgifter/", whereabouts.whereabouts, name="whereabouts"),
    path(
        "arenden/<reference:reference>/dolda-uppgifter/<uuid:row_id>/visa/",
        whereabouts.reveal,
        name="reveal_whereabouts",
    ),
    path(
        "arenden/<reference:reference>/text-utan-namn/",
        texts_without_names.texts_without_names,
        name="texts_without_names",
    ),
    path("arenden/<reference:reference>/natverk/koppla/", case_link.link, name="link_case"),
    path("arenden/<reference:reference>/natverk/koppla/<reference:other>/", case_link.link, name="change_link"),
    path("arenden/<reference:reference>/mal/", goals.goals, name="goals"),
    path("arenden/<reference:reference>/vem-gor-vad/", responsibility.responsibility, name="responsibility"),
    path("arenden/<reference:reference>/vantar/", waiting.waiting, name="waiting"),
    path("arenden/<reference:reference>/handelser/", case.history, name="history"),
    path("arenden/<reference:reference>/handelser/<uuid:event_id>/ratta/", event.correct, name="correct"),
    path("arenden/<reference:reference>/visa/", case.reveal, name="reveal"),
    path("arenden/<reference:reference>/samtal-slut/", case.end_call, name="end_call"),
    path("arenden/<reference:reference>/kopierat/", case.copied, name="copied"),
    path("arenden/<reference:reference>/logg/", case.case_log, name="case_log"),
    path("arenden/<reference:reference>/logg/vem-har-last/", case.readers, name="readers"),
    path("arenden/<reference:reference>/logg/vem-har-last/provning/", case.assess_readers, name="assess_readers"),
    path("arenden/<reference:reference>/utkast/<slug:event>/", event.draft, name="draft"),
    path("arenden/<reference:reference>/uppfoljning/glapp/", follow_up.gaps, name="follow_up_gaps"),
    path("arenden/<reference:reference>/uppfoljning/sparad/", follow_up.saved, name="follow_up_saved"),
    path("arenden/<reference:reference>/avslut/avsluta/", closing.close, name="close_case"),
    path("arenden/<reference:reference>/avslut/be-om-underskrift/", closing.close, name="ask_to_close"),
    path("arenden/<reference:reference>/avslut/underskrift/", closing.sign, name="sign_closure"),
    path("arenden/<reference:reference>/avslut/ateruppta/", closing.reopen, name="reopen_case"),
    path("arenden/<reference:reference>/<slug:slug>/<slug:path>/", event.event, name="event"),
    path("aviseringar/", notice.notices, name="notices"),
    path("aviseringar/sedda/", notice.seen, name="notices_seen"),
    path("franvaro/", office.absence, name="absence"),
    path("boende/", office.dwellings, name="dwellings"),
    path("boende/nytt/", office.new_dwelling, name="new_dwelling"),
    path("boende/hitta/", places.find_place, name="find_place"),
    path("boende/<uuid:dwelling_id>/passar/", places.suitability, name="suitability"),
    path("boende/<uuid:dwelling_id>/", dwelling.dwelling, name="dwelling"),
    path("boende/<uuid:dwelling_id>/rojd/", dwelling.burn, name="burn_dwelling"),
    path("boende/<uuid:dwelling_id>/visa/", office.reveal_dwelling, name="reveal_dwelling"),
    path("loggkontroll/", log_review.log_review, name="log_review"),
    path("loggkontroll/logg/", log_review.whole_log, name="whole_log"),
    path("loggkontroll/<uuid:finding_id>/", log_review.finding, name="finding"),
    path("loggkontroll/stickprov/<uuid:unit_id>/", log_review.sample, name="sample"),
    path("gallring/", erasure.erasures, name="erasures"),
    path("gallring/<str:reference>/begar/", erasure.ask, name="ask_erasure"),
    path("gallring/<uuid:request_id>/godkann/", erasure.agree, name="agree_to_erasure"),
    path("sparrar/", office.exclusions, name="exclusions"),
    path("sparrar/<uuid:denial_id>/hav/", office.lift_exclusion, name="lift_exclusion"),
    path("jav/", conflict_of_interest.conflicts, name="conflicts"),
    path("jav/<uuid:denial_id>/", conflict_of_interest.examine, name="examine_conflict"),
    path("traffar/<uuid:match_id>/", match.answer, name="answer_match"),
    path("personal/", office.staff, name="staff"),
    path("personal/ny/", office.new_staff, name="new_staff"),
    path("personal/<uuid:staff_id>/", office.staff_member, name="staff_member"),
    path("personal/<uuid:staff_id>/identitet/", match.identify, name="identify_staff"),
    path("personal/<uuid:staff_id>/ny-app/", office.reset_second_factor, name="reset_second_factor"),
    path("personal/<uuid:staff_id>/inloggningar/slut/", office.end_sessions, name="end_sessions"),
    path("inloggning/kvar/", session.stay, name="stay"),
    path("inloggning/slut/", session.end, name="end_session"),
    path("staden/", office.city, name="city"),
    path("modellen/", reading.model, name="model"),
    path("sprak/", reading.language, name="language"),
    path("hjalp/", reading.help_page, name="help"),
    path("tillganglighet/", reading.accessibility, name="accessibility"),
    path("sa-skyddas-uppgifterna/", reading.protection, name="protection"),
    path("", include("langsikt.config.signin_urls")),
]

handler400 = "langsikt.pages.middleware.bad_request"
handler403 = "langsikt.pages.middleware.stale"
handler404 = "langsikt.pages.middleware.not_found"
handler500 = "langsikt.pages.middleware.error"

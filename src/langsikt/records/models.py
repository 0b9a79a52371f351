"""Every table, gathered for Django."""

from langsikt.records.case import Assignment, Case, Contact, DataKey, Denial
from langsikt.records.closure import Closure, Ending
from langsikt.records.contact import ContactEnded, ContactMade
from langsikt.records.decision import Decision, DecisionService
from langsikt.records.desk import Draft, Receipt
from langsikt.records.dwelling import Dwelling
from langsikt.records.economy import EconomyAnswer, EconomyRequest
from langsikt.records.event import Event, Noun
from langsikt.records.follow_up import FollowUp
from langsikt.records.installation import Installation
from langsikt.records.intervention import Intervention, InterventionEnd, PlannedSupport
from langsikt.records.investigation import AcuteSafety, Conclusion, Investigation
from langsikt.records.journal import JournalEntry
from langsikt.records.need import NeedAssessment
from langsikt.records.note import Correction, Note, Responsibility
from langsikt.records.person import Person, SafeContact
from langsikt.records.placement import Placement, PlacementChange, PlaceRequest
from langsikt.records.risk_assessment import RiskAssessment
from langsikt.records.staff import Absence, District, Staff, StaffRole, Unit

NOUN_OF: dict[str, type[Noun]] = {
    "receive_contact": ContactMade,
    "reopen_case": ContactMade,
    "decline_investigation": ContactEnded,
    "give_advice": ContactEnded,
    "hand_over_contact": ContactEnded,
    "hand_over_to_team": Responsibility,
    "open_investigation": Investigation,
    "answer_acute_safety": AcuteSafety,
    "assess_risk": RiskAssessment,
    "assess_needs": NeedAssessment,
    "assess_needs_after": NeedAssessment,
    "record_person": Person,
    "record_safe_contact": SafeContact,
    "conclude_investigation": Conclusion,
    "issue_decision": Decision,
    "serve_decision": DecisionService,
    "hand_over_economy": EconomyRequest,
    "record_economy_answer": EconomyAnswer,
    "renew_decision": Note,
    "request_place": PlaceRequest,
    "start_placement": Placement,
    "extend_placement": PlacementChange,
    "end_placement": PlacementChange,
    "start_intervention": Intervention,
    "plan_support": PlannedSupport,
    "end_intervention": InterventionEnd,
    "follow_up": FollowUp,
    "reassess_needs": Note,
    "decline_support": Ending,
    "close_case": Closure,
    "ask_to_close": Closure,
    "sign_closure": Closure,
    "record_death": Ending,
    "void_case": Ending,
    "transfer_case": Ending,
    "write_note": Note,
    "answer_day_after": Note,
    "assign_case": Responsibility,
    "exclude_staff": Responsibility,
}
NOUNS: tuple[type[Noun], ...] = (*dict.fromkeys(NOUN_OF.values()), Correction)

__all__ = [
    "NOUNS",
    "NOUN_OF",
    "Absence",
    "AcuteSafety",
    "Assignment",
    "Case",
    "Closure",
    "Conclusion",
    "Contact",
    "ContactEnded",
    "ContactMade",
    "Correction",
    "DataKey",
    "Decision",
    "DecisionService",
    "Denial",
    "District",
    "Draft",
    "Dwelling",
    "EconomyAnswer",
    "EconomyRequest",
    "Ending",
    "Event",
    "FollowUp",
    "Installation",
    "Intervention",
    "InterventionEnd",
    "Investigation",
    "JournalEntry",
    "NeedAssessment",
    "Note",
    "Noun",
    "Person",
    "PlaceRequest",
    "Placement",
    "PlacementChange",
    "PlannedSupport",
    "Receipt",
    "Responsibility",
    "RiskAssessment",
    "SafeContact",
    "Staff",
    "StaffRole",
    "Unit",
]

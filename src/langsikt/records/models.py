"""Every table, gathered for Django."""

from langsikt.records.case import Assignment, Case, Contact, DataKey, Denial, Tombstone
from langsikt.records.case_link import CaseLink
from langsikt.records.check_in import CheckIn
from langsikt.records.closure import AfterClosure, Closure, Ending
from langsikt.records.contact import ContactEnded, ContactMade
from langsikt.records.decision import Decision, DecisionDraft, DecisionService, SentBack
from langsikt.records.desk import Draft, Postponement, Receipt
from langsikt.records.dwelling import Burning, Dwelling, Suitability, UnmetNeed
from langsikt.records.economy import EconomyAnswer, EconomyRequest
from langsikt.records.emergency import Emergency
from langsikt.records.erasure import Erasure
from langsikt.records.event import Event, Noun
from langsikt.records.follow_up import FollowUp
from langsikt.records.goal import Goal, GoalScore, Skills
from langsikt.records.installation import Guard, Installation
from langsikt.records.intervention import Intervention, InterventionEnd, PlannedSupport
from langsikt.records.investigation import AcuteSafety, Conclusion, Investigation
from langsikt.records.journal import Anchor, JournalEntry
from langsikt.records.log_review import Finding, SignOff
from langsikt.records.milestone import Milestone
from langsikt.records.need import NeedAssessment
from langsikt.records.network import IdentityToken, InterpreterBooking, Match, NetworkPerson, NetworkRole
from langsikt.records.note import Correction, Note, Responsibility, ResponsibleUnit
from langsikt.records.notice import DeliveryAddress, Notice
from langsikt.records.person import Person, SafeContact
from langsikt.records.placement import Placement, PlacementChange, PlaceRequest
from langsikt.records.referral import CoordinatedPlan, Offer, OfferAnswer, Referral, ReferralAnswer
from langsikt.records.risk_assessment import RiskAssessment, RiskConfirmation, RiskReason
from langsikt.records.safety_plan import FamilyContact, Missing, SafetyPlan
from langsikt.records.staff import Absence, District, Staff, StaffRole, Unit
from langsikt.records.whereabouts import Whereabouts, WhereaboutsEnd

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
    "receive_note": Note,
    "answer_day_after": Note,
    "assign_case": Responsibility,
    "exclude_staff": Responsibility,
    "declare_conflict_of_interest": Responsibility,
    "confirm_risk_assessment": RiskConfirmation,
    "report_risk_assessment_reason": RiskReason,
    "draft_decision": DecisionDraft,
    "sign_decision": Decision,
    "send_back_decision": SentBack,
    "send_back_closure": SentBack,
    "answer_coordinated_plan": CoordinatedPlan,
    "end_placement_acutely": PlacementChange,
    "add_milestone": Milestone,
    "send_referral": Referral,
    "record_referral_answer": ReferralAnswer,
    "receive_offer": Offer,
    "answer_offer": OfferAnswer,
    "check_in": CheckIn,
    "set_goal": Goal,
    "score_goal": GoalScore,
    "order_goals": GoalScore,
    "record_skills": Skills,
    "call_after_closure": AfterClosure,
    "count_question_after_closure": AfterClosure,
    "record_family_contact": FamilyContact,
    "write_safety_plan": SafetyPlan,
    "report_missing_person": Missing,
    "record_person_found": Missing,
    "name_responsible_unit": ResponsibleUnit,
    "add_network_person": NetworkPerson,
    "change_network_role": NetworkRole,
    "book_interpreter": InterpreterBooking,
    "record_whereabouts": Whereabouts,
    "end_whereabouts": WhereaboutsEnd,
}
NOUNS: tuple[type[Noun], ...] = (*dict.fromkeys(NOUN_OF.values()), Correction)

__all__ = [
    "NOUNS",
    "NOUN_OF",
    "Absence",
    "AcuteSafety",
    "AfterClosure",
    "Anchor",
    "Assignment",
    "Burning",
    "Case",
    "CaseLink",
    "CheckIn",
    "Closure",
    "Conclusion",
    "Contact",
    "ContactEnded",
    "ContactMade",
    "CoordinatedPlan",
    "Correction",
    "DataKey",
    "Decision",
    "DecisionDraft",
    "DecisionService",
    "DeliveryAddress",
    "Denial",
    "District",
    "Draft",
    "Dwelling",
    "EconomyAnswer",
    "EconomyRequest",
    "Emergency",
    "Ending",
    "Erasure",
    "Event",
    "FamilyContact",
    "Finding",
    "FollowUp",
    "Goal",
    "GoalScore",
    "Guard",
    "IdentityToken",
    "Installation",
    "InterpreterBooking",
    "Intervention",
    "InterventionEnd",
    "Investigation",
    "JournalEntry",
    "Match",
    "Milestone",
    "Missing",
    "NeedAssessment",
    "NetworkPerson",
    "NetworkRole",
    "Note",
    "Notice",
    "Noun",
    "Offer",
    "OfferAnswer",
    "Person",
    "PlaceRequest",
    "Placement",
    "PlacementChange",
    "PlannedSupport",
    "Postponement",
    "Receipt",
    "Referral",
    "ReferralAnswer",
    "Responsibility",
    "ResponsibleUnit",
    "RiskAssessment",
    "RiskConfirmation",
    "RiskReason",
    "SafeContact",
    "SafetyPlan",
    "SentBack",
    "SignOff",
    "Skills",
    "Staff",
    "StaffRole",
    "Suitability",
    "Tombstone",
    "Unit",
    "UnmetNeed",
    "Whereabouts",
    "WhereaboutsEnd",
]

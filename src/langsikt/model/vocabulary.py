"""The words that ``steps.toml`` may use for facts and stops, and the phases of ``caseload.toml``; ``facts`` and
``caseload`` give each its function."""

FACTS = frozenset(
    {
        "lone_minor",
        "acute",
        "shelter_chosen",
        "without_shelter_chosen",
        "no_support_chosen",
        "shelter_granted",
        "other_support_granted",
        "refused",
        "no_placement_left",
        "needs_after_outdated",
        "change_chosen",
        "not_needed",
    }
)
NEEDS = frozenset(
    {
        "decision",
        "economy_request",
        "placement",
        "running_support",
        "closure_request",
        "day_after_debt",
        "correctable",
        "full_assessment",
        "decision_draft",
        "referral",
        "offer",
        "goal",
        "several_goals",
        "missing_person",
        "calls_agreed",
        "network_person",
        "whereabouts",
    }
)
EXPECTED = frozenset(
    {
        "risk_assessed",
        "core_needs_assessed",
        "day_after",
        "moved_to",
        "next_follow_up",
        "own_words_or_not_asked",
        "contact_person_asked",
        "contact_person_reasoned",
        "coordinated_plan_asked",
        "tonight_known",
        "call_settled",
        "next_contact_when_worried",
        "hand_over",
    }
)
PHASES = frozenset({"acute", "placement", "after", "follow_up", "investigation"})
HARD_STOPS = frozenset(
    {
        "decision_complete",
        "decider_competent",
        "no_whereabouts",
        "child_with_guardian",
        "place_free",
        "young_with_decision",
        "intervention_with_decision",
        "nothing_running",
        "needs_after_assessed",
        "worker_left",
        "closure_still_holds",
        "supporter_free",
        "interpreter_free",
    }
)

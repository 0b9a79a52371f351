"""The twelve made-up people of the demo, in the order in which they are laid in."""

from devtools.stories import (
    couple_tonight,
    debts_in_her_name,
    lease_cancelled,
    no_place_for_him,
    others_take_her_money,
    own_strength,
    refused_rent,
    rejected_by_family,
    silent_agreement,
    starting_from_zero,
    two_weeks,
    waiting_for_psychiatry,
)

PEOPLE = (
    lease_cancelled.PERSON,
    silent_agreement.PERSON,
    own_strength.PERSON,
    debts_in_her_name.PERSON,
    refused_rent.PERSON,
    starting_from_zero.PERSON,
    waiting_for_psychiatry.PERSON,
    two_weeks.PERSON,
    no_place_for_him.PERSON,
    others_take_her_money.PERSON,
    rejected_by_family.PERSON,
    couple_tonight.PERSON,
)

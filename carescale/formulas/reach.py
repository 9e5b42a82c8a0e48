"""Reach: who is reached now, how many more, and the people it takes to support them."""

from __future__ import annotations

from carescale.engine.tree import Number
from carescale.engine.verbs import less, maximum, minimum, more, round_up, summed, where
from carescale.formulas.vocabulary import MONTHS_PER_YEAR, ONE_YEAR, formula, rolled_up


@formula("People now", unit="person", per="cohort", when={"counted": "people_at_a_time"})
def people_now(current_people: Number) -> Number:
    """People in the arrangement today."""
    return current_people


rolled_up("people_now", "intervention", "People in its arrangements today, over its cohorts.")


@formula("People helped a year now", unit="person/year", per="cohort", when={"counted": "people_a_year"})
def people_a_year_now(current_people_a_year: Number) -> Number:
    """People, or episodes, that began in the last year."""
    return current_people_a_year


@formula("Target people", unit="person", per="cohort", when={"target": "people"})
def target_people__people(planned_people: Number) -> Number:
    """People in all, as the plan names them."""
    return planned_people


@formula("Target people", unit="person", per="cohort", when={"target": "rate"})
def target_people__rate(target_rate: Number, rate_base: Number) -> Number:
    """The rate that the plan catches up with, times those it is a rate of."""
    return target_rate * rate_base


@formula("Target people", unit="person", per="cohort", when={"target": "all"})
def target_people__all(eligible_people: Number) -> Number:
    """Everyone who is supported."""
    return eligible_people


@formula(
    "Additional people, as planned", unit="person", per="cohort", when={"target": "add", "counted": "people_at_a_time"}
)
def planned_additional_people__add(added_people: Number) -> Number:
    """As many more as the plan names; nothing need be known of those reached today."""
    return added_people


@formula(
    "Additional people, as planned",
    unit="person",
    per="cohort",
    when={"target": "add_share", "counted": "people_at_a_time"},
)
def planned_additional_people__add_share(added_share: Number, eligible_people: Number) -> Number:
    """A share of those supported; nothing need be known of those reached today."""
    return added_share * eligible_people


@formula(
    "Additional people, as planned",
    unit="person",
    per="cohort",
    when={"target": ("people", "rate", "all"), "counted": "people_at_a_time"},
)
def planned_additional_people__to_target(target_people: Number, current_people: Number) -> Number:
    """People reached beyond those reached today; an area already past the target stays where it is."""
    return maximum(target_people - current_people, 0)


# --- support that ends: people helped in a year, of whom only some are there at a time -------------------------------


@formula(
    "More people helped a year, as planned",
    unit="person/year",
    per="cohort",
    when={"target": "add", "counted": "people_a_year"},
)
def planned_additional_people_a_year__add(added_people_a_year: Number) -> Number:
    """People, or episodes, that begin in a year at full scale: never to be added to people at a time."""
    return added_people_a_year


@formula(
    "More people helped a year, as planned",
    unit="person/year",
    per="cohort",
    when={"target": "add_share", "counted": "people_a_year"},
)
def planned_additional_people_a_year__add_share(added_share: Number, eligible_people: Number) -> Number:
    """As many in a year as a share of those supported."""
    return added_share * eligible_people / ONE_YEAR


@formula("People a year not reached", unit="person/year", per="cohort")
def people_a_year_not_reached(planned_additional_people_a_year: Number, delivery_against_plan: Number) -> Number:
    """Those by whom such plans have fallen short."""
    return planned_additional_people_a_year * (1 - delivery_against_plan)


@formula("More people helped a year", unit="person/year", per="cohort")
def additional_people_a_year(planned_additional_people_a_year: Number, people_a_year_not_reached: Number) -> Number:
    """Those planned, as far as such plans have been kept."""
    return less(planned_additional_people_a_year, people_a_year_not_reached)


rolled_up("additional_people_a_year", "intervention", "More people helped in a year, over its cohorts.")
rolled_up("additional_people_a_year", "case", "More people helped in a year, over the interventions counted so.")


@formula("People helped a year in all", unit="person/year", per="cohort", when={"counted": "people_a_year"})
def total_people_a_year(current_people_a_year: Number, additional_people_a_year: Number) -> Number:
    """People helped in a year at full scale."""
    return current_people_a_year + additional_people_a_year


@formula("Additional people", unit="person", per="cohort", when={"counted": "people_a_year"})
def additional_people__a_year(additional_people_a_year: Number, stay_months: Number) -> Number:
    """Those who are there at a time: 1,000 a year for six weeks each are 115."""
    return additional_people_a_year * stay_months / MONTHS_PER_YEAR


# --- limits: a plan reaches no further than the carers and volunteers who can be found -------------------------------


def share_of(part: Number, whole: Number) -> Number:
    """How far a part goes; all the way where nothing is needed."""
    return where(whole > 0, minimum(part / whole, 1), 1)


@formula("Carers for the whole plan", unit="carer", per="cohort", when={"staffing": "carers"})
def carers_for_plan(
    planned_additional_people: Number, arrangements_per_person: Number, carers_per_arrangement: Number
) -> Number:
    """Carers that the plan would take, if they could be found."""
    return planned_additional_people * arrangements_per_person * carers_per_arrangement


rolled_up("carers_for_plan", "intervention", "Carers that the plan would take, over its cohorts.")


@formula("Share of the plan with carers", unit="", per="intervention")
def share_with_carers(carers_available: Number, carers_for_plan: Number) -> Number:
    """How far the carers who can be found go; the same for every cohort."""
    return share_of(carers_available, carers_for_plan)


@formula("People for whom there is no carer", unit="person", per="cohort")
def people_without_carers(planned_additional_people: Number, share_with_carers: Number) -> Number:
    """Carer supply is the limit that the field itself names."""
    return planned_additional_people * (1 - share_with_carers)


@formula("Volunteers for the whole plan", unit="volunteer", per="cohort", when={"staffing": "team"})
def volunteers_for_plan(planned_additional_people: Number, team_volunteers: Number, team_people: Number) -> Number:
    """Volunteers that the plan would take, in proportion to a published team."""
    return planned_additional_people * team_volunteers / team_people


rolled_up("volunteers_for_plan", "intervention", "Volunteers that the plan would take, over its cohorts.")


@formula("Share of the plan with volunteers", unit="", per="intervention")
def share_with_volunteers(volunteers_available: Number, volunteers_for_plan: Number) -> Number:
    """How far the volunteers who can be found go; the same for every cohort."""
    return share_of(volunteers_available, volunteers_for_plan)


@formula("People for whom there is no volunteer", unit="person", per="cohort")
def people_without_volunteers(planned_additional_people: Number, share_with_volunteers: Number) -> Number:
    """Those for whom the volunteers who can be found do not suffice."""
    return planned_additional_people * (1 - share_with_volunteers)


@formula("People with somebody to support them", unit="person", per="cohort")
def people_with_staff(
    planned_additional_people: Number, people_without_carers: Number, people_without_volunteers: Number
) -> Number:
    """As many more as planned, as far as there is somebody to support them; set-up is spent for so many."""
    return less(less(planned_additional_people, people_without_carers), people_without_volunteers)


@formula("People not reached", unit="person", per="cohort")
def people_not_reached(people_with_staff: Number, delivery_against_plan: Number) -> Number:
    """Those by whom such plans have fallen short."""
    return people_with_staff * (1 - delivery_against_plan)


@formula("Additional people", unit="person", per="cohort", when={"counted": "people_at_a_time"})
def additional_people__at_a_time(people_with_staff: Number, people_not_reached: Number) -> Number:
    """Those planned, as far as there is somebody to support them and such plans have been kept."""
    return less(people_with_staff, people_not_reached)


rolled_up("additional_people", "intervention", "More people, over its cohorts.")
rolled_up(
    "additional_people", "case", "More people, over the interventions; someone helped by two of them counts twice."
)


@formula("Total people", unit="person", per="cohort")
def total_people(current_people: Number, additional_people: Number) -> Number:
    """People in the arrangement at full scale."""
    return current_people + additional_people


rolled_up(
    "total_people",
    "intervention",
    "People in its arrangements at full scale; only where every cohort's number is known.",
    whole=True,
)
rolled_up(
    "total_people", "case", "People in all at full scale; only where every intervention's number is known.", whole=True
)


@formula("People whom the rate is of", unit="person", per="cohort", when={"rate_of": "eligible"})
def rate_base__eligible(eligible_people: Number) -> Number:
    """Those supported for the reason that the cohort is for."""
    return eligible_people


@formula("People whom the rate is of", unit="person", per="cohort", when={"rate_of": "population"})
def rate_base__population(adult_population: Number) -> Number:
    """All adults: a rate of them is never to be compared with a rate of those supported."""
    return adult_population


@formula("Rate now", unit="", per="cohort", when={"counted": "people_at_a_time"})
def rate_now__at_a_time(current_people: Number, rate_base: Number) -> Number:
    """The share of those it could be for who are in the arrangement today."""
    return current_people / rate_base


@formula("Rate now", unit="", per="cohort", when={"counted": "people_a_year"})
def rate_now__a_year(current_people_a_year: Number, rate_base: Number) -> Number:
    """The share of those it could be for who are helped in a year."""
    return current_people_a_year * ONE_YEAR / rate_base


@formula("Rate then", unit="", per="cohort", when={"counted": "people_at_a_time"})
def rate_then__at_a_time(total_people: Number, rate_base: Number) -> Number:
    """The share of those it could be for who are in the arrangement at full scale."""
    return total_people / rate_base


@formula("Rate then", unit="", per="cohort", when={"counted": "people_a_year"})
def rate_then__a_year(total_people_a_year: Number, rate_base: Number) -> Number:
    """The share of those it could be for who are helped in a year at full scale."""
    return total_people_a_year * ONE_YEAR / rate_base


@formula("Additional arrangements, as planned", unit="arrangement", per="cohort")
def planned_arrangements(people_with_staff: Number, arrangements_per_person: Number) -> Number:
    """Arrangements that the plan sets up: money for them is spent before anyone knows how many there will be."""
    return people_with_staff * arrangements_per_person


rolled_up("planned_arrangements", "intervention", "Arrangements that the plan sets up, over its cohorts.")


@formula("Additional arrangements", unit="arrangement", per="cohort")
def additional_arrangements(additional_people: Number, arrangements_per_person: Number) -> Number:
    """Arrangements to set up: people are not arrangements where someone has two."""
    return additional_people * arrangements_per_person


rolled_up("additional_arrangements", "intervention", "Arrangements to set up, over its cohorts.")


@formula("Carers needed", unit="carer", per="cohort")
def carers_needed(additional_arrangements: Number, carers_per_arrangement: Number) -> Number:
    """Carers for the additional arrangements, before rounding up."""
    return additional_arrangements * carers_per_arrangement


@formula("Additional carers", unit="carer", per="intervention", when={"staffing": "carers"})
def additional_carers(carers_needed: Number) -> Number:
    """Carers to recruit; their supply is what limits Shared Lives."""
    return round_up(summed(carers_needed))


@formula("Additional coordinators", unit="coordinator", per="intervention", when={"staffing": "carers"})
def additional_coordinators__carers(additional_carers: Number, carers_per_coordinator: Number) -> Number:
    """Coordinators for the additional carers."""
    return round_up(additional_carers / carers_per_coordinator)


@formula(
    "Additional coordinators",
    unit="coordinator",
    per="intervention",
    when={"staffing": "team", "counted": "people_at_a_time"},
)
def additional_coordinators__team(additional_people: Number, team_coordinators: Number, team_people: Number) -> Number:
    """Coordinators in proportion to a published team."""
    return round_up(additional_people * team_coordinators / team_people)


@formula(
    "Additional volunteers",
    unit="volunteer",
    per="intervention",
    when={"staffing": "team", "counted": "people_at_a_time"},
)
def additional_volunteers__team(additional_people: Number, team_volunteers: Number, team_people: Number) -> Number:
    """Volunteers in proportion to a published team."""
    return round_up(additional_people * team_volunteers / team_people)


@formula(
    "Additional coordinators",
    unit="coordinator",
    per="intervention",
    when={"staffing": "team", "counted": "people_a_year"},
)
def additional_coordinators__team_a_year(
    additional_people_a_year: Number, team_coordinators: Number, team_people_a_year: Number
) -> Number:
    """Coordinators in proportion to a team that is published for so many people in a year."""
    return round_up(additional_people_a_year * team_coordinators / team_people_a_year)


@formula(
    "Additional volunteers", unit="volunteer", per="intervention", when={"staffing": "team", "counted": "people_a_year"}
)
def additional_volunteers__team_a_year(
    additional_people_a_year: Number, team_volunteers: Number, team_people_a_year: Number
) -> Number:
    """Volunteers in proportion to a team that is published for so many people in a year."""
    return round_up(additional_people_a_year * team_volunteers / team_people_a_year)


# --- held against who there is: asked beside the plan, and no quantity of it -----------------------------------------


def people_in_all(people_now: Number, planned_additional_people: Number) -> Number:
    """Everyone that a plan would reach, with those reached today; at least, where these are not known."""
    return more(planned_additional_people, where(people_now >= 0, people_now, 0))


def people_beyond(people_now: Number, planned_additional_people: Number, people_there_are: Number) -> Number:
    """By how many a plan is for more people than there are; nothing where they suffice."""
    return maximum(people_in_all(people_now, planned_additional_people) - people_there_are, 0)

"""The words of the trade: levels, payers, choices, and every figure a file may give, with its unit and level.

The file schema, the hints under a misspelt name and the formulas' arguments all come from here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from carescale.engine.registry import Registry
from carescale.engine.tree import constant

# A strand is a part of a cohort's mix; a spend line is spending that falls, where no people are counted; an outcome is
# what changes and is not money; a pair is two interventions that may reach the same people.
LEVELS: Mapping[str, str] = {
    "strand": "cohort",
    "cohort": "intervention",
    "spend_line": "intervention",
    "outcome": "intervention",
    "intervention": "case",
    "pair": "case",
    "case": "",
}

PAYERS: Mapping[str, str] = {"council": "Council", "nhs": "NHS", "society": "Wider society"}

# Whose present values may be added, where that is asked for: public money, or wider social value with it.
ADDED: Mapping[str, tuple[str, ...]] = {"fiscal": ("council", "nhs"), "everyone": ("council", "nhs", "society")}

# Primary support reasons of the official statistics, and the older word for memory and cognition.
GROUPS: Mapping[str, str] = {
    "physical_support": "Physical support",
    "sensory_support": "Sensory support",
    "memory_and_cognition": "Support with memory and cognition",
    "learning_disability": "Learning disability support",
    "mental_health": "Mental health support",
    "social_support": "Social support",
    "older_people": "People aged 65 and over",
    "all_groups": "All client groups",
}

# The five areas of change of SCIE's paper, and what stands beside them.
THEMES: Mapping[str, str] = {
    "staying_well": "Helping people to stay well and connected to others",
    "living_at_home": "Supporting people to carry on living at home",
    "meaningful_days": "Helping people to meaningful days, or to work",
    "somewhere_to_live": "Support and somewhere to live",
    "after_hospital": "Independence after hospital",
    "beside_them": "Beside the five areas",
}

# Ways of counting that a file may choose between; the formulas' `when=` names them.
CHOICES: Mapping[str, Mapping[str, str]] = {
    "target": {
        "add": "so many more people",
        "add_share": "more people, as a share of those supported (`add: 2.34% of eligible`)",
        "people": "so many people in all",
        "rate": "so many of those supported",
        "all": "everyone, or all of the spend",
        "share": "a share of the spend",
        "catch_up": "the rate of the best areas of a table",
    },
    "counted": {
        "people_at_a_time": "people who are supported at one time, for as long as they stay",
        "people_a_year": "people, or episodes, helped in a year, for a time that ends",
    },
    "rate_of": {
        "eligible": "of the people who are supported for the reason that the cohort is for",
        "population": "of all adults, where the number supported is not known",
    },
    "benchmark": {
        "best": "the best area",
        "top_decile": "the top decile (inclusive, as Excel's PERCENTILE.INC)",
        "top_quartile": "the top quartile (inclusive)",
        "median": "the median (inclusive)",
        "mean_of_best": "the mean of the best few areas",
    },
    "gaps": {
        "all": "every gap counts",
        "beyond_chance": "only gaps that the area's own interval does not reach across",
    },
    "saving_basis": {
        "published": "the published saving a person a year",
        "weekly_costs": "local weekly costs, net of what people contribute",
        "annual_costs": "the yearly cost of what is replaced, less that of the arrangement",
        "mix": "the average of the strands, weighted by the people in each",
    },
    "running_cost_basis": {
        "per_person": "so much a person a year",
        "lump_sum": "so much a year for the whole programme",
        "already_deducted": "the published saving is already net of it",
    },
    "set_up_basis": {
        "pro_rata": "the investment for a block, in proportion to the arrangements",
        "whole_blocks": "whole blocks, however many arrangements the last one holds",
        "lump_sum": "one sum for the programme",
    },
    "ramp": {
        "straight": "an equal step each month",
        "s_shaped": "slow, fast, slow",
        "yearly_shares": "a share of full scale for each year",
    },
    "appraisal": {
        "none": "flows are not discounted",
        "discounted": "present values, by the schedule of discount rates",
        "cash": "cash by financial year, as pay, fees and prices rise",
    },
    "staffing": {
        "carers": "carers, and coordinators for so many carers",
        "team": "a team of coordinators and volunteers for so many people",
        "none": "no staffing is published",
    },
}

# What holds where an intervention's file does not choose.
DEFAULT_CHOICES: Mapping[str, str] = {
    "saving_basis": "published",
    "running_cost_basis": "per_person",
    "set_up_basis": "lump_sum",
    "ramp": "straight",
    "staffing": "none",
}

# What `paid_by` names one payer for.
SHARES_OF_COST = ("running_cost_share", "set_up_share")

# The figures that say what is saved, of whichever basis; and what is avoided or paid, where that is given by itself.
SAVINGS = ("published_saving_per_person", "saving_per_episode", "spend_reduction")
COSTS_AVOIDED = ("annual_cost_now", "weekly_cost_now")
COSTS = (
    "annual_cost_new", "weekly_cost_new", "running_cost_per_person", "running_cost_per_episode", "annual_running_cost",
    "coordinator_cost", "set_up_cost_per_block", "set_up_lump_sum",
)  # fmt: skip

# What `yearly_shares` may list, a figure a year; the last one given holds from then on.
SHARES_BY_YEAR = tuple(f"share_in_year_{year}" for year in range(1, 6))

MONTHS_PER_YEAR = constant(12, "month/year", "12 months")
MONTHS_OF_A_YEAR = constant(12, "month", "12 months")
ONE_MONTH = constant(1, "month", "1 month")
ONE_YEAR = constant(1, "year", "1 year")
ONE_BLOCK = constant(1, "block", "1 block")
ONE_ARRANGEMENT = constant(1, "arrangement", "1 arrangement")
ONE_PERSON = constant(1, "person", "1 person")
TWELFTH = constant(1 / 12, "", "a twelfth")  # one month of a year's growth

BEYOND_HORIZON = constant(math.inf, "GBP", "beyond the horizon")  # as a month is that does not come by then

TWELVE = constant(12, "", "12")  # months of growth in a year
GRADES = tuple(constant(grade, "grade", f"grade {grade}") for grade in range(1, 7))  # of evidence, 1 the strongest

# How a plan says how far to go: the rule, and the figure that carries its number.
TARGET_FIGURES: Mapping[str, str] = {
    "add": "added_people",
    "people": "planned_people",
    "rate": "target_rate",
    "share": "covered_share",
}

registry = Registry(LEVELS, ("payer", "year", "period", "report"))
figure, formula, rolled_up = registry.figure, registry.formula, registry.rolled_up

# reach
figure("eligible_people", "Eligible people", unit="person", per="cohort")
figure("adult_population", "Adult population", unit="person", per="cohort")
figure("current_people", "People in the arrangement now", unit="person", per="cohort")
figure("current_people_a_year", "People helped in a year now", unit="person/year", per="cohort")
figure("added_people", "People to add", unit="person", per="cohort")
figure("added_share", "Share of those supported to add", unit="", per="cohort")
figure("added_people_a_year", "People a year to add", unit="person/year", per="cohort")
figure("planned_people", "People planned in all", unit="person", per="cohort")
figure("target_rate", "Target rate", unit="", per="cohort")
figure("arrangements_per_person", "Arrangements a person", unit="arrangement/person", per="cohort")
# benchmarks over the areas of a table
figure("minimum_eligible", "Fewest eligible people for a benchmark", unit="person", per="cohort")
figure("benchmark_areas", "Areas in the mean of the best", unit="area", per="cohort")
figure("confidence", "Confidence of the intervals", unit="", per="case")
figure("upper_rate", "Upper end of the rate", unit="", per="cohort")
# staff
figure("carers_per_arrangement", "Carers an arrangement", unit="carer/arrangement", per="cohort")
figure("carers_per_coordinator", "Carers a coordinator", unit="carer/coordinator", per="intervention")
figure("team_people", "People a team supports", unit="person", per="intervention")
figure("team_people_a_year", "People a team helps in a year", unit="person/year", per="intervention")
figure("team_coordinators", "Coordinators in a team", unit="coordinator", per="intervention")
figure("team_volunteers", "Volunteers in a team", unit="volunteer", per="intervention")
figure("carers_available", "Carers that can be found", unit="carer", per="intervention", optional=True)
figure("volunteers_available", "Volunteers that can be found", unit="volunteer", per="intervention", optional=True)
# outcomes that are not money
figure("outcome_change", "Change", unit="", per="outcome", optional=True, signed=True)
figure("outcome_baseline", "Before, for each person", unit="event/person/year", per="outcome")
figure("outcome_share", "Share of those supported", unit="", per="outcome", optional=True)
# where it was tried: totals of a study or a pilot, which are never scaled
figure("study_cost", "Put in, where it was tried", unit="GBP", per="intervention", optional=True)
figure("study_return", "Came back for each pound, as printed", unit="GBP/GBP", per="intervention, payer", optional=True)
figure("study_benefit", "Came back, where it was tried", unit="GBP", per="intervention, payer", optional=True)
# savings
figure("share_bearing_saving", "Share who bear the saving", unit="", per="cohort")
figure(
    "published_saving_per_person", "Published saving a person", unit="GBP/person/year", per="strand, payer", signed=True
)
figure(
    "saving_per_episode", "Published saving for each person helped", unit="GBP/person", per="cohort, payer", signed=True
)
figure("annual_cost_now", "Yearly cost of what is replaced", unit="GBP/person/year", per="cohort, payer")
figure("annual_cost_new", "Yearly cost of the arrangement", unit="GBP/person/year", per="cohort, payer")
figure("weekly_cost_now", "Weekly cost of what is replaced", unit="GBP/person/week", per="cohort, payer")
figure("weekly_cost_new", "Weekly cost of the arrangement", unit="GBP/person/week", per="cohort, payer")
figure("weekly_contribution_now", "Weekly client contribution now", unit="GBP/person/week", per="cohort, payer")
figure("weekly_contribution_new", "Weekly client contribution then", unit="GBP/person/week", per="cohort, payer")
figure("price_index_then", "Prices when the arrangement was costed", unit="index point", per="case", optional=True)
figure("price_index_now", "Prices when local care was costed", unit="index point", per="case", optional=True)
figure("weeks_per_year", "Weeks a year", unit="week/year", per="case")
figure("people_in_mix", "People in the mix", unit="person", per="strand")
figure("spend", "Spend a year", unit="GBP/year", per="spend_line")
figure("covered_share", "Share of the spend covered", unit="", per="spend_line")
figure("spend_reduction", "Reduction of the spend", unit="", per="spend_line, payer")
figure("running_cost_per_person", "Running cost a person", unit="GBP/person/year", per="cohort")
figure("running_cost_per_episode", "Cost for each person helped", unit="GBP/person", per="cohort")
figure("annual_running_cost", "Running cost of the programme", unit="GBP/year", per="intervention")
figure("running_cost_share", "Share of the running cost", unit="", per="intervention, payer")
figure("running_cost_from_month", "First month of the programme's cost", unit="month", per="intervention")
figure("coordinator_cost", "Cost of a coordinator", unit="GBP/coordinator/year", per="intervention", optional=True)
figure("void_share", "Places that stand empty", unit="", per="intervention", optional=True)
figure("double_running_months", "Months of double running", unit="month", per="intervention", optional=True)
figure("adult_social_care_budget", "Adult social care budget", unit="GBP/year", per="case")
# set-up
figure("set_up_cost_per_block", "Investment for a block", unit="GBP/block", per="intervention")
figure("arrangements_per_block", "Arrangements in a block", unit="arrangement/block", per="intervention")
figure("set_up_lump_sum", "Investment for the programme", unit="GBP", per="intervention")
figure("set_up_share", "Share of the set-up cost", unit="", per="intervention, payer")
# phasing
figure("coordinator_start_month", "Month the coordinator starts", unit="month", per="intervention")
figure("first_match_month", "Month of the first match", unit="month", per="intervention")
figure("ramp_months", "Months from first match to full scale", unit="month", per="intervention")
for _year, _name in enumerate(SHARES_BY_YEAR, 1):
    figure(_name, f"Share of full scale in year {_year}", unit="", per="intervention")
figure("leavers_a_year", "Share who leave in a year", unit="", per="intervention", optional=True)
figure("stay_months", "Months that support lasts", unit="month", per="intervention", optional=True)
figure("starts_a_month", "Most who can start in a month", unit="person/month", per="intervention", optional=True)
figure("saving_lasts_months", "Months that a saving lasts", unit="month", per="intervention", optional=True)
figure("episode_saving_months", "Months over which a person's saving is had", unit="month", per="intervention")
figure("horizon_months", "Months looked ahead", unit="month", per="case", most=1200)
figure("first_month_of_year", "First month of the year", unit="month", per="case, year")
figure("last_month_of_year", "Last month of the year", unit="month", per="case, year")
# portfolio
figure("overlap", "Overlap between interventions", unit="GBP/year", per="case, payer", optional=True)
figure("pair_overlap", "Overlap of the two", unit="GBP/year", per="pair, payer", optional=True)
# adjustments between gross and net
figure("delivery_against_plan", "People reached, against plan", unit="", per="intervention", optional=True)
figure("deadweight", "Deadweight", unit="", per="intervention", optional=True)
figure("displacement", "Displacement", unit="", per="intervention", optional=True)
figure("saving_evidence_grade", "Grade of savings' evidence", unit="grade", per="intervention", optional=True, most=6)
figure("cost_evidence_grade", "Grade of costs' evidence", unit="grade", per="intervention", optional=True, most=6)
for _grade in range(1, len(GRADES) + 1):
    figure(f"optimism_at_grade_{_grade}", f"Optimism bias at grade {_grade}", unit="", per="case")
figure("cashable_share", "Cashable share", unit="", per="intervention, payer", optional=True)
figure("cashable_lag_months", "Months until savings are cash", unit="month", per="intervention, payer", optional=True)
figure("drop_off", "Drop-off a year", unit="", per="intervention", optional=True)
# appraisal: rates by year since the decision, each up to its last year
figure("discount_rate", "Discount rate", unit="", per="case")
figure("discount_rate_until", "Last year of the discount rate", unit="year", per="case")
figure("later_discount_rate", "Later discount rate", unit="", per="case")
figure("later_discount_rate_until", "Last year of the later discount rate", unit="year", per="case")
figure("third_discount_rate", "Third discount rate", unit="", per="case")
figure("third_discount_rate_until", "Last year of the third discount rate", unit="year", per="case")
figure("fourth_discount_rate", "Fourth discount rate", unit="", per="case")
figure("fourth_discount_rate_until", "Last year of the fourth discount rate", unit="year", per="case")
figure("fifth_discount_rate", "Fifth discount rate", unit="", per="case")
figure("fifth_discount_rate_until", "Last year of the fifth discount rate", unit="year", per="case")
figure("last_discount_rate", "Last discount rate", unit="", per="case")
figure("first_month_of_period", "First month of the period", unit="month", per="case, period")
figure("last_month_of_period", "Last month of the period", unit="month", per="case, period")
# budget: cash by financial year, in the prices of each
for _line, _words in (("pay", "Pay"), ("fee", "Fees"), ("price", "Prices")):
    figure(f"{_line}_uplift", f"{_words} rise in the year by", unit="", per="case, period", signed=True)
figure("rise_until_start", "Rise of prices from the base year to the start", unit="", per="case", signed=True)
figure("fee_share_of_saving", "Share of the saving that rises with fees", unit="", per="intervention, payer")
figure("pay_share_of_running_cost", "Share of the running cost that is pay", unit="", per="intervention")
figure("growth_avoided_share", "Share that is growth avoided", unit="", per="intervention, payer", optional=True)
figure("demand_growth", "More people with the need, a year", unit="", per="intervention", optional=True, signed=True)
figure("first_month_of_year_before", "First month of the year before", unit="month", per="case, period")
figure("last_month_of_year_before", "Last month of the year before", unit="month", per="case, period")
# finance: social investment
figure("funding_per_scheme", "Funding for a scheme", unit="GBP/scheme", per="intervention", optional=True)
figure("schemes", "Schemes", unit="scheme", per="intervention", optional=True)
figure("draw_down_months", "Months over which funding is drawn", unit="month", per="intervention", optional=True)
figure("growth_premium", "Growth premium", unit="GBP/arrangement/week", per="intervention", optional=True)
figure("management_fee", "Management fee", unit="GBP/arrangement/week", per="intervention", optional=True)
figure("premium_months", "Months that the premium is paid", unit="month", per="intervention", optional=True)
figure("people_reached", "People reached", unit="person", per="intervention", optional=True)
figure("weeks_of_care", "Weeks of care", unit="week", per="intervention", optional=True)
figure("seen_by_month", "Month by which that was seen", unit="month", per="intervention", optional=True)
# pace: what happened, month by month, and how a pace is judged
figure("fewest_starts_to_judge", "Fewest starts before a pace is told", unit="person", per="case")
figure("fewest_months_to_judge", "Fewest months before a pace is told", unit="month", per="case")
figure("first_month_of_report", "First month of the report", unit="month", per="intervention, report", optional=True)
figure("last_month_of_report", "Last month of the report", unit="month", per="case, report", optional=True)
figure("first_month_of_spend", "First month of the spend reported", unit="month", per="case, report", optional=True)
figure("last_month_reported", "Last month reported", unit="month", per="intervention", optional=True)
figure("people_at_report", "People there, as counted", unit="person", per="intervention, report", optional=True)
figure("starts_at_report", "Starts, as counted", unit="person", per="intervention, report", optional=True)
figure("spend_at_report", "Spend, as booked", unit="GBP", per="intervention, payer, report", optional=True)
figure("people_now_there", "People there at the last report", unit="person", per="intervention", optional=True)
figure("starts_counted", "Starts after the month of the first match", unit="person", per="intervention", optional=True)
figure("months_counted", "Months after that of the first match", unit="month", per="intervention", optional=True)
figure("months_of_evidence", "Months that tell of those ahead", unit="month", per="intervention", optional=True)
figure("dispersion_of_starts", "Months differ, beside chance alone", unit="", per="intervention", optional=True)
figure("deviate_of_pace", "Deviate of the pace", unit="", per="intervention", optional=True, signed=True)
figure("leavers_counted", "Leavers", unit="person", per="intervention", optional=True)
figure("person_months_counted", "Months that people were there", unit="person*month", per="intervention", optional=True)
figure("deviate_of_leaving", "Deviate of leaving", unit="", per="intervention", optional=True, signed=True)

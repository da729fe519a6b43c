"""Sector outcomes: name, unit, meaning and formula of each, declared once.

The compiled rules of `sim.model.observe` fill one record of these a quarter; tables, axes, docs and the summary on
screen read the same declarations.  States of single agencies, communities and so on are fields of their records.
"""

from __future__ import annotations

from sim.declarations.agency_measure_outcomes import AGENCY_MEASURES
from sim.declarations.competition_outcomes import COMPETITION
from sim.declarations.country_outcomes import COUNTRY
from sim.declarations.firm_outcomes import FOR_PROFITS
from sim.declarations.founding_and_closure_outcomes import FOUNDINGS_AND_CLOSURES
from sim.declarations.outcome_type import Outcome
from sim.declarations.outcome_type import declare_flow as _flow
from sim.declarations.outcome_type import declare_outcome as _outcome
from sim.declarations.service_and_labour_outcomes import SERVICE_AND_LABOUR


def _by_origin(label: str, words: str) -> Outcome:
    return _outcome(
        f"agencies_{label}", "agencies", f"Active agencies {words}.", "count of active agencies of this origin"
    )


SECTOR: tuple[Outcome, ...] = (
    _outcome("agencies", "agencies", "Active agencies.", "count of active agencies", "Agencies", main=True),
    _outcome(
        "agencies_nonprofit", "agencies", "Active nonprofits.", "count of active nonprofits", "Nonprofits", main=True
    ),
    _outcome(
        "agencies_for_profit",
        "agencies",
        "Active for-profits.",
        "count of active for-profits",
        "For-profits",
        main=True,
    ),
    _outcome(
        "operating",
        "agencies",
        "Operating agencies.",
        "count of active agencies with a staff of two or more, or a running contract",
        "Operating agencies",
        main=True,
    ),
    _outcome("idle_shells", "agencies", "Idle shells.", "active agencies that are not operating"),
    _outcome("agencies_registered", "agencies", "Active agencies registered as nonprofits.", "count by legal form"),
    _outcome("agencies_attached", "agencies", "Active agencies attached to an association.", "count by legal form"),
    _outcome("agencies_commercial_form", "agencies", "Active agencies registered as companies.", "count by legal form"),
    _by_origin("college", "founded by colleges"),
    _by_origin("spin_off", "founded by staff of a sister"),
    _by_origin("converted", "converted from company form"),
    _by_origin("corporate", "founded by companies for their social responsibility"),
    _by_origin("government", "founded at the request of officials"),
    _by_origin("investor", "founded by investors"),
    *FOUNDINGS_AND_CLOSURES,
    _outcome(
        "budget", "CNY/year", "Purchasing budgets of the year.", "sum over governments", "Purchasing budgets", main=True
    ),
    _outcome(
        "called", "CNY/year", "Yearly value of lots called this quarter.", "sum over governments and institutions"
    ),
    _outcome(
        "awarded", "CNY/year", "Yearly value awarded or renewed this quarter.", "sum over governments and institutions"
    ),
    _outcome("running", "CNY/year", "Yearly value of running contracts.", "sum over governments and institutions"),
    _flow("paid", "CNY", "Paid for contracts this quarter.", "sum over governments and institutions, fees included"),
    _outcome(
        "purchasers_reorganised",
        "governments",
        "Governments that renew nothing and call nothing again, because they were reorganised.",
        "count of governments",
    ),
    _flow("lapsed", "CNY", "Unspent budget returned this quarter.", "sum over governments and institutions"),
    _outcome(
        "government_share",
        "share",
        "Public money in agencies' income, four quarters.",
        "sum of public income over sum of income of active agencies",
        "Government share",
        main=True,
    ),
    _outcome(
        "government_share_median",
        "share",
        "Median agency's share of public money in income.",
        "median over operating agencies with income",
    ),
    _outcome(
        "concentration",
        "0-1",
        "Mean concentration of income over payers.",
        "mean Herfindahl index over operating agencies with income",
    ),
    _outcome(
        "for_profit_share",
        "share",
        "For-profits' share of the value of running contracts.",
        "value held by for-profits over value of running contracts",
        "For-profit share of value",
        main=True,
    ),
    _outcome(
        "gini", "0-1", "Gini coefficient of contract value.", "over active agencies, yearly value of running contracts"
    ),
    _outcome(
        "top_decile",
        "share",
        "Share of contract value held by the top tenth of agencies.",
        "value of the ceil(n/10) largest over all",
    ),
    _outcome("bidders", "bids/lot", "Valid bids per called lot.", "bids over lots called this quarter"),
    _outcome(
        "incumbent_wins",
        "share",
        "Recalled contracts won by the incumbent.",
        "incumbent awards over awards of lots that had an incumbent, renewals left out",
    ),
    _outcome("price_to_ceiling", "ratio", "Agreed price over ceiling.", "mean over awards in calls this quarter"),
    _flow(
        "promised_hours",
        "hours",
        "Hours promised this quarter.",
        "sum over running contracts of agencies still active at its end",
    ),
    _flow("delivered_hours", "hours", "Hours delivered under contract.", "sum over running contracts"),
    _flow("service_hours", "hours", "Hours of service, own projects included.", "delivered, extra and own hours"),
    _flow(
        "effective_hours",
        "hours",
        "Effective hours of service.",
        "hours, less what is lost where clients are not known, times quality",
    ),
    _outcome(
        "cost_per_effective_hour", "CNY/hour", "Agencies' cost per effective hour.", "sum of costs over effective hours"
    ),
    _outcome("quality_nonprofit", "0-1", "Quality of nonprofits.", "mean over active nonprofits with hours"),
    _outcome("quality_for_profit", "0-1", "Quality of for-profits.", "mean over active for-profits with hours"),
    _outcome("staffing_nonprofit", "ratio", "Delivered over promised hours, nonprofits.", "ratio of sums"),
    _outcome("staffing_for_profit", "ratio", "Delivered over promised hours, for-profits.", "ratio of sums"),
    *AGENCY_MEASURES,
    _outcome(
        "overdue_income", "CNY", "Instalments that are overdue.", "sum over active agencies of what fell due before"
    ),
    _outcome("agencies_overdue", "share", "Agencies that are owed overdue money.", "share of active agencies"),
    _outcome("overdue_to_purchase", "ratio", "Overdue income over a year's purchasing.", "overdue over running value"),
    _outcome("overdue_wages", "CNY", "Wages owed to staff.", "sum over active agencies"),
    _outcome("staff", "persons", "Staff of the sector.", "sum over active agencies", "Staff", main=True),
    _outcome("licensed", "persons", "Licence holders on the staff.", "sum over active agencies"),
    _flow("hired", "persons", "Hired this quarter from those who look for work.", "sum over active agencies"),
    _outcome("turnover", "1/year", "Yearly turnover.", "quits of this quarter over staff, times four"),
    _outcome(
        "first_year_turnover",
        "1/year",
        "Yearly turnover in the first year in post.",
        "first-year quits over first-year staff, times four",
    ),
    _outcome("tenure", "years", "Mean time in post.", "mean over staff"),
    _flow("graduates_entering", "persons", "Graduates who began to look for work in the sector.", "sum over cities"),
    _outcome("seekers", "persons", "Qualified people looking for work in the sector.", "sum over cities"),
    _outcome("wage", "CNY/month", "Mean wage, without supervisors' premium.", "mean over staff", "Wage", main=True),
    _outcome("wage_ratio", "ratio", "Mean wage over outside wage.", "means weighted by staff"),
    _flow("association_fees", "CNY", "Management fees kept by associations.", "sum over associations"),
    _flow("association_support", "CNY", "Emergency support paid by associations.", "sum over associations"),
    _flow("sponsorship", "CNY", "Sponsors' money this quarter.", "sum over agencies"),
    _flow("fees", "CNY", "Client fees this quarter.", "sum over agencies"),
    _flow("donations", "CNY", "Donations this quarter.", "sum over cities"),
    _outcome(
        "source_concentration",
        "0-1",
        "Mean concentration of income over sources.",
        "mean Herfindahl index over the nine sources, operating agencies with income",
    ),
    _outcome(
        "three_sources",
        "share",
        "Agencies with three sources or more.",
        "share of operating agencies with three sources of a twentieth of income or more",
    ),
    _outcome(
        "bidding_effort",
        "share",
        "Management's effort on bids.",
        "mean over active agencies of effort on contracts, fund and institutions",
    ),
    _outcome("fundraising_effort", "share", "Management's effort on donations.", "mean over active agencies"),
    _outcome("sponsored", "share", "Agencies with a sponsor.", "share of active agencies"),
    _outcome(
        "unmet_need", "0-1", "Unmet need.", "mean over communities and fields weighted by load", "Unmet need", main=True
    ),
    _outcome(
        "strength",
        "0-1",
        "Strength of communities.",
        "mean over communities weighted by residents",
        "Community strength",
        main=True,
    ),
    _outcome(
        "community_continuity",
        "share",
        "Hours by agencies that gave at least half as many a year before.",
        "mean over served communities",
    ),
    _outcome("unbroken_years", "years", "Longest unbroken service.", "mean over served communities"),
    _flow("disruptions", "times", "Times that an agency left a community, this quarter.", "sum over communities"),
    _outcome("communities_served", "share", "Communities served.", "share of communities with any hours"),
    _outcome(
        "worst_unmet",
        "0-1",
        "Unmet need in the field that is served worst.",
        "mean over communities weighted by load, maximum over fields",
    ),
    _outcome(
        "budget_need_gap",
        "share",
        "Distance of budgets from need.",
        "half the sum over fields of the gap between share of budget and share of unmet hours, weighted by budget",
    ),
    _outcome("economy", "ratio", "Economic index.", "mean over cities"),
    _flow("assessed", "contracts", "Contracts graded this quarter.", "sum over purchasers"),
    _outcome("grade", "0-1", "Mean grade.", "mean over contracts graded this quarter"),
    _flow("withheld", "CNY", "Withheld for low grades and missing hours.", "sum over purchasers, this quarter"),
    _outcome(
        "third_party_coverage",
        "ratio",
        "Third-party grades over contract years that ended.",
        "price of contract years graded in the last four quarters, over price of those that ended under third-party "
        "assessment; above 1 while a backlog is worked off",
    ),
    _outcome("assessment_backlog", "contracts", "Contracts that wait for an assessor.", "sum over cities"),
    _flow("assessment_missed", "contracts", "Contracts paid without a grade after a long wait.", "sum, this quarter"),
    _flow("assessment_fees", "CNY", "Fees of third-party assessors.", "sum over cities, this quarter"),
    _outcome(
        "overdue_assessment",
        "share",
        "Overdue income that waits for an assessment.",
        "overdue instalments of contracts that wait, over all that are overdue",
    ),
    _outcome("agencies_barred", "agencies", "Agencies that a purchaser bars.", "count of active agencies"),
    _flow("handovers", "contracts", "Contracts handed over to a successor.", "sum over purchasers, this quarter"),
    _outcome("co_payments", "CNY/year", "Cities' part of districts' running contracts.", "sum over cities"),
    _outcome("institutions_running", "CNY/year", "Yearly value of institutions' contracts.", "sum over institutions"),
    _flow("institutions_paid", "CNY", "Paid by institutions for contracts this quarter.", "sum over institutions"),
    _flow("commissions", "CNY", "Paid for commissions this quarter.", "sum over institutions"),
    _flow("grants_core", "CNY", "Core grants this quarter.", "sum over governments"),
    _flow("grants_incubation", "CNY", "Incubation grants this quarter.", "sum over governments"),
    _flow("grants_matching", "CNY", "Matching grants this quarter.", "sum over governments"),
    _outcome("direct_staff", "persons", "Social workers whom governments employ themselves.", "sum over governments"),
    _outcome(
        "fund_via_associations",
        "share",
        "Special-fund money that goes through associations.",
        "fees and money passed on by associations over what cities' funds paid this quarter",
    ),
    _flow("moves", "persons", "Staff who moved from one agency to another this quarter.", "sum over agencies"),
    _outcome("placements", "students", "Students in placement with agencies.", "sum over active agencies"),
    _outcome("dormant", "agencies", "Dormant agencies.", "count of agencies on the register without work"),
    _flow("revivals", "agencies", "Dormant agencies that took up work again this quarter.", "sum over cities"),
    _outcome(
        "moved_share", "share", "Leavers who moved to another agency.", "moves over quits and layoffs of this quarter"
    ),
    *SERVICE_AND_LABOUR,
    _outcome("own_posts", "posts", "Posts that agencies' own money pays for.", "sum over active agencies"),
    _outcome("own_work_share", "share", "Work of agencies' own design in hours of service.", "own hours over hours"),
    _outcome(
        "hours_per_income",
        "hours/1000 CNY",
        "Hours of service per 1 000 CNY of income.",
        "four times the hours of this quarter, over income of four quarters",
    ),
    _flow("extra_hours", "hours", "Hours given to contracts beyond the promise.", "sum over active agencies"),
    _flow("returned", "CNY", "Unspent money of contracts that went back.", "sum over active agencies"),
    _flow("advances", "CNY", "Advances given to agencies in distress.", "sum over active agencies"),
    _flow("advances_repaid", "CNY", "Advances paid back.", "sum over agencies"),
    _flow("advances_lost", "CNY", "Advances that agencies owed when they closed.", "sum over closures"),
    _outcome("loans", "CNY", "Bridging loans outstanding.", "sum over active agencies"),
    _flow("loans_lost", "CNY", "Bridging loans that agencies owed when they closed.", "sum over closures"),
    _outcome("agencies_in_debt", "share", "Agencies that owe more than they have.", "share of active agencies"),
    _outcome("reserves_above_year", "share", "Agencies with reserves above a year's cost.", "share of active agencies"),
    _outcome(
        "reserves_to_cost",
        "ratio",
        "Agencies' money over a year's cost.",
        "sum of cash less debts, over four times the costs of this quarter",
    ),
    _outcome("reserve_months_p10", "months", "10th percentile of reserves.", "linear interpolation between agencies"),
    _outcome("reserve_months_p90", "months", "90th percentile of reserves.", "linear interpolation between agencies"),
    *COUNTRY,
    *COMPETITION,
    *FOR_PROFITS,
)
"""Outcomes of the sector in the order of their table."""

MAIN = tuple(outcome for outcome in SECTOR if outcome.main)
"""Outcomes that `sim run` prints."""

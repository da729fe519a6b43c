"""Row types: the fields of each kind of row, for mypy and editors.

Written by ``make docs`` (`sim.docs_tables.row_protocols`) from the declarations of fields; do not edit.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from sim.engine.rng.philox import IntLike


class AccountRow(Protocol):
    """A row of any kind that holds money."""

    account: int
    cash: int


class AgencyRow(Protocol):
    """A row of kind `agency`."""

    id: IntLike  # Number that keys its random draws; the same in every scenario that has the agency.
    account: int  # Number of its account.
    stage: int  # Stage of its life cycle.
    index: int  # Place among all agencies.
    name: int  # Index into the names given in the scenario; -1 if founded during the run.
    serial: int  # Place in its founder's line of agencies.
    founder_kind: int  # Kind of its founder, as an account kind.
    founder: int  # Index of its founder among that kind.
    origin: int  # Who founded it.
    form: int  # Legal form.
    kind: int  # What it is for.
    city: int  # City.
    district: int  # Home district.
    community: int  # Community where its own projects run.
    association: int  # Association that it is a member of.
    college: int  # College that supports it.
    advisers: int  # colleges: Colleges beside its own whose teachers advise it from afar.
    sponsor: int  # Company that sponsors it.
    sister: int  # Sister agency.
    field: int  # Main field of service.
    host: int  # Who gives it rooms.
    officers_in_common: bool  # Whether its director is an officer of its association.
    founded: int  # quarter: Quarter of founding, counted from the start; negative before it.
    acceptance: float  # 0-1: How hard it is to accept for a supervising unit; drawn once.
    registered: int
    closed: int  # quarter: Quarter of closing; -1 while it works.
    cash: int  # fen: Cash.
    overdue_income: int  # fen: Instalments due before this quarter and not yet paid.
    receivable: int  # fen: All instalments due and not yet paid.
    overdue_wages: int  # fen: Wages owed to staff.
    overdue_bills: int  # fen: Insurance, rent and other bills owed.
    staff: int  # persons: Staff.
    settled: int  # persons: Of them, more than a year in post.
    licensed: int  # persons: Of them, licence holders.
    cohorts: npt.NDArray[np.int64]  # persons: Staff by cohort and licence.
    tenure: float  # quarters: Quarters in post, summed over staff.
    vacancies: int  # persons: Posts that it wishes to fill this quarter.
    hired: int  # persons: Hired this quarter from those who look for work, its first staff included.
    quits: int  # persons: Left of their own will this quarter.
    first_year_quits: int  # persons: Of them, in their first year.
    laid_off: int  # persons: Laid off this quarter.
    exams_passed: int  # persons: Staff who passed the licence exam this quarter.
    wage: float  # fen/month: Wage of who is no supervisor.
    wage_bill: int  # fen: Wages due for this quarter.
    cost: int  # fen: All costs due for this quarter.
    unit_cost: float  # fen/hour: Cost of one hour of service.
    own_share: float  # share: Share of its hours spent on work of its own design.
    hours: float  # hours: Hours left for service this quarter after administrative tasks.
    committed: float  # hours: Hours promised in running contracts for this quarter.
    planned: float  # hours: Hours of staff planned for running contracts: hours promised times staffing.
    promised: float  # hours: Hours promised for this quarter when it was served.
    delivered: float  # hours: Hours delivered under contract this quarter.
    own_hours: float  # hours: Hours spent this quarter on work of its own design.
    effective: float
    administrative: float  # share: Share of staff time on administrative tasks.
    quality: float  # 0-1: Quality of service.
    supervision: float  # 0-1: Supervision that staff receive.
    shading: float  # share: Promised hours that lean staffing and diversion leave out.
    reputation: float  # 0-1: Reputation.
    mission: float  # 0-1: Orientation towards development of communities.
    founding_mission: float  # 0-1: Its mission when it was founded.
    hours_off_mission: float  # hours: Hours times their distance from that mission, this quarter.
    compliance: float  # 0-1: How far it does what purchasers count.
    bids: int  # bids: Bids made this quarter.
    wins: int  # contracts: Contracts won this quarter.
    contracts: int  # contracts: Running contracts.
    contract_value: int  # fen/year: Yearly value of running contracts.
    idle_quarters: int  # quarters: Quarters in a row without a contract.
    low_return_quarters: int  # quarters: Quarters in a row with a return under the hurdle (for-profits).
    income: int  # fen: Income of this quarter.
    income_year: int  # fen: Income of the last four quarters.
    income_district_contracts: int  # fen: From district contracts, last four quarters.
    income_special_fund: int  # fen: From the special fund, last four quarters.
    income_sponsorship: int  # fen: From its sponsor, last four quarters.
    income_fees: int  # fen: From client fees, last four quarters.
    income_college: int  # fen: From its college, last four quarters.
    support: int  # fen: Advance received this quarter.
    government_share: float  # share: Public money in the income of four quarters.
    concentration: float  # 0-1: Herfindahl index of income over payers, four quarters.
    income_mean: float  # fen: Running mean of quarterly income.
    income_variance: float  # fen^2: Running variance of quarterly income.
    turnover: float  # 1/year: Running mean of the yearly rate of leaving.
    relation: float  # 0-1: Relation with the government of its home district.
    reserve_months: float  # months: Cash less all that it owes, over monthly cost; may be below zero.
    governance: float  # 0-1: Legal standing: form, officers and who founded it.
    resource_independence: float
    heard: float  # 0-1: How far home district and city hear it.
    agreement: float  # share: Part of their priorities that agrees with what it wishes.
    voice: float  # 0-1: Heard times agreement, by government.
    judgement: float
    time: float  # share: Staff time that administrative tasks leave.
    operational_autonomy: float
    autonomy_without_voice: float  # 0-1: The same without voice.
    last_autonomy: float  # 0-1: Last operational autonomy that was defined.
    quadrant: int  # Quadrant in the plane of the two.
    independence: float  # 0-1: Geometric mean of the two; undefined where one is.
    operating: bool  # Whether it has a team or a running contract; else it is an idle shell.
    lines: int  # lines: Running contracts, and other sources that pay for a person.
    reserve_year: float  # months: Running mean of its reserves, over about a year.
    line_mean: float  # lines: Running mean of its lines of income.
    staff_mean: float  # persons: Running mean of its staff.
    sustainability: float  # 0-1: Chance of not being stopped: reserves, lines of income, staff.
    stability: float  # 0-1: Steadiness of income.
    retention: float  # 0-1: Staff who stay.
    contract_cover: float  # 0-1: Next year's cost under contract.
    continuity: float  # 0-1: Unbroken service in its communities.
    sources: int  # sources: Sources that gave at least a twentieth of four quarters' income.
    source_concentration: float  # 0-1: Herfindahl index of income over sources, four quarters.
    effort: npt.NDArray[np.float64]  # share: Management's effort by source of funding.
    capability: npt.NDArray[np.float64]  # 0-1: Capability by source of funding; 0 where not entered.
    income_donations: int  # fen: From donations, last four quarters.
    overdue_assessment: int  # fen: Overdue income that waits for an assessment.
    handover_hours: float  # hours: Of the hours delivered, those spent on taking over from a predecessor.
    barred_until: int  # quarter: Last quarter in which a purchaser bars it.
    first_tie: int  # First of its ties with purchasers.
    first_presence: int  # First of the communities where it works.
    first_contract: int  # First of its running contracts.
    next_in_district: int  # Next agency of its home district.
    income_institutions: int  # fen: From institutions' purchases, last four quarters.
    income_grants: int  # fen: From grants, last four quarters.
    income_commissions: int  # fen: From commissions, last four quarters.
    commission_hours: float  # hours: Hours spent on commissions this quarter.
    dormant_since: int  # quarter: Quarter in which it last stopped work.
    next_dormant: int  # Next dormant agency of its city.
    movers: npt.NDArray[np.int64]  # persons: Who quit or was laid off this quarter, by licence, and may move.
    moved_in: int  # persons: Of those hired this quarter, who had just left another agency.
    placements: float  # students: Students in placement, sent by its college.
    lost_to_agency: int  # persons: Of those who quit or were laid off this quarter, whom another agency hired.
    known_hours: float  # hours: Of the hours served this quarter, those by people who know the clients.
    supervisors: int  # persons: Of the staff, supervisors.
    unfilled: int  # persons: Posts that stayed open this quarter.
    diverted: float  # hours: Hours promised in which the people whom bids named did other work.
    looseness: float  # 0-1: Diversion of staff that it allows, against that of an agency that never was caught.
    reserve_target: float  # months: Reserve that it wants, in months of cost; 0 until it first plans.
    adequacy: float  # 0-1: Reserve over wanted reserve, at most 1.
    own_posts: float  # posts: Posts that money of its own pays for, beside contracts.
    extra_posts: float  # posts: Posts beyond the promise, paid from contracts' surplus ahead of audits.
    staffed: float  # share: Planned hours for which people were there lately, as it remembers.
    extra_hours: float  # hours: Hours beyond the promise given to contracts this quarter.
    returned: int  # fen: Unspent money of contracts given back, or owed no more, this quarter.
    project: int  # fen: Price of its last project from a foundations' call.
    project_left: int  # fen: Part of it that is still to be paid.
    advance: int  # fen: Advance that it has not repaid; when it closes, what its lender lost.
    lender_kind: int  # Kind of who gave it, as an account kind.
    lender: int  # Index of who gave it among that kind.
    last_advance: int  # quarter: Quarter of its last advance; -1 for none.
    repaid: int  # fen: Advance repaid this quarter.
    loan: int  # fen: Bridging loan that it has not repaid; when it closes, what its lenders lost.
    unpaid: int  # quarters: Quarters in a row in which costs left wages or bills unpaid.
    director_since: int  # quarter: Quarter in which its director took office; negative before the start.
    directors: int  # persons: Directors that it has had.
    closing_cause: int  # Why it closed.
    held: bool  # Whether it ever held a contract.
    seats: float  # places: Workplaces that it pays for: its staff's, and empty ones of a lease.
    severance: int  # fen: Severance due this quarter.
    severed: int  # persons: Of those laid off this quarter, who are due severance.
    staff_at_end: int  # persons: Staff when it last stopped work.
    capital: int  # fen: Money that its owners have brought in so far (for-profits).
    drawn: int  # fen: Money that its owners have taken out so far (for-profits).
    guise: bool  # Whether it is a firm that is registered as a social work agency and not found out.
    owners_in: int  # fen: Money that its owners brought in this quarter.
    owners_out: int  # fen: Money that its owners took out this quarter.


class AgencyDrawsRow(Protocol):
    """A row of kind `agency_draws`."""

    staff: float  # persons: Median staff.
    staff_spread: float  # log sd: Spread of staff.
    licensed: float  # share: Staff with a licence.
    cash: float  # fen: Median money.
    cash_spread: float  # log sd: Spread of money.
    reputation: float  # 0-1: Mean reputation.
    skill: float  # 0-1: Mean skill in its fields.
    mission: float  # 0-1: Mean leaning to development.
    trait_spread: float  # sd: Spread of reputation, skill and mission.
    advisers: int  # colleges: Colleges beside its own whose teachers advise it.
    fields: IntLike  # Fields of service, a bit for each.


class AssessorRow(Protocol):
    """A row of kind `assessor`."""

    id: IntLike  # Number that keys its random draws.
    account: int  # Number of its account.
    city: int  # City.
    cash: int  # fen: Fees not yet paid out to assessors.
    capacity: int  # contracts/quarter: Assessments that it can make, professors of colleges included.
    precision: float  # sd: Standard error of its grades.
    price: int  # fen: Mean fee for an assessment this quarter.
    fees: int  # fen: Fees of this quarter.
    done: int  # contracts: Assessments made this quarter.
    missed: int  # contracts: Contracts paid without a grade this quarter, because they waited too long.
    backlog: int  # contracts: Contracts that wait for their assessment.
    served: float  # share: Share of the queue served when there last was one.
    ended: npt.NDArray[np.int64]  # fen: Price of contract years up for assessment, by quarter of the year.
    covered: npt.NDArray[np.int64]  # fen: Price of contract years graded, by quarter of the year.
    first_waiting: int  # First of the queue.
    last_waiting: int  # Last of the queue.


class AssociationRow(Protocol):
    """A row of kind `association`."""

    id: IntLike  # Number that keys its random draws.
    account: int  # Number of its account.
    city: int  # City.
    district: int  # District that it serves; -1 for the whole city.
    founded: int  # quarter: Quarter from which it works.
    rooms: int  # agencies: Members that it can give rooms.
    hosted: int  # agencies: Members in its rooms.
    members_limit: int  # agencies: Members that it can take.
    members: int  # agencies: Members.
    cash: int  # fen: Its account: fees kept, less monitoring and support.
    fees: int  # fen: Management fees kept this quarter.
    passed_on: int  # fen: Fund money passed on to members this quarter.
    support: int  # fen: Emergency support paid this quarter.
    best: int  # Member with the highest sustainability.
    best_quarter: int  # quarter: Quarter in which that was seen.
    overlap: float  # share: Directors of new members who become its officers.


class BidRow(Protocol):
    """A row of kind `bid`."""

    agency: int  # Bidder.
    contract: int  # Lot.
    community: int  # Community where it would work.
    price: int  # fen/year: Price asked.
    cost: float  # fen/year: Own estimate of cost.
    hours: float  # hours/quarter: Hours promised.
    staffing: float  # ratio: Hours of staff planned for each hour promised.
    believed: float  # probability: Bidder's own belief of its chance to win.
    points: float  # share of points: Points by the rules of the call, before a panel's noise.
    score: float  # score: Score given by the panel; not a number where there was none.
    has_capacity: bool  # Whether the bidder still had the capacity when the lot was awarded.
    next: int  # Next bid on the same lot.


class BidRecordRow(Protocol):
    """A row of kind `bid_record`."""

    quarter: int  # quarter: Quarter of the bid.
    contract: int  # Number of the lot within the run.
    agency: int  # Bidder.
    community: int  # Community where it would work.
    price: int  # fen/year: Yearly price asked.
    hours: float  # hours/quarter: Hours promised.
    staffing: float  # ratio: Hours of staff planned for each hour promised.
    believed: float  # probability: Bidder's own belief of its chance to win.
    cost_estimate: float  # fen/year: Bidder's own estimate of yearly cost.
    score: float
    has_capacity: bool  # yes/no: Whether the bidder still had the capacity when the lot was awarded.
    won: bool  # yes/no: Whether it won.


class CityRow(Protocol):
    """A row of kind `city`."""

    pool: float  # persons: Qualified people outside the sector at the start.
    pool_licensed: float  # share: Of them, licence holders.
    graduates: float  # persons/year: Graduates a year beyond those of named colleges.
    outside_wage: float  # CNY/month: Wage of a graduate outside the sector, first year.
    outside_growth: float  # 1/year: Growth of the outside wage.
    entry: float  # probability: Graduates who look for work in the sector at equal wages.
    entry_slope: float  # logit: How entry rises with the log of the wage ratio.
    exit_rate: float  # 1/quarter: Share of the pool that finds work elsewhere.
    reentry_rate: float  # share/quarter: Former practitioners who come back, of those outside.
    exam_entry: float  # share: Unlicensed staff who sit the yearly exam.
    other_licensed: float  # persons: Licence holders with other work at the start, such as staff of offices.
    other_candidates: float  # persons/year: People with other work who sit the exam in the first year of the run.
    other_growth: float  # 1/year: Growth of their number from one year to the next.
    reversion: float  # 1/quarter: Speed of return to the mean.
    volatility: float  # log sd/quarter: Size of shocks.
    id: IntLike  # Number that keys its random draws.
    index: int  # Place among cities.
    begins: int  # quarter: Quarter from which its governments buy services; -1 for not yet.
    adopts: bool  # Begins to buy by the rule of adoption.
    region: int  # Number of its region.
    government: int  # Its government.
    first_member: int  # Place of its first agency in the list of active agencies.
    members: int  # agencies: Number of active agencies.
    first_lot: int  # First lot called this quarter.
    first_district: int  # First of its district governments.
    districts: int  # districts: Number of its districts.
    economy: float  # log: Log of the economic index.
    wage_index: float  # ratio: Growth of the outside wage since the start.
    cost_index: float  # ratio: Growth of rent and overhead since the start.
    market_wage: float  # fen/month: Outside wage now.
    sector_wage: float  # fen/month: Mean wage of staff in the sector.
    seekers: npt.NDArray[np.int64]  # persons: Qualified people who look for work in the sector.
    outside: npt.NDArray[np.int64]  # persons: Qualified people who left or never entered.
    trained: int  # persons: Graduates since the start.
    other_holders: int  # persons: Licence holders with other work, who never looked for it in the sector.
    candidates_index: float  # ratio: Growth of exam candidates with other work.
    imported_staff: int  # persons: People of company-form groups that turned nonprofit since.
    vacancies: int  # persons: Posts that agencies wish to fill this quarter.
    graduates_entering: int  # persons: Graduates who began to look for work this quarter.
    finding: float  # share/quarter: Seekers who find a post in a quarter, as people expect it.
    filled: float  # share: Vacancies that are filled in a quarter, as founders expect it.
    firm_income: float  # fen: Running mean of a quarter's income of firms at work.
    firm_cost: float  # fen: Running mean of their cost.
    agencies: int  # agencies: Active agencies.
    first_college: int  # First of its colleges.
    colleges: int  # colleges: Number of its colleges.
    first_sponsor: int  # First of its companies.
    sponsors: int  # companies: Companies that pay agencies, or might.
    dormant: int  # agencies: Dormant agencies.
    revived: int  # agencies: Agencies that took up work again this quarter.
    planned: int  # agencies: Named agencies that begin later.
    refused_founders: int  # teams: Founders refused a registration who wait to try again.
    first_refused: int  # First of them.
    first_dormant: int  # First of its dormant agencies.
    movers: npt.NDArray[np.int64]  # persons: Seekers who left an agency this quarter, by licence.


class ClockRow(Protocol):
    """A row of kind `clock`."""

    quarter: int  # quarter: Quarter now, counted from the start.
    season: int  # Quarter of the year, 0 to 3.
    seed: IntLike  # Seed of the run.
    noise_scale: float  # 0-1: Width of every draw.
    detailed: bool  # Whether the ledger and the panels are kept.
    first_season: int  # Quarter of the year in which the run begins.
    agencies: int  # records: Agencies so far, closed ones included.
    contracts: int  # records: Contracts so far.
    ties: int  # records: Ties so far.
    presences: int  # records: Presences so far, freed ones included.
    free_presence: int  # First freed presence; -1 for none.
    refused: int  # records: Refused founders so far, freed ones included.
    free_refused: int  # First freed record of refused founders; -1 for none.
    bids: int  # records: Bids of this quarter.
    bid_records: int  # records: Bids kept so far.
    flows: int  # records: Flows so far.
    events: int  # records: Events so far.
    panel: int  # records: Rows of the agency panel so far.
    first_lot: int  # First contract record of this quarter.
    running: int  # contracts: Running contracts.
    open: int  # contracts: Contracts that run or are not yet paid in full.
    full_array: int  # Growing array that was full when the run stopped; -1 for none.
    full_code: int  # What the row or transfer was about that stopped the run; -1 for nothing.


class CollegeRow(Protocol):
    """A row of kind `college`."""

    id: IntLike  # Number that keys its random draws.
    account: int  # Number of its account.
    city: int  # City.
    graduates: int  # persons/year: Graduates a year.
    supervision: float  # agencies: Agencies that it can supervise well.
    drive: float  # 0-1: Drive to found agencies.
    grant: int  # fen: Cash given to an agency that it founds.
    emergency: int  # fen/year: Money for affiliates in distress.
    hosts: bool  # Gives rooms to agencies that it founds.
    affiliates: int  # agencies: Agencies that it supports.
    founded_agencies: int  # agencies: Agencies founded during the run.
    cash: int  # fen: Money for affiliates in distress, this year.
    assessors: int  # contracts/quarter: Assessments that its professors can make.
    placements: float  # students/quarter: Students that it sends into placement.


class CommunityRow(Protocol):
    """A row of kind `community`."""

    id: IntLike  # Number that keys its random draws.
    district: int  # District.
    residents: int  # persons: Residents.
    load: float  # hours/quarter: Hours that all need of a quarter would take.
    strength: float  # 0-1: Own strength.
    base_strength: float  # 0-1: Strength without any service.
    unmet: float  # 0-1: Unmet need, mean over fields weighted by load.
    pressure: float  # 0-1: Long unmet need, as government feels it.
    hours: float  # hours: Hours of service this quarter.
    steady_hours: float  # hours: Of them, by agencies that gave at least half as many in the same quarter a year ago.
    built: float  # odds: Odds of strength over weakness that this quarter's development holds.
    agencies: int  # agencies: Agencies at work here.
    continuity: float  # share: Hours by agencies that gave at least half as many a year ago.
    unbroken_years: float  # years: Longest unbroken service by an agency still here.
    disruptions: int  # times: Times that an agency left, since the start.


class CommunityDrawsRow(Protocol):
    """A row of kind `community_draws`."""

    residents: float  # persons: Median residents.
    spread: float  # log sd: Spread of residents.
    need_spread: float  # log sd: Spread of need.
    strength: float  # 0-1: Strength.


class ContractRow(Protocol):
    """A row of kind `contract`."""

    id: IntLike  # Number that keys its random draws.
    called: int  # quarter: Quarter of the call.
    government: int  # Government that buys, or by whose rules an institution does.
    channel: int  # Way of the money.
    community: int  # Community; of the winner's choice in the special fund.
    field: int  # Field of service.
    ceiling: int  # fen/year: Highest yearly price.
    minimum_hours: float  # hours/quarter: Hours asked.
    term: int  # quarters: Length.
    development: float  # share: What it is judged on: 0 activities, 1 development.
    pricing: int  # What bidders compete with.
    incumbent: int  # Agency that held the contract before.
    bidders: int  # bids: Valid bids.
    status: int  # Where it is.
    route: int  # How the agency came by it.
    agency: int  # Agency that does the work.
    association: int  # Association that signed and passes money on.
    price: int  # fen/year: Yearly price agreed.
    score: float  # score: Winner's score.
    cost_estimate: float  # fen/year: Winner's own estimate of yearly cost when bidding.
    promised_hours: float  # hours/quarter: Hours promised.
    staffing: float  # ratio: Hours of staff planned for each hour promised.
    believed: float  # probability: Winner's believed chance; not a number without a bid.
    ends: int  # quarter: First quarter after it.
    promised_total: float  # hours: Hours promised so far.
    delivered_total: float  # hours: Hours delivered so far.
    effective_total: float  # hours: Effective hours so far.
    due: int  # fen: Instalments that fell due so far.
    instalment: int  # fen: Of them, the one of this quarter.
    paid: int  # fen: Instalments paid so far, fee included.
    fee: int  # fen: Of them, kept by the association.
    written_off: int  # fen: Instalments never paid because the agency closed.
    next_of_agency: int  # Next contract of the same agency that runs, or is not yet paid or graded.
    next_expired: int  # Next contract of the same purchaser that ended this quarter.
    first_bid: int  # First bid.
    upfront: int  # fen/year: Part of a full year's price that falls due at its start.
    co_payment: int  # fen/year: City's part of the yearly price.
    co_payment_due: int  # fen: City's part of what fell due so far.
    co_payment_paid: int  # fen: Of it, paid.
    handover: float  # share: Roots of the predecessor that were handed over.
    waiting: bool  # Whether it waits for an assessment.
    assessed: int  # times: Assessments so far.
    grade: float  # 0-1: Last grade; not a number before the first.
    withheld: int  # fen: Withheld so far for low grades and missing hours.
    assessment_fee: int  # fen: Part of the price that went to assessors so far.
    year_ended: int  # quarter: Last quarter of the contract year to be assessed.
    year_price: int  # fen: Price of that year.
    delivered_share: float  # share: Hours delivered in it, over those promised.
    performance: float  # 0-1: What an assessor without error would give for it.
    promised_before: float  # hours: Hours promised before the contract year that runs.
    delivered_before: float  # hours: Hours delivered before it.
    effective_before: float  # hours: Effective hours before it.
    taken_over: float  # hours: Hours of taking over in the contract year that runs, times quality.
    next_waiting: int  # Next contract that waits for an assessment.
    institution: int  # Institution that buys, by its district's rules.
    form: int  # What is bought.
    posts: int  # posts: Posts, where posts are bought.
    spent: float  # fen: Costs charged to it since its last settlement.
    settled_due: int  # fen: What was due at its last settlement.
    returned: int  # fen: Unspent money given back, or owed no more, so far.
    taken_off: int  # fen: Of it, what was owed no more.
    quarter_hours: float  # hours: Hours that it got when it was last served.


class DonorsRow(Protocol):
    """A row of kind `donors`."""

    pool: float  # CNY/year: What they would give for social work if everybody asked.
    growth: float  # 1/year: Growth of the pool.
    cycle: float  # elasticity: How strongly the pool follows the city's economy.
    reach: float
    calls: float  # share: Part of what is offered that goes by foundations' calls for projects.
    project: float  # CNY: Price of a project in a foundations' call, paid over a year.
    account: int  # Number of their account.
    city: int  # City.
    growth_index: float  # ratio: Growth of the pool since the start.
    cash: int  # fen: Money for projects of foundations' calls; other gifts do not stay.
    asked: float  # persons: Asking by all agencies this quarter, in people of full capability and reputation.
    given: int  # fen: Given this quarter.


class EventRow(Protocol):
    """A row of kind `event`."""

    quarter: int  # quarter: Quarter, counted from the start.
    event: int  # What happened.
    cause: int  # Why.
    agency: int  # Agency; -1 where none was founded.
    government: int  # District.
    party: int  # Kind of the other party.
    other: int  # The other party: founder, association, sister, purchaser, institution, company, assessor.
    amount: int
    persons: int  # persons: People that it is about: laid off, released, founding staff.
    source: int  # Source of funding that it is about; empty for none.
    cash: int  # fen: The agency's money in hand then.
    overdue_income: int  # fen: What purchasers owed it late then.
    overdue_wages: int  # fen: Wages that it owed then.
    contracts: int  # contracts: Its running contracts then.
    idle_quarters: int  # quarters: Quarters in a row without a contract then.


class ExternalRow(Protocol):
    """A row of kind `external`."""

    account: int  # Number of its account.
    cash: int  # fen: Balance since the start; may be below zero.


class FlowRow(Protocol):
    """A row of kind `flow`."""

    quarter: int  # quarter: Quarter, counted from the start.
    payer: int  # Account that pays.
    payee: int  # Account that is paid.
    purpose: int  # What it is for.
    contract: int  # Contract that it belongs to; -1 for none.
    amount: int  # fen: Amount.


class GovernmentRow(Protocol):
    """A row of kind `government`."""

    procurement_budget: float
    procurement_growth: float  # 1/year: Growth of the budget from one year to the next.
    procurement_ceiling: float
    procurement_budget_factor: float  # ratio: Factor on the planned budget; 0 switches purchasing off.
    procurement_cycle: float  # elasticity: How strongly the budget follows the city's economy.
    procurement_carry_over: float  # share: Unspent money kept for the next year; the rest lapses.
    procurement_pressure_response: float
    procurement_need_response: float
    procurement_openness: float  # share: Weight in that aim of what agencies that speak freely ask for.
    procurement_renewal: float  # probability: Chance that an ended contract is renewed uncalled, at full satisfaction.
    procurement_reorganisation: float
    procurement_shares_institutions: float  # share: Allotted to institutions, which buy services themselves.
    procurement_shares_commissions: float  # share: Allotted to institutions for commissions.
    procurement_shares_grants: float  # share: Set aside for grants to agencies.
    procurement_shares_direct_hiring: float  # share: Spent on social workers whom the government employs itself.
    contract_value: float  # CNY/year: Median yearly value of a lot.
    contract_spread: float  # log sd: Spread of lot values around the median.
    contract_term: float  # quarters: Length of a contract.
    contract_hourly_price: float  # CNY/hour: Ceiling price of one hour of service in the first year.
    contract_price_growth: float  # 1/year: Growth of the ceiling price.
    contract_development: float  # share: What work is judged on: 0 activities counted, 1 development of the community.
    contract_pricing: float  # choice: What bidders compete with: price, or hours at a fixed price.
    contract_handover: float
    contract_minimum_presence: float  # quarters: Unbroken presence that a bidder for a contract called again must have.
    contract_form: float  # choice: What a lot is: a project in a field, a centre for all fields, or posts.
    contract_post_price: float  # CNY/year: Price of a post in the first year; grows as the hourly price does.
    scoring_price: float  # weight: Weight of price (or of hours promised).
    scoring_quality: float  # weight: Weight of reputation, licences and skill.
    scoring_relation: float  # weight: Weight of the relation with the purchaser.
    scoring_experience: float  # weight: Weight of standing in that community.
    scoring_noise: float  # score sd: What else sways a panel.
    scoring_minimum_bidders: float  # bids: Valid bids that a call needs.
    scoring_too_few: float  # choice: What happens when fewer bids come.
    scoring_prequalification: float  # 0-1: Least reputation of a bidder.
    payment_delay: float  # quarters: Mean time by which an instalment is paid late.
    payment_oversight: float  # probability: Chance that hours not delivered are noticed, per contract and quarter.
    payment_administrative_pressure: float  # 0-1: Administrative tasks asked of agencies that depend on the purchaser.
    payment_upfront: float
    payment_co_payment: float
    assessment_regime: float  # choice: Who grades contracts.
    assessment_coverage: float  # share: Contracts drawn for assessment at the end of each contract year.
    assessment_full: float  # 0-1: Grade from which the whole price is paid.
    assessment_renewable: float  # 0-1: Grade below which a contract is not renewed without a call.
    assessment_passing: float  # 0-1: Grade below which the agency is barred.
    assessment_withheld: float
    assessment_bar: float  # quarters: Time for which a purchaser's calls stay closed to a barred agency.
    assessment_penalty: float  # ratio: Withheld for hours that an assessment finds missing, relative to their price.
    assessment_cost: float  # share: Part of a contract year's price that its assessment by a third party costs.
    grants_core: float  # CNY/year: Towards the running costs of each registered nonprofit of some reputation.
    grants_reputation: float  # 0-1: Least reputation for a core grant.
    grants_incubation: float  # CNY: To each nonprofit over its first four quarters.
    grants_matching: float
    settlement_audit: float  # probability: Chance that a settlement is audited and finds unspent money.
    settlement_allowed_surplus: float  # share: Part of what fell due that an agency may keep unspent.
    settlement_returned: float  # share: Part of what is unspent beyond that which goes back.
    settlement_yearly: float  # yes/no: Whether contracts are settled after each year, or at their end only.
    registration_regime: float  # choice: Whether a government unit must agree to supervise.
    registration_openness: float
    registration_capital: float  # CNY: Capital that founders must show.
    registration_licensed: float  # persons: Licensed staff that founders must have.
    registration_attachment: float  # yes/no: Whether an agency may work under an association's name.
    registration_licensed_share: float  # share: Least share of licence holders among founding staff.
    registration_inspection: float
    for_profits_admission: float  # choice: Whether for-profit firms may enter and bid.
    for_profits_qualification: float  # share: Licence holders on the staff of a firm that is qualified.
    for_profits_profit_cap: float
    promotion_push: float  # 0-1: How strongly officials encourage colleges and others to found agencies.
    special_fund_management_fee: float  # share: Share of every payment that the association keeps.
    special_fund_monitoring: float  # share: Share of the fee spent on monitoring projects.
    special_fund_applicants: float  # choice: Who may apply to the fund.
    special_fund_local_match: float
    giving_tax_relief: float  # 0-1: Tax relief for donations.
    giving_csr_incentive: float  # 0-1: Incentive for companies to pay agencies.
    assessors_capacity: float  # contracts/quarter: Assessments that professional assessors can make.
    assessors_precision: float  # sd: Standard error of their grades.
    profession_exam_pass: float  # share: Of unlicensed staff who sit the yearly exam, those who pass.
    profession_college_quota: float  # ratio: Factor on the graduates of the city's colleges.
    profession_wage_guidance: float
    adoption_pressure: float  # 0-1: How strongly the level above asks the city to begin to buy services.
    id: IntLike  # Number that keys its random draws.
    account: int  # Number of its account.
    level: int  # City or district.
    city: int  # City.
    first_community: int  # First of its communities.
    communities: int  # communities: Number of its communities.
    first_agency: int  # First agency at home here.
    commercial_groups: int  # groups: Company-form groups that may still convert.
    wealth: float  # ratio: Ability of residents to pay fees.
    agencies: int  # agencies: Active agencies at home here.
    idle_agencies: int  # agencies: Of them, those without a contract and with less than one own post.
    cash: int  # fen: Money in its purchasing account.
    price_index: float  # ratio: Growth of the ceiling price since the start.
    grown_budget: float  # fen/year: Yearly budget with its growth, before the economy and the pressure of unmet need.
    budget: int  # fen: Budget of the current year.
    added_budget: int  # fen: Of it, what a district added because the city's fund pays agencies there.
    running: int  # fen/year: Yearly value of running contracts.
    obligations: int  # fen: Instalments due and not yet paid.
    called: int  # fen/year: Yearly value of lots called this quarter.
    awarded: int  # fen/year: Yearly value of contracts awarded or renewed this quarter.
    paid: int  # fen: Paid for contracts this quarter.
    lapsed: int  # fen: Returned to the treasury this quarter.
    overdue: int  # fen: Instalments due before this quarter and not yet paid.
    first_expired: int  # First contract that ended this quarter.
    hearing: float  # share: Weight of what agencies argue for in its aim; undefined before it is set.
    turn: float  # share: Part of its budget that changed fields at the last Q1; undefined before it.
    first_lot: int  # First lot called this quarter.
    lots: int  # lots: Lots called this quarter, by it and by its institutions.
    needed: float
    needed_held: float  # share of points: The same where another agency holds the contract.
    offered: float  # points: Points for price or hours that win lately, at a weight of one.
    belief_gap: float
    bids_awarded: int  # bids: Bids on these lots.
    price_ratio: float  # ratio: Price over ceiling of the lots that it awarded lately, other than posts.
    co_payments: int  # fen/year: City's part of running contracts of districts: of a city all, of a district its own.
    graded: int  # contracts: Contracts graded this quarter.
    found_missing: int  # contracts: Of them, those in which hours were found missing.
    grades: float  # 0-1: Their grades, summed.
    withheld: int  # fen: Withheld for low grades and missing hours this quarter.
    settled: int  # fen: Unspent money of contracts by its rules that went back this quarter.
    handovers: int  # contracts: Handovers between agencies this quarter.
    own_budget: int  # fen: Of the year's budget, what goes into its own contracts.
    grants_budget: int  # fen: Of it, what is set aside for grants.
    direct_budget: int  # fen: Of it, what is spent on social workers whom it employs itself.
    centre_value: int  # fen/year: Yearly value of running centre contracts, which serve all fields.
    core_grants: int  # fen: Core grants given this quarter.
    incubation_grants: int  # fen: Incubation grants given this quarter.
    matching_grants: int  # fen: Matching grants given this quarter.
    grants_cover: float  # share: Part of last quarter's claims on its grants that was paid.
    workers: npt.NDArray[np.int64]  # persons: Social workers whom it employs itself.
    direct_staff: int  # persons: Social workers whom it employs itself, with licence and without.
    direct_vacancies: int  # persons: Official posts that it could not fill this quarter.
    first_institution: int  # First of the institutions in its area.
    institutions: int  # institutions: Number of institutions in its area.
    reorganised_until: int  # quarter: Quarter from which it buys as before; 0 if never reorganised.


class InstitutionRow(Protocol):
    """A row of kind `institution`."""

    id: IntLike  # Number that keys its random draws.
    account: int  # Number of its account.
    index: int  # Place among institutions.
    district: int  # District.
    city: int  # City.
    community: int  # Community where it stands.
    field: int  # Field of service that it buys.
    form: int  # What it buys.
    weight: float  # weight: Weight in what governments allot.
    own_money: float  # fen/year: Money of its own that it spends on contracts, in prices of the first year.
    administrative_pressure: float  # 0-1: Administrative tasks that it asks.
    track_record: float  # 0-1: Least skill of agencies that it buys from.
    cash: int  # fen: Money in its account.
    budget: int  # fen: Money of the year for contracts: of the allotment, and its own.
    running: int  # fen/year: Yearly value of its running contracts.
    obligations: int  # fen: Instalments due and not yet paid.
    called: int  # fen/year: Yearly value of lots that it called this quarter.
    awarded: int  # fen/year: Yearly value of its contracts awarded or renewed this quarter.
    paid: int  # fen: Paid for contracts this quarter.
    lapsed: int  # fen: Returned to the treasury this quarter.
    overdue: int  # fen: Instalments due before this quarter and not yet paid.
    own_held: int  # fen: Of it, money of its own at the start of the year.
    commissions_left: int  # fen: Of the year's allotment for commissions, what is not yet spent.
    commissions_paid: int  # fen: Paid for commissions this quarter.
    opened: int  # lots: Lots opened this quarter, renewals among them.
    first_expired: int  # First of its contracts that ended this quarter.


class MeasureRow(Protocol):
    """A row of kind `measure`."""

    course: int  # How it runs over time.
    rank: int  # How specifically its entry names the place: 0 everywhere, 1 a level, 2 by name.
    first: int  # quarter: First quarter; of a ramp, the one from whose value it starts.
    last: int  # quarter: Last quarter.
    trigger: int  # Trigger that it waits for; -1 for none.
    value: float  # Value that it sets, or that a ramp reaches.
    whole: bool  # Whether the lever takes whole numbers only.
    start: float  # Value from which a ramp started.
    grown_start: float  # Value from which a ramp of a yearly budget started, with its growth.


class NeedRow(Protocol):
    """A row of kind `need`."""

    load: float  # hours/quarter: Hours that all need of a quarter would take.
    unmet: float  # 0-1: Unmet need.
    served: int  # contracts: Running contracts here in this field.
    opened: npt.NDArray[np.int64]  # lots: Lots opened for it this quarter, by level of government.


class PresenceRow(Protocol):
    """A row of kind `presence`."""

    agency: int  # Agency.
    community: int  # Community.
    quarters: float  # quarters: Unbroken service, less roots lost with experienced staff.
    since: int  # quarter: Quarter in which it came.
    last: int  # quarter: Last quarter of service.
    hours: float  # hours: Hours of service this quarter.
    known: float  # hours/quarter: Hours that people who know the clients can give.
    past: npt.NDArray[np.float64]  # hours: Hours of service in the last four quarters, by season.
    next: int  # Next presence of the same agency.


class RefusedFounderRow(Protocol):
    """A row of kind `refused_founder`."""

    id: IntLike  # Id of the agency that they want to found.
    acceptance: float  # 0-1: How hard they are to accept: drawn once; a unit agrees below its bar.
    party: int  # Kind of founder.
    which: int  # Index of the founder among its kind.
    founder_id: IntLike  # Number that keys the founder's draws.
    origin: int  # Who founds.
    leaving: int  # persons: Settled people who would leave a sister for it.
    district: int  # District.
    since: int  # quarter: Quarter of the refusal.
    next: int  # Next refused founders of the city, or next freed record.


class RulesRow(Protocol):
    """A row of kind `rules`."""

    chance_noise_scale: float  # 0-1: Width of every draw: 1 full spread, 0 every draw at its median.
    need_half_life: float  # quarters: Time by which half of the relief by activities is gone.
    need_self_help: float  # 1/quarter: Share of unmet need that a community of full strength meets itself.
    need_pressure_speed: float  # 1/quarter: Speed at which unmet need turns into pressure on government.
    need_tolerated_pressure: float  # 0-1: Pressure that governments tolerate.
    need_strength_gain: float
    need_strength_speed: float  # 1/quarter: Speed at which strength grows towards the level that development holds.
    need_strength_half_life: float  # quarters: Time by which half of the strength beyond that level wears off.
    need_rooting_time: float
    need_grace: float  # quarters: Gap in service after which roots are lost.
    people_hours: float  # hours/quarter: Working time of one person.
    people_learning: float  # ratio: Output of a person in the first quarter in post.
    people_quit_rate: float  # 1/quarter: Quit hazard of settled staff paid the outside wage.
    people_first_year_factor: float  # ratio: Quit hazard in the first year against later.
    people_wage_elasticity: float
    people_recruit_elasticity: float  # elasticity: How much a higher wage attracts people to an agency's posts.
    people_matching: float
    people_insecurity_effect: float
    people_prospects: float  # logit: Rise of entry as all who look for a post find one.
    people_usual_finding: float  # share/quarter: Seekers who find a post in a quarter where entry is as usual.
    people_arrears_effect: float  # log/month: Rise of the quit hazard per month of wages owed.
    people_load_effect: float  # log: Rise of the quit hazard as administrative tasks fill all time.
    people_autonomy_effect: float  # log: Rise of the quit hazard as operational autonomy goes from 1 to 0.
    people_autonomy_reference: float  # 0-1: Operational autonomy at which the quit rate holds.
    people_leave_field: float  # share: Leavers who leave the field rather than look for another agency.
    people_hiring_limit: float  # share/quarter: New staff that an organisation can take in, relative to its size.
    people_hiring_minimum: float  # persons/quarter: New staff that even the smallest can take in.
    people_skill_loss: float  # share: Skill and roots that go with experienced staff, per share of them leaving.
    people_knowledge_loss: float
    people_skill_carry: float
    people_span: float  # persons: Staff for each supervisor.
    people_placement_hours: float  # hours/quarter: Time that a student in placement gives to service.
    people_placement_output: float
    costs_social_insurance: float  # share of wages: Employer's social insurance.
    costs_rent: float  # CNY/person/quarter: Rent for one workplace; none where a host gives rooms.
    costs_overhead: float  # CNY/person/quarter: Materials, travel and office, per person.
    costs_fixed: float  # CNY/quarter: Bookkeeping, audit and the like, whatever the size.
    costs_inflation: float  # 1/year: Growth of rent, overhead and fixed costs.
    costs_bid: float  # CNY: Cost of preparing one bid.
    costs_bid_share: float  # share: Further cost of a bid, for each CNY of a lot's yearly ceiling price.
    costs_wage_share: float  # share: Share of income per person that a wage can be.
    costs_wage_speed: float  # 1/quarter: Speed at which wages follow what can be paid.
    costs_supervisor_premium: float  # share: Pay of a supervisor above the wage of others.
    costs_rent_sharing: float
    costs_cushion: float
    costs_least_pace: float  # ratio: Pace of wage rises without any reserve, relative to that at the wanted reserve.
    reserves_target: float  # months: Median of the reserves that agencies want, in months of cost.
    reserves_target_spread: float  # log sd: Spread of wanted reserves over agencies.
    reserves_correction: float  # 1/quarter: Part of the gap between reserve and wanted reserve that a plan closes.
    reserves_saving: float  # share: Most of the money for own posts that goes into a reserve that is short.
    reserves_planning: float  # 1/quarter: Speed at which own posts follow the plan.
    reserves_anticipation: float
    reserves_dues: float  # share: Part of instalments due and not yet paid that counts as reserve.
    credit_dues: float  # share: Most of a loan, relative to instalments due and not yet paid.
    credit_months: float  # months: Most of a loan, in months of cost.
    credit_interest: float  # 1/quarter: Interest on a loan.
    bidding_attention: float  # lots: Lots that an agency can study in a quarter, per purchaser.
    bidding_search: float  # probability: Chance that an agency looks at another district of its city in a quarter.
    bidding_branch_size: float  # persons: Staff for each further district whose calls an agency follows.
    bidding_overbid: float  # ratio: Hours bid for relative to hours free.
    bidding_effort: float  # bids/person: Bids per person and quarter, with all effort on bids and middling capability.
    bidding_margin_weight: float
    bidding_fit_weight: float  # weight: Weight of fit with skill.
    bidding_chance_weight: float  # weight: Weight of the believed chance to win.
    bidding_focus_weight: float  # weight: Weight of the effort given to a source of funding.
    bidding_root_weight: float  # weight: Weight of standing in the community.
    bidding_distance_cost: float  # utility: Cost of working in another district.
    bidding_taste: float  # utility: Half-width of what else makes a lot attractive.
    bidding_half_chance: float
    bidding_uncertainty: float
    bidding_learning: float  # share of points: How far one won or lost bid moves what an agency itself believes.
    bidding_public_learning: float
    bidding_service_value: float
    bidding_foothold: float  # share of price: Worth of a contract with a purchaser that does not know the bidder yet.
    bidding_stake: float
    bidding_cost_error: float  # log sd: Error of a bidder's estimate of its cost.
    bidding_least_staffing: float  # ratio: Fewest hours of staff that a bidder plans for each hour promised.
    bidding_least_margin: float
    bidding_entry_loss: float  # share of cost: Loss that a firm in funds accepts at a purchaser that does not know it.
    delivery_base_tasks: float  # share: Staff time that any office takes.
    delivery_pressure_tasks: float  # share: Further time taken when wholly dependent on a purchaser of full pressure.
    delivery_skill_quality: float  # weight: Weight of skill in quality.
    delivery_licence_quality: float  # weight: Weight of licensed staff in quality.
    delivery_supervision_quality: float  # weight: Weight of supervision in quality.
    delivery_workload_slack_quality: float  # weight: Weight of a workload that can be borne.
    delivery_strain_range: float
    delivery_own_supervision: float  # 0-1: Supervision that own supervisors alone can give.
    delivery_peer_supervision: float  # 0-1: Supervision by fellow members of an association.
    delivery_adviser_supervision: float
    delivery_college_supervision: float  # 0-1: Supervision by a college with capacity to spare.
    delivery_own_work: float  # share: Hours free of contracts that go into work of one's own design.
    delivery_most_tasks: float  # share: Most staff time that administrative tasks can take.
    delivery_most_promised: float  # ratio: Most hours that a bidder promises over those asked.
    delivery_overtime: float
    delivery_diversion: float
    delivery_knowledge_weight: float
    delivery_knowledge_time: float  # years: Time constant of getting to know clients.
    fees_rate: float  # CNY/hour: Fee for an hour in a field where all clients pay.
    fees_quality: float  # elasticity: How strongly fees follow the quality of service.
    standing_relation_gain: float  # 1/quarter: Growth of a relation with full dependence.
    standing_relation_decay: float  # 1/quarter: Decay of a relation.
    standing_contact: float
    standing_overlap_relation: float  # 0-1: Least relation of an agency whose officers serve the association.
    standing_compliance_effect: float  # ratio: How much compliance speeds a relation.
    standing_disagreement: float  # 1/year: Relation lost by open disagreement of an agency independent in resources.
    standing_shading_penalty: float  # share: Relation and reputation lost when shading is noticed.
    standing_grade_penalty: float
    standing_exposure: float
    standing_peer_learning: float  # 1/quarter: Speed at which an association's less skilled members reach its mean.
    standing_reputation_speed: float  # 1/quarter: Speed at which reputation follows quality.
    standing_skill_gain: float  # 1/quarter: Learning where one person or more practises a field full time.
    standing_skill_loss: float  # 1/quarter: Loss of skill without practice.
    standing_mission_drift: float  # 1/quarter: Drift of mission towards what is counted, when compliant.
    standing_mission_renewal: float  # 1/quarter: Renewal of mission by work of one's own design.
    founding_firm_capital: float  # CNY: Median of what investors bring to a firm; at least what registration asks.
    founding_firm_limit: float
    founding_firm_wage: float
    founding_firm_licensed: float
    founding_firm_growth: float  # ratio: New staff that a firm can take on, relative to a nonprofit.
    founding_disguise: float  # share: Investors who register their firm as a social work agency.
    founding_firm_example: float
    founding_college_rate: float  # 1/quarter: Hazard per college at full push and prospects.
    founding_spin_off_rate: float  # 1/quarter: Hazard per agency large enough, at full prospects.
    founding_spin_off_size: float  # persons: Settled staff from which a spin-off can come.
    founding_chain_rate: float
    founding_conversion_rate: float
    founding_for_profit_rate: float
    founding_hurdle: float  # share: Margin below which no investor enters.
    founding_legitimacy: float  # agencies: Agencies in a city at which the form is half taken for granted.
    founding_viable_income: float  # CNY/year: Yearly purchasing that makes a newcomer viable.
    founding_contestable_share: float  # share: Share of purchasing under contract that founders think they could win.
    founding_relation: float  # 0-1: Relation that nonprofit founders begin with where officials push fully.
    founding_staff: float  # persons: Median founding size.
    founding_staff_spread: float  # log sd: Spread of founding sizes.
    founding_founder_cash: float  # CNY: What founders bring, and can show as capital.
    founding_skill: float  # 0-1: Skill of founders in their own field.
    founding_skill_elsewhere: float  # 0-1: Skill of founders in other fields.
    founding_licensed: float  # share: Founding staff who hold a licence.
    founding_mission: float  # 0-1: Founders' orientation towards development of communities.
    founding_join_probability: float  # probability: Chance that a new agency joins an association open to it.
    founding_runway: float  # quarters: Time that founders' money must last for the people they begin with.
    founding_attach: float
    founding_retry: float  # 1/quarter: Hazard at full prospects that founders who were refused try again.
    founding_waiting_fade: float  # 1/quarter: Hazard that founders who were refused give up.
    founding_trust: float  # share: Part of officials' reserve that a full relation or a long record takes away.
    founding_record: float  # years: Time at work after which officials know most of an agency.
    founding_corporate_rate: float
    founding_corporate_money: float
    founding_official_rate: float
    founding_official_relation: float  # 0-1: Least relation of such an agency with its district's government.
    rooms_apart: float
    rooms_casework_loss: float
    rooms_move_out: float  # months: Reserve above which an agency rents rooms of its own.
    rooms_move_in: float  # months: Reserve below which an agency takes a free room.
    closing_support_months: float  # months of wages: Most of an advance.
    closing_support_gap: float  # quarters: Time after an advance in which there is no other.
    closing_support_kept: float  # months: Cost kept in hand before an advance is repaid.
    closing_comfortable_reserves: float
    closing_layoff_reserve: float  # months: Reserves below which staff without work are laid off.
    closing_arrears: float  # months of wages: Wages and bills owed at which an agency is likely to give up.
    closing_insolvent_rate: float  # 1/quarter: Hazard of closing at that point.
    closing_creditors: float
    closing_layoff_speed: float
    closing_severance: float
    closing_lease: float  # 1/quarter: Part of the rented workplaces without people that can be given up.
    closing_patience: float
    closing_give_up_rate: float
    closing_rest_debts: float
    closing_exit_after: float  # quarters: Time under the hurdle after which a for-profit leaves.
    closing_dividend_reserve: float  # months: Reserves above which a for-profit pays its owners.
    closing_dormancy: float  # quarters: Time after which a dormant agency is struck off.
    closing_revival_rate: float  # 1/quarter: Hazard that a dormant agency takes up work again at full prospects.
    independence_attached: float  # 0-1: Governance of an attached agency; a registered one has 1.
    independence_overlap: float  # 0-1: Governance lost by officers in common.
    independence_official: float  # 0-1: Governance lost when officials founded the agency.
    independence_floor: float
    voice_speed: float  # 1/year: Part of the way to its aim that a split goes in a year: what contracts do not bind.
    voice_access: float  # 0-1: How far an agency without any relation is let speak; relation opens the rest.
    voice_restraint: float  # ratio: Part of its speech that a wholly compliant agency holds back.
    resource_public: float
    resource_bridge: float  # months: Reserves that halve dependence.
    resource_legal: float  # share: Part of resource independence that an agency without governance of its own lacks.
    autonomy_design: float  # weight: Work of one's own design.
    autonomy_judgement: float  # weight: Work as the mission at founding had it.
    autonomy_time: float  # weight: Time not on administrative tasks.
    autonomy_voice: float  # weight: Voice in its purchasers' priorities.
    sustainability_bridge: float  # months: Reserves that halve the chance of being stopped.
    sustainability_loss: float  # probability: Factor on the chance of being stopped for each separate line of income.
    sustainability_size: float  # exponent: How fast that chance falls with staff; 0 leaves size out.
    sustainability_memory: float  # 1/quarter: Speed of the running means behind stability and retention.
    plane_resource: float
    plane_autonomy: float
    strategy_speed: float  # 1/quarter: Speed at which effort moves towards what an agency aims at.
    strategy_drive: float  # 0-1: How strongly an agency that feels dependent, and can afford it, seeks other sources.
    strategy_imitation: float
    strategy_opportunity: float
    strategy_horizon: float  # years: Years of income that agencies hold against the cost of entry.
    strategy_entry_cost: float  # CNY: Cost of entering a source of funding.
    strategy_first_effort: float  # share: Effort given to a source that has just been entered.
    strategy_first_capability: float  # 0-1: Capability in a source that has just been entered.
    strategy_founding_capability: float  # 0-1: Capability of founders in the sources that they begin with.
    strategy_fees_effort: float  # share: Effort that founders give to client fees; bids get what other sources leave.
    strategy_learning: float  # 1/quarter: Growth of capability in a source with all effort on it.
    strategy_forgetting: float  # 1/quarter: Decay of capability in a source.
    strategy_half_learning_effort: float  # share: Effort at which learning is half as fast as it can be.
    strategy_half_effort: float  # share: Effort, weighted by capability, that wins half of what a source can give.
    strategy_give_up: float  # share: Effort below which a source that brings nothing is left.
    giving_asking_cost: float  # CNY/person/quarter: Cost of asking for donations, if all staff did nothing else.
    giving_relief_effect: float  # ratio: Rise of donors' pools under full tax relief.
    giving_incentive_effect: float  # ratio: Rise of companies' budgets, and of their search, under full incentive.
    giving_search: float  # probability: Chance that a company with money for another agency looks for one in a quarter.
    giving_size: float  # elasticity: How asking grows with staff: below 1, small agencies can ask too.
    giving_match_effect: float
    assessing_base_grade: float  # share: Grade of hours delivered in full at no quality; the rest is earned by quality.
    assessing_bias: float  # 0-1: Rise of an internal grade as the relation goes to 1.
    assessing_internal_noise: float  # sd: Standard error of internal grades.
    assessing_reputation_weight: float  # share: Part of the gap to a third party's grade that reputation closes.
    assessing_internal_weight: float
    assessing_internal_detection: float
    assessing_patience: float  # quarters: Wait for an assessor after which a contract is paid without a grade.
    assessing_handover_time: float  # share: Hours of the first quarter that a full handover takes.
    assessing_handed_knowledge: float  # share: Knowledge of a contract's clients that a full handover passes on.
    assessing_lesson: float
    assessing_lapse: float  # 1/quarter: Speed at which that lesson is forgotten.
    assessing_least_found: float
    assessing_learning: float  # share: Part of the skill that is lacking which a third party's grade and comments add.
    assessing_paper: float  # share: Staff time for files where everything is assessed by third parties.
    commissions_value: float  # CNY: Median value of a commission, in prices of the first year.
    commissions_spread: float  # log sd: Spread of their values.
    direct_hiring_premium: float  # share: What job security is paid above the outside wage.
    direct_hiring_pull: float
    direct_hiring_quality: float  # 0-1: Quality of their service.
    adoption_rate: float
    adoption_wealth: float  # elasticity: How the hazard rises with wealth.
    adoption_neighbours: float  # ratio: What it gains, relative to the rate, where all neighbours buy.
    adoption_mandate: float  # ratio: What it gains, relative to the rate, at full pressure from above.
    shocks_director_rate: float  # 1/year: Hazard that a director of long standing leaves an agency without strain.
    shocks_director_strain: float  # ratio: Rise of that hazard with three months of wages owed, and with no contract.
    shocks_honeymoon: float  # years: Time in office at which the hazard has reached half of its level.
    shocks_succession_size: float
    shocks_backing: float  # probability: Chance that one of those who back an agency finds a successor.
    shocks_director_loss: float
    shocks_scandal_rate: float  # 1/year: Hazard of a scandal or failed inspection in an agency of few people.
    shocks_scandal_size: float  # persons: Staff at which that hazard is 1.7 times as high.
    shocks_scandal_loss: float  # share: Reputation and relations lost by it.
    shocks_scandal_bar: float  # quarters: Time for which all purchasers that know the agency bar it.
    shocks_scandal_fatal: float  # probability: Chance that its registration is revoked for it.
    shocks_reorganisation_pause: float  # quarters: Time for which a purchaser that was reorganised calls nothing.
    shocks_reorganisation_loss: float  # share: Relations with a purchaser lost when it is reorganised.


class SectorRow(Protocol):
    """A row of kind `sector`."""

    agencies: float  # agencies: Active agencies.
    agencies_nonprofit: float  # agencies: Active nonprofits.
    agencies_for_profit: float  # agencies: Active for-profits.
    operating: float  # agencies: Operating agencies.
    idle_shells: float  # agencies: Idle shells.
    agencies_registered: float  # agencies: Active agencies registered as nonprofits.
    agencies_attached: float  # agencies: Active agencies attached to an association.
    agencies_commercial_form: float  # agencies: Active agencies registered as companies.
    agencies_college: float  # agencies: Active agencies founded by colleges.
    agencies_spin_off: float  # agencies: Active agencies founded by staff of a sister.
    agencies_converted: float  # agencies: Active agencies converted from company form.
    agencies_corporate: float  # agencies: Active agencies founded by companies for their social responsibility.
    agencies_government: float  # agencies: Active agencies founded at the request of officials.
    agencies_investor: float  # agencies: Active agencies founded by investors.
    foundings: float  # agencies/quarter: Agencies founded this quarter.
    conversions: float  # agencies/quarter: Agencies founded by conversion this quarter.
    registrations: float
    founders_waiting: float  # teams: Founders refused a registration who wait to try again.
    closures: float  # agencies/quarter: Agencies closed this quarter.
    closures_insolvent: float  # agencies/quarter: Of them, agencies that owed months of wages and saw no money coming.
    closures_no_contract: float  # agencies/quarter: Of them, agencies that had no contract for long.
    closures_no_staff: float  # agencies/quarter: Of them, agencies in which nobody was left.
    closures_low_return: float  # agencies/quarter: Of them, agencies whose owners saw too little return.
    closures_no_successor: float  # agencies/quarter: Of them, agencies whose director left and nobody took over.
    closures_for_cause: float
    closures_struck_off: float  # agencies/quarter: Of them, agencies that had been dormant for too long.
    closures_large: float  # agencies/quarter: Of them, agencies that had ten people or more.
    closure_hazard: float  # 1/quarter: Closure hazard.
    budget: float  # CNY/year: Purchasing budgets of the year.
    called: float  # CNY/year: Yearly value of lots called this quarter.
    awarded: float  # CNY/year: Yearly value awarded or renewed this quarter.
    running: float  # CNY/year: Yearly value of running contracts.
    paid: float  # CNY/quarter: Paid for contracts this quarter.
    purchasers_reorganised: float
    lapsed: float  # CNY/quarter: Unspent budget returned this quarter.
    government_share: float  # share: Public money in agencies' income, four quarters.
    government_share_median: float  # share: Median agency's share of public money in income.
    concentration: float  # 0-1: Mean concentration of income over payers.
    for_profit_share: float  # share: For-profits' share of the value of running contracts.
    gini: float  # 0-1: Gini coefficient of contract value.
    top_decile: float  # share: Share of contract value held by the top tenth of agencies.
    bidders: float  # bids/lot: Valid bids per called lot.
    incumbent_wins: float  # share: Recalled contracts won by the incumbent.
    price_to_ceiling: float  # ratio: Agreed price over ceiling.
    promised_hours: float  # hours/quarter: Hours promised this quarter.
    delivered_hours: float  # hours/quarter: Hours delivered under contract.
    service_hours: float  # hours/quarter: Hours of service, own projects included.
    effective_hours: float  # hours/quarter: Effective hours of service.
    cost_per_effective_hour: float  # CNY/hour: Agencies' cost per effective hour.
    quality_nonprofit: float  # 0-1: Quality of nonprofits.
    quality_for_profit: float  # 0-1: Quality of for-profits.
    staffing_nonprofit: float  # ratio: Delivered over promised hours, nonprofits.
    staffing_for_profit: float  # ratio: Delivered over promised hours, for-profits.
    resource_independence_p10: float  # 0-1: 10th percentile of resource independence.
    resource_independence_p50: float  # 0-1: Median resource independence.
    resource_independence_p90: float  # 0-1: 90th percentile of resource independence.
    resource_independence_staff: float  # 0-1: Resource independence weighted by staff.
    resource_independence_value: float  # 0-1: Resource independence weighted by income of four quarters.
    governance_mean: float  # 0-1: Governance.
    operational_autonomy_p10: float  # 0-1: 10th percentile of operational autonomy.
    operational_autonomy_p50: float  # 0-1: Median operational autonomy.
    operational_autonomy_p90: float  # 0-1: 90th percentile of operational autonomy.
    operational_autonomy_staff: float  # 0-1: Operational autonomy weighted by staff.
    operational_autonomy_value: float  # 0-1: Operational autonomy weighted by income of four quarters.
    design_mean: float  # 0-1: Own design: share of hours spent on work of one's own design.
    judgement_mean: float  # 0-1: Judgement: nearness of hours to the mission at founding.
    time_mean: float  # 0-1: Own time: staff time that administrative tasks leave.
    voice_mean: float  # 0-1: Voice.
    heard_mean: float  # 0-1: How far agencies are heard.
    agreement_mean: float  # 0-1: Part of purchasers' priorities that agrees with agencies' wishes.
    plane_ia: float  # share: Agencies independent in resources and autonomous.
    plane_da: float  # share: Agencies dependent in resources but autonomous.
    plane_it: float  # share: Agencies independent in resources but not autonomous.
    plane_dt: float  # share: Agencies neither independent in resources nor autonomous.
    independence_mean: float  # 0-1: Mean independence, composite of the two.
    independence_p10: float  # 0-1: 10th percentile of independence.
    independence_median: float  # 0-1: Median independence.
    independence_p90: float  # 0-1: 90th percentile of independence.
    independence_weighted: float  # 0-1: Independence weighted by income of four quarters.
    sustainability_mean: float  # 0-1: Mean sustainability.
    sustainability_p10: float  # 0-1: 10th percentile of sustainability.
    sustainability_median: float  # 0-1: Median sustainability.
    sustainability_p90: float  # 0-1: 90th percentile of sustainability.
    sustainability_staff: float  # 0-1: Sustainability weighted by staff.
    sustainability_weighted: float  # 0-1: Sustainability weighted by income of four quarters.
    stability_mean: float  # 0-1: Stability of income.
    retention_mean: float  # 0-1: Retention of staff.
    contract_cover_mean: float  # 0-1: Contract cover of next year's cost.
    contract_cover_median: float  # 0-1: Median contract cover of next year's cost.
    continuity_mean: float  # 0-1: Continuity of service.
    reserve_months: float  # months: Median months of operating reserve.
    overdue_income: float  # CNY: Instalments that are overdue.
    agencies_overdue: float  # share: Agencies that are owed overdue money.
    overdue_to_purchase: float  # ratio: Overdue income over a year's purchasing.
    overdue_wages: float  # CNY: Wages owed to staff.
    staff: float  # persons: Staff of the sector.
    licensed: float  # persons: Licence holders on the staff.
    hired: float  # persons/quarter: Hired this quarter from those who look for work.
    turnover: float  # 1/year: Yearly turnover.
    first_year_turnover: float  # 1/year: Yearly turnover in the first year in post.
    tenure: float  # years: Mean time in post.
    graduates_entering: float  # persons/quarter: Graduates who began to look for work in the sector.
    seekers: float  # persons: Qualified people looking for work in the sector.
    wage: float  # CNY/month: Mean wage, without supervisors' premium.
    wage_ratio: float  # ratio: Mean wage over outside wage.
    association_fees: float  # CNY/quarter: Management fees kept by associations.
    association_support: float  # CNY/quarter: Emergency support paid by associations.
    sponsorship: float  # CNY/quarter: Sponsors' money this quarter.
    fees: float  # CNY/quarter: Client fees this quarter.
    donations: float  # CNY/quarter: Donations this quarter.
    source_concentration: float  # 0-1: Mean concentration of income over sources.
    three_sources: float  # share: Agencies with three sources or more.
    bidding_effort: float  # share: Management's effort on bids.
    fundraising_effort: float  # share: Management's effort on donations.
    sponsored: float  # share: Agencies with a sponsor.
    unmet_need: float  # 0-1: Unmet need.
    strength: float  # 0-1: Strength of communities.
    community_continuity: float  # share: Hours by agencies that gave at least half as many a year before.
    unbroken_years: float  # years: Longest unbroken service.
    disruptions: float  # times/quarter: Times that an agency left a community, this quarter.
    communities_served: float  # share: Communities served.
    worst_unmet: float  # 0-1: Unmet need in the field that is served worst.
    budget_need_gap: float  # share: Distance of budgets from need.
    economy: float  # ratio: Economic index.
    assessed: float  # contracts/quarter: Contracts graded this quarter.
    grade: float  # 0-1: Mean grade.
    withheld: float  # CNY/quarter: Withheld for low grades and missing hours.
    third_party_coverage: float  # ratio: Third-party grades over contract years that ended.
    assessment_backlog: float  # contracts: Contracts that wait for an assessor.
    assessment_missed: float  # contracts/quarter: Contracts paid without a grade after a long wait.
    assessment_fees: float  # CNY/quarter: Fees of third-party assessors.
    overdue_assessment: float  # share: Overdue income that waits for an assessment.
    agencies_barred: float  # agencies: Agencies that a purchaser bars.
    handovers: float  # contracts/quarter: Contracts handed over to a successor.
    co_payments: float  # CNY/year: Cities' part of districts' running contracts.
    institutions_running: float  # CNY/year: Yearly value of institutions' contracts.
    institutions_paid: float  # CNY/quarter: Paid by institutions for contracts this quarter.
    commissions: float  # CNY/quarter: Paid for commissions this quarter.
    grants_core: float  # CNY/quarter: Core grants this quarter.
    grants_incubation: float  # CNY/quarter: Incubation grants this quarter.
    grants_matching: float  # CNY/quarter: Matching grants this quarter.
    direct_staff: float  # persons: Social workers whom governments employ themselves.
    fund_via_associations: float  # share: Special-fund money that goes through associations.
    moves: float  # persons/quarter: Staff who moved from one agency to another this quarter.
    placements: float  # students: Students in placement with agencies.
    dormant: float  # agencies: Dormant agencies.
    revivals: float  # agencies/quarter: Dormant agencies that took up work again this quarter.
    moved_share: float  # share: Leavers who moved to another agency.
    client_knowledge: float  # share: Hours by people who know the clients.
    effective_per_hour: float  # ratio: What an hour of service does.
    diverted_hours: float  # hours/quarter: Promised hours in which named staff did other work.
    found_missing: float  # share: Assessed contract years in which hours were found missing.
    supervisors: float  # persons: Supervisors on the staff.
    mean_pay: float  # CNY/month: Mean pay, supervisors' premium included.
    unfilled_posts: float  # share: Vacancies that stay open.
    own_posts: float  # posts: Posts that agencies' own money pays for.
    own_work_share: float  # share: Work of agencies' own design in hours of service.
    hours_per_income: float  # hours/1000 CNY: Hours of service per 1 000 CNY of income.
    extra_hours: float  # hours/quarter: Hours given to contracts beyond the promise.
    returned: float  # CNY/quarter: Unspent money of contracts that went back.
    advances: float  # CNY/quarter: Advances given to agencies in distress.
    advances_repaid: float  # CNY/quarter: Advances paid back.
    advances_lost: float  # CNY/quarter: Advances that agencies owed when they closed.
    loans: float  # CNY: Bridging loans outstanding.
    loans_lost: float  # CNY/quarter: Bridging loans that agencies owed when they closed.
    agencies_in_debt: float  # share: Agencies that owe more than they have.
    reserves_above_year: float  # share: Agencies with reserves above a year's cost.
    reserves_to_cost: float  # ratio: Agencies' money over a year's cost.
    reserve_months_p10: float  # months: 10th percentile of reserves.
    reserve_months_p90: float  # months: 90th percentile of reserves.
    nonprofits_on_register: float
    purchasing_cities: float  # cities: Cities that buy services.
    licence_holders: float  # persons: Licence holders, in the sector and outside it.
    promised_to_asked: float  # ratio: Hours promised over hours asked.
    won_under_cost: float  # share: Winning bids under the bidder's own estimate of cost.
    planned_staffing: float  # ratio: Hours of staff planned for each hour promised.
    belief_gap: float  # ratio: Believed chance to win less the share won.
    fund_alone: float  # share: Agencies with contracts that live on the special fund alone.
    districts_alone: float  # share: Agencies with contracts that live on districts alone.
    owners_money_in: float  # CNY/quarter: Money that owners put into firms.
    owners_money_out: float  # CNY/quarter: Money that owners took out of firms.
    firm_return: float  # ratio: Return of firms at work, lately.
    firms_in_guise: float  # agencies: Firms registered as social work agencies.


class SettingRow(Protocol):
    """A row of kind `setting`."""

    government: int  # Government.
    lever: int  # Column of the lever.
    first: int  # First of its measures.
    measures: int  # measures: Number of its measures.
    value: float  # Value put into force last.
    base_value: float  # Value where no measure is in force: that of the start, or one written by hand.
    since: int  # quarter: Quarter up to which a value written by hand ended all measures.


class SponsorRow(Protocol):
    """A row of kind `sponsor`."""

    id: IntLike  # Number that keys its random draws.
    account: int  # Number of its account.
    city: int  # City.
    budget: float  # fen/year: Money for its agencies at a normal economy.
    cycle: float  # elasticity: How strongly the budget follows the economy.
    agencies: int  # agencies: Agencies that it pays.
    cash: int  # fen: Money for its agencies, this quarter.
    served: int  # agencies: Agencies paid this quarter.
    patience: float  # years: Time after which it tires of an agency of middling reputation.
    agencies_limit: int  # agencies: Agencies that it would pay.
    drive: float  # 0-1: Drive to found agencies.


class TieRow(Protocol):
    """A row of kind `tie`."""

    agency: int  # Agency.
    purchaser: int  # Purchaser: a government, or after them an institution.
    relation: float  # 0-1: Relation.
    income: npt.NDArray[np.int64]  # fen: Income from this purchaser, by quarter of the year.
    income_year: int  # fen: Income from this purchaser, last four quarters.
    barred_until: int  # quarter: Last quarter in which it bars the agency.
    lesson: float
    next: int  # Next tie of the same agency.


class TriggerRow(Protocol):
    """A row of kind `trigger`."""

    outcome: int  # Column of the outcome that it reads.
    above: bool  # Whether it fires above the level; below it otherwise.
    level: float  # Level, in the unit of the outcome.
    after: int  # quarters: Time from the reading to being in force.
    until_outcome: int  # Column of the outcome that switches it off; -1 for none.
    until_above: bool  # Whether it is switched off above that level; below it otherwise.
    until_level: float  # Level that switches it off.
    stand: int  # Where it stands.
    since: int  # quarter: Quarter from which it is in force, or was.

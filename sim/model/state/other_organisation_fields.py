"""Fields of other organisations: associations, colleges, sponsors, donors, cities.

A city's record holds its labour market and its economy.
"""

from __future__ import annotations

from sim.engine.fields import Field
from sim.model.state.agency_fields import LICENCES
from sim.scenario.parameters.fundraising_parameters import Donors
from sim.scenario.parameters.labour_parameters import Economy, Labour
from sim.scenario.parameters.parameter_spec import parameters_of

ASSOCIATION = (
    Field("id", "u8", "", "Number that keys its random draws.", table=False),
    Field("account", "i8", "", "Number of its account.", table=False),
    Field("city", "i8", "", "City.", refers="city"),
    Field("district", "i8", "", "District that it serves; -1 for the whole city.", refers="government", start=-1),
    Field("founded", "i8", "quarter", "Quarter from which it works."),
    Field("rooms", "i8", "agencies", "Members that it can give rooms."),
    Field("hosted", "i8", "agencies", "Members in its rooms."),
    Field("members_limit", "i8", "agencies", "Members that it can take."),
    Field("members", "i8", "agencies", "Members."),
    Field("cash", "i8", "fen", "Its account: fees kept, less monitoring and support."),
    Field("fees", "i8", "fen", "Management fees kept this quarter."),
    Field("passed_on", "i8", "fen", "Fund money passed on to members this quarter."),
    Field("support", "i8", "fen", "Emergency support paid this quarter."),
    Field("best", "i8", "", "Member with the highest sustainability.", refers="agency", start=-1),
    Field("best_quarter", "i8", "quarter", "Quarter in which that was seen.", table=False, start=-1),
    Field("overlap", "f8", "share", "Directors of new members who become its officers.", table=False),
)

COLLEGE = (
    Field("id", "u8", "", "Number that keys its random draws.", table=False),
    Field("account", "i8", "", "Number of its account.", table=False),
    Field("city", "i8", "", "City.", refers="city"),
    Field("graduates", "i8", "persons/year", "Graduates a year."),
    Field("supervision", "f8", "agencies", "Agencies that it can supervise well."),
    Field("drive", "f8", "0-1", "Drive to found agencies."),
    Field("grant", "i8", "fen", "Cash given to an agency that it founds."),
    Field("emergency", "i8", "fen/year", "Money for affiliates in distress."),
    Field("hosts", "?", "", "Gives rooms to agencies that it founds."),
    Field("affiliates", "i8", "agencies", "Agencies that it supports."),
    Field("founded_agencies", "i8", "agencies", "Agencies founded during the run.", table=False),
    Field("cash", "i8", "fen", "Money for affiliates in distress, this year."),
    Field("assessors", "i8", "contracts/quarter", "Assessments that its professors can make."),
    Field("placements", "f8", "students/quarter", "Students that it sends into placement.", table=False),
)

SPONSOR = (
    Field("id", "u8", "", "Number that keys its random draws.", table=False),
    Field("account", "i8", "", "Number of its account.", table=False),
    Field("city", "i8", "", "City.", refers="city"),
    Field("budget", "f8", "fen/year", "Money for its agencies at a normal economy."),
    Field("cycle", "f8", "elasticity", "How strongly the budget follows the economy."),
    Field("agencies", "i8", "agencies", "Agencies that it pays."),
    Field("cash", "i8", "fen", "Money for its agencies, this quarter."),
    Field("served", "i8", "agencies", "Agencies paid this quarter.", table=False),
    Field("patience", "f8", "years", "Time after which it tires of an agency of middling reputation."),
    Field("agencies_limit", "i8", "agencies", "Agencies that it would pay."),
    Field("drive", "f8", "0-1", "Drive to found agencies.", table=False),
)

DONORS = (
    *(Field(leaf.name, "f8", leaf.unit, leaf.info.description or "", table=False) for leaf in parameters_of(Donors)),
    Field("account", "i8", "", "Number of their account.", table=False),
    Field("city", "i8", "", "City.", refers="city"),
    Field("growth_index", "f8", "ratio", "Growth of the pool since the start.", table=False, start=1),
    Field("cash", "i8", "fen", "Money for projects of foundations' calls; other gifts do not stay."),
    Field(
        "asked", "f8", "persons", "Asking by all agencies this quarter, in people of full capability and reputation."
    ),
    Field("given", "i8", "fen", "Given this quarter."),
)

CITY = (
    *(
        Field(leaf.name, "f8", leaf.unit, leaf.info.description or "", table=False)
        for leaf in (*parameters_of(Labour), *parameters_of(Economy))
    ),
    Field("id", "u8", "", "Number that keys its random draws.", table=False),
    Field("index", "i8", "", "Place among cities.", table=False),
    Field("begins", "i8", "quarter", "Quarter from which its governments buy services; -1 for not yet."),
    Field("adopts", "?", "", "Begins to buy by the rule of adoption.", table=False),
    Field("region", "i8", "", "Number of its region.", table=False),
    Field("government", "i8", "", "Its government.", refers="government"),
    Field("first_member", "i8", "", "Place of its first agency in the list of active agencies.", table=False),
    Field("members", "i8", "agencies", "Number of active agencies.", table=False),
    Field("first_lot", "i8", "", "First lot called this quarter.", table=False),
    Field("first_district", "i8", "", "First of its district governments.", table=False),
    Field("districts", "i8", "districts", "Number of its districts.", table=False),
    Field("economy", "f8", "log", "Log of the economic index."),
    Field("wage_index", "f8", "ratio", "Growth of the outside wage since the start.", table=False, start=1),
    Field("cost_index", "f8", "ratio", "Growth of rent and overhead since the start.", table=False, start=1),
    Field("market_wage", "f8", "fen/month", "Outside wage now."),
    Field("sector_wage", "f8", "fen/month", "Mean wage of staff in the sector."),
    Field(
        "seekers", "i8", "persons", "Qualified people who look for work in the sector.", shape=(LICENCES,), table=False
    ),
    Field("outside", "i8", "persons", "Qualified people who left or never entered.", shape=(LICENCES,), table=False),
    Field("trained", "i8", "persons", "Graduates since the start.", table=False),
    Field("other_holders", "i8", "persons", "Licence holders with other work, who never looked for it in the sector."),
    Field("candidates_index", "f8", "ratio", "Growth of exam candidates with other work.", table=False, start=1),
    Field("imported_staff", "i8", "persons", "People of company-form groups that turned nonprofit since.", table=False),
    Field("vacancies", "i8", "persons", "Posts that agencies wish to fill this quarter."),
    Field("graduates_entering", "i8", "persons", "Graduates who began to look for work this quarter."),
    Field("finding", "f8", "share/quarter", "Seekers who find a post in a quarter, as people expect it."),
    Field("filled", "f8", "share", "Vacancies that are filled in a quarter, as founders expect it.", start=1),
    Field("firm_income", "f8", "fen", "Running mean of a quarter's income of firms at work."),
    Field("firm_cost", "f8", "fen", "Running mean of their cost."),
    Field("agencies", "i8", "agencies", "Active agencies."),
    Field("first_college", "i8", "", "First of its colleges.", table=False),
    Field("colleges", "i8", "colleges", "Number of its colleges.", table=False),
    Field("first_sponsor", "i8", "", "First of its companies.", table=False),
    Field("sponsors", "i8", "companies", "Companies that pay agencies, or might.", table=False),
    Field("dormant", "i8", "agencies", "Dormant agencies."),
    Field("revived", "i8", "agencies", "Agencies that took up work again this quarter."),
    Field("planned", "i8", "agencies", "Named agencies that begin later.", table=False),
    Field("refused_founders", "i8", "teams", "Founders refused a registration who wait to try again."),
    Field("first_refused", "i8", "", "First of them.", table=False, start=-1),
    Field("first_dormant", "i8", "", "First of its dormant agencies.", table=False, start=-1),
    Field(
        "movers",
        "i8",
        "persons",
        "Seekers who left an agency this quarter, by licence.",
        shape=(LICENCES,),
        table=False,
    ),
)

"""Accounts and flows: money moves between two accounts, in whole fen, and is recorded.

Every party that holds money has a record with a `cash` and an `account` field.  Parties outside the
model (the treasury, households, suppliers) have accounts too, which may go below zero, so that the sum
over all accounts is zero at every moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.fields import Field, LabelledEnum

if TYPE_CHECKING:
    import numpy as np

_OUTSIDE = "outside the model"


class Party(LabelledEnum):
    """Kinds of account holders."""

    TREASURY = 0, "Public money before it is budgeted and after it lapses.", _OUTSIDE
    SOCIAL_INSURANCE = 1, "Social insurance funds.", _OUTSIDE
    HOUSEHOLDS = 2, "Staff, clients and founders.", _OUTSIDE
    SUPPLIERS = 3, "Landlords and other suppliers.", _OUTSIDE
    OWNERS = 4, "Owners of for-profit firms.", _OUTSIDE
    COMPANIES = 5, "Companies behind sponsors.", _OUTSIDE
    EDUCATION = 6, "Colleges' own funds.", _OUTSIDE
    PUBLIC_PURPOSES = 7, "Receivers of what a closed nonprofit leaves.", _OUTSIDE
    GOVERNMENT = 8, "City and district governments' purchasing accounts."
    ASSOCIATION = 9, "Social work associations."
    COLLEGE = 10, "Colleges' money for their agencies."
    SPONSOR = 11, "Sponsors' money for their agencies."
    AGENCY = 12, "Agencies."
    INSTITUTION = 13, "Hospitals, homes, schools and offices that buy services themselves."
    ASSESSOR = 14, "Third-party assessors."
    DONORS = 15, "Foundations and the public, one pool per city."


OUTSIDE_PARTIES = Party.having(_OUTSIDE)
"""Parties that stand outside the model and have one account each."""

OUTSIDE = len(OUTSIDE_PARTIES)
"""How many they are; their numbers come first, because they are indices into the array of their accounts."""

ACCOUNT_STRIDE = 1 << 40
"""Accounts of party number p are numbered from p times this on."""


class Purpose(LabelledEnum):
    """What a flow is for."""

    OPENING = 0, "Money held when the run begins."
    BUDGET = 1, "The year's budget for purchasing."
    LAPSE = 2, "Unspent budget returned."
    CONTRACT = 3, "Instalment of a district contract."
    FUND = 4, "Instalment of a special-fund project, to the association."
    PASSED_ON = 5, "The same, less the fee, from the association to the agency."
    MONITORING = 6, "Monitoring of projects by an association."
    WAGES = 7, "Wages."
    INSURANCE = 8, "Employer's social insurance."
    RENT = 9, "Rent."
    OVERHEAD = 10, "Materials, travel, office and bookkeeping."
    BIDDING = 11, "Preparation of bids."
    FEES = 12, "Fees of clients."
    SPONSORSHIP = 13, "A sponsor's money for its agency."
    ALLOCATION = 14, "Money that a company or college sets aside."
    FOUNDING = 15, "Founders' capital and founding grants."
    SUPPORT = 16, "Advance in an emergency."
    DIVIDEND = 17, "Profit paid to owners."
    RESIDUE = 18, "What is left when an agency closes."
    RETURN = 19, "Money set aside and not used."
    ALLOTMENT = 20, "Part of a government's budget that an institution may spend."
    INSTITUTIONAL = 21, "Instalment of an institution's contract."
    COMMISSION = 22, "A survey, training or assessment on commission."
    CORE_GRANT = 23, "Grant towards an agency's running costs."
    INCUBATION = 24, "Grant to a new agency."
    MATCHING_GRANT = 25, "Grant that matches what an agency raised elsewhere."
    DIRECT_WAGES = 26, "Wages of social workers whom a government employs itself."
    ASSESSMENT = 27, "Fee for an assessment."
    CO_PAYMENT = 28, "A city's part of a district's instalment."
    DONATION = 29, "Donations to an agency."
    FUNDRAISING = 30, "Cost of asking for money other than by bids."
    ENTRY = 31, "Cost of entering a source of funding."
    REPAYMENT = 32, "Advance paid back."
    LOAN = 33, "Bridging loan against what purchasers owe."
    LOAN_REPAID = 34, "Bridging loan paid back."
    INTEREST = 35, "Interest on a bridging loan."
    SETTLEMENT = 36, "Money of a contract that was not spent, paid back."
    OWN_BUDGET = 37, "Money of its own that an institution sets aside for contracts."
    SEVERANCE = 38, "Pay for staff who are laid off."
    CAPITAL = 39, "Money that owners add to a firm that is short of it."


EXTERNAL = (
    Field("account", "i8", "", "Number of its account."),
    Field("cash", "i8", "fen", "Balance since the start; may be below zero."),
)

FLOW = (
    Field("quarter", "i4", "quarter", "Quarter, counted from the start."),
    Field("payer", "i8", "", "Account that pays."),
    Field("payee", "i8", "", "Account that is paid."),
    Field("purpose", "i4", "", "What it is for.", labels=Purpose),
    Field("contract", "i4", "", "Contract that it belongs to; -1 for none."),
    Field("amount", "i8", "fen", "Amount."),
)


def account_number(party: int, index: int) -> int:
    """Account of the index-th holder of a kind."""
    return party * ACCOUNT_STRIDE + index


def account_holder(accounts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Party and index of account numbers (the inverse of `account_number`), elementwise."""
    return accounts // ACCOUNT_STRIDE, accounts % ACCOUNT_STRIDE

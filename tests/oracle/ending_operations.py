"""Ending operations: what an agency gives up when it closes or becomes dormant."""

from __future__ import annotations

from sim.declarations.state_codes import Host, Status
from tests.oracle.agency import COHORTS, LICENCES, Agency
from tests.oracle.assessment import leave_assessment_queue
from tests.oracle.contract import release
from tests.oracle.instalments import take_off
from tests.oracle.quits_and_hiring import remove_staff


def break_contracts(agency: Agency) -> None:
    """End running contracts early and write off what was still owed on all of them."""
    for contract in agency.signed:
        if contract.runs:
            release(contract, Status.BROKEN)
        leave_assessment_queue(contract)
    write_off_dues(agency)


def interrupt_contracts(agency: Agency) -> None:
    """End contracts in force early: what was due before it was earned is not owed any more, the rest is."""
    for contract in agency.signed:
        leave_assessment_queue(contract)
        if contract.runs:
            release(contract, Status.BROKEN)
            worked_for = contract.price * (agency.model.quarter + 1 - contract.begun) // 4
            fell_due = contract.due + contract.withheld + contract.assessment_fee + contract.taken_off
            take_off(contract, max(fell_due - worked_for, 0))


def write_off_dues(agency: Agency) -> None:
    """Write off what is owed; what was never paid remains recorded as having been due."""
    for contract in agency.signed:
        contract.written_off = take_off(contract, contract.owed)
        contract.due += contract.written_off
    agency.signed = []
    agency.receivable = agency.overdue_income = 0


def release_staff(agency: Agency) -> None:
    """All remaining staff become seekers."""
    for cohort in COHORTS:
        for licence in LICENCES:
            people = agency.cohorts[cohort][licence]
            agency.city.seekers[licence] += people
            remove_staff(agency, cohort, licence, people)
    agency.tenure = 0.0


def leave_organisations(agency: Agency) -> None:
    """Take the agency out of its district, city, association, college and sponsor."""
    agency.project_left = 0
    district = agency.district
    district.home_agencies.remove(agency)
    district.idle_agencies -= agency.idle_quarters > 0 and agency.own_posts < 1
    agency.city.members.remove(agency)
    if agency.association:
        agency.association.members -= 1
        agency.association.hosted -= agency.host == Host.ASSOCIATION
    if agency.college:
        agency.college.affiliates -= 1
    if agency.sponsor:
        agency.sponsor.agencies -= 1

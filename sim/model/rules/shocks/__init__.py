"""Shocks to agencies: directors who leave, scandals and failed inspections, purchasers that reorganise."""

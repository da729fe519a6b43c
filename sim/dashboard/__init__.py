"""Dashboard: a page on this machine that shows runs of a scenario while its levers are moved (`sim dashboard`).

Needs the extra `dashboard`; nothing else imports this package. The runs come from `sim.live`.
"""

"""Events and causes that are named already while the rules that bring them about are still to come."""

from sim.events import Cause, Event

PENDING_EVENTS = {
    Event.ASSESSED,
    Event.BARRED,
    Event.HANDED_OVER,
    Event.SPONSOR_CAME,
    Event.SPONSOR_LEFT,
    Event.ENTERED,
    Event.COMMISSIONED,
}

PENDING_CAUSES = {
    Cause.LOW_GRADE,
    Cause.SHADING_CAUGHT,
    Cause.HANDOVER_REQUIRED,
    Cause.ASKED_AND_MATCHED,
    Cause.PATIENCE_SPENT,
    Cause.DIVERSIFYING,
    Cause.IMITATION,
    Cause.TRACK_RECORD,
}

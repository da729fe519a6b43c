"""Every direction that is tried."""

from tests.directions.channel_directions import NEWER
from tests.directions.lever_directions import OLDER

DIRECTIONS = (*OLDER, *NEWER)

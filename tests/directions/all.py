"""Every direction that is tried."""

from tests.directions.channels import NEWER
from tests.directions.levers import OLDER

DIRECTIONS = (*OLDER, *NEWER)

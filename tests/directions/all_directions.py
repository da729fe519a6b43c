"""All directions that are measured."""

from tests.directions.bidding_directions import BIDDING
from tests.directions.channel_assessment_and_profession_directions import CHANNELS_ASSESSMENT_AND_PROFESSION
from tests.directions.for_profit_directions import FOR_PROFITS
from tests.directions.founding_directions import BEGINNINGS
from tests.directions.purchasing_entry_and_funding_directions import PURCHASING_ENTRY_AND_FUNDING
from tests.directions.reserve_and_lending_directions import RESERVES_AND_LENDING
from tests.directions.service_and_labour_directions import SERVICE_AND_LABOUR
from tests.directions.shock_directions import SHOCKS
from tests.directions.voice_and_measures_directions import VOICE_AND_MEASURES

DIRECTIONS = (
    *PURCHASING_ENTRY_AND_FUNDING,
    *CHANNELS_ASSESSMENT_AND_PROFESSION,
    *SERVICE_AND_LABOUR,
    *VOICE_AND_MEASURES,
    *RESERVES_AND_LENDING,
    *SHOCKS,
    *BEGINNINGS,
    *BIDDING,
    *FOR_PROFITS,
)

// What --space-by chooses.
#pragma once

namespace vault_mock::site {

// What picks the space of a request that names none in its path or in `x-mock-space`.
enum class SpaceBy { nothing, app_id, api_key };

}  // namespace vault_mock::site

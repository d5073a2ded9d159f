// The steps of a request's way (engine.cpp has their order). Internal to engine/.
#pragma once

#include "engine/call.hpp"

namespace vault_mock::engine {

Answer answer_preflight(Call& call);
Answer find_operation(
    Call& call);  // sets lookup and body; answers nothing itself: a rule may know an unknown path
Answer apply_early_rules(Call& call);
Answer authenticate(Call& call);
Answer check_contract(Call& call);
Answer advise(Call& call);
Answer apply_rules(Call& call);
Answer answer_magic_id(Call& call);
Answer apply_preferences(Call& call);
Answer act(Call& call);

}  // namespace vault_mock::engine

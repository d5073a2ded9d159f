// One function object of many, for std::visit: a lambda for each alternative of a variant.
#pragma once

namespace vault_mock::text {

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;  // clang 14 does not find it by itself

}  // namespace vault_mock::text

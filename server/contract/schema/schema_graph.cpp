#include "contract/schema/schema_graph.hpp"

#include <algorithm>

namespace vault_mock::contract {
namespace {

constexpr std::size_t kLongestChain = 64;

class Walk {
 public:
  explicit Walk(const Edges& edges) : edges_(edges), states_(edges.size()), lengths_(edges.size()) {}

  std::vector<SchemaMistake> mistakes() {
    for (check::Id id = 0; id < edges_.size(); ++id) visit(id);
    return std::move(mistakes_);
  }

 private:
  enum class State { unseen, on_the_way, done };

  // At most as deep as there are parts, which are bounded.
  void visit(check::Id id) {
    if (states_[id] != State::unseen) return;
    states_[id] = State::on_the_way;
    for (const auto& edge : edges_[id]) {
      way_.push_back(&edge);
      if (states_[edge.to] == State::on_the_way)
        note_circle(edge.to);
      else
        visit(edge.to);
      way_.pop_back();
      const auto length = lengths_[edge.to] + 1;
      if (length > kLongestChain && lengths_[id] <= kLongestChain && mistakes_.empty())
        note(edge.pointer,
             "more than " + std::to_string(kLongestChain) +
                 " schemas apply to the same value, one inside the other, from here: use fewer");
      lengths_[id] = std::max(lengths_[id], length);
    }
    states_[id] = State::done;
  }

  // A text is a tree, so a circle is closed by a reference.
  void note_circle(check::Id begin) {
    const Edge* reference = nullptr;
    for (std::size_t i = way_.size(); i-- > 0;) {
      if (i + 1 < way_.size() && way_[i]->to == begin) break;  // it leads into the circle
      if (way_[i]->kind == Edge::Kind::reference && reference == nullptr) reference = way_[i];
    }
    if (reference != nullptr)
      note(reference->pointer,
           "\"$ref\" refers back to itself without going into the value (by \"properties\" or \"items\"), so "
           "no value could "
           "ever be judged");
  }

  void note(std::string pointer, std::string message) {
    mistakes_.push_back({SchemaMistake::Severity::error,
                         SchemaMistake::At::value,
                         std::move(pointer),
                         std::move(message),
                         {}});
  }

  const Edges& edges_;
  std::vector<State> states_;
  std::vector<std::size_t> lengths_;  // of the longest chain from each part
  std::vector<const Edge*> way_;
  std::vector<SchemaMistake> mistakes_;
};

}  // namespace

std::vector<SchemaMistake> find_endless(const Edges& edges) { return Walk(edges).mistakes(); }

}  // namespace vault_mock::contract

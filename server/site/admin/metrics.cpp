// GET /_mock/metrics: Prometheus' text format, version 0.0.4
// (https://prometheus.io/docs/instrumenting/exposition_formats/).
#include <fmt/format.h>
#include <iterator>

#include "site/admin/resources.hpp"

namespace vault_mock::site {
namespace {

class MetricsText {
 public:
  void begin(std::string_view name, std::string_view type, std::string_view help) {
    fmt::format_to(to(), "# HELP vault_mock_{} {}\n# TYPE vault_mock_{} {}\n", name, help, name, type);
  }
  // `labels` as they stand between the braces; empty: none. Our own words alone, which need no escape.
  template <typename Number>
  void value(std::string_view name, std::string_view labels, Number number) {
    if (labels.empty())
      fmt::format_to(to(), "vault_mock_{} {}\n", name, number);
    else
      fmt::format_to(to(), "vault_mock_{}{{{}}} {}\n", name, labels, number);
  }
  template <typename Number>
  void single(std::string_view name, std::string_view type, std::string_view help, Number number) {
    begin(name, type, help);
    value(name, "", number);
  }
  std::string take() && { return std::move(text_); }

 private:
  std::back_insert_iterator<std::string> to() { return std::back_inserter(text_); }

  std::string text_;
};

double seconds_of(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

void write_answers(MetricsText& text, const AnswerCounts& counts) {
  text.begin("answers_total", "counter", "Answers of the API, by status and by what decided.");
  for (std::size_t kind = 0; kind < engine::kKinds; ++kind)
    for (int status = AnswerCounts::kLeastStatus; status <= AnswerCounts::kMostStatus; ++status)
      if (const auto answers = counts.answers(static_cast<engine::Kind>(kind), status); answers > 0)
        text.value(
            "answers_total",
            fmt::format("status=\"{}\",kind=\"{}\"", status, to_string(static_cast<engine::Kind>(kind))),
            answers);
  text.begin("refused_requests_total", "counter",
             "Requests that could not be read, by the status of the refusal.");
  for (int status = AnswerCounts::kLeastStatus; status <= AnswerCounts::kMostStatus; ++status)
    if (const auto refused = counts.refused(status); refused > 0)
      text.value("refused_requests_total", fmt::format("status=\"{}\"", status), refused);
}

void write_durations(MetricsText& text, const AnswerCounts& counts) {
  text.begin("answer_duration_seconds", "histogram",
             "Time to answer a request of the API, without delays that were asked for.");
  std::uint64_t sum = 0;
  for (std::size_t group = 0; group < AnswerCounts::kBounds.size(); ++group) {
    sum += counts.answers_in_group(group);
    text.value("answer_duration_seconds_bucket",
               fmt::format("le=\"{}\"", seconds_of(AnswerCounts::kBounds[group])), sum);
  }
  sum += counts.answers_in_group(AnswerCounts::kBounds.size());
  text.value("answer_duration_seconds_bucket", "le=\"+Inf\"", sum);
  text.value("answer_duration_seconds_sum", "", seconds_of(counts.time()));
  text.value("answer_duration_seconds_count", "", sum);
}

void write_spaces(MetricsText& text, const spaces::Registry& registry) {
  const auto all = registry.all();
  std::size_t entries = 0, sessions = 0, rules = 0;
  for (const auto& space : all) {
    entries += space->journal().size();
    sessions += space->count_sessions();
    rules += space->count_rules();
  }
  text.single("spaces", "gauge", "Spaces, the default one included.", all.size());
  text.single("journal_entries", "gauge", "Requests kept in the journals of all spaces.", entries);
  text.single("sessions", "gauge", "Sessions that are remembered, in all spaces.", sessions);
  text.single("added_rules", "gauge", "Rules added at run time, in all spaces.", rules);
  const auto& ledger = registry.ledger();
  text.begin("dropped_total", "counter",
             "What was dropped, or refused, to stay within the bounds of memory.");
  for (std::size_t kind = 0; kind < spaces::kDropKinds; ++kind) {
    const auto what = static_cast<spaces::DropKind>(kind);
    text.value("dropped_total", fmt::format("what=\"{}\"", to_string(what)), ledger.dropped(what));
  }
  text.single("memory_bytes", "gauge", "Memory of all spaces.", ledger.used());
  text.single("memory_limit_bytes", "gauge", "The most that all spaces may take.", ledger.limits().program);
}

// Of this replica.
void write_store(MetricsText& text, const spaces::StoreStatus& store) {
  text.single("store_up", "gauge", "Whether the store that replicas share answers.", store.is_away ? 0 : 1);
  text.single("store_replicas", "gauge", "Live replicas, this one included.", store.replicas.size());
  text.single("store_waiting", "gauge", "What requests left that is not yet written to the store.",
              store.waiting);
  text.single("store_dropped_total", "counter",
              "Requests for whose entries there was no room while the store was away.", store.dropped);
}

}  // namespace

net::Answer metrics(const AdminCall& call) {
  MetricsText text;
  text.begin("build_info", "gauge", "The version of the program.");
  text.value("build_info", "version=\"" VAULT_MOCK_VERSION "\"", 1);
  text.single("uptime_seconds", "gauge", "Time since the program started.",
              seconds_of(call.program.uptime()));
  write_answers(text, call.answers);
  write_durations(text, call.answers);
  write_spaces(text, call.spaces);
  if (const auto* sharing = call.spaces.sharing()) write_store(text, sharing->store->status());
  text.single("open_connections", "gauge", "Connections of clients to the HTTP server.",
              call.program.connections());
  text.single("log_lines_dropped_total", "counter", "Lines of the log that nobody read.",
              call.program.log_lines_dropped());
  return {.status = 200,
          .headers = {{"content-type", "text/plain; version=0.0.4; charset=utf-8"}},
          .body = std::move(text).take()};
}

}  // namespace vault_mock::site

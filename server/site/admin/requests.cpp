// The journal: listed, one by one, and in the formats of other tools.
#include "site/admin/journal_query.hpp"
#include "site/admin/listing.hpp"
#include "site/admin/resources.hpp"
#include "site/admin/session_json.hpp"
#include "site/curl.hpp"
#include "site/entry_json.hpp"
#include "site/har.hpp"
#include "spaces/space.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::site {
namespace {

// Where the requests of a space go, as this call is addressed.
std::string base_url_of(const AdminCall& call, std::string_view space) {
  std::string_view base = call.request.base_url;
  if (const auto own = spaces::path_prefix(call.space->name()); base.ends_with(own))
    base.remove_suffix(own.size());
  return std::string(base) + spaces::path_prefix(space);
}

// Commands, or an archive: items of a format that is not JSON of the mock's own.
class Export {
 public:
  Export(const AdminCall& call, std::size_t longest_body)
      : call_(call), is_har_(call.query("format") == "har"), longest_body_(longest_body) {}

  void add(const spaces::Entry& entry) {
    const auto base = base_url_of(call_, entry.space);
    if (!is_har_)
      text_ += curl_of(entry, base);
    else
      text_.append(text_.empty() ? "" : ",")
          .append(text::dump(har_entry(entry, base, call_.mask, longest_body_)));
  }
  bool has_room() const { return text_.size() < Listing::kPageBytes; }

  // `next` is the cursor of the next page, empty when there is none.
  net::Answer finish(std::string next) && {
    auto answer = is_har_ ? admin_text(200, har_document(text_))
                          : net::Answer{.status = 200,
                                        .headers = {{"content-type", "text/plain; charset=utf-8"}},
                                        .body = std::move(text_)};
    if (!next.empty()) answer.headers.emplace_back("x-mock-next", std::move(next));
    return answer;
  }

 private:
  const AdminCall& call_;
  const bool is_har_;
  const std::size_t longest_body_;
  std::string text_;
};

class Page {
 public:
  Page(const AdminCall& call, const JournalQuery& query)
      : call_(call), query_(query), is_summary_(call.query("summary") == "1") {}

  void add(const spaces::Entry& entry) {
    listing_.add(is_summary_ ? summary_of(entry, query_.number_of(entry))
                             : details_of(entry, call_.mask, kBodyInList));
  }
  bool has_room() const { return listing_.has_room(); }
  net::Answer finish(std::string next) && { return std::move(listing_).finish(next); }

 private:
  const AdminCall& call_;
  const JournalQuery& query_;
  const bool is_summary_;
  Listing listing_{"requests"};
};

// The cursor of a page is the number of the request before which it begins.
template <typename Pages>
net::Answer page_of(const AdminCall& call, const JournalQuery& query, Pages page) {
  const auto cursor = read_cursor(call);
  if (!cursor) return cursor.error();
  const auto limit = call.number("limit").value_or(kUsualLimit);
  const auto entries = select_requests(call, query, *cursor, limit + 1);
  std::uint64_t last = 0;
  std::size_t shown = 0;
  for (; shown < entries.size() && shown < limit && page.has_room(); ++shown) {
    page.add(*entries[shown]);
    last = query.number_of(*entries[shown]);
  }
  return std::move(page).finish(shown < entries.size() ? std::to_string(last) : "");
}

bool is_export(const AdminCall& call) { return call.query("format").value_or("json") != "json"; }

}  // namespace

net::Answer requests_all(const AdminCall& call) {
  const auto query = read_journal_query(call);
  if (!query) return admin_error(400, query.error());
  if (is_export(call)) return page_of(call, *query, Export(call, kBodyInList));
  return page_of(call, *query, Page(call, *query));
}

net::Answer requests_clear(const AdminCall& call) {
  call.space->reset({.journal = true});
  return no_content();
}

net::Answer requests_one(const AdminCall& call) {
  const auto entry = call.space->journal().find(call.path_parameter());
  if (!entry)
    return admin_error(404, "No request '" + call.path_parameter() +
                                "' in this space's journal: GET /_mock/requests lists those kept");
  if (!is_export(call))
    return admin_text(200, details_of(*entry, call.mask, kBodyAlone, made_session_json(call, *entry)));
  Export one(call, kBodyAlone);
  one.add(*entry);
  return std::move(one).finish("");
}

}  // namespace vault_mock::site

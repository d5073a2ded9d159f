#include "site/handler.hpp"

#include <httplib.h>

namespace vault_mock::site {
namespace {

void fill(httplib::Response& to, engine::Response from) {
  to.status = from.status;
  for (auto& [name, value] : from.headers) to.headers.emplace(std::move(name), std::move(value));
  to.body = std::move(from.body);
}

void set_stream(httplib::Response& response, std::function<void(const Send&)> stream) {
  auto type = response.get_header_value("content-type");
  response.headers.erase("content-type");
  response.set_chunked_content_provider(type,
                                        [stream = std::move(stream)](std::size_t, httplib::DataSink& sink) {
                                          stream([&sink](std::string_view piece) {
                                            if (!sink.is_writable()) return false;
                                            return piece.empty() || sink.write(piece.data(), piece.size());
                                          });
                                          sink.done();
                                          return true;
                                        });
}

}  // namespace

net::RequestHandler handler_of(Site& site) {
  return [&site](const net::RequestHead& head, const std::string& body, httplib::Response& response) {
    auto [answer, delivery, stream] = site.answer({.method = head.method,
                                                   .target = head.target,
                                                   .headers = head.fields,
                                                   .body = body,
                                                   .scheme = head.scheme});
    fill(response, std::move(answer));
    if (stream) set_stream(response, std::move(stream));
    return delivery;
  };
}

net::ErrorResponder error_responder_of(Site& site) {
  return [&site](const net::Refusal& refusal, httplib::Response& response) {
    fill(response, site.refuse(refusal.status, refusal.reason));
  };
}

}  // namespace vault_mock::site

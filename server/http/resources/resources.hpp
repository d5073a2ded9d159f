// The answers of the mock's own resources; http/resource.cpp has the table of their paths.
#pragma once

#include "http/resource.hpp"

namespace vault_mock::http {

engine::Response answer_errors(const ResourceCall& call);   // the error catalogue
engine::Response answer_health(const ResourceCall& call);   // for probes
engine::Response answer_openapi(const ResourceCall& call);  // the contract document, byte for byte

}  // namespace vault_mock::http

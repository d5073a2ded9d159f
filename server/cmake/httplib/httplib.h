// Stands before cpp-httplib's own header where that is compiled from source. httplib initialises TLS before main(), in each
// source that includes it: 2.4 of 11 million instructions of a start. OpenSSL does it by itself when TLS is first used.
#pragma once
#pragma GCC system_header
#include <openssl/ssl.h>
#define OPENSSL_init_ssl(options, settings) 1
#include_next <httplib.h>
#undef OPENSSL_init_ssl

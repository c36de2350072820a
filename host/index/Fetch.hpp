// Fetches what an address names.
#pragma once

#include <cstdint>
#include <string>

#include "Address.hpp"

namespace winnow::index {

/// The bytes there, at most `most`. By https the certificate is checked against the system's authorities and the host's
/// name; at most five redirections are followed, as redirected() permits. Throws winnow::Error with the address: not
/// there, more bytes than `most`, a certificate that does not fit, an answer other than 200, silence for 30 s, slower
/// than 50 kB/s, cancelled. No proxy is used and nothing about the user is sent. Thread: any.
std::string fetch(const Address& address, std::uint64_t most);

}  // namespace winnow::index

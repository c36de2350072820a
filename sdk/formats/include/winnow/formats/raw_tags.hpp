// winnow/formats/raw_tags.hpp: the raw tags of an export whose fields have names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include <winnow/plugin.hpp>

namespace winnow::formats {

/// One raw tag: the host's number for "raw:NAME", and the flags of its values (WINNOW_FIELD_KNOWN, _VOLATILE).
struct RawTag {
  std::uint32_t number = 0;
  std::uint16_t flags = 0;
};

/// The raw tags of one importer by name. What a name means costs a search through lists: it is asked once a name, not
/// once a value. Grows with the names of the exports; one thread.
class RawTags {
 public:
  /// `flagsOf` gives the flags of a name that was not asked for before.
  using FlagsOf = std::uint16_t (*)(std::string_view name);
  RawTags(Host host, FlagsOf flagsOf) : host_(host), flagsOf_(flagsOf) {}

  /// Stays valid as long as this object.
  const RawTag& of(const std::string& name) {
    const auto [place, isNew] = tags_.try_emplace(name);
    if (isNew) place->second = {host_.tag("raw:" + name), flagsOf_(name)};
    return place->second;
  }

 private:
  Host host_;
  FlagsOf flagsOf_;
  std::unordered_map<std::string, RawTag> tags_;
};

}  // namespace winnow::formats

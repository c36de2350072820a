// The stages of this library: importers.marcxml and importers.marc.
#pragma once

#include <vector>

#include <winnow/formats/derive.hpp>
#include <winnow/plugin.hpp>

namespace winnow::marc {

class MarcxmlImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.marcxml", version = "1.0.0";
  static constexpr std::string_view help = "MARCXML, as library catalogues write it.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  MarcxmlImporter(Host host, const Settings&) : Importer(host), tags_(host), rule_(host.tag("marcxml.field")) {}
  Probe probe(std::string_view head, std::string_view) override;
  std::vector<Format> formats() const override;
  winnow_status read(Source source) override;

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

/// The exchange format of catalogues (ISO 2709, .mrc).
class MarcImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.marc", version = "1.0.0";
  static constexpr std::string_view help = "MARC 21 in its exchange format (ISO 2709, .mrc), Unicode or MARC-8.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  MarcImporter(Host host, const Settings&) : Importer(host), tags_(host), rule_(host.tag("marc.field")) {}
  Probe probe(std::string_view head, std::string_view) override;
  std::vector<Format> formats() const override;
  winnow_status read(Source source) override;

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

}  // namespace winnow::marc

// The importers of tagged text: each a table of tables/ and the engine.
#include "Tables.hpp"
#include "TaggedImporter.hpp"

namespace winnow::tagged {
namespace {

class WosImporter final : public TaggedImporter {
 public:
  static constexpr std::string_view id = "importers.wos", version = "1.0.0";
  static constexpr std::string_view help =
      "Web of Science tagged text (.ciw, .txt), Zoological Record and MEDLINE there too.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {kTableOption};
  WosImporter(Host host, const Settings& settings) : TaggedImporter(host, settings, tables::wos) {}
};

class RefworksImporter final : public TaggedImporter {
 public:
  static constexpr std::string_view id = "importers.refworks", version = "1.0.0";
  static constexpr std::string_view help = "RefWorks tagged text.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {kTableOption};
  RefworksImporter(Host host, const Settings& settings) : TaggedImporter(host, settings, tables::refworks) {}
};

class OvidImporter final : public TaggedImporter {
 public:
  static constexpr std::string_view id = "importers.ovid", version = "1.0.0";
  static constexpr std::string_view help =
      "Ovid text: tagged (.ovd, .cgi) or with the field's name on a line of its own.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {kTableOption};
  OvidImporter(Host host, const Settings& settings)
      : TaggedImporter(host, settings, tables::ovid, tables::ovid_labelled) {}
};

class ReferImporter final : public TaggedImporter {
 public:
  static constexpr std::string_view id = "importers.refer", version = "1.0.0";
  static constexpr std::string_view help = "Refer and EndNote tagged text (.enw): a percent sign and a letter.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {kTableOption};
  ReferImporter(Host host, const Settings& settings) : TaggedImporter(host, settings, tables::refer) {}
};

class CochraneImporter final : public TaggedImporter {
 public:
  static constexpr std::string_view id = "importers.cochrane", version = "1.0.0";
  static constexpr std::string_view help = "Cochrane Library, citations exported as plain text.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {kTableOption};
  CochraneImporter(Host host, const Settings& settings) : TaggedImporter(host, settings, tables::cochrane) {}
};

class NoteExpressImporter final : public TaggedImporter {
 public:
  static constexpr std::string_view id = "importers.noteexpress", version = "1.0.0";
  static constexpr std::string_view help = "NoteExpress, as CNKI and Wanfang export it: \"{Title}: ...\".";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {kTableOption};
  NoteExpressImporter(Host host, const Settings& settings) : TaggedImporter(host, settings, tables::noteexpress) {}
};

/// No format of its own: what tables with a `shape` extend.
class AnyTaggedImporter final : public TaggedImporter {
 public:
  static constexpr std::string_view id = "importers.tagged", version = "1.0.0";
  static constexpr std::string_view help = "Tagged text of any sort, by a dialect table that tells how its lines look.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {kTableOption};
  AnyTaggedImporter(Host host, const Settings& settings) : TaggedImporter(host, settings, tables::any) {}
};

}  // namespace
}  // namespace winnow::tagged

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "importers-tagged", "1.0.0", "Apache-2.0"), winnow::tagged::WosImporter,
              winnow::tagged::RefworksImporter, winnow::tagged::OvidImporter, winnow::tagged::ReferImporter,
              winnow::tagged::CochraneImporter, winnow::tagged::NoteExpressImporter, winnow::tagged::AnyTaggedImporter)

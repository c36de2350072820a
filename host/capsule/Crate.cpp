#include "Crate.hpp"

#include <map>
#include <nlohmann/json.hpp>

#include "io/Error.hpp"

namespace winnow::capsule {

namespace {

using Json = nlohmann::ordered_json;

Json reference(const std::string& id) { return {{"@id", id}}; }

/// A property with one value is written as that value, as RO-Crate 1.3 recommends.
void writeSingleValuesPlainly(Json& graph) {
  for (Json& entity : graph)
    for (auto& property : entity.items()) {
      Json& value = property.value();
      if (value.is_array() && value.size() == 1) value = Json(value.front());
    }
}

/// Software without a homepage is named by a package URL (ECMA-427); a plugin's holds the hash of its library.
std::string packageUrl(const std::string& name, const std::string& version, const std::string& sha256) {
  return "pkg:generic/" + name + "@" + version + (sha256.empty() ? "" : "?checksum=sha256:" + sha256);
}

/// A path as an identifier: what has a meaning in addresses is written as %XX (RFC 3986).
std::string identifier(const std::string& path) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool isPlain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
                         std::string_view("-._~/").find(c) != std::string_view::npos;
    if (isPlain)
      out += c;
    else
      out.append("%").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
  }
  return out;
}

std::string formatOf(const std::string& path) {
  static const std::map<std::string, std::string> kTypes = {
      {"csv", "text/csv"},
      {"json", "application/json"},
      {"ris", "application/x-research-info-systems"},
      {"svg", "image/svg+xml"},
      {"pdf", "application/pdf"},
      {"png", "image/png"},
      {"html", "text/html"},
      {"md", "text/markdown"},
      {"xml", "application/xml"},
      {"yaml", "application/yaml"},
      {"yml", "application/yaml"},
      {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};
  const std::size_t dot = path.rfind('.');
  const auto found = dot == std::string::npos ? kTypes.end() : kTypes.find(path.substr(dot + 1));
  return found == kTypes.end() ? "text/plain" : found->second;
}

std::string describe(const FileEntry& file) {
  switch (file.role) {
    case Role::Configuration:
      return "The whole review as configuration: question, sources, steps, form, exports";
    case Role::Export:
      return "Export of " + file.source + ", wave " + file.wave;
    case Role::Search:
      return "Search strategy or thesaurus of the review";
    case Role::Decision:
      return file.step.empty() ? "Who was drawn to read which records" : "What people decided at the step " + file.step;
    case Role::Output:
      return "Written by " + file.plugin;
    default:
      return "What the results were made from, by hash";
  }
}

class Writer {
 public:
  Writer(const config::Review& review, const std::vector<PackedFile>& files, const std::vector<UsedPlugin>& plugins,
         const Description& description)
      : review_(review), files_(files), plugins_(plugins), description_(description) {}

  std::string write() {
    graph_.push_back({{"@id", kMetadata},
                      {"@type", "CreativeWork"},
                      {"about", reference("./")},
                      {"conformsTo", Json::array({reference("https://w3id.org/ro/crate/1.3")})}});
    root();
    for (const PackedFile& file : files_) add(file);
    graph_.push_back({{"@id", kManifest},
                      {"@type", "File"},
                      {"name", kManifest},
                      {"encodingFormat", "text/plain"},
                      {"contentSize", std::to_string(manifestSize())},
                      {"description", "SHA-256 of every other file of the capsule"}});
    people();
    software();
    actions();
    writeSingleValuesPlainly(graph_);
    const Json crate{{"@context", "https://w3id.org/ro/crate/1.3/context"}, {"@graph", std::move(graph_)}};
    return crate.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  }

 private:
  std::size_t manifestSize() const {
    const std::string hash(64, '0');
    std::size_t size = manifestLine(hash, std::string(kMetadata)).size();
    for (const PackedFile& file : files_)
      if (file.isPacked) size += manifestLine(hash, file.entry.path).size();
    return size;
  }
  static std::string idOf(const PackedFile& file) {
    return (file.isPacked ? "" : "#not-packed/") + identifier(file.entry.path);
  }
  bool isOutput(const PackedFile& file) const {
    return file.entry.role == Role::Output || file.entry.role == Role::Lock;
  }
  template <class Takes>
  Json references(Takes&& takes) const {
    Json list = Json::array();
    for (const PackedFile& file : files_)
      if (takes(file)) list.push_back(reference(idOf(file)));
    return list;
  }

  void root() {
    Json parts = references([](const PackedFile& file) { return file.isPacked; });
    parts.push_back(reference(std::string(kManifest)));
    Json mentions = Json::array({reference("#run")});
    for (const config::Step& step : review_.steps) mentions.push_back(reference("#step-" + identifier(step.id)));
    for (const PackedFile& file : files_)
      if (!file.isPacked) mentions.push_back(reference(idOf(file)));
    const std::string title = review_.title.empty() ? "A review" : review_.title;
    graph_.push_back(
        {{"@id", "./"},
         {"@type", "Dataset"},
         {"name", title},
         {"description", review_.question.empty()
                             ? "A systematic or scoping review with everything that it is computed from: " + title
                             : review_.question},
         {"datePublished", description_.published},
         {"license", license()},
         {"author", peopleIds()},
         {"publisher", reference("#team")},
         {"conformsTo", Json::array({reference("https://w3id.org/ro/wfrun/process/0.5")})},
         {"hasPart", std::move(parts)},
         {"mentions", std::move(mentions)}});
    graph_.push_back({{"@id", "https://w3id.org/ro/wfrun/process/0.5"},
                      {"@type", Json::array({"CreativeWork", "Profile"})},
                      {"name", "Process Run Crate"},
                      {"version", "0.5"}});
    graph_.push_back({{"@id", "#team"}, {"@type", "Organization"}, {"name", "The authors of the review"}});
    if (description_.license.rfind("http", 0) == 0)
      graph_.push_back({{"@id", description_.license},
                        {"@type", "CreativeWork"},
                        {"name", description_.license},
                        {"description", "The license of the capsule"}});
    else
      graph_.push_back({{"@id", "#license"},
                        {"@type", "CreativeWork"},
                        {"name", description_.license.empty() ? "No license was stated" : description_.license},
                        {"description", "Ask the authors before you use the capsule"}});
  }
  Json license() const {
    return reference(description_.license.rfind("http", 0) == 0 ? description_.license : "#license");
  }

  void add(const PackedFile& file) {
    Json entity{{"@id", idOf(file)},
                {"@type", file.isPacked ? "File" : "CreativeWork"},
                {"name", file.entry.path},
                {"description", describe(file.entry) + (file.isPacked ? "" : "; not packed, known by its hash")}};
    if (file.isPacked) entity["encodingFormat"] = formatOf(file.entry.path);
    entity["contentSize"] = std::to_string(file.size);
    entity["sha256"] = file.sha256;
    graph_.push_back(std::move(entity));
  }

  Json peopleIds() const {
    Json list = Json::array();
    for (const config::Reviewer& r : review_.reviewers) list.push_back(reference("#reviewer-" + identifier(r.id)));
    return list;
  }
  void people() {
    for (const config::Reviewer& r : review_.reviewers)
      graph_.push_back({{"@id", "#reviewer-" + identifier(r.id)},
                        {"@type", "Person"},
                        {"name", r.id},
                        {"description", r.role.empty() ? "Reviewer" : r.role}});
  }

  void software() {
    Json plugins = Json::array();
    for (const UsedPlugin& plugin : plugins_) plugins.push_back(reference("#plugin-" + identifier(plugin.id)));
    graph_.push_back({{"@id", "#winnow"},
                      {"@type", "SoftwareApplication"},
                      {"name", "Winnow"},
                      {"url", packageUrl("winnow", description_.program, "")},
                      {"version", description_.program},
                      {"softwareRequirements", std::move(plugins)},
                      {"description", "Computes reviews from exports, configuration and decisions"}});
    for (const UsedPlugin& plugin : plugins_)
      graph_.push_back({{"@id", "#plugin-" + identifier(plugin.id)},
                        {"@type", "SoftwareApplication"},
                        {"name", plugin.id},
                        {"url", packageUrl(identifier(plugin.id), plugin.version, plugin.sha256)},
                        {"version", plugin.version},
                        {"sha256", plugin.sha256},
                        {"description", "Plugin of Winnow"}});
  }

  void actions() {
    Json results = references([&](const PackedFile& file) { return isOutput(file); });
    graph_.push_back({{"@id", "#run"},
                      {"@type", "CreateAction"},
                      {"name", "winnow run " + review_.file.filename().string()},
                      {"description", "Computes every output from the configuration, the exports and the decisions"},
                      {"instrument", reference("#winnow")},
                      {"agent", reference("#team")},
                      {"object", references([&](const PackedFile& file) { return !isOutput(file); })},
                      {"result", results}});
    for (const config::Step& step : review_.steps) {
      Json objects = references(
          [&](const PackedFile& file) { return file.entry.role == Role::Decision && file.entry.step == step.id; });
      objects.push_back(reference(identifier(review_.file.filename().string())));
      Json agents = Json::array();
      for (const config::Reader& reader : step.readers)
        agents.push_back(reference("#reviewer-" + identifier(reader.reviewer)));
      Json action{{"@id", "#step-" + identifier(step.id)},
                  {"@type", "CreateAction"},
                  {"name", step.label},
                  {"description", "Step of the selection of studies"},
                  {"instrument", reference(step.plugin.empty() ? "#winnow" : "#plugin-" + identifier(step.plugin))},
                  {"object", std::move(objects)},
                  {"result", results}};
      if (!agents.empty()) action["agent"] = std::move(agents);
      graph_.push_back(std::move(action));
    }
  }

  const config::Review& review_;
  const std::vector<PackedFile>& files_;
  const std::vector<UsedPlugin>& plugins_;
  const Description& description_;
  Json graph_ = Json::array();
};

}  // namespace

std::string metadataOf(const config::Review& review, const std::vector<PackedFile>& files,
                       const std::vector<UsedPlugin>& plugins, const Description& description) {
  return Writer(review, files, plugins, description).write();
}

std::vector<PackedFile> missingFiles(const std::string& metadata) {
  const Json crate = Json::parse(metadata, nullptr, false);
  if (!crate.is_object() || !crate.contains("@graph")) throw Error(std::string(kMetadata) + " is no RO-Crate");
  std::vector<PackedFile> list;
  for (const Json& entity : crate["@graph"]) {
    if (!entity.is_object() || entity.value("@id", "").rfind("#not-packed/", 0) != 0) continue;
    PackedFile file;
    file.entry.path = entity.value("name", "");
    file.sha256 = entity.value("sha256", "");
    file.isPacked = false;
    list.push_back(std::move(file));
  }
  return list;
}

std::string manifestLine(const std::string& sha256, const std::string& path) { return sha256 + "  " + path + "\n"; }

}  // namespace winnow::capsule

#!/usr/bin/env bash
# Who may know whom: plugins and SDK know the SDK alone; one component knows SQLite, one Boost.DLL; one file of the host and one of each
# plugin that reads tables know yaml-cpp.
set -uo pipefail
cd "$1" || exit 2
bad=0
refuse() {  # refuse MESSAGE PATTERN PATHS...
  local message=$1 pattern=$2
  shift 2
  local found
  found=$(grep -rnE "$pattern" --include='*.cpp' --include='*.hpp' --include='*.h' "$@" 2>/dev/null)
  [ -z "$found" ] && return
  echo "$message:"
  echo "$found"
  bad=1
}
room() { for r in io plugins config ledger engine capsule screen index conform cli; do [ "$r" = "$1" ] || echo "host/$r"; done; }
refuse 'plugins and SDK know nothing of the host' '#include "(io|plugins|config|ledger|engine|cli)/' plugins sdk
refuse 'only host/ledger knows SQLite' '#include <(SQLiteCpp|sqlite3)' $(room ledger) plugins sdk
refuse 'only host/plugins knows Boost.DLL' '#include <boost/dll' $(room plugins) plugins sdk
refuse 'only host/screen and host/index know Boost.Beast' '#include <boost/(beast|asio)' $(room screen | grep -v index) plugins sdk
refuse 'only host/cli knows Boost.Program_options' '#include <boost/program_options' $(room cli) plugins sdk
refuse 'components below must not know those above' '#include "(engine|capsule|screen|cli)/' host/io host/plugins host/config host/ledger
refuse 'engine knows none of capsule, screen and cli' '#include "(capsule|screen|cli)/' host/engine
refuse 'screen and capsule know neither each other nor cli' '#include "(capsule|cli)/' host/screen
refuse 'screen and capsule know neither each other nor cli' '#include "(screen|cli)/' host/capsule
refuse 'index knows packages and files alone' '#include "(engine|capsule|screen|ledger|config|conform|cli)/' host/index
refuse 'conform knows neither engine nor ledger' '#include "(engine|capsule|screen|ledger|cli)/' host/conform
refuse 'io knows no other component' '#include "(plugins|config|ledger)/' host/io
# The engine's folders along the flow of data: each includes those before it, never those behind it.
order=(stages reading records people steps flow outputs stream)
for ((i = 0; i < ${#order[@]}; i++)); do
  behind=$(IFS='|'; echo "${order[*]:i+1}")
  [ -z "$behind" ] || refuse "host/engine/${order[i]} knows what stands behind it" "#include \"engine/($behind)/" "host/engine/${order[i]}"
done
found=$(grep -rlE '#include <yaml-cpp' host plugins sdk | grep -vxE 'host/config/YamlDocument.cpp|plugins/importers/tagged/YamlNode.cpp|plugins/filters/search-strategy/strategy/translate/DialectReader.cpp|plugins/exporters/synthesis/AppraisalForm.cpp')
[ -z "$found" ] || { echo "yaml-cpp is wrapped in one file a component, not in: $found"; bad=1; }
# A table of tagged text that nobody offers would be compiled and never read.
for table in plugins/importers/tagged/tables/*.yaml; do
  name=$(basename "$table" .yaml)
  grep -q "tables::$name\b" plugins/importers/tagged/TaggedPlugin.cpp || { echo "no importer of TaggedPlugin.cpp takes the table $table"; bad=1; }
done
for folder in plugins/importers/*/ plugins/exporters/*/ plugins/filters/*/; do
  name=$(basename "$folder")
  grep -q "winnow_builtin_plugin" "$folder/CMakeLists.txt" || continue
  grep -qF "$name" docs/formats.md README.md docs/writing-a-review.md docs/paper.md || { echo "no page names the plugin $folder"; bad=1; }
done
exit $bad

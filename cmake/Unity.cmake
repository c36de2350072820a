# Builds that read several files of a target as one (WinnowBuild.cmake):
# in these targets two files give something of their own the same name; they are compiled file by file.
foreach(target winnow-bench winnow_cli winnow_screen winnow_ledger winnow_plugins winnow_formats exporters_document exporters-meta-analysis-objects exporters_office
    filters-duplicates-objects filters-search-strategy-objects search_strategy search_translate importers-bibtex-objects importers-csv-objects importers-endnote-xml-objects
    importers-marcxml-objects importers-ris-objects importers_tagged)
  if(TARGET ${target})
    set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
  endif()
endforeach()

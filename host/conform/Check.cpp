#include "Check.hpp"

#include <algorithm>

namespace winnow::conform {

namespace {

constexpr unsigned kPerRecord = Filters | Matchers | Samplers;

constexpr Check kChecks[] = {
    {"symbol", "exports winnow_plugin_v1 and nothing else; seen without loading the file", WholeFile, file::symbol},
    {"quiet-load", "loads within a second, prints nothing, opens no file and starts no thread", WholeFile, file::quiet},
    {"abi-version", "was built for an ABI that this host has, with structs of the right size", WholeFile,
     file::version},
    {"descriptor", "says who made it, which version, which licence, and what each stage is for", WholeFile,
     file::descriptor},
    {"options", "every option has help, and a default that it would accept itself", EveryStage, stage::options},
    {"settings", "create() takes its own defaults, choices and bounds, or says why not", EveryStage, stage::settings},
    {"unknown-option", "create() survives a setting that it never declared", EveryStage, stage::unknownOption},
    {"unknown-extension", "answers null to an extension that does not exist", EveryStage, stage::unknownExtension},
    {"empty-batch", "takes a batch, a source or a sink without records", EveryStage, stage::emptyBatch},
    {"hostile-records", "takes broken UTF-8, NUL, values of 1 MB, 10 000 values, no field at all",
     kPerRecord | Exporters | Annotators | Rankers, stage::hostileRecords},
    {"exceptions", "throws nothing through its boundary, whatever goes wrong", EveryStage, stage::exceptions},
    {"deterministic", "the same input gives the same answer, in another folder, locale and time zone", EveryStage,
     stage::deterministic},
    {"parallel", "four instances at once give the answers of one", EveryStage, stage::parallel},
    {"cancellation", "ends within 100 ms when the run is cancelled", EveryStage, stage::cancellation},
    {"destroy-unfinished", "an instance may end before it worked, and in the middle of its work", EveryStage,
     stage::destroyUnfinished},
    {"memory", "1 000 lives leave no memory behind", EveryStage, stage::memory},
    {"one-verdict", "gives exactly one known verdict about each record that it was given", Filters, filter::oneVerdict},
    {"declared-reasons", "gives only reasons that it declared, each with its own action", Filters,
     filter::declaredReasons},
    {"evidence", "names only evidence that the record holds", Filters, filter::evidence},
    {"batch-size", "answers alike in batches of 1, 7 and all", Filters | Samplers | Annotators, filter::batchSize},
    {"handles", "answers alike whatever the order and the handles of the records", kPerRecord | Annotators,
     filter::handles},
    {"reads", "answers alike where only fields change that it does not declare to read", Filters | Annotators,
     filter::reads},
    {"declared-fields", "gives only fields that it declared, of records that lack them, from places that exist",
     Annotators, annotator::declaredFields},
    {"one-score", "gives exactly one number for each record without a label", Rankers, ranker::oneScore},
    {"sets-alone", "the order follows from the sets of records and labels, not from the order in which they came",
     Rankers, ranker::setsAlone},
    {"symmetric", "the same pairs whichever record stands first in the block", Matchers, matcher::symmetric},
    {"identical-records", "two records alike share a key", Matchers, matcher::identicalRecords},
    {"take", "never takes more than there are, and not fewer of more", Samplers, sampler::take},
    {"probe", "knows its own sample, and does not claim noise", Importers, importer::probe},
    {"positions", "every record says where it stands; every problem has a code and a line", Importers,
     importer::positions},
    {"every-byte", "every byte of its sample is in a record, declared, or blank; none twice", Importers,
     importer::everyByte},
    {"joined", "two samples joined by hand give both their records, or it says what it lost", Importers,
     importer::joined},
    {"truncated", "a sample cut off at any byte gives the records before the cut", Importers, importer::truncated},
    {"chunks", "the same records whether the bytes come one by one or all at once", Importers, importer::chunks},
    {"line-ends", "the same records with CR LF and with LF", Importers, importer::lineEnds},
    {"encodings", "a byte that is no UTF-8 costs no record", Importers, importer::encodings},
    {"empty-input", "an empty file and a blank line hold no record, and are no reason to fail", Importers,
     importer::emptyInput},
    {"table-tests", "a dialect table reads its own samples as it says", Importers, importer::tableTests},
    {"failing-sink", "says that it failed when the disk is full", Exporters, exporter::failingSink},
    {"round-trip", "what it wrote is read back by the importer of the same format", Exporters, exporter::roundTrip},
};

}  // namespace

std::span<const Check> checks() { return kChecks; }

const Check* findCheck(std::string_view name) {
  const auto found =
      std::find_if(std::begin(kChecks), std::end(kChecks), [&](const Check& c) { return c.name == name; });
  return found == std::end(kChecks) ? nullptr : found;
}

}  // namespace winnow::conform

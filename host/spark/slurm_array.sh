#!/usr/bin/env bash
# A filter of a review on a Slurm cluster: an array of N tasks, each judges one part; the last one commits what all gave.
# Nothing but a shared folder, bash and winnow. docs/scale.md
#
#   winnow stage STEP --config review.yaml --do records > records.jsonl      # once, on one machine
#   export REVIEW=$PWD/review.yaml STEP=not-in-english RECORDS=$PWD/records.jsonl TO=$PWD/answers
#   job=$(sbatch --parsable --array=0-99 slurm_array.sh)
#   sbatch --dependency=afterok:$job slurm_array.sh commit
#
# Without Slurm the same by hand: SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_COUNT=2 ./slurm_array.sh, then 1, then commit.
set -euo pipefail
mkdir -p "$TO"

part() {  # every n-th record, as a stream of its own
  awk -v at="$SLURM_ARRAY_TASK_ID" -v of="$SLURM_ARRAY_TASK_COUNT" '
    NR == 1 { print; next }
    /^\{"end":true/ { print "{\"end\":true,\"out\":" count + 0 "}"; next }
    (NR - 2) % of == at { print; ++count }' "$RECORDS"
}

judge() {  # the name of the result is its hash; a task that is done again gives the same file
  local draft hash
  draft=$(mktemp "$TO/.part-XXXXXX")
  part | winnow stage "$STEP" --config "$REVIEW" --do judge > "$draft"
  hash=$(sha256sum "$draft" | cut -d' ' -f1)
  mv "$draft" "$TO/$hash.jsonl"
  echo "$hash.jsonl $(($(wc -l < "$TO/$hash.jsonl") - 2))" > "$TO/.$STEP-$SLURM_ARRAY_TASK_ID"
}

commit() {  # the manifest, last
  local listed="" lines=0 first="" file count
  while read -r file count; do
    first=${first:-$file}
    listed+="${listed:+,}{\"file\":\"$file\",\"lines\":$count}"
    lines=$((lines + count))
  done < <(cat "$TO/.$STEP"-* | sort -u)
  if [ "$lines" -ne "$(($(wc -l < "$RECORDS") - 2))" ]; then
    echo "$lines answers came, and $RECORDS holds another number of records; run the tasks that are missing" >&2
    exit 1
  fi
  local header
  header=$(head -1 "$TO/$first")
  sed "s/^{\"winnow\":\"stage\",\"version\":[0-9]*,/{\"winnow\":\"answers\",\"version\":1,/; s/}\$/,\"lines\":$lines,\"parts\":[$listed]}/" <<< "$header" > "$TO/.draft"
  mv "$TO/.draft" "$TO/$STEP.manifest.json"
  rm -f "$TO/.$STEP"-*
  echo "$lines answers in $TO/$STEP.manifest.json"
}

if [ "${1:-}" = commit ]; then commit; else judge; fi

#!/usr/bin/env bash
# Judges one series of a Patchwork instance and posts a check to each of its patches.
#
#   PATCHWORK_URL=https://patchwork.example.org PATCHWORK_TOKEN=... patchwork-bot.sh SERIES_ID TREE
#
# Exit code 0 posts success, 1 fail, 3 warning; where there is nothing to check, or the series cannot be
# read (2), nothing is posted.
set -euo pipefail
series=$1
tree=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
api=$PATCHWORK_URL/api/1.3
curl --fail --silent "$api/series/$series/" >"$work/series.json"
curl --fail --silent "$(jq -r .mbox "$work/series.json")" >"$work/series.mbox"
code=0
holdfast gate "$work/series.mbox" --tree "$tree" --format json >"$work/report.json" || code=$?
[ "$code" -eq 2 ] && exit 2
holdfast gate "$work/series.mbox" --tree "$tree" --format patchwork >"$work/checks" || true
# One line for each patch that has something to be said of; Message-Ids tell which.
jq -r '.patches[] | select(.verdict != "nothing-to-check" and .verdict != "error") | .messageId' \
  "$work/report.json" >"$work/ids"
paste "$work/ids" "$work/checks" | while IFS=$'\t' read -r id check; do
  patch=$(jq -r --arg id "<$id>" '.patches[] | select(.msgid == $id) | .id' "$work/series.json")
  curl --fail --silent --header "Authorization: Token $PATCHWORK_TOKEN" \
    --header "Content-Type: application/json" --data "$check" "$api/patches/$patch/checks/" >/dev/null
done

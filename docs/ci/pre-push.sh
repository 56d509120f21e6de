#!/usr/bin/env bash
# Git hook: copy or link it to .git/hooks/pre-push. Stops a push that brings new findings along.
# Git gives lines of: local ref, local commit, remote ref, remote commit.
set -u
status=0

# The last commit that the other side has; of a branch that is new to it, the one below what no remote has.
base_of() {
  local local=$1 remote=$2 first
  if [ -n "${remote//0/}" ] && git cat-file -e "$remote^{commit}" 2>/dev/null; then
    echo "$remote"
    return
  fi
  first=$(git rev-list --reverse "$local" --not --remotes | head -n 1)
  if [ -z "$first" ]; then echo "$local"; else git rev-parse --verify --quiet "$first^"; fi
}

judge() {
  holdfast gate "$1" </dev/null
  case $? in
    0 | 3) ;;
    *) status=1 ;;
  esac
}

while read -r _ local _ remote; do
  [ -n "${local//0/}" ] || continue # a branch is deleted
  if ! base=$(base_of "$local" "$remote"); then
    echo "holdfast: $local has no commit below it: not judged" >&2
    continue
  fi
  [ "$base" != "$local" ] || continue
  if [ -z "$(git rev-list --merges -n 1 "$base..$local")" ]; then
    judge "$base..$local"
    continue
  fi
  # What a merge brings in from a remote is not this push's to answer for.
  for commit in $(git rev-list --reverse --no-merges "$local" --not "$base" --remotes); do
    judge "$commit^..$commit"
  done
done
exit $status

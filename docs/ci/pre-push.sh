#!/usr/bin/env bash
# Git hook: copy or link it to .git/hooks/pre-push. Stops a push that brings new findings along.
# Git gives lines of: local ref, local commit, remote ref, remote commit.
set -u
zero=0000000000000000000000000000000000000000
status=0
while read -r _ local _ remote; do
  [ "$local" = "$zero" ] && continue
  base=$remote
  if [ "$remote" = "$zero" ] || ! git cat-file -e "$remote^{commit}" 2>/dev/null; then
    base=$(git merge-base "$local" "@{upstream}" 2>/dev/null) || {
      echo "holdfast: no base known for $local: not judged" >&2
      continue
    }
  fi
  [ "$base" = "$local" ] && continue
  holdfast gate "$base..$local"
  case $? in
    0 | 3) ;;
    *) status=1 ;;
  esac
done
exit $status

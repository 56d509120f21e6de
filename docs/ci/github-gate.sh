#!/usr/bin/env bash
# What action.yml runs. Everything it reads comes through the environment.
set -u
range=${RANGE:-}
if [ -z "$range" ]; then
  if [ -z "${BASE:-}" ] || [ -z "${HEAD:-}" ]; then
    echo "::error title=holdfast::not a pull request: give the range"
    exit 2
  fi
  range="$BASE..$HEAD"
fi
gate() {
  local arguments=(gate "$range" --tree "${TREE:-.}" --format "$1")
  [ -n "${BASELINE:-}" ] && arguments+=(--baseline "$BASELINE")
  node "$ACTION_PATH/dist/cli/main.js" "${arguments[@]}"
}
gate github
code=$?
[ -n "${SARIF:-}" ] && gate sarif >"$SARIF"
echo "exit-code=$code" >>"${GITHUB_OUTPUT:-/dev/null}"
if [ "$code" -eq 3 ] && [ "${FAIL_ON_BOUND:-false}" != true ]; then exit 0; fi
exit "$code"

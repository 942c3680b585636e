#!/usr/bin/env bash
# Installs what other engines need below FOLDER (never here) and runs run.mjs. What cannot be
# installed is left out, with a line that says so.   bench.sh PACK FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
pack=$1 folder=$2
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "peers: node and npm are needed; nothing was run" >&2
  exit 0
fi
mkdir -p "$folder/npm" "$folder/go"
cp "$here/package.json" "$folder/npm/package.json"
if ! (cd "$folder/npm" && npm install --no-audit --no-fund --silent); then
  echo "peers: npm could not install the packages; nothing was run" >&2
  exit 0
fi
if ! command -v go >/dev/null; then
  echo "cel-go: go is not installed" >&2
else
  cp -r "$here/go/cel" "$folder/go/"
  (cd "$folder/go/cel" && go build -o "$folder/cel" .) || echo "cel-go: could not be built" >&2
fi
exec node "$here/run.mjs" "$pack" "$folder"

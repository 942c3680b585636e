#!/usr/bin/env bash
# Installs what other engines need below FOLDER (never here) and runs run.mjs. What cannot be
# installed is left out, with a line that says so.   bench.sh PACK FOLDER PANDECT_BENCH
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
pack=$(realpath "$1") folder=$(realpath -m "$2") bench=$(realpath -m "$3")
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "peers: node and npm are needed; nothing was run" >&2
  exit 0
fi
mkdir -p "$folder/npm"
cp "$here/package.json" "$folder/npm/package.json"
if ! (cd "$folder/npm" && npm install --no-audit --no-fund --silent); then
  echo "peers: npm could not install the packages; nothing was run" >&2
  exit 0
fi

# build TOOL PROGRAM COMMAND...: in the copy of the folder PROGRAM of that language.
build() {
  local tool=$1 program=$2
  shift 2
  rm -f "$folder/$program"
  if ! command -v "$tool" >/dev/null; then
    echo "peers: $program needs $tool, which is not installed" >&2
  elif ! (cd "$program" && "$@"); then
    echo "peers: $program could not be built" >&2
  fi
}
rm -rf "$folder/go"
cp -r "$here/go" "$folder/go"
cd "$folder/go"
for program in cel opa; do build go "$program" go build -o "$folder/$program" .; done

mkdir -p "$folder/rust"
cp -r "$here/rust/." "$folder/rust"
cd "$folder/rust"
export CARGO_TARGET_DIR=$folder/rust/target
for program in regorus cedar; do
  build cargo "$program" sh -c "cargo build --release --locked --quiet && cp '$CARGO_TARGET_DIR/release/peer-$program' '$folder/$program'"
done
exec node "$here/run.mjs" "$pack" "$folder" "$bench"

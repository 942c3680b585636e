#!/bin/bash
# abi.sh LIBRARY LAYOUT HEADER FOLDER VERSION: symbols, sizes, offsets, constants and declarations
# against FOLDER/VERSION.txt.
set -euo pipefail
library="$1" layout="$2" header="$3" committed="$4/$5.txt" version="$5"
now="$(mktemp)"
trap 'rm -f "$now"' EXIT
{
  "$layout"
  readelf -d "$library" | sed -n 's/.*(SONAME).*\[\(.*\)\]/soname \1/p'
  nm -D --defined-only --with-symbol-versions "$library" | awk '$2 != "A" {print "symbol " $3}' | LC_ALL=C sort
  # The header without comments, a declaration a line.
  perl -0777 -pe 's{/\*.*?\*/}{}gs; s/^#.*\n//mg; s/\s+/ /g; s/; /;\n/g; s/\s*\z/\n/' "$header"
} >"$now"
if diff -u "$committed" "$now"; then exit 0; fi
cat >&2 <<END
The interface of libpandect.so is not that of version $version (lines above: - committed, + now).
Undo the change; or, if programs built before it still work (a new function, a member behind the
last one), replace $committed; or else raise PANDECT_ABI in pandect.h and in engine/api/library.cmake
and commit the new list as the file of the new version.
END
exit 1

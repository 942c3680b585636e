#!/usr/bin/env bash
# oracle.sh PANDECT SAMPLES: exiftool reads the labels that pandect writes, and agrees with it about the
# samples; ffprobe and qpdf find the files whole where they are installed. Exit 77: no exiftool.
set -euo pipefail

pandect="$1" samples="$2"
command -v exiftool >/dev/null || exit 77
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT

# Called in subshells too, hence a file.
complain() {
  printf 'label-oracle: %s\n' "$*" >&2
  touch "$scratch/failed"
}

# write_and_read FILE TAG: writes a label and looks for it with exiftool under TAG.
write_and_read() {
  local file="$1" tag="$2" out
  out="$scratch/labelled-$(basename "$file")"
  if ! "$pandect" label --write --set Label=1 --set ContentProducer=examplecorp --set ProduceID=o-1 -o "$out" "$file" >/dev/null; then
    complain "$file: not written"
    return
  fi
  exiftool -s -s -s "-$tag" "$out" | grep -q '"ProduceID":"o-1"' || complain "$out: exiftool does not see the label in $tag"
  exiftool -validate -warning -error -s -s -s "$out" | grep -i 'error' && complain "$out: exiftool finds an error"
  "$pandect" label "$out" --want cn >/dev/null || complain "$out: pandect does not accept its own label"
  printf '%s\n' "$out"
}

# The same picture or sound, decoded: ffmpeg's checksum of all frames.
same_media() {
  command -v ffmpeg >/dev/null || return 0
  local a b
  a="$(ffmpeg -v error -i "$1" -f md5 - 2>/dev/null)" b="$(ffmpeg -v error -i "$2" -f md5 - 2>/dev/null)"
  [[ -n "$a" && "$a" == "$b" ]] || complain "$2: picture or sound differs from $1"
}

png="$(write_and_read "$samples/png-plain.png" XMP-TC260:AIGC)"
same_media "$samples/png-plain.png" "$png"
jpeg="$(write_and_read "$samples/c2pa-remote-manifest.jpg" XMP-TC260:AIGC)"
same_media "$samples/c2pa-remote-manifest.jpg" "$jpeg"

if command -v ffmpeg >/dev/null; then
  make() { ffmpeg -v error -f lavfi -i testsrc=size=64x48:rate=5:duration=1 -f lavfi -i sine=duration=1 "$@" </dev/null; }
  make -map 1 "$scratch/a.wav"
  make -map 0 -map 1 -c:v mpeg4 -c:a aac "$scratch/last.mp4"
  make -map 0 -map 1 -c:v mpeg4 -c:a aac -movflags +faststart "$scratch/first.mp4"
  make -map 0 -c:v mpeg4 -movflags use_metadata_tags -metadata title=x -metadata maker=y "$scratch/keys.mov"
  ffmpeg -v error -h encoder=libmp3lame 2>/dev/null | grep -q 'Encoder libmp3lame' && make -map 1 "$scratch/a.mp3"
  for file in "$scratch"/{last.mp4,first.mp4,keys.mov}; do
    out="$(write_and_read "$file" Keys:AIGC)"
    [[ -n "$out" ]] && same_media "$file" "$out"
  done
  if [[ -f "$scratch/a.mp3" ]]; then
    out="$(write_and_read "$scratch/a.mp3" UserDefinedText)"
    [[ -n "$out" ]] && same_media "$scratch/a.mp3" "$out"
  fi
  # exiftool knows no chunk AIGC of WAV, so ffmpeg answers whether the sound is whole.
  "$pandect" label --write --set Label=1 --set ContentProducer=a --set ProduceID=b -o "$scratch/b.wav" "$scratch/a.wav" >/dev/null
  same_media "$scratch/a.wav" "$scratch/b.wav"
  "$pandect" label "$scratch/b.wav" --want cn >/dev/null || complain "b.wav: no label"
fi

# What ffmpeg writes as the practice guide says, pandect reads.
if command -v ffmpeg >/dev/null; then
  label='{"Label":"1","ContentProducer":"a","ProduceID":"b","ReservedCode1":"","ContentPropagator":"a","PropagateID":"b","ReservedCode2":""}'
  make -map 0 -c:v mpeg4 -movflags use_metadata_tags -metadata "AIGC=$label" "$scratch/guide.mp4"
  "$pandect" label "$scratch/guide.mp4" --want cn >/dev/null || complain "guide.mp4: the label of ffmpeg is not read"
  make -map 1 -c:a flac "$scratch/none.flac" && "$pandect" label "$scratch/none.flac" >/dev/null 2>&1 && complain "none.flac: a kind that is not read must not pass"
fi

printf '%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\ntrailer\n<< /Root 1 0 R /Size 4 >>\n%%%%EOF\n' >"$scratch/raw.pdf"
if command -v qpdf >/dev/null; then
  for mode in disable generate; do
    qpdf --object-streams=$mode "$scratch/raw.pdf" "$scratch/$mode.pdf" 2>/dev/null || true
    [[ -f "$scratch/$mode.pdf" ]] || continue
    out="$(write_and_read "$scratch/$mode.pdf" PDF:AIGC)"
    [[ -n "$out" ]] && { qpdf --check "$out" >/dev/null || complain "$out: qpdf finds it broken"; }
  done
fi

# Both see the same labels in the samples (a chunk with a wrong check sum is shown by exiftool, not by us).
for file in "$samples"/*.png "$samples"/*.jpg; do
  [[ "$file" == *bad-crc* || "$file" == *truncated* ]] && continue
  theirs="$(exiftool -a -s -s -s -XMP-TC260:AIGC -PNG:AIGC -UserComment "$file" 2>/dev/null | grep -c ContentProducer || true)"
  ours="$("$pandect" label --format json "$file" | grep -c '"carrier": "\(xmp TC260\|png \|exif\)' || true)"
  [[ "$theirs" == "$ours" ]] || complain "$file: exiftool sees $theirs labels, pandect $ours"
done
[[ ! -e "$scratch/failed" ]]

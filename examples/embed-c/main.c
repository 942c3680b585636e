/* Assesses a manifest from C: what is due, and what is still to be answered.

     embed-c RULES MANIFEST DAY

   Built against an installed Pandect; see CMakeLists.txt, or in one line:
     cc main.c $(pkg-config --cflags --libs pandect) -o embed-c */
#include <pandect.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pandect_string text_of(const char* text) {
  pandect_string result;
  result.data = text;
  result.size = strlen(text);
  return result;
}

static void print(FILE* out, pandect_string text) { fwrite(text.data, 1, text.size, out); }

/* Problems as an editor shows them: file:line:column: message; remedy. */
static void print_problems(const pandect_answer* answer) {
  size_t i;
  for (i = 0; i < pandect_answer_problem_count(answer); ++i) {
    pandect_problem problem = {sizeof problem};
    if (pandect_answer_problem(answer, i, &problem) != PANDECT_ERROR_NONE) continue;
    print(stderr, problem.file);
    fprintf(stderr, ":%d:%d: ", (int)problem.line, (int)problem.column);
    print(stderr, problem.message);
    if (problem.hint.size > 0) fputs("; ", stderr);
    print(stderr, problem.hint);
    fputc('\n', stderr);
  }
}

static char* read_file(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  char* bytes = NULL;
  size_t room = 0;
  *size = 0;
  if (file == NULL) return NULL;
  do {
    char* more = realloc(bytes, room += 65536);
    if (more == NULL) break;
    bytes = more;
    *size += fread(bytes + *size, 1, room - *size, file);
  } while (*size == room);
  fclose(file);
  return bytes;
}

int main(int argc, char** argv) {
  pandect_packs* packs = NULL;
  pandect_answer* answer = NULL;
  pandect_options options = {sizeof options};
  pandect_string manifest = {NULL, 0};
  char* bytes;
  int status = 2;
  if (argc != 4) {
    fputs("usage: embed-c RULES MANIFEST DAY\n", stderr);
    return 2;
  }
  bytes = read_file(argv[2], &manifest.size);
  if (bytes == NULL) {
    fprintf(stderr, "%s: cannot be read\n", argv[2]);
    return 2;
  }
  manifest.data = bytes;
  if (pandect_packs_open(text_of(argv[1]), NULL, 0, &packs, &answer) == PANDECT_ERROR_NONE) {
    pandect_answer_free(answer);
    options.as_of = text_of(argv[3]);
    options.manifest_name = text_of(argv[2]);
    if (pandect_assess(packs, manifest, &options, &answer) == PANDECT_ERROR_NONE) {
      print(stdout, pandect_answer_text(answer));
      status = pandect_answer_verdict(answer);
    }
  }
  print_problems(answer);
  pandect_answer_free(answer);
  pandect_packs_free(packs);
  free(bytes);
  return status;
}

/* Prints sizes and offsets of what crosses the border, and the numbers of the constants, as
   engine/api/abi/N.txt holds them. */
#include <pandect.h>
#include <pandect_plugin.h> /* a program may host and be hosted: no name stands in both */
#include <stdio.h>

#define SIZE(type) printf("sizeof " #type " %u\n", (unsigned)sizeof(type))
#define AT(type, member)                                            \
  printf("  " #member " %u %u\n", (unsigned)offsetof(type, member), \
         (unsigned)sizeof(((type*)0)->member))
#define NUMBER(constant) printf(#constant " %d\n", (int)(constant))

int main(void) {
  NUMBER(PANDECT_ABI);
  SIZE(pandect_error);
  SIZE(pandect_string);
  AT(pandect_string, data);
  AT(pandect_string, size);
  SIZE(pandect_problem);
  AT(pandect_problem, size);
  AT(pandect_problem, level);
  AT(pandect_problem, line);
  AT(pandect_problem, column);
  AT(pandect_problem, reserved);
  AT(pandect_problem, code);
  AT(pandect_problem, file);
  AT(pandect_problem, message);
  AT(pandect_problem, hint);
  SIZE(pandect_file);
  AT(pandect_file, name);
  AT(pandect_file, bytes);
  SIZE(pandect_options);
  AT(pandect_options, size);
  AT(pandect_options, as_of);
  AT(pandect_options, lang);
  AT(pandect_options, jurisdictions);
  AT(pandect_options, jurisdiction_count);
  AT(pandect_options, manifest_name);
  AT(pandect_options, fail_on);
  AT(pandect_options, fail_on_unknown);
  AT(pandect_options, flags);
  AT(pandect_options, reserved);
  NUMBER(PANDECT_ERROR_NONE);
  NUMBER(PANDECT_ERROR_CALL);
  NUMBER(PANDECT_ERROR_INPUT);
  NUMBER(PANDECT_ERROR_NOT_FOUND);
  NUMBER(PANDECT_ERROR_IMAGE);
  NUMBER(PANDECT_ERROR_MEMORY);
  NUMBER(PANDECT_ERROR_INTERNAL);
  NUMBER(PANDECT_LEVEL_ERROR);
  NUMBER(PANDECT_LEVEL_WARNING);
  NUMBER(PANDECT_LEVEL_NOTE);
  NUMBER(PANDECT_WITH_NOT_APPLICABLE);
  NUMBER(PANDECT_PROOF_AS_TEXT);
  return pandect_abi() == PANDECT_ABI ? 0 : 1;
}

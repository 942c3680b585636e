#!/bin/bash
# imports.sh LIBRARY: what the library asks of the system. It must have no way to print, to end the
# process, to read clock or environment, to set the locale of the process, to start a process or
# thread, or to write a file. (uselocale is of one thread, asks for C and puts back what was; localeconv
# is asked by the JSON library and its answer used for floating point numbers only, which we never write.)
set -euo pipefail
forbidden='printf|fprintf|vprintf|vfprintf|__(v|f|vf)?printf_chk|puts|fputs|putchar|putc|fputc|fwrite|write|pwrite|perror|syslog'
forbidden+='|stdout|stderr|_ZSt4cout|_ZSt4cerr|_ZSt4clog'
forbidden+='|exit|_exit|_Exit|quick_exit|abort|raise|kill|signal|sigaction'
forbidden+='|getenv|secure_getenv|environ|__environ|setenv|putenv|setlocale|nl_langinfo'
forbidden+='|time|clock|clock_gettime|gettimeofday|localtime|localtime_r|gmtime|gmtime_r|mktime|strftime|tzset'
forbidden+='|_ZNSt6chrono.*clock3nowEv|random|rand|srand|getrandom|getentropy|_ZNSt13random_device.*'
forbidden+='|fork|vfork|system|popen|exec[a-z]*|posix_spawn.*|pthread_create|_ZNSt6thread15_M_start_thread.*'
forbidden+='|socket|connect|dlopen|rename|renameat|unlink|mkdir|mkstemp|mkostemp|ftruncate'
names="$(nm -D --undefined-only "$1" | awk '{print $2}' | sed 's/@.*//')"
[[ -n "$names" ]] # a library that asks for nothing would be no library
found="$(grep -xE "$forbidden" <<<"$names" || true)"
if [[ -n "$found" ]]; then
  printf 'libpandect.so must not use:\n%s\n' "$found" >&2
  exit 1
fi
printf '%s names, none of them forbidden\n' "$(wc -l <<<"$names")"

# Installs the build into a folder of its own and uses it there as a stranger does: with find_package
# and with pkg-config, in C and in C++, by processes that know nothing of the build.
set(scratch ${BUILD}/installed)
set(prefix ${scratch}/prefix)
file(REMOVE_RECURSE ${scratch})
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE err)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " line)
    message(FATAL_ERROR "${line}\nended with ${status}\n${out}\n${err}")
  endif()
endfunction()
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${scratch}/first)
# Moved, since nothing in it may remember where it was.
file(RENAME ${scratch}/first ${prefix})

set(day 2026-11-21)
set(rules ${prefix}/share/pandect/rules)
set(manifest ${SOURCE}/examples/cv-screener/pandect.yaml)
# The assessment of the installed program, with the installed packs, from another folder.
execute_process(COMMAND ${prefix}/bin/pandect check ${manifest} --as-of ${day} --no-evidence --format json
  WORKING_DIRECTORY ${scratch} RESULT_VARIABLE expected_status OUTPUT_VARIABLE expected ERROR_VARIABLE err)
if(NOT expected MATCHES "pandect.assessment/1")
  message(FATAL_ERROR "the installed program assessed nothing: ${err}")
endif()

function(check_c program)
  execute_process(COMMAND ${program} ${rules} ${manifest} ${day} WORKING_DIRECTORY ${scratch}
    RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE err)
  if(NOT out STREQUAL expected OR NOT status EQUAL expected_status OR NOT err STREQUAL "")
    message(FATAL_ERROR "${program}: another assessment, or another status (${status}, not ${expected_status}): ${err}")
  endif()
  execute_process(COMMAND ${program} ${rules} ${rules}/core/pack.yaml ${day} RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE err)
  if(NOT status EQUAL 2 OR NOT err MATCHES "pack.yaml:[0-9]+:[0-9]+: .*;")
    message(FATAL_ERROR "${program}: no error with its place for what is no manifest: ${status} ${err}")
  endif()
endfunction()
function(check_cpp program)
  execute_process(COMMAND ${program} ${rules} ${manifest} ${day} cv-screener kr.high_impact WORKING_DIRECTORY ${scratch}
    RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE err)
  if(NOT status EQUAL 0 OR NOT out MATCHES "pandect.missing/1" OR NOT out MATCHES "kr.high_impact")
    message(FATAL_ERROR "${program}: ${status} ${out} ${err}")
  endif()
endfunction()

foreach(example embed-c embed-cpp)
  run(${CMAKE_COMMAND} -S ${prefix}/share/doc/pandect/examples/${example} -B ${scratch}/${example} -G ${GENERATOR}
    -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_C_COMPILER=${C_COMPILER} -DCMAKE_CXX_COMPILER=${CXX_COMPILER}
    -DCMAKE_C_FLAGS=${C_FLAGS} -DCMAKE_CXX_FLAGS=${CXX_FLAGS})
  run(${CMAKE_COMMAND} --build ${scratch}/${example})
endforeach()
check_c(${scratch}/embed-c/embed-c)
check_cpp(${scratch}/embed-cpp/embed-cpp)

find_program(PKG_CONFIG NAMES pkg-config pkgconf REQUIRED)
set(ENV{PKG_CONFIG_PATH} ${prefix}/${LIBDIR}/pkgconfig)
execute_process(COMMAND ${PKG_CONFIG} --cflags --libs pandect OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${PKG_CONFIG} --variable=rulesdir pandect OUTPUT_VARIABLE rulesdir OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
if(NOT EXISTS ${rulesdir}/core/pack.yaml)
  message(FATAL_ERROR "pkg-config names ${rulesdir}, where there are no packs")
endif()
separate_arguments(flags)
separate_arguments(c_flags NATIVE_COMMAND "${C_FLAGS}")
separate_arguments(cxx_flags NATIVE_COMMAND "${CXX_FLAGS}")
set(rpath -Wl,-rpath,${prefix}/${LIBDIR})
# Plain, and with programs that watch over memory: what the library leaks or frees twice is seen there too.
foreach(kind plain watched)
  set(watch "")
  if(kind STREQUAL watched AND NOT CXX_FLAGS MATCHES "-fsanitize")
    set(watch -fsanitize=address,undefined -fno-sanitize-recover=all -g1)
  endif()
  run(${C_COMPILER} -std=c99 -Wall -Wextra -Wpedantic -Werror -Wno-missing-field-initializers ${c_flags} ${watch}
    ${SOURCE}/examples/embed-c/main.c ${flags} ${rpath} -o ${scratch}/${kind}-c)
  run(${CXX_COMPILER} -std=c++17 -Wall -Wextra -Wpedantic -Werror ${cxx_flags} ${watch}
    ${SOURCE}/examples/embed-cpp/main.cpp ${flags} ${rpath} -pthread -o ${scratch}/${kind}-cpp)
  check_c(${scratch}/${kind}-c)
  check_cpp(${scratch}/${kind}-cpp)
endforeach()

# The module of `batch`, and the manual.
run(${prefix}/bin/pandect batch ${SOURCE}/examples/batch/systems.ndjson --as-of ${day} -o ${scratch}/batch.ndjson)
file(READ ${prefix}/share/man/man1/pandect.1 manual)
if(NOT manual MATCHES "\\.SH PANDECT check" OR NOT manual MATCHES "--as-of")
  message(FATAL_ERROR "the manual does not hold the help of the commands")
endif()

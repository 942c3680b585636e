# libpandect.so: C symbols only. What it does not need of the engine (files of caches, clocks) is
# left out by the linker; tests/api looks at what it asks of the system.
set(PANDECT_ABI 1)
file(GLOB API_SOURCES CONFIGURE_DEPENDS engine/api/*.cpp)
add_library(pandect_api SHARED ${API_SOURCES})
set_target_properties(pandect_api PROPERTIES OUTPUT_NAME pandect EXPORT_NAME pandect VERSION ${PANDECT_ABI}.${PROJECT_VERSION}
  SOVERSION ${PANDECT_ABI} CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
  LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR} LINK_DEPENDS ${CMAKE_SOURCE_DIR}/engine/api/pandect.map)
target_compile_options(pandect_api PRIVATE -ffunction-sections -fdata-sections)
# An image of packs holds the records of program.h as they are.
file(SHA256 ${CMAKE_SOURCE_DIR}/engine/include/pandect/program.h program_digest)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/engine/include/pandect/program.h)
target_compile_definitions(pandect_api PRIVATE PANDECT_VERSION="${PROJECT_VERSION}" PANDECT_IMAGE_BUILD="${program_digest}")
target_include_directories(pandect_api PRIVATE engine INTERFACE
  $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/engine/include> $<INSTALL_INTERFACE:include>)
target_link_libraries(pandect_api PRIVATE pandect_reports pandect_engine pandect_flags)
target_link_options(pandect_api PRIVATE -Wl,--gc-sections -Wl,--as-needed
  -Wl,--version-script=${CMAKE_SOURCE_DIR}/engine/api/pandect.map)
if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")  # those names are the program's
  target_link_options(pandect_api PRIVATE -Wl,-z,defs)
endif()

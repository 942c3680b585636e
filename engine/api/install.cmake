# What `cmake --install` puts where: program, library with CMake and pkg-config files, header, packs,
# manual. Modules that the program loads on demand stand in lib/pandect.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(PANDECT_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/pandect)

install(TARGETS pandect RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS pandect_json LIBRARY DESTINATION lib/pandect)
install(TARGETS pandect_api EXPORT pandectTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES engine/include/pandect.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES plugins/include/pandect_plugin.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
# The program looks for its packs here, relative to itself.
install(DIRECTORY rules/ DESTINATION share/pandect/rules)
install(FILES README.md LICENSE engine/semantics.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES engine/api/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME c-api.md)
install(DIRECTORY examples/embed-c examples/embed-cpp DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)

install(EXPORT pandectTargets NAMESPACE pandect:: DESTINATION ${PANDECT_CMAKE_DIR})
configure_package_config_file(engine/api/pandectConfig.cmake.in ${CMAKE_BINARY_DIR}/generated/pandectConfig.cmake
  INSTALL_DESTINATION ${PANDECT_CMAKE_DIR} NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/generated/pandectConfigVersion.cmake COMPATIBILITY SameMajorVersion)
install(FILES ${CMAKE_BINARY_DIR}/generated/pandectConfig.cmake ${CMAKE_BINARY_DIR}/generated/pandectConfigVersion.cmake
  DESTINATION ${PANDECT_CMAKE_DIR})

# Relative to itself, so that an installed tree can be moved.
file(RELATIVE_PATH PANDECT_PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" PANDECT_PC_PREFIX "${PANDECT_PC_PREFIX}")
configure_file(engine/api/pandect.pc.in ${CMAKE_BINARY_DIR}/generated/pandect.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/generated/pandect.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# The manual is what `--help` says, so that there is one text.
if(NOT CMAKE_CROSSCOMPILING)
  install(CODE "set(PANDECT_PROGRAM \"$<TARGET_FILE:pandect>\")
set(PANDECT_VERSION \"${PROJECT_VERSION}\")
set(PANDECT_MANUAL \"${CMAKE_BINARY_DIR}/generated/pandect.1\")
include(\"${CMAKE_SOURCE_DIR}/engine/api/manual.cmake\")")
  install(FILES ${CMAKE_BINARY_DIR}/generated/pandect.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()

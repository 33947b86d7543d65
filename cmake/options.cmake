# What every litmill target is compiled with: language level, warnings, sanitizers.

option(LITMILL_WERROR "Treat warnings as errors" ON)
option(LITMILL_TESTS "Build the tests, the stand-in services and the fuzz replays" ON)
option(LITMILL_FUZZ "Build the fuzz targets with the libFuzzer engine (clang)" OFF)
set(LITMILL_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")

add_library(litmill_options INTERFACE)
target_compile_features(litmill_options INTERFACE cxx_std_20)
target_include_directories(litmill_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(litmill_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast -Wcast-align
  -Woverloaded-virtual -Wdouble-promotion -Wformat=2 -Wimplicit-fallthrough -Wunused
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wsuggest-override>
  $<$<BOOL:${LITMILL_WERROR}>:-Werror>)
# GCC 12 warns of overlapping copies in "literal" + std::string where there are none (GCC bug 105651).
target_compile_options(litmill_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
# Hardening that costs next to nothing. libstdc++'s own assertions stay on in releases: an out-of-range index must stop the run.
target_compile_definitions(litmill_options INTERFACE _GLIBCXX_ASSERTIONS)
if(NOT LITMILL_SANITIZE)  # fortified functions hide their arguments from the sanitizers
  target_compile_definitions(litmill_options INTERFACE $<$<CONFIG:RelWithDebInfo,Release>:_FORTIFY_SOURCE=2>)
endif()
target_compile_options(litmill_options INTERFACE -fstack-protector-strong)
if(LITMILL_SANITIZE)
  target_compile_options(litmill_options INTERFACE -fsanitize=${LITMILL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(litmill_options INTERFACE -fsanitize=${LITMILL_SANITIZE})
  # A check at every use of a pointer doubles the time to compile; what a wrong pointer does, AddressSanitizer sees.
  if(LITMILL_SANITIZE MATCHES "undefined")
    target_compile_options(litmill_options INTERFACE -fno-sanitize=null,alignment,vptr,object-size)
  endif()
endif()
if(LITMILL_FUZZ)
  target_compile_options(litmill_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# litmill_stage(NAME SOURCES ... HEADERS ... DEPENDS ...): one static library a folder, litmill::NAME.
# VERIFY_INTERFACE_HEADER_SETS makes `all_verify_interface_header_sets` compile every header alone.
function(litmill_stage name)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;PUBLIC;PRIVATE" ${ARGN})
  add_library(litmill_${name} STATIC ${ARG_SOURCES})
  add_library(litmill::${name} ALIAS litmill_${name})
  target_sources(litmill_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${ARG_HEADERS})
  set_target_properties(litmill_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  target_link_libraries(litmill_${name} PUBLIC litmill_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# litmill_test(NAME SOURCES ... LIBRARIES ...): one test program a stage, its cases discovered one by one for ctest -j.
function(litmill_test name)
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} litmill_options GTest::gmock_main)
  # Most of a sanitizer build's time goes into optimising the tests, and hardly any of its running time is theirs.
  if(LITMILL_SANITIZE)
    target_compile_options(${name} PRIVATE -O0)
  endif()
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  gtest_discover_tests(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT 300 DISCOVERY_TIMEOUT 60)
endfunction()

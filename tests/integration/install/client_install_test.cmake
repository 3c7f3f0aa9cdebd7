# Installs the client from BUILD, builds EXAMPLES against it, and runs the one that needs no
# server; installs the tools with the loader's data. Everything happens under WORK, which is
# emptied first.
set(prefix ${WORK}/prefix)
set(examples ${WORK}/examples)
file(REMOVE_RECURSE ${WORK})

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix} --component labgraph_client)
file(GLOB_RECURSE internal ${prefix}/include/*/internal/*)
if(internal)
  message(FATAL_ERROR "Internal headers were installed: ${internal}")
endif()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix} --component labgraph_tools)
foreach(file bin/labgraph bin/labgraph-seed share/labgraph/nsoc/10-schema.yaml)
  if(NOT EXISTS ${prefix}/${file})
    message(FATAL_ERROR "Not installed: ${file}")
  endif()
endforeach()

run(${CMAKE_COMMAND} -S ${EXAMPLES} -B ${examples} -G ${GENERATOR}
  -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_CXX_COMPILER=${COMPILER}
  -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER} -DCMAKE_CXX_FLAGS=${FLAGS})
# One at a time: other tests run beside this one.
run(${CMAKE_COMMAND} --build ${examples} --parallel 1)
run(${examples}/examples/test_your_code)

# Installs the package into a fresh environment that sees the system's packages, and runs it there.
set(folder ${BUILD}/tests/python_install)
file(REMOVE_RECURSE ${folder})
file(MAKE_DIRECTORY ${folder})

function(run)
  execute_process(COMMAND ${ARGV} WORKING_DIRECTORY ${folder} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Without the sources' folders: pip leaves its own beside setup.py.
file(COPY ${SOURCE}/sim/python DESTINATION ${folder}/project/sim)
file(CREATE_LINK ${SOURCE}/CMakeLists.txt ${folder}/project/CMakeLists.txt SYMBOLIC)
run(${PYTHON} -m venv --system-site-packages ${folder}/env)
run(${CMAKE_COMMAND} -E env --unset=PYTHONPATH PENSIM_BUILD=${BUILD} PIP_DISABLE_PIP_VERSION_CHECK=1
    ${folder}/env/bin/python -m pip install --quiet --no-build-isolation --no-deps --no-index
    ${folder}/project/sim/python)
file(WRITE ${folder}/outside.py "
import importlib.metadata, pathlib, sys
import pensim
assert pensim.__version__ == '${VERSION}', pensim.__version__
assert importlib.metadata.version('pensim') == '${VERSION}', importlib.metadata.version('pensim')
assert pathlib.Path(pensim.__file__).is_relative_to(sys.prefix), pensim.__file__
assert (pathlib.Path(pensim.__file__).parent / 'py.typed').exists()
run = pensim.run('small', persons=1000)
assert run.flows.account.sum() > 0
assert pensim.run(pensim.load_scenario('small'), persons=1000).digests == run.digests
")
run(${CMAKE_COMMAND} -E env --unset=PYTHONPATH ${folder}/env/bin/python ${folder}/outside.py)

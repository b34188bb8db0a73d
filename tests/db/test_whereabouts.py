"""Where files lie, tried on invented systems."""

import json
from pathlib import Path

import pytest

from db.whereabouts import LOCAL, PlaceKind, System, Whereabouts, whereabouts

MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
server:/home /home/ann/net nfs4 rw 0 0
//nas/case\040files /mnt/case\040files cifs rw 0 0
/dev/sdb1 /home/ann/net/stick vfat rw 0 0
ann@host:/ /home/ann/ssh fuse.sshfs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
portal /run/user/1000/doc fuse.portal rw 0 0
C: /mnt/c 9p rw 0 0
"""


def linux(home: Path = Path("/home/ann"), mounts: str = MOUNTS) -> System:
    return System("linux", home, mounts=lambda: mounts)


@pytest.mark.parametrize(
    ("path", "share"),
    [
        ("/home/ann/a.casefile", ""),
        ("/home/ann/net/a.casefile", "NFS"),
        ("/home/ann/network/a.casefile", ""),
        ("/home/ann/net/stick/a.casefile", ""),
        ("/mnt/case files/deep/a.casefile", "SMB"),
        ("/home/ann/ssh/a.casefile", "SSH"),
        ("/run/user/1000/gvfs/smb-share:server=nas/a.casefile", "GNOME"),
        ("/run/user/1000/doc/1/a.casefile", ""),
        ("/mnt/c/a.casefile", "9P"),
    ],
)
def test_a_share_on_linux(path: str, share: str) -> None:
    assert whereabouts(Path(path), linux()) == (Whereabouts(PlaceKind.NETWORK, share) if share else LOCAL)


def test_a_computer_whose_root_is_a_share_is_its_own() -> None:
    assert whereabouts(Path("/home/ann/a.casefile"), linux(mounts="server:/ / nfs4 rw 0 0")) == LOCAL


@pytest.mark.parametrize(
    ("path", "share"),
    [
        (r"C:\Users\Ann\a.casefile", ""),
        (r"\\nas\cases\a.casefile", "SMB"),
        (r"\\?\UNC\nas\cases\a.casefile", "SMB"),
        (r"\\?\C:\Users\a.casefile", ""),
        (r"Z:\a.casefile", "SMB"),
    ],
)
def test_a_share_on_windows(path: str, share: str) -> None:
    system = System("win32", Path("C:/Users/Ann"), drive_type=lambda drive: 4 if drive == "Z:\\" else 3)
    assert whereabouts(Path(path), system) == (Whereabouts(PlaceKind.NETWORK, share) if share else LOCAL)


@pytest.mark.parametrize(("told", "share"), [("apfs", ""), ("smbfs", "SMB"), ("nfs", "NFS"), ("webdav", "WebDAV")])
def test_a_share_on_macos(told: str, share: str, tmp_path: Path) -> None:
    system = System("darwin", tmp_path, file_system=lambda path: told)
    found = whereabouts(tmp_path / "a.casefile", system)
    assert found == (Whereabouts(PlaceKind.NETWORK, share) if share else LOCAL)


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".dropbox", "Dropbox"),
        (".dropbox.cache/", "Dropbox"),
        (".stfolder/", "Syncthing"),
        ("._sync_1f2e3d4c5b6a.db", "Nextcloud"),
        (".sync_1f2e3d4c5b6a.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".tmp.drivedownload/", "Google Drive"),
        (".sync_notes.db", ""),
        (".dropbox/", ""),
    ],
)
def test_a_folder_that_a_service_has_marked(mark: str, service: str, tmp_path: Path) -> None:
    path = tmp_path / "root" / "deep" / "a.casefile"
    path.parent.mkdir(parents=True)
    place = path.parent.parent / mark.rstrip("/")
    place.mkdir() if mark.endswith("/") else place.touch()
    found = whereabouts(path, linux(tmp_path, ""))
    assert found == (Whereabouts(PlaceKind.SYNCHRONISED, service) if service else LOCAL)
    assert whereabouts(tmp_path / "a.casefile", linux(tmp_path, "")) == LOCAL


def test_dropbox_tells_its_folders(tmp_path: Path) -> None:
    settings = tmp_path / ".dropbox"
    settings.mkdir()
    (settings / "info.json").write_text(json.dumps({"personal": {"path": str(tmp_path / "My Dropbox")}, "x": 1}))
    system = linux(tmp_path, "")
    assert whereabouts(tmp_path / "My Dropbox" / "a.casefile", system).service == "Dropbox"
    assert whereabouts(tmp_path / "My Dropbox 2" / "a.casefile", system) == LOCAL
    (settings / "info.json").write_text("not what it was")
    assert whereabouts(tmp_path / "My Dropbox" / "a.casefile", system) == LOCAL


def test_onedrive_and_icloud_on_windows() -> None:
    system = System("win32", Path("C:/Users/Ann"), {"OneDriveCommercial": r"C:\Users\Ann\OneDrive - Ministry"})
    assert whereabouts(Path(r"c:\users\ann\onedrive - ministry\a.casefile"), system).service == "OneDrive"
    assert whereabouts(Path(r"C:\Users\Ann\iCloudDrive\a.casefile"), system).service == "iCloud"
    assert whereabouts(Path(r"C:\Users\Ann\Documents\a.casefile"), system) == LOCAL


def test_cloud_storage_on_macos(tmp_path: Path) -> None:
    clouds = tmp_path / "Library" / "CloudStorage"
    for name in ("GoogleDrive-ann@example.org", "OneDrive-Ministry", "Box-Box"):
        (clouds / name).mkdir(parents=True)
    system = System("darwin", tmp_path)
    services = [whereabouts(folder / "a.casefile", system).service for folder in sorted(clouds.iterdir())]
    assert services == ["Box", "Google Drive", "OneDrive"]
    assert whereabouts(tmp_path / "Library" / "Mobile Documents" / "a.casefile", system).service == "iCloud"


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / ".stfolder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "shared")
    assert whereabouts(tmp_path / "link" / "a.casefile", linux(tmp_path, "")).service == "Syncthing"


def test_this_computer_is_asked() -> None:
    assert whereabouts(Path(__file__)).kind in PlaceKind

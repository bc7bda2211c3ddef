"""What a damaged or hostile zip makes its reader raise: one list for every door a zip comes in by."""

from __future__ import annotations

import struct
import zipfile
import zlib

DAMAGED_ON_DISK: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,  # a member that is not there
    NotImplementedError,  # a compression the standard library has not
    RuntimeError,  # a password is asked for
    ValueError,
)
"""An OSError is the disk's own, as when it is full."""
DAMAGED: tuple[type[Exception], ...] = (*DAMAGED_ON_DISK, OSError)
"""The same for a zip in memory, of which a place outside is an OSError."""

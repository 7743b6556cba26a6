"""Compiled templates, kept from build to build, sealed: Python would run damaged code."""

import hashlib
import os
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_SEAL_BYTES = 16


class CompiledTemplates(BytecodeCache):
    """A file a template. ``recipe`` says what they are compiled with, besides their source."""

    def __init__(self, folder: Path, recipe: bytes) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._recipe = folder, recipe

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template, if it is there as it was kept, by a build like this one."""
        try:
            sealed = (self._folder / bucket.key).read_bytes()
        except OSError:
            return
        code = sealed[_SEAL_BYTES:]
        if sealed[:_SEAL_BYTES] == self._seal(code):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template: it stands there whole, or not at all."""
        code, kept = bucket.bytecode_to_string(), self._folder / bucket.key
        unfinished = kept.with_name(f".{kept.name}.{os.getpid()}.part")
        unfinished.write_bytes(self._seal(code) + code)
        unfinished.replace(kept)

    def _seal(self, code: bytes) -> bytes:
        return hashlib.blake2b(code, digest_size=_SEAL_BYTES, key=self._recipe).digest()

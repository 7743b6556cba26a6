"""The engine's client passes on what goes wrong, and does not wait for an engine that died."""

import asyncio
from pathlib import Path

import pytest
from pagefind.index import IndexConfig

from plugins.search.engine import Engine, EngineError


def test_a_record_that_the_engine_refuses_is_an_error(tmp_path: Path) -> None:
    async def index() -> None:
        async with Engine() as engine:
            index = await engine.create_index(IndexConfig(output_path=str(tmp_path)))
            await index.add_custom_record(url="/", content="", language="fr", filters={"a": 5})

    with pytest.raises(EngineError, match="expected a sequence"):
        asyncio.run(index())


def test_an_engine_that_dies_is_an_error_at_once(tmp_path: Path) -> None:
    async def index() -> None:
        async with Engine() as engine:
            index = await engine.create_index(IndexConfig(output_path=str(tmp_path)))
            engine._backend.kill()
            await index.add_custom_record(url="/", content="", language="fr")

    with pytest.raises(EngineError, match="Pagefind ended"):
        asyncio.run(asyncio.wait_for(index(), 60))

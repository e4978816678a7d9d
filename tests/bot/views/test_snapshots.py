"""What every view looks like, one file each, as JSON that Block Kit Builder takes."""

import re
from typing import Any

import pytest
from syrupy.extensions.json import JSONSnapshotExtension

from tests.bot.views import every


def _pictures() -> dict[str, Any]:
    messages = {
        name: {"text": message.text, "blocks": message.blocks}
        for name, message in every.messages().items()
    }
    shown = {**messages, **every.modal_views(), **every.homes()}
    return {re.sub(r"\W+", "-", name).lower(): picture for name, picture in shown.items()}


PICTURES = _pictures()


@pytest.mark.parametrize("name", PICTURES)
def test_it_looks_as_pictured(name, snapshot):
    assert snapshot(extension_class=JSONSnapshotExtension) == PICTURES[name]

from __future__ import annotations

import json
from pathlib import Path

import pytest

from healthlint.medicines.formulary import Formulary
from healthlint.medicines.loader import compile_folder

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="session")
def formulary() -> Formulary:
    """The shipped records, by way of JSON as they ship."""
    data = compile_folder(RULES / "medicines", RULES / "conditions")
    return Formulary.from_data(json.loads(json.dumps(data)))

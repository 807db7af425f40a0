"""Licenses as people spell them: what is certain is recognized, and nothing else."""

import pytest

from app.domain.agreement import contradictions
from app.domain.licenses import license_properties, spdx_of
from app.domain.licensing.spellings import SPELLINGS, simplified

CERTAIN = {
    "Apache License, Version 2.0": "Apache-2.0",
    "apache-2.0": "Apache-2.0",
    "MIT License": "MIT",
    "the MIT licence": "MIT",
    "GPL v2": "GPL-2.0-only",
    "GPL": "GPL-1.0-or-later",
    "CC-BY-NC 4.0": "CC-BY-NC-4.0",
    "CC by-NC-SA 4.0": "CC-BY-NC-SA-4.0",
    "cc-by-nc-nd-3.0": "CC-BY-NC-ND-3.0",
    "Creative Commons Attribution-NonCommercial 4.0 International": "CC-BY-NC-4.0",
    "Creative Commons Attribution Share-Alike 3.0 Unported": "CC-BY-SA-3.0",
    "CC BY NC 4.0 (model weights)": "CC-BY-NC-4.0",
    "CC0": "CC0-1.0",
    "ODC-BY": "ODC-By-1.0",
    "BigScience RAIL v1.0": "LicenseRef-BigScience-BLOOM-RAIL-1.0",
    "BigCode Open RAIL-M v1.0": "LicenseRef-BigCode-OpenRAIL-M",
    "Open Rail++": "LicenseRef-OpenRAIL-PlusPlus",
    "LLaMA2": "LicenseRef-Llama-2",
    "Llama 3.1 Community License Agreement": "LicenseRef-Llama-3.1",
    "LicenseRef-Harbor-Lane": "LicenseRef-Harbor-Lane",
    "MIT OR LicenseRef-Harbor-Lane": "MIT OR LicenseRef-Harbor-Lane",
    "DocumentRef-x:LicenseRef-y": "DocumentRef-x:LicenseRef-y",
    "apache 2 or MIT": "Apache-2.0 OR MIT",
    "MIT license and CC BY 4.0": "MIT AND CC-BY-4.0",
    "GPL-2.0 WITH Classpath-exception-2.0": "GPL-2.0-only WITH Classpath-exception-2.0",
}
# Of a family that has several versions only the family is certain.
FAMILIES = {
    "CC BY": "LicenseRef-CC-BY",
    "cc-by-nc-sa": "LicenseRef-CC-BY-NC-SA",
    "BSD": "LicenseRef-BSD",
    "Apache": "LicenseRef-Apache-unversioned",
}
UNCERTAIN = (
    *("", "unknown", "unknkown", "none", "custom", "other", "cc", "Apple", "Tongyi Qianwen", "Modified MIT License"),
    *("MIT or custom", "or", "MIT or ", "MIT AND (", "MIT WITH nonsense", "mC4, OSCAR", "Noncommercial Use License"),
    *("LLaMa License (model weights), GPLv3 (code)", "none (model weights), BSD-3-Clause (code)", "MIT (code)"),
    *("cc sa", "CC BY-ND-SA 4.0", "CC BY 9.0", "LicenseRef-x y", "whatever we agreed on by phone"),
)


@pytest.mark.parametrize(("declared", "spdx"), [*CERTAIN.items(), *FAMILIES.items()])
def test_what_is_certain_is_recognized(declared: str, spdx: str) -> None:
    assert spdx_of(declared) == spdx


@pytest.mark.parametrize("declared", UNCERTAIN)
def test_what_could_be_something_else_is_not_recognized(declared: str) -> None:
    assert spdx_of(declared) is None


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_as_simple_as_what_it_is_compared_with(spelling: str) -> None:
    assert simplified(spelling) == spelling
    assert spdx_of(spelling) == SPELLINGS[spelling]


@pytest.mark.parametrize("spdx", sorted({*SPELLINGS.values(), *CERTAIN.values(), *FAMILIES.values()}))
def test_what_a_license_was_recognized_as_is_recognized_as_itself(spdx: str) -> None:
    assert spdx_of(spdx) == spdx


def test_that_more_is_recognized_now_than_before_contradicts_nothing() -> None:
    held = {"licenseDeclared": "Llama 3.3 Community License Agreement"}
    assert contradictions("DatasetVersion", license_properties("Llama 3.3 Community License Agreement"), held) == []
    assert contradictions("DatasetVersion", license_properties("MIT"), held) == ["licenseDeclared"]

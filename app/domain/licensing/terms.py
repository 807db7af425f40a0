"""What each license asks for, and where that is said.

Three layers: a family whose ids tell it (Creative Commons, the GPL), a table of what was read in the texts, and for the
other licenses of SPDX their category in ScanCode's LicenseDB, where that says enough. What none of them tells is not
described: nobody may conclude that nothing is asked for. None of it is legal advice.
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from license_expression import get_license_index

from app.domain.vocabulary import LicenseObligationKind, ShareAlikeScope

Kinds = Set[LicenseObligationKind]

ATTRIBUTION = LicenseObligationKind.ATTRIBUTION
SHARE_ALIKE = LicenseObligationKind.SHARE_ALIKE
USE_RESTRICTIONS = LicenseObligationKind.USE_RESTRICTIONS
NON_COMMERCIAL = LicenseObligationKind.NON_COMMERCIAL
NO_DERIVATIVES = LicenseObligationKind.NO_DERIVATIVES
PROPRIETARY = LicenseObligationKind.PROPRIETARY
PART, WORK, NETWORK = ShareAlikeScope.PART, ShareAlikeScope.WORK, ShareAlikeScope.NETWORK

SPDX = "https://spdx.org/licenses/{}.html"
LICENSE_DB = "https://scancode-licensedb.aboutcode.org/{}.html"
HUGGING_FACE = "https://huggingface.co/{}"


@dataclass(frozen=True)
class Terms:
    """What a license asks for, how far the same terms have to be given if they have to, and where that is said."""

    kinds: Kinds = frozenset()
    scope: ShareAlikeScope | None = None
    basis: str | None = None


def asks(*kinds: LicenseObligationKind, of: str | None = None, scope: ShareAlikeScope | None = None) -> Terms:
    """Terms that are said at an address."""
    return Terms(frozenset(kinds), scope, of)


ALL_OF_CREATIVE_COMMONS = "https://creativecommons.org/share-your-work/cclicenses/"
CREATIVE_COMMONS = re.compile(r"(?:LicenseRef-)?CC-(BY(?:-NC)?(?:-ND|-SA)?)(?:-.+)?")
ASKED_BY: Mapping[str, LicenseObligationKind] = {
    "BY": ATTRIBUTION,
    "NC": NON_COMMERCIAL,
    "ND": NO_DERIVATIVES,
    "SA": SHARE_ALIKE,
}
GNU = re.compile(r"(AGPL|LGPL|GPL|GFDL)-.+")
REACH: Mapping[str, ShareAlikeScope] = {"AGPL": NETWORK, "GPL": WORK, "LGPL": PART, "GFDL": WORK}

FREE = ("0BSD", "CC0-1.0", "MIT-0", "PDDL-1.0", "Unlicense", "WTFPL", "LicenseRef-public-domain")
# By these the same terms are to be given to those, too, who use it over a network.
OVER_NETWORKS = ("APSL-2.0", "CAL-1.0", "CPAL-1.0", "EUPL-1.1", "EUPL-1.2", "OSL-3.0", "RPL-1.5", "SSPL-1.0")
WHOLE_WORKS = ("ODbL-1.0", "OFL-1.1")
RAIL: Mapping[str, str] = {
    "LicenseRef-OpenRAIL": "https://www.licenses.ai",
    "LicenseRef-OpenRAIL-PlusPlus": HUGGING_FACE.format("stabilityai/stable-diffusion-xl-base-1.0"),
    "LicenseRef-CreativeML-OpenRAIL-M": HUGGING_FACE.format("spaces/CompVis/stable-diffusion-license"),
    "LicenseRef-BigScience-OpenRAIL-M": LICENSE_DB.format("bigscience-open-rail-m"),
    "LicenseRef-BigScience-BLOOM-RAIL-1.0": LICENSE_DB.format("bigscience-rail-1.0"),
    "LicenseRef-BigCode-OpenRAIL-M": LICENSE_DB.format("bigcode-open-rail-m-v1"),
}
COMMUNITY: Mapping[str, str] = {
    "LicenseRef-Llama-2": LICENSE_DB.format("llama-2-license-2023"),
    "LicenseRef-Llama-3": "https://www.llama.com/llama3/license/",
    "LicenseRef-Llama-3.1": LICENSE_DB.format("llama-3.1-license-2024"),
    "LicenseRef-Llama-3.2": LICENSE_DB.format("llama-3.2-license-2024"),
    "LicenseRef-Llama-3.3": LICENSE_DB.format("llama-3.3-license-2024"),
    "LicenseRef-Llama-4": LICENSE_DB.format("llama-4-license-2025"),
    "LicenseRef-Gemma": LICENSE_DB.format("gemma-tou-2024-04-01"),
    "LicenseRef-Databricks-Open-Model": "https://www.databricks.com/legal/open-model-license",
    "LicenseRef-Stability-AI-Community": LICENSE_DB.format("stability-ai-community-2024"),
}
RESEARCH: Mapping[str, str] = {
    "LicenseRef-GLM-130B": "https://github.com/THUDM/GLM-130B/blob/main/MODEL_LICENSE",
    "LicenseRef-Mistral-AI-Non-Production": "https://mistral.ai/licenses/MNPL-0.1.md",
    "LicenseRef-Mistral-AI-Research": "https://mistral.ai/licenses/MRL-0.1.md",
    "LicenseRef-OPT-175B": "https://github.com/facebookresearch/metaseq/blob/main/projects/OPT/MODEL_LICENSE.md",
    "LicenseRef-Stability-AI-NC-Research-Community": LICENSE_DB.format("stability-ai-nc-2023-12-06"),
}
TABLE: Mapping[str, Terms] = {
    **{id: asks(of=None if id.startswith("LicenseRef") else SPDX.format(id)) for id in FREE},
    **{id: asks(ATTRIBUTION, SHARE_ALIKE, scope=NETWORK, of=SPDX.format(id)) for id in OVER_NETWORKS},
    **{id: asks(ATTRIBUTION, SHARE_ALIKE, scope=WORK, of=SPDX.format(id)) for id in WHOLE_WORKS},
    **{id: asks(ATTRIBUTION, USE_RESTRICTIONS, of=url) for id, url in {**RAIL, **COMMUNITY}.items()},
    **{id: asks(ATTRIBUTION, USE_RESTRICTIONS, NON_COMMERCIAL, of=url) for id, url in RESEARCH.items()},
    "JSON": asks(ATTRIBUTION, USE_RESTRICTIONS, of=SPDX.format("JSON")),
    "C-UDA-1.0": asks(ATTRIBUTION, USE_RESTRICTIONS, of=SPDX.format("C-UDA-1.0")),
    "Elastic-2.0": asks(ATTRIBUTION, USE_RESTRICTIONS, of=SPDX.format("Elastic-2.0")),
    "PolyForm-Noncommercial-1.0.0": asks(ATTRIBUTION, NON_COMMERCIAL, of=SPDX.format("PolyForm-Noncommercial-1.0.0")),
    "LicenseRef-Apache-unversioned": asks(ATTRIBUTION, of="https://www.apache.org/licenses/"),
    "LicenseRef-BSD": asks(ATTRIBUTION, of="https://spdx.org/licenses/"),
    "LicenseRef-proprietary": asks(PROPRIETARY),
}
# What a category of the LicenseDB says. The other categories say too little.
CATEGORIES: Mapping[str, Terms] = {
    "Public Domain": asks(),
    "Permissive": asks(ATTRIBUTION),
    "Copyleft Limited": asks(ATTRIBUTION, SHARE_ALIKE, scope=PART),
    "Copyleft": asks(ATTRIBUTION, SHARE_ALIKE, scope=WORK),
    "Commercial": asks(PROPRIETARY),
}


def terms_of(license: str) -> Terms | None:
    """What a single license of SPDX, or a LicenseRef, asks for; None when that is not described."""
    id = license.removesuffix("+")  # what holds of a version is taken to hold of those after it
    return TABLE.get(id) or of_creative_commons(id) or of_gnu(id) or of_category(id)


def of_creative_commons(id: str) -> Terms | None:
    found = CREATIVE_COMMONS.fullmatch(id)
    if found is None:
        return None
    kinds = [ASKED_BY[part] for part in found[1].split("-")]
    url = ALL_OF_CREATIVE_COMMONS if id.startswith("LicenseRef") else SPDX.format(id)
    return asks(*kinds, scope=WORK if SHARE_ALIKE in kinds else None, of=url)


def of_gnu(id: str) -> Terms | None:
    found = GNU.fullmatch(id)
    return asks(ATTRIBUTION, SHARE_ALIKE, scope=REACH[found[1]], of=SPDX.format(id)) if found else None


def of_category(id: str) -> Terms | None:
    entry = catalog().get(id.lower())
    terms = CATEGORIES.get(entry["category"]) if entry else None
    return Terms(terms.kinds, terms.scope, LICENSE_DB.format(entry["license_key"])) if entry and terms else None


@cache
def catalog() -> Mapping[str, Mapping[str, Any]]:
    """The entries of ScanCode's LicenseDB by their SPDX ids in lower case."""
    entries: list[dict[str, Any]] = get_license_index()
    return {
        id.lower(): entry
        for entry in entries
        for id in (*entry["other_spdx_license_keys"], entry["spdx_license_key"])
        if id and not entry["is_exception"]
    }

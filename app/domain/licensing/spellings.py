"""How people spell licenses, and what they certainly mean by it. What might mean two things is not here.

Texts are compared without case, punctuation and words that say nothing: `MIT License` and `the mit licence` are one.
A family without a version is a LicenseRef of its own, as its versions differ; but where a license says itself that
without a version any of them may be chosen, that is what is meant.
"""

import re
from collections.abc import Mapping

# Nobody says which license by these.
NO_LICENSE = frozenset(
    {*("", "unknown", "none", "n/a", "na", "other", "noassertion", "custom", "cc", "tbd", "see", "not specified")}
)

SOFTWARE: Mapping[str, str] = {
    "apache": "LicenseRef-Apache-unversioned",
    "apache 1.1": "Apache-1.1",
    "apache 2": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache2": "Apache-2.0",
    "apache2.0": "Apache-2.0",
    "asl 2.0": "Apache-2.0",
    "mit": "MIT",
    "expat": "MIT",
    "isc": "ISC",
    "zlib": "Zlib",
    "boost": "BSL-1.0",
    "boost 1.0": "BSL-1.0",
    "boost software 1.0": "BSL-1.0",
    "bsd": "LicenseRef-BSD",
    "new bsd": "BSD-3-Clause",
    "modified bsd": "BSD-3-Clause",
    "bsd 3 clause": "BSD-3-Clause",
    "3 clause bsd": "BSD-3-Clause",
    "bsd 3": "BSD-3-Clause",
    "bsd 2 clause": "BSD-2-Clause",
    "2 clause bsd": "BSD-2-Clause",
    "simplified bsd": "BSD-2-Clause",
    "gpl": "GPL-1.0-or-later",
    "gpl 2": "GPL-2.0-only",
    "gpl 2.0": "GPL-2.0-only",
    "gplv2": "GPL-2.0-only",
    "gpl 3": "GPL-3.0-only",
    "gpl 3.0": "GPL-3.0-only",
    "gplv3": "GPL-3.0-only",
    "gnu gplv3": "GPL-3.0-only",
    "gnu gpl 3": "GPL-3.0-only",
    "gnu general public 3.0": "GPL-3.0-only",
    "lgpl": "LGPL-2.0-or-later",
    "lgpl 2.1": "LGPL-2.1-only",
    "lgpl 3": "LGPL-3.0-only",
    "lgpl 3.0": "LGPL-3.0-only",
    "lgplv3": "LGPL-3.0-only",
    "agpl 3": "AGPL-3.0-only",
    "agpl 3.0": "AGPL-3.0-only",
    "agplv3": "AGPL-3.0-only",
    "gfdl": "GFDL-1.1-or-later",
    "mpl 2": "MPL-2.0",
    "mpl 2.0": "MPL-2.0",
    "mozilla public 2.0": "MPL-2.0",
    "eclipse public 2.0": "EPL-2.0",
    "eupl 1.2": "EUPL-1.2",
    "unlicense": "Unlicense",
    "wtfpl": "WTFPL",
    "public domain": "LicenseRef-public-domain",
    "proprietary": "LicenseRef-proprietary",
}

DATA: Mapping[str, str] = {
    "cc0": "CC0-1.0",
    "cc0 1.0": "CC0-1.0",
    "cc0 1.0 universal": "CC0-1.0",
    "cc zero": "CC0-1.0",
    "odc by": "ODC-By-1.0",
    "odc by 1.0": "ODC-By-1.0",
    "odbl": "ODbL-1.0",
    "odbl 1.0": "ODbL-1.0",
    "pddl": "PDDL-1.0",
    "c uda": "C-UDA-1.0",
}

MODELS: Mapping[str, str] = {
    "openrail": "LicenseRef-OpenRAIL",
    "open rail": "LicenseRef-OpenRAIL",
    "openrail++": "LicenseRef-OpenRAIL-PlusPlus",
    "open rail++": "LicenseRef-OpenRAIL-PlusPlus",
    "creativeml openrail m": "LicenseRef-CreativeML-OpenRAIL-M",
    "creativeml open rail m": "LicenseRef-CreativeML-OpenRAIL-M",
    "bigscience openrail m": "LicenseRef-BigScience-OpenRAIL-M",
    "bigscience open rail m": "LicenseRef-BigScience-OpenRAIL-M",
    "bigscience bloom rail 1.0": "LicenseRef-BigScience-BLOOM-RAIL-1.0",
    "bigscience rail 1.0": "LicenseRef-BigScience-BLOOM-RAIL-1.0",
    "bigcode openrail m": "LicenseRef-BigCode-OpenRAIL-M",
    "bigcode open rail m": "LicenseRef-BigCode-OpenRAIL-M",
    "bigcode open rail m 1": "LicenseRef-BigCode-OpenRAIL-M",
    "bigcode open rail m 1.0": "LicenseRef-BigCode-OpenRAIL-M",
    "bigcode openrail m 1": "LicenseRef-BigCode-OpenRAIL-M",
    **{
        spelling.format(version): f"LicenseRef-Llama-{version}"
        for version in ("2", "3", "3.1", "3.2", "3.3", "4")
        for spelling in ("llama{}", "llama {}", "llama {} community", "meta llama {} community")
    },
    "gemma": "LicenseRef-Gemma",
    "gemma terms of use": "LicenseRef-Gemma",
    "stability community": "LicenseRef-Stability-AI-Community",
    "stability ai community": "LicenseRef-Stability-AI-Community",
    "stabilityai non commercial research community": "LicenseRef-Stability-AI-NC-Research-Community",
    "stability ai non commercial research community": "LicenseRef-Stability-AI-NC-Research-Community",
    "databricks open model": "LicenseRef-Databricks-Open-Model",
    "mistral ai non production": "LicenseRef-Mistral-AI-Non-Production",
    "mistral ai research": "LicenseRef-Mistral-AI-Research",
    "opt 175b": "LicenseRef-OPT-175B",
    "glm 130b": "LicenseRef-GLM-130B",
    "ai2 impact": "LicenseRef-AI2-ImpACT",
    "coqui public model": "LicenseRef-CPML",
    "jamba open model": "LicenseRef-Jamba-Open-Model",
    "fair ai public 1.0 sd": "LicenseRef-Fair-AI-Public-1.0-SD",
    "sa 1b dataset research": "LicenseRef-SA-1B-Dataset-Research",
    "opt iml 175b": "LicenseRef-OPT-IML-175B",
    "conceptual captions": "LicenseRef-Conceptual-Captions",
}

SPELLINGS: Mapping[str, str] = {**SOFTWARE, **DATA, **MODELS}

BLANKS = re.compile(r"[\s_,-]+")
SILENT = re.compile(r"\b(the|licen[cs]e|agreement|version)\b")
VERSION = re.compile(r"\bv\.? ?(?=\d)")
# What is said of a thing that it is of itself: the license of a model is that of its weights.
OF_ITSELF = re.compile(r"\((model )?(weights|dataset|data)\)$")

CREATIVE_COMMONS = re.compile(
    r"(?:cc|creative commons) (?P<parts>.+?)(?: (?P<version>\d(?:\.\d)?))?(?: (?:international|unported|generic))?"
)
PARTS: Mapping[str, str] = {
    "by": "BY",
    "attribution": "BY",
    "nc": "NC",
    "noncommercial": "NC",
    "non commercial": "NC",
    "nd": "ND",
    "noderivatives": "ND",
    "noderivs": "ND",
    "no derivatives": "ND",
    "sa": "SA",
    "sharealike": "SA",
    "share alike": "SA",
}
PART = re.compile(rf"(?:{'|'.join(sorted(PARTS, key=len, reverse=True))})(?: |$)")
CC_LICENSES = ("BY", "BY-NC", "BY-NC-ND", "BY-NC-SA", "BY-ND", "BY-SA")
CC_VERSIONS = ("1.0", "2.0", "2.5", "3.0", "4.0")


def simplified(declared: str) -> str:
    """A spelling without what makes no difference."""
    text = OF_ITSELF.sub("", declared.strip().lower())
    text = SILENT.sub(" ", VERSION.sub("", BLANKS.sub(" ", text)))
    return " ".join(text.split())


def creative_commons(simple: str) -> str | None:
    """The Creative Commons license that a simplified spelling means, without its version when none is said."""
    found = CREATIVE_COMMONS.fullmatch(simple)
    name = canonical(found["parts"]) if found else None
    if found is None or name is None:
        return None
    if found["version"] is None:
        return f"LicenseRef-CC-{name}"
    version = found["version"] if "." in found["version"] else f"{found['version']}.0"
    return f"CC-{name}-{version}" if version in CC_VERSIONS else None


def canonical(parts: str) -> str | None:
    """BY-NC-SA, of `attribution noncommercial sharealike`; None, when these are no license together."""
    said = PART.findall(f"{parts}")
    if "".join(said) != parts:
        return None
    names = {PARTS[each.strip()] for each in said}
    name = "-".join(part for part in ("BY", "NC", "ND", "SA") if part in names)
    return name if name in CC_LICENSES else None

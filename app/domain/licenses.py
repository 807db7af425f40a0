"""Licenses: as they were declared, word for word, and as the SPDX expression that they mean."""

import re
from functools import cache

from license_expression import ExpressionError, ExpressionParseError, Licensing, get_spdx_licensing

MESSY = {
    "apache": "Apache-2.0",
    "apache 2": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license version 2.0": "Apache-2.0",
    "apache v2": "Apache-2.0",
    "apache2": "Apache-2.0",
    "asl 2.0": "Apache-2.0",
    "mit license": "MIT",
    "the mit license": "MIT",
    "expat": "MIT",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "new bsd": "BSD-3-Clause",
    "bsd 3 clause": "BSD-3-Clause",
    "bsd 3": "BSD-3-Clause",
    "bsd 2 clause": "BSD-2-Clause",
    "simplified bsd": "BSD-2-Clause",
    "gpl": "GPL-3.0-or-later",
    "gpl 2": "GPL-2.0-only",
    "gpl 2.0": "GPL-2.0-only",
    "gpl v2": "GPL-2.0-only",
    "gplv2": "GPL-2.0-only",
    "gpl 3": "GPL-3.0-only",
    "gpl 3.0": "GPL-3.0-only",
    "gpl v3": "GPL-3.0-only",
    "gplv3": "GPL-3.0-only",
    "gnu gplv3": "GPL-3.0-only",
    "lgpl 3.0": "LGPL-3.0-only",
    "lgplv3": "LGPL-3.0-only",
    "agpl 3.0": "AGPL-3.0-only",
    "agplv3": "AGPL-3.0-only",
    "mpl 2.0": "MPL-2.0",
    "mozilla public license 2.0": "MPL-2.0",
    "cc0": "CC0-1.0",
    "cc0 1.0": "CC0-1.0",
    "public domain": "LicenseRef-public-domain",
    "cc by": "CC-BY-4.0",
    "cc by 4": "CC-BY-4.0",
    "cc by 3.0": "CC-BY-3.0",
    "cc by 4.0": "CC-BY-4.0",
    "cc by sa": "CC-BY-SA-4.0",
    "cc by sa 3.0": "CC-BY-SA-3.0",
    "cc by sa 4.0": "CC-BY-SA-4.0",
    "cc by nc": "CC-BY-NC-4.0",
    "cc by nc 4.0": "CC-BY-NC-4.0",
    "cc by nc sa": "CC-BY-NC-SA-4.0",
    "cc by nc sa 4.0": "CC-BY-NC-SA-4.0",
    "cc by nd 4.0": "CC-BY-ND-4.0",
    "cc by nc nd 4.0": "CC-BY-NC-ND-4.0",
    "creative commons attribution 4.0": "CC-BY-4.0",
    "unlicense": "Unlicense",
    "openrail": "LicenseRef-OpenRAIL",
    "openrail++": "LicenseRef-OpenRAIL-PlusPlus",
    "creativeml openrail m": "LicenseRef-CreativeML-OpenRAIL-M",
    "bigscience openrail m": "LicenseRef-BigScience-OpenRAIL-M",
    "bigscience bloom rail 1.0": "LicenseRef-BigScience-BLOOM-RAIL-1.0",
    "bigcode openrail m": "LicenseRef-BigCode-OpenRAIL-M",
    "llama2": "LicenseRef-Llama-2",
    "llama 2": "LicenseRef-Llama-2",
    "llama 2 community license": "LicenseRef-Llama-2",
    "llama3": "LicenseRef-Llama-3",
    "llama 3": "LicenseRef-Llama-3",
    "gemma": "LicenseRef-Gemma",
    "proprietary": "LicenseRef-proprietary",
}
BLANKS = re.compile(r"[\s_,-]+")
NO_LICENSE = frozenset({"", "unknown", "none", "n/a", "other", "noassertion", "custom"})


@cache
def licensing() -> Licensing:
    return get_spdx_licensing()


def spdx_of(declared: str) -> str | None:
    """The SPDX expression that a declared license means, None when it cannot be recognized."""
    text = declared.strip()
    simple = BLANKS.sub(" ", text.lower()).strip()
    if simple in NO_LICENSE:
        return None
    if simple in MESSY:
        return MESSY[simple]
    try:
        expression = licensing().parse(text, validate=True, strict=False)
    except (ExpressionError, ExpressionParseError):
        return None
    return str(expression.render()) if expression is not None else None


def license_properties(declared: str | None, url: str | None = None) -> dict[str, str | None]:
    """The license as properties of what it covers."""
    if declared is None:
        return {}
    return {"licenseDeclared": declared, "licenseSpdx": spdx_of(declared), "licenseUrl": url}

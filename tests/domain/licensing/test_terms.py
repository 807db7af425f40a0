"""What single licenses and expressions ask for."""

import pytest

from app.domain.licensing.expressions import Asked, asked_by, rank
from app.domain.licensing.spellings import SPELLINGS
from app.domain.licensing.terms import TABLE, terms_of
from app.domain.vocabulary import LicenseObligationKind

# a: attribution, s: share-alike, u: use restrictions, n: non-commercial, d: no derivatives, p: proprietary, ?: unknown
LETTERS = {
    "a": LicenseObligationKind.ATTRIBUTION,
    "s": LicenseObligationKind.SHARE_ALIKE,
    "u": LicenseObligationKind.USE_RESTRICTIONS,
    "n": LicenseObligationKind.NON_COMMERCIAL,
    "d": LicenseObligationKind.NO_DERIVATIVES,
    "p": LicenseObligationKind.PROPRIETARY,
    "?": LicenseObligationKind.UNKNOWN,
}
ASKED = {
    "MIT": ("a", None),
    "Apache-2.0": ("a", None),
    "BSD-3-Clause": ("a", None),
    "CC0-1.0": ("", None),
    "Unlicense": ("", None),
    "0BSD": ("", None),
    "PDDL-1.0": ("", None),
    "CC-BY-4.0": ("a", None),
    "CC-BY-SA-4.0": ("as", "WORK"),
    "CC-BY-SA-3.0-DE": ("as", "WORK"),
    "CC-BY-NC-4.0": ("an", None),
    "CC-BY-NC-SA-4.0": ("asn", "WORK"),
    "CC-BY-ND-4.0": ("ad", None),
    "CC-BY-NC-ND-4.0": ("and", None),
    "LicenseRef-CC-BY-NC": ("an", None),
    "GPL-3.0-only": ("as", "WORK"),
    "AGPL-3.0-or-later": ("as", "NETWORK"),
    "LGPL-2.1-only": ("as", "PART"),
    "MPL-2.0": ("as", "PART"),
    "EUPL-1.2": ("as", "NETWORK"),
    "ODbL-1.0": ("as", "WORK"),
    "ODC-By-1.0": ("a", None),
    "LicenseRef-Llama-3.1": ("au", None),
    "LicenseRef-CreativeML-OpenRAIL-M": ("au", None),
    "LicenseRef-OPT-175B": ("aun", None),
    "LicenseRef-proprietary": ("p", None),
    "LicenseRef-AI2-ImpACT": ("?", None),
    "LicenseRef-Harbor-Lane": ("?", None),
    "BUSL-1.1": ("?", None),
    "MIT AND CC-BY-NC-4.0": ("an", None),
    "MPL-2.0 AND GPL-3.0-only": ("as", "WORK"),
    "MIT AND LicenseRef-Harbor-Lane": ("a?", None),
}


def kinds(letters: str) -> frozenset[LicenseObligationKind]:
    return frozenset(LETTERS[letter] for letter in letters)


@pytest.mark.parametrize(("expression", "letters", "scope"), [(e, *asked) for e, asked in ASKED.items()])
def test_what_an_expression_asks_for(expression: str, letters: str, scope: str | None) -> None:
    asked = asked_by(expression)
    assert (asked.kinds, asked.scope, asked.chosen) == (kinds(letters), scope, expression)


@pytest.mark.parametrize(
    ("expression", "chosen"),
    [
        ("GPL-3.0-only OR MIT", "MIT"),
        ("CC-BY-NC-4.0 OR GPL-3.0-only", "GPL-3.0-only"),
        ("AGPL-3.0-only OR GPL-3.0-only", "GPL-3.0-only"),
        ("MIT OR Apache-2.0", "MIT"),  # of equals the first
        ("LicenseRef-Harbor-Lane OR CC-BY-NC-ND-4.0", "CC-BY-NC-ND-4.0"),
        ("Apache-2.0 AND (GPL-2.0-only OR MIT)", "Apache-2.0 AND MIT"),
        ("GPL-2.0-only OR GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
    ],
)
def test_of_alternatives_the_one_is_chosen_that_asks_for_less(expression: str, chosen: str) -> None:
    asked = asked_by(expression)
    assert asked.chosen == chosen
    assert asked.kinds == asked_by(chosen).kinds


def test_an_exception_is_named_and_takes_nothing_away() -> None:
    url = "https://spdx.org/licenses/GPL-2.0-only.html"
    expression = "GPL-2.0-only WITH Classpath-exception-2.0"
    assert asked_by(expression) == Asked(
        kinds("as"), expression, asked_by("GPL-2.0-only").scope, ("Classpath-exception-2.0",), (url,)
    )


def test_every_description_says_where_it_is_from_unless_there_is_no_text() -> None:
    textless = {"LicenseRef-public-domain", "LicenseRef-proprietary"}
    assert {id for id, terms in TABLE.items() if terms.basis is None} == textless
    assert asked_by("MIT AND CC-BY-4.0").bases == (
        "https://scancode-licensedb.aboutcode.org/mit.html",
        "https://spdx.org/licenses/CC-BY-4.0.html",
    )


def test_each_license_of_the_table_is_one_that_somebody_can_declare() -> None:
    own = {id for id in TABLE if id.startswith("LicenseRef-")}
    assert own - set(SPELLINGS.values()) == set()
    assert [id for id in TABLE if terms_of(id) is None] == []


def test_what_is_unknown_is_more_restrictive_than_all_that_is_known() -> None:
    assert max(LicenseObligationKind, key=rank) is LicenseObligationKind.UNKNOWN
    assert min(LicenseObligationKind, key=rank) is LicenseObligationKind.ATTRIBUTION

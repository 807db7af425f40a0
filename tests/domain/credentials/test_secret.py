"""The secrets that the registry makes."""

import re

import pytest

from app.domain.credentials.secret import FORM, SecretKind, new_secret, read_secret, to_base_62


@pytest.mark.parametrize("kind", SecretKind)
def test_a_secret_is_recognized_at_sight(kind: SecretKind) -> None:
    secret = new_secret(kind)
    assert re.fullmatch(r"pdg_[tsl][0-9A-Za-z]{49}", secret.text)
    assert read_secret(secret.text) == secret


def test_no_secret_is_made_twice() -> None:
    assert len({new_secret(SecretKind.TOKEN).text for _ in range(1_000)}) == 1_000


def test_every_typo_is_noticed() -> None:
    text = new_secret(SecretKind.TOKEN).text
    for place in range(4, len(text)):
        typo = text[:place] + ("a" if text[place] != "a" else "b") + text[place + 1 :]
        assert read_secret(typo) is None, place


@pytest.mark.parametrize("text", ["", "pdg_", "pdg_t" + "0" * 49, "Bearer", "pdg_x" + "0" * 49, "ü" * 54])
def test_what_is_no_secret_is_told_without_the_database(text: str) -> None:
    assert read_secret(text) is None


def test_a_secret_is_not_shown_where_objects_are() -> None:
    secret = new_secret(SecretKind.TOKEN)
    assert secret.text not in repr(secret)
    assert secret.text not in f"{secret}"


def test_the_digest_tells_nothing_but_whether_a_secret_is_the_same() -> None:
    one, other = new_secret(SecretKind.TOKEN), new_secret(SecretKind.TOKEN)
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", one.digest)
    assert one.is_of(one.digest)
    assert not one.is_of(other.digest)
    assert not one.is_of("")


def test_what_is_shown_of_a_secret_leaves_more_than_200_bits_to_guess() -> None:
    secret = new_secret(SecretKind.TOKEN)
    found = FORM.fullmatch(secret.text)
    assert found is not None
    hidden = found["body"].removeprefix(secret.prefix)
    assert len(hidden) * 5.95 > 200


def test_numbers_have_a_fixed_length_to_the_base_of_62() -> None:
    assert [to_base_62(number, 3) for number in (0, 61, 62, 62**3 - 1)] == ["000", "00z", "010", "zzz"]
    assert len(to_base_62(2**256 - 1, 43)) == 43
    assert 62**43 > 2**256

"""Signed notes are those of others, and heads are checkpoints."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.audit.notes import Head, NotSigned, Signer, Verifier, notes_in

# From the documentation of Go's golang.org/x/mod/sumdb/note.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
NOTE = f"{TEXT}\n\N{EM DASH} PeterNeumann {SIGNATURE}\n"

HEAD = Head("pedigree/x", 57, bytes(range(32)), "2026-03-03T14:00:00.000000Z", f"sha256:{'0' * 64}")


@pytest.fixture
def signer() -> Signer:
    return Signer("pedigree/x", Ed25519PrivateKey.generate())


def test_a_note_that_go_signed_is_opened() -> None:
    assert Verifier.read(PETER).opened(NOTE) == TEXT
    assert str(Verifier.read(PETER)) == PETER


@pytest.mark.parametrize(
    "note",
    [
        "",
        TEXT,
        NOTE.replace("cryptography", "hashing"),
        NOTE.replace("x08go", "x08gp"),
        NOTE.replace("PeterNeumann", "PeterNewman"),
        NOTE.replace(SIGNATURE, "x08go/ZJ"),
        NOTE.replace(SIGNATURE, "!"),
    ],
)
def test_what_was_not_signed_is_not_opened(note: str) -> None:
    with pytest.raises(NotSigned):
        Verifier.read(PETER).opened(note)


def test_what_others_sign_beside_us_does_not_matter(signer: Signer) -> None:
    witness = Signer("witness.example/w", Ed25519PrivateKey.generate())
    note = signer.signed(HEAD.text)
    both = note + witness.signed(HEAD.text).rpartition("\n\n")[2]
    assert signer.verifier.opened(both) == witness.verifier.opened(both) == HEAD.text
    with pytest.raises(NotSigned):
        witness.verifier.opened(note)


@pytest.mark.parametrize("text", ["", "PeterNeumann", "a+b+c", PETER.replace("c74f20a3", "c74f20a4"), PETER[:-4]])
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="this is no"):
        Verifier.read(text)


def test_a_head_is_a_checkpoint() -> None:
    assert HEAD.text == (
        "pedigree/x\n57\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
        f"at 2026-03-03T14:00:00.000000Z\nprevious sha256:{'0' * 64}\n"
    )
    assert Head.of(HEAD.text) == HEAD
    # The example of C2SP's tlog-checkpoint.
    other = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    assert Head.of(other).size == 20_852_163
    assert Head.of(other).text == other
    assert Head.of(f"{other}an extension\n").size == 20_852_163


@pytest.mark.parametrize("text", ["", "x\n", "x\n057\n" + "A" * 43 + "=\n", "x\n57\nAAEC\n", HEAD.text + "\n"])
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="this is no checkpoint"):
        Head.of(text)


def test_many_notes_are_told_apart(signer: Signer) -> None:
    notes = [signer.signed(f"{number}\n") for number in range(3)]
    assert notes_in("\n".join(notes)) == notes
    assert notes_in("".join(notes)) == notes
    with pytest.raises(ValueError, match="signed notes"):
        notes_in("nothing of the kind")
    with pytest.raises(ValueError, match="signed notes"):
        notes_in(f"{notes[0]}\nand more")

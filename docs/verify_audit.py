"""Verifies what `pedigree audit export` wrote, without Pedigree: python verify_audit.py FILE [PUBLIC KEY]"""

import json
import sys
from base64 import b64decode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def opened(verifier: str, note: str) -> str:
    """The text of a signed note. Raises InvalidSignature when this key did not sign it."""
    text, _, signatures = note.rpartition("\n\n")
    signature = b64decode(signatures.split()[2])[4:]
    Ed25519PublicKey.from_public_bytes(b64decode(verifier.split("+", 2)[2])[1:]).verify(signature, f"{text}\n".encode())
    return f"{text}\n"


size, peaks, proven, previous, erased = 0, [], 0, None, 0
for told in map(json.loads, Path(sys.argv[1]).open(encoding="utf-8")):
    if "keys" in told:
        keys = told["keys"]
        assert len(sys.argv) == 2 or keys[0]["verifier"] == sys.argv[2], "another first key"
        for former, key in pairwise(keys):
            introduced = opened(former["verifier"], key["introduction"]).splitlines()
            assert introduced[1:] == [f"seal key {key['number']} from size {key['fromSize']}", key["verifier"]]
    elif "body" in told:
        assert told["sequence"] == size + 1, f"event {size + 1} is missing"
        node, rest = sha256(b"\0" + told["body"].encode()).digest(), size
        while rest & 1:
            node, rest = sha256(b"\1" + peaks.pop() + node).digest(), rest >> 1
        peaks.append(node)
        size += 1
        erased += told["body"].count('{"sealed":"sha256:') - len(told["texts"])
        for place, text in told["texts"].items():
            value = json.loads(told["body"])
            for name in place[1:].split("/"):
                value = value[int(name) if isinstance(value, list) else name]
            assert value["sealed"] == f"sha256:{sha256(text.encode()).hexdigest()}", f"event {size}: {place}"
    else:
        root = peaks[-1]
        for peak in peaks[-2::-1]:
            root = sha256(b"\1" + peak + root).digest()
        key = [key for key in keys if key["fromSize"] < size][-1]
        head = opened(key["verifier"], told["checkpoint"]).splitlines()
        assert (int(head[1]), b64decode(head[2])) == (size, root), f"the head of {size} was signed for other events"
        assert head[4:] == ([f"previous {previous}"] if previous else []), f"the head of {size} follows another one"
        previous, proven = f"sha256:{sha256(told['checkpoint'].encode()).hexdigest()}", size
assert proven == size, f"no head stands for the events after {proven}"
print(f"{size} events are as they were sealed; {erased} of their texts are gone. Keys: {[k['verifier'] for k in keys]}")

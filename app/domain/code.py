"""Where code lives: one repository has one URL, however it was written."""

import re

SCP = re.compile(r"^(?:[\w.-]+@)?(?P<host>[\w.-]+):(?!//)(?P<path>.+)$")
URL = re.compile(r"^(?P<scheme>[a-z+]+)://(?:[^@/]*@)?(?P<host>[^/:]+)(?::\d+)?/(?P<path>.+)$", re.IGNORECASE)
CASE_BLIND = frozenset({"github.com", "gitlab.com", "bitbucket.org", "huggingface.co"})


def normalized_repository(url: str) -> str:
    """`https://host/path` for every way to write a repository's URL; what is no URL stays what it is.

    User names, ports, `.git`, closing slashes and the case of the host are dropped, and the case of the path, too,
    for hosts that do not tell it apart.
    """
    text = url.strip().removeprefix("git+")
    found = URL.match(text) or SCP.match(text)
    if found is None or found.groupdict().get("scheme", "").lower() == "file":
        return text
    host = found["host"].lower().removeprefix("www.")
    path = re.sub(r"/+", "/", found["path"].split("?")[0].split("#")[0]).strip("/").removesuffix(".git").strip("/")
    return f"https://{host}/{path.lower() if host in CASE_BLIND else path}"

"""What proves who asks: tokens, sessions of browsers, links that sign in once, and what issuers say.

Of a secret the graph holds the digest alone.
"""

ADMIN = "admin"  # the user as whom the first one signs in

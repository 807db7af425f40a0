"""Tokens of others: OpenID Connect issuers that the registry trusts, each for what its settings say."""

// Who signs in: tokens, sessions of browsers, links that sign in once, and people as issuers know them.
CREATE CONSTRAINT api_token_digest IF NOT EXISTS FOR (x:ApiToken) REQUIRE (x.digest) IS UNIQUE;
CREATE CONSTRAINT api_token_id IF NOT EXISTS FOR (x:ApiToken) REQUIRE (x.id) IS UNIQUE;
CREATE CONSTRAINT browser_session_digest IF NOT EXISTS FOR (x:BrowserSession) REQUIRE (x.digest) IS UNIQUE;
CREATE CONSTRAINT identity_issuer_subject IF NOT EXISTS FOR (x:Identity) REQUIRE (x.issuer, x.subject) IS UNIQUE;
CREATE CONSTRAINT sign_in_link_digest IF NOT EXISTS FOR (x:SignInLink) REQUIRE (x.digest) IS UNIQUE;
CREATE INDEX api_token_by_actor_id_valid_from_id IF NOT EXISTS FOR (x:ApiToken) ON (x.actorId, x.validFrom, x.id);
CREATE INDEX browser_session_by_expires_at IF NOT EXISTS FOR (x:BrowserSession) ON (x.expiresAt);
CREATE INDEX identity_by_actor_id IF NOT EXISTS FOR (x:Identity) ON (x.actorId);
CREATE INDEX sign_in_link_by_expires_at IF NOT EXISTS FOR (x:SignInLink) ON (x.expiresAt);

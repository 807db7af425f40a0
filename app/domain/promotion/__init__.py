"""Whether a version is let into an environment: what decides, what is kept of it, and the promotion itself."""

"""Reports: what is known of a version, of an application or of an environment, put together as evidence."""

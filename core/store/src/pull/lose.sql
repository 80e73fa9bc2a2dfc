-- The server no longer shows it to us, but a pending command is about it.
UPDATE record SET base = '', version = max(version, ?2) WHERE no = ?1

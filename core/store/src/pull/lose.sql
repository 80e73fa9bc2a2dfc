-- The server no longer shows it to us, but a pending command is about it.
UPDATE record SET base = '', version = 0 WHERE no = ?1

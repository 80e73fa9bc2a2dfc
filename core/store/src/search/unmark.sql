DELETE FROM stale WHERE record = ?1

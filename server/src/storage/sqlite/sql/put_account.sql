INSERT INTO account (id, name, member, password_hash, made, closed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, member = excluded.member, password_hash = excluded.password_hash, closed = excluded.closed

SELECT id, name, member, password_hash, made, closed FROM account WHERE id = ?1

SELECT id, name, member, password_hash, made, closed FROM account ORDER BY name

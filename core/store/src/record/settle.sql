UPDATE record SET body = ?2, base = NULL WHERE no = ?1

UPDATE record SET base = NULL WHERE no = ?1

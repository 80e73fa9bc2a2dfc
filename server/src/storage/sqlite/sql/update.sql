UPDATE record SET version = ?2, owner = ?3, moment = ?4, body = ?5 WHERE no = ?1

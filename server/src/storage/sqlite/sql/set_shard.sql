UPDATE shard SET version = ?2, log_no = ?3, log_hash = ?4 WHERE no = ?1

SELECT envelope, version, refusal FROM log WHERE chain = ?1 AND seq = ?2

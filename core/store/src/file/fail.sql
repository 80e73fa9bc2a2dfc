UPDATE file SET failure = ?2, upload_url = NULL, sent = 0 WHERE sha256 = ?1

UPDATE file SET done = 1, sent = bytes, upload_url = NULL WHERE sha256 = ?1

UPDATE file SET upload_url = ?2, sent = ?3 WHERE sha256 = ?1

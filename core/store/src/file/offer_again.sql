UPDATE file SET done = 0, sent = 0, upload_url = NULL WHERE needed_by IS NOT NULL AND failure IS NULL

-- A server that was set back may have lost them; one that has them says so at the announcement, and no byte is sent twice.
UPDATE file SET done = 0, sent = 0, upload_url = NULL WHERE done AND path IS NOT NULL

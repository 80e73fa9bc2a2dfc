INSERT OR REPLACE INTO time_token (no, issued, boot, mono_ms, mac) VALUES (1, ?1, ?2, ?3, ?4)

INSERT OR REPLACE INTO identity (no, device, member, name, server, server_key, certificate, signing_key)
VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)

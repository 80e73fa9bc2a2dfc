INSERT INTO log (key, chain, seq, version, received, mono_ms, boot, signature, refusal, hash, envelope)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)

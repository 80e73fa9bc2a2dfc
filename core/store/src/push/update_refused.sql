UPDATE refused SET refusal = ?2 WHERE seq = ?1

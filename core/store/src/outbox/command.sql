SELECT envelope, earliest, latest, version, shard, touched, doubt FROM outbox WHERE seq = ?1

-- The shown body and what is indexed by it stay as they are: this is a record that pending commands have written.
UPDATE record SET shard = ?2, version = ?3, base = ?4 WHERE no = ?1

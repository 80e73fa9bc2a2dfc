-- What a device showed before bounds what it says later; of what was shown before this version nothing is known.
ALTER TABLE chain ADD COLUMN floor INTEGER NOT NULL DEFAULT 0;

-- Where nothing is said of a building, a stairwell or a door, it comes before those of which something is.
SELECT id, version, pending, body FROM household
WHERE grid = ?1 AND address >= ?2
    AND (address, coalesce(building, ''), coalesce(unit, ''), coalesce(door, ''), id) > (?2, ?3, ?4, ?5, ?6)
ORDER BY address, coalesce(building, ''), coalesce(unit, ''), coalesce(door, ''), id LIMIT ?7

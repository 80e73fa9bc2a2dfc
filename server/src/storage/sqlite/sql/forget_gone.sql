-- By its name: the planner would rather walk the whole feed by the first half of its key.
DELETE FROM entry INDEXED BY entry_gone WHERE record = ?1 AND feed = ?2 AND present = 0

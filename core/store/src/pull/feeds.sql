SELECT no, shard, feed FROM feed

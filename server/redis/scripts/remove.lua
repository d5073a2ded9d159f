-- Removes all that there is of a space but its last version and what runs have returned, and tells all replicas.
-- ARGV: lane, number, until when, name of the space, replica, number that it wants acknowledged.
-- → { version }
local first = result_of_first()
if first then return first end

-- One that cannot be counted on goes with the space.
local is_next, version = pcall(next_version)
if not is_next then version = whole(now_us) end
redis.call('DEL', meta, values, counts, consumer_counts, requests, journal, sessions)
redis.call('HSET', meta, 'version', version)
keep(meta)
tell_replicas(ARGV[5], ARGV[6], ARGV[4], version, {})
return done({ version })

-- What all scripts of a space begin with. KEYS are all keys of the space (server/redis/space_keys.cpp).
-- A script that changes something has in ARGV[1] the lane of its replica, in ARGV[2] the number of the run,
-- which grows in a lane, and in ARGV[3] until when the replica waits for it ('': for ever), in ms by this server's
-- clock. A run that comes twice, as the first reply was lost, changes nothing the second time. One that comes
-- when its replica has given it up changes nothing at all.
local meta, values, counts, consumer_counts, requests, journal, sessions, seen = unpack(KEYS)

local time = redis.call('TIME')
local now_us = time[1] * 1000000 + time[2]
local day_s = 86400

local function whole(number) return string.format('%.0f', number) end

-- The key of meta goes first, so that what is left of a space whose time has run out is known as such.
local function keep(key) redis.call('EXPIRE', key, key == meta and day_s or day_s + 300) end

-- nil, or what this run returned when it came first.
local function result_of_first()
  local last = redis.pcall('HGET', seen, ARGV[1])
  if type(last) == 'table' then -- something else is there
    redis.call('DEL', seen)
    last = false
  end
  local number, at, result
  if last then number, at, result = cmsgpack.unpack(last) end
  if number == ARGV[2] then return result end
  local is_late = ARGV[3] ~= '' and now_us > tonumber(ARGV[3]) * 1000
  if is_late or number and tonumber(number) > tonumber(ARGV[2]) then
    return redis.error_reply('LATE the replica has given this run up')
  end
end

-- Lanes of replicas that are gone are forgotten after a minute, whenever there are twice as many as were left.
local function forget_old_lanes()
  local most = tonumber(redis.call('HGET', meta, 'lanes') or 1024)
  if redis.call('HLEN', seen) <= most then return end
  local lanes = redis.call('HGETALL', seen)
  local left = 0
  for i = 1, #lanes, 2 do
    local _, at = cmsgpack.unpack(lanes[i + 1])
    if now_us - at > 60000000 then redis.call('HDEL', seen, lanes[i]) else left = left + 1 end
  end
  redis.call('HSET', meta, 'lanes', math.max(1024, 2 * left))
end

local function done(result)
  redis.call('HSET', seen, ARGV[1], cmsgpack.pack(ARGV[2], now_us, result))
  keep(seen)
  return result
end

-- A number of the space that is counted on. What is none, or is beyond what can be counted exactly, ends the run.
local function usable(text, name)
  local number = tonumber(text or '0')
  if not number or number < 0 or number ~= math.floor(number) or number >= 9007199254740992 then
    error('the ' .. name .. ' that the store has of this space cannot be counted on: remove the space', 0)
  end
  return number
end

-- Sets the next version of the space. They grow even when the clock is set back, or the space made anew.
local function next_version()
  local version = whole(math.max(usable(redis.call('HGET', meta, 'version'), 'version') + 1, now_us))
  redis.call('HSET', meta, 'version', version)
  return version
end

-- Before anything is written: makes the space where there is none, and keeps it for another day.
local function use()
  local generation, touched, version = unpack(redis.call('HMGET', meta, 'generation', 'touched', 'version'))
  usable(version, 'version')
  if not generation then
    redis.call('DEL', values, counts, consumer_counts, requests, journal, sessions)
    redis.call('HSET', meta, 'generation', next_version())
  end
  if not touched or now_us - (tonumber(touched) or 0) > 60000000 then
    redis.call('HSET', meta, 'touched', whole(now_us))
    for _, key in ipairs(KEYS) do keep(key) end
    forget_old_lanes()
  end
  keep(meta)
end

-- Keys of single consumers begin with c (server/rules/rule_state.cpp).
local function counts_of(key)
  if string.sub(key, 1, 1) == 'c' then return consumer_counts end
  return counts
end

-- Of more than so many counts, states or requests of consumers some are forgotten: sequences start again.
local most_fields = 100000
local function make_room(key)
  if redis.call('HLEN', key) < most_fields then return end
  redis.call('HDEL', key, unpack(redis.call('HRANDFIELD', key, 1000)))
end

-- A count is "<number>", or "<number> <what was last>".
local function count_at(key)
  local text = redis.call('HGET', counts_of(key), key)
  local number, rest = string.match(text or '', '^(%d+)(.*)$')
  return tonumber(number or 0), rest or ''
end

local function add_to_count(key, last)
  local number, rest = count_at(key)
  if last and last ~= '' then rest = ' ' .. last end
  if number == 0 then make_room(counts_of(key)) end
  redis.call('HSET', counts_of(key), key, whole(number + 1) .. rest)
  keep(counts_of(key))
  return number + 1
end

-- The message is read by server/redis/message.cpp. keys: those of values; none: any may have changed.
local function tell_replicas(replica, number, space, version, keys)
  local parts = {}
  for _, words in ipairs({ { 'changed', replica, number, space, version }, keys }) do
    for _, word in ipairs(words) do parts[#parts + 1] = #word .. ':' .. word end
  end
  redis.call('PUBLISH', 'vm:changed', table.concat(parts))
end

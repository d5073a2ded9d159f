-- A replica is alive. KEYS: vm:replicas. ARGV: its id, its name, the hash of its files, the place that it has
-- ('': none yet), whether it asks who else is alive (1, 0), after how many ms without a word a replica is gone.
-- A place is the lowest number from 0 that no other live replica has.
-- → { place, the server's time in ms of 1970, { id, name, files, place, ms of 1970 when it last spoke, … } }
local replicas = KEYS[1]
local id, place, asks, gone_ms = ARGV[1], tonumber(ARGV[4]), ARGV[5] == '1', tonumber(ARGV[6])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

-- Nothing where it is not what this script writes.
local function read(text)
  local is_read, name, files, its_place, seen = pcall(cmsgpack.unpack, text)
  if not is_read or type(name) ~= 'string' or type(files) ~= 'string' then return end
  if type(its_place) ~= 'number' or its_place < 0 or its_place > 1e9 or its_place ~= math.floor(its_place) then return end
  if type(seen) ~= 'number' or seen ~= seen then return end
  return name, files, its_place, seen
end

local alive = {}
-- One who was taken for gone may have lost the place.
if asks or not place or redis.call('HEXISTS', replicas, id) == 0 then
  local all, taken = redis.call('HGETALL', replicas), {}
  for i = 1, #all, 2 do
    local name, files, its_place, seen = read(all[i + 1])
    if not name or math.abs(now - seen) > gone_ms then
      redis.call('HDEL', replicas, all[i])
    elseif all[i] ~= id then
      taken[its_place] = true
      if asks then
        for _, fact in ipairs({ all[i], name, files, its_place, string.format('%.0f', seen) }) do
          alive[#alive + 1] = fact
        end
      end
    end
  end
  if not place or taken[place] then
    place = 0
    while taken[place] do place = place + 1 end
  end
end
redis.call('HSET', replicas, id, cmsgpack.pack(ARGV[2], ARGV[3], place, now))
redis.call('EXPIRE', replicas, 86400)
return { place, string.format('%.0f', now), alive }

#!lua name=rateguard

-- SPDX-License-Identifier: MIT
-- SPDX-FileCopyrightText: The RateGuard authors
--
-- The decisions, edits and events of RateGuard, inside Redis 7.0 and later, Valkey too.
-- README.md beside this file is the contract; a change here that others can see raises VERSION.

local VERSION = 1

-- Where one decision ends up in an event; mode numbers are event format as well.
local ALLOWED, REJECTED, WOULD_REJECT = 0, 1, 2
local MODES = { enforce = 0, shadow = 1, off = 2 }

local MAX_LIMIT = 1000000
local MAX_WINDOW = 2073600000 -- 24 days in ms: a little less than half of what a 32-bit stamp can tell apart
local MAX_COST = 100000
local MAX_EVENT_KEY = 256 -- bytes of a key that an event carries

local BATCH = 64 -- decisions in one message
local BATCH_US = 50000 -- or what came within 50 ms
local LISTEN_US = 2000000 -- a flush says that somebody listens for the next 2 s
local PROBE_US = 500000 -- and without one we look for subscribers twice a second
local NEVER = 4294967295

-- Redis lends these to running functions only, not while a library loads: bound on first use.
local floor, min, max, abs, format, match, sub, concat, pack
local function bind()
  floor, min, max, abs = math.floor, math.min, math.max, math.abs
  format, match, sub = string.format, string.match, string.sub
  concat, pack = table.concat, struct.pack
end

-- What this library remembers of one partition, by the name of its limits hash. Telemetry and parsed
-- limits only: all of it may vanish at any time without a wrong decision.
local partitions = {}

local function partition(limits_key)
  local p = partitions[limits_key]
  if not p then
    bind()
    p = {
      tag = sub(limits_key, 1, -8), -- without ":limits"
      rules = {}, known = 0,
      parts = {}, filled = 0, count = 0, base = 0,
      seq = 0, epoch = 0, listen_until = 0, probe_at = 0,
    }
    p.events = p.tag .. ':events'
    partitions[limits_key] = p
  end
  return p
end

local function clock()
  local t = redis.call('TIME')
  return t[1] * 1000000 + t[2]
end

local function parse(text)
  local version, mode, algorithm, limit, window = match(text .. ' ', '^(%d+) (%a+) (%a+) (%d+)/(%d+) ')
  if not version or not MODES[mode] or algorithm ~= 'log' then return nil end
  limit, window = tonumber(limit), tonumber(window)
  if limit < 1 or limit > MAX_LIMIT or window < 1 or window > MAX_WINDOW then return nil end
  return { text = text, version = tonumber(version), mode = mode, limit = limit, window = window }
end

-- Parses a limit once for each distinct text.
local function remember(p, policy, text)
  local rule = parse(text)
  if not rule then return nil end
  if not p.rules[policy] then
    p.known = p.known + 1
    if p.known > 1000 then p.rules, p.known = {}, 1 end
  end
  rule.head = pack('>I4I4I4BB', rule.version, rule.limit, rule.window, MODES[rule.mode], #policy) .. policy
  -- ":log:" and ":" stand around the policy in the name of a log.
  rule.key_at = #p.tag + 5 + #policy + 2
  p.rules[policy] = rule
  return rule
end

local function publish(p)
  if p.count == 0 then return 0 end
  p.seq = p.seq + 1
  if p.epoch == 0 then p.epoch = floor(p.base / 1000) % 4294967296 end
  local header = pack('>c2BBI4I4I2I8', 'RG', 1, 0, p.epoch, p.seq, p.count, p.base)
  local count = p.count
  local message = header .. concat(p.parts, '', 1, p.filled)
  p.count, p.filled = 0, 0
  -- A service that may not publish must still get its decision.
  local heard = redis.pcall('PUBLISH', p.events, message)
  if type(heard) == 'number' and heard > 0 then p.listen_until = max(p.listen_until, p.base + LISTEN_US) end
  return count
end

-- What an earlier listener left behind is no news for the next one.
local function drop_stale(p, us)
  if p.count > 0 and abs(us - p.base) > LISTEN_US then p.count, p.filled = 0, 0 end
end

local function report(p, rule, log_key, us, verdict, cost, used, retry)
  if us >= p.listen_until then
    if us < p.probe_at then return end
    p.probe_at = us + PROBE_US
    if (redis.pcall('PUBSUB', 'NUMSUB', p.events)[2] or 0) == 0 then return end
    p.listen_until = us + LISTEN_US
    drop_stale(p, us)
  end
  local key = sub(log_key, rule.key_at)
  if #key > MAX_EVENT_KEY then key = sub(key, 1, 200) .. '~' .. redis.sha1hex(key) end
  if p.count == 0 then p.base = us end
  local n = p.filled
  p.parts[n + 1] = pack('>BI4I4I4I4I2', verdict, max(us - p.base, 0), cost, used, retry, #key)
  p.parts[n + 2] = rule.head
  p.parts[n + 3] = key
  p.filled, p.count = n + 3, p.count + 1
  if p.count >= BATCH or us - p.base >= BATCH_US then publish(p) end
end

-- Stamps are milliseconds modulo 2^32 as a signed number (Redis stores those in 6 bytes). An age goes up to two of
-- the longest windows: an entry was younger than one when the last was made, and the log ends one later. Beyond
-- that, a stamp is from before a clock step backwards of up to a day: younger than now, never ancient.
local function age_of(stamp, ms)
  local age = (ms - stamp) % 4294967296
  if age >= 4208567296 then age = age - 4294967296 end -- 2^32 less a day
  return age
end

-- How many stamps at the old end of a log have left the window: doubling, then halving.
local function expired(log_key, ms, window, length)
  local function gone(i) return age_of(redis.call('LINDEX', log_key, i), ms) >= window end
  if length == 0 or not gone(0) then return 0 end
  local low, high = 0, 1
  while high < length and gone(high) do low, high = high, high * 2 end
  high = min(high, length)
  while high - low > 1 do
    local middle = floor((low + high) / 2)
    if gone(middle) then low = middle else high = middle end
  end
  return high
end

local function admit(log_key, rule, ms, cost)
  local head = redis.call('LINDEX', log_key, 0)
  if head and age_of(head, ms) >= rule.window then
    local n = expired(log_key, ms, rule.window, redis.call('LLEN', log_key))
    redis.call('LTRIM', log_key, n, -1)
    head = redis.call('LINDEX', log_key, 0)
  end
  local stamp = ms % 4294967296
  if stamp >= 2147483648 then stamp = stamp - 4294967296 end
  stamp = format('%d', stamp)
  local used
  if cost == 1 then
    used = redis.call('RPUSH', log_key, stamp)
  else
    local stamps = {}
    for i = 1, min(cost, 1000) do stamps[i] = stamp end
    for first = 1, cost, 1000 do
      used = redis.call('RPUSH', log_key, unpack(stamps, 1, min(1000, cost - first + 1)))
    end
  end
  redis.call('PEXPIRE', log_key, rule.window)
  return used, rule.window - (head and max(age_of(head, ms), 0) or 0)
end

local function new_rule(p, limits_key, policy, default)
  local text = '1 enforce log ' .. default
  local rule = match(default, '^%d+/%d+$') and match(policy, '^[%w._-]+$') and #policy <= 64 and remember(p, policy, text)
  if rule then
    redis.call('HSET', limits_key, policy, text)
    redis.pcall('PUBLISH', p.tag .. ':changes', policy .. ' 1')
  end
  return rule
end

-- KEYS limits, log   ARGV policy [cost [default]]
-- -> {allowed, limit, remaining, retry_after_ms, version, window_ms, reset_after_ms}
local function check(keys, args)
  local limits_key, log_key, policy = keys[1], keys[2], args[1]
  local p = partition(limits_key)
  local cost = tonumber(args[2] or 1)
  if not cost or cost < 1 or cost > MAX_COST or cost ~= floor(cost) then
    return redis.error_reply('BADCOST a cost is a whole number from 1 to ' .. MAX_COST .. ", not '" .. sub(args[2], 1, 80) .. "'")
  end
  local text = redis.call('HGET', limits_key, policy)
  local rule
  if text then
    rule = p.rules[policy]
    if not rule or rule.text ~= text then rule = remember(p, policy, text) end
    if not rule then
      return redis.error_reply("BADLIMIT policy '" .. policy .. "' holds '" .. sub(text, 1, 80)
        .. "', which is no limit that library version " .. VERSION .. " knows; set it again")
    end
  else
    rule = args[3] and new_rule(p, limits_key, policy, args[3])
    if not rule then
      return redis.error_reply("NOLIMIT policy '" .. sub(policy, 1, 80) .. "' has no limit; set one, or pass a default such as 100/60000")
    end
  end
  local us = clock()
  if rule.mode == 'off' then
    report(p, rule, log_key, us, ALLOWED, cost, 0, 0)
    return { 1, rule.limit, rule.limit, 0, rule.version, rule.window, 0 }
  end

  -- The stamp that has to be out of the window before `cost` more fit in it decides alone.
  local ms = floor(us / 1000)
  local limit, window = rule.limit, rule.window
  local blocker = cost <= limit and redis.call('LINDEX', log_key, cost - limit - 1)
  local age = blocker and age_of(blocker, ms)
  if cost <= limit and (not blocker or age >= window) then
    local used, reset = admit(log_key, rule, ms, cost)
    report(p, rule, log_key, us, ALLOWED, cost, used, 0)
    return { 1, limit, max(limit - used, 0), 0, rule.version, window, reset }
  end

  local remaining, retry = 0, blocker and window - age or -1
  if cost > 1 then
    local length = redis.call('LLEN', log_key)
    remaining = max(limit - length + expired(log_key, ms, window, length), 0)
  end
  local shadow = rule.mode == 'shadow'
  report(p, rule, log_key, us, shadow and WOULD_REJECT or REJECTED, cost, limit - remaining, retry < 0 and NEVER or retry)
  return { shadow and 1 or 0, limit, remaining, retry, rule.version, window, retry }
end

-- KEYS limits, audit   ARGV policy, limit/window_ms or '' (keep), mode or '' (keep), expected version or '' (any),
--                           author, reason [, version to go above]
-- -> {'applied', version, new, old, time_us} or {'conflict', version, current, '', time_us}
local function set(keys, args)
  local limits_key, audit_key = keys[1], keys[2]
  local policy, limit, mode, expected, author, reason = unpack(args, 1, 6)
  local p = partition(limits_key)
  local function invalid(text) return redis.error_reply('INVALID ' .. text) end
  if not reason then return invalid('this call takes a policy, limit, mode, expected version, author and reason') end
  if #policy > 64 or not match(policy, '^[%w._-]+$') then
    return invalid("the policy name '" .. sub(policy, 1, 80) .. "': use 1 to 64 of the characters A-Z a-z 0-9 . _ -")
  end
  if #author > 200 or #reason > 1000 then return invalid('author: at most 200 bytes, reason: at most 1000') end
  local old = redis.call('HGET', limits_key, policy)
  local current = old and parse(old)
  local version = current and current.version or old and tonumber(match(old, '^%d+') or 0) or 0
  local us = format('%.0f', clock())
  if expected ~= '' and tonumber(expected) ~= version then
    return { 'conflict', version, old or '', '', us }
  end
  if limit == '' then
    if not current then return invalid("policy '" .. policy .. "' has no limit to keep; give one such as 100/60000") end
    limit = format('%d/%d', current.limit, current.window)
  end
  if mode == '' then mode = current and current.mode or 'enforce' end
  local next_version = max(version, tonumber(args[7] or 0) or 0) + 1
  local text = format('%d %s log %s', next_version, mode, limit)
  if not match(limit, '^%d+/%d+$') or not parse(text) then
    return invalid("'" .. sub(limit, 1, 80) .. "' " .. sub(mode, 1, 20) .. ': a limit is 1 to ' .. MAX_LIMIT
      .. ' per window of 1 to ' .. MAX_WINDOW .. ' ms, a mode enforce, shadow or off')
  end
  -- The audit first: what it cannot hold must not become true.
  local entry = redis.call('XADD', audit_key, 'MAXLEN', '~', 10000, '*', 'policy', policy, 'version', format('%d', next_version),
    'old', old or '', 'new', text, 'author', author, 'reason', reason)
  local stored = redis.pcall('HSET', limits_key, policy, text)
  if type(stored) == 'table' and stored.err then
    redis.pcall('XDEL', audit_key, entry)
    return stored
  end
  redis.pcall('PUBLISH', p.tag .. ':changes', policy .. ' ' .. format('%d', next_version))
  return { 'applied', next_version, text, old or '', us }
end

-- ARGV limits   A listener calls this at its own pace: what waits is published now, and events keep coming.
-- -> {time_us, published}
local function flush(_, args)
  if not args[1] then return redis.error_reply('INVALID this call takes the name of a limits hash, such as {rateguard:0}:limits') end
  local p = partition(args[1])
  local us = clock()
  drop_stale(p, us)
  p.listen_until = us + LISTEN_US
  return { format('%.0f', us), publish(p) }
end

redis.register_function('rateguard_check', check)
redis.register_function('rateguard_set', set)
redis.register_function { function_name = 'rateguard_flush', callback = flush, flags = { 'allow-oom' } }
redis.register_function { function_name = 'rateguard_version', callback = function() return VERSION end, flags = { 'no-writes' } }

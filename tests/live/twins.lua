-- SPDX-License-Identifier: MIT
-- SPDX-FileCopyrightText: The RateGuard authors
--
-- What tst_Twins puts before rateguard.lua: time is what the key `testclock` says, in microseconds, and keys expire by that.
-- Redis keeps a key through the millisecond in which it is due.
local expires = {}

local function test_now()
  return tonumber(redis.call('GET', 'testclock'))
end

local function let_expire(key)
  if expires[key] and math.floor(test_now() / 1000) > expires[key] then
    redis.call('DEL', key)
    expires[key] = nil
  end
end

local function fake(real)
  return function(name, key, ...)
    local args, us = { ... }, test_now()
    local ms = math.floor(us / 1000)
    if name == 'TIME' then return { math.floor(us / 1000000), us % 1000000 } end
    if key then let_expire(key) end
    if name == 'PTTL' or name == 'PEXPIRETIME' then
      if redis.call('EXISTS', key) == 0 then return -2 end
      if not expires[key] then return -1 end
      return name == 'PTTL' and expires[key] - ms or expires[key]
    end
    if name == 'PEXPIREAT' then
      expires[key] = tonumber(args[1])
      return 1
    end
    if name == 'SET' and args[2] == 'PXAT' then
      expires[key] = tonumber(args[3])
      return redis.call('SET', key, args[1])
    end
    local answer = real(name, key, ...)
    if (name == 'LTRIM' or name == 'RPOP' or name == 'DEL') and redis.call('EXISTS', key) == 0 then expires[key] = nil end
    return answer
  end
end

-- For functions that may not write, and so cannot let a key expire.
redis.register_function('test_expire', function(keys) let_expire(keys[1]) return 1 end)

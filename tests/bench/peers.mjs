// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
//
//   node peers.mjs FOLDER COUNT WINDOW_MS
//
// Lets the limiters installed in FOLDER/node_modules decide once about the key @KEY@, with a client that sends nothing and
// notes what it was given. Prints one JSON object a line: the script, its keys and arguments, and which first numbers of a
// reply mean «admitted». The time of the call is noted as @NOW_MS@. Needs windows of whole seconds.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const [folder, countText, windowText] = process.argv.slice(2);
const count = Number(countText);
const windowMs = Number(windowText);
const require = createRequire(resolve(folder, "here.js"));

const now = Date.now();
Date.now = () => now;
const word = (value) => (String(value) === String(now) ? "@NOW_MS@" : String(value));

function print(name, title, [script, keys, args], admits) {
  const { version } = JSON.parse(readFileSync(resolve(folder, "node_modules", name, "package.json")));
  console.log(JSON.stringify({ title: `${name} ${version}, ${title}`, script, keys: keys.map(word), args: args.map(word), admits }));
}

// What `call` gave to `note`, which it gets. The limiter may then dislike the empty reply: that is no matter here.
async function noted(call) {
  let sent;
  try {
    await call((...what) => { sent ??= what; });
  } catch (error) {
    if (!sent) throw error;
  }
  if (!sent) throw new Error("nothing was sent");
  return sent;
}

async function flexible() {
  const { RateLimiterRedis } = require("rate-limiter-flexible");
  const sent = await noted(async (note) => {
    // As ioredis does it: the command is a script by its name.
    const storeClient = {
      status: "ready",
      defineCommand(name, { lua, numberOfKeys }) {
        this[name] = async (words) => {
          note(lua, words.slice(0, numberOfKeys), words.slice(numberOfKeys));
          return [1, windowMs];
        };
      },
    };
    await new RateLimiterRedis({ storeClient, points: count, duration: windowMs / 1000 }).consume("@KEY@");
  });
  print("rate-limiter-flexible", "fixed window", sent, [1, count]);
}

async function express() {
  const { RedisStore } = require("rate-limit-redis");
  const scripts = new Map();
  const sent = await noted(async (note) => {
    const sendCommand = async (...words) => {
      if (words[0] === "SCRIPT") {
        scripts.set(`sha${scripts.size}`, words[2]);
        return `sha${scripts.size - 1}`;
      }
      const keys = Number(words[2]);
      note(scripts.get(words[1]), words.slice(3, 3 + keys), words.slice(3 + keys));
      return [1, windowMs];
    };
    const store = new RedisStore({ sendCommand });
    store.init({ windowMs });
    await store.increment("@KEY@");
  });
  print("rate-limit-redis", "fixed window", sent, [1, count]);
}

async function upstash() {
  const { Ratelimit } = require("@upstash/ratelimit");
  const window = `${windowMs} ms`;
  const limiters = [
    ["fixed window", Ratelimit.fixedWindow(count, window), [1, count]],
    ["sliding (two counters)", Ratelimit.slidingWindow(count, window), [0, count]],
    ["token bucket", Ratelimit.tokenBucket(count, window, count), [0, count]],
  ];
  for (const [title, limiter, admits] of limiters) {
    const sent = await noted(async (note) => {
      const redis = {
        evalsha: async () => { throw new Error("NOSCRIPT"); },
        eval: async (...what) => { note(...what); return [1, 1, 1]; },
      };
      await new Ratelimit({ redis, limiter, analytics: false, ephemeralCache: false, timeout: 0 }).limit("@KEY@" + title[0]); // they may not share a key
    });
    print("@upstash/ratelimit", title, sent, admits);
  }
}

for (const [name, capture] of Object.entries({ "rate-limiter-flexible": flexible, "rate-limit-redis": express, "@upstash/ratelimit": upstash })) {
  try {
    await capture();
  } catch (error) {
    console.log(JSON.stringify({ missing: name, reason: String(error.message).split("\n")[0] }));
  }
}

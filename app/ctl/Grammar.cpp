// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/Grammar.h"

#include <algorithm>
#include <array>

namespace rateguard {

namespace {

using Needs = CommandForm::Needs;

constexpr std::array forms {
    CommandForm {"limits list", "", ""},
    CommandForm {"limits set", "POLICY [LIMIT...]", "mode for if-version reason wait", Needs::Writing},
    CommandForm {"limits unset", "POLICY", "if-version reason", Needs::Writing},
    CommandForm {"limits undo", "POLICY", "version if-version reason wait", Needs::Writing},
    CommandForm {"limits history", "[POLICY]", "count"},
    CommandForm {"overrides", "[POLICY]", ""},
    CommandForm {"ban", "POLICY KEY", "for if-version reason key-hex", Needs::Writing},
    CommandForm {"exempt", "POLICY KEY", "for if-version reason key-hex", Needs::Writing},
    CommandForm {"override", "POLICY KEY LIMIT...", "for if-version reason key-hex", Needs::Writing},
    CommandForm {"lift", "POLICY KEY", "if-version reason key-hex", Needs::Writing},
    CommandForm {"peek", "POLICY KEY", "cost key-hex"},
    CommandForm {"reset", "POLICY KEY", "reason key-hex", Needs::Writing},
    CommandForm {"check", "POLICY KEY", "cost count key-hex", Needs::Writing},
    CommandForm {"traffic", "POLICY", "for"},
    CommandForm {"watch", "", "for demo"},
    CommandForm {"simulate", "", "policy keys rate for", Needs::Writing},
    CommandForm {"init", "", "partitions force reason", Needs::Writing},
    CommandForm {"acl print", "ROLE", "user", Needs::Nothing},
};

constexpr std::array allOptions {
    OptionForm {"url", "URL"}, OptionForm {"prefix", "PREFIX"}, OptionForm {"json", ""}, OptionForm {"read-only", ""},
    OptionForm {"mode", "MODE"}, OptionForm {"for", "TIME"}, OptionForm {"if-version", "N"}, OptionForm {"reason", "TEXT"},
    OptionForm {"wait", "SECONDS"}, OptionForm {"version", "N"}, OptionForm {"count", "N"}, OptionForm {"key-hex", ""},
    OptionForm {"cost", "N"}, OptionForm {"policy", "POLICY"}, OptionForm {"keys", "N"}, OptionForm {"rate", "R"},
    OptionForm {"demo", ""}, OptionForm {"partitions", "N"}, OptionForm {"force", ""}, OptionForm {"user", "NAME"},
};

constexpr std::string_view help = R"(Usage: rateguardctl COMMAND [OPTION...]
Watches and edits the rate limits that services share in Redis.

Limits
  limits list                     all limits, modes, versions, overrides
  limits set POLICY [LIMIT...]    edit: 100/min; 10/s 1000/h; bucket 1000000/h
      --mode MODE                 enforce, shadow (only report) or off; without
                                  it the mode stays, with it the limit may
      --for TIME                  the mode ends by itself: 90s, 10min, 2h, 1d
      --wait SECONDS              for the first decision under it (default 1)
  limits unset POLICY             take the limit away
  limits undo POLICY              back to what stood before the last edit
      --version N                 ... before the edit that made version N
  limits history [POLICY]         who edited what, newest first
      --count N                   how many edits (default 20)

Single keys
  overrides [POLICY]              bans, exemptions and limits of single keys
  ban POLICY KEY                  reject everything
  exempt POLICY KEY               admit everything, count nothing
  override POLICY KEY LIMIT...    a limit of its own
  lift POLICY KEY                 take ban, exemption or own limit away
      --for TIME                  ban, exempt, override: how long (no end)
  peek POLICY KEY                 what it has used of which limit, what is left
  check POLICY KEY                decide requests, as a service would
      --cost N                    what one request costs (default 1)
      --count N                   check: how many requests (default 1)
  reset POLICY KEY                forget what a key has used
      --key-hex                   in all of these: KEY is written in hex

Traffic
  traffic POLICY                  what was allowed and rejected, per minute;
                                  - is what is not known
      --for TIME                  how far back, up to 48h (default 1h)
  watch                           live traffic, once a second
      --for TIME                  stop after this time
      --demo                      start a private Redis with demo traffic
  simulate                        make traffic through the real limiter
      --policy POLICY             default: simulate, registered as 100/min
      --keys N, --rate R          default 100 keys, 1000 requests per second
      --for TIME                  default 10s

Setting up
  init                            load the library, write down the partitions
      --partitions N              how many (default: as it is, or 1)
      --force                     also for a prefix that is in use
  acl print ROLE                  rules for service, viewer or operator
      --user NAME                 default: rateguard-ROLE

Options of all commands
  --url URL                       redis://[USER:PASSWORD@]HOST[:PORT][/DB],
                                  rediss:// for TLS (?ca=FILE), or unix:///PATH;
                                  else that of RATEGUARD_URL, else of REDIS_URL,
                                  else redis://127.0.0.1:6379
  --prefix PREFIX                 of the keys in Redis; default: as Redis says
  --json                          print JSON: one object or array a line
  --read-only                     write nothing; commands that would are refused
  --if-version N                  of all edits: only if it is still at version
                                  N; 0: only if there is none
  --reason TEXT                   of all edits: why, for the audit
  -h, --help; -v, --version

Passwords belong into one of the variables: every user of this machine can read
a command line. A KEY that begins with - stands behind --.

Exit codes: 0 done, 2 wrong command line, 3 no connection, 4 no right to,
5 somebody else was faster, 6 unknown whether it was done, 7 invalid value,
130 interrupted before it was done.
)";

} // namespace

std::size_t CommandForm::least() const
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < arguments.size(); at = std::min(arguments.find(' ', at), arguments.size() - 1) + 1) {
        count += arguments[at] != '[';
    }
    return count;
}

std::size_t CommandForm::most() const
{
    const auto count = static_cast<std::size_t>(std::count(arguments.begin(), arguments.end(), ' ')) + !arguments.empty();
    return has("...") ? 1000 : count;
}

bool CommandForm::takes(std::string_view option) const
{
    for (const auto general : {"url", "prefix", "json", "read-only"}) {
        if (option == general) {
            return needs != Needs::Nothing || option != "url";
        }
    }
    for (auto rest = options; !rest.empty();) {
        const auto end = std::min(rest.find(' '), rest.size());
        if (rest.substr(0, end) == option) {
            return true;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

std::span<const CommandForm> commandForms()
{
    return forms;
}

std::span<const OptionForm> optionForms()
{
    return allOptions;
}

std::string_view helpText()
{
    return help;
}

} // namespace rateguard

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>Page</name>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::Banner</name>
    <message>
        <source>&amp;Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;onnect…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leaves Redis as it is and stops asking: the lost limits are forgotten here, too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Restore 1 limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Restore %1 limits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This session may only watch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis forgot 1 limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis forgot %1 limits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2. It probably restarted without saving. Until they are back, services use their own defaults or get an error.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::CheatSheet</name>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview, Keys, Details, Limits, History, Alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to the filter of the keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>details of the selected key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>edit the limit that it is under</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>watch another Redis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hold the picture still, and go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a shorter, a longer time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>back to live after a zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drag, wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom into a chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move the crosshair of a chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a chart as a table, and back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>word  word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all of them in the policy or key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>also shadow, near, active, quiet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a regular expression</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clear the filter; in the table: select nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>apply the edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drop it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>edit a limit in the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>undo the last change of a policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>export what is on screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>copy the selected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this sheet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::ConnectionPill</name>
    <message>
        <source>Connection</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::Dashboard</name>
    <message>
        <source>firing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>throttled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::EditObstacle</name>
    <message>
        <source>Read-only: this session may only watch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This Redis user may only watch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected. Your draft is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name has 1 to 64 of the characters A-Z a-z 0-9 . _ -</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a policy of that name already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for Redis.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First choose between theirs and yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has changed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::ExportFile</name>
    <message>
        <source>%1 was not written: %2. %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder that exists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a place that you may write to, or have the rights changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space there, or choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::Exporter</name>
    <message>
        <source>Export what is on screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys for spreadsheets (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys as JSON lines (*.jsonl)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Charts as a picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The charts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not written: its name does not say what it is to hold. End it with .csv or .jsonl for keys, with .png for charts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ %1 written to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key is selected, so nothing was copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ 1 key copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ %1 keys copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::HeaderStrip</name>
    <message>
        <source>DEMO</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>READ-ONLY</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allowed/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Throttled now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A private Redis with made-up traffic: nothing here is production.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RateGuard was started read-only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This Redis user may not edit limits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 shadow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ %1 would be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of %1 keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at the cap</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::KeyCells</name>
    <message>
        <source>(%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In parentheses: would be rejected, admitted because the policy only watches (shadow mode).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Used of limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::KeyPanel</name>
    <message>
        <source>Filter keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter keys  ( / )   user-17   policy:search   state:throttled   !bot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words are pieces of a policy or key and must all fit. policy:NAME is a whole policy, state:throttled a state, ! in front means not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checkout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ Throttled__</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>59 min ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No requests have come yet. Guard an endpoint of a FastAPI service …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… or make traffic to look at, in a terminal:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key fits this filter. Every word must fit: a piece of a policy or key, policy:NAME, or one of state:throttled, state:shadow, state:near, state:active, state:quiet. ! in front means not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Clear the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 keys · %3 throttled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 keys · %2 throttled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::KeyWords</name>
    <message>
        <source>Quiet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Near limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Throttled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No requests in the last seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests come and are admitted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least 80 % of the limit is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests are being rejected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over the limit, admitted because the policy only watches (shadow mode).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::LimitDraft</name>
    <message>
        <source>%1 for %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no limit → %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unreadable → %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, v%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 → %2, v%3 → v%4</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::LimitEditor</name>
    <message>
        <source>Take awa&amp;y…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>R&amp;evert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the limit away…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No policies yet. Services register theirs with the first request, or make one here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a policy to edit its limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cance&amp;l</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the limit of this policy away</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::LimitFields</name>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add &amp;window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policy name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A-Z a-z 0-9 . _ -</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exact (log)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bucket, for large limits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every request is remembered with its time, in 4 to 6 bytes. Counts up to 1,000,000.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts in sixtieths of the window, in 264 bytes. Counts up to 1,000,000,000.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About the limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the audit trail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enforce: reject what is over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shadow: admit all, only report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: admit all, count nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End of the mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A policy has up to four windows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A request must fit into all windows of a limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Little memory; counts 1/60 of a window longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends by itself, then %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::LimitRows</name>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>per</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this window</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::LinkText</name>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not answering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, trying again in %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, trying again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is connected but does not answer. What you see is from before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to %1 is lost. What you see is from before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 refused the connection.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::MainMenu</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Connect…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ed&amp;it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy selected keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About RateGuard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::MainWindow</name>
    <message>
        <source>RateGuard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RateGuard – demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RateGuard – %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About RateGuard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;h3&gt;RateGuard %1&lt;/h3&gt;&lt;p&gt;Watches and edits a sliding-window rate limiter in Redis.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::ModeEnd</name>
    <message>
        <source>For</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For so long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit of the time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until it is changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>10 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a time…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::Numbers</name>
    <message>
        <source>%1 d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&gt;99 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::OutcomeLine</name>
    <message>
        <source>%1 of %2 partitions have it; the others get it as soon as they answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ The limit was taken away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ The limit was taken away, as v%1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>v%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Applied as %1 in %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Applied as %1 in under 1 ms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First decision under %1 came %2 later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… Sent. Waiting for Redis.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≠ Not applied: someone else took the limit away. Nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≠ Not applied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≠ Not applied: someone else made it %1, v%2. Nothing of yours was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✗ Refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>? The reply was lost: the edit may have been made or not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::OvertakenNotice</name>
    <message>
        <source>&amp;Take theirs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your values stay in the editor; applying them will replace theirs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Someone else took the limit away while you were editing. Keeping yours makes it anew when you apply it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Someone else made this policy: %1, v%2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed to %1 by someone else, v%2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::PauseControl</name>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops and resumes drawing (Space). Reading goes on, so nothing is missed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused · %1 behind · Space resumes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::PolicyPanel</name>
    <message>
        <source>&amp;New policy…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shadow →</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::PolicyTableModel</name>
    <message>
        <source>broken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>v%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis holds &quot;%1&quot; for %2, which is not a limit. Services get an error for it; set a limit to mend it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in sixtieths of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2, counted %3; %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rej./s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::RateChart</name>
    <message>
        <source>Allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The limit as an average per second. Bursts above it are admitted while the window has room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over the limit, admitted because the policy only watches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::RateCurves</name>
    <message>
        <source>−2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>−%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::RestoreFailures</name>
    <message>
        <source>And %1 more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 may be restored or not: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be restored: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::RuleWords</name>
    <message>
        <source>enforce</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shadow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2 left)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, ends in %2, then %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two counts per %1: each window may stand only once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact counting goes up to %1. For more, choose the bucket.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::StartPage</name>
    <message>
        <source>&amp;Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RateGuard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watches a sliding-window rate limiter in Redis, decision by decision, and edits its limits while services run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the address of the Redis that your services use; watching it costs them nothing they would notice. Without one at hand, the demo starts its own with made-up traffic.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the &amp;demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>redis://user:password@host:6379/0, or unix:///path for a socket</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::StatusLine</name>
    <message>
        <source>From a decision in Redis to this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events are %1 old on arrival</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ %1 batches of events lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ %1 malformed messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+%1 requests of keys beyond the cap are counted, not listed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::TrafficPanel</name>
    <message>
        <source>All traffic, per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a key in the table to see it alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is known of this key any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (limit line: %1)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::UnsetNotice</name>
    <message>
        <source>&amp;Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ye&amp;s, take it away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the limit of %1 away, for all services at once? Those with a default register theirs again with the next request; the others get an error for each.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::WindowEdit</name>
    <message>
        <source>ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>

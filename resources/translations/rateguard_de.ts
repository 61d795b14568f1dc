<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>Environment</name>
    <message>
        <source>DEVELOPMENT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TEST</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PRODUCTION</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Keyring</name>
    <message>
        <source>The keyring was not unlocked, so the password is asked for each time and kept nowhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no keyring service here, so passwords are asked for each time and kept nowhere.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notifier</name>
    <message>
        <source>RateGuard: 1 alert is firing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RateGuard: %1 alerts are firing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
</context>
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
    <name>Places</name>
    <message>
        <source>%1 asks for a password.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::AlertEditor</name>
    <message>
        <source>Save rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The alert ends when the figure is at this or less for as long. The space between keeps it from flapping.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All traffic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policies like</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys like</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>* stands for anything, ? for one character. Of single keys, only the ten rejected most are known by name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For at least</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New alert rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit alert rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> /s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> ms</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::AlertRuleModel</name>
    <message>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It ends when it is at %1 or less for as long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less than 1 rejection per second counts as none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most of all %1 · %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fires at</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::AlertWatch</name>
    <message>
        <source>1 alert rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 alert rules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in the settings could not be read. What stood there is kept under %2 in %3; the rules below are in force.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::AlertWords</name>
    <message>
        <source>%1/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
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
        <source>all policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>policies %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keys %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejections above %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected share above %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More than %1 keys near their limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event lag above %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer from Redis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, most of all %1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (%1 times)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejections per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys near their limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Silence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event lag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
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
        <source>&gt; %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>away for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ OK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ Not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>△ Pending %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ Firing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◌ Snoozed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◌ Snoozed %1</source>
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
        <source>A key that is silent is on no list: choose policies instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is about the whole of Redis: choose all traffic.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the policies, for example api* or search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the keys as POLICY:KEY, for example search:user-*.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pattern is longer than %1 bytes: shorten it with *.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the ten fullest keys are known by name: choose 9 or less, or all traffic.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It must end at %1 or less, where it begins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It must last between 1 s and 24 h.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a threshold from 0 to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 alert in the last minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 alerts in the last minute</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::AlertsPage</name>
    <message>
        <source>Add…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alert rules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>△ Pending 45 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>away for 59 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&gt; 10,000/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts of this session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>search · user-1234567</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>45 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 5 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until I say</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the snooze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, kept until the program ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none: Add… makes one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 firing</source>
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
    <name>rateguard::BulkDialog</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will be done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checkout-service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. Not connected: the rest waits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This Redis user may only watch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::BulkPlan</name>
    <message>
        <source>%1 under %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the policy&apos;s limit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::BulkPolicyForm</name>
    <message>
        <source>For</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until it is changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long the mode holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode of all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as it is</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Reason of all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the audit trail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change 1 policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change %1 policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change 1 policy?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change %1 policies at once?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All services follow at once. Each is changed only if it still is as shown here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::BulkReasonForm</name>
    <message>
        <source>Reason of all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the audit trail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::BulkRun</name>
    <message>
        <source>… sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ applied, v%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ applied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≠ taken away meanwhile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≠ changed meanwhile: %1, v%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✗ refused: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>? reply lost, maybe made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>– not sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 applied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 under way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≠ %1 changed by others meanwhile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✗ %1 refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>? %1 unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>– %1 not sent</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::BulkTableModel</name>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::ChartLegend</name>
    <message>
        <source>Limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Per second, in the time that is shown. Click to hide or show, Ctrl+click to see it alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The limit as an average per second. Bursts above it are admitted while the window has room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hidden</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::ChartSvg</name>
    <message>
        <source>Limit %1/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>averages by minute</source>
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
    <name>rateguard::CheckList</name>
    <message>
        <source>Address understood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is a Redis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May listen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May read limits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Testing %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✗ This connection does not work yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ Works, but not all of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ All is well</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::ConfirmationDialog</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes, do it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Are you sure?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name to confirm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type %1 to confirm:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::ConnectionBook</name>
    <message>
        <source>The saved connections cannot be read. They are kept as they are in %1, under connectionsDamaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n saved connection(s) cannot be read. They are kept in %1.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
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
    <name>rateguard::DetailsPage</name>
    <message>
        <source>Its traffic, per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key is chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one in Keys or Overview: here is then all about it. Its traffic, how full its windows are, why it was rejected last, and what you can do about it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its traffic, per second (limit line: %1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No request of this key was heard since this window began to listen.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::DiffView</name>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>v%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::DraftWords</name>
    <message>
        <source>no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 → %2</source>
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
    <name>rateguard::EditComparison</name>
    <message>
        <source>Before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>→ %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, before</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::EditDetail</name>
    <message>
        <source>Revert…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome of the revert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a revert would do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason for the revert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 by %2, %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>somebody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (of all keys of the policy)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, v%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No reason was given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revert: %1 → %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for Redis to answer the last revert.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sends an edit of its own, which stands in the history like any other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revert what was set for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revert the limit of %1 to what it was before v%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::EditHistoryModel</name>
    <message>
        <source>%1, %2, %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Author</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Effect</source>
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
    <name>rateguard::EditWords</name>
    <message>
        <source>for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2 → %3 %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until lifted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>v%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Holds for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 per %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bucket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, then %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>limit of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>use forgotten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lifted: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taken away: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>some of its windows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too early to tell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejections %1 per min, before not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>= rejections as before, %1 per min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ rejections %1 → %2 per min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▼ rejections %1 → %2 per min</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::EffectBars</name>
    <message>
        <source>not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejected %1 of %2 per min, over %3 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejections before and after the edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before: %1. After: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::EffectNote</name>
    <message>
        <source>Effect</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::Environment</name>
    <message>
        <source>Development</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Production</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::EnvironmentBadge</name>
    <message>
        <source>Environment</source>
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
        <source>✓ %1 written to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key is selected, so nothing was copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Charts as a drawing (*.svg)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not written: its name does not say what it is to hold. End it with .csv or .jsonl for keys, with .png or .svg for charts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not written: there is no chart on this page. Overview, Keys and Details have some.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ %1 copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not written: another Redis is watched now. Export again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was copied: another Redis is watched now. Copy again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::FilterWords</name>
    <message>
        <source>Every word must fit; ! in front means not.
bot — a piece of the policy or key
policy:search — the whole policy
state:throttled — or shadow, near, active, quiet
re:^api:user-[0-9]+$ — a regular expression for POLICY:KEY
rejected&gt;0 — per second; also requests, allowed, shadow
used&gt;80% — of the limit; used&gt;50 is a count
share&gt;50% — of its requests that are rejected
limit&lt;100   total&gt;1000   idle&gt;30s — or 5min, 2h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✗ Not a regular expression: %1, at character %2. The filter before stays in force.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✗ “%1” at character %2 is no value: write a number, as in rejected&gt;0, used&gt;80% or idle&gt;30s. The filter before stays in force.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✗ There is no field “%1”: compare requests, rejected, allowed, shadow, used, share, limit, total or idle. The filter before stays in force.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✗ “%1” is no state: write state:throttled, shadow, near, active or quiet. The filter before stays in force.</source>
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
        <source>of %1 keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at the cap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+%1 shadow</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::HealthCard</name>
    <message>
        <source>Health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A question to Redis and its answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event lag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There and back through the channel that the decisions come through.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of Redis: used, and the most it may use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What Redis does when its memory is full (maxmemory-policy).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batches lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batches of decisions that never came: the figures are too low by what was in them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Malformed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages that could not be read, and were left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 warnings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::HistoryPage</name>
    <message>
        <source>Filter edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter edits by author, policy, key or reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every word must stand in the author, the policy, the key or the reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No edit fits this filter. Every word must stand in the author, the policy, the key or the reason; Escape clears it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✗ The history could not be read again: %1 These are the edits known before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All edits that Redis remembers will be listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history comes as soon as Redis answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No edits yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever changes a limit or a key, here or with rateguardctl, is listed here: author, reason, old and new, and what it did to the rejections. Each edit can be reverted from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the newest %1 edits; there are older ones</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::KeyActions</name>
    <message>
        <source>Ban</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set own limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset use…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the policy&apos;s limit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome for the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For how long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A ban, an exemption or a limit of its own ends by itself after so long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason, for the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A limit of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>30/min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For this key alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For all keys of the policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for what Redis says of this key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for Redis to answer the last edit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The policy has no limit: set one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing holds for this key alone: there is nothing to lift.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject every request of this key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admit every request of this key, uncounted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instead of the policy&apos;s limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The policy&apos;s limit holds for it again, at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget what it has used: its windows are empty again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ban %1 under %2 %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every request of this key is rejected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exempt %1 from the limit of %2 %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every request of this key is admitted, however many there are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give %1 under %2 a limit of its own %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 instead of the policy&apos;s limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lift what holds for %1 under %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is %1 now; then the policy&apos;s limit holds for it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget what %1 has used under %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its windows are empty again: it may use its whole limit at once. This cannot be taken back.</source>
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
    <message>
        <source>%1 allowed, %2 rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the last 60 s: %1 (or would be)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last minute</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::KeyColumns</name>
    <message>
        <source>Reset columns</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::KeyEditList</name>
    <message>
        <source>Edits of this key and of its policy&apos;s limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history has not been read yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history could not be read: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None among the edits that were read; there are older ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has edited it. Edits, with author and reason, will be listed here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::KeyHead</name>
    <message>
        <source>The policy has no limit that Redis knows of.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What Redis holds for %1 is no limit: services get an error. Set it anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policy %1: %2, %3, v%4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All bytes of the key, as it is in Redis (Ctrl+C)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking Redis…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit of the policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◆ Instead of that: %1, v%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No override of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not seen: no request of it was heard since this window began to listen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 admitted, %2 would be rejected per s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 admitted, %2 rejected per s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2 of %3 over the limit so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · last seen %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures</source>
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
    <message>
        <source>Filter keys  ( / )   user-17   policy:search   state:throttled   rejected&gt;0   !bot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key fits this filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Following %1 · </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the limit of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow this key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::KeyWhy</name>
    <message>
        <source>Why it was rejected last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking Redis…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::KeyWindows</name>
    <message>
        <source>The key is banned: it is rejected however empty its windows are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key is exempt: its requests are not counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The policy has no limit, so there is no window to show.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The policy is off: nothing is counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it has used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a request would be told now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking Redis…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A request now: %1</source>
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
    <name>rateguard::KillSwitchForm</name>
    <message>
        <source>How long everything comes through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How everything comes through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off: nothing is counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shadow: go on counting and reporting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason for letting everything through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Required: for whoever reads the audit trail tomorrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No policy rejects anything for that time. It ends by itself, inside Redis, even if this window is closed: each policy then goes back to the mode it has now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say why: a reason is required for this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let everything through 1 policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let everything through %1 policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let everything through 1 policy for %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let everything through %1 policies for %2?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is rejected until then, under any of them: what the limits protect gets all the traffic. It ends by itself after %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>everything</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::LatestEditModel</name>
    <message>
        <source>banned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>use forgotten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>override lifted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>limit taken away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::LegendEntry</name>
    <message>
        <source>hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::LetThroughStrip</name>
    <message>
        <source>End now…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1; and %2 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>⚠ 1 policy lets everything through: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>⚠ %1 policies let everything through: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the modes from before, now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::LimitCellDelegate</name>
    <message>
        <source>Limit in the table</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::LimitEditor</name>
    <message>
        <source>a new policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the limit of %1 to %2?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is now: %1. All services follow at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the limit of %1 away?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For all services at once. Those with a default register theirs again with the next request; the others get an error for each.</source>
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
    <name>rateguard::LimitForm</name>
    <message>
        <source>Take awa&amp;y…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo last change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>R&amp;evert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the limit away…</source>
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
        <source>No policies yet. Services register theirs with the first request, or make one here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a policy to edit its limit.</source>
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
    <message>
        <source>First apply or revert what is in the editor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (Ctrl+Z)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::LimitPreview</name>
    <message>
        <source>%1 at %2/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the present rates 1 of the busiest keys would be rejected: %1, over %2/s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the present rates %1 of the busiest keys would be rejected: %2, over %3/s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of them fit now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody would be rejected, and nothing counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody would be rejected: what is over the limit is only reported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The %1/s that are rejected now would come through.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key of this policy is over or near its limit now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 that is rejected now would fit: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 that are rejected now would fit: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the present rates the busiest key would fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the present rates all %1 of the busiest keys would fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the rates of the last seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the last seconds of the 1 key that is over or near its limit, if it goes on like that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the last seconds of the %1 keys that are over or near their limit, if they go on like that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quieter keys were not looked at: who sends more than this admits is rejected, too.</source>
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
    <name>rateguard::LimitsPage</name>
    <message>
        <source>Edit %1 policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let everything through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the modes from before, now?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is over its limit is rejected again, at once and everywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End letting through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End %1 now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lift 1 override?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lift %1 overrides?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These keys get the limits of their policies again, at once and everywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lift an override</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lift %1 overrides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lift %1</source>
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
        <source>The connection to %1 is lost. What you see is from before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 refused the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no connection to %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::LoginFields</name>
    <message>
        <source>Remember in the keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unchanged, in the keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept in the keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asked for when needed</source>
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
        <source>About RateGuard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;h3&gt;RateGuard %1&lt;/h3&gt;&lt;p&gt;Watches and edits a sliding-window rate limiter in Redis.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ 1 alert – %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ %1 alerts – %2</source>
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
    <name>rateguard::NoKeysPage</name>
    <message>
        <source>No requests have come yet. Guard an endpoint of a FastAPI service …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… or make traffic to look at, in a terminal:</source>
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
    <message>
        <source>%1 B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 TB</source>
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
</context>
<context>
    <name>rateguard::OverrideForm</name>
    <message>
        <source>New override</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until it is lifted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long the override holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set override</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policy of the override</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key of the override</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the service sends it: user-17, 203.0.113.9</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the key gets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>⊘ Ban: reject all it sends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>∞ Exempt: admit all it sends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≤ A limit of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>30/min, or 10/s, 1000/h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason of the override</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the audit trail</source>
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
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Override of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no policy yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a limit, such as 30/min.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replaces what it has: %1, v%2, ends: %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 under %2: %3?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that this key sends is rejected, at once and everywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing that this key sends is rejected, however much it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It counts against a limit of its own, whatever its policy says.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::OverridePanel</name>
    <message>
        <source>New override…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lift…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome of the override</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overrides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter overrides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter: policy, key, ban</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checkout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>23 h 59 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are more than are listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be read: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key has an override. One takes a single key out of its policy&apos;s limit: bans it, exempts it, or gives it a limit of its own, for a time. Make one with «New override…» here, or from the details of a key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The overrides have not been read yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ban, exempt or limit a single key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lift %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First select an override.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::OverrideTableModel</name>
    <message>
        <source>%1 under %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>v%1</source>
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
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ver.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::OverrideWords</name>
    <message>
        <source>✓ Done: what it had used is forgotten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Lifted: the policy&apos;s limit holds for it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Applied: %1, v%2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Applied: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≠ Not applied: someone else lifted what held for this key. Nothing of yours was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≠ Not applied: someone else was faster, it is %1, v%2. Nothing of yours was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>banned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>own limit %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 until lifted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, ends in %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until lifted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what it has used is forgotten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no override</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… Sent. Waiting for Redis.</source>
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
        <source>(%1 under %2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only: this session may only watch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This Redis user may only watch. Log in as an operator to change anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected: nothing can be changed now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a limit such as 30/min, or several: 10/s 500/h.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How a key is counted is its policy&apos;s matter: leave that word away.</source>
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
    <message>
        <source>in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drops your values and shows theirs. Nothing is written.</source>
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
        <source>Ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>v%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not applied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>you</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::OverviewPage</name>
    <message>
        <source>Rejected most now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Near their limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All traffic, per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Near from this part of the limit on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key is near its limit from this part of it on. The table of keys goes by it, too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 throttled</source>
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
        <source>%1 ≥</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 at %2 % of the limit or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No requests yet. They appear here as soon as a service asks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing heard yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known: Redis does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No requests have come yet, so nobody is rejected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No requests have come yet, so nobody is near a limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rejections per second, of keys that are not listed now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Nobody is rejected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ No key has used %1 % of its limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was changed has not been read yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No limit has been changed yet. Edits appear here with who made them and why.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::PastAlertModel</name>
    <message>
        <source>%1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ firing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worst</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most of all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lasted</source>
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
    <name>rateguard::PlaceEditor</name>
    <message>
        <source>Only watch: never write to it from here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not marked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Production asks before every edit, test before large ones; the window shows the mark all the time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a connection of that name already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User and password go into the fields below, so that the password is saved in the keyring or not at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stands in the title of the window; rateguard --connection NAME opens it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>redis://host:6379/0, rediss:// for TLS, or unix:///path for a socket</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::PlaceList</name>
    <message>
        <source>Nothing is saved yet. A saved connection opens with Enter, can keep its password in the keyring, and is marked as production or test, so that you never mistake one for the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes the whole way to this Redis, step by step, and writes nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete a connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the saved connection %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its password is taken out of the keyring, too. Nothing happens to the Redis itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing happens to the Redis itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::PlotMarks</name>
    <message>
        <source>averages by minute</source>
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
        <source>Let everything through…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shadow, 59 min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All policies off or in shadow mode, for a time: nothing is rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit %1 policies…</source>
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
    <message>
        <source>%1, %2 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F2 or a double click edits the limit in its cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected per second; in brackets what shadow mode would reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys with an override under this policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Req./s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overr.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::QuickConnect</name>
    <message>
        <source>&amp;Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the &amp;demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes the whole way to this Redis, step by step, and writes nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps this address under a name, with its environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts a Redis of its own with made-up traffic; nothing of yours is touched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>redis://user:password@host:6379/0, rediss:// for TLS, or unix:///path for a socket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◌ Connecting to %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log in to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quick connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the address of the Redis that your services use; watching it costs them nothing they would notice. Without one at hand, the demo starts its own with made-up traffic.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::RankedKeyModel</name>
    <message>
        <source>%1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of policy %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 of %3 used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rejected per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 per second would be rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::RateChart</name>
    <message>
        <source>Save the chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scalable picture (*.svg)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ The chart was written to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show as chart	T</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show as table	T</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to live	0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ The chart was copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show as chart (T)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chart stands still on this piece of time. Click, double click on the chart or press 0 to see what happens now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoomed: %1 · double click or 0 for live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoomed: %1 · 0 for live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not written: its name does not say what it is to be. End it with .svg or .png.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not written: %2. Choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::RejectionWords</name>
    <message>
        <source>somebody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>set %1 by %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: “%2”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was told to wait %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it asked for %1 at once, more than the limit of %2 in %3. No waiting helps: it must ask for less, or the limit be raised.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 used in the last %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, and it asked for %2 more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Would have been rejected %1: the key was banned. Shadow mode let it in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected %1: the key was banned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected %1: the key was banned, with no end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ban was %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not banned any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The limit is its own, instead of the policy&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The limit is its own, %1, %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit %1 %2, v%3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is %1 by now, v%2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No request of this key has been rejected since this window began to listen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Would have been rejected %1, but shadow mode let it in: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking Redis…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admitted: the key is exempt, nothing of it is counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admitted: the policy is off, nothing is counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admitted. %1 of %2 in %3 would be left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the key is banned until somebody lifts it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no waiting would help, its cost is above the limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admitted by shadow mode only: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admitted by now, unless others of it were faster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the key is banned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admitted by shadow mode only: %1; enforced, it would wait %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected, and told to wait %2: %1.</source>
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
    <name>rateguard::RevertPlan</name>
    <message>
        <source>What Redis holds for this policy cannot be read. Set it anew on the page Limits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, v%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What holds for this key now has not been read yet. Wait a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What holds for this key now could not be read: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What holds for this key now cannot be read. Set it anew on the page Details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all overrides were read, so it is not known what holds for this key now. Open the key instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a key had used is forgotten for good: a reset cannot be taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What held for it before cannot be read. Open the key and set what you want instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What held before has ended by now, and nothing holds for the key: there is nothing to revert.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing held for the key before, and nothing does now: there is nothing to revert.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is already as it was before this edit: there is nothing to revert.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no override</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history has not been read yet.</source>
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
    <name>rateguard::SliceTable</name>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (average of the minute)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::SliceWords</name>
    <message>
        <source>%1/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing known: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Average of the minute, as Redis remembers it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was heard in this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, up from %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, down from %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>. Allowed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>. %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::SpanChoice</name>
    <message>
        <source>a time…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time to hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit of the time to hold</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::StartPage</name>
    <message>
        <source>RateGuard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watches a sliding-window rate limiter in Redis, decision by decision, and edits its limits while services run.</source>
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
    <name>rateguard::TimeLabels</name>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
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
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::TimeRange</name>
    <message>
        <source>Time range of the charts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much time the charts cover. [ is shorter, ] is longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::TimeWords</name>
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
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::TrafficKind</name>
    <message>
        <source>Allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unchecked</source>
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
        <source>Within the limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admitted by services on their own while Redis gave no answer: nobody compared them with a limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over the limit, admitted because the policy only watches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over the limit, turned away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not watching yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disconnected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answer from Redis</source>
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
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: what it had used was forgotten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::UndoOffer</name>
    <message>
        <source>The history of edits has not been read yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to undo: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>v%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>undo of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There was no limit before %1 by %2: undoing it takes the limit away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brings back what stood before %1 by %2. You see it here before you apply it.</source>
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
<context>
    <name>rateguard::WindowFill</name>
    <message>
        <source>how much of %1 is used is not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least %1 of %2 used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next admitted in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next admitted now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>rateguard::WindowStrip</name>
    <message>
        <source>Window of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. It is full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. There is room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>counted in sixtieths of the window: no single requests are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing was admitted in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>admitted requests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next request is admitted at %1, in %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admitted at %1, %2. It leaves the window in %3.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>

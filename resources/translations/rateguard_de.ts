<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>rateguard::AlertEditor</name>
    <message>
        <source>Save rule</source>
        <translation>Regel speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The alert ends when the figure is at this or less for as long. The space between keeps it from flapping.</source>
        <translation>Der Alarm endet, wenn der Wert so lange höchstens so groß ist. Der Abstand dazwischen verhindert Flattern.</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>All traffic</source>
        <translation>Gesamter Verkehr</translation>
    </message>
    <message>
        <source>Policies like</source>
        <translation>Richtlinien wie</translation>
    </message>
    <message>
        <source>Keys like</source>
        <translation>Schlüssel wie</translation>
    </message>
    <message>
        <source>* stands for anything, ? for one character. Of single keys, only the ten rejected most are known by name.</source>
        <translation>* steht für alles, ? für ein Zeichen. Von einzelnen Schlüsseln sind nur die zehn am meisten abgewiesenen mit Namen bekannt.</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Was nicht stimmt</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Above</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>For at least</source>
        <translation>Mindestens für</translation>
    </message>
    <message>
        <source>Ends at</source>
        <translation>Endet bei</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>New alert rule</source>
        <translation>Neue Alarmregel</translation>
    </message>
    <message>
        <source>Edit alert rule</source>
        <translation>Alarmregel ändern</translation>
    </message>
    <message>
        <source> /s</source>
        <translation> /s</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source> keys</source>
        <translation> Schlüssel</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>Averaged over</source>
        <translation>Gemittelt über</translation>
    </message>
</context>
<context>
    <name>rateguard::AlertRuleModel</name>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Less than 1 rejection per second counts as none.</source>
        <translation>Weniger als 1 Abweisung pro Sekunde zählt als keine.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Fires at</source>
        <translation>Löst aus bei</translation>
    </message>
    <message>
        <source>Of single keys, only the ten rejected most are known by name.</source>
        <translation>Von einzelnen Schlüsseln sind nur die zehn am meisten abgewiesenen mit Namen bekannt.</translation>
    </message>
    <message>
        <source>Worst key: %1 · %2.</source>
        <translation>Am schlimmsten: %1 · %2.</translation>
    </message>
</context>
<context>
    <name>rateguard::AlertWatch</name>
    <message>
        <source>1 alert rule</source>
        <translation>1 Alarmregel</translation>
    </message>
    <message>
        <source>%1 alert rules</source>
        <translation>%1 Alarmregeln</translation>
    </message>
    <message>
        <source>%1 in the settings could not be read. What stood there is kept under %2 in %3; the rules below are in force.</source>
        <translation>%1 in den Einstellungen war nicht zu lesen. Was dort stand, bleibt unter %2 in %3 erhalten; die Regeln unten gelten.</translation>
    </message>
</context>
<context>
    <name>rateguard::AlertWords</name>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>all policies</source>
        <translation>alle Richtlinien</translation>
    </message>
    <message>
        <source>policies %1</source>
        <translation>Richtlinien %1</translation>
    </message>
    <message>
        <source>keys %1</source>
        <translation>Schlüssel %1</translation>
    </message>
    <message>
        <source>Rejections above %1</source>
        <translation>Abweisungen über %1</translation>
    </message>
    <message>
        <source>Rejected share above %1</source>
        <translation>Abgewiesener Anteil über %1</translation>
    </message>
    <message>
        <source>More than %1 keys near their limit</source>
        <translation>Mehr als %1 Schlüssel nahe am Limit</translation>
    </message>
    <message>
        <source>No decision</source>
        <translation>Keine Entscheidung</translation>
    </message>
    <message>
        <source>Event lag above %1</source>
        <translation>Ereignisverzug über %1</translation>
    </message>
    <message>
        <source>No answer from Redis</source>
        <translation>Keine Antwort von Redis</translation>
    </message>
    <message>
        <source>, most of all %1 · %2</source>
        <translation>, am meisten %1 · %2</translation>
    </message>
    <message>
        <source>: %1</source>
        <translation>: %1</translation>
    </message>
    <message>
        <source> (%1 times)</source>
        <translation> (%1-mal)</translation>
    </message>
    <message>
        <source>Rejections per second</source>
        <translation>Abweisungen pro Sekunde</translation>
    </message>
    <message>
        <source>Rejected share</source>
        <translation>Abgewiesener Anteil</translation>
    </message>
    <message>
        <source>Keys near their limit</source>
        <translation>Schlüssel nahe am Limit</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Stille</translation>
    </message>
    <message>
        <source>Event lag</source>
        <translation>Ereignisverzug</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1 für %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>1 key</source>
        <translation>1 Schlüssel</translation>
    </message>
    <message>
        <source>%1 keys</source>
        <translation>%1 Schlüssel</translation>
    </message>
    <message>
        <source>&gt; %1</source>
        <translation>&gt; %1</translation>
    </message>
    <message>
        <source>away for %1</source>
        <translation>weg seit %1</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>antwortet</translation>
    </message>
    <message>
        <source>decides</source>
        <translation>entscheidet</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>für %1</translation>
    </message>
    <message>
        <source>○ Off</source>
        <translation>○ Aus</translation>
    </message>
    <message>
        <source>✓ OK</source>
        <translation>✓ OK</translation>
    </message>
    <message>
        <source>○ Not known</source>
        <translation>○ Nicht bekannt</translation>
    </message>
    <message>
        <source>△ Pending %1</source>
        <translation>△ Wartet %1</translation>
    </message>
    <message>
        <source>▲ Firing</source>
        <translation>▲ Ausgelöst</translation>
    </message>
    <message>
        <source>◌ Snoozed</source>
        <translation>◌ Stumm</translation>
    </message>
    <message>
        <source>◌ Snoozed %1</source>
        <translation>◌ Stumm %1</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>A key that is silent is on no list: choose policies instead.</source>
        <translation>Ein stiller Schlüssel steht auf keiner Liste: stattdessen Richtlinien wählen.</translation>
    </message>
    <message>
        <source>This is about the whole of Redis: choose all traffic.</source>
        <translation>Hier geht es um das ganze Redis: den gesamten Verkehr wählen.</translation>
    </message>
    <message>
        <source>Name the policies, for example api* or search.</source>
        <translation>Richtlinien angeben, zum Beispiel api* oder search.</translation>
    </message>
    <message>
        <source>Name the keys as POLICY:KEY, for example search:user-*.</source>
        <translation>Schlüssel als RICHTLINIE:SCHLÜSSEL angeben, zum Beispiel search:user-*.</translation>
    </message>
    <message>
        <source>The pattern is longer than %1 bytes: shorten it with *.</source>
        <translation>Das Muster ist länger als %1 Byte: mit * kürzen.</translation>
    </message>
    <message>
        <source>Only the ten fullest keys are known by name: choose 9 or less, or all traffic.</source>
        <translation>Nur die zehn vollsten Schlüssel sind mit Namen bekannt: höchstens 9 oder den gesamten Verkehr wählen.</translation>
    </message>
    <message>
        <source>It must end at %1 or less, where it begins.</source>
        <translation>Er muss bei höchstens %1 enden, wo er beginnt.</translation>
    </message>
    <message>
        <source>It must last between 1 s and 24 h.</source>
        <translation>Die Dauer muss zwischen 1 s und 24 h liegen.</translation>
    </message>
    <message>
        <source>Choose a threshold from 0 to %1.</source>
        <translation>Eine Schwelle von 0 bis %1 wählen.</translation>
    </message>
    <message>
        <source>%1 alerts</source>
        <translation>%1 Alarme</translation>
    </message>
    <message>
        <source>1 alert in the last minute</source>
        <translation>1 Alarm in der letzten Minute</translation>
    </message>
    <message>
        <source>%1 alerts in the last minute</source>
        <translation>%1 Alarme in der letzten Minute</translation>
    </message>
    <message>
        <source>%1 over %2</source>
        <translation>%1 im Mittel über %2</translation>
    </message>
    <message>
        <source>△ Pending</source>
        <translation>△ Wartet</translation>
    </message>
    <message>
        <source>&lt;1 s</source>
        <translation>&lt;1 s</translation>
    </message>
    <message>
        <source>It ends when the mean of %1 is at %2 or less for %3.</source>
        <translation>Endet, wenn das Mittel über %1 für %3 bei %2 oder weniger liegt.</translation>
    </message>
    <message>
        <source>It ends when it is at %1 or less for %2.</source>
        <translation>Endet, wenn es für %2 bei %1 oder weniger liegt.</translation>
    </message>
</context>
<context>
    <name>rateguard::AlertsPage</name>
    <message>
        <source>Add…</source>
        <translation>Neu…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Alert rules</source>
        <translation>Alarmregeln</translation>
    </message>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>away for 59 s</source>
        <translation>weg seit 59 s</translation>
    </message>
    <message>
        <source>&gt; 10,000/s</source>
        <translation>&gt; 10.000/s</translation>
    </message>
    <message>
        <source>Alerts of this session</source>
        <translation>Alarme dieser Sitzung</translation>
    </message>
    <message>
        <source>45 min</source>
        <translation>45 min</translation>
    </message>
    <message>
        <source>%1 of %2 on</source>
        <translation>%1 von %2 an</translation>
    </message>
    <message>
        <source>none so far</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>%1, kept until the program ends</source>
        <translation>%1, bis zum Ende des Programms</translation>
    </message>
    <message>
        <source>none: Add… makes one</source>
        <translation>keine: mit Neu… anlegen</translation>
    </message>
    <message>
        <source>%1, %2 firing</source>
        <translation>%1, %2 ausgelöst</translation>
    </message>
    <message>
        <source>This alert is of %1, which is not watched now. Connect to it to look there.</source>
        <translation>Dieser Alarm ist von %1, das jetzt nicht beobachtet wird. Um dort nachzusehen, damit verbinden.</translation>
    </message>
    <message>
        <source>◌ Snoozed 45 min</source>
        <translation>◌ Stumm 45 min</translation>
    </message>
    <message>
        <source>%1, %2 snoozed</source>
        <translation>%1, %2 stumm</translation>
    </message>
</context>
<context>
    <name>rateguard::Banner</name>
    <message>
        <source>&amp;Dismiss</source>
        <translation>A&amp;usblenden</translation>
    </message>
    <message>
        <source>C&amp;onnect…</source>
        <translation>&amp;Verbinden…</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Leaves Redis as it is and stops asking: the lost limits are forgotten here, too.</source>
        <translation>Lässt Redis, wie es ist, und fragt nicht mehr: die verlorenen Limits werden auch hier vergessen.</translation>
    </message>
    <message>
        <source>&amp;Restore 1 limit</source>
        <translation>1 Limit wiede&amp;rherstellen</translation>
    </message>
    <message>
        <source>&amp;Restore %1 limits</source>
        <translation>%1 Limits wiede&amp;rherstellen</translation>
    </message>
    <message>
        <source>This session may only watch.</source>
        <translation>Diese Sitzung darf nur zusehen.</translation>
    </message>
    <message>
        <source>Redis forgot 1 limit</source>
        <translation>Redis hat 1 Limit vergessen</translation>
    </message>
    <message>
        <source>Redis forgot %1 limits</source>
        <translation>Redis hat %1 Limits vergessen</translation>
    </message>
    <message>
        <source>%1: %2. It probably restarted without saving. Until they are back, services use their own defaults or get an error.</source>
        <translation>%1: %2. Vermutlich wurde es ohne Sicherung neu gestartet. Bis sie wieder da sind, nutzen Dienste ihre eigenen Vorgaben oder erhalten einen Fehler.</translation>
    </message>
    <message>
        <source>Restore 1 limit?</source>
        <translation>1 Limit wiederherstellen?</translation>
    </message>
    <message>
        <source>Restore %1 limits?</source>
        <translation>%1 Limits wiederherstellen?</translation>
    </message>
    <message>
        <source>%1. All services follow at once. One that somebody has set since stays as it is.</source>
        <translation>%1. Alle Dienste folgen sofort. Eines, das seither jemand gesetzt hat, bleibt, wie es ist.</translation>
    </message>
</context>
<context>
    <name>rateguard::BulkDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>What will be done</source>
        <translation>Was getan wird</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1. Not connected: the rest waits.</source>
        <translation>%1. Nicht verbunden: der Rest wartet.</translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation>Es würde sich nichts ändern.</translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>Nicht verbunden.</translation>
    </message>
</context>
<context>
    <name>rateguard::BulkForm</name>
    <message>
        <source>Reason of all</source>
        <translation>Grund für alle</translation>
    </message>
    <message>
        <source>For the audit trail</source>
        <translation>Für den Verlauf</translation>
    </message>
</context>
<context>
    <name>rateguard::BulkPlan</name>
    <message>
        <source>%1 under %2</source>
        <translation>%1 unter %2</translation>
    </message>
    <message>
        <source>the policy&apos;s limit</source>
        <translation>das Limit der Richtlinie</translation>
    </message>
</context>
<context>
    <name>rateguard::BulkPolicyForm</name>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>until it is changed</source>
        <translation>bis es geändert wird</translation>
    </message>
    <message>
        <source>How long the mode holds</source>
        <translation>Wie lange der Modus gilt</translation>
    </message>
    <message>
        <source>Counts times</source>
        <translation>Anzahl mal</translation>
    </message>
    <message>
        <source>Mode of all</source>
        <translation>Modus von allen</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie er ist</translation>
    </message>
    <message>
        <source>enforce</source>
        <translation>scharf</translation>
    </message>
    <message>
        <source>shadow</source>
        <translation>Schatten</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>Anzahlen</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Change 1 policy</source>
        <translation>1 Richtlinie ändern</translation>
    </message>
    <message>
        <source>Change %1 policies</source>
        <translation>%1 Richtlinien ändern</translation>
    </message>
    <message>
        <source>Change 1 policy?</source>
        <translation>1 Richtlinie ändern?</translation>
    </message>
    <message>
        <source>Change %1 policies at once?</source>
        <translation>%1 Richtlinien auf einmal ändern?</translation>
    </message>
    <message>
        <source>All services follow at once. Each is changed only if it still is as shown here.</source>
        <translation>Alle Dienste folgen sofort. Jede wird nur geändert, wenn sie noch so ist wie hier gezeigt.</translation>
    </message>
</context>
<context>
    <name>rateguard::BulkReasonForm</name>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
</context>
<context>
    <name>rateguard::BulkRun</name>
    <message>
        <source>… sent</source>
        <translation>… gesendet</translation>
    </message>
    <message>
        <source>✓ applied</source>
        <translation>✓ angewendet</translation>
    </message>
    <message>
        <source>≠ taken away meanwhile</source>
        <translation>≠ inzwischen weggenommen</translation>
    </message>
    <message>
        <source>✗ refused: %1</source>
        <translation>✗ abgelehnt: %1</translation>
    </message>
    <message>
        <source>? reply lost, maybe made</source>
        <translation>? Antwort verloren, vielleicht getan</translation>
    </message>
    <message>
        <source>– not sent</source>
        <translation>– nicht gesendet</translation>
    </message>
    <message>
        <source>%1 of %2 applied</source>
        <translation>%1 von %2 angewendet</translation>
    </message>
    <message>
        <source>%1 under way</source>
        <translation>%1 unterwegs</translation>
    </message>
    <message>
        <source>≠ %1 changed by others meanwhile</source>
        <translation>≠ %1 inzwischen von anderen geändert</translation>
    </message>
    <message>
        <source>✗ %1 refused</source>
        <translation>✗ %1 abgelehnt</translation>
    </message>
    <message>
        <source>? %1 unknown</source>
        <translation>? %1 unbekannt</translation>
    </message>
    <message>
        <source>– %1 not sent</source>
        <translation>– %1 nicht gesendet</translation>
    </message>
    <message>
        <source>, but changed by someone else since</source>
        <translation>, aber seitdem von jemand anderem geändert</translation>
    </message>
    <message>
        <source>✓ applied, %1</source>
        <translation>✓ angewendet, %1</translation>
    </message>
    <message>
        <source>≠ changed meanwhile: %1, %2</source>
        <translation>≠ inzwischen geändert: %1, %2</translation>
    </message>
    <message>
        <source>v%1</source>
        <translation>v%1</translation>
    </message>
</context>
<context>
    <name>rateguard::BulkTableModel</name>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Dann</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
</context>
<context>
    <name>rateguard::ChartLegend</name>
    <message>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>last</source>
        <translation>zuletzt</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>max</source>
        <translation>max</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>The limit as an average per second. Bursts above it are admitted while the window has room.</source>
        <translation>Das Limit als Mittel pro Sekunde. Spitzen darüber werden zugelassen, solange das Fenster Platz hat.</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>Peak</source>
        <translation>Spitze</translation>
    </message>
    <message>
        <source>Per second, over slices of %1 in the time that is shown. Click to hide or show, Ctrl+click to see it alone.</source>
        <translation>Pro Sekunde, über Abschnitte von %1 in der gezeigten Zeit. Klick blendet aus oder ein, Strg+Klick zeigt es allein.</translation>
    </message>
    <message>
        <source>There is no room for every slice of %1: each step of the curves is the mean of %2. The light band reaches up to the busiest slice in it. Zoom in to see them all.</source>
        <translation>Für jeden Abschnitt von %1 ist kein Platz: Jede Stufe der Kurven ist das Mittel über %2. Das helle Band reicht bis zum stärksten Abschnitt darin. Vergrößern zeigt sie alle.</translation>
    </message>
    <message>
        <source>last %1</source>
        <translation>letzte %1</translation>
    </message>
    <message>
        <source>The last figure is of the newest whole slice, %1.</source>
        <translation>Die letzte Zahl ist die des neuesten ganzen Abschnitts, %1.</translation>
    </message>
</context>
<context>
    <name>rateguard::ChartSvg</name>
    <message>
        <source>Limit %1/s</source>
        <translation>Limit %1/s</translation>
    </message>
    <message>
        <source>%1 hidden</source>
        <translation>%1 ausgeblendet</translation>
    </message>
    <message>
        <source>%1 %2/s</source>
        <translation>%1 %2/s</translation>
    </message>
    <message>
        <source>averages by minute</source>
        <translation>Mittel je Minute</translation>
    </message>
    <message>
        <source>Limit –</source>
        <translation>Limit –</translation>
    </message>
    <message>
        <source>Peak of %1, means of %2</source>
        <translation>Spitze über %1, Mittel über %2</translation>
    </message>
</context>
<context>
    <name>rateguard::CheatSheet</name>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Navigation</translation>
    </message>
    <message>
        <source>Overview, Keys, Details, Limits, History, Alerts</source>
        <translation>Übersicht, Schlüssel, Details, Limits, Verlauf, Alarme</translation>
    </message>
    <message>
        <source>to the filter of the keys</source>
        <translation>zum Filter der Schlüssel</translation>
    </message>
    <message>
        <source>details of the selected key</source>
        <translation>Details des gewählten Schlüssels</translation>
    </message>
    <message>
        <source>watch another Redis</source>
        <translation>ein anderes Redis beobachten</translation>
    </message>
    <message>
        <source>quit</source>
        <translation>beenden</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>hold the picture still, and go on</source>
        <translation>Bild anhalten und weiterlaufen lassen</translation>
    </message>
    <message>
        <source>a shorter, a longer time</source>
        <translation>kürzere, längere Zeit</translation>
    </message>
    <message>
        <source>back to live after a zoom</source>
        <translation>nach einem Zoom zurück zu jetzt</translation>
    </message>
    <message>
        <source>drag, wheel</source>
        <translation>ziehen, Rad</translation>
    </message>
    <message>
        <source>zoom into a chart</source>
        <translation>in ein Diagramm zoomen</translation>
    </message>
    <message>
        <source>move the crosshair of a chart</source>
        <translation>das Fadenkreuz eines Diagramms bewegen</translation>
    </message>
    <message>
        <source>a chart as a table, and back</source>
        <translation>Diagramm als Tabelle und zurück</translation>
    </message>
    <message>
        <source>word  word</source>
        <translation>Wort  Wort</translation>
    </message>
    <message>
        <source>all of them in the policy or key</source>
        <translation>alle in Richtlinie oder Schlüssel</translation>
    </message>
    <message>
        <source>not this one</source>
        <translation>dieses nicht</translation>
    </message>
    <message>
        <source>this policy</source>
        <translation>diese Richtlinie</translation>
    </message>
    <message>
        <source>figures</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>a regular expression</source>
        <translation>ein regulärer Ausdruck</translation>
    </message>
    <message>
        <source>clear the filter; in the table: select nothing</source>
        <translation>Filter leeren; in der Tabelle: nichts auswählen</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>apply the edit</source>
        <translation>Änderung anwenden</translation>
    </message>
    <message>
        <source>edit a limit in the table</source>
        <translation>ein Limit in der Tabelle ändern</translation>
    </message>
    <message>
        <source>export what is on screen</source>
        <translation>exportieren, was zu sehen ist</translation>
    </message>
    <message>
        <source>copy the selected rows</source>
        <translation>die ausgewählten Zeilen kopieren</translation>
    </message>
    <message>
        <source>this sheet</source>
        <translation>dieses Blatt</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>discard it</source>
        <translation>sie verwerfen</translation>
    </message>
    <message>
        <source>outside a field: undo the last edit made here; it is shown before it is sent</source>
        <translation>außerhalb eines Feldes: die letzte hier gemachte Änderung rückgängig machen; sie wird erst gezeigt</translation>
    </message>
    <message>
        <source>also banned, exempt, shadow, near, active, quiet</source>
        <translation>auch banned, exempt, shadow, near, active, quiet</translation>
    </message>
    <message>
        <source>edit the limit that is shown, or the selected key&apos;s</source>
        <translation>das gezeigte Limit bearbeiten, sonst das des gewählten Schlüssels</translation>
    </message>
</context>
<context>
    <name>rateguard::CheckList</name>
    <message>
        <source>Address understood</source>
        <translation>Adresse verstanden</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>Erreicht</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>Is a Redis</source>
        <translation>Ist ein Redis</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>May listen</source>
        <translation>Darf zuhören</translation>
    </message>
    <message>
        <source>May read limits</source>
        <translation>Darf Limits lesen</translation>
    </message>
    <message>
        <source>May edit</source>
        <translation>Darf ändern</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Antwortzeit</translation>
    </message>
    <message>
        <source>Connection test</source>
        <translation>Verbindungstest</translation>
    </message>
    <message>
        <source>Testing %1</source>
        <translation>%1 wird getestet</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>✗ This connection does not work yet</source>
        <translation>✗ Diese Verbindung funktioniert noch nicht</translation>
    </message>
    <message>
        <source>▲ Works, but not all of it</source>
        <translation>▲ Funktioniert, aber nicht alles</translation>
    </message>
    <message>
        <source>✓ All is well</source>
        <translation>✓ Alles gut</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>rateguard::Command</name>
    <message>
        <source>Redis asks for a password. Give it in the window, or in the variable RATEGUARD_URL: redis://USER:PASSWORD@HOST.</source>
        <translation>Redis verlangt ein Passwort. Es im Fenster angeben, oder in der Variable RATEGUARD_URL: redis://BENUTZER:PASSWORT@HOST.</translation>
    </message>
    <message>
        <source>Redis refused this user and password. Check both; special characters in a URL are percent-encoded.</source>
        <translation>Redis lehnte Benutzer und Passwort ab. Beide prüfen; Sonderzeichen stehen in einer URL prozentkodiert.</translation>
    </message>
    <message>
        <source>Redis refused the login: %1</source>
        <translation>Redis lehnte die Anmeldung ab: %1</translation>
    </message>
    <message>
        <source>Redis is not ready: %1</source>
        <translation>Redis ist nicht bereit: %1</translation>
    </message>
</context>
<context>
    <name>rateguard::ConfirmationDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Yes, do it</source>
        <translation>Ja, ausführen</translation>
    </message>
    <message>
        <source>Are you sure?</source>
        <translation>Sicher?</translation>
    </message>
    <message>
        <source>Name to confirm</source>
        <translation>Name zur Bestätigung</translation>
    </message>
    <message>
        <source>Type %1 to confirm:</source>
        <translation>Zur Bestätigung %1 eintippen:</translation>
    </message>
</context>
<context>
    <name>rateguard::Connection</name>
    <message>
        <source>the connection was opened anew</source>
        <translation>die Verbindung wurde neu geöffnet</translation>
    </message>
    <message>
        <source>the connection was closed</source>
        <translation>die Verbindung wurde geschlossen</translation>
    </message>
    <message>
        <source>there is no connection to Redis</source>
        <translation>es gibt keine Verbindung zu Redis</translation>
    </message>
    <message>
        <source>Redis sent something unreadable: %1.</source>
        <translation>Redis sandte etwas Unlesbares: %1.</translation>
    </message>
    <message>
        <source>%1 does not look like a Redis (%2). Check host and port.</source>
        <translation>%1 sieht nicht nach einem Redis aus (%2). Host und Port prüfen.</translation>
    </message>
    <message>
        <source>Redis does not let this user listen: %1. Grant the channels with ACL SETUSER … &apos;&amp;%2&apos;.</source>
        <translation>Redis lässt diesen Benutzer nicht zuhören: %1. Die Kanäle freigeben mit ACL SETUSER … &apos;&amp;%2&apos;.</translation>
    </message>
    <message>
        <source>%1 did not answer within 3 s. Does this port speak TLS? If not, write redis://.</source>
        <translation>%1 antwortete nicht binnen 3 s. Spricht dieser Port TLS? Wenn nicht, redis:// schreiben.</translation>
    </message>
    <message>
        <source>%1 did not answer within 3 s. Is it the right address, and is Redis busy or stopped?</source>
        <translation>%1 antwortete nicht binnen 3 s. Stimmt die Adresse, und ist Redis beschäftigt oder angehalten?</translation>
    </message>
    <message>
        <source>Redis has not answered for %1 s.</source>
        <translation>Redis antwortet seit %1 s nicht.</translation>
    </message>
    <message>
        <source>Redis does not answer. It may be stopped, blocked by a slow command, or cut off.</source>
        <translation>Redis antwortet nicht. Es ist vielleicht angehalten, von einem langsamen Befehl blockiert oder abgeschnitten.</translation>
    </message>
</context>
<context>
    <name>rateguard::ConnectionBook</name>
    <message>
        <source>The saved connections cannot be read. They are kept as they are in %1, under connectionsDamaged.</source>
        <translation>Die gespeicherten Verbindungen sind nicht zu lesen. Sie bleiben, wie sie sind, in %1 unter connectionsDamaged.</translation>
    </message>
    <message numerus="yes">
        <source>%n saved connection(s) cannot be read. They are kept in %1.</source>
        <translation>
            <numerusform>%n gespeicherte Verbindung ist nicht zu lesen. Sie bleibt in %1.</numerusform>
            <numerusform>%n gespeicherte Verbindungen sind nicht zu lesen. Sie bleiben in %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rateguard::ConnectionPill</name>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>The picture stands still; reading goes on, and alerts are told.</source>
        <translation>Das Bild steht still; gelesen wird weiter, und Alarme werden gemeldet.</translation>
    </message>
</context>
<context>
    <name>rateguard::ConnectionTest</name>
    <message>
        <source>over a unix socket</source>
        <translation>über einen Unix-Socket</translation>
    </message>
    <message>
        <source>over TLS</source>
        <translation>über TLS</translation>
    </message>
    <message>
        <source>over TCP</source>
        <translation>über TCP</translation>
    </message>
    <message>
        <source>as user %1</source>
        <translation>als Benutzer %1</translation>
    </message>
    <message>
        <source>Redis asks for no password here</source>
        <translation>Redis verlangt hier kein Passwort</translation>
    </message>
    <message>
        <source>with the password alone</source>
        <translation>allein mit dem Passwort</translation>
    </message>
    <message>
        <source>%1 has no functions. RateGuard needs Redis 7.0 or later, or Valkey.</source>
        <translation>%1 hat keine Funktionen. RateGuard braucht Redis 7.0 oder neuer, oder Valkey.</translation>
    </message>
    <message>
        <source>answers as a Redis; this user may not ask for its version (INFO)</source>
        <translation>antwortet wie ein Redis; dieser Benutzer darf nicht nach der Version fragen (INFO)</translation>
    </message>
    <message>
        <source>This user may not call RateGuard&apos;s functions: NOPERM. Grant what a viewer needs: rateguardctl acl print viewer</source>
        <translation>Dieser Benutzer darf RateGuards Funktionen nicht aufrufen: NOPERM. Geben, was ein Betrachter braucht: rateguardctl acl print viewer</translation>
    </message>
    <message>
        <source>version %1; this program brings version %2</source>
        <translation>Version %1; dieses Programm bringt Version %2 mit</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>It is not there, and this user may not load it. Let an operator run: rateguardctl init</source>
        <translation>Sie fehlt, und dieser Benutzer darf sie nicht laden. Als Operator ausführen: rateguardctl init</translation>
    </message>
    <message>
        <source>It is not there, and a replica takes none. Connect to its primary, or run there: rateguardctl init</source>
        <translation>Sie fehlt, und eine Replik nimmt keine an. Mit ihrem Primary verbinden, oder dort ausführen: rateguardctl init</translation>
    </message>
    <message>
        <source>not there yet; this user may load it, which happens when it connects</source>
        <translation>fehlt noch; dieser Benutzer darf sie laden, das geschieht beim Verbinden</translation>
    </message>
    <message>
        <source>NOPERM on HSCAN. Grant what a viewer needs: rateguardctl acl print viewer</source>
        <translation>NOPERM bei HSCAN. Geben, was ein Betrachter braucht: rateguardctl acl print viewer</translation>
    </message>
    <message>
        <source>limits, bans and resets</source>
        <translation>Limits, Sperren und Zurücksetzen</translation>
    </message>
    <message>
        <source>%1 ms, the median of %2</source>
        <translation>%1 ms, der Median von %2</translation>
    </message>
</context>
<context>
    <name>rateguard::Dashboard</name>
    <message>
        <source>firing</source>
        <translation>ausgelöst</translation>
    </message>
    <message>
        <source>throttled</source>
        <translation>gedrosselt</translation>
    </message>
</context>
<context>
    <name>rateguard::DetailReader</name>
    <message>
        <source>This key has more than 256 bytes, and only its beginning is known here: details need its real name. Ask with rateguardctl peek and the full name.</source>
        <translation>Dieser Schlüssel hat mehr als 256 Byte, und hier ist nur sein Anfang bekannt: Details brauchen den echten Namen. Es geht mit rateguardctl peek und dem vollen Namen.</translation>
    </message>
    <message>
        <source>Redis gave an answer that this version does not know.</source>
        <translation>Redis gab eine Antwort, die diese Version nicht kennt.</translation>
    </message>
    <message>
        <source>The admitted requests could not be read: %1</source>
        <translation>Die zugelassenen Anfragen waren nicht zu lesen: %1</translation>
    </message>
</context>
<context>
    <name>rateguard::DetailsPage</name>
    <message>
        <source>Its traffic, per second</source>
        <translation>Sein Verkehr, pro Sekunde</translation>
    </message>
    <message>
        <source>No key is chosen</source>
        <translation>Kein Schlüssel ist gewählt</translation>
    </message>
    <message>
        <source>Choose one in Keys or Overview: here is then all about it. Its traffic, how full its windows are, why it was rejected last, and what you can do about it.</source>
        <translation>Unter Schlüssel oder Übersicht einen wählen: hier steht dann alles über ihn. Sein Verkehr, wie voll seine Fenster sind, warum er zuletzt abgewiesen wurde, und was sich tun lässt.</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>Schlüssel zeigen</translation>
    </message>
    <message>
        <source>Its traffic, per second (limit line: %1)</source>
        <translation>Sein Verkehr, pro Sekunde (Limitlinie: %1)</translation>
    </message>
    <message>
        <source>No request of this key was heard since this window began to listen.</source>
        <translation>Seit dieses Fenster zuhört, kam keine Anfrage dieses Schlüssels.</translation>
    </message>
</context>
<context>
    <name>rateguard::DiffView</name>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>v%1</source>
        <translation>v%1</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
</context>
<context>
    <name>rateguard::DraftWords</name>
    <message>
        <source>no limit</source>
        <translation>kein Limit</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>unlesbar</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1 für %2</translation>
    </message>
    <message>
        <source>%1, new</source>
        <translation>%1, neu</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1, v%2</source>
        <translation>%1, v%2</translation>
    </message>
    <message>
        <source>%1 → %2, v%3 → v%4</source>
        <translation>%1 → %2, v%3 → v%4</translation>
    </message>
</context>
<context>
    <name>rateguard::EditComparison</name>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>→ %1</source>
        <translation>→ %1</translation>
    </message>
    <message>
        <source>%1, changed</source>
        <translation>%1, geändert</translation>
    </message>
    <message>
        <source>%1, before</source>
        <translation>%1, vorher</translation>
    </message>
</context>
<context>
    <name>rateguard::EditDetail</name>
    <message>
        <source>Outcome of the revert</source>
        <translation>Ergebnis der Rücknahme</translation>
    </message>
    <message>
        <source>What a revert would do</source>
        <translation>Was eine Rücknahme täte</translation>
    </message>
    <message>
        <source>Reason for the revert</source>
        <translation>Grund der Rücknahme</translation>
    </message>
    <message>
        <source>Open policy</source>
        <translation>Richtlinie öffnen</translation>
    </message>
    <message>
        <source>%1 by %2, %3</source>
        <translation>%1 von %2, %3</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>jemand</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>No reason was given.</source>
        <translation>Kein Grund genannt.</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>Open key</source>
        <translation>Schlüssel öffnen</translation>
    </message>
    <message>
        <source>Revert: %1 → %2</source>
        <translation>Rücknahme: %1 → %2</translation>
    </message>
    <message>
        <source>Waiting for Redis to answer the last revert.</source>
        <translation>Wartet, bis Redis auf die letzte Rücknahme antwortet.</translation>
    </message>
    <message>
        <source>Sends an edit of its own, which stands in the history like any other</source>
        <translation>Sendet eine eigene Änderung, die wie jede andere im Verlauf steht</translation>
    </message>
    <message>
        <source>Revert what was set for %1</source>
        <translation>Zurücknehmen, was für %1 gesetzt wurde</translation>
    </message>
    <message>
        <source>Revert the limit of %1 to what it was before v%2</source>
        <translation>Das Limit von %1 zurücknehmen, auf das von vor v%2</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Press Enter to revert: %1 → %2</source>
        <translation>Eingabetaste nimmt zurück: %1 → %2</translation>
    </message>
</context>
<context>
    <name>rateguard::EditFlags</name>
    <message>
        <source>%1 by %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>rateguard::EditHistoryModel</name>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>Marke</translation>
    </message>
    <message>
        <source>The flag on the charts. %1</source>
        <translation>Die Marke in den Diagrammen. %1</translation>
    </message>
    <message>
        <source>Effect on rejections</source>
        <translation>Wirkung auf Abweisungen</translation>
    </message>
</context>
<context>
    <name>rateguard::EditObstacle</name>
    <message>
        <source>Read-only: this session may only watch.</source>
        <translation>Nur lesen: diese Sitzung darf nur zusehen.</translation>
    </message>
    <message>
        <source>This Redis user may only watch.</source>
        <translation>Dieser Redis-Benutzer darf nur zusehen.</translation>
    </message>
    <message>
        <source>Not connected. Your draft is kept.</source>
        <translation>Nicht verbunden. Der Entwurf bleibt erhalten.</translation>
    </message>
    <message>
        <source>A name has 1 to 64 of the characters A-Z a-z 0-9 . _ -</source>
        <translation>Ein Name hat 1 bis 64 der Zeichen A-Z a-z 0-9 . _ -</translation>
    </message>
    <message>
        <source>There is a policy of that name already.</source>
        <translation>Es gibt schon eine Richtlinie dieses Namens.</translation>
    </message>
    <message>
        <source>Waiting for Redis.</source>
        <translation>Wartet auf Redis.</translation>
    </message>
    <message>
        <source>First choose between theirs and yours.</source>
        <translation>Erst zwischen fremdem und eigenem Stand wählen.</translation>
    </message>
    <message>
        <source>Nothing has changed.</source>
        <translation>Nichts hat sich geändert.</translation>
    </message>
</context>
<context>
    <name>rateguard::EditTracker</name>
    <message>
        <source>The connection was replaced before Redis answered: the edit may have been made. Look at the limit before you apply again.</source>
        <translation>Die Verbindung wurde gewechselt, bevor Redis antwortete: die Änderung kann geschehen sein. Das Limit ansehen, dann erst wieder anwenden.</translation>
    </message>
</context>
<context>
    <name>rateguard::EditWords</name>
    <message>
        <source>for %1</source>
        <translation>für %1</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1 %2 → %3 %4</source>
        <translation>%1 %2 → %3 %4</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>until lifted</source>
        <translation>bis zur Aufhebung</translation>
    </message>
    <message>
        <source>v%1</source>
        <translation>v%1</translation>
    </message>
    <message>
        <source>Holds for it</source>
        <translation>Gilt für ihn</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>%1 per %2</source>
        <translation>%1 pro %2</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>genau</translation>
    </message>
    <message>
        <source>bucket</source>
        <translation>Bucket</translation>
    </message>
    <message>
        <source>%1, then %2</source>
        <translation>%1, dann %2</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>Zählung</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Mode ends</source>
        <translation>Modus endet</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>limit of %1</source>
        <translation>Limit von %1</translation>
    </message>
    <message>
        <source>use forgotten</source>
        <translation>Verbrauch auf 0</translation>
    </message>
    <message>
        <source>lifted: %1</source>
        <translation>aufgehoben: %1</translation>
    </message>
    <message>
        <source>taken away: %1</source>
        <translation>weggenommen: %1</translation>
    </message>
    <message>
        <source>new: %1</source>
        <translation>neu: %1</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Verbraucht</translation>
    </message>
    <message>
        <source>some of its windows</source>
        <translation>etwas seiner Fenster</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>reset</source>
        <translation>Reset</translation>
    </message>
    <message>
        <source>reset: what this key had used was forgotten</source>
        <translation>Reset: Was dieser Schlüssel verbraucht hatte, wurde vergessen</translation>
    </message>
    <message>
        <source>v%1: version %1 of the limit of %2</source>
        <translation>v%1: Version %1 des Limits von %2</translation>
    </message>
</context>
<context>
    <name>rateguard::EffectBars</name>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Rejections before and after the edit</source>
        <translation>Abweisungen vor und nach der Änderung</translation>
    </message>
    <message>
        <source>Before: %1. After: %2.</source>
        <translation>Vorher: %1. Nachher: %2.</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>rejected %1 of %2 per min, over %3</source>
        <translation>abgew. %1 von %2/min, über %3</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
</context>
<context>
    <name>rateguard::EffectNote</name>
    <message>
        <source>Effect</source>
        <translation>Wirkung</translation>
    </message>
</context>
<context>
    <name>rateguard::EffectWords</name>
    <message>
        <source>the override of %1 ended after %2</source>
        <translation>die Ausnahme von %1 endete nach %2</translation>
    </message>
    <message>
        <source>the override of %1 was lifted after %2</source>
        <translation>die Ausnahme von %1 wurde nach %2 aufgehoben</translation>
    </message>
    <message>
        <source>the use of %1 was forgotten after %2</source>
        <translation>der Verbrauch von %1 wurde nach %2 vergessen</translation>
    </message>
    <message>
        <source>%1 was edited after %2 (k%3)</source>
        <translation>%1 wurde nach %2 geändert (k%3)</translation>
    </message>
    <message>
        <source>ended after %1</source>
        <translation>zu Ende nach %1</translation>
    </message>
    <message>
        <source>the limit&apos;s mode ended after %1</source>
        <translation>der Modus des Limits endete nach %1</translation>
    </message>
    <message>
        <source>the override ended after %1</source>
        <translation>die Ausnahme endete nach %1</translation>
    </message>
    <message>
        <source>the limit was taken away after %1</source>
        <translation>das Limit wurde nach %1 weggenommen</translation>
    </message>
    <message>
        <source>lifted after %1</source>
        <translation>aufgehoben nach %1</translation>
    </message>
    <message>
        <source>overtaken by %1 after %2</source>
        <translation>durch %1 abgelöst nach %2</translation>
    </message>
    <message>
        <source>the limit became %1 after %2</source>
        <translation>das Limit wurde %1 nach %2</translation>
    </message>
    <message>
        <source>the override became %1 after %2</source>
        <translation>die Ausnahme wurde %1 nach %2</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>too early, known from %1</source>
        <translation>zu früh, bekannt ab %1</translation>
    </message>
    <message>
        <source>too early to tell</source>
        <translation>noch zu früh</translation>
    </message>
    <message>
        <source>whole policy %1 → %2/min</source>
        <translation>Richtlinie %1 → %2/min</translation>
    </message>
    <message>
        <source>This key alone, heard by this window: %1</source>
        <translation>Dieser Schlüssel allein, von diesem Fenster gehört: %1</translation>
    </message>
    <message>
        <source>Whole policy, from Redis&apos; minutes, as the key&apos;s own decisions are not known: %1</source>
        <translation>Ganze Richtlinie, aus den Minuten von Redis, da die Entscheidungen des Schlüssels selbst nicht bekannt sind: %1</translation>
    </message>
    <message>
        <source>Whole policy, from Redis&apos; minutes: %1</source>
        <translation>Ganze Richtlinie, aus den Minuten von Redis: %1</translation>
    </message>
    <message>
        <source>Whole policy, heard by this window: %1</source>
        <translation>Ganze Richtlinie, von diesem Fenster gehört: %1</translation>
    </message>
    <message>
        <source>Whole policy without %1, changed at about the same time; heard by this window: %2</source>
        <translation>Ganze Richtlinie ohne %1, etwa gleichzeitig geändert; von diesem Fenster gehört: %2</translation>
    </message>
    <message>
        <source>The key&apos;s own decisions of then are not known here, and Redis keeps minutes of whole policies only.</source>
        <translation>Die damaligen Entscheidungen des Schlüssels selbst sind hier nicht bekannt, und Redis merkt sich nur Minuten ganzer Richtlinien.</translation>
    </message>
    <message>
        <source>%1 before</source>
        <translation>%1 davor</translation>
    </message>
    <message>
        <source>%1 before, %2 after</source>
        <translation>%1 davor, %2 danach</translation>
    </message>
    <message>
        <source>%1 after</source>
        <translation>%1 danach</translation>
    </message>
    <message>
        <source>%1 after, before not known</source>
        <translation>%1 danach, davor nicht bekannt</translation>
    </message>
    <message>
        <source>%1; no longer, as %2</source>
        <translation>%1; nicht länger, denn %2</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1; %2</translation>
    </message>
    <message>
        <source>&lt; 1 s</source>
        <translation>&lt; 1 s</translation>
    </message>
    <message>
        <source>use forgotten after %1</source>
        <translation>Verbrauch vergessen nach %1</translation>
    </message>
    <message>
        <source>both are less than the window of %1, which may still have been filling</source>
        <translation>beides kürzer als das Fenster von %1, das sich noch gefüllt haben kann</translation>
    </message>
    <message>
        <source>before is less than the window of %1, which may still have been filling</source>
        <translation>davor kürzer als das Fenster von %1, das sich noch gefüllt haben kann</translation>
    </message>
    <message>
        <source>after is less than the window of %1, which may still be filling</source>
        <translation>danach kürzer als das Fenster von %1, das sich noch füllen kann</translation>
    </message>
    <message>
        <source>this is less than the window of %1, which may still be filling</source>
        <translation>kürzer als das Fenster von %1, das sich noch füllen kann</translation>
    </message>
    <message>
        <source>%1/min</source>
        <translation>%1/min</translation>
    </message>
    <message>
        <source>%1 keys</source>
        <translation>%1 Schlüssel</translation>
    </message>
    <message>
        <source>%1/min without %2</source>
        <translation>%1/min ohne %2</translation>
    </message>
    <message>
        <source>= still %1</source>
        <translation>= weiter %1</translation>
    </message>
    <message>
        <source>so few were rejected that the difference may be chance</source>
        <translation>so wenige wurden abgewiesen, dass der Unterschied Zufall sein kann</translation>
    </message>
</context>
<context>
    <name>rateguard::EndNowForm</name>
    <message>
        <source>Policies to end it for</source>
        <translation>Richtlinien, für die es endet</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>%1: %2 until %3</source>
        <translation>%1: %2 bis %3</translation>
    </message>
    <message>
        <source>End %1 now</source>
        <translation>%1 jetzt beenden</translation>
    </message>
    <message>
        <source>Back to the modes from before, now?</source>
        <translation>Jetzt zurück zu den Modi von zuvor?</translation>
    </message>
    <message>
        <source>What is over its limit is rejected again, at once and everywhere.</source>
        <translation>Was über seinem Limit ist, wird wieder abgewiesen, sofort und überall.</translation>
    </message>
</context>
<context>
    <name>rateguard::Environment</name>
    <message>
        <source>Development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
</context>
<context>
    <name>rateguard::EnvironmentBadge</name>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
</context>
<context>
    <name>rateguard::EventCodec</name>
    <message>
        <source>this is not a message of RateGuard</source>
        <translation>dies ist keine Nachricht von RateGuard</translation>
    </message>
    <message>
        <source>events of an older format: update the services and what watches them</source>
        <translation>Ereignisse eines älteren Formats: Dienste und Beobachter aktualisieren</translation>
    </message>
    <message>
        <source>events of format &apos;%1&apos; need a newer RateGuard; this one reads format 2</source>
        <translation>Ereignisse im Format „%1“ brauchen ein neueres RateGuard; dieses liest Format 2</translation>
    </message>
    <message>
        <source>the beginning of a message is damaged</source>
        <translation>der Anfang einer Nachricht ist beschädigt</translation>
    </message>
    <message>
        <source>the time of a message is out of range</source>
        <translation>die Zeit einer Nachricht liegt außerhalb des Bereichs</translation>
    </message>
    <message>
        <source>decision %1 of %2 in a message is damaged</source>
        <translation>Entscheidung %1 von %2 in einer Nachricht ist beschädigt</translation>
    </message>
    <message>
        <source>a message is cut short or has bytes left over</source>
        <translation>eine Nachricht ist abgeschnitten oder hat überzählige Bytes</translation>
    </message>
</context>
<context>
    <name>rateguard::ExportFile</name>
    <message>
        <source>%1 was not written: %2. %3</source>
        <translation>%1 wurde nicht geschrieben: %2. %3</translation>
    </message>
    <message>
        <source>Choose a folder that exists.</source>
        <translation>Einen vorhandenen Ordner wählen.</translation>
    </message>
    <message>
        <source>Choose a place that you may write to, or have the rights changed.</source>
        <translation>Einen beschreibbaren Ort wählen oder die Rechte ändern lassen.</translation>
    </message>
    <message>
        <source>Free some space there, or choose another place.</source>
        <translation>Dort Platz schaffen oder einen anderen Ort wählen.</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>es ist ein Ordner</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>es ist keine Datei</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
</context>
<context>
    <name>rateguard::Exporter</name>
    <message>
        <source>Export what is on screen</source>
        <translation>Exportieren, was zu sehen ist</translation>
    </message>
    <message>
        <source>Keys for spreadsheets (*.csv)</source>
        <translation>Schlüssel für Tabellenprogramme (*.csv)</translation>
    </message>
    <message>
        <source>Keys as JSON lines (*.jsonl)</source>
        <translation>Schlüssel als JSON-Zeilen (*.jsonl)</translation>
    </message>
    <message>
        <source>Charts as a picture (*.png)</source>
        <translation>Diagramme als Bild (*.png)</translation>
    </message>
    <message>
        <source>The charts</source>
        <translation>Die Diagramme</translation>
    </message>
    <message>
        <source>1 key</source>
        <translation>1 Schlüssel</translation>
    </message>
    <message>
        <source>%1 keys</source>
        <translation>%1 Schlüssel</translation>
    </message>
    <message>
        <source>✓ %1 written to %2</source>
        <translation>✓ %1 geschrieben nach %2</translation>
    </message>
    <message>
        <source>No key is selected, so nothing was copied</source>
        <translation>Kein Schlüssel ist ausgewählt, darum wurde nichts kopiert</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Charts as a drawing (*.svg)</source>
        <translation>Diagramme als Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source>%1 was not written: its name does not say what it is to hold. End it with .csv or .jsonl for keys, with .png or .svg for charts.</source>
        <translation>%1 wurde nicht geschrieben: der Name sagt nicht, was die Datei enthalten soll. Den Namen mit .csv oder .jsonl für Schlüssel, mit .png oder .svg für Diagramme beenden.</translation>
    </message>
    <message>
        <source>%1 was not written: there is no chart on this page. Overview, Keys and Details have some.</source>
        <translation>%1 wurde nicht geschrieben: auf dieser Seite ist kein Diagramm. Übersicht, Schlüssel und Details haben welche.</translation>
    </message>
    <message>
        <source>✓ %1 copied</source>
        <translation>✓ %1 kopiert</translation>
    </message>
    <message>
        <source>%1 was not written: another Redis is watched now. Export again.</source>
        <translation>%1 wurde nicht geschrieben: jetzt wird ein anderes Redis beobachtet. Noch einmal exportieren.</translation>
    </message>
    <message>
        <source>Nothing was copied: another Redis is watched now. Copy again.</source>
        <translation>Nichts wurde kopiert: jetzt wird ein anderes Redis beobachtet. Noch einmal kopieren.</translation>
    </message>
    <message>
        <source>%1 is still being written. Try again when it is done.</source>
        <translation>%1 wird noch geschrieben. Danach erneut versuchen.</translation>
    </message>
    <message>
        <source>No selected key is in the table now, so nothing was copied</source>
        <translation>Kein gewählter Schlüssel steht jetzt in der Tabelle, darum wurde nichts kopiert</translation>
    </message>
</context>
<context>
    <name>rateguard::FeedWorker</name>
    <message>
        <source>This Redis user may not call functions (FCALL_RO), so events come up to half a second later.</source>
        <translation>Dieser Redis-Benutzer darf keine Funktionen aufrufen (FCALL_RO), darum kommen Ereignisse bis zu einer halben Sekunde später.</translation>
    </message>
    <message>
        <source>Redis sends decisions that this program cannot read: %1.</source>
        <translation>Redis sendet Entscheidungen, die dieses Programm nicht lesen kann: %1.</translation>
    </message>
    <message>
        <source>Nothing was changed: this session is read-only.</source>
        <translation>Nichts wurde geändert: diese Sitzung darf nur zusehen.</translation>
    </message>
    <message>
        <source>Nothing was sent: there is no connection to Redis. Apply again when it is back.</source>
        <translation>Nichts wurde gesendet: es gibt keine Verbindung zu Redis. Noch einmal anwenden, wenn sie wieder da ist.</translation>
    </message>
    <message>
        <source>Redis has not answered for 3 s: the edit may have been made. It is looked up as soon as Redis answers.</source>
        <translation>Redis antwortet seit 3 s nicht: die Änderung kann geschehen sein. Sobald Redis antwortet, wird nachgesehen.</translation>
    </message>
    <message>
        <source>This session is read-only: nothing is written to Redis.</source>
        <translation>Diese Sitzung darf nur zusehen: in Redis wird nichts geschrieben.</translation>
    </message>
</context>
<context>
    <name>rateguard::FilterStrip</name>
    <message>
        <source>Filter keys</source>
        <translation>Schlüssel filtern</translation>
    </message>
    <message>
        <source>Filter keys  ( / )   user-17   policy:search   state:throttled   rejected&gt;0   !bot</source>
        <translation>Schlüssel filtern  ( / )   user-17   policy:search   state:throttled   rejected&gt;0   !bot</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
</context>
<context>
    <name>rateguard::FilterWords</name>
    <message>
        <source>Until then all keys are shown.</source>
        <translation>Bis dahin stehen alle Schlüssel da.</translation>
    </message>
    <message>
        <source>Until then “%1” is in force.</source>
        <translation>Bis dahin gilt „%1“.</translation>
    </message>
    <message>
        <source>✗ Not a regular expression: %1, at character %2.</source>
        <translation>✗ Kein regulärer Ausdruck: %1, bei Zeichen %2.</translation>
    </message>
    <message>
        <source>✗ “%1” at character %2 is no value: write a number, as in rejected&gt;0, used&gt;80% or idle&gt;30s.</source>
        <translation>✗ „%1“ bei Zeichen %2 ist kein Wert: eine Zahl schreiben, wie in rejected&gt;0, used&gt;80% oder idle&gt;30s.</translation>
    </message>
    <message>
        <source>✗ There is no field “%1”: compare requests, rejected, allowed, shadow, used, share, limit, total or idle.</source>
        <translation>✗ Es gibt kein Feld „%1“: vergleichen lassen sich requests, rejected, allowed, shadow, used, share, limit, total und idle.</translation>
    </message>
    <message>
        <source>✗ “%1” is no state: write state:throttled, banned, exempt, shadow, near, active or quiet.</source>
        <translation>✗ „%1“ ist kein Status: state:throttled, banned, exempt, shadow, near, active oder quiet schreiben.</translation>
    </message>
    <message>
        <source>Every word must fit; ! in front means not.
bot — a piece of the policy or key
policy:search — the whole policy
state:throttled — or banned, exempt, shadow, near, active, quiet
re:^api:user-[0-9]+$ — a regular expression for POLICY:KEY
rejected&gt;0 — per second; also requests, allowed, shadow
used&gt;80% — of the limit; used&gt;50 is a count
share&gt;50% — of its requests in the last minute that were rejected
limit&lt;100   total&gt;1000   idle&gt;30s — or 5min, 2h</source>
        <translation>Jedes Wort muss passen; ! davor heißt nicht.
bot — ein Stück von Richtlinie oder Schlüssel
policy:search — die ganze Richtlinie
state:throttled — oder banned, exempt, shadow, near, active, quiet
re:^api:user-[0-9]+$ — ein regulärer Ausdruck für RICHTLINIE:SCHLÜSSEL
rejected&gt;0 — pro Sekunde; auch requests, allowed, shadow
used&gt;80% — vom Limit; used&gt;50 ist eine Anzahl
share&gt;50% — seiner Anfragen der letzten Minute, die abgewiesen wurden
limit&lt;100   total&gt;1000   idle&gt;30s — oder 5min, 2h</translation>
    </message>
</context>
<context>
    <name>rateguard::HeaderStrip</name>
    <message>
        <source>DEMO</source>
        <translation>DEMO</translation>
    </message>
    <message>
        <source>READ-ONLY</source>
        <translation>NUR LESEN</translation>
    </message>
    <message>
        <source>Requests/s</source>
        <translation>Anfragen/s</translation>
    </message>
    <message>
        <source>Allowed/s</source>
        <translation>Zugelassen/s</translation>
    </message>
    <message>
        <source>Rejected/s</source>
        <translation>Abgewiesen/s</translation>
    </message>
    <message>
        <source>Throttled now</source>
        <translation>Jetzt gedrosselt</translation>
    </message>
    <message>
        <source>Keys known</source>
        <translation>Schlüssel bekannt</translation>
    </message>
    <message>
        <source>A private Redis with made-up traffic: nothing here is production.</source>
        <translation>Ein eigenes Redis mit erfundenem Verkehr: nichts hier ist Produktion.</translation>
    </message>
    <message>
        <source>RateGuard was started read-only.</source>
        <translation>RateGuard wurde zum Nur-Lesen gestartet.</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>bisher %1</translation>
    </message>
    <message>
        <source>of %1 keys</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>at the cap</source>
        <translation>an der Obergrenze</translation>
    </message>
    <message>
        <source>+%1 shadow</source>
        <translation>+%1 Schatten</translation>
    </message>
    <message>
        <source>+%1 would be</source>
        <translation>+%1 wären es</translation>
    </message>
</context>
<context>
    <name>rateguard::HealthCard</name>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Antwortzeit</translation>
    </message>
    <message>
        <source>A question to Redis and its answer.</source>
        <translation>Eine Frage an Redis und seine Antwort.</translation>
    </message>
    <message>
        <source>Event lag</source>
        <translation>Verzug</translation>
    </message>
    <message>
        <source>There and back through the channel that the decisions come through.</source>
        <translation>Hin und zurück durch den Kanal, durch den die Entscheidungen kommen.</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Of Redis: used, and the most it may use.</source>
        <translation>Von Redis: belegt, und wie viel höchstens erlaubt ist.</translation>
    </message>
    <message>
        <source>When full</source>
        <translation>Wenn voll</translation>
    </message>
    <message>
        <source>What Redis does when its memory is full (maxmemory-policy).</source>
        <translation>Was Redis tut, wenn sein Speicher voll ist (maxmemory-policy).</translation>
    </message>
    <message>
        <source>Batches lost</source>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>Batches of decisions that never came: the figures are too low by what was in them.</source>
        <translation>Pakete von Entscheidungen, die nie ankamen: die Zahlen sind um das zu klein, was darin war.</translation>
    </message>
    <message>
        <source>Malformed</source>
        <translation>Unlesbar</translation>
    </message>
    <message>
        <source>Messages that could not be read, and were left out.</source>
        <translation>Nachrichten, die nicht zu lesen waren und ausgelassen wurden.</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1, no limit</source>
        <translation>%1, ohne Grenze</translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 Warnung</translation>
    </message>
    <message>
        <source>%1 warnings</source>
        <translation>%1 Warnungen</translation>
    </message>
</context>
<context>
    <name>rateguard::HistoryPage</name>
    <message>
        <source>Filter edits</source>
        <translation>Änderungen filtern</translation>
    </message>
    <message>
        <source>Filter edits by author, policy, key or reason</source>
        <translation>Änderungen nach Person, Richtlinie, Schlüssel oder Grund filtern</translation>
    </message>
    <message>
        <source>Every word must stand in the author, the policy, the key or the reason.</source>
        <translation>Jedes Wort muss in Person, Richtlinie, Schlüssel oder Grund stehen.</translation>
    </message>
    <message>
        <source>Edits</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>No edit fits this filter. Every word must stand in the author, the policy, the key or the reason; Escape clears it.</source>
        <translation>Keine Änderung passt zu diesem Filter. Jedes Wort muss in Person, Richtlinie, Schlüssel oder Grund stehen; Esc leert ihn.</translation>
    </message>
    <message>
        <source>✗ The history could not be read again: %1 These are the edits known before.</source>
        <translation>✗ Der Verlauf war nicht wieder zu lesen: %1 Dies sind die zuvor bekannten Änderungen.</translation>
    </message>
    <message>
        <source>The history could not be read</source>
        <translation>Der Verlauf war nicht zu lesen</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>Verlauf wird gelesen…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>All edits that Redis remembers will be listed here.</source>
        <translation>Hier stehen alle Änderungen, an die sich Redis erinnert.</translation>
    </message>
    <message>
        <source>The history comes as soon as Redis answers.</source>
        <translation>Der Verlauf kommt, sobald Redis antwortet.</translation>
    </message>
    <message>
        <source>No edits yet</source>
        <translation>Noch keine Änderungen</translation>
    </message>
    <message>
        <source>Whoever changes a limit or a key, here or with rateguardctl, is listed here: author, reason, old and new, and what it did to the rejections. Each edit can be reverted from here.</source>
        <translation>Wer ein Limit oder einen Schlüssel ändert, hier oder mit rateguardctl, steht hier: Person, Grund, alt und neu, und was es mit den Abweisungen machte. Jede Änderung lässt sich von hier zurücknehmen.</translation>
    </message>
    <message>
        <source>%1 of %2 edits</source>
        <translation>%1 von %2 Änderungen</translation>
    </message>
    <message>
        <source>%1 edits</source>
        <translation>%1 Änderungen</translation>
    </message>
    <message>
        <source>the newest %1 edits; there are older ones</source>
        <translation>die neuesten %1 Änderungen; es gibt ältere</translation>
    </message>
    <message>
        <source>1 edit</source>
        <translation>1 Änderung</translation>
    </message>
</context>
<context>
    <name>rateguard::HistoryReader</name>
    <message>
        <source>This Redis user may not read the history of edits. Give it the rights of a viewer; rateguardctl acl print viewer prints them.</source>
        <translation>Dieser Redis-Benutzer darf den Verlauf der Änderungen nicht lesen. Ihm die Rechte eines Betrachters geben; rateguardctl acl print viewer zeigt sie.</translation>
    </message>
    <message>
        <source>The history of edits could not be read: %1</source>
        <translation>Der Verlauf der Änderungen war nicht zu lesen: %1</translation>
    </message>
</context>
<context>
    <name>rateguard::KeyActions</name>
    <message>
        <source>Ban</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Exempt</source>
        <translation>Freistellen</translation>
    </message>
    <message>
        <source>Set own limit</source>
        <translation>Eigenes Limit</translation>
    </message>
    <message>
        <source>Lift</source>
        <translation>Aufheben</translation>
    </message>
    <message>
        <source>Edit the policy&apos;s limit…</source>
        <translation>Limit der Richtlinie ändern…</translation>
    </message>
    <message>
        <source>Outcome for the key</source>
        <translation>Ergebnis für den Schlüssel</translation>
    </message>
    <message>
        <source>A ban, an exemption or a limit of its own ends by itself after so long.</source>
        <translation>Eine Sperre, eine Freistellung oder ein eigenes Limit endet nach so langer Zeit von selbst.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Reason, for the history</source>
        <translation>Grund, für den Verlauf</translation>
    </message>
    <message>
        <source>A limit of its own</source>
        <translation>Ein eigenes Limit</translation>
    </message>
    <message>
        <source>30/min</source>
        <translation>30/min</translation>
    </message>
    <message>
        <source>For this key alone</source>
        <translation>Für diesen Schlüssel allein</translation>
    </message>
    <message>
        <source>For all keys of the policy</source>
        <translation>Für alle Schlüssel der Richtlinie</translation>
    </message>
    <message>
        <source>Waiting for what Redis says of this key.</source>
        <translation>Wartet darauf, was Redis über diesen Schlüssel sagt.</translation>
    </message>
    <message>
        <source>Waiting for Redis to answer the last edit.</source>
        <translation>Wartet, bis Redis auf die letzte Änderung antwortet.</translation>
    </message>
    <message>
        <source>The policy has no limit: set one first.</source>
        <translation>Die Richtlinie hat kein Limit: erst eines setzen.</translation>
    </message>
    <message>
        <source>Nothing holds for this key alone: there is nothing to lift.</source>
        <translation>Für diesen Schlüssel allein gilt nichts: es gibt nichts aufzuheben.</translation>
    </message>
    <message>
        <source>Reject every request of this key</source>
        <translation>Jede Anfrage dieses Schlüssels abweisen</translation>
    </message>
    <message>
        <source>Admit every request of this key, uncounted</source>
        <translation>Jede Anfrage dieses Schlüssels zulassen, ungezählt</translation>
    </message>
    <message>
        <source>Instead of the policy&apos;s limit</source>
        <translation>Statt des Limits der Richtlinie</translation>
    </message>
    <message>
        <source>The policy&apos;s limit holds for it again, at once</source>
        <translation>Das Limit der Richtlinie gilt wieder für ihn, sofort</translation>
    </message>
    <message>
        <source>Forget what it has used: its windows are empty again</source>
        <translation>Seinen Verbrauch zurücksetzen: seine Fenster sind wieder leer</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Reset use</source>
        <translation>Zurücksetzen</translation>
    </message>
</context>
<context>
    <name>rateguard::KeyCells</name>
    <message>
        <source>(%1)</source>
        <translation>(%1)</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>In parentheses: would be rejected, admitted because the policy only watches (shadow mode).</source>
        <translation>In Klammern: würde abgewiesen, zugelassen, weil die Richtlinie nur zusieht (Schattenmodus).</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Requests/s</source>
        <translation>Anfragen/s</translation>
    </message>
    <message>
        <source>Rejected/s</source>
        <translation>Abgewiesen/s</translation>
    </message>
    <message>
        <source>Used of limit</source>
        <translation>Vom Limit verbraucht</translation>
    </message>
    <message>
        <source>Rejected %</source>
        <translation>Abgewiesen %</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Last minute</source>
        <translation>Letzte Minute</translation>
    </message>
    <message>
        <source>%1 allowed, %2 over the limit</source>
        <translation>%1 zugelassen, %2 über dem Limit</translation>
    </message>
    <message>
        <source>In the last 60 s: %1 (rejected, or in shadow mode only reported)</source>
        <translation>In den letzten 60 s: %1 (abgewiesen, oder im Schattenmodus nur gemeldet)</translation>
    </message>
    <message>
        <source>%1, %2 s not known</source>
        <translation>%1, %2 s nicht bekannt</translation>
    </message>
    <message>
        <source>%1 at its last request</source>
        <translation>%1 bei seiner letzten Anfrage</translation>
    </message>
    <message>
        <source>%1 of %2 requests of the last minute were rejected</source>
        <translation>%1 von %2 Anfragen der letzten Minute wurden abgewiesen</translation>
    </message>
    <message>
        <source>No request came in the last minute</source>
        <translation>In der letzten Minute kam keine Anfrage</translation>
    </message>
    <message>
        <source>The policy whose limit the key is under.</source>
        <translation>Die Richtlinie, unter deren Limit der Schlüssel steht.</translation>
    </message>
    <message>
        <source>Who is limited: what the service calls its client.</source>
        <translation>Wer begrenzt wird: wie der Dienst seinen Client nennt.</translation>
    </message>
    <message>
        <source>How much of the limit was used at the key&apos;s last request; 0 as soon as all of that has left the window. Marks at 80 % and 100 %.</source>
        <translation>Wie viel vom Limit bei der letzten Anfrage des Schlüssels verbraucht war; 0, sobald all das das Fenster verlassen hat. Marken bei 80 % und 100 %.</translation>
    </message>
    <message>
        <source>Of its requests in the last minute (45 to 60 s), how many were rejected. “–”: none came.</source>
        <translation>Wie viele seiner Anfragen der letzten Minute (45 bis 60 s) abgewiesen wurden. „–“: es kam keine.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>When its last request was decided.</source>
        <translation>Wann über seine letzte Anfrage entschieden wurde.</translation>
    </message>
    <message>
        <source>Requests of the last 60 s, second by second: admitted, and on top of them those over the limit.</source>
        <translation>Anfragen der letzten 60 s, Sekunde für Sekunde: zugelassene, und die über dem Limit.</translation>
    </message>
    <message>
        <source>Not known: it was banned when it was first heard of</source>
        <translation>Nicht bekannt: er war schon gesperrt, als zuerst von ihm zu hören war</translation>
    </message>
    <message>
        <source>Requests per second, over the last 4 to 5 s.</source>
        <translation>Anfragen pro Sekunde, über die letzten 4 bis 5 s.</translation>
    </message>
    <message>
        <source>Rejected requests per second, over the last 4 to 5 s. In parentheses: would be rejected, but the policy only watches (shadow mode).</source>
        <translation>Abgewiesene Anfragen pro Sekunde, über die letzten 4 bis 5 s. In Klammern: würden abgewiesen, aber die Richtlinie sieht nur zu (Schattenmodus).</translation>
    </message>
    <message>
        <source>%1 (%2 of them let in by shadow mode)</source>
        <translation>%1 (%2 davon vom Schattenmodus durchgelassen)</translation>
    </message>
</context>
<context>
    <name>rateguard::KeyColumns</name>
    <message>
        <source>Reset columns</source>
        <translation>Spalten zurücksetzen</translation>
    </message>
</context>
<context>
    <name>rateguard::KeyEditList</name>
    <message>
        <source>Edits of this key and of its policy&apos;s limit</source>
        <translation>Änderungen dieses Schlüssels und des Limits seiner Richtlinie</translation>
    </message>
    <message>
        <source>The history has not been read yet.</source>
        <translation>Der Verlauf ist noch nicht gelesen.</translation>
    </message>
    <message>
        <source>The history could not be read: %1</source>
        <translation>Der Verlauf war nicht zu lesen: %1</translation>
    </message>
    <message>
        <source>None among the edits that were read; there are older ones.</source>
        <translation>Keine unter den gelesenen Änderungen; es gibt ältere.</translation>
    </message>
    <message>
        <source>Nobody has edited it. Edits, with author and reason, will be listed here.</source>
        <translation>Niemand hat ihn geändert. Änderungen stehen hier, mit Person und Grund.</translation>
    </message>
</context>
<context>
    <name>rateguard::KeyEdits</name>
    <message>
        <source>Nothing was changed: this session is read-only.</source>
        <translation>Nichts wurde geändert: diese Sitzung darf nur zusehen.</translation>
    </message>
    <message>
        <source>Nothing was sent: there is no connection to Redis. Apply again when it is back.</source>
        <translation>Nichts wurde gesendet: es gibt keine Verbindung zu Redis. Noch einmal anwenden, wenn sie wieder da ist.</translation>
    </message>
    <message>
        <source>Nothing was changed: this key has more than 256 bytes, and only its beginning is known here. Use rateguardctl with its full name.</source>
        <translation>Nichts wurde geändert: dieser Schlüssel hat mehr als 256 Byte, und hier ist nur sein Anfang bekannt. Es geht mit rateguardctl und dem vollen Namen.</translation>
    </message>
    <message>
        <source>Nothing was sent: 1,000 edits wait for an answer already. Apply again when Redis has answered them.</source>
        <translation>Nichts wurde gesendet: schon 1.000 Änderungen warten auf Antwort. Noch einmal anwenden, wenn Redis sie beantwortet hat.</translation>
    </message>
    <message>
        <source>Redis has not answered for 3 s: the edit may have been made. It is looked up as soon as Redis answers.</source>
        <translation>Redis antwortet seit 3 s nicht: die Änderung kann geschehen sein. Sobald Redis antwortet, wird nachgesehen.</translation>
    </message>
    <message>
        <source>The connection was replaced before Redis answered: the edit may have been made. Look at the key before you apply again.</source>
        <translation>Die Verbindung wurde gewechselt, bevor Redis antwortete: die Änderung kann geschehen sein. Den Schlüssel ansehen, dann erst wieder anwenden.</translation>
    </message>
</context>
<context>
    <name>rateguard::KeyHead</name>
    <message>
        <source>The policy has no limit that Redis knows of.</source>
        <translation>Die Richtlinie hat kein Limit, von dem Redis weiß.</translation>
    </message>
    <message>
        <source>What Redis holds for %1 is no limit: services get an error. Set it anew.</source>
        <translation>Was Redis für %1 hält, ist kein Limit: Dienste erhalten einen Fehler. Neu setzen.</translation>
    </message>
    <message>
        <source>Policy %1: %2, %3, v%4</source>
        <translation>Richtlinie %1: %2, %3, v%4</translation>
    </message>
    <message>
        <source>Copy key</source>
        <translation>Schlüssel kopieren</translation>
    </message>
    <message>
        <source>✓ Copied</source>
        <translation>✓ Kopiert</translation>
    </message>
    <message>
        <source>All bytes of the key, as it is in Redis (Ctrl+C)</source>
        <translation>Alle Bytes des Schlüssels, wie er in Redis steht (Strg+C)</translation>
    </message>
    <message>
        <source>Asking Redis…</source>
        <translation>Redis wird gefragt…</translation>
    </message>
    <message>
        <source>Limit of the policy</source>
        <translation>Limit der Richtlinie</translation>
    </message>
    <message>
        <source>No override of its own</source>
        <translation>Keine eigene Ausnahme</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Not seen: no request of it was heard since this window began to listen.</source>
        <translation>Nicht gesehen: seit dieses Fenster zuhört, kam keine Anfrage von ihm.</translation>
    </message>
    <message>
        <source>%1 admitted, %2 rejected per s</source>
        <translation>%1 zugelassen, %2 abgewiesen pro s</translation>
    </message>
    <message>
        <source> · last seen %1</source>
        <translation> · zuletzt gesehen %1</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Whether it has an override of its own is not known</source>
        <translation>Ob er eine eigene Ausnahme hat, ist nicht bekannt</translation>
    </message>
    <message>
        <source>%1: over the limit again and again %2</source>
        <translation>%1: immer wieder über dem Limit, %2</translation>
    </message>
    <message>
        <source>%1: rejected again and again %2</source>
        <translation>%1: immer wieder abgewiesen, %2</translation>
    </message>
    <message>
        <source>%1 of %2 requests over the limit so far</source>
        <translation>bisher %1 von %2 über dem Limit</translation>
    </message>
    <message>
        <source>%1 of %2 requests rejected so far</source>
        <translation>bisher %1 von %2 abgewiesen</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>All of the limit is used now. No request in the last 4 s was rejected.</source>
        <translation>Das ganze Limit ist jetzt verbraucht. In den letzten 4 s wurde keine Anfrage abgewiesen.</translation>
    </message>
    <message>
        <source>Most of the limit is used now. No request in the last 4 s was rejected.</source>
        <translation>Der größte Teil des Limits ist jetzt verbraucht. In den letzten 4 s wurde keine Anfrage abgewiesen.</translation>
    </message>
    <message>
        <source>Per s: over the last 4 to 5 s. So far: since this window began to listen.</source>
        <translation>Pro s: über die letzten 4 bis 5 s. Bisher: seit dieses Fenster zuhört.</translation>
    </message>
    <message>
        <source>◆ Instead of that: %1, %2</source>
        <translation>◆ Für ihn: %1, %2</translation>
    </message>
    <message>
        <source>“Again and again” means: under the same limit, never a minute without one, and never let in for a whole window of the limit while it went on asking.</source>
        <translation>„Immer wieder“ heißt: unter demselben Limit, nie eine Minute ohne, und nie ein ganzes Fenster des Limits lang durchgelassen, während weiter angefragt wurde.</translation>
    </message>
    <message>
        <source>%1 allowed, %2 would be rejected per s</source>
        <translation>%1 zugelassen, %2 würden abgewiesen pro s</translation>
    </message>
</context>
<context>
    <name>rateguard::KeyMenu</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Edit the limit of %1</source>
        <translation>Limit von %1 ändern</translation>
    </message>
    <message>
        <source>Show only %1</source>
        <translation>Nur %1 zeigen</translation>
    </message>
    <message>
        <source>Follow this key</source>
        <translation>Diesem Schlüssel folgen</translation>
    </message>
    <message>
        <source>Copy key</source>
        <translation>Schlüssel kopieren</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
</context>
<context>
    <name>rateguard::KeyNow</name>
    <message>
        <source>Admitted. %1 of %2 in %3 would be left.</source>
        <translation>Zugelassen. %1 von %2 in %3 blieben übrig.</translation>
    </message>
    <message>
        <source>Admitted by shadow mode only: %1; enforced, it would wait %2.</source>
        <translation>Nur vom Schattenmodus zugelassen: %1; scharf müsste er %2 warten.</translation>
    </message>
    <message>
        <source>Rejected, and told to wait %2: %1.</source>
        <translation>Abgewiesen, und soll %2 warten: %1.</translation>
    </message>
    <message>
        <source>no room in the last %1</source>
        <translation>kein Platz in den letzten %1</translation>
    </message>
    <message>
        <source>Asking Redis…</source>
        <translation>Redis wird gefragt…</translation>
    </message>
    <message>
        <source>Not known. %1</source>
        <translation>Nicht bekannt. %1</translation>
    </message>
    <message>
        <source>the key is banned</source>
        <translation>der Schlüssel ist gesperrt</translation>
    </message>
    <message>
        <source>the key is banned until somebody lifts it</source>
        <translation>der Schlüssel ist gesperrt, bis es jemand aufhebt</translation>
    </message>
    <message>
        <source>Admitted by shadow mode only: %1.</source>
        <translation>Nur vom Schattenmodus zugelassen: %1.</translation>
    </message>
    <message>
        <source>Admitted, because the key is exempt: nothing of it is counted.</source>
        <translation>Zugelassen, weil der Schlüssel freigestellt ist: nichts von ihm wird gezählt.</translation>
    </message>
    <message>
        <source>Admitted, because the policy is off: nothing is counted.</source>
        <translation>Zugelassen, weil die Richtlinie aus ist: nichts wird gezählt.</translation>
    </message>
    <message>
        <source>it costs more than the limit: no waiting would help</source>
        <translation>sie kostet mehr als das Limit: Warten hilft nicht</translation>
    </message>
    <message>
        <source>Rejected, because %1.</source>
        <translation>Abgewiesen, denn %1.</translation>
    </message>
    <message>
        <source>Probably admitted: the window has room again by now, unless other requests of this key came in between.</source>
        <translation>Wohl zugelassen: Das Fenster hat inzwischen wieder Platz, wenn nicht andere Anfragen dieses Schlüssels dazwischenkamen.</translation>
    </message>
</context>
<context>
    <name>rateguard::KeyPanel</name>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>checkout</source>
        <translation>checkout</translation>
    </message>
    <message>
        <source>▲ Throttled__</source>
        <translation>▲ Gedrosselt__</translation>
    </message>
    <message>
        <source>59 min ago</source>
        <translation>vor 59 min</translation>
    </message>
    <message>
        <source>%1 of %2 keys · %3 throttled</source>
        <translation>%1 von %2 Schlüsseln · %3 gedrosselt</translation>
    </message>
    <message>
        <source>%1 keys · %2 throttled</source>
        <translation>%1 Schlüssel · %2 gedrosselt</translation>
    </message>
    <message>
        <source>Following %1 · </source>
        <translation>Folgt %1 · </translation>
    </message>
    <message>
        <source>The selection stays as it was: not all of these rows are here. To select many keys, filter and press Ctrl+A.</source>
        <translation>Die Auswahl bleibt, wie sie war: Nicht alle diese Zeilen sind hier. Um viele Schlüssel auszuwählen, filtern und Strg+A drücken.</translation>
    </message>
</context>
<context>
    <name>rateguard::KeyWhy</name>
    <message>
        <source>Why it was rejected last</source>
        <translation>Warum er zuletzt abgewiesen wurde</translation>
    </message>
    <message>
        <source>Asking Redis…</source>
        <translation>Redis wird gefragt…</translation>
    </message>
</context>
<context>
    <name>rateguard::KeyWindows</name>
    <message>
        <source>The key is banned: it is rejected however empty its windows are.</source>
        <translation>Der Schlüssel ist gesperrt: er wird abgewiesen, wie leer seine Fenster auch sind.</translation>
    </message>
    <message>
        <source>The key is exempt: its requests are not counted.</source>
        <translation>Der Schlüssel ist freigestellt: seine Anfragen werden nicht gezählt.</translation>
    </message>
    <message>
        <source>The policy has no limit, so there is no window to show.</source>
        <translation>Die Richtlinie hat kein Limit, also ist kein Fenster zu zeigen.</translation>
    </message>
    <message>
        <source>The policy is off: nothing is counted.</source>
        <translation>Die Richtlinie ist aus: nichts wird gezählt.</translation>
    </message>
    <message>
        <source>What it has used</source>
        <translation>Was er verbraucht hat</translation>
    </message>
    <message>
        <source>What a request would be told now</source>
        <translation>Was einer Anfrage jetzt gesagt würde</translation>
    </message>
    <message>
        <source>Asking Redis…</source>
        <translation>Redis wird gefragt…</translation>
    </message>
    <message>
        <source>A request now: %1</source>
        <translation>Eine Anfrage jetzt: %1</translation>
    </message>
    <message>
        <source>As of %1: Redis has not answered since.</source>
        <translation>Stand %1: Redis hat seither nicht geantwortet.</translation>
    </message>
    <message>
        <source>A request at that moment: %1</source>
        <translation>Eine Anfrage in diesem Moment: %1</translation>
    </message>
</context>
<context>
    <name>rateguard::KeyWords</name>
    <message>
        <source>Quiet</source>
        <translation>Still</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Near limit</source>
        <translation>Limit nahe</translation>
    </message>
    <message>
        <source>Throttled</source>
        <translation>Gedrosselt</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>Schatten</translation>
    </message>
    <message>
        <source>%1 used, the limit is %2 now</source>
        <translation>%1 verbraucht, das Limit ist jetzt %2</translation>
    </message>
    <message>
        <source>%1 of %2 used</source>
        <translation>%1 von %2 verbraucht</translation>
    </message>
    <message>
        <source>Banned</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Exempt</source>
        <translation>Freigestellt</translation>
    </message>
    <message>
        <source>Every request is rejected until the ban ends or is lifted.</source>
        <translation>Jede Anfrage wird abgewiesen, bis die Sperre endet oder aufgehoben wird.</translation>
    </message>
    <message>
        <source>Every request is admitted, and nothing is counted.</source>
        <translation>Jede Anfrage wird zugelassen, und nichts wird gezählt.</translation>
    </message>
    <message>
        <source>At least one request in the last 5 s was rejected.</source>
        <translation>Mindestens eine Anfrage der letzten 5 s wurde abgewiesen.</translation>
    </message>
    <message>
        <source>At least one request in the last 5 s was over the limit, and admitted because the policy only watches (shadow mode).</source>
        <translation>Mindestens eine Anfrage der letzten 5 s war über dem Limit, und zugelassen, weil die Richtlinie nur zusieht (Schattenmodus).</translation>
    </message>
    <message>
        <source>No request in the last 4 s.</source>
        <translation>Keine Anfrage in den letzten 4 s.</translation>
    </message>
    <message>
        <source>Most of the limit was used at its last request, and that still counts. No request in the last 4 s was rejected.</source>
        <translation>Bei seiner letzten Anfrage war der größte Teil des Limits verbraucht, und das zählt noch. In den letzten 4 s wurde keine Anfrage abgewiesen.</translation>
    </message>
    <message>
        <source>Requests in the last 4 to 5 s, and all were admitted.</source>
        <translation>Anfragen in den letzten 4 bis 5 s, und alle wurden zugelassen.</translation>
    </message>
</context>
<context>
    <name>rateguard::Keyring</name>
    <message>
        <source>No keyring answers, or it was not unlocked, so passwords are asked for each time and kept nowhere.</source>
        <translation>Kein Schlüsselbund antwortet, oder er wurde nicht entsperrt: nach Passwörtern wird jedes Mal gefragt, und sie werden nirgends aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>rateguard::KillSwitchForm</name>
    <message>
        <source>How long everything comes through</source>
        <translation>Wie lange alles durchkommt</translation>
    </message>
    <message>
        <source>How everything comes through</source>
        <translation>Wie alles durchkommt</translation>
    </message>
    <message>
        <source>off: nothing is counted</source>
        <translation>aus: nichts wird gezählt</translation>
    </message>
    <message>
        <source>shadow: go on counting and reporting</source>
        <translation>Schatten: weiter zählen und melden</translation>
    </message>
    <message>
        <source>Reason for letting everything through</source>
        <translation>Grund, alles durchzulassen</translation>
    </message>
    <message>
        <source>Required: for whoever reads the audit trail tomorrow</source>
        <translation>Nötig: für alle, die morgen den Verlauf lesen</translation>
    </message>
    <message>
        <source>No policy rejects anything for that time. It ends by itself, inside Redis, even if this window is closed: each policy then goes back to the mode it has now.</source>
        <translation>Keine Richtlinie weist so lange etwas ab. Es endet von selbst, in Redis, auch wenn dieses Fenster geschlossen ist: jede Richtlinie kehrt dann zu ihrem jetzigen Modus zurück.</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Say why: a reason is required for this.</source>
        <translation>Grund angeben: hierfür ist einer nötig.</translation>
    </message>
    <message>
        <source>Let everything through 1 policy</source>
        <translation>Bei 1 Richtlinie alles durchlassen</translation>
    </message>
    <message>
        <source>Let everything through %1 policies</source>
        <translation>Bei %1 Richtlinien alles durchlassen</translation>
    </message>
    <message>
        <source>Let everything through 1 policy for %1?</source>
        <translation>Bei 1 Richtlinie %1 lang alles durchlassen?</translation>
    </message>
    <message>
        <source>Let everything through %1 policies for %2?</source>
        <translation>Bei %1 Richtlinien %2 lang alles durchlassen?</translation>
    </message>
    <message>
        <source>Nothing is rejected until then, under any of them: what the limits protect gets all the traffic. It ends by itself after %1.</source>
        <translation>Bis dahin wird unter keiner etwas abgewiesen: was die Limits schützen, bekommt den ganzen Verkehr. Es endet nach %1 von selbst.</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>%1 (%2 until %3)</source>
        <translation>%1 (%2 bis %3)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Not changed, as it lets everything through for longer already: %1</source>
        <translation>Nicht geändert, weil es ohnehin länger alles durchlässt: %1</translation>
    </message>
</context>
<context>
    <name>rateguard::LatestEditModel</name>
    <message>
        <source>use forgotten</source>
        <translation>Verbrauch auf 0</translation>
    </message>
    <message>
        <source>override lifted</source>
        <translation>Ausnahme aufgehoben</translation>
    </message>
    <message>
        <source>limit taken away</source>
        <translation>Limit weggenommen</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>rateguard::Layout</name>
    <message>
        <source>The field prefix of rateguard:config holds &apos;%1&apos;, which is no prefix. Repair it: rateguardctl init</source>
        <translation>Das Feld prefix in rateguard:config enthält „%1“, das ist kein Präfix. Reparieren mit: rateguardctl init</translation>
    </message>
    <message>
        <source>The field partitions of %1:config holds &apos;%2&apos; instead of a number from 1 to %3. Repair it: rateguardctl init</source>
        <translation>Das Feld partitions in %1:config enthält „%2“ statt einer Zahl von 1 bis %3. Reparieren mit: rateguardctl init</translation>
    </message>
</context>
<context>
    <name>rateguard::LegendEntry</name>
    <message>
        <source>hidden</source>
        <translation>ausgeblendet</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>rateguard::LetThroughStrip</name>
    <message>
        <source>End now…</source>
        <translation>Jetzt beenden…</translation>
    </message>
    <message>
        <source>Let through</source>
        <translation>Durchlassen</translation>
    </message>
    <message>
        <source>Back to the modes from before, now</source>
        <translation>Jetzt zurück zu den Modi von zuvor</translation>
    </message>
    <message>
        <source>Show limits</source>
        <translation>Limits zeigen</translation>
    </message>
    <message>
        <source>To the page of limits</source>
        <translation>Zur Seite der Limits</translation>
    </message>
</context>
<context>
    <name>rateguard::LetThroughWords</name>
    <message>
        <source>until %1 (%2 left)</source>
        <translation>bis %1 (noch %2)</translation>
    </message>
    <message>
        <source>%1, then %2</source>
        <translation>%1, dann %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1; and %2 more</source>
        <translation>%1; und %2 weitere</translation>
    </message>
    <message>
        <source>Set by %1 and others.</source>
        <translation>Gesetzt von %1 und anderen.</translation>
    </message>
    <message>
        <source>Set by %1.</source>
        <translation>Gesetzt von %1.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1; set by %2 at %3</source>
        <translation>%1; gesetzt von %2 um %3</translation>
    </message>
    <message>
        <source>%1 of %2 policies lets everything through</source>
        <translation>%1 von %2 Richtlinien lässt alles durch</translation>
    </message>
    <message>
        <source>All %1 policies let everything through</source>
        <translation>Alle %1 Richtlinien lassen alles durch</translation>
    </message>
    <message>
        <source>%1 of %2 policies let everything through</source>
        <translation>%1 von %2 Richtlinien lassen alles durch</translation>
    </message>
    <message>
        <source>⚠ %1 %2: %3. %4</source>
        <translation>⚠ %1 %2: %3. %4</translation>
    </message>
    <message>
        <source>%1, the last of them until %2</source>
        <translation>%1, die letzte davon bis %2</translation>
    </message>
</context>
<context>
    <name>rateguard::LimitCellDelegate</name>
    <message>
        <source>Limit in the table</source>
        <translation>Limit in der Tabelle</translation>
    </message>
</context>
<context>
    <name>rateguard::LimitEditor</name>
    <message>
        <source>a new policy</source>
        <translation>eine neue Richtlinie</translation>
    </message>
    <message>
        <source>Change the limit of %1 to %2?</source>
        <translation>Das Limit von %1 auf %2 ändern?</translation>
    </message>
    <message>
        <source>It is now: %1. All services follow at once.</source>
        <translation>Es ist jetzt: %1. Alle Dienste folgen sofort.</translation>
    </message>
    <message>
        <source>Take the limit of %1 away?</source>
        <translation>Das Limit von %1 wegnehmen?</translation>
    </message>
    <message>
        <source>For all services at once. Those with a default register theirs again with the next request; the others get an error for each.</source>
        <translation>Für alle Dienste auf einmal. Solche mit einer Vorgabe melden ihre mit der nächsten Anfrage wieder an; die anderen erhalten für jede einen Fehler.</translation>
    </message>
    <message>
        <source>It is now: %1.</source>
        <translation>Jetzt gilt: %1.</translation>
    </message>
</context>
<context>
    <name>rateguard::LimitFields</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Add &amp;window</source>
        <translation>&amp;Weiteres Fenster</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Policy name</source>
        <translation>Name der Richtlinie</translation>
    </message>
    <message>
        <source>A-Z a-z 0-9 . _ -</source>
        <translation>A-Z a-z 0-9 . _ -</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>Zählung</translation>
    </message>
    <message>
        <source>exact (log)</source>
        <translation>genau (log)</translation>
    </message>
    <message>
        <source>bucket, for large limits</source>
        <translation>Bucket, für große Limits</translation>
    </message>
    <message>
        <source>Every request is remembered with its time, in 4 to 6 bytes. Counts up to 1,000,000.</source>
        <translation>Jede Anfrage wird mit ihrer Zeit behalten, in 4 bis 6 Byte. Anzahlen bis 1.000.000.</translation>
    </message>
    <message>
        <source>Counts in sixtieths of the window, in 264 bytes. Counts up to 1,000,000,000.</source>
        <translation>Zählt in Sechzigsteln des Fensters, in 264 Byte. Anzahlen bis 1.000.000.000.</translation>
    </message>
    <message>
        <source>About the limit</source>
        <translation>Über das Limit</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>For the audit trail</source>
        <translation>Für den Verlauf</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Enforce: reject what is over</source>
        <translation>Scharf: abweisen, was darüber ist</translation>
    </message>
    <message>
        <source>Shadow: admit all, only report</source>
        <translation>Schatten: alles zulassen, nur melden</translation>
    </message>
    <message>
        <source>Off: admit all, count nothing</source>
        <translation>Aus: alles zulassen, nichts zählen</translation>
    </message>
    <message>
        <source>End of the mode</source>
        <translation>Ende des Modus</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Zählen</translation>
    </message>
    <message>
        <source>A policy has up to four windows.</source>
        <translation>Eine Richtlinie hat bis zu vier Fenster.</translation>
    </message>
    <message>
        <source>A request must fit into all windows of a limit.</source>
        <translation>Eine Anfrage muss in alle Fenster eines Limits passen.</translation>
    </message>
    <message>
        <source>Little memory; counts 1/60 of a window longer.</source>
        <translation>Wenig Speicher; zählt 1/60 eines Fensters länger.</translation>
    </message>
    <message>
        <source>Now %1.</source>
        <translation>Jetzt %1.</translation>
    </message>
    <message>
        <source>Ends by itself, then %1.</source>
        <translation>Endet von selbst, dann %1.</translation>
    </message>
</context>
<context>
    <name>rateguard::LimitForm</name>
    <message>
        <source>Take awa&amp;y…</source>
        <translation>We&amp;gnehmen…</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>&amp;Anwenden</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Take the limit away…</source>
        <translation>Das Limit wegnehmen…</translation>
    </message>
    <message>
        <source>New policy</source>
        <translation>Neue Richtlinie</translation>
    </message>
    <message>
        <source>Limit of %1</source>
        <translation>Limit von %1</translation>
    </message>
    <message>
        <source>No policies yet. Services register theirs with the first request, or make one here.</source>
        <translation>Noch keine Richtlinien. Dienste melden ihre mit der ersten Anfrage an; auch hier lässt sich eine anlegen.</translation>
    </message>
    <message>
        <source>Select a policy to edit its limit.</source>
        <translation>Eine Richtlinie wählen, um ihr Limit zu ändern.</translation>
    </message>
    <message>
        <source>Cance&amp;l</source>
        <translation>Abbre&amp;chen</translation>
    </message>
    <message>
        <source>Take the limit of this policy away</source>
        <translation>Das Limit dieser Richtlinie wegnehmen</translation>
    </message>
    <message>
        <source>%1 (Ctrl+Z)</source>
        <translation>%1 (Strg+Z)</translation>
    </message>
    <message>
        <source>Discard chan&amp;ges</source>
        <translation>Verwer&amp;fen</translation>
    </message>
    <message>
        <source>Undo last edit</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Select a policy on the page of limits first.</source>
        <translation>Erst auf der Seite Limits eine Richtlinie wählen.</translation>
    </message>
    <message>
        <source>Back to what Redis holds; nothing is sent</source>
        <translation>Zurück zu dem, was Redis hat; nichts wird gesendet</translation>
    </message>
    <message>
        <source>There is nothing to undo of a policy that is not made yet.</source>
        <translation>Nichts rückgängig zu machen: die Richtlinie gibt es noch nicht.</translation>
    </message>
    <message>
        <source>First apply or discard what is in the editor.</source>
        <translation>Erst anwenden oder verwerfen, was im Editor steht.</translation>
    </message>
</context>
<context>
    <name>rateguard::LimitLookup</name>
    <message>
        <source>The connection broke before the edit was made: Redis still holds version %1. Apply it again.</source>
        <translation>Die Verbindung brach vor der Änderung ab: Redis hält noch Version %1. Noch einmal anwenden.</translation>
    </message>
    <message>
        <source>Redis has lost this limit, and whatever was edited.</source>
        <translation>Redis hat dieses Limit verloren, und was geändert wurde.</translation>
    </message>
    <message>
        <source>Redis now holds version %1, from somebody else.</source>
        <translation>Redis hält jetzt Version %1, von jemand anderem.</translation>
    </message>
    <message>
        <source>Redis now holds %1, version %2, from somebody else.</source>
        <translation>Redis hält jetzt %1, Version %2, von jemand anderem.</translation>
    </message>
    <message>
        <source>The edit may have been made; the history of edits could not be read: %1</source>
        <translation>Die Änderung kann geschehen sein; der Verlauf der Änderungen war nicht zu lesen: %1</translation>
    </message>
    <message>
        <source>The edit may have been made: the history does not reach back that far. Look at the limit before you apply again.</source>
        <translation>Die Änderung wurde vielleicht gemacht: So weit reicht der Verlauf nicht zurück. Vor dem erneuten Anwenden das Limit ansehen.</translation>
    </message>
    <message>
        <source>This policy has no limit now: somebody else took it away.</source>
        <translation>Diese Richtlinie hat jetzt kein Limit: Jemand anderes hat es weggenommen.</translation>
    </message>
</context>
<context>
    <name>rateguard::LimitMarks</name>
    <message>
        <source>↑ above: %1</source>
        <translation>↑ darüber: %1</translation>
    </message>
</context>
<context>
    <name>rateguard::LimitPreview</name>
    <message>
        <source>%1 at %2/s</source>
        <translation>%1 mit %2/s</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>Nobody would be rejected, and nothing counted.</source>
        <translation>Niemand würde abgewiesen und nichts gezählt.</translation>
    </message>
    <message>
        <source>Nobody would be rejected: what is over the limit is only reported.</source>
        <translation>Niemand würde abgewiesen: was über dem Limit ist, wird nur gemeldet.</translation>
    </message>
    <message>
        <source>The %1/s that are rejected now would come through.</source>
        <translation>Die %1/s, die jetzt abgewiesen werden, kämen durch.</translation>
    </message>
    <message>
        <source>No key of this policy is over or near its limit now.</source>
        <translation>Kein Schlüssel dieser Richtlinie ist jetzt über oder nahe an seinem Limit.</translation>
    </message>
    <message>
        <source>This limit admits %1/s of each key.</source>
        <translation>Dieses Limit lässt von jedem Schlüssel %1/s zu.</translation>
    </message>
    <message>
        <source>%1 would still be rejected. %2</source>
        <translation>%1 würde weiter abgewiesen. %2</translation>
    </message>
    <message>
        <source>%1 would be rejected. It is admitted now. %2</source>
        <translation>%1 würde abgewiesen. Jetzt wird er zugelassen. %2</translation>
    </message>
    <message>
        <source>%1 is rejected now, and would be admitted.</source>
        <translation>%1 wird jetzt abgewiesen und würde zugelassen.</translation>
    </message>
    <message>
        <source>%1 keys that are rejected now would be admitted: %2.</source>
        <translation>%1 Schlüssel, die jetzt abgewiesen werden, würden zugelassen: %2.</translation>
    </message>
    <message>
        <source>The 1 key that is over or near its limit now would be admitted.</source>
        <translation>Der 1 Schlüssel, der jetzt über oder nahe an seinem Limit ist, würde zugelassen.</translation>
    </message>
    <message>
        <source>All %1 keys that are over or near their limit now would be admitted.</source>
        <translation>Alle %1 Schlüssel, die jetzt über oder nahe an ihrem Limit sind, würden zugelassen.</translation>
    </message>
    <message>
        <source>That is, if traffic goes on as in the last 5 s.</source>
        <translation>Das heißt, wenn der Verkehr so weitergeht wie in den letzten 5 s.</translation>
    </message>
    <message>
        <source>That is, if the 1 key that is over or near its limit goes on as in the last 5 s.</source>
        <translation>Das heißt, wenn der 1 Schlüssel, der über oder nahe an seinem Limit ist, so weitermacht wie in den letzten 5 s.</translation>
    </message>
    <message>
        <source>That is, if the %1 keys that are over or near their limit go on as in the last 5 s.</source>
        <translation>Das heißt, wenn die %1 Schlüssel, die über oder nahe an ihrem Limit sind, so weitermachen wie in den letzten 5 s.</translation>
    </message>
    <message>
        <source>Quieter keys were not looked at: those that send more than this would be rejected, too.</source>
        <translation>Stillere Schlüssel wurden nicht betrachtet: auch von ihnen würde abgewiesen, wer mehr sendet.</translation>
    </message>
    <message>
        <source>%1 keys</source>
        <translation>%1 Schlüssel</translation>
    </message>
    <message>
        <source>At least %1 keys</source>
        <translation>Mindestens %1 Schlüssel</translation>
    </message>
    <message>
        <source>%1 would still be rejected: %2. %3</source>
        <translation>%1 würden weiter abgewiesen: %2. %3</translation>
    </message>
    <message>
        <source>%1 would be rejected: %2. They are admitted now. %3</source>
        <translation>%1 würden abgewiesen: %2. Jetzt werden sie zugelassen. %3</translation>
    </message>
    <message>
        <source>%1 would be rejected: %2 (rejected already: %3). %4</source>
        <translation>%1 würden abgewiesen: %2 (schon jetzt: %3). %4</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>mindestens %1</translation>
    </message>
    <message>
        <source>At least %1 % of all requests of this policy would be rejected: of %2/s it would admit %3/s at most.</source>
        <translation>Mindestens %1 % aller Anfragen dieser Richtlinie würden abgewiesen: von %2/s ließe sie höchstens %3/s zu.</translation>
    </message>
</context>
<context>
    <name>rateguard::LimitRows</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>and</source>
        <translation>und</translation>
    </message>
    <message>
        <source>per</source>
        <translation>pro</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Unit of the window</source>
        <translation>Einheit des Fensters</translation>
    </message>
    <message>
        <source>Remove window</source>
        <translation>Fenster entfernen</translation>
    </message>
    <message>
        <source>Remove this window</source>
        <translation>Dieses Fenster entfernen</translation>
    </message>
</context>
<context>
    <name>rateguard::LimitStore</name>
    <message>
        <source>The answer was lost (%1): the edit may have been made. It is looked up when Redis is back.</source>
        <translation>Die Antwort ging verloren (%1): die Änderung kann geschehen sein. Wenn Redis wieder da ist, wird nachgesehen.</translation>
    </message>
    <message>
        <source>Redis gave an answer that this version does not know.</source>
        <translation>Redis gab eine Antwort, die diese Version nicht kennt.</translation>
    </message>
    <message>
        <source>Somebody else was faster: Redis now holds a limit that this version cannot read. Nothing was changed.</source>
        <translation>Jemand anders war schneller: Redis hält jetzt ein Limit, das diese Version nicht lesen kann. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Somebody else was faster: the policy is gone. Nothing was changed.</source>
        <translation>Jemand anders war schneller: die Richtlinie ist weg. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Somebody else was faster: Redis now holds %1 %2, version %3. Nothing was changed.</source>
        <translation>Jemand anders war schneller: Redis hält jetzt %1 %2, Version %3. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The connection was lost: %1</source>
        <translation>Die Verbindung ging verloren: %1</translation>
    </message>
    <message>
        <source>This Redis user may not do that: %1. Ask for an operator&apos;s login.</source>
        <translation>Dieser Redis-Benutzer darf das nicht: %1. Eine Anmeldung als Operator besorgen.</translation>
    </message>
    <message>
        <source>Redis is out of memory and refuses writes. Raise its maxmemory or free some. (%1)</source>
        <translation>Redis hat keinen Speicher mehr und lehnt Änderungen ab. maxmemory erhöhen oder Platz schaffen. (%1)</translation>
    </message>
    <message>
        <source>This Redis is a replica and takes no edits. Connect to the primary. (%1)</source>
        <translation>Dieses Redis ist eine Replik und nimmt keine Änderungen an. Mit dem Primary verbinden. (%1)</translation>
    </message>
    <message>
        <source>Redis cannot do that right now; try again when it can. (%1)</source>
        <translation>Redis kann das gerade nicht; später noch einmal versuchen. (%1)</translation>
    </message>
    <message>
        <source>Redis does not hold RateGuard&apos;s function library yet, and this user may not load it. Start a service, or run rateguardctl init as an operator.</source>
        <translation>Redis hat RateGuards Funktionsbibliothek noch nicht, und dieser Benutzer darf sie nicht laden. Einen Dienst starten, oder als Operator rateguardctl init ausführen.</translation>
    </message>
    <message>
        <source>Only %1 of %2 partitions have it so far; the others get it as soon as they answer.</source>
        <translation>Erst %1 von %2 Partitionen haben es; die anderen bekommen es, sobald sie antworten.</translation>
    </message>
</context>
<context>
    <name>rateguard::LimitWatch</name>
    <message>
        <source>mean of %1</source>
        <translation>Mittel von %1</translation>
    </message>
    <message>
        <source>%1; not drawn: %2</source>
        <translation>%1; nicht gezeichnet: %2</translation>
    </message>
</context>
<context>
    <name>rateguard::LimitsPage</name>
    <message>
        <source>Edit %1 policies</source>
        <translation>%1 Richtlinien ändern</translation>
    </message>
    <message>
        <source>Let everything through</source>
        <translation>Alles durchlassen</translation>
    </message>
    <message>
        <source>End letting through</source>
        <translation>Durchlassen beenden</translation>
    </message>
    <message>
        <source>Lift 1 override?</source>
        <translation>1 Ausnahme aufheben?</translation>
    </message>
    <message>
        <source>Lift %1 overrides?</source>
        <translation>%1 Ausnahmen aufheben?</translation>
    </message>
    <message>
        <source>These keys get the limits of their policies again, at once and everywhere.</source>
        <translation>Diese Schlüssel haben wieder die Limits ihrer Richtlinien, sofort und überall.</translation>
    </message>
    <message>
        <source>Lift an override</source>
        <translation>Eine Ausnahme aufheben</translation>
    </message>
    <message>
        <source>Lift %1 overrides</source>
        <translation>%1 Ausnahmen aufheben</translation>
    </message>
    <message>
        <source>Lift %1</source>
        <translation>%1 aufheben</translation>
    </message>
</context>
<context>
    <name>rateguard::LinkText</name>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Not answering</source>
        <translation>Antwortet nicht</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>Nicht erreicht</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>%1, trying again in %2 s</source>
        <translation>%1, neuer Versuch in %2 s</translation>
    </message>
    <message>
        <source>%1, trying again</source>
        <translation>%1, neuer Versuch</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>%1 is connected but does not answer. What you see is from before.</source>
        <translation>%1 ist verbunden, antwortet aber nicht. Die Anzeige ist von vorher.</translation>
    </message>
    <message>
        <source>The connection to %1 is lost. What you see is from before.</source>
        <translation>Die Verbindung zu %1 ist verloren. Die Anzeige ist von vorher.</translation>
    </message>
    <message>
        <source>%1 refused the connection.</source>
        <translation>%1 hat die Verbindung abgelehnt.</translation>
    </message>
    <message>
        <source>There is no connection to %1.</source>
        <translation>Es gibt keine Verbindung zu %1.</translation>
    </message>
</context>
<context>
    <name>rateguard::LoginFields</name>
    <message>
        <source>Remember in the keyring</source>
        <translation>Im Schlüsselbund behalten</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>default</source>
        <translation>default</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>unchanged, in the keyring</source>
        <translation>unverändert, im Schlüsselbund</translation>
    </message>
    <message>
        <source>kept in the keyring</source>
        <translation>im Schlüsselbund</translation>
    </message>
    <message>
        <source>asked for when needed</source>
        <translation>wird bei Bedarf erfragt</translation>
    </message>
</context>
<context>
    <name>rateguard::LostEdit</name>
    <message>
        <source>The edit may have been made; Redis could not be asked: %1</source>
        <translation>Die Änderung kann geschehen sein; Redis war nicht zu fragen: %1</translation>
    </message>
    <message>
        <source>The connection broke before the edit was made: nothing was changed. Apply it again.</source>
        <translation>Die Verbindung brach vor der Änderung ab: nichts wurde geändert. Noch einmal anwenden.</translation>
    </message>
</context>
<context>
    <name>rateguard::MainMenu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Connect…</source>
        <translation>&amp;Verbinden…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Ed&amp;it</source>
        <translation>Bearbe&amp;iten</translation>
    </message>
    <message>
        <source>&amp;Copy selected keys</source>
        <translation>Gewählte Schlüssel &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>&amp;About RateGuard</source>
        <translation>&amp;Über RateGuard</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>An&amp;sicht</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Undo last edit</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Connect to a Redis first.</source>
        <translation>Erst mit einem Redis verbinden.</translation>
    </message>
    <message>
        <source>Select a policy on the page of limits first.</source>
        <translation>Erst auf der Seite Limits eine Richtlinie wählen.</translation>
    </message>
    <message>
        <source>&amp;Undo %1…</source>
        <translation>&amp;Rückgängig: %1…</translation>
    </message>
    <message>
        <source>&amp;Undo %1</source>
        <translation>&amp;Rückgängig: %1</translation>
    </message>
</context>
<context>
    <name>rateguard::MainWindow</name>
    <message>
        <source>RateGuard</source>
        <translation>RateGuard</translation>
    </message>
    <message>
        <source>About RateGuard</source>
        <translation>Über RateGuard</translation>
    </message>
    <message>
        <source>&lt;h3&gt;RateGuard %1&lt;/h3&gt;&lt;p&gt;Watches and edits a sliding-window rate limiter in Redis.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;RateGuard %1&lt;/h3&gt;&lt;p&gt;Beobachtet und ändert einen Rate-Limiter mit gleitendem Fenster in Redis.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder neuer.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>demo</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>▲ 1 alert – %1</source>
        <translation>▲ 1 Alarm – %1</translation>
    </message>
    <message>
        <source>▲ %1 alerts – %2</source>
        <translation>▲ %1 Alarme – %2</translation>
    </message>
</context>
<context>
    <name>rateguard::ModeEnd</name>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>For so long</source>
        <translation>Für so lange</translation>
    </message>
    <message>
        <source>Unit of the time</source>
        <translation>Einheit der Zeit</translation>
    </message>
    <message>
        <source>until it is changed</source>
        <translation>bis es geändert wird</translation>
    </message>
    <message>
        <source>10 min</source>
        <translation>10 min</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>a time…</source>
        <translation>eine Zeit…</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
</context>
<context>
    <name>rateguard::NoKeysPage</name>
    <message>
        <source>No requests have come yet. Guard an endpoint of a FastAPI service …</source>
        <translation>Noch kamen keine Anfragen. Einen Endpunkt eines FastAPI-Dienstes schützen …</translation>
    </message>
    <message>
        <source>… or make traffic to look at, in a terminal:</source>
        <translation>… oder in einem Terminal Verkehr zum Ansehen erzeugen:</translation>
    </message>
</context>
<context>
    <name>rateguard::NoMatchPage</name>
    <message>
        <source>No key fits this filter.</source>
        <translation>Kein Schlüssel passt zu diesem Filter.</translation>
    </message>
    <message>
        <source>&amp;Clear the filter</source>
        <translation>Filter &amp;leeren</translation>
    </message>
</context>
<context>
    <name>rateguard::Notifier</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>rateguard::Numbers</name>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>&lt;1 %</source>
        <translation>&lt;1 %</translation>
    </message>
    <message>
        <source>&gt;99 %</source>
        <translation>&gt;99 %</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>vor %1 h</translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <translation>vor %1 d</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 TB</source>
        <translation>%1 TB</translation>
    </message>
</context>
<context>
    <name>rateguard::OutcomeLine</name>
    <message>
        <source>%1 of %2 partitions have it; the others get it as soon as they answer.</source>
        <translation>%1 von %2 Partitionen haben es; die anderen bekommen es, sobald sie antworten.</translation>
    </message>
    <message>
        <source>✓ The limit was taken away.</source>
        <translation>✓ Das Limit wurde weggenommen.</translation>
    </message>
    <message>
        <source>✓ The limit was taken away, as v%1.</source>
        <translation>✓ Das Limit wurde weggenommen, als v%1.</translation>
    </message>
    <message>
        <source>v%1</source>
        <translation>v%1</translation>
    </message>
    <message>
        <source>✓ Applied as %1 in %2.</source>
        <translation>✓ Angewendet als %1 in %2.</translation>
    </message>
    <message>
        <source>First decision under %1 came %2 later.</source>
        <translation>Die erste Entscheidung unter %1 kam %2 später.</translation>
    </message>
    <message>
        <source>… Sent. Waiting for Redis.</source>
        <translation>… Gesendet. Wartet auf Redis.</translation>
    </message>
    <message>
        <source>≠ Not applied: someone else took the limit away. Nothing was written.</source>
        <translation>≠ Nicht angewendet: jemand anders hat das Limit weggenommen. Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>≠ Not applied.</source>
        <translation>≠ Nicht angewendet.</translation>
    </message>
    <message>
        <source>≠ Not applied: someone else made it %1, v%2. Nothing of yours was written.</source>
        <translation>≠ Nicht angewendet: jemand anders hat es auf %1 gesetzt, v%2. Die eigene Änderung wurde nicht geschrieben.</translation>
    </message>
    <message>
        <source>✗ Refused.</source>
        <translation>✗ Abgelehnt.</translation>
    </message>
    <message>
        <source>? The reply was lost: the edit may have been made or not.</source>
        <translation>? Die Antwort ging verloren: die Änderung kann geschehen sein oder nicht.</translation>
    </message>
    <message>
        <source>✓ Applied as %1.</source>
        <translation>✓ Angewendet als %1.</translation>
    </message>
    <message>
        <source>Someone else has taken the limit away since.</source>
        <translation>Jemand anders hat das Limit seitdem weggenommen.</translation>
    </message>
    <message>
        <source>Someone else has changed it since, to v%1.</source>
        <translation>Jemand anders hat es seitdem geändert, auf v%1.</translation>
    </message>
    <message>
        <source>Someone else has made it %1 since, v%2.</source>
        <translation>Jemand anders hat es seitdem auf %1 gesetzt, v%2.</translation>
    </message>
</context>
<context>
    <name>rateguard::OverrideForm</name>
    <message>
        <source>New override</source>
        <translation>Neue Ausnahme</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Set override</source>
        <translation>Ausnahme setzen</translation>
    </message>
    <message>
        <source>Policy of the override</source>
        <translation>Richtlinie der Ausnahme</translation>
    </message>
    <message>
        <source>Key of the override</source>
        <translation>Schlüssel der Ausnahme</translation>
    </message>
    <message>
        <source>As the service sends it: user-17, 203.0.113.9</source>
        <translation>Wie der Dienst ihn sendet: user-17, 203.0.113.9</translation>
    </message>
    <message>
        <source>What the key gets</source>
        <translation>Was der Schlüssel bekommt</translation>
    </message>
    <message>
        <source>⊘ Ban: reject all it sends</source>
        <translation>⊘ Sperre: alles von ihm abweisen</translation>
    </message>
    <message>
        <source>∞ Exempt: admit all it sends</source>
        <translation>∞ Freistellung: alles von ihm zulassen</translation>
    </message>
    <message>
        <source>≤ A limit of its own</source>
        <translation>≤ Ein eigenes Limit</translation>
    </message>
    <message>
        <source>Limit of its own</source>
        <translation>Eigenes Limit</translation>
    </message>
    <message>
        <source>30/min, or 10/s, 1000/h</source>
        <translation>30/min, oder 10/s, 1000/h</translation>
    </message>
    <message>
        <source>Reason of the override</source>
        <translation>Grund der Ausnahme</translation>
    </message>
    <message>
        <source>For the audit trail</source>
        <translation>Für den Verlauf</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Override of %1</source>
        <translation>Ausnahme von %1</translation>
    </message>
    <message>
        <source>There is no policy yet.</source>
        <translation>Es gibt noch keine Richtlinie.</translation>
    </message>
    <message>
        <source>Type the key.</source>
        <translation>Den Schlüssel eintippen.</translation>
    </message>
    <message>
        <source>Type a limit, such as 30/min.</source>
        <translation>Ein Limit eintippen, etwa 30/min.</translation>
    </message>
    <message>
        <source>%1 has no limit any more. Choose another policy, or set its limit anew first.</source>
        <translation>%1 hat kein Limit mehr. Eine andere Richtlinie wählen oder ihr Limit zuerst neu setzen.</translation>
    </message>
    <message>
        <source>The key begins or ends with a blank or a line break, which no service sends by itself. Take it away.</source>
        <translation>Der Schlüssel beginnt oder endet mit einem Leerzeichen oder Zeilenumbruch, was kein Dienst von selbst sendet. Bitte entfernen.</translation>
    </message>
    <message>
        <source>Waiting for Redis to answer the last edit.</source>
        <translation>Wartet, bis Redis auf die letzte Änderung antwortet.</translation>
    </message>
    <message>
        <source>Replaces what it has: %1, %2, ends: %3.</source>
        <translation>Ersetzt, was er hat: %1, %2, endet: %3.</translation>
    </message>
</context>
<context>
    <name>rateguard::OverrideLookup</name>
    <message>
        <source>The answer was lost, and this key has another override now, version %1. Look at it before you apply again.</source>
        <translation>Die Antwort ging verloren, und dieser Schlüssel hat jetzt eine andere Ausnahme, Version %1. Sie ansehen, dann erst wieder anwenden.</translation>
    </message>
    <message>
        <source>The answer was lost, and this key has no override now. Look at it before you apply again.</source>
        <translation>Die Antwort ging verloren, und dieser Schlüssel hat jetzt keine Ausnahme. Ihn ansehen, dann erst wieder anwenden.</translation>
    </message>
    <message>
        <source>The edit may have been made, but many came since. Look at the history before you apply again.</source>
        <translation>Die Änderung kann geschehen sein, aber viele kamen seitdem. Vor dem nächsten Anwenden im Verlauf nachsehen.</translation>
    </message>
</context>
<context>
    <name>rateguard::OverridePanel</name>
    <message>
        <source>New override…</source>
        <translation>Neue Ausnahme…</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Lift…</source>
        <translation>Aufheben…</translation>
    </message>
    <message>
        <source>Outcome of the override</source>
        <translation>Ergebnis der Ausnahme</translation>
    </message>
    <message>
        <source>Overrides</source>
        <translation>Ausnahmen</translation>
    </message>
    <message>
        <source>Filter overrides</source>
        <translation>Ausnahmen filtern</translation>
    </message>
    <message>
        <source>Filter: policy, key, ban</source>
        <translation>Filter: Richtlinie, Schlüssel, gesperrt</translation>
    </message>
    <message>
        <source>checkout</source>
        <translation>checkout</translation>
    </message>
    <message>
        <source>23 h 59 min</source>
        <translation>23 h 59 min</translation>
    </message>
    <message>
        <source>There are more than are listed.</source>
        <translation>Es gibt mehr, als hier stehen.</translation>
    </message>
    <message>
        <source>Cannot be read: %1.</source>
        <translation>Nicht zu lesen: %1.</translation>
    </message>
    <message>
        <source>No key has an override. One takes a single key out of its policy&apos;s limit: bans it, exempts it, or gives it a limit of its own, for a time. Make one with «New override…» here, or from the details of a key.</source>
        <translation>Kein Schlüssel hat eine Ausnahme. Eine nimmt einen einzelnen Schlüssel aus dem Limit seiner Richtlinie: sie sperrt ihn, stellt ihn frei oder gibt ihm ein eigenes Limit, für eine Zeit. Anlegen mit „Neue Ausnahme…“ oder in den Details eines Schlüssels.</translation>
    </message>
    <message>
        <source>The overrides have not been read yet.</source>
        <translation>Die Ausnahmen sind noch nicht gelesen.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Ban, exempt or limit a single key</source>
        <translation>Einen einzelnen Schlüssel sperren, freistellen oder begrenzen</translation>
    </message>
    <message>
        <source>Lift %1…</source>
        <translation>%1 aufheben…</translation>
    </message>
    <message>
        <source>First select an override.</source>
        <translation>Erst eine Ausnahme wählen.</translation>
    </message>
    <message>
        <source>≤ own limit 100/min</source>
        <translation>≤ eigenes Limit 100/min</translation>
    </message>
</context>
<context>
    <name>rateguard::OverrideReader</name>
    <message>
        <source>This Redis user may not read the overrides. Give it the rights of a viewer; rateguardctl acl print viewer prints them.</source>
        <translation>Dieser Redis-Benutzer darf die Ausnahmen nicht lesen. Ihm die Rechte eines Betrachters geben; rateguardctl acl print viewer zeigt sie.</translation>
    </message>
    <message>
        <source>The overrides could not be read: %1</source>
        <translation>Die Ausnahmen waren nicht zu lesen: %1</translation>
    </message>
</context>
<context>
    <name>rateguard::OverrideStep</name>
    <message>
        <source>until it is lifted</source>
        <translation>bis sie aufgehoben wird</translation>
    </message>
    <message>
        <source>How long the override holds</source>
        <translation>Wie lange die Ausnahme gilt</translation>
    </message>
    <message>
        <source>Forget what %1 has used under %2</source>
        <translation>Verbrauch von %1 unter %2 zurücksetzen</translation>
    </message>
    <message>
        <source>Its windows are empty again: it may use its whole limit at once. This cannot be taken back.</source>
        <translation>Seine Fenster sind wieder leer: er kann sein ganzes Limit sofort verbrauchen. Das lässt sich nicht zurücknehmen.</translation>
    </message>
    <message>
        <source>Lift what holds for %1 under %2</source>
        <translation>Aufheben, was für %1 unter %2 gilt</translation>
    </message>
    <message>
        <source>It is %1 now; then the policy&apos;s limit holds for it again.</source>
        <translation>Jetzt ist er %1; dann gilt wieder das Limit der Richtlinie.</translation>
    </message>
    <message>
        <source>Ban %1 under %2 %3</source>
        <translation>%1 unter %2 %3 sperren</translation>
    </message>
    <message>
        <source>Every request of this key is rejected.</source>
        <translation>Jede Anfrage dieses Schlüssels wird abgewiesen.</translation>
    </message>
    <message>
        <source>Exempt %1 from the limit of %2 %3</source>
        <translation>%1 vom Limit von %2 %3 freistellen</translation>
    </message>
    <message>
        <source>Every request of this key is admitted, however many there are.</source>
        <translation>Jede Anfrage dieses Schlüssels wird zugelassen, so viele es auch sind.</translation>
    </message>
    <message>
        <source>Give %1 under %2 a limit of its own %3</source>
        <translation>%1 unter %2 %3 ein eigenes Limit geben</translation>
    </message>
    <message>
        <source>%1 instead of the policy&apos;s limit.</source>
        <translation>%1 statt des Limits der Richtlinie.</translation>
    </message>
</context>
<context>
    <name>rateguard::OverrideStore</name>
    <message>
        <source>Somebody else was faster: this key has no override now. Nothing was changed.</source>
        <translation>Jemand anders war schneller: dieser Schlüssel hat jetzt keine Ausnahme. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Somebody else was faster: this key&apos;s override is now at version %1. Nothing was changed.</source>
        <translation>Jemand anders war schneller: die Ausnahme dieses Schlüssels ist jetzt bei Version %1. Nichts wurde geändert.</translation>
    </message>
</context>
<context>
    <name>rateguard::OverrideTableModel</name>
    <message>
        <source>%1 under %2: %3</source>
        <translation>%1 unter %2: %3</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Ends in</source>
        <translation>Endet in</translation>
    </message>
    <message>
        <source>Ver.</source>
        <translation>Ver.</translation>
    </message>
</context>
<context>
    <name>rateguard::OverrideWords</name>
    <message>
        <source>✓ Done: what it had used is forgotten.</source>
        <translation>✓ Getan: sein Verbrauch ist zurückgesetzt.</translation>
    </message>
    <message>
        <source>✓ Lifted: the policy&apos;s limit holds for it again.</source>
        <translation>✓ Aufgehoben: das Limit der Richtlinie gilt wieder für ihn.</translation>
    </message>
    <message>
        <source>✓ Applied: %1.</source>
        <translation>✓ Angewendet: %1.</translation>
    </message>
    <message>
        <source>≠ Not applied: someone else lifted what held for this key. Nothing of yours was written.</source>
        <translation>≠ Nicht angewendet: jemand anders hat aufgehoben, was für diesen Schlüssel galt. Die eigene Änderung wurde nicht geschrieben.</translation>
    </message>
    <message>
        <source>banned</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>exempt</source>
        <translation>freigestellt</translation>
    </message>
    <message>
        <source>own limit %1</source>
        <translation>eigenes Limit %1</translation>
    </message>
    <message>
        <source>%1 until lifted</source>
        <translation>%1 bis zur Aufhebung</translation>
    </message>
    <message>
        <source>%1, ended</source>
        <translation>%1, beendet</translation>
    </message>
    <message>
        <source>%1, ends in %2</source>
        <translation>%1, endet in %2</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>für %1</translation>
    </message>
    <message>
        <source>until lifted</source>
        <translation>bis zur Aufhebung</translation>
    </message>
    <message>
        <source>what it has used is forgotten</source>
        <translation>sein Verbrauch wird zurückgesetzt</translation>
    </message>
    <message>
        <source>no override</source>
        <translation>keine Ausnahme</translation>
    </message>
    <message>
        <source>… Sent. Waiting for Redis.</source>
        <translation>… Gesendet. Wartet auf Redis.</translation>
    </message>
    <message>
        <source>✗ Refused.</source>
        <translation>✗ Abgelehnt.</translation>
    </message>
    <message>
        <source>? The reply was lost: the edit may have been made or not.</source>
        <translation>? Die Antwort ging verloren: die Änderung kann geschehen sein oder nicht.</translation>
    </message>
    <message>
        <source>(%1 under %2)</source>
        <translation>(%1 unter %2)</translation>
    </message>
    <message>
        <source>Not connected: nothing can be changed now.</source>
        <translation>Nicht verbunden: jetzt lässt sich nichts ändern.</translation>
    </message>
    <message>
        <source>Type a limit such as 30/min, or several: 10/s 500/h.</source>
        <translation>Ein Limit eintippen, etwa 30/min, oder mehrere: 10/s 500/h.</translation>
    </message>
    <message>
        <source>How a key is counted is its policy&apos;s matter: leave that word away.</source>
        <translation>Wie ein Schlüssel gezählt wird, bestimmt seine Richtlinie: dieses Wort weglassen.</translation>
    </message>
    <message>
        <source>✓ Applied as %1. Someone else has made it %2 since, %3.</source>
        <translation>✓ Angewendet als %1. Jemand anders hat es seitdem auf %2 gesetzt, %3.</translation>
    </message>
    <message>
        <source>✓ Applied as %1. Someone else has lifted it since.</source>
        <translation>✓ Angewendet als %1. Jemand anders hat es seitdem aufgehoben.</translation>
    </message>
    <message>
        <source>✓ Applied: %1, %2.</source>
        <translation>✓ Angewendet: %1, %2.</translation>
    </message>
    <message>
        <source>≠ Not applied: someone else was faster, it is %1, %2. Nothing of yours was written.</source>
        <translation>≠ Nicht angewendet: jemand anders war schneller, er ist %1, %2. Die eigene Änderung wurde nicht geschrieben.</translation>
    </message>
    <message>
        <source>%1: an edit of this key alone; they are numbered across all keys</source>
        <translation>%1: eine Änderung dieses Schlüssels allein, fortlaufend über alle Schlüssel gezählt</translation>
    </message>
</context>
<context>
    <name>rateguard::OvertakenNotice</name>
    <message>
        <source>&amp;Take theirs</source>
        <translation>Fre&amp;mde nehmen</translation>
    </message>
    <message>
        <source>Your values stay in the editor; applying them will replace theirs.</source>
        <translation>Die eigenen Werte bleiben im Editor; sie anzuwenden ersetzt die fremden.</translation>
    </message>
    <message>
        <source>Someone else took the limit away while you were editing. Keeping yours makes it anew when you apply it.</source>
        <translation>Jemand anders hat das Limit währenddessen weggenommen. Das eigene zu behalten legt es beim Anwenden neu an.</translation>
    </message>
    <message>
        <source>Someone else made this policy: %1, v%2.</source>
        <translation>Jemand anders hat diese Richtlinie angelegt: %1, v%2.</translation>
    </message>
    <message>
        <source>Changed to %1 by someone else, v%2.</source>
        <translation>Von jemand anders auf %1 geändert, v%2.</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>Drops your values and shows theirs. Nothing is written.</source>
        <translation>Verwirft die eigenen Werte und zeigt die fremden. Nichts wird geschrieben.</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>Fremd</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Eigen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>v%1</source>
        <translation>v%1</translation>
    </message>
    <message>
        <source>not applied</source>
        <translation>nicht angewendet</translation>
    </message>
    <message>
        <source>you</source>
        <translation>selbst</translation>
    </message>
    <message>
        <source>Keep &amp;mine</source>
        <translation>Eigene behal&amp;ten</translation>
    </message>
</context>
<context>
    <name>rateguard::OverviewPage</name>
    <message>
        <source>Rejected most now</source>
        <translation>Jetzt am meisten abgewiesen</translation>
    </message>
    <message>
        <source>Near their limit</source>
        <translation>Nahe an ihrem Limit</translation>
    </message>
    <message>
        <source>Changed last</source>
        <translation>Zuletzt geändert</translation>
    </message>
    <message>
        <source>All traffic, per second</source>
        <translation>Gesamter Verkehr, pro Sekunde</translation>
    </message>
    <message>
        <source>Near from this part of the limit on</source>
        <translation>Nahe ab diesem Teil des Limits</translation>
    </message>
    <message>
        <source>A key is near its limit from this part of it on. The table of keys goes by it, too.</source>
        <translation>Ab diesem Teil seines Limits ist ein Schlüssel nahe daran. Auch die Tabelle der Schlüssel richtet sich danach.</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>%1 throttled</source>
        <translation>%1 gedrosselt</translation>
    </message>
    <message>
        <source>1 key</source>
        <translation>1 Schlüssel</translation>
    </message>
    <message>
        <source>%1 keys</source>
        <translation>%1 Schlüssel</translation>
    </message>
    <message>
        <source>%1 ≥</source>
        <translation>%1 ≥</translation>
    </message>
    <message>
        <source>%1 at %2 % of the limit or more</source>
        <translation>%1 bei mindestens %2 % des Limits</translation>
    </message>
    <message>
        <source>No requests yet. They appear here as soon as a service asks.</source>
        <translation>Noch keine Anfragen. Sie erscheinen hier, sobald ein Dienst fragt.</translation>
    </message>
    <message>
        <source>Nothing heard yet.</source>
        <translation>Noch nichts gehört.</translation>
    </message>
    <message>
        <source>Not known: Redis does not answer.</source>
        <translation>Nicht bekannt: Redis antwortet nicht.</translation>
    </message>
    <message>
        <source>No requests have come yet, so nobody is rejected.</source>
        <translation>Noch kamen keine Anfragen, also wird niemand abgewiesen.</translation>
    </message>
    <message>
        <source>No requests have come yet, so nobody is near a limit.</source>
        <translation>Noch kamen keine Anfragen, also ist niemand nahe am Limit.</translation>
    </message>
    <message>
        <source>%1 rejections per second, of keys that are not listed now.</source>
        <translation>%1 Abweisungen pro Sekunde, von Schlüsseln, die jetzt nicht aufgeführt sind.</translation>
    </message>
    <message>
        <source>✓ Nobody is rejected.</source>
        <translation>✓ Niemand wird abgewiesen.</translation>
    </message>
    <message>
        <source>✓ No key has used %1 % of its limit.</source>
        <translation>✓ Kein Schlüssel hat %1 % seines Limits verbraucht.</translation>
    </message>
    <message>
        <source>What was changed has not been read yet.</source>
        <translation>Was geändert wurde, ist noch nicht gelesen.</translation>
    </message>
    <message>
        <source>No limit has been changed yet. Edits appear here with who made them and why.</source>
        <translation>Noch wurde kein Limit geändert. Änderungen erscheinen hier, mit Person und Grund.</translation>
    </message>
    <message>
        <source>Rejected, or would be</source>
        <translation>Über dem Limit</translation>
    </message>
    <message>
        <source>Would be rejected most now</source>
        <translation>Nur im Schatten abgewiesen</translation>
    </message>
    <message>
        <source>Keys that are rejected: %1.</source>
        <translation>Schlüssel, die abgewiesen werden: %1.</translation>
    </message>
    <message>
        <source>%1 shadow</source>
        <translation>%1 Schatten</translation>
    </message>
    <message>
        <source>Keys that would be, but whose policies only watch (shadow mode): %1.</source>
        <translation>Schlüssel, die es würden, deren Richtlinien aber nur zusehen (Schattenmodus): %1.</translation>
    </message>
    <message>
        <source>✓ Nobody is rejected. %1 per second would be, of keys that are not listed now.</source>
        <translation>✓ Niemand wird abgewiesen. %1 pro Sekunde würden es, von Schlüsseln, die gerade nicht in der Liste stehen.</translation>
    </message>
    <message>
        <source>The list has the fullest of them; the table of keys has all.</source>
        <translation>Die Liste zeigt die vollsten davon, die Schlüsseltabelle alle.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>rateguard::Page</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limits</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
</context>
<context>
    <name>rateguard::PastAlertModel</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>▲ firing</source>
        <translation>▲ ausgelöst</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Worst</source>
        <translation>Schlimmstes</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Lasted</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Redis</source>
        <translation>Redis</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>day, month and time, as Qt formats dates</comment>
        <translation>d. MMM HH:mm</translation>
    </message>
    <message>
        <source>Worst key</source>
        <translation>Schlimmster Schlüssel</translation>
    </message>
    <message>
        <source>◌ snoozed</source>
        <translation>◌ stumm</translation>
    </message>
</context>
<context>
    <name>rateguard::PauseControl</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Stops and resumes drawing (Space). Reading goes on, so nothing is missed.</source>
        <translation>Hält die Anzeige an und lässt sie weiterlaufen (Leertaste). Gelesen wird weiter, also geht nichts verloren.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>Paused · %1 behind · Space resumes</source>
        <translation>Pause · %1 zurück · Leertaste: weiter</translation>
    </message>
</context>
<context>
    <name>rateguard::PlaceEditor</name>
    <message>
        <source>Only watch: never write to it from here</source>
        <translation>Nur zusehen: von hier nie hineinschreiben</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Not marked</source>
        <translation>Nicht markiert</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Edit connection</source>
        <translation>Verbindung ändern</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>Neue Verbindung</translation>
    </message>
    <message>
        <source>There is a connection of that name already.</source>
        <translation>Es gibt schon eine Verbindung dieses Namens.</translation>
    </message>
    <message>
        <source>User and password go into the fields below, so that the password is saved in the keyring or not at all.</source>
        <translation>Benutzer und Passwort gehören in die Felder darunter, damit das Passwort im Schlüsselbund oder gar nicht gespeichert wird.</translation>
    </message>
    <message>
        <source>Stands in the title of the window; rateguard --connection NAME opens it.</source>
        <translation>Steht im Titel des Fensters; rateguard --connection NAME öffnet sie.</translation>
    </message>
    <message>
        <source>redis://host:6379/0, rediss:// for TLS, or unix:///path for a socket</source>
        <translation>redis://host:6379/0, rediss:// für TLS, oder unix:///pfad für einen Socket</translation>
    </message>
    <message>
        <source>Production asks before every edit, test and what is not marked before all but small ones, development before large ones; the window shows the mark all the time.</source>
        <translation>Produktion fragt vor jeder Änderung, Test und was nicht markiert ist vor allen außer kleinen, Entwicklung vor großen; das Fenster zeigt die Markierung ständig.</translation>
    </message>
</context>
<context>
    <name>rateguard::PlaceList</name>
    <message>
        <source>Nothing is saved yet. A saved connection opens with Enter, can keep its password in the keyring, and is marked as production or test, so that you never mistake one for the other.</source>
        <translation>Noch ist nichts gespeichert. Eine gespeicherte Verbindung öffnet sich mit der Eingabetaste, kann ihr Passwort im Schlüsselbund haben und ist als Produktion oder Test markiert, damit das eine nie für das andere gehalten wird.</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Saved connections</source>
        <translation>Gespeicherte Verbindungen</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Neu…</translation>
    </message>
    <message>
        <source>Goes the whole way to this Redis, step by step, and writes nothing.</source>
        <translation>Geht den ganzen Weg zu diesem Redis, Schritt für Schritt, und schreibt nichts.</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>nur lesen</translation>
    </message>
    <message>
        <source>Delete a connection</source>
        <translation>Eine Verbindung löschen</translation>
    </message>
    <message>
        <source>Delete the saved connection %1?</source>
        <translation>Die gespeicherte Verbindung %1 löschen?</translation>
    </message>
    <message>
        <source>Its password is taken out of the keyring, too. Nothing happens to the Redis itself.</source>
        <translation>Ihr Passwort kommt auch aus dem Schlüsselbund. Mit dem Redis selbst geschieht nichts.</translation>
    </message>
    <message>
        <source>Nothing happens to the Redis itself.</source>
        <translation>Mit dem Redis selbst geschieht nichts.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>rateguard::Places</name>
    <message>
        <source>%1 asks for a password.</source>
        <translation>%1 verlangt ein Passwort.</translation>
    </message>
</context>
<context>
    <name>rateguard::PlotMarks</name>
    <message>
        <source>averages by minute</source>
        <translation>Mittel je Minute</translation>
    </message>
    <message>
        <source>%1 edits</source>
        <translation>%1 Änderungen</translation>
    </message>
</context>
<context>
    <name>rateguard::PolicyPanel</name>
    <message>
        <source>&amp;New policy…</source>
        <translation>&amp;Neue Richtlinie…</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Richtlinien</translation>
    </message>
    <message>
        <source>Let everything through…</source>
        <translation>Alles durchlassen…</translation>
    </message>
    <message>
        <source>shadow, 59 min left</source>
        <translation>Schatten, noch 59 min</translation>
    </message>
    <message>
        <source>All policies off or in shadow mode, for a time: nothing is rejected</source>
        <translation>Alle Richtlinien aus oder im Schattenmodus, für eine Zeit: nichts wird abgewiesen</translation>
    </message>
    <message>
        <source>Edit %1 policies…</source>
        <translation>%1 Richtlinien ändern…</translation>
    </message>
</context>
<context>
    <name>rateguard::PolicyTableModel</name>
    <message>
        <source>broken</source>
        <translation>unlesbar</translation>
    </message>
    <message>
        <source>v%1</source>
        <translation>v%1</translation>
    </message>
    <message>
        <source>Redis holds &quot;%1&quot; for %2, which is not a limit. Services get an error for it; set a limit to mend it.</source>
        <translation>Redis hält „%1“ für %2, das ist kein Limit. Dienste erhalten dafür einen Fehler; ein Limit setzen, um es zu beheben.</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>genau</translation>
    </message>
    <message>
        <source>in sixtieths of the window</source>
        <translation>in Sechzigsteln des Fensters</translation>
    </message>
    <message>
        <source>%1: %2, counted %3; %4</source>
        <translation>%1: %2, gezählt %3; %4</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Ver.</source>
        <translation>Ver.</translation>
    </message>
    <message>
        <source>Rej./s</source>
        <translation>Abg./s</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1, noch %2</translation>
    </message>
    <message>
        <source>F2 or a double click edits the limit in its cell</source>
        <translation>F2 oder ein Doppelklick ändert das Limit in seiner Zelle</translation>
    </message>
    <message>
        <source>Rejected per second; in brackets what shadow mode would reject</source>
        <translation>Pro Sekunde abgewiesen; in Klammern, was der Schattenmodus abwiese</translation>
    </message>
    <message>
        <source>Keys with an override under this policy</source>
        <translation>Schlüssel mit einer Ausnahme unter dieser Richtlinie</translation>
    </message>
    <message>
        <source>Req./s</source>
        <translation>Anfr./s</translation>
    </message>
    <message>
        <source>Overr.</source>
        <translation>Ausn.</translation>
    </message>
</context>
<context>
    <name>rateguard::PrivateRedis</name>
    <message>
        <source>The demo needs redis-server or valkey-server. Install it (Debian: apt-get install redis-server), or watch a Redis of your own with --url.</source>
        <translation>Die Demo braucht redis-server oder valkey-server. Einen davon installieren (Debian: apt-get install redis-server), oder mit --url ein eigenes Redis beobachten.</translation>
    </message>
    <message>
        <source>No temporary folder could be made: %1</source>
        <translation>Ein temporärer Ordner war nicht anzulegen: %1</translation>
    </message>
    <message>
        <source>%1 did not start: %2</source>
        <translation>%1 startete nicht: %2</translation>
    </message>
</context>
<context>
    <name>rateguard::QuickConnect</name>
    <message>
        <source>&amp;Connect</source>
        <translation>&amp;Verbinden</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Try the &amp;demo</source>
        <translation>D&amp;emo ansehen</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>Was schiefging</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Redis address</source>
        <translation>Adresse des Redis</translation>
    </message>
    <message>
        <source>Goes the whole way to this Redis, step by step, and writes nothing.</source>
        <translation>Geht den ganzen Weg zu diesem Redis, Schritt für Schritt, und schreibt nichts.</translation>
    </message>
    <message>
        <source>Keeps this address under a name, with its environment.</source>
        <translation>Behält diese Adresse unter einem Namen, mit ihrer Umgebung.</translation>
    </message>
    <message>
        <source>Starts a Redis of its own with made-up traffic; nothing of yours is touched.</source>
        <translation>Startet ein eigenes Redis mit erfundenem Verkehr; sonst wird nichts berührt.</translation>
    </message>
    <message>
        <source>redis://user:password@host:6379/0, rediss:// for TLS, or unix:///path for a socket</source>
        <translation>redis://benutzer:passwort@host:6379/0, rediss:// für TLS, oder unix:///pfad für einen Socket</translation>
    </message>
    <message>
        <source>◌ Connecting to %1…</source>
        <translation>◌ Verbindet mit %1…</translation>
    </message>
    <message>
        <source>Log in to %1</source>
        <translation>Bei %1 anmelden</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Quick connect</source>
        <translation>Schnell verbinden</translation>
    </message>
    <message>
        <source>Give the address of the Redis that your services use; watching it costs them nothing they would notice. Without one at hand, the demo starts its own with made-up traffic.</source>
        <translation>Die Adresse des Redis angeben, das die Dienste nutzen; das Zusehen kostet sie nichts Spürbares. Ist keines zur Hand, startet die Demo ihr eigenes mit erfundenem Verkehr.</translation>
    </message>
</context>
<context>
    <name>rateguard::RankedKeyModel</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 of policy %2</source>
        <translation>%1 der Richtlinie %2</translation>
    </message>
    <message>
        <source>%1 rejected per second</source>
        <translation>%1 pro Sekunde abgewiesen</translation>
    </message>
    <message>
        <source>%1 per second would be rejected</source>
        <translation>%1 pro Sekunde würden abgewiesen</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2, %3</translation>
    </message>
    <message>
        <source>would be</source>
        <translation>würde</translation>
    </message>
    <message>
        <source>(%1)</source>
        <translation>(%1)</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2, %3, again and again %4</source>
        <translation>%1: %2, %3, immer wieder, %4</translation>
    </message>
    <message>
        <source>banned</source>
        <translation>gesperrt</translation>
    </message>
</context>
<context>
    <name>rateguard::RateChart</name>
    <message>
        <source>Save the chart</source>
        <translation>Diagramm speichern</translation>
    </message>
    <message>
        <source>Scalable picture (*.svg)</source>
        <translation>Skalierbares Bild (*.svg)</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>✓ The chart was written to %1</source>
        <translation>✓ Das Diagramm wurde nach %1 geschrieben</translation>
    </message>
    <message>
        <source>Show as chart	T</source>
        <translation>Als Diagramm zeigen	T</translation>
    </message>
    <message>
        <source>Show as table	T</source>
        <translation>Als Tabelle zeigen	T</translation>
    </message>
    <message>
        <source>Back to live	0</source>
        <translation>Zurück zu jetzt	0</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>✓ The chart was copied</source>
        <translation>✓ Das Diagramm wurde kopiert</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>Als PNG speichern…</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>Als SVG speichern…</translation>
    </message>
    <message>
        <source>Show as chart (T)</source>
        <translation>Als Diagramm zeigen (T)</translation>
    </message>
    <message>
        <source>The chart stands still on this piece of time. Click, double click on the chart or press 0 to see what happens now.</source>
        <translation>Das Diagramm steht auf diesem Stück Zeit still. Ein Klick, ein Doppelklick auf das Diagramm oder 0 zeigt, was jetzt geschieht.</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>zoomed: %1 · double click or 0 for live</source>
        <translation>gezoomt: %1 · Doppelklick oder 0 für jetzt</translation>
    </message>
    <message>
        <source>zoomed: %1 · 0 for live</source>
        <translation>gezoomt: %1 · 0 für jetzt</translation>
    </message>
    <message>
        <source>%1, as a table</source>
        <translation>%1, als Tabelle</translation>
    </message>
    <message>
        <source>%1 was not written: its name does not say what it is to be. End it with .svg or .png.</source>
        <translation>%1 wurde nicht geschrieben: der Name sagt nicht, was es werden soll. Den Namen mit .svg oder .png beenden.</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>rateguard::RedisUrl</name>
    <message>
        <source>The URL has a name before &apos;@&apos; but no &apos;:&apos;. Write redis://USER:PASSWORD@HOST, or redis://:PASSWORD@HOST for a password alone.</source>
        <translation>Die URL hat einen Namen vor „@“, aber kein „:“. redis://BENUTZER:PASSWORT@HOST schreiben, oder redis://:PASSWORT@HOST für ein Passwort allein.</translation>
    </message>
    <message>
        <source>The port of the URL is not a number from 1 to 65535.</source>
        <translation>Der Port der URL ist keine Zahl von 1 bis 65535.</translation>
    </message>
    <message>
        <source>The database of the URL is not a number. Write redis://HOST:PORT/0 or unix:///PATH?db=0.</source>
        <translation>Die Datenbank der URL ist keine Zahl. redis://HOST:PORT/0 oder unix:///PFAD?db=0 schreiben.</translation>
    </message>
    <message>
        <source>The URL has only one of cert and key. Give both: rediss://HOST?cert=FILE&amp;key=FILE.</source>
        <translation>Die URL hat nur eines von cert und key. Beide angeben: rediss://HOST?cert=DATEI&amp;key=DATEI.</translation>
    </message>
    <message>
        <source>the URL used last</source>
        <translation>die zuletzt benutzte URL</translation>
    </message>
    <message>
        <source>A Redis URL starts with redis://, rediss:// (TLS) or unix://, for example redis://127.0.0.1:6379/0 or unix:///run/redis/redis.sock.</source>
        <translation>Eine Redis-URL beginnt mit redis://, rediss:// (TLS) oder unix://, zum Beispiel redis://127.0.0.1:6379/0 oder unix:///run/redis/redis.sock.</translation>
    </message>
    <message>
        <source>The URL holds a control character or a line break. Copy it again.</source>
        <translation>Die URL enthält ein Steuerzeichen oder einen Zeilenumbruch. Noch einmal kopieren.</translation>
    </message>
    <message>
        <source>The URL has an &apos;@&apos; behind a &apos;/&apos; or &apos;?&apos;. Percent-encode special characters in user and password: &apos;?&apos; is %3F, &apos;/&apos; is %2F, &apos;@&apos; is %40.</source>
        <translation>Die URL hat ein „@“ hinter einem „/“ oder „?“. Sonderzeichen in Benutzer und Passwort prozentkodieren: „?“ ist %3F, „/“ ist %2F, „@“ ist %40.</translation>
    </message>
    <message>
        <source>The path of the socket is missing. Write unix:///full/path/redis.sock.</source>
        <translation>Der Pfad des Sockets fehlt. unix:///voller/pfad/redis.sock schreiben.</translation>
    </message>
    <message>
        <source>The URL has something other than &apos;:&apos; behind the &apos;]&apos; of its address. Write redis://[::1]:6379.</source>
        <translation>Die URL hat etwas anderes als „:“ hinter der „]“ ihrer Adresse. redis://[::1]:6379 schreiben.</translation>
    </message>
</context>
<context>
    <name>rateguard::RefusalText</name>
    <message>
        <source>write COUNT/WINDOW, for example 10/s, 100/min, 1000/h or 5/250ms</source>
        <translation>ANZAHL/FENSTER schreiben, zum Beispiel 10/s, 100/min, 1000/h oder 5/250ms</translation>
    </message>
    <message>
        <source>the smallest count is 1</source>
        <translation>die kleinste Anzahl ist 1</translation>
    </message>
    <message>
        <source>the largest count is %1; for more write bucket before it</source>
        <translation>die größte Anzahl ist %1; für mehr bucket davor schreiben</translation>
    </message>
    <message>
        <source>the largest count is %1</source>
        <translation>die größte Anzahl ist %1</translation>
    </message>
    <message>
        <source>end the window in ms, s, min, h or d, for example 10/s or 5/250ms</source>
        <translation>das Fenster mit ms, s, min, h oder d beenden, zum Beispiel 10/s oder 5/250ms</translation>
    </message>
    <message>
        <source>the window&apos;s number is out of range; it goes from 1ms to 24d</source>
        <translation>die Zahl des Fensters liegt außerhalb des Bereichs von 1ms bis 24d</translation>
    </message>
    <message>
        <source>the longest window is 24d</source>
        <translation>das längste Fenster ist 24d</translation>
    </message>
    <message>
        <source>each window may stand only once</source>
        <translation>jedes Fenster darf nur einmal vorkommen</translation>
    </message>
    <message>
        <source>a policy has up to four windows</source>
        <translation>eine Richtlinie hat bis zu vier Fenster</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a limit: %2</source>
        <translation>„%1“ ist kein Limit: %2</translation>
    </message>
    <message>
        <source>Nothing to undo: the history knows no edit of this limit.</source>
        <translation>Nichts rückgängig zu machen: der Verlauf kennt keine Änderung dieses Limits.</translation>
    </message>
    <message>
        <source>The last edit in the history made version %1, but Redis holds no limit, and no edit took it away. Set what you want instead.</source>
        <translation>Die letzte Änderung im Verlauf machte Version %1, aber Redis hält kein Limit, und keine Änderung nahm es weg. Stattdessen das Gewünschte setzen.</translation>
    </message>
    <message>
        <source>The last edit in the history made version %1, but Redis holds version %2, which no edit made (a service may have registered its default). Set what you want instead.</source>
        <translation>Die letzte Änderung im Verlauf machte Version %1, aber Redis hält Version %2, die keine Änderung machte (vielleicht meldete ein Dienst seine Vorgabe an). Stattdessen das Gewünschte setzen.</translation>
    </message>
    <message>
        <source>There is no edit to version %1; the last is version %2.</source>
        <translation>Es gibt keine Änderung zu Version %1; die letzte ist Version %2.</translation>
    </message>
    <message>
        <source>The history does not know version %1; the oldest edit it knows made version %2.</source>
        <translation>Der Verlauf kennt Version %1 nicht; die älteste Änderung darin machte Version %2.</translation>
    </message>
    <message>
        <source>Nothing to undo: there was no limit before version %1, and there is none now.</source>
        <translation>Nichts rückgängig zu machen: vor Version %1 gab es kein Limit, und jetzt gibt es keins.</translation>
    </message>
    <message>
        <source>What stood before version %1 cannot be read. Set what you want instead.</source>
        <translation>Was vor Version %1 galt, ist nicht zu lesen. Stattdessen das Gewünschte setzen.</translation>
    </message>
    <message>
        <source>Nothing to undo: the limit is already as it was before version %1.</source>
        <translation>Nichts rückgängig zu machen: das Limit ist schon so wie vor Version %1.</translation>
    </message>
</context>
<context>
    <name>rateguard::RejectionWords</name>
    <message>
        <source>somebody</source>
        <translation>jemand</translation>
    </message>
    <message>
        <source>set %1 by %2</source>
        <translation>gesetzt %1 von %2</translation>
    </message>
    <message>
        <source>%1: “%2”</source>
        <translation>%1: „%2“</translation>
    </message>
    <message>
        <source>It was told to wait %1.</source>
        <translation>Es hieß, er soll %1 warten.</translation>
    </message>
    <message>
        <source>it asked for %1 at once, more than the limit of %2 in %3. No waiting helps: it must ask for less, or the limit be raised.</source>
        <translation>er verlangte %1 auf einmal, mehr als das Limit von %2 in %3. Warten hilft nicht: er muss weniger verlangen oder das Limit steigen.</translation>
    </message>
    <message>
        <source>%1 of %2 used in the last %3</source>
        <translation>%1 von %2 verbraucht in den letzten %3</translation>
    </message>
    <message>
        <source>%1, and it asked for %2 more.</source>
        <translation>%1, und er verlangte %2 weitere.</translation>
    </message>
    <message>
        <source>Would have been rejected %1: the key was banned. Shadow mode let it in.</source>
        <translation>Wäre %1 abgewiesen worden: der Schlüssel war gesperrt. Der Schattenmodus ließ ihn durch.</translation>
    </message>
    <message>
        <source>Rejected %1: the key was banned.</source>
        <translation>Abgewiesen %1: der Schlüssel war gesperrt.</translation>
    </message>
    <message>
        <source>Rejected %1: the key was banned, with no end.</source>
        <translation>Abgewiesen %1: der Schlüssel war gesperrt, ohne Ende.</translation>
    </message>
    <message>
        <source>The ban was %1.</source>
        <translation>Die Sperre war %1.</translation>
    </message>
    <message>
        <source>It is not banned any more.</source>
        <translation>Er ist nicht mehr gesperrt.</translation>
    </message>
    <message>
        <source>The limit is its own, instead of the policy&apos;s.</source>
        <translation>Das Limit ist sein eigenes, statt dem der Richtlinie.</translation>
    </message>
    <message>
        <source>The limit is its own, %1, %2.</source>
        <translation>Das Limit ist sein eigenes, %1, %2.</translation>
    </message>
    <message>
        <source>Limit %1 %2, v%3</source>
        <translation>Limit %1 %2, v%3</translation>
    </message>
    <message>
        <source>It is %1 by now, v%2.</source>
        <translation>Inzwischen ist es %1, v%2.</translation>
    </message>
    <message>
        <source>No request of this key has been rejected since this window began to listen.</source>
        <translation>Seit dieses Fenster zuhört, wurde keine Anfrage dieses Schlüssels abgewiesen.</translation>
    </message>
    <message>
        <source>Would have been rejected %1, but shadow mode let it in: %2</source>
        <translation>Wäre %1 abgewiesen worden, aber der Schattenmodus ließ ihn durch: %2</translation>
    </message>
    <message>
        <source>Rejected %1: %2</source>
        <translation>Abgewiesen %1: %2</translation>
    </message>
    <message>
        <source>It was the last of a run that had lasted %1 or longer.</source>
        <translation>Es war die letzte einer Folge, die %1 oder länger gedauert hatte.</translation>
    </message>
    <message>
        <source>It was the last of a run that had lasted %1.</source>
        <translation>Es war die letzte einer Folge, die %1 gedauert hatte.</translation>
    </message>
    <message>
        <source>for %1 or longer, seen since %2</source>
        <translation>seit über %1 (ab %2)</translation>
    </message>
    <message>
        <source>for %1, since %2</source>
        <translation>seit %1 (ab %2)</translation>
    </message>
    <message>
        <source>the limit of %1 in %2 was used up.</source>
        <translation>das Limit von %1 in %2 war aufgebraucht.</translation>
    </message>
</context>
<context>
    <name>rateguard::ReplyParser</name>
    <message>
        <source>the server sent %1 bytes without one complete reply</source>
        <translation>der Server sandte %1 Byte ohne eine einzige vollständige Antwort</translation>
    </message>
    <message>
        <source>the server sent a reply of a kind or size that does not belong here</source>
        <translation>der Server sandte eine Antwort, deren Art oder Größe nicht hierher gehört</translation>
    </message>
</context>
<context>
    <name>rateguard::RestoreFailures</name>
    <message>
        <source>And %1 more.</source>
        <translation>Und %1 weitere.</translation>
    </message>
    <message>
        <source>%1 may be restored or not: %2</source>
        <translation>%1 ist vielleicht wiederhergestellt: %2</translation>
    </message>
    <message>
        <source>%1 could not be restored: %2</source>
        <translation>%1 war nicht wiederherzustellen: %2</translation>
    </message>
</context>
<context>
    <name>rateguard::RevertPlan</name>
    <message>
        <source>What Redis holds for this policy cannot be read. Set it anew on the page Limits.</source>
        <translation>Was Redis für diese Richtlinie hält, ist nicht zu lesen. Auf der Seite Limits neu setzen.</translation>
    </message>
    <message>
        <source>%1, v%2</source>
        <translation>%1, v%2</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>kein Limit</translation>
    </message>
    <message>
        <source>What holds for this key now has not been read yet. Wait a moment.</source>
        <translation>Was jetzt für diesen Schlüssel gilt, ist noch nicht gelesen. Einen Moment warten.</translation>
    </message>
    <message>
        <source>What holds for this key now could not be read: %1</source>
        <translation>Was jetzt für diesen Schlüssel gilt, war nicht zu lesen: %1</translation>
    </message>
    <message>
        <source>What holds for this key now cannot be read. Set it anew on the page Details.</source>
        <translation>Was jetzt für diesen Schlüssel gilt, ist nicht zu lesen. Auf der Seite Details neu setzen.</translation>
    </message>
    <message>
        <source>Not all overrides were read, so it is not known what holds for this key now. Open the key instead.</source>
        <translation>Nicht alle Ausnahmen wurden gelesen, also ist nicht bekannt, was jetzt für diesen Schlüssel gilt. Stattdessen den Schlüssel öffnen.</translation>
    </message>
    <message>
        <source>What a key had used is forgotten for good: a reset cannot be taken back.</source>
        <translation>Was ein Schlüssel verbraucht hatte, ist endgültig vergessen: ein Zurücksetzen lässt sich nicht zurücknehmen.</translation>
    </message>
    <message>
        <source>What held for it before cannot be read. Open the key and set what you want instead.</source>
        <translation>Was vorher für ihn galt, ist nicht zu lesen. Den Schlüssel öffnen und das Gewünschte setzen.</translation>
    </message>
    <message>
        <source>What held before has ended by now, and nothing holds for the key: there is nothing to revert.</source>
        <translation>Was vorher galt, ist inzwischen beendet, und nichts gilt für den Schlüssel: es gibt nichts zurückzunehmen.</translation>
    </message>
    <message>
        <source>Nothing held for the key before, and nothing does now: there is nothing to revert.</source>
        <translation>Vorher galt nichts für den Schlüssel, und jetzt auch nicht: es gibt nichts zurückzunehmen.</translation>
    </message>
    <message>
        <source>It is already as it was before this edit: there is nothing to revert.</source>
        <translation>Es ist schon so wie vor dieser Änderung: es gibt nichts zurückzunehmen.</translation>
    </message>
    <message>
        <source>no override</source>
        <translation>keine Ausnahme</translation>
    </message>
    <message>
        <source>The history has not been read yet.</source>
        <translation>Der Verlauf ist noch nicht gelesen.</translation>
    </message>
    <message>
        <source>for %1, then %2</source>
        <translation>für %1, danach %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>rateguard::Rights</name>
    <message>
        <source>This Redis is a replica and takes no edits (READONLY). Connect to its primary to edit.</source>
        <translation>Dieses Redis ist eine Replik und nimmt keine Änderungen an (READONLY). Zum Ändern mit dem Primary verbinden.</translation>
    </message>
    <message>
        <source>edit limits</source>
        <translation>Limits ändern</translation>
    </message>
    <message>
        <source>ban or exempt keys</source>
        <translation>Schlüssel sperren oder freistellen</translation>
    </message>
    <message>
        <source>reset keys</source>
        <translation>Schlüssel zurücksetzen</translation>
    </message>
    <message>
        <source>read the history</source>
        <translation>den Verlauf lesen</translation>
    </message>
    <message>
        <source>read the limits</source>
        <translation>die Limits lesen</translation>
    </message>
    <message>
        <source>Ask for an operator&apos;s login: rateguardctl acl print operator</source>
        <translation>Eine Anmeldung als Operator besorgen: rateguardctl acl print operator</translation>
    </message>
    <message>
        <source>This user may watch but not edit: NOPERM on FCALL.</source>
        <translation>Dieser Benutzer darf zusehen, aber nicht ändern: NOPERM bei FCALL.</translation>
    </message>
    <message>
        <source>This user may not %1: NOPERM.</source>
        <translation>Dieser Benutzer darf nicht: %1 (NOPERM).</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
</context>
<context>
    <name>rateguard::RuleWords</name>
    <message>
        <source>enforce</source>
        <translation>scharf</translation>
    </message>
    <message>
        <source>shadow</source>
        <translation>Schatten</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
    <message>
        <source>%1 (%2 left)</source>
        <translation>%1 (noch %2)</translation>
    </message>
    <message>
        <source>%1, ends in %2, then %3</source>
        <translation>%1, endet in %2, dann %3</translation>
    </message>
    <message>
        <source>Two counts per %1: each window may stand only once.</source>
        <translation>Zwei Anzahlen je %1: jedes Fenster darf nur einmal vorkommen.</translation>
    </message>
    <message>
        <source>Exact counting goes up to %1. For more, choose the bucket.</source>
        <translation>Genaues Zählen geht bis %1. Für mehr den Bucket wählen.</translation>
    </message>
</context>
<context>
    <name>rateguard::ServerInfo</name>
    <message>
        <source>This Redis is a replica and takes no edits: connect to its primary.</source>
        <translation>Dieses Redis ist eine Replik und nimmt keine Änderungen an: mit dem Primary verbinden.</translation>
    </message>
    <message>
        <source>This Redis is a replica and takes no edits: connect to its primary, %1.</source>
        <translation>Dieses Redis ist eine Replik und nimmt keine Änderungen an: mit dem Primary verbinden, %1.</translation>
    </message>
    <message>
        <source>This replica has lost its primary, so what it shows grows old: check the primary and the network, or connect to the new primary.</source>
        <translation>Diese Replik hat ihren Primary verloren, ihr Stand veraltet: Primary und Netz prüfen, oder mit dem neuen Primary verbinden.</translation>
    </message>
    <message>
        <source>When memory is full, Redis (maxmemory-policy %1) may drop what clients have used, and they start over: set maxmemory-policy to noeviction or volatile-ttl.</source>
        <translation>Ist der Speicher voll, kann Redis (maxmemory-policy %1) den Verbrauch von Clients verwerfen, und sie beginnen von vorn: maxmemory-policy auf noeviction oder volatile-ttl setzen.</translation>
    </message>
    <message>
        <source>Redis uses %1 % of its maxmemory, and refuses or drops data when it is full: raise maxmemory or free some.</source>
        <translation>Redis belegt %1 % von maxmemory; ist es voll, weist es Daten ab oder verwirft sie: maxmemory erhöhen oder Platz schaffen.</translation>
    </message>
    <message>
        <source>Redis could not save its data to disk, so it may refuse writes, and a restart would lose limits: see its log, and check the disk&apos;s space and rights.</source>
        <translation>Redis konnte seine Daten nicht auf die Platte schreiben, lehnt vielleicht Änderungen ab, und ein Neustart verlöre Limits: ins Log sehen, Platz und Rechte der Platte prüfen.</translation>
    </message>
    <message>
        <source>Redis has %1 of at most %2 connections, and services cannot connect when there are no more: raise maxclients, or find who opens so many (CLIENT LIST).</source>
        <translation>Redis hat %1 von höchstens %2 Verbindungen; sind keine mehr frei, können Dienste sich nicht verbinden: maxclients erhöhen, oder suchen, wer so viele öffnet (CLIENT LIST).</translation>
    </message>
</context>
<context>
    <name>rateguard::SliceTable</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 (average of the minute)</source>
        <translation>%1 (Mittel der Minute)</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
</context>
<context>
    <name>rateguard::SliceWords</name>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>Nothing known: %1</source>
        <translation>Nichts bekannt: %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Average of the minute, as Redis remembers it</source>
        <translation>Mittel der Minute, wie Redis sich erinnert</translation>
    </message>
    <message>
        <source>Edit %1: %2</source>
        <translation>Änderung %1: %2</translation>
    </message>
    <message>
        <source>Nothing was heard in this time.</source>
        <translation>In dieser Zeit wurde nichts gehört.</translation>
    </message>
    <message>
        <source>Rejected %1</source>
        <translation>Abgewiesen %1</translation>
    </message>
    <message>
        <source>, up from %1</source>
        <translation>, vorher weniger: %1</translation>
    </message>
    <message>
        <source>, down from %1</source>
        <translation>, vorher mehr: %1</translation>
    </message>
    <message>
        <source>. Allowed %1</source>
        <translation>. Zugelassen %1</translation>
    </message>
    <message>
        <source>. %1 %2</source>
        <translation>. %1 %2</translation>
    </message>
    <message>
        <source>Banned, shadow only</source>
        <translation>Gesperrt, nur Schatten</translation>
    </message>
    <message>
        <source>Banned</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Limit %1, shadow only</source>
        <translation>Limit %1, nur Schatten</translation>
    </message>
    <message>
        <source>Limit %1</source>
        <translation>Limit %1</translation>
    </message>
    <message>
        <source>Peak %1 in %2</source>
        <translation>Spitze %1 in %2</translation>
    </message>
    <message>
        <source>Means: each step is %1 long</source>
        <translation>Mittelwerte: jede Stufe dauert %1</translation>
    </message>
    <message>
        <source>and %1 more edits</source>
        <translation>und %1 weitere Änderungen</translation>
    </message>
    <message>
        <source>Shown: %1 to %2.</source>
        <translation>Gezeigt: %1 bis %2.</translation>
    </message>
    <message>
        <source>Shown: the last %1.</source>
        <translation>Gezeigt: die letzten %1.</translation>
    </message>
</context>
<context>
    <name>rateguard::SnoozeMenu</name>
    <message>
        <source>For 5 minutes</source>
        <translation>Für 5 Minuten</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>Für 1 Stunde</translation>
    </message>
    <message>
        <source>Until I say</source>
        <translation>Bis auf Weiteres</translation>
    </message>
    <message>
        <source>End the snooze</source>
        <translation>Nicht mehr stumm</translation>
    </message>
</context>
<context>
    <name>rateguard::SpanChoice</name>
    <message>
        <source>a time…</source>
        <translation>eine Zeit…</translation>
    </message>
    <message>
        <source>Time to hold</source>
        <translation>Zeit, die es gelten soll</translation>
    </message>
    <message>
        <source>Unit of the time to hold</source>
        <translation>Einheit der Zeit, die es gelten soll</translation>
    </message>
</context>
<context>
    <name>rateguard::StartPage</name>
    <message>
        <source>RateGuard</source>
        <translation>RateGuard</translation>
    </message>
    <message>
        <source>Watches a sliding-window rate limiter in Redis, decision by decision, and edits its limits while services run.</source>
        <translation>Beobachtet einen Rate-Limiter mit gleitendem Fenster in Redis, Entscheidung für Entscheidung, und ändert seine Limits, während Dienste laufen.</translation>
    </message>
</context>
<context>
    <name>rateguard::StatusLine</name>
    <message>
        <source>From a decision in Redis to this window.</source>
        <translation>Von einer Entscheidung in Redis bis zu diesem Fenster.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Getan</translation>
    </message>
    <message>
        <source>Events are %1 old on arrival</source>
        <translation>Ereignisse sind bei Ankunft %1 alt</translation>
    </message>
    <message>
        <source>▲ %1 batches of events lost</source>
        <translation>▲ %1 Pakete von Ereignissen verloren</translation>
    </message>
    <message>
        <source>▲ %1 malformed messages</source>
        <translation>▲ %1 unlesbare Nachrichten</translation>
    </message>
    <message>
        <source>+%1 requests of keys beyond the cap are counted, not listed</source>
        <translation>+%1 Anfragen von Schlüsseln über der Obergrenze sind gezählt, nicht aufgeführt</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>Nicht getan</translation>
    </message>
</context>
<context>
    <name>rateguard::TimeLabels</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
</context>
<context>
    <name>rateguard::TimeRange</name>
    <message>
        <source>Time range of the charts</source>
        <translation>Zeitraum der Diagramme</translation>
    </message>
    <message>
        <source>How much time the charts cover. [ is shorter, ] is longer.</source>
        <translation>Wie viel Zeit die Diagramme zeigen. [ ist kürzer, ] ist länger.</translation>
    </message>
    <message>
        <source>Last %1</source>
        <translation>Letzte %1</translation>
    </message>
</context>
<context>
    <name>rateguard::TimeWords</name>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
</context>
<context>
    <name>rateguard::TrafficKind</name>
    <message>
        <source>Allowed</source>
        <translation>Zugelassen</translation>
    </message>
    <message>
        <source>Unchecked</source>
        <translation>Ungeprüft</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>Schatten</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Within the limit.</source>
        <translation>Innerhalb des Limits.</translation>
    </message>
    <message>
        <source>Admitted by services on their own while Redis gave no answer: nobody compared them with a limit.</source>
        <translation>Von Diensten selbst zugelassen, während Redis nicht antwortete: niemand verglich sie mit einem Limit.</translation>
    </message>
    <message>
        <source>Over the limit, admitted because the policy only watches.</source>
        <translation>Über dem Limit, zugelassen, weil die Richtlinie nur zusieht.</translation>
    </message>
    <message>
        <source>Over the limit, turned away.</source>
        <translation>Über dem Limit, abgewiesen.</translation>
    </message>
    <message>
        <source>not watching yet</source>
        <translation>noch nicht beobachtet</translation>
    </message>
    <message>
        <source>disconnected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>no answer from Redis</source>
        <translation>keine Antwort von Redis</translation>
    </message>
</context>
<context>
    <name>rateguard::TrafficPanel</name>
    <message>
        <source>All traffic, per second</source>
        <translation>Gesamter Verkehr, pro Sekunde</translation>
    </message>
    <message>
        <source>Selected key</source>
        <translation>Gewählter Schlüssel</translation>
    </message>
    <message>
        <source>Select a key in the table to see it alone.</source>
        <translation>Einen Schlüssel in der Tabelle wählen, um ihn allein zu sehen.</translation>
    </message>
    <message>
        <source>Nothing is known of this key any more.</source>
        <translation>Von diesem Schlüssel ist nichts mehr bekannt.</translation>
    </message>
    <message>
        <source> (limit line: %1)</source>
        <translation> (Limitlinie: %1)</translation>
    </message>
</context>
<context>
    <name>rateguard::Transport</name>
    <message>
        <source>There is no certificate in %1 (ca=). It must be a PEM file that this user may read.</source>
        <translation>In %1 ist kein Zertifikat (ca=). Es muss eine PEM-Datei sein, die dieser Benutzer lesen darf.</translation>
    </message>
    <message>
        <source>There is no certificate in %1 (cert=). It must be a PEM file that this user may read.</source>
        <translation>In %1 ist kein Zertifikat (cert=). Es muss eine PEM-Datei sein, die dieser Benutzer lesen darf.</translation>
    </message>
    <message>
        <source>There is no private key in %1 (key=). It must be a PEM file that this user may read, without a passphrase.</source>
        <translation>In %1 ist kein privater Schlüssel (key=). Es muss eine PEM-Datei ohne Passphrase sein, die dieser Benutzer lesen darf.</translation>
    </message>
    <message>
        <source>Qt finds no TLS library on this machine. Install OpenSSL (package libssl3) to reach %1.</source>
        <translation>Qt findet auf diesem Rechner keine TLS-Bibliothek. OpenSSL installieren (Paket libssl3), um %1 zu erreichen.</translation>
    </message>
    <message>
        <source>Redis at %1 could not prove who it is: %2 When your own authority signed its certificate, name it: rediss://HOST?ca=FILE.</source>
        <translation>Redis bei %1 konnte nicht beweisen, wer es ist: %2 Hat eine eigene Stelle das Zertifikat ausgestellt, sie angeben: rediss://HOST?ca=DATEI.</translation>
    </message>
    <message>
        <source>No TLS with %1: %2. Does this port speak TLS? If not, write redis://.</source>
        <translation>Kein TLS mit %1: %2. Spricht dieser Port TLS? Wenn nicht, redis:// schreiben.</translation>
    </message>
    <message>
        <source>Nothing answers at %1. Is Redis running there?</source>
        <translation>Bei %1 antwortet nichts. Läuft dort Redis?</translation>
    </message>
    <message>
        <source>The host of %1 is not known. Check its name.</source>
        <translation>Der Host von %1 ist unbekannt. Den Namen prüfen.</translation>
    </message>
    <message>
        <source>This user may not open %1. Check the permissions of the socket.</source>
        <translation>Dieser Benutzer darf %1 nicht öffnen. Die Rechte des Sockets prüfen.</translation>
    </message>
    <message>
        <source>Redis at %1 closed the connection.</source>
        <translation>Redis bei %1 hat die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>The connection to %1 failed: %2.</source>
        <translation>Die Verbindung zu %1 scheiterte: %2.</translation>
    </message>
</context>
<context>
    <name>rateguard::TrayIcon</name>
    <message>
        <source>RateGuard: 1 alert is firing</source>
        <translation>RateGuard: 1 Alarm ist ausgelöst</translation>
    </message>
    <message>
        <source>RateGuard: %1 alerts are firing</source>
        <translation>RateGuard: %1 Alarme sind ausgelöst</translation>
    </message>
</context>
<context>
    <name>rateguard::UndoBook</name>
    <message>
        <source>The last edit is not in the history yet.</source>
        <translation>Die letzte Änderung steht noch nicht im Verlauf.</translation>
    </message>
    <message>
        <source>%1 under %2</source>
        <translation>%1 unter %2</translation>
    </message>
    <message>
        <source>%1: %2 → %3. Leads to the edit in the history, where it is sent when you say so.</source>
        <translation>%1: %2 → %3. Führt zur Änderung im Verlauf; gesendet wird erst dort.</translation>
    </message>
</context>
<context>
    <name>rateguard::UndoOffer</name>
    <message>
        <source>The history of edits has not been read yet.</source>
        <translation>Der Verlauf der Änderungen ist noch nicht gelesen.</translation>
    </message>
    <message>
        <source>v%1</source>
        <translation>v%1</translation>
    </message>
    <message>
        <source>undo of %1</source>
        <translation>%1 rückgängig</translation>
    </message>
    <message>
        <source>There was no limit before %1 by %2: undoing it takes the limit away.</source>
        <translation>Vor %1 von %2 gab es kein Limit: es rückgängig zu machen nimmt das Limit weg.</translation>
    </message>
    <message>
        <source>Brings back what stood before %1 by %2. You see it here before you apply it.</source>
        <translation>Bringt zurück, was vor %1 von %2 galt. Es steht erst hier, bevor es angewendet wird.</translation>
    </message>
    <message>
        <source>taking away of %1, v%2</source>
        <translation>Wegnehmen von %1, v%2</translation>
    </message>
    <message>
        <source>edit of %1, v%2</source>
        <translation>Änderung an %1, v%2</translation>
    </message>
    <message>
        <source>reset of %1</source>
        <translation>Zurücksetzen von %1</translation>
    </message>
    <message>
        <source>lift for %1</source>
        <translation>Aufheben für %1</translation>
    </message>
    <message>
        <source>edit of %1</source>
        <translation>Änderung an %1</translation>
    </message>
    <message>
        <source>ban of %1</source>
        <translation>Sperre von %1</translation>
    </message>
    <message>
        <source>exemption of %1</source>
        <translation>Freistellung von %1</translation>
    </message>
    <message>
        <source>own limit of %1</source>
        <translation>eigenes Limit von %1</translation>
    </message>
    <message>
        <source>somebody&apos;s %1</source>
        <translation>%1 von jemandem</translation>
    </message>
    <message>
        <source>%1&apos;s %2</source>
        <translation>%2 (von %1)</translation>
    </message>
</context>
<context>
    <name>rateguard::UnsetNotice</name>
    <message>
        <source>&amp;Keep it</source>
        <translation>&amp;Behalten</translation>
    </message>
    <message>
        <source>Ye&amp;s, take it away</source>
        <translation>&amp;Ja, wegnehmen</translation>
    </message>
    <message>
        <source>Take the limit of %1 away, for all services at once? Those with a default register theirs again with the next request; the others get an error for each.</source>
        <translation>Das Limit von %1 wegnehmen, für alle Dienste auf einmal? Solche mit einer Vorgabe melden ihre mit der nächsten Anfrage wieder an; die anderen erhalten für jede einen Fehler.</translation>
    </message>
</context>
<context>
    <name>rateguard::WindowEdit</name>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>h</source>
        <translation>h</translation>
    </message>
    <message>
        <source>d</source>
        <translation>d</translation>
    </message>
</context>
<context>
    <name>rateguard::WindowFill</name>
    <message>
        <source>how much of %1 is used is not known</source>
        <translation>wie viel von %1 verbraucht ist, ist nicht bekannt</translation>
    </message>
    <message>
        <source>at least %1 of %2 used</source>
        <translation>mindestens %1 von %2 verbraucht</translation>
    </message>
    <message>
        <source>next admitted in %1</source>
        <translation>nächste Zulassung in %1</translation>
    </message>
    <message>
        <source>next admitted now</source>
        <translation>nächste Zulassung jetzt</translation>
    </message>
    <message>
        <source>at least %1 used, the limit is %2 now</source>
        <translation>mindestens %1 verbraucht, das Limit ist jetzt %2</translation>
    </message>
</context>
<context>
    <name>rateguard::WindowStrip</name>
    <message>
        <source>Window of %1</source>
        <translation>Fenster von %1</translation>
    </message>
    <message>
        <source>%1. It is full.</source>
        <translation>%1. Es ist voll.</translation>
    </message>
    <message>
        <source>%1. There is room.</source>
        <translation>%1. Es hat Platz.</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>counted in sixtieths of the window: no single requests are kept</source>
        <translation>gezählt in Sechzigsteln des Fensters: einzelne Anfragen werden nicht behalten</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>nothing was admitted in it</source>
        <translation>nichts wurde darin zugelassen</translation>
    </message>
    <message>
        <source>admitted requests</source>
        <translation>zugelassene Anfragen</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>The next request is admitted at %1, in %2.</source>
        <translation>Die nächste Anfrage wird um %1 zugelassen, in %2.</translation>
    </message>
    <message>
        <source>Admitted at %1, %2. It leaves the window in %3.</source>
        <translation>Zugelassen um %1, %2. Sie verlässt das Fenster in %3.</translation>
    </message>
    <message>
        <source>%1 ahead</source>
        <translation>%1 voraus</translation>
    </message>
    <message>
        <source>further on: in %1 →</source>
        <translation>weiter hinten: in %1 →</translation>
    </message>
    <message>
        <source>in %1 →</source>
        <translation>in %1 →</translation>
    </message>
    <message>
        <source>That is further on than there is room for.</source>
        <translation>Das liegt weiter hinten, als hier Platz ist.</translation>
    </message>
    <message>
        <source>%1 before</source>
        <translation>%1 davor</translation>
    </message>
    <message>
        <source>read %1</source>
        <translation>gelesen %1</translation>
    </message>
    <message>
        <source>Admitted at %1, %2 s before this was read.</source>
        <translation>Zugelassen um %1, %2 s bevor dies gelesen wurde.</translation>
    </message>
</context>
</TS>

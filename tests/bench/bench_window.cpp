// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "EventWriter.h"
#include "GoalTable.h"
#include "WindowScene.h"

#include "demo/PrivateRedis.h"

#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QProcess>
#include <QThread>

#include <cstdio>
#include <map>

// What the window costs with a million keys and 200,000 decisions a second. The real window on the real feed on a real
// redis-server, into which another process publishes decisions; times of frames, from event to pixel, CPU and memory are
// taken inside the window's process, which runs nothing else. A missed goal is a line in the table, not a failure.
//
//   QT_QPA_PLATFORM=offscreen ./bench_window         about a minute and a half
//   xvfb-run -s "-screen 0 1440x900x24" ./bench_window       as on a desktop
//   ./bench_window --smoke                           tiny counts: shows that everything runs
//
// Wall-clock figures are those of a machine that is not shared: beside each frame stands the thread's own time.

using namespace rateguard;

namespace {

using Figures = std::map<std::string, double>;

struct Stopped : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

Figures figuresOf(QProcess &process)
{
    Figures figures;
    for (const auto &line : process.readAllStandardOutput().split('\n')) {
        if (const auto words = line.split(' '); words.size() == 2) {
            figures[words[0].toStdString()] = words[1].toDouble();
        }
    }
    return figures;
}

Figures run(const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(), arguments);
    if (!process.waitForFinished(300'000) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        throw Stopped("bench_window " + arguments.join(QLatin1Char(' ')).toStdString() + " failed");
    }
    return figuresOf(process);
}

// The window on a Redis that gets so many decisions.
Figures underLoad(std::uint32_t keys, std::uint32_t perSecond, int seconds)
{
    PrivateRedis redis({QStringLiteral("--client-output-buffer-limit"), QStringLiteral("pubsub 256mb 128mb 60")});
    QString error;
    if (!redis.start(&error)) {
        throw Stopped(error.toStdString());
    }
    QProcess writer;
    writer.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const auto url = QString::fromStdString("unix://" + redis.url().path);
    writer.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--scene"), QStringLiteral("write"), QStringLiteral("--url"), QString::fromStdString(redis.url().path),
                                                           QStringLiteral("--keys"), QString::number(keys), QStringLiteral("--rate"), QString::number(perSecond)});
    writer.waitForStarted();
    auto figures = run({QStringLiteral("--scene"), QStringLiteral("load"), QStringLiteral("--url"), url, QStringLiteral("--keys"), QString::number(keys),
                              QStringLiteral("--seconds"), QString::number(seconds)});
    const bool wrote = !writer.waitForFinished(0);
    writer.closeWriteChannel();
    writer.waitForFinished(10'000);
    if (!wrote) {
        throw Stopped("the writer stopped before the end, with exit code " + std::to_string(writer.exitCode()));
    }
    figures.merge(figuresOf(writer));
    return figures;
}

void measure(GoalTable &table, bool isSmoke)
{
    const int seconds = isSmoke ? 1 : 15;
    table.title("A million keys, 200,000 decisions a second");
    auto big = isSmoke ? underLoad(2000, 20'000, seconds) : underLoad(1'000'000, 200'000, seconds);
    const std::pair<const char *, const char *> figures[] {{"rate", "/s"}, {"frames", ""}, {"frame_p50", "ms"}, {"frame_own_p99", "ms"}, {"marks", ""}, {"pixel_p50", "ms"},
        {"pixel_worst", "ms"}, {"process_percent", "%"}, {"busy_frame_own_p99", "ms"}, {"busy_gui_percent", "%"}, {"busy_resident_mb", "MB"}};
    for (const auto &[name, unit] : figures) {
        table.figure(name, big[name], unit);
    }
    table.goal("a million keys: 99th percentile frame", big["frame_p99"], 16.7, "ms");
    table.goal("  while an operator scrolls, sorts and filters", big["busy_frame_p99"], 16.7, "ms");
    table.goal("  event to pixel, 99th percentile", big["pixel_p99"], 150, "ms");
    table.goal("  GUI thread, of one core", big["gui_percent"], 25, "%");
    table.goal("  resident memory", big["resident_mb"], 400, "MB");
    table.goal("  batches lost", big["lost"], 0, "");
    auto some = isSmoke ? underLoad(500, 5000, seconds) : underLoad(10'000, 20'000, seconds);
    table.goal("10,000 keys: resident memory", some["resident_mb"], 80, "MB");
    table.goal("  99th percentile frame", some["frame_p99"], 16.7, "ms");
    {
        PrivateRedis redis;
        QString error;
        if (!redis.start(&error)) {
            throw Stopped(error.toStdString());
        }
        auto idle = run({QStringLiteral("--scene"), QStringLiteral("idle"), QStringLiteral("--url"), QString::fromStdString("unix://" + redis.url().path), QStringLiteral("--seconds"),
                         QString::number(seconds)});
        table.goal("idle on a quiet Redis, of one core", idle["idle_percent"], 1, "%");
        table.goal("hidden, of one core", idle["hidden_percent"], 0.5, "%");
    }
    // In turns, so that both meet the same machine.
    std::vector<double> ours;
    std::vector<double> empty;
    QElapsedTimer clock;
    for (int round = 0; round < (isSmoke ? 1 : 10); ++round) {
        for (const auto &[scene, times] : {std::pair("empty", &empty), std::pair("start", &ours)}) {
            clock.start();
            run({QStringLiteral("--scene"), QString::fromLatin1(scene)});
            times->push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
    }
    table.figure("start to first paint", percentile(ours, 0.5), "ms");
    table.figure("an empty window with a chart", percentile(empty, 0.5), "ms");
    table.goal("first painted window, to an empty one beside it", percentile(ours, 0.5) / percentile(empty, 0.5), 1.5, "x");
}

} // namespace

int main(int count, char **words)
{
    QStringList arguments;
    for (int i = 0; i < count; ++i) {
        arguments << QString::fromLocal8Bit(words[i]);
    }
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("smoke"), QStringLiteral("Tiny counts: shows that everything runs, the figures mean nothing.")},
        {QStringLiteral("json"), QStringLiteral("Print JSON instead of tables.")},
        {QStringLiteral("scene"), QStringLiteral("For its own use: one part, in a process of its own."), QStringLiteral("name")},
        {QStringLiteral("url"), QStringLiteral("Of that part."), QStringLiteral("url")}, {QStringLiteral("keys"), QStringLiteral("Of that part."), QStringLiteral("n")},
        {QStringLiteral("rate"), QStringLiteral("Of that part."), QStringLiteral("n")}, {QStringLiteral("seconds"), QStringLiteral("Of that part."), QStringLiteral("n")}});
    if (!parser.parse(arguments)) {
        std::fprintf(stderr, "bench_window: %s\n", qPrintable(parser.errorText()));
        return 2;
    }
    const auto number = [&](const char *name) { return parser.value(QLatin1String(name)).toUInt(); };
    const auto scene = parser.value(QStringLiteral("scene"));
    const WindowScene part {parser.value(QStringLiteral("url")), number("keys"), static_cast<int>(number("seconds"))};
    if (scene == QStringLiteral("write")) {
        return writeEvents(part.url.toStdString(), {part.keys, number("rate")});
    }
    if (!scene.isEmpty()) {
        qputenv("QT_NO_GLIB", "1");
        FrameMeter app(count, words);
        return scene == QStringLiteral("load") ? part.underLoad(app)
            : scene == QStringLiteral("idle")  ? part.idle(app)
            : scene == QStringLiteral("start") ? WindowScene::start(app)
                                               : WindowScene::empty(app);
    }
    const QCoreApplication application(count, words);
    GoalTable table(parser.isSet(QStringLiteral("json")));
    try {
        measure(table, parser.isSet(QStringLiteral("smoke")));
    } catch (const Stopped &stopped) {
        std::fprintf(stderr, "bench_window: %s\n", stopped.what());
        return 1;
    }
    table.finish();
    return 0;
}

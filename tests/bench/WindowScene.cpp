// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "WindowScene.h"

#include "EventWriter.h"
#include "dashboard/Wiring.h"
#include "models/KeyTableModel.h"

#include <QChartView>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QScrollBar>
#include <QTableView>
#include <QTimer>

#include <cstdio>
#include <sys/resource.h>

namespace rateguard {

namespace {

void print(const char *name, double value)
{
    std::printf("%s %.3f\n", name, value);
    std::fflush(stdout);
}

double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (file.open(QIODevice::ReadOnly)) {
        for (const auto &line : file.readAll().split('\n')) {
            if (line.startsWith("VmRSS:")) {
                return line.mid(6).trimmed().split(' ').value(0).toDouble() / 1024;
            }
        }
    }
    return 0;
}

double processSeconds()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// As a program waits: asleep until something happens.
void wait(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

template <typename Condition>
bool waitFor(Condition condition, int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (!condition() && clock.elapsed() < milliseconds) {
        wait(50);
    }
    return condition();
}

// The window as rateguard opens it.
struct Opened
{
    explicit Opened(const QString &url)
    {
        window.resize(1440, 900);
        window.dashboard();
        window.show();
        Place place;
        place.url = url;
        wiring.open(place);
    }
    QTableView *table() { return window.findChild<QTableView *>(QStringLiteral("keyTable")); }
    QString label(const char *name) { return window.findChild<QLabel *>(QLatin1String(name))->text(); }

    MainWindow window {{.readOnly = false, .theme = Theme::Light, .url = {}, .page = Page::Keys}};
    Wiring wiring {window, {}};
};

// When the row of `marked` is painted with a figure that was not there before, says how old it is.
class MarkWatch
{
public:
    explicit MarkWatch(QTableView *table)
        : m_table(table)
    {
    }

    void painted(QObject *widget)
    {
        const auto *model = m_table->model();
        if (widget != m_table->viewport() || model->rowCount() == 0) {
            return;
        }
        const auto top = model->index(m_table->verticalScrollBar()->value(), static_cast<int>(KeyColumn::Key));
        if (top.data().toString() != QStringLiteral("marked")) {
            return;
        }
        const auto used = top.data(KeyTableModel::UsedRole).toUInt();
        if (used != m_last && m_last != 0) {
            ages.push_back(static_cast<double>(markedNow()) - used);
        }
        m_last = used;
    }

    std::vector<double> ages;

private:
    QTableView *m_table;
    std::uint32_t m_last = 0;
};

} // namespace

int WindowScene::underLoad(FrameMeter &app) const
{
    Opened it(url);
    auto *table = it.table();
    const auto wanted = static_cast<int>(keys);
    if (!waitFor([&] { return table->model()->rowCount() >= wanted; }, 120'000)) {
        std::fprintf(stderr, "bench_window: only %d keys are known\n", table->model()->rowCount());
        return 1;
    }
    wait(3000); // all that is made once is made
    MarkWatch marks(table);
    app.painted = [&](QObject *widget) { marks.painted(widget); };
    app.clear();
    auto before = ownTime();
    const auto allBefore = processSeconds();
    QElapsedTimer clock;
    clock.start();
    wait(seconds * 1000);
    const auto wall = static_cast<double>(clock.nsecsElapsed());
    print("frames", static_cast<double>(app.wall.size()));
    print("frame_p99", percentile(app.wall, 0.99));
    print("frame_p50", percentile(app.wall, 0.5));
    print("frame_own_p99", percentile(app.own, 0.99));
    print("marks", static_cast<double>(marks.ages.size()));
    print("pixel_p50", percentile(marks.ages, 0.5));
    print("pixel_p99", percentile(marks.ages, 0.99));
    print("pixel_worst", percentile(marks.ages, 1));
    print("gui_percent", 100 * static_cast<double>(ownTime() - before) / wall);
    print("process_percent", 100e9 * (processSeconds() - allBefore) / wall);
    print("resident_mb", residentMegabytes());

    // An operator at work.
    app.clear();
    const auto *filter = it.window.findChild<QLineEdit *>(QStringLiteral("filter"));
    auto *typed = it.window.findChild<QLineEdit *>(QStringLiteral("filter"));
    clock.restart();
    before = ownTime();
    for (int step = 0; clock.elapsed() < seconds * 1000; ++step) {
        auto *bar = table->verticalScrollBar();
        if (step % 40 == 10) {
            table->sortByColumn(step % 80 == 10 ? 2 : 3, Qt::DescendingOrder);
        } else if (step % 40 == 20) {
            typed->setText(QStringLiteral("client-100 rejected>0"));
        } else if (step % 40 == 30) {
            typed->clear();
        } else {
            bar->setValue(step % 40 < 10 ? bar->value() + bar->pageStep() : bar->maximum() / 40 * (step % 40));
        }
        wait(50);
    }
    print("busy_frame_p99", percentile(app.wall, 0.99));
    print("busy_frame_own_p99", percentile(app.own, 0.99));
    print("busy_gui_percent", 100 * static_cast<double>(ownTime() - before) / static_cast<double>(clock.nsecsElapsed()));
    print("busy_resident_mb", residentMegabytes());
    typed->clear();
    table->sortByColumn(static_cast<int>(KeyColumn::Rejected), Qt::DescendingOrder);
    if (!waitFor([&] { return filter->text().isEmpty() && table->model()->rowCount() >= wanted; }, 20'000)) {
        std::fprintf(stderr, "bench_window: the rows did not come back\n");
        return 1;
    }
    const auto *lost = it.window.findChild<QLabel *>(QStringLiteral("lostLabel"));
    if (lost->isVisible()) {
        std::fprintf(stderr, "bench_window: %s\n", qPrintable(lost->text()));
    }
    print("lost", lost->isVisible());
    return 0;
}

int WindowScene::idle(FrameMeter &) const
{
    Opened it(url);
    if (!waitFor([&] { return it.label("connectionLabel").startsWith(QStringLiteral("Live")); }, 20'000)) {
        std::fprintf(stderr, "bench_window: %s\n", qPrintable(it.label("connectionLabel")));
        return 1;
    }
    wait(3000);
    const auto share = [this] {
        QElapsedTimer clock;
        clock.start();
        const auto before = processSeconds();
        wait(seconds * 1000);
        return 100e9 * (processSeconds() - before) / static_cast<double>(clock.nsecsElapsed());
    };
    print("idle_percent", share());
    it.window.hide();
    print("hidden_percent", share());
    return 0;
}

int WindowScene::start(FrameMeter &app)
{
    MainWindow window({});
    Wiring wiring(window, {});
    window.resize(1280, 800);
    app.painted = [&](QObject *) { QMetaObject::invokeMethod(&app, &QCoreApplication::quit, Qt::QueuedConnection); };
    window.show();
    return QApplication::exec();
}

int WindowScene::empty(FrameMeter &app)
{
    QMainWindow window;
    window.setCentralWidget(new QChartView(&window));
    window.resize(1280, 800);
    app.painted = [&](QObject *) { QMetaObject::invokeMethod(&app, &QCoreApplication::quit, Qt::QueuedConnection); };
    window.show();
    return QApplication::exec();
}

} // namespace rateguard

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Agree.h"
#include "KeyDesk.h"
#include "widgets/DetailsPage.h"
#include "widgets/HistoryPage.h"
#include "widgets/LimitsPage.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

#include <functional>

using namespace rateguard;

namespace {

// One page with the key of the desk, on which something is about to be done.
template <typename Page>
struct Bench
{
    Bench(Environment environment, KeyDesk desk, Page *made) : page(made)
    {
        page->setEnvironment(environment);
        page->resize(1100, 700);
        page->show();
        if constexpr (requires { &Page::editRequested; })
            QObject::connect(page.get(), &Page::editRequested, page.get(), [this] { ++sent; });
        QObject::connect(page.get(), &Page::overrideRequested, page.get(), [this] { ++sent; });
        page->apply(desk.snapshot());
    }
    template <typename Widget>
    Widget *find(const char *name) const { return page->template findChild<Widget *>(QString::fromLatin1(name)); }

    std::unique_ptr<Page> page;
    int sent = 0;
};

// What pressing the button led to.
struct Result
{
    Asking asked = Asking::Nothing;
    bool dots = false; // on the button
    int sent = 0; // before anybody said yes
};

template <typename Bench>
Result press(const Bench &bench, const char *button)
{
    auto *widget = bench.template find<QPushButton>(button);
    const bool dots = widget->text().endsWith(QStringLiteral("…"));
    widget->click();
    return {asked(*bench.page), dots, bench.sent};
}

KeyDesk holding(Override::Kind kind)
{
    KeyDesk desk;
    desk.detail.override = Override {kind, {}, std::nullopt, 5};
    desk.overrides.all = {{"search", "scraper", *desk.detail.override}};
    return desk;
}

using Act = std::function<Result(Environment)>;

Act onKey(const char *button, const KeyDesk &desk = {}, const char *limit = "")
{
    return [=](Environment environment) {
        Bench<DetailsPage> bench(environment, desk, new DetailsPage(nullptr));
        bench.page->select("search", "scraper");
        bench.page->apply(desk.snapshot());
        bench.page->apply(desk.snapshot());
        bench.find<QLineEdit>("ownLimitEdit")->setText(QString::fromLatin1(limit));
        return press(bench, button);
    };
}

Act onPolicy(int count)
{
    return [=](Environment environment) {
        Bench<LimitsPage> bench(environment, {}, new LimitsPage(false, nullptr));
        bench.page->edit("search");
        bench.find<QSpinBox>("limitSpin")->setValue(count);
        return press(bench, "applyButton");
    };
}

Act onForm(int kind, const char *limit)
{
    return [=](Environment environment) {
        Bench<LimitsPage> bench(environment, {}, new LimitsPage(false, nullptr));
        bench.find<QPushButton>("newOverrideButton")->click();
        bench.find<QLineEdit>("overrideKey")->setText(QStringLiteral("scraper"));
        bench.find<QComboBox>("overrideKind")->setCurrentIndex(kind);
        bench.find<QLineEdit>("overrideLimit")->setText(QString::fromLatin1(limit));
        return press(bench, "overrideSet");
    };
}

Act onHistory(int row, const KeyDesk &desk = {})
{
    return [=](Environment environment) {
        Bench<HistoryPage> bench(environment, desk, new HistoryPage(nullptr));
        bench.find<QTableView>("historyTable")->selectRow(row);
        bench.page->apply(desk.snapshot());
        return press(bench, "revertEditButton");
    };
}

Act onMany(const char *opener, std::function<void(const Bench<LimitsPage> &)> fill, const KeyDesk &desk = {})
{
    return [=](Environment environment) {
        Bench<LimitsPage> bench(environment, desk, new LimitsPage(false, nullptr));
        if (auto *table = bench.find<QTableView>("overrideTable"))
            table->selectAll();
        bench.find<QTableView>("policyTable")->selectAll();
        if (*opener)
            bench.find<QPushButton>(opener)->click();
        else
            bench.page->endNow();
        fill(bench);
        return press(bench, "bulkGo");
    };
}

KeyDesk open()
{
    KeyDesk desk;
    desk.policy.rule.mode = Mode::Off;
    desk.policy.rule.until = KeyDesk::now + 5min;
    return desk;
}

} // namespace

class tst_AskBefore : public QObject
{
    Q_OBJECT

private slots:
    void everyActAsksByTheSameRule_data()
    {
        QTest::addColumn<Act>("act");
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("listed"); // what will be done, before it is
        const auto row = [](const char *name, StepSize size, const Act &act, bool listed = false) {
            QTest::newRow(name) << act << static_cast<int>(size) << listed;
        };
        row("raise a limit", StepSize::Small, onPolicy(80));
        row("raise a limit tenfold", StepSize::Medium, onPolicy(600));
        row("cut a limit", StepSize::Large, onPolicy(20));
        row("ban", StepSize::Large, onKey("banButton"));
        row("exempt", StepSize::Medium, onKey("exemptButton"));
        row("own limit", StepSize::Small, onKey("ownLimitButton", {}, "50/min"));
        row("own limit, much lower", StepSize::Large, onKey("ownLimitButton", {}, "6/min"));
        row("lift a ban", StepSize::Medium, onKey("liftButton", holding(Override::Kind::Ban)));
        row("reset", StepSize::Medium, onKey("resetButton"));
        row("ban, by form", StepSize::Large, onForm(0, ""));
        row("exempt, by form", StepSize::Medium, onForm(1, ""));
        row("own limit, by form", StepSize::Small, onForm(2, "50/min"));
        row("own limit, much lower, by form", StepSize::Large, onForm(2, "6/min"));
        row("revert a cut", StepSize::Small, onHistory(0));
        row("revert a ban", StepSize::Medium, [] {
            KeyDesk desk;
            desk.overrides.all = {{"search", "other", {Override::Kind::Ban, {}, std::nullopt, 1}}};
            return onHistory(2, desk);
        }());
        row("lift from the list", StepSize::Medium, onMany("liftOverrideButton", [](const auto &) {}, holding(Override::Kind::Ban)), true);
        row("let everything through", StepSize::Large, onMany("killSwitchButton", [](const auto &bench) {
            bench.template find<QLineEdit>("killReason")->setText(QStringLiteral("down"));
        }), true);
        row("end letting through", StepSize::Medium, onMany("", [](const auto &) {}, open()), true);
    }

    void everyActAsksByTheSameRule()
    {
        QFETCH(Act, act);
        QFETCH(int, size);
        QFETCH(bool, listed);
        for (const Environment environment : environments) {
            Asking wanted = askingFor(environment, static_cast<StepSize>(size));
            if (listed && wanted != Asking::Name)
                wanted = Asking::Nothing;
            const Result result = act(environment);
            QCOMPARE(result.asked, wanted);
            QCOMPARE(result.dots, wanted != Asking::Nothing);
            QCOMPARE(result.sent, wanted == Asking::Nothing ? 1 : 0);
        }
    }
};

QTEST_MAIN(tst_AskBefore)
#include "tst_AskBefore.moc"

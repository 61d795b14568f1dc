// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ui/BusyTraffic.h"
#include "widgets/Dashboard.h"
#include "widgets/MainWindow.h"

#include <QAbstractButton>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QStackedWidget>
#include <QTest>
#include <QTranslator>

using namespace rateguard;

namespace {

// Only one page of a stack can be seen at a time.
bool canBeSeen(const QWidget *widget)
{
    for (const QWidget *it = widget; it->parentWidget(); it = it->parentWidget()) {
        const auto *stack = qobject_cast<const QStackedWidget *>(it->parentWidget());
        if (stack && stack->currentWidget() != it)
            return false;
    }
    return true;
}

// The texts of which two ask for the same letter; nothing when all is well.
class Letters
{
public:
    void add(const QString &text)
    {
        const QKeySequence letter = QKeySequence::mnemonic(text);
        if (letter.isEmpty())
            return;
        ++m_count;
        const auto [taken, isNew] = m_taken.try_emplace(letter.toString(), text);
        if (!isNew)
            m_clashes << QStringLiteral("%1: %2 and %3").arg(letter.toString(), taken->second, text);
    }
    void addMenu(const QMenu &menu)
    {
        for (const QAction *action : menu.actions())
            add(action->text());
    }
    // Also what is hidden just now, such as a question in place of buttons: it may come beside all the rest.
    void addWindow(const MainWindow &window)
    {
        for (const QAction *action : window.menuBar()->actions())
            add(action->text());
        for (const QAbstractButton *button : window.findChildren<QAbstractButton *>()) {
            if (canBeSeen(button))
                add(button->text());
        }
        for (const QLabel *label : window.findChildren<QLabel *>()) {
            if (label->buddy() && canBeSeen(label))
                add(label->text());
        }
    }
    int count() const { return m_count; }
    QString clashes() const { return m_clashes.join(QStringLiteral("; ")); }

private:
    std::map<QString, QString> m_taken;
    QStringList m_clashes;
    int m_count = 0;
};

} // namespace

class tst_Mnemonics : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_german.load(QStringLiteral(RATEGUARD_TRANSLATIONS "/rateguard_de.qm")));
    }

    void cleanup() { QCoreApplication::removeTranslator(&m_german); }

    void noTwoOfAPageAskForTheSameLetter_data() { languages(); }
    void noTwoOfAPageAskForTheSameLetter()
    {
        speak();
        MainWindow window({.readOnly = false, .theme = Theme::Light, .url = {}});
        window.show();
        BusyTraffic traffic;
        window.apply(traffic.next());
        for (const Page page : {Page::Overview, Page::Keys, Page::Details, Page::Limits, Page::History, Page::Alerts}) {
            window.dashboard().showPage(page);
            window.apply(traffic.next());
            Letters letters;
            letters.addWindow(window);
            QVERIFY(letters.count() >= 4); // the menu bar alone has them
            QVERIFY2(letters.clashes().isEmpty(), qPrintable(pageName(page) + QStringLiteral(": ") + letters.clashes()));
        }
    }

    void norOfTheStartPage_data() { languages(); }
    void norOfTheStartPage()
    {
        speak();
        MainWindow window({});
        window.show();
        Letters letters;
        letters.addWindow(window);
        QVERIFY(letters.count() >= 4);
        QVERIFY2(letters.clashes().isEmpty(), qPrintable(letters.clashes()));
    }

    void norOfAMenu_data() { languages(); }
    void norOfAMenu()
    {
        speak();
        MainWindow window({.readOnly = false, .theme = Theme::Light, .url = {}});
        const QList<QMenu *> menus = window.menuBar()->findChildren<QMenu *>();
        QVERIFY(menus.size() >= 4);
        for (const QMenu *menu : menus) {
            Letters letters;
            letters.addMenu(*menu);
            QVERIFY2(letters.clashes().isEmpty(), qPrintable(menu->title() + QStringLiteral(": ") + letters.clashes()));
        }
    }

private:
    static void languages()
    {
        QTest::addColumn<bool>("isGerman");
        QTest::newRow("English") << false;
        QTest::newRow("German") << true;
    }
    void speak()
    {
        QFETCH(bool, isGerman);
        if (isGerman)
            QCoreApplication::installTranslator(&m_german);
    }

    QTranslator m_german;
};

QTEST_MAIN(tst_Mnemonics)
#include "tst_Mnemonics.moc"

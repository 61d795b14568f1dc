// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "format/RefusalText.h"
#include "redis/LimitStore.h"
#include "redis/RightsProbe.h"
#include "redis/ServerInfo.h"
#include "redis/Transport.h"

#include <QTest>
#include <QThread>
#include <QTranslator>

using namespace rateguard;

// What is said below the window is found under the names that lupdate gave it, in any thread, and English without a translator.
class tst_CoreInGerman : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_german.load(QStringLiteral(RATEGUARD_TRANSLATIONS "/rateguard_de.qm"))); }
    void cleanup() { QCoreApplication::removeTranslator(&m_german); }

    void speaksTheLanguageOfTheWindow_data()
    {
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("german");
        const auto texts = said();
        QCoreApplication::installTranslator(&m_german);
        const auto translated = saidElsewhere();
        for (qsizetype i = 0; i < texts.size(); ++i)
            QTest::addRow("%d", static_cast<int>(i)) << texts[i] << translated[i];
    }

    void speaksTheLanguageOfTheWindow()
    {
        QFETCH(QString, english);
        QFETCH(QString, german);
        QVERIFY(!english.isEmpty());
        QVERIFY2(german != english, qPrintable(german));
    }

private:
    static QStringList said()
    {
        QStringList texts;
        QString problem;
        parseRedisUrl("nowhere", &problem);
        texts << problem;
        for (const auto why : {LimitFault::Why::NoLimit, LimitFault::Why::NoUnit, LimitFault::Why::WindowTwice})
            texts << limitFaultText({why, "10"});
        texts << undoRefusalText({UndoRefusal::Why::AlreadySo, 3, 0});
        Rights watcher;
        watcher.edit = watcher.override = watcher.reset = false;
        texts << watcher.text();
        ServerInfo full;
        full.memoryMost = full.memoryUsed = 1000;
        texts << QString::fromStdString(full.warnings().front());
        const Reply lost {Reply::Type::Lost, 0, "x", {}};
        texts << explainError(lost) << QString::fromStdString(outcomeOf(1, "search", lost).message) << Transport::tr("Nothing answers at %1. Is Redis running there?");
        return texts;
    }
    // As the feed does, which lives in a thread of its own.
    static QStringList saidElsewhere()
    {
        QStringList texts;
        const std::unique_ptr<QThread> thread(QThread::create([&texts] { texts = said(); }));
        thread->start();
        thread->wait();
        return texts;
    }

    QTranslator m_german;
};

QTEST_GUILESS_MAIN(tst_CoreInGerman)
#include "tst_CoreInGerman.moc"

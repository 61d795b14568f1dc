// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "BusyTraffic.h"
#include "WindowParts.h"

#include <QClipboard>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace rateguard;

class tst_WindowExport : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_traffic = std::make_unique<BusyTraffic>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_window = std::make_unique<MainWindow>(MainWindowOptions {.readOnly = false, .theme = Theme::Light, .url = {}, .page = Page::Keys});
        m_window->dashboard();
        m_window->show();
        next();
    }

    void cleanup()
    {
        m_window.reset();
        m_traffic.reset();
    }

    void keysAreWrittenAsFilteredAndSorted()
    {
        find<QLineEdit>(*m_window, "filter")->setText(QStringLiteral("state:throttled"));
        table()->sortByColumn(1, Qt::DescendingOrder);
        answer();
        const QList<QByteArray> lines = exported("keys.csv").trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[1].startsWith("search,scraper 198.51.100.23,"));
        QVERIFY(lines[2].startsWith("api,mobile-app/2.3.1 (retry loop),"));
        QVERIFY(text(*m_window, "noteLabel").startsWith(QStringLiteral("✓ 2 keys written to ")));
        QVERIFY(find<QLabel>(*m_window, "noteLabel")->isVisible());
        table()->sortByColumn(1, Qt::AscendingOrder);
        answer();
        QVERIFY(exported("keys.jsonl").startsWith("{\"policy\":\"api\",\"key\":\"mobile-app/2.3.1 (retry loop)\","));
    }

    void chartsAreWrittenAsAPictureTwiceAsFine()
    {
        const QImage picture = QImage::fromData(exported("charts.png"), "PNG");
        const QWidget *chart = find<QWidget>(*m_window, "allChart");
        QVERIFY(picture.width() > 4 * chart->width());
        QVERIFY(picture.height() > 2 * chart->height());
    }

    void aNameWithoutSuffixGetsThatOfTheFormat()
    {
        entry(*m_window, "&Export…")->trigger();
        auto *dialog = m_window->findChild<QFileDialog *>();
        dialog->selectNameFilter(dialog->nameFilters()[1]);
        emit dialog->filterSelected(dialog->nameFilters()[1]);
        dialog->selectFile(m_folder->filePath(QStringLiteral("plain")));
        static_cast<QDialog *>(dialog)->accept();
        answer();
        QVERIFY(QFile::exists(m_folder->filePath(QStringLiteral("plain.jsonl"))));
    }

    void failuresAreSaidAsPlainText_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("words");
        QTest::newRow("full disk") << QStringLiteral("full.csv") << QStringLiteral("No space left on device. Free some space there");
        QTest::newRow("unknown suffix") << QStringLiteral("<b>keys</b>.xls") << QStringLiteral("End it with .csv or .jsonl for keys");
    }

    void failuresAreSaidAsPlainText()
    {
        QFETCH(QString, name);
        QFETCH(QString, words);
        QFile::link(QStringLiteral("/dev/full"), m_folder->filePath(QStringLiteral("full.csv")));
        exported(qPrintable(name));
        auto *box = m_window->findChild<QMessageBox *>(QStringLiteral("exportError"));
        QVERIFY(box);
        QCOMPARE(box->textFormat(), Qt::PlainText);
        QVERIFY2(box->text().contains(words), qPrintable(box->text()));
        QVERIFY(!find<QLabel>(*m_window, "noteLabel")->isVisible());
    }

    void selectedRowsAreCopied()
    {
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        table()->setFocus();
        table()->selectRow(1);
        QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(clipboard().startsWith(QStringLiteral("search\tscraper 198.51.100.23\t")));
        QCOMPARE(clipboard().count(QLatin1Char('\n')), 1);
        QTest::keyClick(table(), Qt::Key_Down, Qt::ShiftModifier);
        next(); // rows that move stay selected
        entry(*m_window, "&Copy selected keys")->trigger();
        QCOMPARE(clipboard().count(QLatin1Char('\n')), 2);
        QCOMPARE(text(*m_window, "noteLabel"), QStringLiteral("✓ 2 keys copied"));
        QTest::keyClick(table(), Qt::Key_A, Qt::ControlModifier);
        next();
        QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
        answer(); // those that are out of sight
        QCOMPARE(clipboard().count(QLatin1Char('\n')), 315);
        QTest::keyClick(table(), Qt::Key_Escape);
        QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(clipboard().count(QLatin1Char('\n')), 315);
        const auto *note = find<QLabel>(*m_window, "noteLabel");
        QVERIFY(note->text().startsWith(QStringLiteral("✗ No key is selected")));
        QCOMPARE(note->accessibleDescription(), QStringLiteral("Not done"));
        QCOMPARE(note->palette().color(QPalette::WindowText), ThemeColours::of(m_window->palette()).danger);
        table()->selectRow(0);
        QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(note->text(), QStringLiteral("✓ 1 key copied"));
        QCOMPARE(note->accessibleDescription(), QStringLiteral("Done"));
        QCOMPARE(note->palette().color(QPalette::WindowText), ThemeColours::of(m_window->palette()).ok);
    }

    void theKeysForItWorkInAFieldToo()
    {
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        find<QLineEdit>(*m_window, "filter")->setFocus();
        QTest::keyClick(find<QLineEdit>(*m_window, "filter"), Qt::Key_S, Qt::ControlModifier);
        QVERIFY(m_window->findChild<QFileDialog *>());
    }

    void fieldsCopyTheirOwnText()
    {
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        table()->selectRow(0);
        auto *filter = find<QLineEdit>(*m_window, "filter");
        filter->setText(QStringLiteral("scraper"));
        filter->setFocus();
        filter->selectAll();
        QTest::keyClick(filter, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(clipboard(), QStringLiteral("scraper"));
    }

    void thereIsNothingToExportOnTheStartPage()
    {
        const MainWindow window({});
        QVERIFY(!entry(window, "&Export…")->isEnabled());
        QVERIFY(!entry(window, "&Copy selected keys")->isEnabled());
    }

private:
    void next()
    {
        m_traffic->request = m_window->wanted();
        m_window->apply(m_traffic->next());
    }
    // What was wanted since, at the same moment.
    void answer()
    {
        m_traffic->request = m_window->wanted();
        m_window->apply(m_traffic->answer());
    }
    QTableView *table() { return find<QTableView>(*m_window, "keyTable"); }
    static QString clipboard() { return QGuiApplication::clipboard()->text(); }

    // What the dialog, answered with this name, leaves in the file.
    QByteArray exported(const char *name)
    {
        entry(*m_window, "&Export…")->trigger();
        auto *dialog = m_window->findChild<QFileDialog *>();
        const QString path = m_folder->filePath(QString::fromUtf8(name));
        emit dialog->fileSelected(path); // not accept(): that asks, in a loop of its own, before it overwrites
        delete dialog;
        answer(); // the rows come with the next snapshot
        QFile file(path);
        return file.open(QIODevice::ReadOnly) && !path.contains(QStringLiteral("full")) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<BusyTraffic> m_traffic;
};

QTEST_MAIN(tst_WindowExport)
#include "tst_WindowExport.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/Confirmation.h"

#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTest>

using namespace rateguard;

namespace {

struct Asking
{
    Asking(Environment environment, bool large)
    {
        window.show();
        confirm(&window, environment, {QStringLiteral("Ban it?"), QStringLiteral("<b>All</b> is rejected."), QStringLiteral("search"), large}, [this] { ++gone; });
        dialog = window.findChild<QDialog *>();
    }
    QPushButton *button(const char *name) const { return dialog->findChild<QPushButton *>(QLatin1String(name)); }
    QLineEdit *field() const { return dialog->findChild<QLineEdit *>(); }

    QWidget window;
    QPointer<QDialog> dialog;
    int gone = 0;
};

} // namespace

class tst_Confirmation : public QObject
{
    Q_OBJECT

private slots:
    void asksTheMoreTheMoreItMatters_data()
    {
        QTest::addColumn<int>("environment");
        QTest::addColumn<bool>("large");
        QTest::addColumn<bool>("asks");
        QTest::addColumn<bool>("typed");
        QTest::newRow("development, small") << int(Environment::Development) << false << false << false;
        QTest::newRow("development, large") << int(Environment::Development) << true << false << false;
        QTest::newRow("test, small") << int(Environment::Test) << false << false << false;
        QTest::newRow("test, large") << int(Environment::Test) << true << true << false;
        QTest::newRow("unmarked, small") << int(Environment::Unmarked) << false << false << false;
        QTest::newRow("unmarked, large") << int(Environment::Unmarked) << true << true << false;
        QTest::newRow("production, small") << int(Environment::Production) << false << true << false;
        QTest::newRow("production, large") << int(Environment::Production) << true << true << true;
    }

    void asksTheMoreTheMoreItMatters()
    {
        QFETCH(int, environment);
        QFETCH(bool, large);
        QFETCH(bool, asks);
        QFETCH(bool, typed);
        const Asking it(static_cast<Environment>(environment), large);
        QCOMPARE(it.gone, asks ? 0 : 1);
        QCOMPARE(!it.dialog.isNull(), asks);
        if (asks)
            QCOMPARE(it.field()->isVisible(), typed);
    }

    void cancelHasTheFocusAndEnterDoesNotConfirm()
    {
        Asking it(Environment::Test, true);
        QCOMPARE(it.dialog->focusWidget(), it.button("confirmCancel"));
        QTest::keyClick(it.dialog.data(), Qt::Key_Return);
        QCOMPARE(it.gone, 0);
        QTRY_VERIFY(it.dialog.isNull()); // it was Cancel that Enter pressed
    }

    void enterOnTheOtherButtonConfirmsOnce()
    {
        Asking it(Environment::Test, true);
        it.button("confirmGo")->setFocus();
        QTest::keyClick(it.dialog.data(), Qt::Key_Return);
        QCOMPARE(it.gone, 1);
        QTRY_VERIFY(it.dialog.isNull());
    }

    void theNameMustBeTypedLetterForLetter()
    {
        Asking it(Environment::Production, true);
        it.field()->setFocus();
        QTest::keyClicks(it.field(), QStringLiteral("Search"));
        QVERIFY(!it.button("confirmGo")->isEnabled());
        it.field()->setText(QStringLiteral("search "));
        QVERIFY(!it.button("confirmGo")->isEnabled());
        it.field()->setText(QStringLiteral("search"));
        QVERIFY(it.button("confirmGo")->isEnabled());
        QTest::keyClick(it.field(), Qt::Key_Return); // a habit is no decision
        QCOMPARE(it.gone, 0);
        QVERIFY(it.dialog);
        it.button("confirmGo")->click();
        QCOMPARE(it.gone, 1);
    }

    void nothingHappensWhenTheParentHasGone()
    {
        int gone = 0;
        auto *window = new QWidget;
        confirm(window, Environment::Test, {QStringLiteral("x"), {}, {}, true}, [&gone] { ++gone; });
        delete window;
        QApplication::processEvents();
        QCOMPARE(gone, 0);
    }
};

QTEST_MAIN(tst_Confirmation)
#include "tst_Confirmation.moc"
